"""Figures as pandas: what the screen shows, unrounded."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockRequest, BlockResult, RowResult, TableRequest
from dynreports.errors import UnknownNameError
from dynreports.project import commands as do
from dynreports.project.ask import table_request
from dynreports.project.model import AtItem, AtPosition
from dynreports.project.session import Session
from dynreports.semantics.keys import Item
from dynreports.semantics.predicate import InItems, all_of


def block_request(session: Session, table_id: str, address: do.Address) -> TableRequest:
    """Return the question of one block alone: the table itself (``()``) or a breakdown, open or not.

    It asks for the page that the block stands on, and for nothing below it.
    """
    project, dataset = session.project, session.dataset
    pages = {}
    for depth in range(len(address) + 1):
        path = address[:depth]
        pages[path] = session.page(table_id, path)
        if path:
            opened = do.CollapseBreakdown(table_id, path, collapsed=False)
            project = do.apply(project, opened, dataset.catalog)
    request = replace(table_request(project, table_id, dataset, pages, lambda: None), series=None)
    for each in address:
        item = _item_at(session, request, each.position) if isinstance(each, AtPosition) else each
        assert request.block.by is not None  # noqa: S101  # there are rows: one of them is broken down
        where = all_of((request.where, InItems(request.block.by, (item,))))
        request = replace(request, block=_child(request.block, each), where=where)
    return replace(request, block=replace(request.block, children=()))


def _child(block: BlockRequest, step: do.Step) -> BlockRequest:
    for each in block.children:
        if isinstance(step, AtPosition):
            if each.position == step.position:
                return each.block
        elif each.position is None and AtItem(each.item) == AtItem(step) and type(each.item) is type(step):
            return each.block
    message = f"The row {step!r} is not broken down."
    raise UnknownNameError(message)


def _item_at(session: Session, request: TableRequest, position: int) -> Item:
    block = request.block
    asked = replace(block, children=(), page=-(-position // block.limit))
    result = planner.answer(replace(request, block=asked), engine_for(session.dataset))
    found = next((each for each in result.rows if each.rank == position), None)
    if found is None:
        message = f"There is no row {position}: there are {result.count} rows."
        raise UnknownNameError(message)
    return found.item


def item_at(session: Session, table_id: str, address: do.Address, position: int) -> Item:
    """Return the item at a position (from 1) of a block."""
    return _item_at(session, block_request(session, table_id, address), position)


def block_result(session: Session, table_id: str, address: do.Address) -> BlockResult:
    """Return the figures of one block."""
    if not address:
        return session.result(table_id)
    return planner.answer(block_request(session, table_id, address), engine_for(session.dataset))


def frame(
    result: BlockResult, columns: Sequence[str], whole: Sequence[bool], rows: str | None
) -> pd.DataFrame:
    """Return the rows of a block: indexed by the items' labels, one column per metric.

    ``whole`` says which columns hold whole numbers.
    """
    index = pd.Index([row_label(each) for each in result.rows], dtype="str", name=rows)
    data = {
        label: _column((row.values[position] for row in result.rows), is_whole)
        for position, (label, is_whole) in enumerate(zip(columns, whole, strict=True))
    }
    return pd.DataFrame(data, index=index, columns=pd.Index(list(columns), dtype="str"))


def row_label(row: RowResult) -> str:
    """Return a row's label as it reads on the screen: ``Spring sale (DM1842)``."""
    return row.label if row.caption is None else f"{row.label} ({row.caption})"


def _column(values: Iterable[float], is_whole: bool) -> object:
    found = np.fromiter(values, dtype=np.float64)
    if not is_whole:
        return found
    if np.isnan(found).any():
        return pd.Series(found).astype("Int64").array
    return found.astype(np.int64)


def series(values: Sequence[float], columns: Sequence[str], whole: Sequence[bool]) -> pd.Series[float]:
    """Return the figures of one row by metric: whole numbers where all of them are."""
    is_whole = bool(whole) and all(whole) and not any(map(math.isnan, values))
    index = pd.Index(list(columns), dtype="str")
    return pd.Series(values, index=index, dtype="int64" if is_whole else "float64")
