"""Predicates: which records count. Values, never code: they are written as JSON and rebuilt with validation.

Two-valued logic: a record whose field is missing matches no comparison, and ``~`` is the plain complement.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Literal, cast

import msgspec

from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import FieldKey, Item, Key, TimeKey

Value = bool | int | float | str
Operator = Literal["==", "!=", "<", "<=", ">", ">="]
OPERATORS: Mapping[Operator, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What the operators do: with single values, and with arrays of them."""


class _Predicate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shared operators. ``&`` and ``|`` flatten, so that equal meanings are mostly equal values."""

    def __and__(self, other: Predicate) -> Predicate:
        return And(_flat(And, self) + _flat(And, other))

    def __or__(self, other: Predicate) -> Predicate:
        return Or(_flat(Or, self) + _flat(Or, other))

    def __invert__(self) -> Predicate:
        return self.of if isinstance(self, Not) else Not(self)  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        message = (
            "A predicate has no truth value of its own. Combine predicates with & | ~, not with and, or, not."
        )
        raise InvalidInputError(message)


def _check_finite(values: Iterable[object]) -> None:
    for value in values:
        if isinstance(value, float) and not isfinite(value):
            message = f"{value!r} can't be compared with: JSON has no form for it. Accepted: finite numbers."
            raise InvalidInputError(message)
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            message = f"{value!r} can't be compared with: accepted are whole numbers of 64 bits."
            raise InvalidInputError(message)


class Comparison(_Predicate, frozen=True, tag="compare"):
    """``field op value``. Dates are ISO strings, read in the dataset's time zone when they carry none."""

    field: str
    op: Operator
    value: Value

    def __post_init__(self) -> None:
        _check_finite([self.value])


class IsIn(_Predicate, frozen=True, tag="in"):
    """The field holds one of ``values``."""

    field: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        _check_finite(self.values)


class Between(_Predicate, frozen=True, tag="between"):
    """``low <= field <= high``: both ends are included."""

    field: str
    low: Value
    high: Value

    def __post_init__(self) -> None:
        _check_finite([self.low, self.high])


class IsNull(_Predicate, frozen=True, tag="null"):
    """The record has no value of the field."""

    field: str


class Contains(_Predicate, frozen=True, tag="contains"):
    """The field, as text, contains ``text``; case does not matter."""

    field: str
    text: str


class StartsWith(_Predicate, frozen=True, tag="starts_with"):
    """The field, as text, starts with ``text``; case does not matter."""

    field: str
    text: str


class Within(_Predicate, frozen=True, tag="within"):
    """``start <= field < end`` on a date-time field; both are ISO strings with offset."""

    field: str
    start: str
    end: str


class InItems(_Predicate, frozen=True, tag="in_items"):
    """The record belongs to one of the items of a key (``None``: to the records without a value)."""

    key: FieldKey | TimeKey
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        _check_finite(self.items)


class Matches(_Predicate, frozen=True, tag="matches"):
    """The record's item of ``key`` has ``text`` in its label or identity; case does not matter.

    Records without a value follow ``include_missing`` alone, whatever the text (reference E17).
    """

    key: FieldKey | TimeKey
    text: str
    include_missing: bool = True


class Reads(_Predicate, frozen=True, tag="reads"):
    """The label or identity of the record's item of ``key`` is ``text``, or starts or ends with it.

    Case does not matter. An item goes by ``Label (identity)``, too. Records without a value never match.
    """

    key: FieldKey | TimeKey
    how: Literal["is", "starts", "ends"]
    text: str


class And(_Predicate, frozen=True, tag="and"):
    """Every one of ``parts`` holds; no parts: always true."""

    parts: tuple[Predicate, ...]


class Or(_Predicate, frozen=True, tag="or"):
    """At least one of ``parts`` holds; no parts: never true."""

    parts: tuple[Predicate, ...]


class Not(_Predicate, frozen=True, tag="not"):
    """``of`` does not hold."""

    of: Predicate


Predicate = (
    Comparison
    | IsIn
    | Between
    | IsNull
    | Contains
    | StartsWith
    | Within
    | InItems
    | Matches
    | Reads
    | And
    | Or
    | Not
)


