"""Equality of documents by what they say: ids are only names, revisions only count saves.

Nor does it matter who made them, and from what.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from dynreports.project.arranging import with_names
from dynreports.project.model import (
    AtItem,
    Breakdown,
    Chart,
    Column,
    Lock,
    LockPositions,
    Panel,
    PanelItem,
    Project,
    Sort,
    Table,
)
from dynreports.project.tree import BlockT, child_at


def content(project: Project) -> Project:
    """Return the project with its ids numbered anew from the top, without its revision and history.

    Two projects say the same when their contents are equal.
    """
    return _Numbering().project(project)


class _Numbering:
    def __init__(self) -> None:
        self._last = 0
        self._names: dict[str, str] = {}
        self._tables: dict[str, Table] = {}
        self._here = ""

    def _id(self, letter: str, old: str = "") -> str:
        self._last += 1
        self._names[old] = f"{letter}{self._last}"
        return self._names[old]

    def project(self, project: Project) -> Project:
        panels = tuple(self._panel(each) for each in project.panels)
        # A chart may draw a table that comes after it.
        panels = tuple(replace(each, items=tuple(map(self._bound, each.items))) for each in panels)
        told = {"template": None, "owner": None, "notebook": None}
        return replace(project, panels=panels, revision=0, last_id=self._last, **told)

    def _panel(self, panel: Panel) -> Panel:
        return replace(panel, id=self._id("p"), items=tuple(map(self._item, panel.items)))

    def _item(self, item: PanelItem) -> PanelItem:
        if isinstance(item, Table):
            return self._table(item)
        return replace(item, id=self._id("v" if isinstance(item, Chart) else "n", item.id))

    def _bound(self, item: PanelItem) -> PanelItem:
        if not isinstance(item, Chart):
            return item
        if item.source not in self._names:  # a table that is gone is as good as none
            return replace(item, source=None, lock=None)
        named = with_names(item, self._names)
        return replace(named, lock=self._lock(named.lock, self._tables[item.source or ""]))

    def _lock(self, lock: Lock | None, table: Table) -> Lock | None:
        """Return a lock whose static rows go by the new ids."""
        if lock is None:
            return None
        at: Table | Breakdown | None = table
        address = []
        for step in lock.block:
            address.append(self._row(table, at, step))
            at = None if at is None else child_at(at, step)
        lock = replace(lock, block=tuple(address))
        if isinstance(lock, LockPositions):
            return lock
        return replace(lock, rows=tuple(self._row(table, at, each) for each in lock.rows))

    def _row(self, table: Table, block: Table | Breakdown | None, item: Any) -> Any:
        is_static = block is not None and any(each.id == item for each in block.static)
        # Copies of a table have rows of the same ids.
        return self._names[f"{table.id}/{item}"] if is_static else item

    def _table(self, table: Table) -> Table:
        table_id = self._id("t", table.id)
        self._tables[table.id], self._here = table, table.id
        ids = {each.id: self._id("c", each.id) for each in table.columns}
        columns: tuple[Column, ...] = tuple(replace(each, id=ids[each.id]) for each in table.columns)
        sort = table.sort
        if sort is not None and sort.column is not None:
            sort = Sort(ids.get(sort.column), sort.descending)
        return self._block(replace(table, id=table_id, columns=columns, sort=sort))

    def _block(self, block: BlockT) -> BlockT:
        """Order breakdowns by their rows: in which order they were made says nothing."""
        ids = {each.id: self._id("s", f"{self._here}/{each.id}") for each in block.static}
        static = tuple(replace(each, id=ids[each.id]) for each in block.static)
        named = []
        for each in block.breakdowns:
            at = each.at
            if isinstance(at, AtItem) and isinstance(at.item, str):
                at = AtItem(ids.get(at.item, at.item))
            named.append(replace(each, at=at))
        below = tuple(map(self._block, sorted(named, key=_place)))
        only = tuple(ids.get(each, each) if isinstance(each, str) else each for each in block.search.only)
        search = replace(block.search, only=only)
        return replace(block, static=static, breakdowns=below, search=search)


def _place(breakdown: Breakdown) -> str:
    return repr(breakdown.at)
