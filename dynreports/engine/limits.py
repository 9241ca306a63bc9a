"""The highest and the lowest figure of a column among all rows of a block, not only those of its page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dynreports.engine.query import Floats
from dynreports.engine.request import BlockRequest, Extremes, TableRequest


def wanted(request: TableRequest, block: BlockRequest) -> frozenset[int]:
    """Return the columns whose figures of every row the limits of a block need."""
    limited = {index for index, each in enumerate(request.columns) if each.limits is not None}
    shares = any(each.limits == "percent" for each in request.columns)
    return frozenset(limited | set(block.summed or ()) if shares else limited)


def extremes(
    request: TableRequest, block: BlockRequest, figures: Mapping[int, Floats], total: tuple[float, ...]
) -> tuple[Extremes | None, ...]:
    """Return the lowest and the highest figure of each column that asks for them, blanks left out.

    Parameters
    ----------
    request, block
        What is asked, and the block whose rows are looked at.
    figures
        The figures of every row by column: those that `wanted` names.
    total
        The block's totals.
    """
    return tuple(
        None if each.limits is None else _extremes(request, block, figures, total, index)
        for index, each in enumerate(request.columns)
    )


def _extremes(
    request: TableRequest,
    block: BlockRequest,
    figures: Mapping[int, Floats],
    total: tuple[float, ...],
    index: int,
) -> Extremes | None:
    column, found = request.columns[index], figures[index]
    shown = np.isfinite(found)
    if column.blank_zero:
        shown &= found != 0
    if column.limits == "percent":
        if block.summed is not None and index not in block.summed:
            return None
        whole = _whole(block, figures, total[index], len(found))
        shown &= np.isfinite(whole) & (whole > 0)
        found = np.divide(found, whole, out=np.full(len(found), np.nan), where=shown)
    kept = found[shown]
    return (float(kept.min()), float(kept.max())) if kept.size else None


def _whole(block: BlockRequest, figures: Mapping[int, Floats], total: float, count: int) -> Floats:
    """Return what the figure of each row is a percentage of."""
    if block.summed is None:
        return np.full(count, total)
    parts = [np.nan_to_num(figures[each], nan=0.0, posinf=np.inf) for each in block.summed]
    return np.sum(parts, axis=0) if parts else np.zeros(count)
