"""From the figures of a table to what is drawn: rows, cells and heads, all of it text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dynreports.engine.request import BlockResult, RowResult, Series
from dynreports.project import labels
from dynreports.project.columns import sort_of_block
from dynreports.project.model import AtItem, AtPosition, Breakdown, Column, PeriodFilter, Table
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.metric import Metric
from dynreports.semantics.periods import describe
from dynreports.views import format
from dynreports.views.payload import (
    BlockHead,
    Cell,
    Chip,
    ColumnState,
    Failure,
    ItemRow,
    TablePayload,
    TotalCell,
    row_id,
    wire_path,
)

Path = tuple[Item, ...]
Block = Table | Breakdown


def payload(table: Table, result: BlockResult, dataset: Dataset, revision: int) -> TablePayload:
    """Return what the browser draws of a table.

    Parameters
    ----------
    table, result, dataset
        The table in the document, its figures, and the data that both are about.
    revision
        A number that grows with every payload of the table.
    """
    return _View(table, dataset).payload(result, revision)


def loading(table: Table, dataset: Dataset, revision: int) -> TablePayload:
    """Return what is drawn while figures are computed: the frame and the column heads."""
    columns = _View(table, dataset).columns()
    return TablePayload(
        id=table.id, revision=revision, status="loading", rows_ref=table.rows, columns=columns
    )


def failed(table: Table, error: Exception, dataset: Dataset, revision: int) -> TablePayload:
    """Return what is drawn of a table that can't be computed. A traceback is nothing for readers."""
    name = type(error).__name__
    failure = Failure("This table can't be computed.", str(error) or name, f"{name}: {error}")
    return TablePayload(
        id=table.id,
        revision=revision,
        status="error",
        error=failure,
        rows_ref=table.rows,
        columns=_View(table, dataset).columns(),
    )


