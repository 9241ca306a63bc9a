"""Predicates over rows. A comparison is decided once per different value, then looked up by code.

A *leaf* (any predicate but and, or, not) becomes either a ``Lookup`` (a truth value per code of a field) or,
where a field has no codes worth making, a mask over the rows.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from dynreports.engine import comparing, times
from dynreports.engine.cache import BytesCache
from dynreports.engine.columns import Codes
from dynreports.engine.fields import Fields
from dynreports.engine.labels import text_of
from dynreports.engine.query import Array
from dynreports.errors import InvalidInputError
from dynreports.semantics import predicate as p
from dynreports.semantics.predicate import Predicate

_PIECE = 1 << 15
_FEW = 6


@dataclasses.dataclass(frozen=True, eq=False)
class Lookup:
    """A truth value per code."""

    codes: Codes
    table: Array

    def mask(self) -> Array:
        """Return the truth value of every row."""
        rows, table = self.codes.rows, self.table
        wanted = np.flatnonzero(table)
        if not len(wanted):
            return np.zeros(len(rows), dtype=bool)
        if len(wanted) * 2 > len(table):
            refused = np.flatnonzero(~table)
            if not len(refused):
                return np.ones(len(rows), dtype=bool)
            inverse = _by_comparison(rows, refused)
            if inverse is not None:
                return np.logical_not(inverse, out=inverse)
        found = _by_comparison(rows, wanted)
        return _by_table(rows, table) if found is None else found


def _by_comparison(rows: Array, wanted: Array) -> Array | None:
    """Compare instead of looking up, where few comparisons do: they run on many codes at once."""
    first, last = rows.dtype.type(wanted[0]), rows.dtype.type(wanted[-1])
    if last - first + 1 == len(wanted):
        if first == last:
            return np.asarray(rows == first)
        mask: Array = rows >= first
        mask &= rows <= last
        return mask
    if len(wanted) > _FEW:
        return None
    mask = np.equal(rows, first)
    for code in wanted[1:]:
        mask |= rows == rows.dtype.type(code)
    return mask


def _by_table(rows: Array, table: Array) -> Array:
    mask = np.empty(len(rows), dtype=bool)
    for start in range(0, len(rows), _PIECE):
        # Codes always lie in the table; "clip" only spares NumPy a buffered copy.
        table.take(rows[start : start + _PIECE], out=mask[start : start + _PIECE], mode="clip")
    return mask


class Masks:
    """Evaluates predicates, and remembers the masks of the ones used last."""

    def __init__(self, fields: Fields, limit: int) -> None:
        self._fields = fields
        self._cache: BytesCache[Array] = BytesCache(limit)
        self._leaves: BytesCache[Lookup | None] = BytesCache(limit)

    def clear(self) -> None:
        """Forget every mask."""
        self._cache.clear()
        self._leaves.clear()

    def of(self, where: Predicate) -> Array:
        """Return which rows match. The array is shared: not to be written to."""
        mask = self._cache.get(where)
        if mask is None:
            mask = self._evaluate(where)
            self._cache.put(where, mask, mask.nbytes)
        return mask

    def _evaluate(self, where: Predicate) -> Array:
        match where:
            case p.And(parts):
                return self._combine(parts, np.logical_and, True)
            case p.Or(parts):
                return self._combine(parts, np.logical_or, False)
            case p.Not(of):
                return np.logical_not(self.of(of))
        lookup = self.lookup(where)
        return lookup.mask() if lookup is not None else self._by_row(where)

    def _combine(self, parts: tuple[Predicate, ...], ufunc: np.ufunc, neutral: bool) -> Array:
        if not parts:
            return np.full(self._fields.count, neutral)
        if len(parts) == 1:
            return self.of(parts[0])
        mask: Array = ufunc(self.of(parts[0]), self.of(parts[1]))
        for part in parts[2:]:
            ufunc(mask, self.of(part), out=mask)
        return mask

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
            case p.Within(field, start, end):
                return self._within(field, start, end)
            case p.Contains(field, text) | p.StartsWith(field, text):
                return self._by_text(leaf, field, text)
            case p.Comparison() | p.IsIn() | p.Between() | p.IsNull():
                column = self._fields.column(leaf.field)
                if isinstance(leaf, p.IsNull):
                    if not column.coded:
                        return None
                    table = np.zeros(column.codes.size, dtype=bool)
                    table[-1] = True
                    return Lookup(column.codes, table)
                if not column.coded:
                    return None
                return Lookup(
                    column.codes,
                    np.append(comparing.matches(column, leaf, column.codes.values, self._zone), False),
                )
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

    def _by_row(self, leaf: Predicate) -> Array:
        match leaf:
            case p.Within(field, start, end):
                column = self._fields.column(field)
                low, high = (-(-times.instant(each, self._zone) // column.tick) for each in (start, end))
                mask = (column.raw >= low) & (column.raw < high)
            case p.IsNull(field):
                column = self._fields.column(field)
                if column.missing is not None:
                    return column.missing
                return (
                    np.isnan(column.raw)
                    if column.raw.dtype.kind == "f"
                    else np.zeros(len(column.raw), dtype=bool)
                )
            case p.Comparison() | p.IsIn() | p.Between():
                column = self._fields.column(leaf.field)
                mask = comparing.matches(column, leaf, column.raw, self._zone)
                if isinstance(leaf, p.Comparison) and leaf.op == "!=" and column.raw.dtype.kind == "f":
                    mask &= ~np.isnan(column.raw)
            case _:
                message = f"{leaf!r} is no predicate."
                raise InvalidInputError(message)
        if column.missing is not None:
            mask &= ~column.missing
        return mask

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
            case p.InItems(key) | p.Matches(key):
                self._fields.check_key(key)
            case p.Within(field, start, end):
                self._fields.clock(field)
                for each in (start, end):
                    times.instant(each, self._zone)
            case p.Comparison() | p.IsIn() | p.Between():
                comparing.check(self._fields.column(where.field), where, self._zone)
            case _:
                self._fields.column(where.field)
