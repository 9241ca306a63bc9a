"""Columns, their filters, and the order that a table has because of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import tree
from dynreports.project.model import (
    NO_SEARCH,
    AnyFilter,
    Column,
    Compare,
    Panel,
    PeriodFilter,
    Project,
    ShiftFilter,
    Sort,
    Table,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import TimeKey
from dynreports.semantics.metric import Metric

Filtered = TypeVar("Filtered", Column, Panel)


def metric_of(column: Column, catalog: Catalog) -> Metric:
    """Return what a column counts: its metric, or the variant of it that was chosen."""
    metric = catalog.metric(column.metric)
    return metric if column.variant is None else metric.variant(column.variant)


def is_time(ref: Ref | None, catalog: Catalog) -> bool:
    """Whether rows of the component follow the calendar; no, for one that the data has no longer."""
    return ref is not None and ref in catalog and isinstance(catalog.key(ref), TimeKey)


def default_sort(table: Table, catalog: Catalog) -> Sort | None:
    """Return the sort of a table that nobody sorted: time units by time, others by the first column."""
    if not table.columns or table.static or is_time(table.rows, catalog):
        return None
    return Sort(column=table.columns[0].id)


def sort_of_block(table: Table, rows: Ref | None, catalog: Catalog, *, static: bool = False) -> Sort:
    """Return the order of the table's own rows, or of a breakdown's.

    A breakdown follows the table, except that one by a time unit, in a table whose rows are not, reads in the
    order of time; and that an order of time (or of labels) says nothing about rows of the other nature.
    Static rows stand where they were put, unless a column sorts the table that they are in.
    """
    sort, is_calendar = table.sort, is_time(rows, catalog)
    if static:
        by_column = bool(table.static) and sort is not None and sort.column is not None
        return sort if sort is not None and by_column else Sort(descending=False)
    if sort is not None and is_calendar != is_time(table.rows, catalog) and (is_calendar or not sort.column):
        sort = None
    if sort is not None:
        return sort
    return Sort(descending=False) if is_calendar or not table.columns else Sort(column=table.columns[0].id)


def with_new_rows(table: Table, rows: Ref, catalog: Catalog) -> Table:
    """Return the table with other rows: what belonged to the old ones goes.

    That is their search, their breakdowns, and the limits of colours that were typed for their figures.
    A chosen sort stays, but rows that become time units start in the order of time.
    """
    renewed = replace(
        table,
        rows=rows,
        static=(),
        columns=tuple(replace(each, limits=None) for each in table.columns),
        search=NO_SEARCH,
        breakdowns=(),
        collapsed=False,
    )
    if is_time(rows, catalog) and not is_time(table.rows, catalog):
        return replace(renewed, sort=None)
    return replace(renewed, sort=table.sort or default_sort(renewed, catalog))


def insert_columns(
    project: Project, table: Table, added: Sequence[Column], before: int | None, catalog: Catalog
) -> Project:
    """Return the project with columns put before a position, or at the end, under ids of their own.

    The first columns of a table sort it.
    """
    numbered = []
    for column in added:
        project, column_id = tree.new_id(project, "c")
        numbered.append(replace(column, id=column_id))
    position = len(table.columns) if before is None else before
    wider = replace(table, columns=(*table.columns[:position], *numbered, *table.columns[position:]))
    if not table.columns and table.sort is None:
        wider = replace(wider, sort=default_sort(wider, catalog))
    return tree.with_table(project, wider)


def without_column(table: Table, column: Column, catalog: Catalog) -> Table:
    """Return the table without a column; if that one sorted it, the first one left does."""
    left = replace(table, columns=tuple(each for each in table.columns if each.id != column.id))
    if table.sort is not None and table.sort.column == column.id:
        return replace(left, sort=default_sort(left, catalog))
    return left


def with_period(column: Column, added: PeriodFilter) -> Column:
    """Return the column with a period of its own, in place of those that it had."""
    if [each for each in column.filters if isinstance(each, PeriodFilter)] == [added]:
        return column
    kept = tuple(each for each in column.filters if not isinstance(each, PeriodFilter))
    return replace(column, filters=(*kept, added))


def with_filter(part: Filtered, added: AnyFilter, what: str, by: str) -> Filtered:
    """Return a column or panel with one more filter; ``what`` and ``by`` name both in the refusal."""
    if added in part.filters:
        message = f"{what} is filtered by {by} already."
        raise RefusedError(message)
    return replace(part, filters=(*part.filters, added))


def over_period(column: Column, over: PeriodFilter | ShiftFilter) -> Column:
    """Return the same column over another period: in place of its own, or its own moved back."""
    if isinstance(over, PeriodFilter):
        plain = tuple(each for each in column.filters if not isinstance(each, PeriodFilter | ShiftFilter))
        return replace(column, filters=(over, *plain))
    return replace(column, filters=(over, *column.filters))


def comparison(column: Column, to: PeriodFilter | ShiftFilter) -> list[Column]:
    """Return the columns that compare a column: over the other period, the difference, the change."""
    return [
        over_period(column, to),
        replace(column, compare=Compare(to, "difference")),
        replace(column, compare=Compare(to, "change")),
    ]
