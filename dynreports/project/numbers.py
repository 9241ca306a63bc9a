"""Which figures of a dataset are whole numbers."""

from __future__ import annotations

from dynreports.engine.request import TableRequest
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression


def whole_columns(request: TableRequest, dataset: Dataset) -> list[bool]:
    """Return which columns of a block hold whole numbers, whatever the records."""
    rows = [each.expression for each in request.block.static if each.expression is not None]
    return [
        each.show != "change" and all(is_whole(part, dataset) for part in (each.expression, *rows))
        for each in request.columns
    ]


def is_whole(expression: Expression, dataset: Dataset) -> bool:
    """Whether a figure is a whole number whatever the records: counts, and sums of whole numbers."""
    match expression:
        case Aggregate(op="sum", field=str(field)):
            return dataset.fields.get(field) == "integer"
        case Aggregate(op=op):
            return op in {"count", "distinct"}
        case Arithmetic(op="max", left=left, right=Constant(value=value)):
            return value.is_integer() and is_whole(left, dataset)
        case Arithmetic(op="+" | "-", left=left, right=right):
            return is_whole(left, dataset) and is_whole(right, dataset)
        case _:
            return False
