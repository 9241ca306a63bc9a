"""Formulas that people write: over metrics by name, numbers, aggregates of fields, and segments.

A formula refers to metrics and segments by id, so it outlives new labels. It is parsed by a grammar
(`parsing.py`), printed here, and turned into an expression of the algebra; nothing is ever evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Literal

import msgspec

from dynreports.errors import InvalidInputError
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.metric import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Constant,
    Expression,
    Format,
    Metric,
)
from dynreports.semantics.predicate import Predicate, all_of

OnZero = Literal["zero", "blank"]


class _Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Part of a formula."""


class Named(_Node, frozen=True, tag="metric"):
    """A metric of the catalog."""

    metric: str


class Number(_Node, frozen=True, tag="number"):
    """A number."""

    value: float

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            message = f"{self.value!r} can't be part of a formula. Accepted: finite numbers."
            raise InvalidInputError(message)
        # One form for each number: what is printed and parsed again is equal.
        msgspec.structs.force_setattr(self, "value", float(self.value) + 0.0)


class Aggregated(_Node, frozen=True, tag="aggregate"):
    """An aggregate of a field, or (``count``) of records."""

    op: Aggregation
    field: str | None = None


class Where(_Node, frozen=True, tag="where"):
    """A formula over the records of a segment only."""

    of: Formula
    segment: str


class Operation(_Node, frozen=True, tag="operation"):
    """Two formulas combined at the cell's own grain."""

    op: Literal["+", "-", "*", "/"]
    left: Formula
    right: Formula


Formula = Named | Number | Aggregated | Where | Operation


class Calculated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A metric that people wrote as a formula.

    Attributes
    ----------
    id, label, format, decimals, description
        As those of `Metric`.
    formula
        What is computed.
    on_zero
        What its divisions by 0 give.
    """

    id: str
    label: str
    formula: Formula
    format: Format = "number"
    decimals: int = 0
    description: str = ""
    on_zero: OnZero = "zero"


# ---- names --------------------------------------------------------------------------------------


def parts_of(formula: Formula) -> Iterator[Formula]:
    """Yield the formula and every part of it."""
    yield formula
    match formula:
        case Where(of=of):
            yield from parts_of(of)
        case Operation(left=left, right=right):
            yield from parts_of(left)
            yield from parts_of(right)


def refs_of(formula: Formula) -> frozenset[Ref]:
    """Return the metrics and segments that a formula names."""
    found = set()
    for part in parts_of(formula):
        if isinstance(part, Named):
            found.add(Ref("metric", part.metric))
        elif isinstance(part, Where):
            found.add(Ref("segment", part.segment))
    return frozenset(found)


# ---- meaning ------------------------------------------------------------------------------------


def metric_of(calculated: Calculated, catalog: Catalog) -> Metric:
    """Return the metric that a formula defines, from the metrics and segments of a catalog.

    Raises
    ------
    UnknownNameError
        If the formula names a component that the catalog does not have.
    """
    return Metric(
        id=calculated.id,
        label=calculated.label,
        expression=expression_of(calculated.formula, catalog, calculated.on_zero),
        format=calculated.format,
        decimals=calculated.decimals,
        description=calculated.description,
    )


def expression_of(formula: Formula, catalog: Catalog, on_zero: OnZero = "zero") -> Expression:
    """Return a formula as an expression over aggregates, so that every total is computed from records."""
    match formula:
        case Named(metric):
            return catalog.metric(metric).expression
        case Number(value):
            return Constant(value)
        case Aggregated(op, field):
            return Aggregate(op, field)
        case Where(of, segment):
            return _narrowed(expression_of(of, catalog, on_zero), catalog.segment(segment).where)
        case Operation(op, left, right):
            sides = expression_of(left, catalog, on_zero), expression_of(right, catalog, on_zero)
            return Arithmetic(op, *sides, on_zero=on_zero if op == "/" else "zero")


def _narrowed(expression: Expression, where: Predicate) -> Expression:
    match expression:
        case Aggregate(op=op, field=field, where=own):
            return Aggregate(op, field, all_of((own, where)))
        case Arithmetic(left=left, right=right):
            sides = {"left": _narrowed(left, where), "right": _narrowed(right, where)}
            return msgspec.structs.replace(expression, **sides)
        case _:
            return expression


# ---- text ---------------------------------------------------------------------------------------

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_SIGNED = 3
_ATOM = 4


def formula_text(formula: Formula, catalog: Catalog) -> str:
    """Return a formula as people write it; `parsing.parse` gives the same formula again.

    A component that the catalog does not have goes by its id.
    """
    return _text(formula, catalog)[0]


def _text(formula: Formula, catalog: Catalog) -> tuple[str, int]:
    """Return the text, and how tightly it holds together."""
    match formula:
        case Named(metric):
            return bracketed(_label(Ref("metric", metric), catalog)), _ATOM
        case Number(value):
            return _number(value), _SIGNED if value < 0 else _ATOM
        case Aggregated(op, field):
            return f"{op}({'' if field is None else bracketed(field)})", _ATOM
        case Where(of, segment):
            inner = _held(of, catalog, _ATOM)
            return f"{inner} where {bracketed(_label(Ref('segment', segment), catalog))}", _ATOM
        case Operation(op, left, right):
            rank = _RANK[op]
            # To the right of an operator of the same rank, brackets say what is done first.
            return f"{_held(left, catalog, rank)} {op} {_held(right, catalog, rank + 1)}", rank


def _held(formula: Formula, catalog: Catalog, rank: int) -> str:
    text, own = _text(formula, catalog)
    return f"({text})" if own < rank else text


def _label(ref: Ref, catalog: Catalog) -> str:
    return catalog.label(ref) if ref in catalog else ref.id


def bracketed(name: str) -> str:
    """Return a name as formulas hold it, whatever characters it is made of."""
    return f"[{name.replace(']', ']]')}]"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 2**53 else repr(value)
