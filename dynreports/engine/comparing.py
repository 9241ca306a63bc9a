"""Comparisons of the values of a field with values that people gave."""

from __future__ import annotations

from typing import Any

import numpy as np

from dynreports.engine import times
from dynreports.engine.columns import Column
from dynreports.engine.query import Array
from dynreports.errors import InvalidInputError
from dynreports.semantics.predicate import OPERATORS, Between, Comparison, IsIn, Value

Leaf = Comparison | IsIn | Between
_HOLDS = {"text": "text", "number": "numbers", "bool": "True and False", "time": "dates"}
_ACCEPTED = {
    "text": "text",
    "number": "a number",
    "bool": "True or False",
    "time": "a date as ISO text, such as '2026-05-16'",
}


def check(column: Column, leaf: Leaf, zone: str) -> None:
    """Raise if a field can't be compared in this way: an empty result would look like an answer."""
    match leaf:
        case Comparison(value=value):
            values: tuple[Value, ...] = (value,)
        case IsIn(values=values):
            pass
        case Between(low=low, high=high):
            values = (low, high)
    for value in values:
        _operand(column, value, zone)
    ordered = isinstance(leaf, Between) or (isinstance(leaf, Comparison) and leaf.op not in {"==", "!="})
    if column.kind == "bool" and ordered:
        message = f"{column.name!r} holds True and False: it can be equal or not, never more or less."
        raise InvalidInputError(message)


def matches(column: Column, leaf: Leaf, values: Array, zone: str) -> Array:
    """Return which of a field's values match; they may be its different values, or its values by row.

    Missing values by row are the caller's to take out.
    """
    if not len(values):
        return np.zeros(0, dtype=bool)
    match leaf:
        case Between(low=low, high=high):
            mask = np.asarray(values >= _operand(column, low, zone), dtype=bool)
            mask &= np.asarray(values <= _operand(column, high, zone), dtype=bool)
            return mask
        case IsIn(values=wanted):
            return _equal(column, values, [_operand(column, value, zone) for value in wanted])
        case Comparison(op="==", value=value):
            return _equal(column, values, [_operand(column, value, zone)])
        case Comparison(op="!=", value=value):
            return ~_equal(column, values, [_operand(column, value, zone)])
    return np.asarray(OPERATORS[leaf.op](values, _operand(column, leaf.value, zone)), dtype=bool)


def _equal(column: Column, values: Array, wanted: list[Any]) -> Array:
    mask = np.zeros(len(values), dtype=bool)
    if column.kind == "text":
        # Hashed once, then free. Text always has codes: ``values`` are its different values.
        places = column.codes.places
        mask[[places[each] for each in wanted if each in places]] = True
        return mask
    for each in wanted:
        mask |= np.asarray(values == each, dtype=bool)
    return mask


def _operand(column: Column, value: Value, zone: str) -> Any:
    """Return what a field's values are compared with; a fraction of a tick stays a fraction."""
    match column.kind, value:
        case ("bool", bool()) | ("text", str()) | ("nothing", _):
            return value
        case "number", int() | float() if not isinstance(value, bool):
            return value
        case "time", str():
            nanoseconds = times.instant(value, zone)
            exact = nanoseconds % column.tick == 0
            return nanoseconds // column.tick if exact else nanoseconds / column.tick
    message = (
        f"{column.name!r} holds {_HOLDS[column.kind]}, so it can't be compared with {value!r}. "
        f"Accepted: {_ACCEPTED[column.kind]}."
    )
    raise InvalidInputError(message)
