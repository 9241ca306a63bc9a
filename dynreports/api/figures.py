"""Figures as pandas: what the screen shows, unrounded."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from dynreports.engine.request import BlockResult
from dynreports.views.lines import row_label


def frame(
    result: BlockResult,
    columns: Sequence[str],
    whole: Sequence[bool],
    rows: str | None,
    misfits: Sequence[object] = (),
) -> pd.DataFrame:
    """Return the rows of a block: indexed by the items' labels, one column per metric.

    Parameters
    ----------
    result, columns, rows
        The figures, and the labels of the columns and of what stands in the rows.
    whole
        Which columns hold whole numbers.
    misfits
        Which columns may have blanks because rows can't tell them apart. Of whole numbers, they are ``Int64``
        whether there are any blanks or not.
    """
    misfits = misfits or (None,) * len(columns)
    index = pd.Index([row_label(each) for each in result.rows], dtype="str", name=rows)
    data = {
        label: _column((row.values[position] for row in result.rows), is_whole, bool(may_lack))
        for position, (label, is_whole, may_lack) in enumerate(zip(columns, whole, misfits, strict=True))
    }
    return pd.DataFrame(data, index=index, columns=pd.Index(list(columns), dtype="str"))


def _column(values: Iterable[float], is_whole: bool, may_lack: bool) -> object:
    found = np.fromiter(values, dtype=np.float64)
    if not is_whole:
        return found
    if may_lack or np.isnan(found).any():
        return pd.Series(found).astype("Int64").array
    return found.astype(np.int64)


def series(values: Sequence[float], columns: Sequence[str], whole: Sequence[bool]) -> pd.Series[float]:
    """Return the figures of one row by metric: whole numbers where all of them are."""
    is_whole = bool(whole) and all(whole) and not any(map(math.isnan, values))
    index = pd.Index(list(columns), dtype="str")
    return pd.Series(values, index=index, dtype="int64" if is_whole else "float64")
