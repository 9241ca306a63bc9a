"""Columns of the logs in memory: identities, and values as codes; and how rows of tables find each other.

Nothing is ever turned into Python objects row by row: a column is an array of numbers, and its texts are
held once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[Any]
Rows = NDArray[np.int32]
"""Places in a table; -1 stands for none."""

# A table of this many slots for each key takes less time than hashing the keys.
_DENSE, _DENSE_AT_LEAST = 8, 1 << 16
PIECE = 1 << 17
"""How many rows are looked up at once: few enough to stay in the processor's cache."""


# ---- values as codes --------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Coded:
    """A value per row, as its place in ``words``; -1: none."""

    codes: Array
    words: Sequence[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, kept: Array) -> Coded:
        """Return some rows."""
        return Coded(self.codes[kept], self.words)

    def renamed(self, words: Callable[[Any], Any]) -> Coded:
        """Give the values other names; those of the same name become one, ``None`` is no value."""
        names = [words(each) for each in self.words]
        places: dict[Any, int] = {}
        for name in names:
            if name is not None:
                places.setdefault(name, len(places))
        if len(places) == len(names):
            return Coded(self.codes, list(places))
        table = np.array([-1 if each is None else places[each] for each in names] + [-1])
        return Coded(looked_up(table.astype(narrow(len(places))), self.codes), list(places))

    def category(self) -> pd.Categorical:
        """Return the values as a categorical."""
        return category(self.codes, pd.CategoricalDtype(_index(self.words)))


def _index(words: Sequence[Any]) -> pd.Index[Any]:
    return pd.Index(words, dtype="str") if all(isinstance(each, str) for each in words) else pd.Index(words)


def narrow(words: int) -> Any:
    """Return the narrowest type for codes below ``words``, and -1."""
    return np.min_scalar_type(-words - 1)


def joined(parts: Sequence[Coded]) -> Coded:
    """Put columns under each other; equal words become one."""
    if len(parts) == 1:
        return parts[0]
    places: dict[Any, int] = {}
    tables = []
    for part in parts:
        own = [places.setdefault((type(each), each), len(places)) for each in part.words]
        tables.append(np.array([*own, -1]))
    kind = narrow(len(places))
    codes = [looked_up(table.astype(kind), part.codes) for table, part in zip(tables, parts, strict=True)]
    return Coded(np.concatenate(codes), [word for _, word in places])


def category(codes: Array, kind: Any) -> pd.Categorical:
    """Return the values of codes that are known to be right: -1, or places in the categories of ``kind``."""
    made: pd.Categorical = pd.Categorical.from_codes(codes, dtype=kind, validate=False)
    return made


def taken(values: pd.Categorical, rows: Array) -> pd.Categorical:
    """Return the values of some rows, none where the row is -1. Codes are taken, never texts."""
    return category(picked(np.asarray(values.codes), rows), values.dtype)


def picked(codes: Array, rows: Array) -> Array:
    """Return the codes of some rows, -1 where the row is -1."""
    table = np.append(codes, codes.dtype.type(-1))
    return looked_up(table, rows)


def looked_up(table: Array, places: Array) -> Array:
    """Return what a table holds at some places; -1 is its end. In pieces: places are widened on the way."""
    found = np.empty(len(places), dtype=table.dtype)
    for start in range(0, len(places), PIECE):
        part = slice(start, start + PIECE)
        table.take(places[part], out=found[part], mode="wrap")
    return found


# ---- identities -------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Ids:
    """An identity per row: a number, or the place of a text in ``words``; ``missing`` marks rows of none."""

    numbers: Array
    missing: NDArray[np.bool_] | None = None
    words: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def at(self, kept: Array) -> Ids:
        """Return some rows."""
        return Ids(self.numbers[kept], None if self.missing is None else self.missing[kept], self.words)

    @property
    def lacking(self) -> NDArray[np.bool_]:
        """Which rows have none."""
        return np.zeros(len(self), dtype=bool) if self.missing is None else self.missing

    def as_texts(self) -> Ids:
        """Return numbers as texts, which only other texts equal."""
        if self.words is not None:
            return self
        codes, values = pd.factorize(self.numbers)
        return Ids(codes, self.missing, [str(each) for each in values.tolist()])

    @classmethod
    def none(cls, rows: int) -> Ids:
        """Return rows without any."""
        return cls(np.zeros(rows, dtype=np.int32), np.ones(rows, dtype=bool))


def joined_ids(parts: Sequence[Ids]) -> Ids:
    """Put identities under each other."""
    if len(parts) == 1:
        return parts[0]
    lacking = any(part.missing is not None for part in parts)
    missing = np.concatenate([part.lacking for part in parts]) if lacking else None
    told = [part for part in parts if part.missing is None or not part.missing.all()]
    if all(part.words is None for part in told):
        return Ids(np.concatenate([part.numbers for part in parts]), missing)
    texts = [part.as_texts() for part in parts]
    whole = joined([Coded(part.numbers, part.words or ()) for part in texts])
    return Ids(whole.codes, missing, whole.words)


def positions(known: Ids, wanted: Ids) -> Rows:
    """Return, for each wanted id, the first row of ``known`` that has it; -1: none has, or none is wanted."""
    if (known.words is None) != (wanted.words is None):  # such as numbers in one file and "0012" in another
        known, wanted = known.as_texts(), wanted.as_texts()
    rows = np.flatnonzero(~known.lacking).astype(np.int32)
    if not len(rows):
        return np.full(len(wanted), -1, dtype=np.int32)
    if known.words is not None and wanted.words is not None:
        first = _first_rows(known.numbers[rows], rows, 0, len(known.words))
        places = pd.Index(known.words).get_indexer(pd.Index(wanted.words))
        table = np.append(np.append(first, np.int32(-1))[places], np.int32(-1))
        return _found_in(table, wanted, 0)
    keys = known.numbers[rows]
    low, high = int(keys.min()), int(keys.max())
    if high - low <= _DENSE * len(keys) + _DENSE_AT_LEAST:
        return _found_in(_first_rows(keys, rows, low, high - low + 1), wanted, low)
    found = pd.Index(keys).get_indexer(pd.Index(wanted.numbers)) if _unique(keys) else _hashed(keys, wanted)
    found = np.append(rows, np.int32(-1))[found]
    if wanted.missing is not None:
        found[wanted.missing] = -1
    return found


def _unique(keys: Array) -> bool:
    return bool(pd.Index(keys).is_unique)


def _hashed(keys: Array, wanted: Ids) -> Array:
    _, first = np.unique(keys, return_index=True)
    places = np.append(first, -1)
    return places[pd.Index(keys[first]).get_indexer(pd.Index(wanted.numbers))]


def _first_rows(keys: Array, rows: Rows, low: int, size: int) -> Rows:
    """Return a table from each key (from ``low``) to its first row; a last slot says none."""
    table = np.full(size + 1, -1, dtype=np.int32)
    table[(keys - low)[::-1]] = rows[::-1]  # of equal keys the first is written last
    return table


def _found_in(table: Rows, wanted: Ids, low: int) -> Rows:
    """Look numbers of a small range up in a table: no hashing. Its last slot is for those out of range."""
    found = np.empty(len(wanted), dtype=np.int32)
    last = len(table) - 1
    numbers, missing = wanted.numbers, wanted.missing
    for start in range(0, len(numbers), PIECE):
        part = slice(start, start + PIECE)
        slots = numbers[part].astype(np.int64)
        slots -= low
        slots[(slots < 0) | (slots > last)] = last
        if missing is not None:
            slots[missing[part]] = last
        table.take(slots, out=found[part], mode="clip")
    return found
