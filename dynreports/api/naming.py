"""What people write in Python, as the components, items and places of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dynreports.engine.frames import engine_for
from dynreports.errors import InvalidInputError, unknown_name
from dynreports.project import labels
from dynreports.project.commands import Step
from dynreports.project.model import (
    AnyFilter,
    AtItem,
    AtPosition,
    Breakdown,
    ColumnFilter,
    Compare,
    Filter,
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
from dynreports.semantics.catalog import Component, ref_of
from dynreports.semantics.component import Dimension, Kind, Ref, TimeBucket
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Preset
from dynreports.semantics.shifts import Show, parse_shift

FilterSpec = Mapping[str, Any] | Sequence[tuple[str, Any]]
ColumnSpec = Any
"""A label, or a pair of a label and filters: ``("Open", {"segment": "Young women"})``."""

RowSpec = Any
"""A label of a metric, segment or period, or a pair: ``("segment", "Young women")``."""

_COLUMN_FILTERS = ("segment", "period", "item", "metric")
_COMPARISONS: dict[str, Show] = {"difference": "difference", "change": "change"}
_PANEL_FILTERS = ("segment", "item", "metric", "dimension")
_ROW_KINDS = ("segment", "period", "item", "metric")


def component(name: object, dataset: Dataset, *kinds: Kind) -> Component:
    """Return the component that a person names, or gives itself."""
    if isinstance(name, str):
        return dataset.catalog.find_any(name, kinds)
    try:
        given = name if isinstance(name, Ref) else ref_of(name)  # type: ignore[arg-type]
    except KeyError:
        message = f"{name!r} names no {' or '.join(kinds)}. Accepted: its label or id, as text."
        raise InvalidInputError(message) from None
    if given.kind not in kinds:
        message = f"{name!r} is a {given.kind}; wanted is a {' or '.join(kinds)}."
        raise InvalidInputError(message)
    return dataset.catalog.get(given)


def rows(name: object, dataset: Dataset) -> Ref:
    """Return the dimension or time unit that a person names."""
    return ref_of(component(name, dataset, "dimension", "time"))


def static_rows(specs: Sequence[RowSpec], dataset: Dataset) -> tuple[RowFilter, ...]:
    """Return the static rows that a person lists."""
    found: list[Any] = []
    for spec in specs:
        if isinstance(spec, str):
            ref = ref_of(component(spec, dataset, "metric", "segment", "period"))
            found += _filter(ref.kind, Ref(ref.kind, ref.id), dataset, _ROW_KINDS)
        else:
            for kind, value in pairs([spec]):
                found += _filter(kind, value, dataset, _ROW_KINDS)
    if any(isinstance(each, ShiftFilter) for each in found):
        message = "A row can't be a period moved back: there is none that it would be moved back from."
        raise InvalidInputError(message)
    return tuple(found)


def item(by: Ref, given: object, dataset: Dataset) -> Item:
    """Return the item of a dimension or time unit that a person means by its label or identity."""
    if isinstance(given, AtItem):
        return given.item
    found = dataset.catalog.get(by)
    missing = found.missing if isinstance(found, Dimension) else "N/A"
    assert isinstance(found, (Dimension, TimeBucket))  # noqa: S101  # rows are nothing else
    if not (given is None or isinstance(given, (str, int, float, bool))):
        message = f"{given!r} is not an item. Accepted: the label of a row, as text."
        raise InvalidInputError(message)
    return engine_for(dataset).find_item(found.key, given, missing)


def step(block: Table | Breakdown, given: object, dataset: Dataset) -> Step:
    """Return the row that a person means: a label, or (whole number) its position from 1.

    A static row also goes by what it is made of: ``("segment", "Young women")``.
    """
    if isinstance(given, AtPosition):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        if given < 1:
            message = f"Positions count from 1; got {given}. A row whose label is a number is named as text."
            raise InvalidInputError(message)
        return AtPosition(given)
    if block.rows is None:
        return _static_item(block, given, dataset)
    return item(block.rows, given, dataset)


def _static_item(block: Table | Breakdown, given: object, dataset: Dataset) -> Item:
    if isinstance(given, AtItem):
        return given.item
    words = [(labels.row(each.of, dataset), each.id) for each in block.static]
    if isinstance(given, tuple):
        wanted = static_rows([given], dataset)
        found = [each.id for each in block.static if each.of in wanted]
    else:
        found = [row_id for label, row_id in words if label.casefold() == str(given).casefold()]
    if not found:
        raise unknown_name("row", given, (label for label, _ in words))
    return found[0]


def column(spec: ColumnSpec, dataset: Dataset) -> tuple[str, tuple[ColumnFilter, ...], Compare | None]:
    """Return the metric, the filters and the comparison of a column as a person writes it."""
    if isinstance(spec, tuple):
        if len(spec) != 2:
            message = f"{spec!r} is not a column. Accepted: a label, or a pair (label, {{filter: value}})."
            raise InvalidInputError(message)
        name, given = spec
    else:
        name, given = spec, {}
    metric = component(name, dataset, "metric")
    filters: list[ColumnFilter] = []
    compare = None
    for kind, value in pairs(given):
        if kind in _COMPARISONS:
            compare = Compare(over(value), _COMPARISONS[kind])
            continue
        found = _filter(kind, value, dataset, _COLUMN_FILTERS)
        filters.extend(found)  # type: ignore[arg-type]  # only kinds that columns take were accepted
    return metric.id, tuple(filters), compare


def over(value: object) -> PeriodFilter | ShiftFilter:
    """Return the other period that a person means: "previous period", a preset, a pair of dates."""
    shift = parse_shift(value)
    return ShiftFilter(shift) if shift is not None else _period(value)


def panel_filters(given: FilterSpec, dataset: Dataset) -> list[Filter]:
    """Return the filters of a panel as a person writes them."""
    found: list[Any] = []
    for kind, value in pairs(given):
        found.extend(_filter(kind, value, dataset, _PANEL_FILTERS))
    return found


def pairs(given: FilterSpec) -> Iterable[tuple[str, Any]]:
    """Return filters as pairs: a mapping, or pairs already where one kind is wanted twice."""
    if isinstance(given, Mapping):
        return given.items()
    if isinstance(given, (list, tuple)) and all(isinstance(each, tuple) and len(each) == 2 for each in given):
        return given
    message = f"{given!r} are no filters. Accepted: a dict such as {{'segment': 'Young women'}}."
    raise InvalidInputError(message)


def _filter(kind: str, value: Any, dataset: Dataset, accepted: Sequence[str]) -> Sequence[AnyFilter]:
    if kind not in accepted:
        message = f"There is no filter {kind!r} here. Accepted: {', '.join(accepted)}."
        raise InvalidInputError(message)
    match kind:
        case "segment":
            names = value if isinstance(value, list) else [value]
            return [SegmentFilter(component(each, dataset, "segment").id) for each in names]
        case "metric":
            return [MetricFilter(component(value, dataset, "metric").id)]
        case "dimension":
            by = ref_of(component(value, dataset, "dimension", "time"))
            return [ValueFilter(by.id, "time" if by.kind == "time" else "dimension")]
        case "period":
            return [over(Preset(value.id) if isinstance(value, Ref) else value)]
        case _:
            return [_items(value, dataset)]


def _period(value: Any) -> PeriodFilter:
    found = periods.parse(value)
    if found is None:
        message = "A column's own period can't be all dates: leave it out for the panel's."
        raise InvalidInputError(message)
    return PeriodFilter(found)


def _items(value: Any, dataset: Dataset) -> ItemFilter:
    if not (isinstance(value, (tuple, list)) and len(value) == 2):
        message = f"{value!r} is no item filter. Accepted: a pair such as ('Device', 'Mobile')."
        raise InvalidInputError(message)
    by = ref_of(component(value[0], dataset, "dimension", "time"))
    chosen = value[1] if isinstance(value[1], list) else [value[1]]
    items = tuple(item(by, each, dataset) for each in chosen)
    return ItemFilter(by.id, items, "time" if by.kind == "time" else "dimension")
