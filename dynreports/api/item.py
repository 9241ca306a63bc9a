"""What tables, charts and texts have in common, from Python: a title and a place in their panel."""

from __future__ import annotations

from typing import Self

from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.model import PanelItem
from dynreports.project.session import Session


class Item:
    """A handle on something that stands in a panel."""

    def __init__(self, session: Session, id: str) -> None:
        self._session = session
        self._id = id

    @property
    def _document(self) -> PanelItem:
        return tree.find_item(self._session.project, self._id)

    @property
    def title(self) -> str:
        """Its title."""
        return self._document.title

    def rename(self, title: str) -> Self:
        """Give it another title."""
        self._apply(do.RenameItem(self._id, title))
        return self

    def collapse(self, collapsed: bool = True) -> Self:
        """Close it, or open it again."""
        self._apply(do.CollapseItem(self._id, collapsed))
        return self

    def place(self, x: int = 0, y: int = 0, width: int = 12, height: int | None = None) -> Self:
        """Put it at a place of its panel: columns of twelve, rows of the grid, from 0 at the top left.

        ``height`` in rows of the grid; ``None``: as high as its content. What stands there moves down.
        """
        self._apply(do.PlaceItem(self._id, x, y, width, height))
        return self

    def duplicate(self) -> Self:
        """Put a copy right after it, and return that."""
        known = {each.id for _, each in tree.items(self._session.project)}
        self._apply(do.DuplicateItem(self._id))
        made = next(each.id for _, each in tree.items(self._session.project) if each.id not in known)
        return type(self)(self._session, made)

    def remove(self) -> None:
        """Remove it from its panel."""
        self._apply(do.RemoveItem(self._id))

    def _apply(self, command: do.Command) -> None:
        self._session.apply(command)
