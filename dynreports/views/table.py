"""From the figures of a table to what is drawn: rows, cells and heads, all of it text."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from dynreports.engine.request import BlockResult, RowResult, Series
from dynreports.errors import UnknownNameError
from dynreports.project import labels, tree
from dynreports.project.columns import metric_of, sort_of_block
from dynreports.project.model import (
    Breakdown,
    Column,
    PeriodFilter,
    ShiftFilter,
    Table,
)
from dynreports.project.searching import chosen, only_words, rules_words
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.locales import ENGLISH, Locale
from dynreports.semantics.metric import Metric
from dynreports.semantics.periods import span_in_days
from dynreports.semantics.predicate import Within
from dynreports.semantics.text import listed
from dynreports.views import format
from dynreports.views.cells import Cells, exact_text, figure_text, settings_state
from dynreports.views.misfits import TOP, Above, Reasons, is_blank
from dynreports.views.payload import (
    BlockHead,
    Cell,
    Chip,
    ColumnState,
    Failure,
    ItemRow,
    Kept,
    TablePayload,
    TotalCell,
    row_id,
    wire_path,
)

Path = tuple[Item, ...]
Block = Table | Breakdown


def payload(
    table: Table, result: BlockResult, dataset: Dataset, revision: int, locale: Locale
) -> TablePayload:
    """Return what the browser draws of a table.

    Parameters
    ----------
    table, result, dataset
        The table in the document, its figures, and the data that both are about.
    revision
        A number that grows with every payload of the table.
    locale
        How numbers are written.
    """
    return _View(table, dataset, locale).payload(result, revision)


def loading(table: Table, dataset: Dataset, revision: int) -> TablePayload:
    """Return what is drawn while figures are computed: the frame and the column heads."""
    columns = _View(table, dataset).columns()
    return TablePayload(
        id=table.id, revision=revision, status="loading", rows_ref=table.rows, columns=columns
    )


def failed(table: Table, error: Exception, dataset: Dataset, revision: int) -> TablePayload:
    """Return what is drawn of a table that can't be computed. A traceback is nothing for readers."""
    name = type(error).__name__
    gone = _gone(table, dataset) if isinstance(error, UnknownNameError) else []
    message = _mending(gone) if gone else str(error) or name
    failure = Failure("This table can't be computed.", message, f"{name}: {error}")
    return TablePayload(
        id=table.id,
        revision=revision,
        status="error",
        error=failure,
        # Rows that are gone are a place to drop others on.
        rows_ref=None if table.rows in gone else table.rows,
        columns=_View(table, dataset).columns(),
    )


def _gone(table: Table, dataset: Dataset) -> list[Ref]:
    """Return the rows and metrics of a table that the data does not have any more."""
    used = [] if table.rows is None else [table.rows]
    used += [Ref("metric", each.metric) for each in table.columns]
    return [each for each in dict.fromkeys(used) if each not in dataset.catalog]


def _mending(gone: list[Ref]) -> str:
    names = listed(f"“{labels.last_known(each)}”" for each in gone)
    place = "its place" if len(gone) == 1 else "their places"
    return f"The data does not have {names} any more. Drop something else in {place}, or remove the column."


