"""Which figures a chart draws: the cells of its table that it is locked to, that are selected, or all.

They are the figures of the very result that the table shows. Only what is not on its page is asked for: rows
that a chart is locked to on another page, and figures over time; through the planner, at their own grain.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from dynreports.engine import scopes
from dynreports.engine.adding import is_additive
from dynreports.engine.request import BlockRequest, BlockResult, RowResult, TableRequest
from dynreports.errors import DynReportsError
from dynreports.project import labels, tree
from dynreports.project.blocks import block_request
from dynreports.project.columns import is_time, metric_of
from dynreports.project.model import (
    AtPosition,
    Chart,
    Column,
    LockItems,
    LockPositions,
    Path,
    Table,
)
from dynreports.project.places import row_at
from dynreports.project.session import Session
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item, TimeKey, TimeUnit
from dynreports.semantics.locales import Locale
from dynreports.semantics.metric import Metric
from dynreports.semantics.shares import is_part_of_total
from dynreports.views import format
from dynreports.views.cells import compared_metric
from dynreports.views.misfits import Reasons, above_block, is_blank


class SourceMissingError(DynReportsError):
    """The chart draws a table that is not there (any more)."""


class UndrawableError(DynReportsError):
    """The figures can't be drawn this way; the message says why, and what can be done."""


@dataclasses.dataclass(frozen=True)
class Measure:
    """A column that is drawn.

    Attributes
    ----------
    index
        The position of its column in the table.
    is_amount
        Whether its figures are parts of a whole: counts and sums, distinct ones among them.
    is_additive
        Whether the figures of rows always add up to their total, by what they are.
    locale
        How its numbers are written.
    """

    column: Column
    index: int
    label: str
    metric: Metric
    is_amount: bool
    is_additive: bool
    locale: Locale

    @property
    def unit(self) -> str:
        """What its figures are in: "percent" or "number"."""
        return self.metric.format

    def text(self, value: float) -> str:
        """Return a figure as the table writes it."""
        return format.figure(value, self.metric, self.locale)

    def percent(self, part: float) -> str:
        """Return a share of one of its figures."""
        return format.percent(part, self.locale)


@dataclasses.dataclass(frozen=True)
class Row:
    """A row that is drawn: its figures go by measure (``nan``: no value). ``path`` leads to it."""

    item: Item
    label: str
    rank: int
    path: Path
    values: tuple[float, ...]


@dataclasses.dataclass(frozen=True)
class Reading:
    """What a chart draws.

    Attributes
    ----------
    by, unit
        What stands in the rows; and the length of time of each, where that is a time unit.
    rows
        The rows that are drawn, in the order of the table.
    is_chosen
        Whether these rows were chosen; else they are all that the table shows. Chosen rows that have no
        records are no rows.
    chosen
        The items that were chosen, with or without records; none where rows go by position.
    is_total
        Whether the total is all that is drawn.
    total, out_of
        By measure: the total of the block, and what it is out of.
    count
        How many rows there are on all pages.
    is_whole
        Whether it is of the table itself, not of a breakdown.
    is_gapless
        Whether a time without a row has no records, so that it is known what stands there.
    """

    table: Table
    measures: tuple[Measure, ...]
    by: Ref | None
    unit: TimeUnit | None
    rows: tuple[Row, ...]
    is_chosen: bool
    chosen: tuple[Item, ...]
    is_total: bool
    total: tuple[float, ...]
    out_of: tuple[float, ...]
    count: int
    is_whole: bool
    is_gapless: bool
    request: TableRequest
    """The question of the block that is drawn, without breakdowns."""
    locale: Locale


def source_of(session: Session, chart: Chart) -> Table:
    """Return the table that a chart draws.

    Raises
    ------
    SourceMissingError
        If there is none.
    """
    for _, table in tree.tables(session.project):
        if table.id == chart.source:
            return table
    message = "The table that this chart draws is not there any more. Choose another one."
    raise SourceMissingError(message)


def read(session: Session, chart: Chart) -> Reading:
    """Return what a chart draws.

    Raises
    ------
    SourceMissingError, UndrawableError
        If its table or the column that it is locked to is gone.
    DynReportsError
        If the table can't be computed.
    """
    table = source_of(session, chart)
    cells = chart.lock or session.selections.of(table) or LockItems()
    measures = _measures(table, cells.columns, session)
    block = tree.block_at(table, cells.block)
    by = block.rows
    request = block_request(session, table.id, cells.block)
    result = _shown(session, table, cells, request)
    rows = () if cells.total and not cells.rows else _rows(session, cells, request, result)
    path = _path(session, table, cells)
    catalog = session.dataset.catalog
    above = above_block(session, table.id, cells.block)
    no_total = above.reasons(table, catalog)
    time = is_time(by, catalog)
    key = None if by is None else catalog.key(by)
    return Reading(
        table=table,
        measures=measures,
        by=by,
        unit=key.unit if time and isinstance(key, TimeKey) else None,
        rows=tuple(
            _row(each, path, measures, above.row(block, each.item).reasons(table, catalog)) for each in rows
        ),
        is_chosen=bool(cells.rows) or cells.total,
        chosen=cells.rows if isinstance(cells, LockItems) else (),
        is_total=(by is None and not request.block.static) or (cells.total and not cells.rows),
        total=_of(result.total, measures, no_total),
        out_of=_of(result.out_of, measures, no_total),
        count=result.count,
        is_whole=not cells.block,
        is_gapless=not cells.rows
        and not block.search.chooses
        and (len(result.rows) == result.count or request.block.sort is None),
        request=request,
        locale=session.project.numbers,
    )


