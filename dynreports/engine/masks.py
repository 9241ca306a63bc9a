"""Predicates over the fields of a frame. A comparison is decided once per different value, not per row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from dynreports.engine import comparing, times
from dynreports.engine.cache import BytesCache
from dynreports.engine.columns import Column
from dynreports.engine.fields import Fields
from dynreports.engine.labels import text_of
from dynreports.engine.query import Array
from dynreports.engine.selection import (
    Always,
    ByRow,
    Condition,
    Either,
    Every,
    Lookup,
    Opposite,
    Selection,
    flags,
    select,
)
from dynreports.errors import InvalidInputError
from dynreports.semantics import predicate as p
from dynreports.semantics.predicate import Predicate, all_of

Conjunction = frozenset[Predicate]
_EVERYTHING: Conjunction = frozenset()
_FEW = 8


class Masks:
    """Evaluates predicates, and remembers which rows the last ones matched.

    ``scanned`` counts the rows that were looked at.
    """

    def __init__(self, fields: Fields, limit: int) -> None:
        self._fields = fields
        self._selections: BytesCache[Selection] = BytesCache(limit)
        self._flags: BytesCache[Array] = BytesCache(limit // 2)
        self._leaves: BytesCache[Lookup] = BytesCache(limit // 8)
        self.scanned = 0

    def clear(self) -> None:
        """Forget which rows matched what."""
        self._selections.clear()
        self._flags.clear()
        self._leaves.clear()

    def select(self, where: Conjunction, within: Conjunction = _EVERYTHING) -> Selection:
        """Return the rows of a conjunction. ``within`` is a part of it that is selected already."""
        if not where:
            return Selection()
        found = self._selections.get(where)
        if found is None:
            rest, outer = self._narrowest(where, within)
            predicate = all_of(sorted(rest, key=repr))
            if predicate is None:
                found = outer
            else:
                found = select(self._condition(predicate), self._fields.count, outer)
                self.scanned += self._fields.count if outer.rows is None else len(outer.rows)
            self._selections.put(where, found, found.nbytes)
        return found

    def _narrowest(self, where: Conjunction, within: Conjunction) -> tuple[Conjunction, Selection]:
        """Return rows that are known already and hold all of ``where``, and what is left to be decided."""
        outer = self.select(within)
        if outer.rows is not None:
            return where - within, outer
        for leaf in where:
            if isinstance(leaf, p.InItems | p.Comparison | p.IsIn):
                lookup = self.lookup(leaf)
                wanted = [] if lookup is None else np.flatnonzero(lookup.table).tolist()
                if lookup is not None and len(wanted) == 1:
                    if lookup.codes.counts[wanted[0]] * _FEW > self._fields.count:
                        continue
                    rows = lookup.codes.rows_of(wanted[0])
                    if rows is not None:
                        return where - {leaf}, Selection(rows=rows.astype(np.intp))
        return where, Selection()

    def flags(self, leaf: Predicate) -> Array:
        """Return whether each row matches. The array is shared: not to be written to."""
        found = self._flags.get(leaf)
        if found is None:
            found = flags(self._condition(leaf), self._fields.count)
            self._flags.put(leaf, found, found.nbytes)
        return found

    def _condition(self, where: Predicate) -> Condition:
        match where:
            case p.And(()) | p.Or(()):
                return Always(isinstance(where, p.And), self._fields.count)
            case p.And(parts):
                return Every([self._condition(part) for part in parts])
            case p.Or(parts):
                return self._either(parts)
            case p.Not(of):
                return Opposite(self._condition(of))
        return self.lookup(where) or self._by_row(where)

    def _either(self, parts: Sequence[Predicate]) -> Condition:
        """Return a disjunction; parts that look at the same codes are decided by one look."""
        merged: dict[int, Lookup] = {}
        others: list[Condition] = []
        for part in parts:
            lookup = None if isinstance(part, p.And | p.Or | p.Not) else self.lookup(part)
            if lookup is None:
                others.append(self._condition(part))
                continue
            known = merged.get(id(lookup.codes))
            table = lookup.table if known is None else known.table | lookup.table
            merged[id(lookup.codes)] = Lookup(lookup.codes, table)
        found = [*merged.values(), *others]
        return found[0] if len(found) == 1 else Either(found)

    def lookup(self, leaf: Predicate) -> Lookup | None:
        """Return the truth value of a leaf per code, ``None`` where it is decided row by row."""
        found = self._leaves.get(leaf)
        if found is None:
            found = self._lookup(leaf)
            if found is not None:
                self._leaves.put(leaf, found, found.table.nbytes)
        return found

    def _lookup(self, leaf: Predicate) -> Lookup | None:
        match leaf:
            case p.InItems(key, items):
                grouping = self._fields.grouping(key)
                table = np.zeros(grouping.codes.size, dtype=bool)
                positions = grouping.positions(items)
                table[positions[positions >= 0]] = True
                return Lookup(grouping.codes, table)
            case p.Matches(key, text, include_missing):
                grouping = self._fields.grouping(key)
                return Lookup(grouping.codes, np.append(grouping.containing(text), include_missing))
            case p.Reads(key, how, text):
                grouping = self._fields.grouping(key)
                return Lookup(grouping.codes, np.append(grouping.reading(how, text), False))
            case p.Within(field, start, end):
                return self._within(field, start, end)
            case p.Contains(field, text) | p.StartsWith(field, text):
                return self._by_text(leaf, field, text)
            case p.IsNull(field):
                column = self._fields.column(field)
                return Lookup(column.codes, _only_missing(column)) if column.coded else None
            case p.Comparison() | p.IsIn() | p.Between():
                column = self._fields.column(leaf.field)
                if not column.coded:
                    return None
                table = comparing.matches(column, leaf, column.codes.values, self._zone)
                return Lookup(column.codes, np.append(table, False))
        message = f"{leaf!r} is no predicate."
        raise InvalidInputError(message)

    @property
    def _zone(self) -> str:
        return self._fields.timezone

    def _within(self, field: str, start: str, end: str) -> Lookup | None:
        clock = self._fields.clock(field)
        bounds = clock.bounds(times.instant(start, self._zone), times.instant(end, self._zone))
        if bounds is None:
            return None
        table = np.zeros(clock.steps.size, dtype=bool)
        table[bounds[0] : bounds[1]] = True
        return Lookup(clock.steps, table)

    def _by_text(self, leaf: p.Contains | p.StartsWith, field: str, text: str) -> Lookup:
        grouping = self._fields.field_grouping(field)
        folded = text.casefold()
        texts = (text_of(grouping.identity(code)).casefold() for code in range(grouping.codes.missing))
        if isinstance(leaf, p.Contains):
            table = [folded in each for each in texts]
        else:
            table = [each.startswith(folded) for each in texts]
        return Lookup(grouping.codes, np.array([*table, False], dtype=bool))

    def _by_row(self, leaf: Predicate) -> Condition:
        match leaf:
            case p.Within(field, start, end):
                column = self._fields.clock(field).column
                low, high = (-(-times.instant(each, self._zone) // column.tick) for each in (start, end))
                return ByRow(column.raw, column.missing, lambda raw: (raw >= low) & (raw < high))
            case p.IsNull(field):
                column = self._fields.column(field)
                if column.missing is not None:
                    return ByRow(column.missing, None, np.copy)
                if column.raw.dtype.kind == "f":
                    return ByRow(column.raw, None, np.isnan)
                return Always(False, self._fields.count)
            case p.Comparison(op="!=", field=field, value=value):
                # A missing number differs from everything, and matches nothing all the same.
                column = self._fields.column(field)
                same = p.Comparison(field, "==", value)
                return Every(
                    [Opposite(self._compared(column, same)), Opposite(self._condition(p.IsNull(field)))]
                )
            case p.Comparison() | p.IsIn() | p.Between():
                return self._compared(self._fields.column(leaf.field), leaf)
        message = f"{leaf!r} is no predicate."
        raise InvalidInputError(message)

    def _compared(self, column: Column, leaf: comparing.Leaf) -> Condition:
        return ByRow(column.raw, column.missing, partial(_matches, column, leaf, self._zone))

    def check(self, where: Predicate | None) -> None:
        """Raise if a predicate names an unknown field, or compares what can't be compared."""
        match where:
            case None:
                return
            case p.And(parts) | p.Or(parts):
                for part in parts:
                    self.check(part)
            case p.Not(of):
                self.check(of)
            case p.InItems(key) | p.Matches(key) | p.Reads(key):
                self._fields.check_key(key)
            case p.Within(field, start, end):
                self._fields.clock(field)
                for each in (start, end):
                    times.instant(each, self._zone)
            case p.Comparison() | p.IsIn() | p.Between():
                comparing.check(self._fields.column(where.field), where, self._zone)
            case _:
                self._fields.column(where.field)


def _matches(column: Column, leaf: comparing.Leaf, zone: str, values: Array) -> Array:
    return comparing.matches(column, leaf, values, zone)


def _only_missing(column: Column) -> Array:
    table = np.zeros(column.codes.size, dtype=bool)
    table[-1] = True
    return table