def _flat(kind: type[And] | type[Or], predicate: Any) -> tuple[Predicate, ...]:
    return predicate.parts if isinstance(predicate, kind) else (predicate,)


def all_of(predicates: Iterable[Predicate | None]) -> Predicate | None:
    """Return the conjunction of the given predicates, ``None`` (every record) when there is none."""
    parts: list[Predicate] = []
    for each in predicates:
        if each is not None:
            parts.extend(part for part in _flat(And, each) if part not in parts)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def fields_of(predicate: Predicate | None) -> frozenset[str]:
    """Return the names of every field that the predicate reads."""
    match predicate:
        case None:
            return frozenset()
        case And(parts) | Or(parts):
            return frozenset().union(*(fields_of(part) for part in parts))
        case Not(of):
            return fields_of(of)
        case InItems(key=key) | Matches(key=key) | Reads(key=key):
            caption = key.caption if isinstance(key, FieldKey) else None
            return frozenset({key.field} | ({caption} if caption else set()))
        case _:
            return frozenset({predicate.field})


class Field:
    """A field of the data, to build predicates from: ``dr.field("age").between(18, 25)``."""

    __hash__ = None  # type: ignore[assignment]  # comparisons build predicates, so a Field can't be a dict key

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"field({self.name!r})"

    def _compare(self, op: Operator, value: object) -> Comparison:
        return Comparison(self.name, op, _value(value))

    def __eq__(self, value: object) -> Comparison:  # type: ignore[override]
        return self._compare("==", value)

    def __ne__(self, value: object) -> Comparison:  # type: ignore[override]
        return self._compare("!=", value)

    def __lt__(self, value: object) -> Comparison:
        return self._compare("<", value)

    def __le__(self, value: object) -> Comparison:
        return self._compare("<=", value)

    def __gt__(self, value: object) -> Comparison:
        return self._compare(">", value)

    def __ge__(self, value: object) -> Comparison:
        return self._compare(">=", value)

    def isin(self, values: Iterable[object]) -> IsIn:
        """Match records whose field is one of ``values``."""
        return IsIn(self.name, tuple(_value(value) for value in values))

    def between(self, low: object, high: object) -> Between:
        """Match ``low <= field <= high``; both ends are included."""
        return Between(self.name, _value(low), _value(high))

    def is_null(self) -> IsNull:
        """Match records without a value."""
        return IsNull(self.name)

    def contains(self, text: str) -> Contains:
        """Match records whose field contains ``text``, whatever the case."""
        return Contains(self.name, text)

    def starts_with(self, text: str) -> StartsWith:
        """Match records whose field starts with ``text``, whatever the case."""
        return StartsWith(self.name, text)


def field(name: str) -> Field:
    """Name a field of the data, to build predicates from.

    Examples
    --------
    >>> (field("age").between(18, 25) & (field("gender") == "F")).parts[1].value
    'F'
    """
    return Field(name)


def _value(value: object) -> Value:
    """Return the JSON form of a Python, NumPy or date value."""
    if isinstance(value, Decimal):
        value = float(value)
    elif hasattr(value, "item"):  # NumPy scalars
        # item() of a date in nanoseconds would be a bare number.
        value = (
            value.astype("datetime64[us]") if hasattr(value, "astype") and _is_date(value) else value
        ).item()
    is_usable = isinstance(value, (bool, int, float, str, dt.date)) and value == value  # NaN and NaT are not
    if not is_usable:
        message = (
            f"{value!r} can't be compared with: accepted are text, numbers, booleans and dates. "
            "For records without a value use .is_null()."
        )
        raise InvalidInputError(message)
    if isinstance(value, dt.date):
        return value.isoformat()
    return cast(Value, value)


def _is_date(value: object) -> bool:
    return getattr(getattr(value, "dtype", None), "kind", "") == "M"


__all__ = [
    "And", "Between", "Comparison", "Contains", "Field", "InItems", "IsIn", "IsNull", "Key", "Matches", "Not",
    "Or", "Predicate", "Reads", "StartsWith", "Value", "Within", "all_of", "field", "fields_of",
]  # fmt: skip
