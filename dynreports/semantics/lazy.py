"""Columns that are made when somebody first asks for them.

A frame of many columns costs time and memory for each of them, and most reports show a few.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dynreports.semantics.columns import FieldType

Maker = Callable[[], Any]


class LazyFrame:
    """Columns of one length, of known types, each made once.

    Parameters
    ----------
    rows
        How many rows every column has.
    columns
        By name, what the column holds, and what makes its values: an array or a series of ``rows`` values.
    """

    def __init__(self, rows: int, columns: Mapping[str, tuple[FieldType, Maker]]) -> None:
        self._rows = rows
        self.types: dict[str, FieldType] = {name: kind for name, (kind, _) in columns.items()}
        self._makers: dict[str, Maker] = {name: make for name, (_, make) in columns.items()}
        self._made: dict[str, pd.Series[Any]] = {}
        self._whole: pd.DataFrame | None = None
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return self._rows

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.types)

    @property
    def made(self) -> list[str]:
        """The names of the columns that are made."""
        return list(self._made)

    def __getitem__(self, name: str) -> pd.Series[Any]:
        """Return a column; ``KeyError`` where there is none."""
        with self._lock:
            if name not in self._made:
                values = self._makers[name]()
                self._made[name] = pd.Series(values, name=name, copy=False)
                del self._makers[name]  # and what it holds on to
            return self._made[name]

    def frame(self) -> pd.DataFrame:
        """Return all columns as a frame. The memory of those that are made is shared with it."""
        with self._lock:
            if self._whole is None:
                self._whole = pd.DataFrame(
                    {name: self[name] for name in self.types}, index=pd.RangeIndex(self._rows), copy=False
                )
            return self._whole
