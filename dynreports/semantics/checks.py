"""Checks of components against the data: every field exists, and can do what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dynreports.errors import InvalidInputError, UnknownNameError, unknown_name
from dynreports.semantics.columns import FieldType
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.keys import TimeKey
from dynreports.semantics.metric import Metric, aggregates_of
from dynreports.semantics.period import moment
from dynreports.semantics.predicate import (
    And,
    Between,
    Comparison,
    InItems,
    IsIn,
    Matches,
    Not,
    Or,
    Predicate,
    Reads,
    Value,
    Within,
    fields_of,
)

_HOLDS: dict[FieldType, str] = {
    "text": "text",
    "integer": "numbers",
    "number": "numbers",
    "boolean": "true or false",
    "time": "dates",
}
Fields = Mapping[str, FieldType]


def check(component: Dimension | Metric | Segment, fields: Fields, ignored: Iterable[str] = ()) -> None:
    """Raise an error that says what is wrong, when the data can't give what a component needs.

    Parameters
    ----------
    component
        What was declared.
    fields
        What each field of the data holds.
    ignored
        Notes on the columns that were left out when the data was read.
    """
    try:
        match component:
            case Dimension():
                _check_dimension(component, fields)
            case Metric():
                _check_metric(component, fields)
            case Segment():
                check_predicate(component.where, fields)
    except UnknownNameError as error:
        message = f"{_named(component)}: {error}"
        reasons = [
            note for note in ignored if any(f"Column {name!r} " in note for name in _fields(component))
        ]
        raise UnknownNameError(" ".join([message, *reasons])) from None
    except InvalidInputError as error:
        message = f"{_named(component)}: {error}"
        raise InvalidInputError(message) from None


def _named(component: Dimension | Metric | Segment) -> str:
    return f"{type(component).__name__} {component.label!r}"


def _fields(component: Dimension | Metric | Segment) -> frozenset[str]:
    match component:
        case Dimension():
            return frozenset({component.field, component.caption} - {None})  # type: ignore[arg-type]
        case Metric():
            aggregates = aggregates_of(component.expression)
            named = {each.field for each in aggregates if each.field}
            return frozenset(named).union(*(fields_of(each.where) for each in aggregates))
        case _:
            return fields_of(component.where)


def _exists(name: str, fields: Fields) -> None:
    if name not in fields:
        raise unknown_name("field", name, fields)


def _check_dimension(dimension: Dimension, fields: Fields) -> None:
    _exists(dimension.field, fields)
    if dimension.caption is not None:
        _exists(dimension.caption, fields)
    if dimension.unit and fields[dimension.field] != "time":
        holds = _HOLDS[fields[dimension.field]]
        message = f"{dimension.field!r} holds {holds}; only dates fall into a {dimension.unit}."
        raise InvalidInputError(message)


def _check_metric(metric: Metric, fields: Fields) -> None:
    for aggregate in aggregates_of(metric.expression):
        check_predicate(aggregate.where, fields)
        if aggregate.field is None:
            continue
        _exists(aggregate.field, fields)
        kind = fields[aggregate.field]
        if aggregate.op != "distinct" and kind not in {"integer", "number"}:
            message = (
                f"{aggregate.op} needs a field of numbers; {aggregate.field!r} holds {_HOLDS[kind]}. "
                "Use distinct for the number of different values, or count with a condition."
            )
            raise InvalidInputError(message)


def check_predicate(predicate: Predicate | None, fields: Fields) -> None:
    """Raise an error when a predicate names an unknown field, or compares it with another kind of value."""
    match predicate:
        case None:
            return
        case And(parts) | Or(parts):
            for part in parts:
                check_predicate(part, fields)
            return
        case Not(of):
            check_predicate(of, fields)
            return
    for name in sorted(fields_of(predicate)):
        _exists(name, fields)
    match predicate:
        case Comparison(field=name, value=value):
            _check_values(name, fields[name], [value])
        case IsIn(field=name, values=values):
            _check_values(name, fields[name], values)
        case Between(field=name, low=low, high=high):
            _check_values(name, fields[name], [low, high])
        case Within(field=name) if fields[name] != "time":
            message = f"{name!r} holds {_HOLDS[fields[name]]}: a period needs a field of dates."
            raise InvalidInputError(message)
        case (
            InItems(key=TimeKey(field=name))
            | Matches(key=TimeKey(field=name))
            | Reads(key=TimeKey(field=name))
        ) if fields[name] != "time":
            message = f"{name!r} holds {_HOLDS[fields[name]]}; time units need a field of dates."
            raise InvalidInputError(message)


def _check_values(name: str, kind: FieldType, values: Iterable[Value]) -> None:
    for value in values:
        if kind == "time" and isinstance(value, str):
            moment(value)
        elif not _fits(kind, value):
            message = f"{name!r} holds {_HOLDS[kind]}; it can't be compared with {value!r}."
            raise InvalidInputError(message)


def _fits(kind: FieldType, value: Value) -> bool:
    match kind:
        case "text" | "time":
            return isinstance(value, str) and kind == "text"
        case "boolean":
            return isinstance(value, bool) or value in (0, 1)
        case _:
            return isinstance(value, (int, float)) and not isinstance(value, bool)
