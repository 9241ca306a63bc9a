"""Declared components as Python: in the words of the public API where it has them, else as structs."""

from __future__ import annotations

from typing import Any

import msgspec

from dynreports.project.code.literals import Source
from dynreports.semantics import metric as metrics
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.metric import Aggregate, Expression, Metric
from dynreports.semantics.predicate import (
    And,
    Between,
    Comparison,
    Contains,
    Field,
    IsIn,
    IsNull,
    Not,
    Or,
    Predicate,
    StartsWith,
)

_OPERATORS = {"And": "&", "Or": "|"}


class Components:
    """Source of dimensions, metrics and segments."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def dimension(self, dimension: Dimension) -> str:
        """Return a dimension."""
        parts = [repr(dimension.id)]
        if dimension.label != dimension.id:
            parts.append(f"label={dimension.label!r}")
        if dimension.field != dimension.id:
            parts.append(f"field={dimension.field!r}")
        parts += self._others(dimension, {"id", "label", "field"})
        return f"dr.Dimension({', '.join(parts)})"

    def segment(self, segment: Segment) -> str:
        """Return a segment."""
        parts = [repr(segment.label), f"where={self.predicate(segment.where)}"]
        if Segment(segment.label, segment.where).id != segment.id:
            parts.append(f"id={segment.id!r}")
        parts += self._others(segment, {"id", "label", "where"})
        return f"dr.Segment({', '.join(parts)})"

    def metric(self, metric: Metric) -> str:
        """Return a metric: as an aggregation where it is one, else as a formula of the algebra."""
        expression = metric.expression
        if not isinstance(expression, Aggregate):
            given = {
                "id": repr(metric.id),
                "label": repr(metric.label),
                "expression": self._algebra(expression),
            }
            parts = [f"{name}={text}" for name, text in given.items()]
            return f"dr.Metric({', '.join([*parts, *self._others(metric, set(given))])})"
        make = getattr(metrics, expression.op)
        fields = [] if expression.field is None else [expression.field]
        plain: Metric = make(*fields, where=expression.where)
        parts = [repr(each) for each in fields]
        if expression.where is not None:
            parts.append(f"where={self.predicate(expression.where)}")
        if metric.label != plain.label:
            parts.append(f"label={metric.label!r}")
            plain = make(*fields, where=expression.where, label=metric.label)
        for name in ("id", "format", "decimals", "description", "group", "show_total"):
            if getattr(metric, name) != getattr(plain, name):
                parts.append(f"{name}={getattr(metric, name)!r}")
        return f"dr.{expression.op}({', '.join(parts)})"

    def _others(self, struct: Any, known: set[str]) -> list[str]:
        return [
            f"{each.name}={self._source.value(getattr(struct, each.name))}"
            for each in msgspec.structs.fields(type(struct))
            if each.name not in known and getattr(struct, each.name) != each.default
        ]

    def _algebra(self, expression: Expression) -> str:
        if isinstance(expression, Aggregate):
            head = self._source.need(Aggregate.__module__, "Aggregate")
            parts = [repr(expression.op)]
            if expression.field is not None:
                parts.append(repr(expression.field))
            if expression.where is not None:
                parts.append(f"where={self.predicate(expression.where)}")
            return f"{head}({', '.join(parts)})"
        if isinstance(expression, metrics.Constant):
            return self._source.value(expression)
        head = self._source.need(metrics.Arithmetic.__module__, "Arithmetic")
        sides = f"{self._algebra(expression.left)}, {self._algebra(expression.right)}"
        on_zero = "" if expression.on_zero == "zero" else f", on_zero={expression.on_zero!r}"
        return f"{head}({expression.op!r}, {sides}{on_zero})"

    def predicate(self, predicate: Predicate) -> str:
        """Return a condition. Each form is checked to build the very same value."""
        match predicate:
            case Comparison(name, op, value):
                return f"(dr.field({name!r}) {op} {self._source.value(value)})"
            case IsIn(name, values):
                return f"dr.field({name!r}).isin({self._source.value(list(values))})"
            case Between(name, low, high):
                return f"dr.field({name!r}).between({self._source.value(low)}, {self._source.value(high)})"
            case IsNull(name):
                return f"{Field(name)!r}".replace("field", "dr.field", 1) + ".is_null()"
            case Contains(name, text):
                return f"dr.field({name!r}).contains({text!r})"
            case StartsWith(name, text):
                return f"dr.field({name!r}).starts_with({text!r})"
            case Not(of) if not isinstance(of, Not):
                return f"~{self.predicate(of)}"
            case And(parts) | Or(parts) if len(parts) > 1 and not any(
                isinstance(each, type(predicate)) for each in parts
            ):
                sign = _OPERATORS[type(predicate).__name__]
                return f"({f' {sign} '.join(map(self.predicate, parts))})"
            case And(parts) | Or(parts):
                head = self._source.need(type(predicate).__module__, type(predicate).__name__)
                inner = ", ".join(map(self.predicate, parts))
                return f"{head}(({inner}{',' if len(parts) == 1 else ''}))"
            case _:
                return self._source.value(predicate)
