"""Distinct counts that differ by one condition only, counted together.

People who opened, who clicked, who left: the same field over the same records, but for which kinds of events
count. Sorting the records once by (item, person) and marking which kinds each pair has tells all of them:
a figure is then the number of pairs with at least one of its marks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dynreports.engine.kernels import UNKNOWN, counted
from dynreports.engine.masks import Conjunction, Masks
from dynreports.engine.query import Array, Floats
from dynreports.engine.selection import Lookup
from dynreports.engine.turns import checkpoint
from dynreports.semantics.predicate import And, Not, Or, Predicate

if TYPE_CHECKING:
    from dynreports.engine.passes import Task

_MARKS = 64
_FEWEST = 2
_AT_ONCE = 8
_SETS = 1 << _AT_ONCE
_NIBBLE = 4
_NIBBLES = 1 << _NIBBLE
Coded = tuple[Array, int]
"""Codes by row, and how many different ones there can be."""


@dataclasses.dataclass(frozen=True)
class Together:
    """Tasks over the records of ``common``, each narrowed by a condition on one and the same column."""

    tasks: tuple[Task, ...]
    lookups: tuple[Lookup, ...]
    leaves: tuple[Predicate, ...]
    common: Conjunction

    @property
    def where(self) -> Conjunction:
        """The records that at least one of the tasks counts."""
        leaves = tuple(sorted(set(self.leaves), key=repr))
        return self.common | {leaves[0] if len(leaves) == 1 else Or(leaves)}


def together(tasks: Sequence[Task], masks: Masks) -> list[Together]:
    """Return the distinct counts that can be counted together, in groups of at least two."""
    by_field: dict[str | None, list[Task]] = {}
    for task in tasks:
        by_field.setdefault(task.field, []).append(task)
    found = []
    for members in by_field.values():
        common = frozenset.intersection(*(task.where for task in members))
        alike: dict[int, list[tuple[Task, Lookup, Predicate]]] = {}
        for task in members:
            rest = tuple(task.where - common)
            lookup = (
                masks.lookup(rest[0]) if len(rest) == 1 and not isinstance(rest[0], And | Or | Not) else None
            )
            if lookup is not None and lookup.codes.size <= _MARKS:
                alike.setdefault(id(lookup.codes), []).append((task, lookup, rest[0]))
        for group in alike.values():
            if len(group) >= _FEWEST:
                of, lookups, leaves = zip(*group, strict=True)
                found.append(Together(of, lookups, leaves, common))
    return found


def count(
    groups: Array | None,
    size: int,
    entities: Array,
    different: int,
    marks: Array,
    lookups: Sequence[Lookup],
    in_all: bool = True,
) -> list[tuple[Floats, Floats]]:
    """Count the different entities of every group and of all rows, for each lookup among the marks.

    Parameters
    ----------
    groups, entities, marks
        Codes by row; ``groups`` ``None``: only of all rows.
    size, different
        How many groups and entities there can be.
    lookups
        Which marks count, for each figure.
    in_all
        Whether anybody asks for the figures of all rows; they are ``nan`` otherwise.
    """
    kinds = max(len(lookup.table) for lookup in lookups)
    rows = None if groups is None else _Pairs((groups, size), (entities, different), (marks, kinds))
    found: list[tuple[Floats, Floats]] = []
    for start in range(0, len(lookups), _AT_ONCE):
        part = lookups[start : start + _AT_ONCE]
        table = _figures_of_marks(part)
        if rows is None:
            totals = _of_all(entities, different, table[marks], len(part))
            found += [(total, total) for total in totals]
            continue
        checkpoint()
        seen = rows.seen(table)
        cells = np.bincount(rows.group * _SETS + seen, minlength=size * _SETS).reshape(size, _SETS)
        totals = _of_all(rows.entity, different, seen, len(part)) if in_all else [UNKNOWN] * len(part)
        found += [
            (cells[:, _having(bit)].sum(axis=1).astype(np.float64), total) for bit, total in enumerate(totals)
        ]
    return found


class _Pairs:
    """Each pair of group and entity once, with the marks of its rows."""

    def __init__(self, groups: Coded, entities: Coded, marks: Coded) -> None:
        entity_bits, mark_bits = _width(entities[1]), _width(marks[1])
        # Half as wide is sorted in half the time.
        wide = _width(groups[1]) + entity_bits + mark_bits > 32
        kind: Any = np.uint64 if wide else np.uint32
        packed = groups[0].astype(kind)
        packed <<= kind(entity_bits)
        packed |= entities[0].astype(kind, copy=False)
        packed <<= kind(mark_bits)
        packed |= marks[0].astype(kind, copy=False)
        checkpoint()
        packed.sort()
        checkpoint()
        self._marks = packed.astype(np.uint8)
        self._marks &= np.uint8((1 << mark_bits) - 1)
        packed >>= kind(mark_bits)
        first = np.ones(len(packed), dtype=bool)
        np.not_equal(packed[1:], packed[:-1], out=first[1:])
        self._starts = np.flatnonzero(first)
        pairs = packed[self._starts]
        self.group = (pairs >> kind(entity_bits)).astype(np.intp)
        pairs &= kind((1 << entity_bits) - 1)
        self.entity = pairs.astype(np.intp)

    def seen(self, table: Array) -> Array:
        """Return for each pair which figures count it."""
        if not len(self._starts):
            return np.zeros(0, dtype=np.uint8)
        return np.asarray(np.bitwise_or.reduceat(table[self._marks], self._starts))


def _figures_of_marks(lookups: Sequence[Lookup]) -> Array:
    """Return for each mark which figures count it, as a set of bits."""
    table = np.zeros(_MARKS, dtype=np.uint8)
    for bit, lookup in enumerate(lookups):
        table[: len(lookup.table)] |= np.where(lookup.table, np.uint8(1 << bit), np.uint8(0))
    return table


def _of_all(entities: Array, different: int, seen: Array, figures: int) -> list[Floats]:
    counts = []
    for low in range(0, figures, _NIBBLE):
        checkpoint()
        # One flag for each set and entity, set by set: three times faster than joining the sets of an entity.
        places = ((seen >> np.uint8(low)) & np.uint8(_NIBBLES - 1)).astype(np.intp)
        places *= different
        places += entities
        flags = np.zeros(_NIBBLES * different, dtype=bool)
        flags[places] = True
        by_set = flags.reshape(_NIBBLES, different)
        bits = range(min(_NIBBLE, figures - low))
        counts += [counted(by_set[_having(bit)[:_NIBBLES]].any(axis=0)) for bit in bits]
    return counts


def _having(bit: int) -> Array:
    """Return the sets of bits that have one."""
    having: Array = (np.arange(_SETS) >> bit) & 1 == 1
    return having


def fits(size: int, different: int) -> bool:
    """Whether pairs of a group and an entity, with a mark, can be packed into one number."""
    return _width(size) + _width(different) + _width(_MARKS) <= 63


def _width(count: int) -> int:
    return max(1, int(count - 1).bit_length())
