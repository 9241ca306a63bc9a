"""Whether the rows of a block add up to its total, and the figures that tell why not.

Rows of counts and sums always do. A distinct count, an average, an extreme or a ratio is computed from the
records of each cell, so the sum of its rows means nothing; whether it differs is checked over *all* rows of
the block, not over the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dynreports.engine import scopes
from dynreports.engine.cells import CellRequest, cell_of
from dynreports.engine.dates import aligned_rows, real_dates
from dynreports.engine.figures import evaluate, needed
from dynreports.engine.planner import kept_by
from dynreports.engine.query import Array, Engine, Floats, Query
from dynreports.engine.request import TableRequest
from dynreports.semantics.metric import Aggregate, Arithmetic, Expression, aggregates_of
from dynreports.semantics.predicate import IsNull, all_of

_CLOSE = 1e-9
_EXACT = 2**53


@dataclass(frozen=True)
class Adding:
    """How the rows of a block relate to its total, for one column.

    Attributes
    ----------
    rows, shown
        How many rows there are, and how many of them the page shows.
    added, total, out_of
        The sum of all rows (blank ones left out), the total, and what it is out of.
    shared
        For each distinct count of the figure how many of its values stand in more than one row.
    parts
        The sides of a ratio, or the sum and the number of values of an average, in the total.
    """

    expression: Expression
    rows: int
    shown: int
    added: float
    total: float
    out_of: float
    shared: tuple[tuple[Aggregate, int], ...] = ()
    parts: tuple[float, float] | None = None

    @property
    def holds(self) -> bool:
        """Whether the rows add up to the total."""
        return is_sum(self.added, self.total)


def is_sum(added: float, total: float) -> bool:
    """Whether a sum is a total: exactly for whole numbers, else up to the rounding of floats."""
    if math.isnan(total):
        return True  # a blank total claims nothing
    if added == total or (added.is_integer() and total.is_integer() and abs(total) < _EXACT):
        return added == total
    return math.isclose(added, total, rel_tol=_CLOSE)


def adds_up(request: TableRequest, engine: Engine) -> tuple[bool, ...]:
    """Return for each column whether the rows of a block add up to its total.

    Parameters
    ----------
    request
        A table of one block; its ``where`` holds the parents of a breakdown.
    """
    # How a figure differs from that of another time is a share, or blank where one of the two is not there.
    doubtful = [
        index
        for index, each in enumerate(request.columns)
        if each.against is not None or not is_additive(each.expression)
    ]
    if request.block.by is None or not doubtful:
        return (True,) * len(request.columns)
    cells = {index: cell_of(request, index, "total") for index in doubtful}
    asked = tuple(each.asked for each in cells.values())
    _, added = _all_rows(request, cells, engine)
    whole = engine.answer(Query(None, None, needed(asked)))
    found = [True] * len(request.columns)
    for index, each in zip(doubtful, asked, strict=True):
        found[index] = is_sum(added[index], float(evaluate(each, whole.values, 1)[0]))
    return tuple(found)


def adding(request: TableRequest, column: int, engine: Engine) -> Adding:
    """Return how the rows of a block relate to its total, and why, for one column."""
    cell = cell_of(request, column, "total")
    expression = request.columns[column].expression
    rows = 0
    added = math.nan
    if request.block.by is not None:
        rows, sums = _all_rows(request, {column: cell}, engine)
        added = sums[column]
    block = request.block
    before = (min(max(block.page, 1), max(1, -(-rows // block.limit))) - 1) * block.limit
    return Adding(
        expression=expression,
        rows=rows,
        shown=min(block.limit, rows - before),
        added=added,
        total=figure(cell, engine),
        out_of=figure(cell_of(request, column, "out_of"), engine),
        shared=_shared(request, cell, engine),
        parts=_parts(cell, engine),
    )


def figure(cell: CellRequest, engine: Engine) -> float:
    """Return the figure of one cell."""
    values = engine.answer(Query(None, None, needed((cell.asked,)))).values
    return float(evaluate(cell.asked, values, 1)[0])


def is_additive(expression: Expression) -> bool:
    """Whether rows of a figure always add up: counts, sums, and what is added to or taken from these."""
    match expression:
        case Aggregate(op=op):
            return op in {"count", "sum"}
        case Arithmetic(op="+" | "-", left=left, right=right):
            return is_additive(left) and is_additive(right)
        case _:
            return False


def _all_rows(
    request: TableRequest, cells: Mapping[int, CellRequest], engine: Engine
) -> tuple[int, dict[int, float]]:
    """Return how many rows the block has, on whatever page, and what those of some columns add up to.

    Parameters
    ----------
    cells
        The total of each of the columns.
    """
    dates = scopes.alignment(request, request.block, engine.timezone)
    if dates is not None:
        aligned = aligned_rows(request, dates, request.where, engine)
        rows = aligned.rows
        return len(rows), {index: _added(aligned.cells[index][rows], None) for index in cells}
    where = all_of((request.where, scopes.search_of(request.block)))
    asked = needed(tuple(each.asked for each in cells.values()))
    items = engine.answer(Query(request.block.by, where, asked, keep=kept_by(request)))
    outside, count = real_dates(request, request.block, items, engine.timezone), len(items.groups)
    return count, {
        index: _added(evaluate(each.asked, items.values, count), outside.get(index))
        for index, each in cells.items()
    }


def _added(values: Floats, outside: Array | None) -> float:
    """Add up the rows of a column that are not blank: neither without a figure nor outside its period."""
    if outside is not None:
        values = values[~outside]
    there = values[~np.isnan(values)]
    return math.fsum(there) if np.isfinite(there).all() else float(there.sum())


def _shared(request: TableRequest, cell: CellRequest, engine: Engine) -> tuple[tuple[Aggregate, int], ...]:
    by = request.block.by
    if by is None:
        return ()
    return tuple(
        (each, engine.shared(by, each)) for each in aggregates_of(cell.asked) if each.op == "distinct"
    )


def _parts(cell: CellRequest, engine: Engine) -> tuple[float, float] | None:
    match cell.expression:
        case Arithmetic(op="/", left=left, right=right):
            pair = (left, right)
        case Aggregate(op="mean", field=str(field), where=where):
            pair = Aggregate("sum", field, where), Aggregate("count", None, all_of((where, ~IsNull(field))))
        case _:
            return None
    one, other = (figure(CellRequest(each, cell.where), engine) for each in pair)
    return one, other
