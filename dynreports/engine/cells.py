"""One figure of a table: which records it is about, and the parts that it is computed from.

Every cell counts the records of ``where`` (the table, the parents' items, its own item or the search), of its
column's period and filters, and of each aggregate's own condition. Nothing else decides a figure.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

from dynreports.engine import scopes
from dynreports.engine.figures import narrowed
from dynreports.engine.request import TableRequest
from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import Item
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression, aggregates_of
from dynreports.semantics.predicate import IsNull, Or, Predicate, all_of

CellPlace = Literal["row", "total", "out_of"]
Part = Literal["all", "numerator", "denominator"] | int
"""Records of the whole figure, of one side of a ratio, or of one of its aggregates, counted from 1."""


@dataclasses.dataclass(frozen=True)
class CellRequest:
    """A figure by itself.

    Attributes
    ----------
    expression
        How the figure is computed, as the metric says: without the conditions of the cell.
    where
        Which records the cell is about, its column's period and filters included; ``None``: all.
    """

    expression: Expression
    where: Predicate | None

    @property
    def asked(self) -> Expression:
        """The figure with the conditions of the cell in every aggregate."""
        return narrowed(self.expression, self.where)


def cell_of(request: TableRequest, column: int, place: CellPlace, item: Item = None) -> CellRequest:
    """Return a figure of a table of one block.

    Parameters
    ----------
    request
        The table; its ``where`` holds the parents of a breakdown.
    column
        The position of the column.
    place
        The cell of a row, the total of the block, or what the total is out of.
    item
        The item of the row.
    """
    block = request.block
    if place == "row":
        if block.by is None and not block.static:
            message = "The table has no rows, so it has no cell of a row."
            raise InvalidInputError(message)
        request = scopes.under(request, item, request.timezone)
    elif place == "total" and block.static:
        return CellRequest(scopes.static_total(request, block.given)[column], request.where)
    elif place == "total":
        request = scopes.of_total(request, block, request.timezone)
    shown, where = request.columns[column], request.where
    if shown.against is not None:
        return CellRequest(scopes.shown(request)[column], where)
    return CellRequest(shown.expression, all_of((where, request.period_of(shown), shown.chosen, shown.where)))


# ---- what a figure is computed from -------------------------------------------------------------


def parts_of(expression: Expression) -> dict[Part, Expression]:
    """Return what the records of a figure can be listed by: all, the sides of a ratio, each aggregate.

    A figure of one aggregate has only ``"all"``.
    """
    found: dict[Part, Expression] = {"all": expression}
    if isinstance(expression, Arithmetic) and expression.op == "/" and not _is_constant(expression.right):
        found |= {"numerator": expression.left, "denominator": expression.right}
    aggregates = aggregates_of(expression)
    if len(aggregates) > 1:
        sides = list(found.values())
        found |= {number: each for number, each in enumerate(aggregates, 1) if each not in sides}
    return found


def _is_constant(expression: Expression) -> bool:
    return isinstance(expression, Constant)


def part_of(expression: Expression, part: Part) -> Expression:
    """Return one part of a figure."""
    parts = parts_of(expression)
    if part not in parts:
        message = f"This figure has no part {part!r}. Accepted: {', '.join(map(repr, parts))}."
        raise InvalidInputError(message)
    return parts[part]


def records_of(expression: Expression) -> Predicate | None:
    """Return the records that a figure counts: those that at least one of its aggregates takes in."""
    taken = dict.fromkeys(_taken(each) for each in aggregates_of(expression))
    if None in taken:
        return None
    kept = tuple(each for each in taken if each is not None)
    return kept[0] if len(kept) == 1 else Or(kept)


def _taken(aggregate: Aggregate) -> Predicate | None:
    """Records without a value of the field are neither counted nor added."""
    has_value = None if aggregate.field is None else ~IsNull(aggregate.field)
    return all_of((aggregate.where, has_value))