class _View:
    """One table on its way to the screen."""

    def __init__(self, table: Table, dataset: Dataset, locale: Locale = ENGLISH) -> None:
        """``locale`` matters where there are figures."""
        self._table = table
        self._dataset = dataset
        self._locale = locale
        self._periods: tuple[tuple[Within | None, ...], ...] = ()

    def payload(self, result: BlockResult, revision: int) -> TablePayload:
        table = self._table
        catalog = self._dataset.catalog
        self._metrics = [metric_of(each, catalog) for each in table.columns]
        self._periods = result.periods
        rows: list[ItemRow | BlockHead] = []
        self._add_rows(rows, table, result, (), TOP)
        is_empty = table.rows is None and not table.static and not table.columns
        return TablePayload(
            id=table.id,
            revision=revision,
            status="ready",
            rows_ref=table.rows,
            static=bool(table.static),
            columns=self.columns(result),
            label_width=table.label_width,
            align_dates=table.align_dates,
            total=None if is_empty else self._head(table, result, (), None, TOP),
            rows=tuple(rows),
        )

    def columns(self, result: BlockResult | None = None) -> tuple[ColumnState, ...]:
        table, catalog = self._table, self._dataset.catalog
        known = table.rows is None or table.rows in catalog
        rows = table.rows if known else None
        sort = sort_of_block(table, rows, catalog, static=bool(table.static))
        direction = "desc" if sort.descending else "asc"
        limits = (result.limits if result else ()) or (None,) * len(table.columns)
        return tuple(
            ColumnState(
                id=each.id,
                label=self._label(each),
                missing=self._metric(each) is None,
                detail=self._dates(position, each) or self._counted(each),
                kind="metric",
                tip=self._tip(each),
                formula=self._formula(each),
                sort=direction if sort.column == each.id else None,  # type: ignore[arg-type]
                compared=labels.compared(each, self._dataset),
                filters=tuple(
                    Chip(
                        labels.filter_kind(part),
                        labels.chip(part, self._dataset),
                        msgspec.json.encode(part).decode(),
                    )
                    for part in each.filters
                ),
                width=each.width,
                settings=settings_state(each, self._metric(each), found),
            )
            for position, (each, found) in enumerate(zip(table.columns, limits, strict=True))
        )

    def _metric(self, column: Column) -> Metric | None:
        catalog = self._dataset.catalog
        return catalog.metric(column.metric) if Ref("metric", column.metric) in catalog else None

    def _dates(self, position: int, column: Column) -> str | None:
        """Return the dates that a column looks at, where these are not the panel's alone."""
        is_own = any(isinstance(each, PeriodFilter | ShiftFilter) for each in column.filters)
        if position >= len(self._periods) or not (is_own or column.compare):
            return None
        now = self._dataset.now()
        dates = [
            "all dates" if each is None else span_in_days(each.start, each.end, now)
            for each in self._periods[position]
        ]
        return " vs ".join(dates)

    def _label(self, column: Column) -> str:
        ref = Ref("metric", column.metric)
        return self._dataset.catalog.label(ref) if ref in self._dataset.catalog else labels.last_known(ref)

    def _counted(self, column: Column) -> str | None:
        """Return which variant of its metric a column counts."""
        metric = self._metric(column)
        variants = () if metric is None else metric.variants
        return next((each.label for each in variants if each.id == column.variant), None)

    def _tip(self, column: Column) -> str:
        ref = Ref("metric", column.metric)
        if ref not in self._dataset.catalog:
            return "The data does not have this metric any more."
        return self._dataset.catalog.definition(ref)

    def _formula(self, column: Column) -> str | None:
        ref = Ref("metric", column.metric)
        return self._dataset.catalog.formula(ref) if ref in self._dataset.catalog else None

    def _add_rows(
        self,
        rows: list[ItemRow | BlockHead],
        block: Block,
        result: BlockResult,
        path: Path,
        above: Above,
    ) -> None:
        """Add the rows of a block; ``above``: what stands in the rows that it is under."""
        depth = len(path)
        inherited = self._shown(above)
        cells = Cells(
            self._table.columns, inherited, block.percent_of, result, self._locale, nested=depth > 0
        )
        for row in result.rows:
            here = (*path, row.item)
            is_open, child = breakdown_of(block, row)
            static = next((each for each in block.static if each.id == row.item), None)
            inside = above.row(block, row.item)
            own = self._shown(inside)[0] if inside.metric != above.metric and self._metrics else None
            reasons = inside.reasons(self._table, self._dataset.catalog)
            rows.append(
                ItemRow(
                    id=row_id(here),
                    depth=depth,
                    path=wire_path(here),
                    number=row.rank,
                    label=row.label,
                    caption=row.caption,
                    missing=row.item is None,
                    open=is_open,
                    cells=_excused(cells.of(row, own), row.values, reasons),
                    static=None if static is None else labels.filter_kind(static.of),
                )
            )
            if row.child is not None and child is not None:
                rows.append(self._head(child, row.child, here, row, inside))
                self._add_rows(rows, child, row.child, here, inside)

    def _head(
        self,
        block: Block,
        result: BlockResult,
        path: Path,
        parent: RowResult | None,
        above: Above,
    ) -> BlockHead:
        first = (result.page - 1) * block.limit + 1
        return BlockHead(
            id=row_id(path, "h"),
            depth=len(path),
            path=wire_path(path),
            parent=None if parent is None else parent.label,
            label=labels.rows(block, self._dataset) or "Total",
            ref=block.rows,
            note=None,
            page=result.page,
            pages=result.pages,
            limit=block.limit,
            from_=first if result.rows else 0,
            to=first + len(result.rows) - 1 if result.rows else 0,
            count=result.count,
            counted=self._locale.count(result.count),
            search=block.search.text,
            include_missing=block.search.include_missing,
            has_missing=result.has_missing,
            searchable=block.rows is not None,
            static=bool(block.static),
            percent_of=block.percent_of,
            by_position=block.by_position,
            cells=self._total_cells(result, above),
            kept=self._kept(block, result),
        )

    def _kept(self, block: Block, result: BlockResult) -> Kept:
        search, only = block.search, []
        if block.rows is None:
            known = {each.id: each.of for each in block.static}
            only = [labels.row(known[str(each)], self._dataset) for each in chosen(block)]
        elif search.only:
            # Rows of aligned dates may bear the date of another period than the one that they are known by.
            shown: dict[object, str] = {row.item: row.label for row in result.rows}
            named = labels.items(block.rows, search.only, self._dataset)
            only = [shown.get(item, label) for item, label in zip(search.only, named, strict=True)]
        return Kept(search.rules, search.joined, rules_words(search), only_words(only))

    def _shown(self, above: Above) -> Sequence[Metric]:
        """Return the metric of every column: its own, or that of a static row."""
        if above.metric is None:
            return self._metrics
        return [self._dataset.catalog.metric(above.metric)] * len(self._metrics)

    def _total_cells(self, result: BlockResult, above: Above) -> tuple[TotalCell, ...]:
        series = result.series or (None,) * len(self._metrics)
        reasons = above.reasons(self._table, self._dataset.catalog)
        given = result.total, result.out_of, self._table.columns, self._shown(above), series, reasons
        return tuple(_total_cell(*each, locale=self._locale) for each in zip(*given, strict=True))


