"""Metrics: a small algebra, never free code.

A metric is an expression over aggregates. Every aggregate is computed from the records of the cell itself
(row, total or breakdown), and arithmetic is applied to those, so a rate is never a mean or sum of rates.
"""

from __future__ import annotations

from math import isfinite
from typing import Any, Literal

import msgspec

from dynreports.errors import InvalidInputError, unknown_name
from dynreports.semantics.predicate import Predicate
from dynreports.semantics.text import phrase, slug

Aggregation = Literal["count", "sum", "mean", "min", "max", "distinct"]
Format = Literal["number", "percent"]
Operation = Literal["+", "-", "*", "/", "max"]
_ADDITIVE = {"count", "sum"}
_PREFIXES: dict[Aggregation, str] = {
    "count": "Count",
    "sum": "Sum of",
    "mean": "Average",
    "min": "Minimum",
    "max": "Maximum",
    "distinct": "Distinct",
}
_OPERATION_IDS = {"+": "plus", "-": "minus", "*": "times", "/": "per"}


class Aggregate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="aggregate"):
    """One aggregation over the records that match ``where``.

    ``count`` counts records, ``distinct`` the different values of ``field`` (missing ones are not a value);
    ``sum`` of no values is 0, ``mean``, ``min`` and ``max`` of no values are blank.
    """

    op: Aggregation
    field: str | None = None
    where: Predicate | None = None

    def __post_init__(self) -> None:
        if (self.op == "count") != (self.field is None):
            message = (
                f"{self.op} takes {'no field' if self.op == 'count' else 'a field'}; got {self.field!r}."
            )
            raise InvalidInputError(message)


class Constant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="constant"):
    """A number."""

    value: float

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            message = f"{self.value!r} can't be part of a metric. Accepted: finite numbers."
            raise InvalidInputError(message)


class Arithmetic(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="arithmetic"):
    """``left op right``, computed at the cell's own grain. A division by 0 gives 0, or blank as declared.

    ``max`` is the larger of the two.
    """

    op: Operation
    left: Expression
    right: Expression
    on_zero: Literal["zero", "blank"] = "zero"


Expression = Aggregate | Constant | Arithmetic


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another way to count the same figure, to be chosen for a column: "Include Retries".

    ``id`` is its stable name among the variants of the metric.
    """

    id: str
    label: str
    expression: Expression
    description: str = ""


class Metric(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A named figure.

    Attributes
    ----------
    id, label
        The stable name, and what people see and type.
    expression
        How the figure is computed.
    format, decimals
        ``"number"`` or ``"percent"`` (0.5 shows as 50 %), and how many decimals people see.
    description
        What the figure means, in words; empty: the definition that the expression prints of itself.
    show_total
        Whether a total makes sense at all.
    variants
        Other ways to count it, to be chosen for a column.
    """

    id: str
    label: str
    expression: Expression
    format: Format = "number"
    decimals: int = 0
    description: str = ""
    group: str | None = None
    show_total: bool = True
    variants: tuple[Variant, ...] = ()

    def named(
        self,
        label: str,
        *,
        id: str | None = None,
        format: Format | None = None,
        decimals: int | None = None,
        description: str | None = None,
        group: str | None = None,
        on_zero: Literal["zero", "blank"] | None = None,
    ) -> Metric:
        """Return the same figure under another name and format.

        ``on_zero`` says what a ratio shows where its denominator is 0: ``"zero"`` or ``"blank"``.
        """
        expression = self.expression
        if on_zero is not None:
            if not (isinstance(expression, Arithmetic) and expression.op == "/"):
                message = f"on_zero is for ratios; {self.label!r} is {self.formula()}."
                raise InvalidInputError(message)
            expression = msgspec.structs.replace(expression, on_zero=on_zero)
        new_format = format or self.format
        default = (1 if new_format == "percent" else self.decimals) if format else self.decimals
        return msgspec.structs.replace(
            self,
            id=id or slug(label),
            label=label,
            expression=expression,
            format=new_format,
            decimals=default if decimals is None else decimals,
            description=self.description if description is None else description,
            group=group or self.group,
        )

    def at_least(self, floor: float) -> Metric:
        """Return the same figure, but never below ``floor``."""
        clamped = Arithmetic("max", self.expression, Constant(float(floor)))
        return msgspec.structs.replace(self, expression=clamped)

    def with_variants(self, *variants: Variant) -> Metric:
        """Return the same metric with other ways to count it."""
        return msgspec.structs.replace(self, variants=variants)

    def variant(self, id: str) -> Metric:
        """Return the figure as one of its variants counts it: ``sent.variant("retries")``."""
        for each in self.variants:
            if each.id == id:
                return msgspec.structs.replace(
                    self, expression=each.expression, description=each.description, variants=()
                )
        raise unknown_name(f"variant of {self.label}", id, (each.id for each in self.variants))

    @property
    def additive(self) -> bool:
        """Whether the rows of a table add up to its total."""
        return _is_additive(self.expression)

    @property
    def is_whole(self) -> bool:
        """Whether the figure is always a whole number (counts, and sums and differences of counts)."""
        return _is_whole(self.expression)

    def definition(self) -> str:
        """Return what the figure means, in words."""
        return self.description or _words(self.expression)

    def formula(self) -> str:
        """Return the figure as a formula."""
        return _formula(self.expression)

    def _combine(
        self, op: Literal["+", "-", "*", "/"], other: Metric | float, swapped: bool = False
    ) -> Metric:
        operand = _operand(other)
        left, right = (operand, self) if swapped else (self, operand)
        return Metric(
            id=f"{left.id}-{_OPERATION_IDS[op]}-{right.id}",
            label=f"{_as_operand(left)} {op} {_as_operand(right)}",
            expression=Arithmetic(op, left.expression, right.expression),
            # `max` is a metric in this module.
            decimals=2 if op == "/" else sorted((left.decimals, right.decimals))[1],
        )

    def __add__(self, other: Metric | float) -> Metric:
        return self._combine("+", other)

    def __radd__(self, other: float) -> Metric:
        return self._combine("+", other, swapped=True)

    def __sub__(self, other: Metric | float) -> Metric:
        return self._combine("-", other)

    def __rsub__(self, other: float) -> Metric:
        return self._combine("-", other, swapped=True)

    def __mul__(self, other: Metric | float) -> Metric:
        return self._combine("*", other)

    def __rmul__(self, other: float) -> Metric:
        return self._combine("*", other, swapped=True)

    def __truediv__(self, other: Metric | float) -> Metric:
        return self._combine("/", other)

    def __rtruediv__(self, other: float) -> Metric:
        return self._combine("/", other, swapped=True)