class _View:
    """One table on its way to the screen."""

    def __init__(self, table: Table, dataset: Dataset) -> None:
        self._table = table
        self._dataset = dataset

    def payload(self, result: BlockResult, revision: int) -> TablePayload:
        table = self._table
        catalog = self._dataset.catalog
        self._metrics = [catalog.metric(each.metric) for each in table.columns]
        rows: list[ItemRow | BlockHead] = []
        self._add_rows(rows, table, result, (), 0)
        is_empty = table.rows is None and not table.columns
        return TablePayload(
            id=table.id,
            revision=revision,
            status="ready",
            rows_ref=table.rows,
            columns=self.columns(),
            total=None if is_empty else self._head(table, table.rows, result, (), None),
            rows=tuple(rows),
        )

    def columns(self) -> tuple[ColumnState, ...]:
        table, catalog = self._table, self._dataset.catalog
        known = table.rows is None or table.rows in catalog
        sort = sort_of_block(table, table.rows if known else None, catalog)
        direction = "desc" if sort.descending else "asc"
        return tuple(
            ColumnState(
                id=each.id,
                label=labels.component(Ref("metric", each.metric), self._dataset),
                detail=self._own_period(each),
                kind="metric",
                tip=self._tip(each),
                formula=self._formula(each),
                sort=direction if sort.column == each.id else None,  # type: ignore[arg-type]
                filters=tuple(
                    Chip(labels.filter_kind(part), labels.chip(part, self._dataset)) for part in each.filters
                ),
            )
            for each in table.columns
        )

    def _own_period(self, column: Column) -> str | None:
        own = next((each.period for each in column.filters if isinstance(each, PeriodFilter)), None)
        if own is None or self._dataset.time is None:
            return None
        return describe(own, now=self._dataset.now(), timezone=self._dataset.timezone)[1]

    def _tip(self, column: Column) -> str:
        ref = Ref("metric", column.metric)
        if ref not in self._dataset.catalog:
            return "The data does not have this metric any more."
        return self._dataset.catalog.definition(ref)

    def _formula(self, column: Column) -> str | None:
        ref = Ref("metric", column.metric)
        return self._dataset.catalog.formula(ref) if ref in self._dataset.catalog else None

    def _add_rows(
        self, rows: list[ItemRow | BlockHead], block: Block, result: BlockResult, path: Path, depth: int
    ) -> None:
        for row in result.rows:
            here = (*path, row.item)
            is_open, child = breakdown_of(block, row)
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
                    cells=self._cells(row, result),
                )
            )
            if row.child is not None and child is not None:
                rows.append(self._head(child, child.by, row.child, here, row))
                self._add_rows(rows, child, row.child, here, depth + 1)

    def _head(
        self, block: Block, by: Ref | None, result: BlockResult, path: Path, parent: RowResult | None
    ) -> BlockHead:
        first = (result.page - 1) * block.limit + 1
        return BlockHead(
            id=row_id(path, "h"),
            depth=len(path),
            path=wire_path(path),
            parent=None if parent is None else parent.label,
            label="Total" if by is None else labels.component(by, self._dataset),
            ref=by,
            note=None,
            page=result.page,
            pages=result.pages,
            limit=block.limit,
            from_=first if result.rows else 0,
            to=first + len(result.rows) - 1 if result.rows else 0,
            count=result.count,
            search=block.search.text,
            include_missing=block.search.include_missing,
            searchable=by is not None,
            cells=self._total_cells(result),
        )

    def _total_cells(self, result: BlockResult) -> tuple[TotalCell, ...]:
        series = result.series or (None,) * len(self._metrics)
        return tuple(
            _total_cell(total, whole, metric, line)
            for total, whole, metric, line in zip(
                result.total, result.out_of, self._metrics, series, strict=True
            )
        )

    def _cells(self, row: RowResult, result: BlockResult) -> tuple[Cell, ...]:
        return tuple(map(self._cell, row.values, result.total, self._table.columns, self._metrics))

    def _cell(self, value: float, total: float, column: Column, metric: Metric) -> Cell:
        share = format.share(value, total, metric)
        return Cell(
            format.figure(value, metric),
            format.percent(share) if share is not None and column.percent else None,
            min(1.0, max(0.0, share)) if share is not None and column.bar else None,
        )


def breakdown_of(block: Block, row: RowResult) -> tuple[bool | None, Breakdown | None]:
    """Return whether the row's breakdown is open, and which it is: its own before that of its rank."""
    own = [each for each in block.breakdowns if isinstance(each.at, AtItem) and _same(each.at.item, row.item)]
    ranked = [
        each for each in block.breakdowns if isinstance(each.at, AtPosition) and each.at.position == row.rank
    ]
    candidates = own + ranked
    if not candidates:
        return None, None
    if row.child is None:
        return False, None
    return True, next((each for each in candidates if not each.collapsed), None)


def _same(a: Item, b: Item) -> bool:
    # In Python, but in no data, True is 1.
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def _total_cell(total: float, whole: float, metric: Metric, series: Series | None) -> TotalCell:
    if not metric.show_total:
        total = whole = math.nan
    points, first, last = _line(series)
    return TotalCell(
        text=format.figure(total, metric),
        out_of=format.out_of(whole, metric) if metric.show_total else None,
        series=points,
        first=first,
        last=last,
    )


def _line(series: Series | None) -> tuple[tuple[float | None, ...] | None, str | None, str | None]:
    if series is None or not any(map(math.isfinite, series.values)):
        return None, None, None
    points = tuple(value if math.isfinite(value) else None for value in series.values)
    return points, *_ends(series.starts, series)


def _ends(starts: Sequence[str], series: Series) -> tuple[str, str]:
    first, last = starts[0], starts[-1]
    same_day = first[:10] == last[:10]
    return (
        format.bucket(first, series.unit, same_day=same_day),
        format.bucket(last, series.unit, same_day=same_day),
    )
