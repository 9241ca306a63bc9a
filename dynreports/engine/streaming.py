"""A table in several steps: first what tells its rows, then column after column, at last lines over time.

Every step is the table's own request with figures left out, so that the rows are those of the whole table.
What a step computed is found again by the next. The last step is the request itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dynreports.engine.planner import COSTLY
from dynreports.engine.request import BlockRequest, ColumnRequest, TableRequest
from dynreports.semantics.metric import Arithmetic, Constant, aggregates_of

_NOT_YET = Arithmetic("/", Constant(0), Constant(0), "blank")  # blank, without looking at a record


def steps(request: TableRequest, before: TableRequest | None = None) -> tuple[frozenset[int], ...]:
    """Return which columns have their figures after each step; after the last one, all have.

    Columns that need the same passes stay together. Where figures of one column need those of others,
    there is one step.

    Parameters
    ----------
    before
        What was just answered: where only columns came, went or moved, those that stayed are the first step.
    """
    everything = frozenset(range(len(request.columns)))
    if any(_mixes_columns(block) for block in _blocks(request.block)):
        return (everything,)
    sorting = {block.sort for block in _blocks(request.block) if block.sort is not None}
    passes: dict[frozenset[tuple[str, str | None]], set[int]] = {}
    for index, column in enumerate(request.columns):
        passes.setdefault(_passes(column), set()).add(index)
    known = _known(request, before)
    if not known or not sorting <= known:
        known = frozenset({*sorting, *passes.pop(frozenset(), ())})
    found = [known] if known else []
    for group in passes.values():
        reached = found[-1] if found else frozenset()
        if not group <= reached:
            found.append(reached | group)
    return tuple(found) or (everything,)


def _known(request: TableRequest, before: TableRequest | None) -> frozenset[int]:
    if before is None or _without_columns(before) != _without_columns(request):
        return frozenset()
    had = set(map(_figure, before.columns))
    return frozenset(index for index, each in enumerate(request.columns) if _figure(each) in had)


def _without_columns(request: TableRequest) -> TableRequest:
    """Return what decides the rows and records of a table, apart from its columns."""
    return replace(request, columns=(), block=_unsorted(request.block))


def _unsorted(block: BlockRequest) -> BlockRequest:
    children = tuple(
        replace(each, block=None if each.block is None else _unsorted(each.block)) for each in block.children
    )
    return replace(block, sort=None, summed=None, children=children)


def _figure(column: ColumnRequest) -> ColumnRequest:
    return replace(column, limits=None, blank_zero=False)


def step(request: TableRequest, columns: frozenset[int]) -> TableRequest:
    """Return what to ask for so that these columns have their figures, and the others none.

    Lines over time come with the request itself.
    """
    return replace(
        request,
        columns=tuple(
            each if index in columns else replace(each, expression=_NOT_YET, limits=None)
            for index, each in enumerate(request.columns)
        ),
        series=None,
    )


def _passes(column: ColumnRequest) -> frozenset[tuple[str, str | None]]:
    """Return which figures of a column can't be added up, and of which field."""
    return frozenset((each.op, each.field) for each in aggregates_of(column.expression) if each.op in COSTLY)


def _blocks(block: BlockRequest) -> Iterator[BlockRequest]:
    yield block
    for child in block.children:
        if child.block is not None:
            yield from _blocks(child.block)


def _mixes_columns(block: BlockRequest) -> bool:
    """Whether percentages are of the sum of a row."""
    return block.summed is not None
