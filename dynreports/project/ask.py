"""From the document to the question of one table: labels and ids become fields, filters become predicates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from dynreports.engine.request import (
    BlockRequest,
    ChildRequest,
    ColumnRequest,
    StaticRequest,
    TableRequest,
    Times,
)
from dynreports.project import labels, searching, tree
from dynreports.project.columns import metric_of, sort_of_block
from dynreports.project.intents import Address
from dynreports.project.model import (
    AtItem,
    AtPosition,
    Breakdown,
    Column,
    ColumnFilter,
    Filter,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    Project,
    Search,
    SegmentFilter,
    ShiftFilter,
    StaticRow,
    Table,
    ValueFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension, Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Key, TimeUnit
from dynreports.semantics.metric import aggregates_of
from dynreports.semantics.predicate import InItems, Or, Predicate, Within, all_of
from dynreports.semantics.search import kept_by_rules
from dynreports.semantics.shares import is_part_of_total
from dynreports.semantics.shifts import meet

Pages = Mapping[Address, int]
"""The page that each block of a table stands on; those left out stand on the first."""

_ALL = 2**40
_DAY = dt.timedelta(days=1)
_SERIES: tuple[tuple[dt.timedelta, TimeUnit], ...] = (
    (2 * _DAY, "hour"),
    (184 * _DAY, "day"),
    (5 * 366 * _DAY, "week"),
    (40 * 366 * _DAY, "month"),
)


def table_request(
    project: Project, table_id: str, dataset: Dataset, pages: Pages, span: Callable[[], Within | None]
) -> TableRequest:
    """Return what has to be asked to show a table as it stands.

    Parameters
    ----------
    project, table_id, dataset
        The table, and the data that its components refer to.
    pages
        The page of each block.
    span
        The time of the first to the last record, for the sparklines of a panel of all dates.

    Raises
    ------
    UnknownNameError
        If the table uses a component that the data does not have (any more).
    """
    panel, table = tree.panel_of(project, table_id), tree.find_table(project, table_id)
    catalog = dataset.catalog
    period = dataset.resolve(panel.period)
    shown = span() if period is None and dataset.time is not None else period
    return TableRequest(
        columns=tuple(_column(column, dataset) for column in table.columns),
        block=_block(table, table, (), dataset, pages),
        where=all_of(predicate(each, catalog) for each in panel.filters),
        period=period,
        series=None if shown is None else series_unit(shown),
        time_field=dataset.time,
        align=table.align_dates,
        timezone=dataset.timezone,
    )


def all_rows(request: TableRequest) -> TableRequest:
    """Return the question of a table with every row of every block in place of one page, for files."""
    return replace(request, block=_whole(request.block), series=None)


def _whole(block: BlockRequest) -> BlockRequest:
    children = tuple(
        replace(each, block=None if each.block is None else _whole(each.block)) for each in block.children
    )
    return replace(block, page=1, limit=_ALL, children=children)


def predicate(filter: Filter | ColumnFilter, catalog: Catalog) -> Predicate | None:
    """Return which records a filter keeps; ``None``: all of them. Periods are no condition of their own."""
    match filter:
        case SegmentFilter(segment):
            return catalog.segment(segment).where
        case ItemFilter(items=items):
            return InItems(catalog.key(filter.by), items)
        case MetricFilter(metric):
            return _counted_by(metric, catalog)
        case ValueFilter():
            return ~InItems(catalog.key(filter.by), (None,))
        case _:
            return None


def _counted_by(metric: str, catalog: Catalog) -> Predicate | None:
    """Match the records that at least one part of the metric counts; a part without condition counts all."""
    wheres = list(dict.fromkeys(part.where for part in aggregates_of(catalog.metric(metric).expression)))
    if not wheres:
        return None
    parts = [where for where in wheres if where is not None]
    if len(parts) < len(wheres):
        return None
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _column(column: Column, dataset: Dataset) -> ColumnRequest:
    catalog = dataset.catalog
    wheres, own, shifts = [], None, []
    for each in column.filters:
        if isinstance(each, PeriodFilter):
            own = meet(own, dataset.resolve(each.period), dataset.timezone)
        elif isinstance(each, ShiftFilter):
            shifts.append(each.shift)
        else:
            wheres.append(predicate(each, catalog))
    found = ColumnRequest(
        expression=metric_of(column, catalog).expression,
        where=all_of(wheres),
        period=own,
        shifts=tuple(reversed(shifts)),
        limits=_limits(column),
        blank_zero=column.blank_zero and _limits(column) is not None,
    )
    if column.compare is None:
        return found
    to = column.compare.to
    if isinstance(to, PeriodFilter):
        against = Times(dataset.resolve(to.period))
    else:
        against = Times(found.period, (*found.shifts, to.shift))
    return replace(found, show=column.compare.show, against=against)


def _static(row: StaticRow, dataset: Dataset) -> StaticRequest:
    catalog, label = dataset.catalog, labels.row(row.of, dataset)
    match row.of:
        case MetricFilter(metric):
            return StaticRequest(row.id, label, expression=catalog.metric(metric).expression)
        case PeriodFilter(period):
            return StaticRequest(row.id, label, period=dataset.resolve(period))
        case _:
            return StaticRequest(row.id, label, where=predicate(row.of, catalog))


def _limits(column: Column) -> Literal["number", "percent"] | None:
    """Return what the limits of a column's colours have to be found among, if they do."""
    if column.background != "colors" or column.limits is not None:
        return None
    return "percent" if column.percent_limits else "number"


