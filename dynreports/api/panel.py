"""A panel, from Python."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import Any

from msgspec import UNSET

from dynreports.api import naming
from dynreports.api.chart import Chart, type_named
from dynreports.api.table import Table
from dynreports.api.text import Text
from dynreports.errors import unknown_name
from dynreports.project import commands as do
from dynreports.project import labels, model, tree
from dynreports.project.session import Session
from dynreports.semantics import periods
from dynreports.semantics.nouns import counted


def _newest(panel: model.Panel) -> str:
    """Return the id of the item that was made last: ids are never used again."""
    return max((each.id for each in panel.items), key=lambda each: int(each[1:]))


class Panel:
    """A handle on a panel: tables under one period and one list of filters."""

    def __init__(self, session: Session, id: str) -> None:
        self._session = session
        self._id = id

    def __repr__(self) -> str:
        panel = self._document
        return f"<Panel {panel.title!r}: {labels.period(panel.period)}, {counted(len(panel.items), 'item')}>"

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
        return [
            Table(self._session, each.id) for each in self._document.items if isinstance(each, model.Table)
        ]

    @property
    def charts(self) -> list[Chart]:
        """The charts of the panel, in order."""
        return [
            Chart(self._session, each.id) for each in self._document.items if isinstance(each, model.Chart)
        ]

    @property
    def texts(self) -> list[Text]:
        """The texts of the panel, in order."""
        return [Text(self._session, each.id) for each in self._document.items if isinstance(each, model.Text)]

    def __getitem__(self, title: str) -> Any:
        """Return the first table, chart or text of a title; a table before a chart of the same one."""
        for kind in (self.tables, self.charts, self.texts):
            for each in kind:
                if each.title == title:
                    return each
        raise unknown_name("item", title, (each.title for each in self._document.items))

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
            The label of a dimension or time unit; or a list of static rows: labels of metrics, segments and
            periods, or pairs such as ``("item", ("City", "Paris"))``.
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
            table = Table(self._session, _newest(self._document))
            table._fill(rows, columns, limit, sort, search, include_missing)
        return table

    def chart(
        self,
        type: str,
        source: Table | EllipsisType | None = ...,
        *,
        title: str | None = None,
        **settings: Any,
    ) -> Chart:
        """Add a chart of a table.

        Parameters
        ----------
        type
            ``"line"``, ``"area"``, ``"area stacked"``, ``"bar"``, ``"bar stacked"``, ``"horizontal bar"``,
            ``"horizontal bar stacked"``, ``"combo"``, ``"donut"``, ``"bullet"``, ``"scatter"``,
            ``"flow"``, ``"summary number"`` or ``"summary change"``.
        source
            The table that it draws. Not given: the last one of the panel.
        title
            What to call it; not given: its type.
        settings
            Those of `Chart.settings`.
        """
        kind = type_named(type)
        table = UNSET if source is ... else None if source is None else source._id
        with self._session.group(f"Add the chart {title or kind.title()} to {self.title}"):
            self._session.apply(do.AddChart(self._id, kind, table, title=title))
            chart = Chart(self._session, _newest(self._document))
            if settings:
                chart.settings(**settings)
        return chart

    def text(self, text: str, *, title: str | None = None) -> Text:
        """Add words to the panel: plain text, with empty lines between its paragraphs."""
        self._session.apply(do.AddText(self._id, text, title))
        return Text(self._session, _newest(self._document))

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
