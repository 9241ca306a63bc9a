"""Aggregates over rows with as few passes as possible.

Every aggregate of a query asks for the records of a *conjunction*. What all of them share is selected once;
what differs becomes extra axes of one table of counts (and sums), from which each aggregate takes its cells.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from dynreports.engine import kernels
from dynreports.engine.cache import BytesCache
from dynreports.engine.columns import Codes, Column
from dynreports.engine.fields import Fields
from dynreports.engine.masks import Masks
from dynreports.engine.query import Array, Floats
from dynreports.errors import InvalidInputError
from dynreports.semantics.metric import Aggregation
from dynreports.semantics.predicate import And, Not, Or, Predicate, all_of

_SPARSE = 4  # select rows by their numbers where at most one in four counts; else keep them all and flag them
_RAW_AXIS = 32  # codes of fewer different values are an axis as they are
_MOST_CELLS = 1 << 16
Conjunction = frozenset[Predicate]


@dataclasses.dataclass(frozen=True)
class Task:
    """One aggregate over the records of a conjunction. The order of its parts does not matter."""

    where: Conjunction
    op: Aggregation
    field: str | None


@dataclasses.dataclass(frozen=True, eq=False)
class Selection:
    """Which rows count: all of them, the ones listed, or the ones flagged."""

    rows: Array | None = None
    mask: Array | None = None

    @property
    def nbytes(self) -> int:
        return sum(each.nbytes for each in (self.rows, self.mask) if each is not None)

    def of(self, values: Array) -> Array:
        """Return the values of the rows that are listed; flags are left to the caller."""
        return values if self.rows is None else values.take(self.rows)

    def only(self) -> Selection:
        """Return the same rows as a list."""
        return self if self.mask is None else Selection(np.flatnonzero(self.mask))


class Passes:
    """Runs tasks over the fields of one frame."""

    def __init__(self, fields: Fields, masks: Masks, limit: int) -> None:
        self._fields = fields
        self._masks = masks
        self._selections: BytesCache[Selection] = BytesCache(limit)

    def clear(self) -> None:
        """Forget which rows matched what."""
        self._selections.clear()

    def run(self, by: Codes | None, tasks: Sequence[Task]) -> dict[Task, Floats]:
        """Return the figures of every task, one per code of ``by`` (one in all without it)."""
        results: dict[Task, Floats] = {}
        additive = [task for task in tasks if task.op in {"count", "sum", "mean"}]
        if additive:
            results |= self._tabulated(by, additive)
        for task in tasks:
            if task not in results:
                results[task] = self._single(by, task)
        return results

    def select(self, where: Conjunction) -> Selection:
        """Return the rows of a conjunction."""
        predicate = all_of(sorted(where, key=repr))
        if predicate is None:
            return Selection()
        found = self._selections.get(where)
        if found is None:
            mask = self._masks.of(predicate)
            kept = int(np.count_nonzero(mask))
            if kept == len(mask):
                found = Selection()
            elif kept * _SPARSE <= len(mask):
                found = Selection(rows=np.flatnonzero(mask))
            else:
                found = Selection(mask=mask)
            self._selections.put(where, found, found.nbytes)
        return found

    def _tabulated(self, by: Codes | None, tasks: Sequence[Task]) -> dict[Task, Floats]:
        shared = frozenset.intersection(*(task.where for task in tasks))
        chosen = self.select(shared)
        table = _Table(self._masks, by, chosen, self._fields.count)
        rests = {task: all_of(sorted(task.where - shared, key=repr)) for task in tasks}
        results: dict[Task, Floats] = {}
        if not table.add(rest for rest in rests.values() if rest is not None):
            groups = _by_where(tasks)
            if len(groups) > 1:
                for group in groups:
                    results |= self._tabulated(by, group)
                return results
            table = _Table(self._masks, by, chosen.only(), self._fields.count)
        columns = {
            task.field: numeric(self._fields.column(task.field)) for task in tasks if task.field is not None
        }
        weights: dict[tuple[str, bool], Array] = {}
        for task in tasks:
            if task.field is not None:
                column = columns[task.field]
                weights[task.field, True] = column.raw
                present = _presence(column) if task.op == "mean" or column.missing is not None else None
                if present is not None:
                    weights[task.field, False] = present
                if column.missing is not None:
                    weights[task.field, True] = np.where(column.missing, 0, column.raw)
        counts, sums = table.count(list(weights.values()))
        by_weight = dict(zip(weights, sums, strict=True))
        for task, rest in rests.items():
            kept = table.cells(rest)
            if task.field is None:
                results[task] = _added(counts, kept).astype(np.float64)
                continue
            total = _added(by_weight[task.field, True], kept)
            if task.op == "mean":
                with np.errstate(invalid="ignore"):
                    total = total / _added(by_weight.get((task.field, False), counts), kept)
            results[task] = total
        return results

    def _single(self, by: Codes | None, task: Task) -> Floats:
        assert task.field is not None  # noqa: S101 - only counts have no field, and counts are tabulated
        column = self._fields.column(task.field)
        chosen = self.select(task.where).only()
        groups = None if by is None else chosen.of(by.rows)
        size = 1 if by is None else by.size
        if task.op == "distinct":
            codes = column.codes
            entities = chosen.of(codes.rows)
            if codes.has_missing:
                present = entities != codes.missing
                entities = entities[present]
                groups = None if groups is None else groups[present]
            return kernels.distinct(groups, size, entities, codes.size)
        numbers = chosen.of(numeric(column).raw)
        if column.missing is not None:
            present = ~chosen.of(column.missing)
            numbers = numbers[present]
            groups = None if groups is None else groups[present]
        return kernels.extremes(groups, size, numbers, task.op == "max")


class _Table:
    """The axes of one pass: the key, the flags of the selection, one axis per field or leaf that differs."""

    def __init__(self, masks: Masks, by: Codes | None, chosen: Selection, count: int) -> None:
        self._masks = masks
        self._chosen = chosen
        self._rows = count if chosen.rows is None else len(chosen.rows)
        self._axes: list[tuple[Array, int]] = [] if by is None else [(by.rows, by.size)]
        self._head = len(self._axes)
        if chosen.mask is not None:
            self._axes.append((chosen.mask.view(np.uint8), 2))
            self._head += 1
        self._leaves: dict[Predicate, tuple[int, Array]] = {}
        self._grouped = by is not None

    def add(self, predicates: Iterable[Predicate]) -> bool:
        """Add the axes that decide the predicates; ``False`` when the table would be too large."""
        by_codes: dict[int, int] = {}
        for leaf in dict.fromkeys(leaf for predicate in predicates for leaf in _leaves(predicate)):
            lookup = self._masks.lookup(leaf)
            if lookup is not None and lookup.codes.size <= _RAW_AXIS:
                axis = by_codes.get(id(lookup.codes))
                if axis is None:
                    axis = by_codes[id(lookup.codes)] = len(self._axes)
                    self._axes.append((lookup.codes.rows, lookup.codes.size))
                self._leaves[leaf] = axis, lookup.table
            else:
                self._leaves[leaf] = len(self._axes), np.array([False, True])
                self._axes.append((self._masks.of(leaf).view(np.uint8), 2))
        extra = int(np.prod([size for _, size in self._axes[1:]], dtype=float)) if self._axes else 1
        first = self._axes[0][1] if self._axes else 1
        return extra == 1 or first * extra <= max(_MOST_CELLS, self._rows // 4)

    def count(self, weights: Sequence[Array]) -> tuple[Array, list[Floats]]:
        """Run the pass."""
        axes = [(self._chosen.of(codes), size) for codes, size in self._axes]
        if not axes:
            axes = [(np.zeros(self._rows, dtype=np.uint8), 1)]
        return kernels.tabulate(axes, self._rows, [self._chosen.of(each) for each in weights])

    def cells(self, predicate: Predicate | None) -> Array:
        """Return which cells of the table match, shaped as its axes but the key's."""
        size = tuple(size for _, size in self._axes[1 if self._grouped else 0 :])
        kept = (
            np.ones(size, dtype=bool) if predicate is None else np.broadcast_to(self._holds(predicate), size)
        )
        if self._chosen.mask is not None:
            kept = kept.copy()
            kept[0] = False
        return kept

    def _holds(self, predicate: Predicate) -> Array:
        match predicate:
            case And(parts):
                return reduce(np.logical_and, map(self._holds, parts), np.array(True))
            case Or(parts):
                return reduce(np.logical_or, map(self._holds, parts), np.array(False))
            case Not(of):
                return np.logical_not(self._holds(of))
        axis, table = self._leaves[predicate]
        after = len(self._axes) - 1 - axis
        return table.reshape((-1, *(1,) * after))


def _leaves(predicate: Predicate) -> tuple[Predicate, ...]:
    match predicate:
        case And(parts) | Or(parts):
            return tuple(leaf for part in parts for leaf in _leaves(part))
        case Not(of):
            return _leaves(of)
    return (predicate,)


def _added(cells: Array, kept: Array) -> Array:
    """Add the kept cells of every group. The others may be infinite, so they can't be multiplied by 0."""
    flat = cells.reshape(-1, kept.size)
    return np.asarray(flat[:, np.flatnonzero(kept)].sum(axis=1))


def _by_where(tasks: Sequence[Task]) -> list[list[Task]]:
    groups: dict[Conjunction, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.where, []).append(task)
    return list(groups.values())


def _presence(column: Column) -> Array | None:
    if column.missing is not None:
        return ~column.missing
    if column.raw.dtype.kind == "f":
        return ~np.isnan(column.raw)
    return None


def numeric(column: Column) -> Any:
    """Return a column that can be added and compared by size, or raise."""
    if column.kind not in {"number", "bool", "nothing"}:
        message = f"{column.name!r} holds no numbers, so it has no sum, average, minimum or maximum."
        raise InvalidInputError(message)
    return column
