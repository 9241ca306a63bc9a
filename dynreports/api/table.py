"""A freeform table, from Python."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import TYPE_CHECKING, Any

from dynreports.api import figures, naming
from dynreports.api.chart import Chart
from dynreports.api.column import Column
from dynreports.api.finding import At, said
from dynreports.api.searching import Searching
from dynreports.engine.cells import Part
from dynreports.engine.request import BlockResult
from dynreports.errors import InvalidInputError
from dynreports.project import blocks, labels, tree
from dynreports.project import commands as do
from dynreports.project.chart_model import ChartType
from dynreports.project.model import PercentOf
from dynreports.project.numbers import whole_columns
from dynreports.semantics.dataset import Dataset
from dynreports.views import html, misfits
from dynreports.views import table as drawn
from dynreports.views.records import records_behind
from dynreports.views.why import why

if TYPE_CHECKING:
    import pandas as pd


class Table(Searching):
    """A handle on a freeform table. It holds no figures: whatever changes the table, it stays up to date."""

    def __repr__(self) -> str:
        table = self._document
        rows = labels.rows(table, self._session.dataset) or "no rows yet"
        return f"<Table {table.title!r}: {rows}, {len(table.columns)} columns>"

    def _repr_html_(self) -> str:
        table, dataset = self._document, self._session.dataset
        locale = self._session.project.numbers
        payload = drawn.payload(table, self._session.result(self._id), dataset, 0, locale)
        return html.table(payload, table.title)

    @property
    def data(self) -> Dataset:
        """The data that it is about."""
        return self._session.dataset

    # ---- figures --------------------------------------------------------------------------------

    def frame(self, at: At = ()) -> pd.DataFrame:
        """Return what the screen shows, unrounded: the index holds the items, the columns the metrics.

        Parameters
        ----------
        at
            The breakdown under a row: its label, its position from 1, or a tuple of these.
            Not given: the table itself.

        Raises
        ------
        UnknownNameError
            If there is no such row, or it is not broken down.
        """
        address = self._address(at)
        named = misfits.of_named_rows(self._session, self._id, address)
        whole, rows = self._whole(address), self._rows_label(address)
        return figures.frame(self._figures(address), self.columns, whole, rows, named)

    def total(self, at: At = ()) -> pd.Series[float]:
        """Return the total of the table, or of the breakdown under a row, by metric.

        It is computed from the records, never from the rows: a person who is in two rows counts once.
        """
        address = self._address(at)
        result = self._figures(address)
        return figures.series(result.total, self.columns, self._whole(address))

    def grand_total(self) -> pd.Series[float]:
        """Return what the total is "out of": the figures of the panel, without the table's search."""
        result = self._session.result(self._id)
        return figures.series(result.out_of, self.columns, self._whole(()))

    def why(self, metric: str, at: At = ()) -> str:
        """Return in a sentence why the rows of a column don't add up to its total, or that they do.

        Parameters
        ----------
        metric
            The label of the column.
        at
            The breakdown under a row; not given: the table itself.

        Examples
        --------
        >>> table.why("Unique opens")  # doctest: +SKIP
        '2 people are counted on several days; each counts once here.'
        """
        return why(self._session, self._id, self._address(at), self._position(metric))

    def rows(
        self, item: At, metric: str, *, part: Part = "all", out_of: bool = False, at: At = ()
    ) -> pd.DataFrame:
        """Return the records behind a cell, as they are in the data and with every field.

        Of a count the frame has as many rows as the cell says; of a distinct count the key has as many
        different values.

        Parameters
        ----------
        item
            The row: its label, its position from 1, or a tuple of these from the top of the table down.
            ``None``: the total.
        metric
            The label of the column.
        part
            ``"numerator"`` or ``"denominator"`` of a ratio, or the number (from 1) of one of the counts that
            a figure is made of; ``"all"``: every record that the figure looks at.
        out_of
            Instead of the total, what it is out of: without the search.
        at
            For a total, the row whose breakdown it is of.

        Raises
        ------
        UnknownNameError
            If there is no such row or column.
        """
        cell = self._cell(item, metric, out_of=out_of, at=at)
        return records_behind(self._session, cell, part).frame.copy()

    def to_pandas_code(self, at: At = ()) -> str:
        """Return pandas code that computes `frame` alone, as the variable ``result``.

        Data of a file is read by the code itself; other data it expects in the variable ``df``.
        """
        from dynreports.project.code.pandas_code import pandas_code

        address = self._address(at)
        request = blocks.block_request(self._session, self._id, address)
        rows = self._rows_label(address)
        blanks = misfits.blanks(self._session, self._id, address)
        return pandas_code(request, self._session.dataset, self.columns, rows, self.title, blanks)

    def _figures(self, address: do.Address) -> BlockResult:
        result = blocks.block_result(self._session, self._id, address)
        above = misfits.above_block(self._session, self._id, address)
        block = tree.block_at(self._document, address)
        return misfits.without_misfits(self._document, block, result, self._session.dataset.catalog, above)

    def _whole(self, address: do.Address) -> list[bool]:
        request = blocks.block_request(self._session, self._id, address)
        return whole_columns(request, self._session.dataset)

    def _rows_label(self, address: do.Address) -> str | None:
        by = self._block_at(address).rows
        return None if by is None else self._session.dataset.catalog.label(by)

    # ---- changes --------------------------------------------------------------------------------

    def break_down(
        self,
        at: At,
        by: object,
        *,
        limit: int | None = None,
        search: str | None = None,
        include_missing: bool = True,
        collapsed: bool = False,
    ) -> Table:
        """Break down one row by a dimension or time unit, or into static rows.

        Parameters
        ----------
        at
            The row: its label, its position from 1 (whatever stands there), or a tuple of these from the top
            of the table down, for a row of a breakdown.
        by
            The label of a dimension or time unit; or a list of static rows, as `Panel.table` takes them.
        limit
            How many rows the breakdown shows on a page.
        search, include_missing
            Keep only items that contain this text; and whether to keep that of records without a value.
        collapsed
            Whether the breakdown starts closed.
        """
        dataset = self._session.dataset
        parent, last = self._parent_and_last(at)
        above = self._block_at(parent)
        if above.rows is None and not above.static:
            message = f"{self.title!r} has no rows yet, so none can be broken down."
            raise InvalidInputError(message)
        address = (*parent, naming.step(above, last, dataset))
        if isinstance(by, list):
            given = naming.static_rows(by, dataset)
            name, command = self._static_breakdown(address, given)
        else:
            ref = naming.rows(by, dataset)
            name, command = dataset.catalog.label(ref), do.Drop((ref,), do.OnRow(self._id, (address,)))
        with self._session.group(f"Break down {said(last)} by {name}"):
            self._apply(command)
            self._block(address, limit, search, include_missing)
            if collapsed:
                self._apply(do.CollapseBreakdown(self._id, address, collapsed=True))
        return self

    def column(self, label: str) -> Column:
        """Return the column of a label, as `columns` lists them."""
        return Column(self._session, self._id, self._document.columns[self._position(label)].id)

    def settings(
        self,
        *,
        align_dates: bool | EllipsisType = ...,
        by_position: bool | EllipsisType = ...,
        percent_of: PercentOf | EllipsisType = ...,
        at: At = (),
    ) -> Table:
        """Change how the rows of the table, or of the breakdown under a row, are shown.

        Parameters
        ----------
        align_dates
            With a time unit in the rows, whether columns of different periods all start in the first row.
        by_position
            Whether what people drop on a row belongs to its rank instead of its item. Breakdowns of the rows
            that are on the page follow.
        percent_of
            What percentages are of: ``"column"``, its total, or ``"row"``, the sum of the row's counts.
        at
            The row whose breakdown is meant.
        """
        given: dict[str, Any] = {
            "align_dates": align_dates,
            "by_position": by_position,
            "percent_of": percent_of,
        }
        if percent_of not in ("column", "row", ...):
            message = f"{percent_of!r} is nothing to take percentages of. Accepted: 'column', 'row'."
            raise InvalidInputError(message)
        changes = {name: value for name, value in given.items() if value is not ...}
        self._apply(do.SetRows(self._id, self._address(at), **changes))
        return self

    def label_width(self, pixels: int | None) -> Table:
        """Set the width of the labels; ``None``: what the figures leave."""
        self._apply(do.SetWidth(self._id, None, pixels))
        return self

    def sort(self, by: str | None = None, *, descending: bool | None = None) -> Table:
        """Sort by a column or by the rows themselves: ``"-Open"`` descending, ``"Open"`` ascending.

        ``None`` sorts by the rows: by label, time units by time. Where ``descending`` is given, a minus is
        part of the label.
        """
        column, direction = self._sort_column(by, signed=descending is None)
        self._apply(do.SetSort(self._id, column, direction if descending is None else descending))
        return self

    def limit(self, rows: int, *, at: At = ()) -> Table:
        """Show so many rows on a page."""
        self._apply(do.SetLimit(self._id, self._address(at), rows))
        return self

    def page(self, number: int, *, at: At = ()) -> Table:
        """Turn to a page, from 1. Which page is shown is not part of the report."""
        self._session.set_page(self._id, self._address(at), number)
        return self

    def hide(self, hidden: bool = True) -> Table:
        """Take the table off the panel, or show it again; charts go on to draw it."""
        self._apply(do.ShowTable(self._id, hidden))
        return self

    def select(self, rows: Sequence[At] = (), columns: Sequence[str] = ()) -> Table:
        """Select cells: what charts of the table draw that are not locked. It is not part of the report.

        Parameters
        ----------
        rows
            Labels or positions, or tuples of these for rows of breakdowns; ``()`` is the total row.
            None: all rows.
        columns
            Labels of columns; none: all.
        """
        paths = tuple(() if each == () else self._row_address(each) for each in rows)
        ids = tuple(self._document.columns[self._position(each)].id for each in columns)
        self._session.select(do.Select(self._id, paths, ids))
        return self

    def visualize(self, *rows: At, type: ChartType | None = None) -> Chart:
        """Add a chart of some rows above the table, and return it.

        Parameters
        ----------
        rows
            Labels or positions from 1; the chart keeps to these items, wherever they stand.
        type
            Not given: one row is drawn over time, several as bars.
        """
        known = {each.id for _, each in tree.charts(self._session.project)}
        self._apply(do.Visualize(self._id, tuple(map(self._row_address, rows)), type=type))
        made = next(each.id for _, each in tree.charts(self._session.project) if each.id not in known)
        return Chart(self._session, made)

    def _fill(
        self,
        rows: object,
        columns: Sequence[naming.ColumnSpec],
        limit: int | None,
        sort: str | None,
        search: str | None,
        include_missing: bool,
    ) -> None:
        """Make a new table what `Panel.table` was told."""
        dataset = self._session.dataset
        if isinstance(columns, str):
            message = f"columns must be a list; got {columns!r}. Write columns=[{columns!r}]."
            raise InvalidInputError(message)
        if rows is not None and not isinstance(rows, list):
            self._apply(do.Drop((naming.rows(rows, dataset),), do.OnRows(self._id)))
        for spec in columns:
            metric, filters, compare = naming.column(spec, dataset)
            self._apply(do.AddColumn(self._id, metric, filters, None, compare))
        if isinstance(rows, list):
            self._apply(do.AddRows(self._id, (), naming.static_rows(rows, dataset)))
        self._block((), limit, search, include_missing)
        if sort is not None:
            self.sort(sort)

    def _block(
        self, address: do.Address, limit: int | None, search: str | None, include_missing: bool
    ) -> None:
        if limit is not None:
            self._apply(do.SetLimit(self._id, address, limit))
        if search is not None or not include_missing:
            self._apply(do.SetSearch(self._id, address, search or "", include_missing))
