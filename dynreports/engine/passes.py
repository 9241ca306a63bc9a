"""Aggregates over rows with as few passes as possible.

Every aggregate of a query asks for the records of a *conjunction*. What all of them share is selected once;
what differs becomes extra axes of one table of counts (and sums), from which each aggregate takes its cells.
Every record belongs to exactly one item, so a pass by a key also gives the figures of all records together:
counts and sums by adding cells, extremes as the extreme of all, distinct values from the same selected rows.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from dynreports.engine import kernels, uniques
from dynreports.engine.columns import Codes, Column
from dynreports.engine.fields import Fields
from dynreports.engine.masks import Conjunction, Masks
from dynreports.engine.query import Array, Floats
from dynreports.engine.selection import Selection
from dynreports.engine.turns import checkpoint
from dynreports.errors import InvalidInputError
from dynreports.semantics.metric import Aggregation
from dynreports.semantics.predicate import And, Not, Or, Predicate, all_of

_RAW_AXIS = 32  # codes of fewer different values are an axis as they are
_MOST_CELLS = 1 << 16


@dataclasses.dataclass(frozen=True)
class Task:
    """One aggregate over the records of a conjunction. The order of its parts does not matter."""

    where: Conjunction
    op: Aggregation
    field: str | None


Figures = dict[Task, tuple[Floats, Floats]]
"""For each task the figures by item, and the one figure of all records."""


class Passes:
    """Runs tasks over the fields of one frame. ``scanned`` counts the rows that they went over."""

    def __init__(self, fields: Fields, masks: Masks) -> None:
        self._fields = fields
        self._masks = masks
        self.scanned = 0

    def run(self, by: Codes | None, tasks: Sequence[Task], in_all: bool = True) -> Figures:
        """Return the figures of every task, by code of ``by`` and in all (not always, when nobody asks)."""
        results: Figures = {}
        counted = [task for task in tasks if task.op == "count" and not task.where and by is not None]
        for task in counted:
            results[task] = by.counts.astype(np.float64), np.array([float(self._fields.count)])  # type: ignore[union-attr]
        rest = [task for task in tasks if task not in results]
        if not rest:
            return results
        shared = frozenset.intersection(*(task.where for task in rest))
        additive = [task for task in rest if task.op in {"count", "sum", "mean"}]
        if additive:
            results |= self._tabulated(by, additive, shared)
        for group in uniques.together([task for task in rest if task.op == "distinct"], self._masks):
            results |= self._together(by, group, shared, in_all)
        for task in rest:
            checkpoint()
            if task.op == "distinct" and task not in results:
                results[task] = self._distinct(by, task, shared, in_all)
            elif task.op in {"min", "max"}:
                results[task] = self._extremes(by, task, shared)
        return results

    def _tabulated(self, by: Codes | None, tasks: Sequence[Task], within: Conjunction) -> Figures:
        shared = frozenset.intersection(*(task.where for task in tasks))
        chosen = self._masks.select(shared, within)
        table = _Table(self._masks, by, chosen, self._fields.count)
        rests = {task: all_of(sorted(task.where - shared, key=repr)) for task in tasks}
        results: Figures = {}
        if not table.add(rest for rest in rests.values() if rest is not None):
            groups = _halves(tasks, shared)
            if len(groups) > 1:
                for group in groups:
                    results |= self._tabulated(by, group, within)
                return results
            table = _Table(self._masks, by, chosen.listed(), self._fields.count)
        fields = tuple(dict.fromkeys(task.field for task in tasks if task.field is not None))
        self.scanned += table.rows
        counts, added = table.count([numeric(self._fields.column(field)) for field in fields])
        by_field = dict(zip(fields, added, strict=True))
        for task, rest in rests.items():
            kept = table.cells(rest)
            if task.field is None:
                found = _added(counts, kept).astype(np.float64)
                results[task] = found, found.sum(keepdims=True)
                continue
            sums, present = by_field[task.field]
            found = _added(sums, kept)
            total = found.sum(keepdims=True)
            if task.op == "mean":
                there = _added(present, kept)
                with np.errstate(invalid="ignore"):
                    found, total = found / there, total / there.sum(keepdims=True)
            results[task] = found, total
        return results

    def _distinct(
        self, by: Codes | None, task: Task, within: Conjunction, in_all: bool
    ) -> tuple[Floats, Floats]:
        chosen = self._masks.select(task.where, within)
        codes = self._fields.column(task.field or "").codes
        if by is not None and chosen.mask is not None and not codes.has_missing:
            many = int(np.count_nonzero(chosen.mask))
            if kernels.is_flagged(many, by.size, codes.size):
                self.scanned += many
                return kernels.flagged(by.rows, by.size, codes.rows, codes.size, in_all, chosen.mask)
        chosen = chosen.listed()
        entities = chosen.of(codes.rows)
        self.scanned += len(entities)
        groups = None if by is None else chosen.of(by.rows)
        if codes.has_missing:
            present = entities != codes.missing
            entities = entities[present]
            groups = None if groups is None else groups[present]
        return kernels.distinct(groups, 1 if by is None else by.size, entities, codes.size, in_all)

    def _together(
        self, by: Codes | None, group: uniques.Together, within: Conjunction, in_all: bool
    ) -> Figures:
        codes, marks = self._fields.column(group.tasks[0].field or "").codes, group.lookups[0].codes
        if by is not None:
            # With flags each count costs less than its share of a common sort.
            is_flagged = kernels.is_flagged(self._fields.count, by.size, codes.size)
            if is_flagged or not uniques.fits(by.size, codes.size):
                return {}
        chosen = self._masks.select(group.where, within).listed()
        entities, marked = chosen.of(codes.rows), chosen.of(marks.rows)
        groups = None if by is None else chosen.of(by.rows)
        if codes.has_missing:
            present = entities != codes.missing
            entities, marked = entities[present], marked[present]
            groups = None if groups is None else groups[present]
        size = 1 if by is None else by.size
        found = uniques.count(groups, size, entities, codes.size, marked, group.lookups, in_all)
        return dict(zip(group.tasks, found, strict=True))

    def _extremes(self, by: Codes | None, task: Task, within: Conjunction) -> tuple[Floats, Floats]:
        largest = task.op == "max"
        chosen = self._masks.select(task.where, within).listed()
        values, missing = numeric(self._fields.column(task.field or ""))
        numbers = chosen.of(values), None if missing is None else chosen.of(missing)
        groups = None if by is None else chosen.of(by.rows)
        self.scanned += len(numbers[0])
        found = kernels.extremes(groups, 1 if by is None else by.size, numbers, largest)
        there = found[~np.isnan(found)]
        total = (there.max() if largest else there.min()) if len(there) else np.nan
        return found, np.array([total], dtype=np.float64)


class _Table:
    """The axes of one pass: the key, the flags of the selection, one axis per field or leaf that differs."""

    def __init__(self, masks: Masks, by: Codes | None, chosen: Selection, count: int) -> None:
        self._masks = masks
        self._chosen = chosen
        self.rows = count if chosen.rows is None else len(chosen.rows)
        self._axes: list[kernels.Axis] = [] if by is None else [(by.rows, by.size)]
        self._first = len(self._axes)
        if chosen.mask is not None:
            self._axes.append((chosen.mask.view(np.uint8), 2))
        self._leaves: dict[Predicate, tuple[int, Array]] = {}

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
                self._axes.append((self._masks.flags(leaf).view(np.uint8), 2))
        extra = float(np.prod([size for _, size in self._axes[self._first :]], dtype=float))
        items = self._axes[0][1] if self._first else 1
        return extra == 1 or items * extra <= max(_MOST_CELLS, self.rows // 4)

    def count(self, numbers: Sequence[kernels.Numbers]) -> tuple[Array, list[tuple[Floats, Array]]]:
        """Run the pass."""
        of = self._chosen.of
        axes = [(of(codes), size) for codes, size in self._axes]
        if not axes:
            axes = [(np.zeros(self.rows, dtype=np.uint8), 1)]
        chosen = [(of(values), None if missing is None else of(missing)) for values, missing in numbers]
        return kernels.tabulate(axes, self.rows, chosen)

    def cells(self, predicate: Predicate | None) -> Array:
        """Return which cells of the table match, shaped as its axes but the key's."""
        size = tuple(size for _, size in self._axes[self._first :])
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


def _halves(tasks: Sequence[Task], shared: Conjunction) -> list[list[Task]]:
    """Split tasks that need too many axes: those with the condition that most of them have, and the rest."""
    having = Counter(part for task in tasks for part in task.where - shared)
    if not having:
        return [list(tasks)]
    part, number = max(having.items(), key=lambda each: (each[1], repr(each[0])))
    if number == 1:
        return _by_where(tasks)
    return [[task for task in tasks if (part in task.where) is has] for has in (True, False)]


def _by_where(tasks: Sequence[Task]) -> list[list[Task]]:
    groups: dict[Conjunction, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.where, []).append(task)
    return list(groups.values())


def numeric(column: Column) -> kernels.Numbers:
    """Return a column that can be added and compared by size, or raise."""
    if column.kind not in {"number", "bool", "nothing"}:
        message = f"{column.name!r} holds no numbers, so it has no sum, average, minimum or maximum."
        raise InvalidInputError(message)
    return column.raw, column.missing