def _measures(table: Table, chosen: Sequence[str], session: Session) -> tuple[Measure, ...]:
    known = [each.id for each in table.columns]
    if not set(chosen) <= set(known):
        message = "A column that this chart is locked to is not there any more. Unlock it, or lock it anew."
        raise UndrawableError(message)
    catalog, locale = session.dataset.catalog, session.project.numbers
    found = []
    for index, (column, label) in enumerate(
        zip(table.columns, labels.columns(table.columns, session.dataset), strict=True)
    ):
        if chosen and column.id not in chosen:
            continue
        metric = compared_metric(column, metric_of(column, catalog))
        is_plain = column.compare is None
        additive = is_plain and metric.show_total and is_additive(metric.expression)
        found.append(
            Measure(column, index, label, metric, is_plain and is_part_of_total(metric), additive, locale)
        )
    return tuple(found)


def _shown(
    session: Session, table: Table, cells: LockItems | LockPositions, request: TableRequest
) -> BlockResult:
    """Return the result that the screen shows of the block; of a closed breakdown what it would show."""
    result = session.result(table.id, lines=False)
    if not cells.block:
        return result
    row = row_at(result, cells.block)
    return session.answer(request) if row is None or row.child is None else row.child


def _rows(
    session: Session, cells: LockItems | LockPositions, request: TableRequest, result: BlockResult
) -> Sequence[RowResult]:
    if not cells.rows:
        return result.rows
    if isinstance(cells, LockPositions):
        there = {row.rank: row for row in result.rows}
        if not there.keys() >= {each for each in cells.rows if each <= result.count}:
            block = dataclasses.replace(request.block, page=1, limit=max(cells.rows))
            asked = dataclasses.replace(request, block=block)
            there = {row.rank: row for row in session.answer(asked).rows}
        return [there[each] for each in sorted(cells.rows) if each in there]
    found = _among(result.rows, cells.rows)
    if len(found) == len(cells.rows):
        return found
    block = _only(request.block, cells.rows)
    return _among(session.answer(dataclasses.replace(request, block=block)).rows, cells.rows)


def _only(block: BlockRequest, items: Sequence[Item]) -> BlockRequest:
    """Return a block with some of its rows alone, whether its search keeps them or not."""
    block = dataclasses.replace(block, search="", include_missing=True, kept=None)
    return dataclasses.replace(block, only=tuple(items), page=1, limit=len(items))


def _among(rows: Sequence[RowResult], items: Sequence[Item]) -> list[RowResult]:
    return [row for row in rows if any(tree.is_same(row.item, each) for each in items)]


def _path(session: Session, table: Table, cells: LockItems | LockPositions) -> Path:
    """Return the items that lead to the block, as the browser names them."""
    path: list[Item] = []
    result = session.result(table.id, lines=False) if cells.block else None
    for depth, step in enumerate(cells.block):
        row = row_at(result, cells.block[: depth + 1])
        path.append(None if isinstance(step, AtPosition) else step if row is None else row.item)
    return tuple(path)


def _row(row: RowResult, above: Path, measures: Sequence[Measure], excused: Reasons) -> Row:
    values = []
    for measure in measures:
        value = row.values[measure.index]
        blank = is_blank(value, excused[measure.index]) or (measure.column.blank_zero and value == 0)
        values.append(math.nan if blank or not math.isfinite(value) else value)
    label = row.label if row.caption is None else f"{row.label} ({row.caption})"
    return Row(row.item, label, row.rank, (*above, row.item), tuple(values))


def _of(values: Sequence[float], measures: Sequence[Measure], excused: Reasons) -> tuple[float, ...]:
    return tuple(
        math.nan
        if not each.metric.show_total or is_blank(values[each.index], excused[each.index])
        else values[each.index]
        for each in measures
    )


def items_of(reading: Reading) -> tuple[Item, ...] | None:
    """Return the items whose records are meant together; ``None``: all records of the block."""
    if not reading.is_chosen or reading.is_total:
        return None
    return reading.chosen or tuple(each.item for each in reading.rows)


def without_rows(
    request: TableRequest, items: Sequence[Item] | None = None, unit: TimeUnit | None = None
) -> TableRequest:
    """Return the question of the total of a block, or of some of its items together, over time if wanted.

    It is asked of the records themselves: a person in two of the rows counts once.
    """
    by, static = request.block.by, request.block.static
    if static:
        chosen = request.block.given
        if items is not None:
            chosen = tuple(each for each in static if each.item in items)
        if len(chosen) == 1:
            request = scopes.under_static(request, chosen[0])
            chosen = ()
        return dataclasses.replace(request, block=BlockRequest(static=chosen), series=unit)
    block = request.block if items is None or by is None else _only(request.block, items)
    request = scopes.of_total(request, block, request.timezone)
    return dataclasses.replace(request, block=BlockRequest(by=None), series=unit)
