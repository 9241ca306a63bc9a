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
    Column,
    Filter,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    SegmentFilter,
    ValueFilter,
)
from dynreports.semantics import periods
from dynreports.semantics.component import Kind, Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Fixed, Period
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


def items(dimension: str, chosen: Sequence[Item], dataset: Dataset) -> list[str]:
    """Return the labels of some items of a dimension."""
    missing = "N/A"
    try:
        found = dataset.catalog.dimension(dimension)
        missing = found.missing
        groups = engine_for(dataset).answer(Query(found.key, None, items=tuple(chosen))).groups
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


def filter_kind(filter: Filter | PeriodFilter) -> Kind:
    """Return the kind of component that a filter is made of."""
    match filter:
        case SegmentFilter():
            return "segment"
        case MetricFilter():
            return "metric"
        case PeriodFilter():
            return "period"
        case _:
            return "dimension"


def filter_words(filter: Filter | PeriodFilter, dataset: Dataset) -> str:
    """Return a filter in the words of a column's label: ``Young women``, ``Mobile``, ``Last month``."""
    match filter:
        case SegmentFilter(segment):
            return component(Ref("segment", segment), dataset)
        case MetricFilter(metric):
            return component(Ref("metric", metric), dataset)
        case ItemFilter(dimension, chosen):
            return ", ".join(items(dimension, chosen, dataset))
        case PeriodFilter(own):
            return period(own)
        case _:
            return component(Ref("dimension", filter.dimension), dataset)


def chip(filter: Filter | PeriodFilter, dataset: Dataset) -> str:
    """Return a filter in the words of its chip: items go with their dimension, ``City: Paris``."""
    words = filter_words(filter, dataset)
    match filter:
        case ItemFilter(dimension):
            return f"{component(Ref('dimension', dimension), dataset)}: {words}"
        case ValueFilter():
            return f"{words}: any value"
        case _:
            return words


def columns(of: Sequence[Column], dataset: Dataset) -> list[str]:
    """Return the labels of columns in frames, all different: ``Open``, ``Open (Mobile)``, ``Open (2)``."""
    found: list[str] = []
    taken: set[str] = set()
    for column in of:
        label = component(Ref("metric", column.metric), dataset)
        if column.filters:
            label += f" ({', '.join(filter_words(each, dataset) for each in column.filters)})"
        unique, number = label, 2
        while unique in taken:
            unique, number = f"{label} ({number})", number + 1
        taken.add(unique)
        found.append(unique)
    return found