def _block(
    block: Table | Breakdown, table: Table, path: Address, dataset: Dataset, pages: Pages
) -> BlockRequest:
    rows, catalog = block.rows, dataset.catalog
    key = None if rows is None else catalog.key(rows)
    sort = sort_of_block(table, rows, catalog, static=bool(block.static))
    return BlockRequest(
        by=key,
        sort=None if sort.column is None else table.columns.index(tree.find_column(table, sort.column)),
        descending=sort.descending,
        search=block.search.text,
        include_missing=block.search.include_missing,
        kept=None if key is None else _ruled(block.search, key),
        only=searching.chosen(block),
        page=pages.get(path, 1),
        limit=block.limit,
        missing_label=_missing_label(rows, catalog),
        summed=summed(block, table, catalog),
        children=tuple(_children(block, table, path, dataset, pages)),
        static=tuple(_static(each, dataset) for each in block.static),
    )


def _ruled(search: Search, key: Key) -> Predicate | None:
    """Return which records the rules of a search keep."""
    return kept_by_rules(key, search.rules, search.joined, include_missing=search.include_missing)


def summed(block: Table | Breakdown, table: Table, catalog: Catalog) -> tuple[int, ...] | None:
    """Return the columns whose sum in a row percentages are of; ``None``: they are of the column's total."""
    if block.percent_of == "column":
        return None
    metrics = (catalog.metric(each.metric) for each in table.columns)
    return tuple(index for index, metric in enumerate(metrics) if is_part_of_total(metric))


def _children(
    block: Table | Breakdown, table: Table, path: Address, dataset: Dataset, pages: Pages
) -> Iterator[ChildRequest]:
    has_ranks = any(isinstance(each.at, AtPosition) for each in block.breakdowns)
    for each in block.breakdowns:
        if not each.collapsed:
            yield _child(each, table, path, dataset, pages)
        elif has_ranks and isinstance(each.at, AtItem):
            yield ChildRequest(block=None, item=each.at.item)


def _child(breakdown: Breakdown, table: Table, path: Address, dataset: Dataset, pages: Pages) -> ChildRequest:
    at = breakdown.at
    if isinstance(at, AtPosition):
        return ChildRequest(block=_block(breakdown, table, (*path, at), dataset, pages), position=at.position)
    return ChildRequest(block=_block(breakdown, table, (*path, at.item), dataset, pages), item=at.item)


def _missing_label(rows: Ref | None, catalog: Catalog) -> str:
    component = None if rows is None else catalog.get(rows)
    return component.missing if isinstance(component, Dimension) else "N/A"


def series_unit(period: Within) -> TimeUnit:
    """Return the buckets of a sparkline: hours up to two days, days up to half a year, and so on."""
    span = dt.datetime.fromisoformat(period.end) - dt.datetime.fromisoformat(period.start)
    return next((unit for longest, unit in _SERIES if span <= longest), "year")
