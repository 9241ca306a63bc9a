"""A panel, from Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dynreports.api import naming
from dynreports.api.table import Table
from dynreports.errors import unknown_name
from dynreports.project import commands as do
from dynreports.project import labels, model, tree
from dynreports.project.session import Session
from dynreports.semantics import periods


class Panel:
    """A handle on a panel: tables under one period and one list of filters."""

    def __init__(self, session: Session, id: str) -> None:
        self._session = session
        self._id = id

    def __repr__(self) -> str:
        panel = self._document
        return f"<Panel {panel.title!r}: {labels.period(panel.period)}, {len(panel.items)} tables>"

    @property
    def _document(self) -> model.Panel:
        return tree.find_panel(self._session.project, self._id)

    @property
    def title(self) -> str:
        """The title of the panel."""
        return self._document.title

    @property
    def tables(self) -> list[Table]:
        """The tables of the panel, in order."""
        return [Table(self._session, each.id) for each in self._document.items]

    def __getitem__(self, title: str) -> Table:
        """Return the first table of a title."""
        for each in self._document.items:
            if each.title == title:
                return Table(self._session, each.id)
        raise unknown_name("table", title, (each.title for each in self._document.items))

    def table(
        self,
        rows: object = None,
        columns: Sequence[naming.ColumnSpec] = (),
        *,
        limit: int | None = None,
        sort: str | None = None,
        search: str | None = None,
        include_missing: bool = True,
        title: str | None = None,
    ) -> Table:
        """Add a freeform table.

        Parameters
        ----------
        rows
            The label of a dimension or time unit.
        columns
            Labels of metrics; ``("Open", {"segment": "Young women"})`` narrows one. Filters are ``segment``,
            ``period`` and ``item`` (a pair such as ``("Device", "Mobile")``).
        limit
            How many rows there are on a page.
        sort
            The label of a column or of the rows, with a minus in front to sort descending.
            Not given: descending by the first column; time units by time.
        search, include_missing
            Keep only items that contain this text; and whether to keep that of records without a value.
        title
            What to call it.
        """
        with self._session.group(f"Add a table to {self.title}"):
            self._session.apply(do.AddTable(self._id, title))
            table = Table(self._session, self._document.items[-1].id)
            table._fill(rows, columns, limit, sort, search, include_missing)
        return table

    def filter(self, **given: Any) -> Panel:
        """Keep only some records: ``segment=``, ``item=("City", "Paris")``, ``metric=`` or ``dimension=``.

        A metric keeps the records that it counts, a dimension those that have a value of it.
        """
        filters = naming.panel_filters(given, self._session.dataset)
        with self._session.group(f"Filter {self.title}"):
            for each in filters:
                self._session.apply(do.FilterPanel(self._id, each))
        return self

    def period(self, period: object) -> Panel:
        """Set the period: a preset such as ``"last 30 days"``, a pair of dates, or ``None`` for all dates."""
        self._session.apply(do.SetPeriod(self._id, periods.parse(period)))
        return self

    def collapse(self, collapsed: bool = True) -> Panel:
        """Close the panel, or open it again."""
        self._session.apply(do.CollapsePanel(self._id, collapsed))
        return self

    def move(self, before: Panel | None = None) -> Panel:
        """Move the panel before another one, or to the end."""
        self._session.apply(do.MovePanel(self._id, None if before is None else before._id))
        return self

    def duplicate(self) -> Panel:
        """Put a copy with all its tables right after the panel, and return it."""
        self._session.apply(do.DuplicatePanel(self._id))
        panels = self._session.project.panels
        return Panel(self._session, panels[[each.id for each in panels].index(self._id) + 1].id)

    def remove(self) -> None:
        """Remove the panel with all its tables."""
        self._session.apply(do.RemovePanel(self._id))
