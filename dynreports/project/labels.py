"""What parts of a document are called on the screen, in frames and in files.

Nothing here fails on a component that the data does not have any more: it goes by its id, so that the rest of
the report can still be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.errors import DynReportsError, UnknownNameError
from dynreports.project.model import (
    AnyFilter,
    Breakdown,
    Column,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    RowFilter,
    SegmentFilter,
    ShiftFilter,
    Table,
    ValueFilter,
)
from dynreports.semantics import periods
from dynreports.semantics.component import Dimension, Kind, Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Fixed, Period
from dynreports.semantics.shifts import SHIFTS
from dynreports.semantics.text import humanise


def component(ref: Ref, dataset: Dataset) -> str:
    """Return the label of a component, its id where the data does not have it."""
    try:
        return dataset.catalog.label(ref)
    except UnknownNameError:
        return ref.id


def last_known(ref: Ref) -> str:
    """Return what a component was called that the data does not have any more: ids are made from labels."""
    return humanise(ref.id)


def items(by: Ref, chosen: Sequence[Item], dataset: Dataset) -> list[str]:
    """Return the labels of some items of a dimension or time unit."""
    missing = "N/A"
    try:
        found = dataset.catalog.get(by)
        missing = found.missing if isinstance(found, Dimension) else missing
        key = dataset.catalog.key(by)
        groups = engine_for(dataset).answer(Query(key, None, items=tuple(chosen))).groups
        named = [groups[index].label for index in range(len(groups))]
    except DynReportsError:
        named = [None if each is None else str(each) for each in chosen]
    return [missing if label is None else label for label in named]


def period(value: Period | None) -> str:
    """Return a period in few words: the name of a preset, or its two ends."""
    if isinstance(value, Fixed):
        return f"{value.start} – {value.end}"
    try:
        return periods.name_of(value)
    except UnknownNameError:
        return str(getattr(value, "id", periods.CUSTOM))


def filter_kind(filter: AnyFilter) -> Kind:
    """Return the kind of component that a filter is made of."""
    match filter:
        case SegmentFilter():
            return "segment"
        case MetricFilter():
            return "metric"
        case PeriodFilter() | ShiftFilter():
            return "period"
        case _:
            return "dimension"


def filter_words(filter: AnyFilter, dataset: Dataset) -> str:
    """Return a filter in the words of a column's label: ``Young women``, ``Mobile``, ``Last month``."""
    match filter:
        case SegmentFilter(segment):
            return component(Ref("segment", segment), dataset)
        case MetricFilter(metric):
            return component(Ref("metric", metric), dataset)
        case ItemFilter(items=chosen):
            return ", ".join(items(filter.by, chosen, dataset))
        case ShiftFilter(shift):
            return SHIFTS[shift]
        case PeriodFilter(own):
            return period(own)
        case _:
            return component(filter.by, dataset)


def chip(filter: AnyFilter, dataset: Dataset) -> str:
    """Return a filter in the words of its chip: items go with their dimension, ``City: Paris``."""
    words = filter_words(filter, dataset)
    match filter:
        case ItemFilter():
            return f"{component(filter.by, dataset)}: {words}"
        case ValueFilter():
            return f"{words}: any value"
        case _:
            return words


_STATIC: dict[Kind, str] = {
    "metric": "Metrics", "segment": "Segments", "period": "Periods", "dimension": "Items"
}  # fmt: skip


def rows(block: Table | Breakdown, dataset: Dataset) -> str:
    """Return what stands in the rows: a dimension, what kind of static rows, or nothing."""
    if block.rows is not None:
        return component(block.rows, dataset)
    kinds = {filter_kind(each.of) for each in block.static}
    if len(kinds) > 1:
        return "Rows"
    return _STATIC[kinds.pop()] if kinds else ""


def row(of: RowFilter, dataset: Dataset) -> str:
    """Return the label of a static row: ``Young women``, ``Paris``, ``Last month``, ``Unique opens``."""
    return filter_words(of, dataset)


def compared(column: Column, dataset: Dataset) -> str | None:
    """Return how a column compares: ``difference, previous period``; of a rate the unit is said, too."""
    compare = column.compare
    if compare is None:
        return None
    other = filter_words(compare.to, dataset)
    other = other.lower() if isinstance(compare.to, ShiftFilter) else other
    if compare.show == "change":
        return f"change in percent, {other}"
    return f"difference{' in points' if _is_rate(column, dataset) else ''}, {other}"


def _is_rate(column: Column, dataset: Dataset) -> bool:
    ref = Ref("metric", column.metric)
    return ref in dataset.catalog and dataset.catalog.metric(column.metric).format == "percent"


def columns(of: Sequence[Column], dataset: Dataset) -> list[str]:
    """Return the labels of columns in frames, all different: ``Open``, ``Open (Mobile)``, ``Open (2)``."""
    found: list[str] = []
    taken: set[str] = set()
    for column in of:
        label = component(Ref("metric", column.metric), dataset)
        words = [filter_words(each, dataset) for each in column.filters]
        comparison = compared(column, dataset)
        if comparison is not None:
            words.append(comparison)
        if words:
            label += f" ({', '.join(words)})"
        unique, number = label, 2
        while unique in taken:
            unique, number = f"{label} ({number})", number + 1
        taken.add(unique)
        found.append(unique)
    return found
