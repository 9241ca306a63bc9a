"""pandas that computes the figures of a table alone, with none of the engine's code."""

from __future__ import annotations

from collections.abc import Sequence

from dynreports.engine import planner, scopes
from dynreports.engine.frames import engine_for
from dynreports.engine.request import TableRequest
from dynreports.project.code.block_code import NO_BLANKS, Blanks, BlockWriter
from dynreports.project.code.dates_code import DatesWriter
from dynreports.project.code.static_code import StaticWriter
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import TimeKey


def pandas_code(
    request: TableRequest,
    dataset: Dataset,
    columns: Sequence[str],
    rows: str | None,
    title: str,
    blanks: Blanks = NO_BLANKS,
) -> str:
    """Return source that computes the frame of one block, as the variable ``result``.

    Parameters
    ----------
    request
        The question: a block without its breakdowns, with every period resolved.
    dataset
        What the question is about.
    columns
        The labels of the columns, all different.
    rows
        The label of the rows.
    title
        What the table is called.
    blanks
        Which figures are left out, since the rows can't tell them apart.
    """
    page = planner.answer(request, engine_for(dataset)).page
    writer = BlockWriter
    if request.block.static:
        writer = StaticWriter
    elif isinstance(request.block.by, TimeKey) and len(scopes.periods(request)) > 1:
        writer = DatesWriter
    return writer(request, dataset, page, blanks).source(columns, rows, title)
