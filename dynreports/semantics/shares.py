"""Which figures are parts of a whole, and which part of a total a figure is."""

from __future__ import annotations

import math

from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression, Metric


def is_part_of_total(metric: Metric) -> bool:
    """Whether figures are counts, sums or distinct counts: averages and rates are no parts of their total."""
    return metric.format == "number" and metric.show_total and is_amount(metric.expression)


def is_amount(expression: Expression) -> bool:
    """Whether an expression is a count, a sum, a distinct count, or made of these without dividing them."""
    match expression:
        case Aggregate(op=op):
            return op in {"count", "sum", "distinct"}
        case Arithmetic(op="+" | "-", left=left, right=right):
            return is_amount(left) and is_amount(right)
        case Arithmetic(op="*" | "/" | "max", left=left, right=Constant()):
            return is_amount(left)
        case Arithmetic(op="*", left=Constant(), right=right):
            return is_amount(right)
        case _:
            return False


def share(value: float, total: float) -> float | None:
    """Return a figure as a part of a total, unrounded; ``None`` where there is nothing to compare with.

    A rate may be more than its total's: 0.25 of 0.1875 is 1.333.
    """
    if math.isnan(value) or not math.isfinite(total) or total <= 0:
        return None
    found = value / total
    return found if math.isfinite(found) else None