def aggregates_of(expression: Expression) -> tuple[Aggregate, ...]:
    """Return the different aggregates of an expression, in reading order."""
    match expression:
        case Aggregate():
            return (expression,)
        case Arithmetic(left=left, right=right):
            return tuple(dict.fromkeys(aggregates_of(left) + aggregates_of(right)))
        case _:
            return ()


def _aggregate_metric(
    op: Aggregation, field: str | None, where: Predicate | None, label: str | None, **options: Any
) -> Metric:
    label = label or (_PREFIXES[op] if field is None else f"{_PREFIXES[op]} {phrase(field)}")
    options.setdefault("id", slug(label))
    if op == "mean":
        options.setdefault("decimals", 2)
    return Metric(label=label, expression=Aggregate(op, field, where), **options)


def count(*, where: Predicate | None = None, label: str | None = None, **options: Any) -> Metric:
    """Count the records that match ``where``. Options are those of `Metric`."""
    return _aggregate_metric("count", None, where, label, **options)


def sum(field: str, *, where: Predicate | None = None, label: str | None = None, **options: Any) -> Metric:
    """Add up a numeric field over the records that match ``where``."""
    return _aggregate_metric("sum", field, where, label, **options)


def mean(field: str, *, where: Predicate | None = None, label: str | None = None, **options: Any) -> Metric:
    """Average a numeric field over the records that match ``where`` and have a value."""
    return _aggregate_metric("mean", field, where, label, **options)


def min(field: str, *, where: Predicate | None = None, label: str | None = None, **options: Any) -> Metric:
    """Take the smallest value of a numeric field."""
    return _aggregate_metric("min", field, where, label, **options)


def max(field: str, *, where: Predicate | None = None, label: str | None = None, **options: Any) -> Metric:
    """Take the largest value of a numeric field."""
    return _aggregate_metric("max", field, where, label, **options)


def distinct(key: str, *, where: Predicate | None = None, label: str | None = None, **options: Any) -> Metric:
    """Count the different values of ``key``, exactly, each once in every row and once in every total."""
    return _aggregate_metric("distinct", key, where, label, **options)


def _operand(value: object) -> Metric:
    if isinstance(value, Metric):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Metric(id=slug(f"{value:g}"), label=f"{value:g}", expression=Constant(float(value)))
    message = f"A metric can be combined with a metric or a number, not with {value!r}."
    raise InvalidInputError(message)


def _as_operand(metric: Metric) -> str:
    """Return the label for use in a longer formula: in brackets where it is a formula itself."""
    is_formula = any(f" {op} " in metric.label for op in _OPERATION_IDS)
    return f"({metric.label})" if is_formula else metric.label


def _is_additive(expression: Expression) -> bool:
    match expression:
        case Aggregate(op=op):
            return op in _ADDITIVE
        case Arithmetic(op="+" | "-", left=left, right=right):
            return _is_additive(left) and _is_additive(right)
        case Arithmetic(op="*" | "/", left=left, right=Constant()):
            return _is_additive(left)
        case Arithmetic(op="*", left=Constant(), right=right):
            return _is_additive(right)
        case _:
            return False


def _is_whole(expression: Expression) -> bool:
    match expression:
        case Aggregate(op=op):
            return op in {"count", "distinct"}
        case Arithmetic(op="+" | "-" | "max", left=left, right=right):
            return _is_whole(left) and _is_whole(right)
        case Constant(value=value):
            return value.is_integer()
        case _:
            return False


def _words(expression: Expression) -> str:
    from dynreports.semantics.wording import expression_in_words

    return expression_in_words(expression)


def _formula(expression: Expression) -> str:
    from dynreports.semantics.wording import expression_as_formula

    return expression_as_formula(expression)