def breakdown_of(block: Block, row: RowResult) -> tuple[bool | None, Breakdown | None]:
    """Return whether the row's breakdown is open, and which it is: its own before that of its rank."""
    found = tree.child_of(block, row.item, row.rank)
    return (None, None) if found is None else (row.child is not None, found)


def _excused(cells: tuple[Cell, ...], values: Sequence[float], reasons: Reasons) -> tuple[Cell, ...]:
    """Return the cells of a row; where a figure can't be told apart by the rows, why there is none."""
    return tuple(
        Cell("None", None, None, None, reason) if is_blank(value, reason) else cell
        for cell, value, reason in zip(cells, values, reasons, strict=True)
    )


def _total_cell(
    total: float,
    whole: float,
    column: Column,
    metric: Metric,
    series: Series | None,
    reason: str | None,
    *,
    locale: Locale,
) -> TotalCell:
    if is_blank(total, reason):
        text = "None" if column.totals else ""
        return TotalCell(text=text, out_of=None, series=None, first=None, last=None, reason=reason)
    points, first, last = _line(series, column)
    shown = total if metric.show_total else math.nan
    has_whole = metric.show_total and column.totals and column.compare is None
    text = figure_text(shown, column, metric, locale) if column.totals else ""
    return TotalCell(
        text=text,
        out_of=format.out_of(whole, metric, locale) if has_whole else None,
        series=points,
        first=first,
        last=last,
        exact=exact_text(text, shown, column, metric, locale),
    )


def _line(
    series: Series | None, column: Column
) -> tuple[tuple[float | None, ...] | None, str | None, str | None]:
    if series is None:
        return None, None, None
    points = tuple(
        value if math.isfinite(value) and not (column.blank_zero and value == 0) else None
        for value in series.values
    )
    if not any(each is not None for each in points):
        return None, None, None
    return points, *_ends(series.starts, series)


def _ends(starts: Sequence[str], series: Series) -> tuple[str, str]:
    first, last = starts[0], starts[-1]
    same_day = first[:10] == last[:10]
    return (
        format.bucket(first, series.unit, same_day=same_day),
        format.bucket(last, series.unit, same_day=same_day),
    )
