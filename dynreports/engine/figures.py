"""Expressions over the aggregates of one grain: arithmetic comes last, never on figures of another grain."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dynreports.engine.query import Floats
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression, aggregates_of
from dynreports.semantics.predicate import Predicate, all_of


def narrowed(expression: Expression, where: Predicate | None) -> Expression:
    """Return an expression whose every aggregate counts only the records in ``where``."""
    match expression:
        case Aggregate(op=op, field=field, where=own):
            return Aggregate(op, field, all_of((where, own)))
        case Arithmetic(op=op, left=left, right=right, on_zero=on_zero):
            return Arithmetic(op, narrowed(left, where), narrowed(right, where), on_zero)
    return expression


def evaluate(expression: Expression, values: Mapping[Aggregate, Floats], count: int) -> Floats:
    """Return the figure of every item. What is computed from a blank is blank, before any division by 0."""
    match expression:
        case Aggregate():
            return values[expression]
        case Constant(value=value):
            return np.full(count, value, dtype=np.float64)
    left, right = evaluate(expression.left, values, count), evaluate(expression.right, values, count)
    with np.errstate(all="ignore"):
        match expression.op:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "max":
                return np.maximum(left, right)
        quotient = left / right
        instead = 0.0 if expression.on_zero == "zero" else np.nan
        return np.where((right == 0) & ~np.isnan(left), instead, quotient)


def needed(expressions: tuple[Expression, ...]) -> tuple[Aggregate, ...]:
    """Return the different aggregates of several expressions."""
    return tuple(dict.fromkeys(each for expression in expressions for each in aggregates_of(expression)))
