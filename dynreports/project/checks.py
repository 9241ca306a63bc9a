"""Whether what a command names exists in the catalog."""

from __future__ import annotations

import math

from dynreports.errors import RefusedError
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
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Period


def check_component(ref: Ref, catalog: Catalog) -> None:
    """Raise unless the catalog has the component."""
    if ref.kind in ("time", "period"):
        check_time(catalog)
    catalog.get(ref)


def check_time(catalog: Catalog) -> None:
    """Raise unless the data has a time to select and group by."""
    if not catalog.time_units:
        message = "This data has no date-time field, so time units and periods can't be used with it."
        raise RefusedError(message)


def check_period(period: Period | None, catalog: Catalog) -> None:
    """Raise unless the period can be used with the data."""
    if period is not None:
        check_time(catalog)
        periods.parse(period)


def check_filter(added: AnyFilter, catalog: Catalog) -> None:
    """Raise unless what the filter names exists."""
    match added:
        case PeriodFilter(period):
            check_period(period, catalog)
        case ShiftFilter():
            check_time(catalog)
        case SegmentFilter(segment):
            catalog.get(Ref("segment", segment))
        case MetricFilter(metric):
            catalog.get(Ref("metric", metric))
        case ItemFilter(items=items):
            if not items:
                message = "A filter by items needs at least one item."
                raise RefusedError(message)
            for item in items:
                check_item(added.by, item, catalog)
        case _:
            check_component(added.by, catalog)


def check_item(by: Ref, item: Item, catalog: Catalog) -> None:
    """Raise unless an item of a dimension or time unit can be kept in a report."""
    if by.kind not in ("dimension", "time"):
        message = f"Items are of a dimension or time unit; a {by.kind} has none."
        raise RefusedError(message)
    check_component(by, catalog)
    if isinstance(item, float) and not math.isfinite(item):
        message = "An item that is not a finite number can't be kept in a report."
        raise RefusedError(message)
