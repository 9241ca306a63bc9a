"""Which rows count. Predicates are decided in pieces of rows that stay in the processor's cache.

A piece in which an earlier part of a conjunction holds for no row is done: over records in order of time, a
month of a year costs a twelfth.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from dynreports.engine.columns import PIECE, Codes
from dynreports.engine.query import Array
from dynreports.engine.turns import checkpoint

_SPARSE = 4  # list rows where at most one in four counts; else keep a flag for each
_FEW_RUNS = 4
Rows = slice | Array


@dataclasses.dataclass(frozen=True, eq=False)
class Selection:
    """Which rows count: all of them, the ones listed (ascending), or the ones flagged."""

    rows: Array | None = None
    mask: Array | None = None

    @property
    def nbytes(self) -> int:
        """What the selection occupies."""
        return sum(each.nbytes for each in (self.rows, self.mask) if each is not None)

    def of(self, values: Array) -> Array:
        """Return the values of the rows that are listed; flags are left to the caller."""
        return values if self.rows is None else values.take(self.rows)

    def listed(self) -> Selection:
        """Return the same rows as a list."""
        return self if self.mask is None else Selection(np.flatnonzero(self.mask))


class Condition(Protocol):
    """A predicate over one frame."""

    @property
    def share(self) -> float:
        """A guess of how many rows match, to ask what refuses most first."""
        ...

    def of(self, rows: Rows) -> Array:
        """Return whether each of the rows matches; the array is the caller's to change."""
        ...


def _part(values: Array, rows: Rows) -> Array:
    return values[rows] if isinstance(rows, slice) else values.take(rows)


@dataclasses.dataclass(frozen=True, eq=False)
class Lookup:
    """A truth value per code."""

    codes: Codes
    table: Array

    @property
    def share(self) -> float:
        return float(self.table.mean())

    def of(self, rows: Rows) -> Array:
        codes = _part(self.codes.rows, rows)
        known = self.known(rows) if isinstance(rows, slice) else None
        if known is not None:
            return np.full(len(codes), known)
        if self._runs is None:
            return self.table.take(codes, mode="clip")  # codes lie in the table; "clip" spares the check
        inverse, runs = self._runs
        if not runs:
            return np.full(len(codes), inverse)
        mask = _in_run(codes, *runs[0])
        for run in runs[1:]:
            mask |= _in_run(codes, *run)
        return np.logical_not(mask, out=mask) if inverse else mask

    def known(self, rows: slice) -> bool | None:
        """Return what holds for every row of a piece, where its codes tell without looking at the rows."""
        low, high = (ends[rows.start // PIECE] for ends in self.codes.spans)
        matching = self._matching[high + 1] - self._matching[low]
        return matching > 0 if matching in {0, high + 1 - low} else None

    @cached_property
    def _matching(self) -> list[int]:
        """How many of the codes below each one match."""
        found: list[int] = np.append(0, np.cumsum(self.table)).tolist()
        return found

    @cached_property
    def _runs(self) -> tuple[bool, list[tuple[Any, Any]]] | None:
        """Runs of codes to compare with, where few comparisons do: they run on many codes at once."""
        for inverse in (False, True):
            wanted = np.flatnonzero(~self.table if inverse else self.table)
            breaks = np.flatnonzero(np.diff(wanted) > 1)
            if len(breaks) < _FEW_RUNS:
                kind = self.codes.rows.dtype.type
                firsts = wanted[np.append(0, breaks + 1)] if len(wanted) else wanted
                lasts = wanted[np.append(breaks, len(wanted) - 1)] if len(wanted) else wanted
                return inverse, [(kind(a), kind(b)) for a, b in zip(firsts, lasts, strict=True)]
        return None


def _in_run(codes: Array, first: Any, last: Any) -> Array:
    if first == last:
        return np.asarray(codes == first)
    mask: Array = codes >= first
    mask &= codes <= last
    return mask


@dataclasses.dataclass(frozen=True, eq=False)
class ByRow:
    """A test of values that have no codes worth making."""

    values: Array
    missing: Array | None
    test: Callable[[Array], Array]
    share: float = 0.5

    def of(self, rows: Rows) -> Array:
        mask = self.test(_part(self.values, rows))
        if self.missing is not None:
            mask &= ~_part(self.missing, rows)
        return mask


@dataclasses.dataclass(frozen=True, eq=False)
class Every:
    """All of several conditions."""

    parts: Sequence[Condition]

    @cached_property
    def share(self) -> float:
        return float(np.prod([part.share for part in self.parts]))

    @cached_property
    def _ordered(self) -> list[Condition]:
        return sorted(self.parts, key=lambda part: part.share)

    def of(self, rows: Rows) -> Array:
        open_ones = self._ordered
        if isinstance(rows, slice):
            known = [part.known(rows) if isinstance(part, Lookup) else None for part in self._ordered]
            if not all(each is not False for each in known):
                return self._ordered[known.index(False)].of(rows)
            open_ones = [part for part, holds in zip(self._ordered, known, strict=True) if not holds]
        mask = (open_ones or self._ordered)[0].of(rows)
        for part in open_ones[1:]:
            if not mask.any():
                break
            mask &= part.of(rows)
        return mask


@dataclasses.dataclass(frozen=True, eq=False)
class Either:
    """At least one of several conditions."""

    parts: Sequence[Condition]

    @cached_property
    def share(self) -> float:
        return min(1.0, sum(part.share for part in self.parts))

    def of(self, rows: Rows) -> Array:
        mask = self.parts[0].of(rows)
        for part in self.parts[1:]:
            mask |= part.of(rows)
        return mask


@dataclasses.dataclass(frozen=True, eq=False)
class Opposite:
    """Not a condition."""

    of_what: Condition

    @property
    def share(self) -> float:
        return 1 - self.of_what.share

    def of(self, rows: Rows) -> Array:
        mask = self.of_what.of(rows)
        return np.logical_not(mask, out=mask)


@dataclasses.dataclass(frozen=True, eq=False)
class Always:
    """Every row, or none."""

    holds: bool
    count: int

    @property
    def share(self) -> float:
        return float(self.holds)

    def of(self, rows: Rows) -> Array:
        length = len(range(*rows.indices(self.count))) if isinstance(rows, slice) else len(rows)
        return np.full(length, self.holds)


def flags(condition: Condition, count: int) -> Array:
    """Return whether each row matches."""
    mask = np.empty(count, dtype=bool)
    for start in range(0, count, PIECE):
        checkpoint()
        rows = slice(start, start + PIECE)
        mask[rows] = condition.of(rows)
    return mask


def select(condition: Condition, count: int, within: Selection) -> Selection:
    """Return the rows that match among all rows, or among those that a selection lists."""
    if within.rows is not None:
        return Selection(rows=within.rows[condition.of(within.rows)])
    mask = np.zeros(count, dtype=bool)  # pages without a match are never touched
    matching: list[int] = []
    for start in range(0, count, PIECE):
        checkpoint()
        rows = slice(start, start + PIECE)
        piece = condition.of(rows)
        matching.append(int(np.count_nonzero(piece)))
        if matching[-1]:
            mask[rows] = piece
    kept = sum(matching)
    if kept == count:
        return Selection()
    if kept * _SPARSE > count:
        return Selection(mask=mask)
    listed = [
        np.flatnonzero(mask[at : at + PIECE]) + at
        for at, some in zip(range(0, count, PIECE), matching, strict=True)
        if some
    ]
    return Selection(rows=np.concatenate(listed) if listed else np.empty(0, dtype=np.intp))
