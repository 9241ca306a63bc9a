"""A date-time field as calendar buckets: short integer codes from small tables, one pass over the rows."""

from __future__ import annotations

import numpy as np

from dynreports.engine import times
from dynreports.engine.columns import Codes, Column, narrow
from dynreports.engine.query import Array
from dynreports.semantics.keys import TimeUnit


class Clock:
    """Buckets of one date-time column.

    Rows are first coded by *steps*: the longest of an hour, 15 minutes, a minute and a second that every
    offset of the zone is a multiple of. Calendar buckets are then unions of steps, and periods that start and
    end on a step are ranges of codes: both take a table of a few thousand entries, no date-time arithmetic.
    """

    def __init__(self, column: Column, zone: str) -> None:
        self.column = column
        self._per_second = 10**9 // column.tick
        raw, missing = column.raw, column.missing
        self._empty = not len(raw) or (missing is not None and bool(missing.all()))
        first, last = (0, 0) if self._empty else (int(raw.min()), int(raw.max()))
        self.first, self.last = first, last
        self.offsets = times.offsets_of(zone, first // self._per_second, last // self._per_second)
        self.step = self.offsets.step
        self.steps = self._by_step(self.step)

    @property
    def is_empty(self) -> bool:
        """Whether no row has a time."""
        return self._empty

    def _by_step(self, step: int) -> Codes:
        """Return rows by step; the values are seconds in UTC, ascending."""
        if self._empty:
            return Codes(np.zeros(len(self.column.raw), dtype=np.uint8), np.empty(0, dtype=np.int64))
        length = step * self._per_second
        low, high = self.first // length, self.last // length
        span = high - low + 1
        if span > max(1 << 16, 4 * len(self.column.raw)):
            values, rows = np.unique(self.column.raw // length, return_inverse=True)
        else:
            values = np.arange(low, high + 1)
            rows = _steps(self.column.raw, length, low, narrow(span + 1))
        rows = rows.astype(narrow(len(values) + 1), copy=False)
        if self.column.missing is not None:
            rows[self.column.missing] = len(values)
        return Codes(rows, values * step)

    def bucket(self, unit: TimeUnit) -> Codes:
        """Return rows by calendar bucket; the values are the identities of the buckets, ascending in time."""
        steps = self._by_step(min(60, self.step)) if unit == "minute" else self.steps
        positions, identities = times.bucket(steps.values, self.offsets, unit)
        table = np.append(positions, len(identities)).astype(narrow(len(identities) + 1))
        rows = table.take(steps.rows)
        return Codes(rows, identities)

    def bounds(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the codes of the steps in ``[start, end)`` (nanoseconds), if both ends fall on a step."""
        length = self.step * 10**9
        if start % length or end % length:
            return None
        low, high = np.searchsorted(self.steps.values, (start // 10**9, end // 10**9))
        return int(low), int(high)


def _steps(raw: Array, length: int, low: int, kind: type) -> Array:
    """Return ``raw // length - low``, in pieces: the quotients are wider than what is kept of them."""
    rows: Array = np.empty(len(raw), dtype=kind)
    size = 1 << 15
    for start in range(0, len(raw), size):
        piece = raw[start : start + size] // length
        piece -= low
        rows[start : start + size] = piece
    return rows
