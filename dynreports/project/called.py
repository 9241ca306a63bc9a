"""What components, filters and items are called in sentences, from the catalog alone."""

from __future__ import annotations

from collections.abc import Sequence

from dynreports.project.model import (
    AnyFilter,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    SegmentFilter,
    ShiftFilter,
)
from dynreports.semantics import periods
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension, Ref
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Fixed
from dynreports.semantics.shifts import SHIFTS


def called(ref: Ref, catalog: Catalog) -> str:
    """Return the label of a component, or the id of one that the data has no longer."""
    return catalog.label(ref) if ref in catalog else ref.id


def item_label(by: Ref, item: Item, catalog: Catalog) -> str:
    """Return what an item is called where its records are not looked at."""
    if item is not None:
        return str(item)
    dimension = catalog.get(by) if by in catalog else None
    return dimension.missing if isinstance(dimension, Dimension) else "N/A"


def filter_label(filter: AnyFilter, catalog: Catalog) -> str:
    """Return what a filter is called on its chip."""
    match filter:
        case SegmentFilter(segment):
            return called(Ref("segment", segment), catalog)
        case MetricFilter(metric):
            return called(Ref("metric", metric), catalog)
        case ItemFilter(items=items):
            return ", ".join(item_label(filter.by, each, catalog) for each in items)
        case PeriodFilter(period):
            return period_label(period)
        case ShiftFilter(shift):
            return SHIFTS[shift].lower()
        case _:
            return called(filter.by, catalog)


def filter_at(filters: Sequence[AnyFilter], index: int, catalog: Catalog) -> str:
    """Return what the filter at a position is called."""
    return filter_label(filters[index], catalog) if 0 <= index < len(filters) else "a filter"


def period_label(period: object) -> str:
    """Return the name of a period, or its days; rolling ones without a name are other dates each day."""
    found = periods.parse(period)
    if isinstance(found, Fixed):
        return periods.span_in_days(found.start, found.end)
    name = periods.name_of(found)
    return name if name != periods.CUSTOM else "other dates"
