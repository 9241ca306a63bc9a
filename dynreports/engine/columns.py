"""One field of a frame as arrays: its values for arithmetic, and integer codes for everything else.

Codes are made once, when first needed: position ``codes[row]`` of ``values`` holds the row's value, and
``len(values)`` stands for "no value", so that lookup tables need no special case for missing values.
"""

from __future__ import annotations

import datetime as dt
import decimal
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from dynreports.engine import times
from dynreports.engine.query import Array
from dynreports.errors import DataError

Kind = Literal["text", "number", "bool", "time", "nothing"]
_TICKS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
PIECE = 1 << 17
"""How many rows are decided at once: few enough to stay in the processor's cache."""
_DENSE = 1 << 16
_ORDERED_FROM = 1 << 16
_ORDERED_WHEN = 3


class Codes:
    """Rows as positions in ``values``; the position after the last one means no value."""

    def __init__(self, rows: Array, values: Array) -> None:
        self.rows = rows
        self.values = values
        self._asked = 0

    @property
    def size(self) -> int:
        """How many different codes there can be."""
        return len(self.values) + 1

    @property
    def missing(self) -> int:
        """The code of rows without a value."""
        return len(self.values)

    @cached_property
    def has_missing(self) -> bool:
        """Whether any row has no value."""
        return bool(self.counts[self.missing])

    @cached_property
    def counts(self) -> Array:
        """How many rows each code has."""
        return count_codes(self.rows, self.size)

    @property
    def nbytes(self) -> int:
        """What the codes occupy, roughly."""
        return self.rows.nbytes + self.values.nbytes

    @cached_property
    def spans(self) -> tuple[list[int], list[int]]:
        """The smallest and the largest code in each piece of rows: records often come in order of time."""
        if not len(self.rows):
            return [], []
        starts = np.arange(0, len(self.rows), PIECE)
        low, high = np.minimum.reduceat(self.rows, starts), np.maximum.reduceat(self.rows, starts)
        return low.tolist(), high.tolist()

    @cached_property
    def places(self) -> dict[Any, int]:
        """The code of every value."""
        return {value: code for code, value in enumerate(self.values.tolist())}

    def rows_of(self, code: int) -> Array | None:
        """Return the rows of a code, ascending; ``None`` where looking at every row is the better way.

        Rows are put in order of their codes when they are asked for the third time: a few reports filter by
        one item once, and breaking down row after row asks for item after item.
        """
        if len(self.rows) < _ORDERED_FROM or self.rows.itemsize > 2:  # short codes are sorted by counting
            return None
        self._asked += 1
        if self._asked < _ORDERED_WHEN:
            return None
        ends = self._ends
        return self._ordered[ends[code] - self.counts[code] : ends[code]]

    @cached_property
    def _ends(self) -> Array:
        return np.cumsum(self.counts)

    @cached_property
    def _ordered(self) -> Array:
        return np.argsort(self.rows, kind="stable").astype(np.int32)


class Column:
    """A field. ``kind`` says how its values compare and aggregate.

    A column of objects without a single value is of the kind "nothing": it goes along with everything.
    """

    def __init__(
        self,
        name: str,
        kind: Kind,
        *,
        raw: Array | None = None,
        missing: Array | None = None,
        codes: Codes | None = None,
        tick: int = 1,
    ) -> None:
        self.name = name
        self.kind: Kind = kind
        self.missing = missing if missing is not None and missing.any() else None
        self.tick = tick
        self._raw = raw
        self._codes = codes

    @property
    def raw(self) -> Array:
        """The values themselves: numbers, or ticks of ``tick`` nanoseconds since 1970 in UTC."""
        if self._raw is None:
            codes = self.codes
            numbers = np.append(codes.values.astype(np.float64), np.nan)
            self._raw = numbers.take(codes.rows)
        return self._raw

    @property
    def codes(self) -> Codes:
        """The values as codes; numbers and times in ascending order."""
        if self._codes is None:
            self._codes = _encode(self.raw, self.missing)
        return self._codes

    @property
    def coded(self) -> bool:
        """Whether codes are there already, or take next to nothing to make."""
        if self._codes is None and self.kind == "number" and self.raw.dtype.kind in "iu" and len(self.raw):
            low, high = self._bounds
            return high - low < _DENSE
        return self._codes is not None or not len(self.raw)

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        return int(self.raw.min()), int(self.raw.max())


def count_codes(rows: Array, size: int) -> Array:
    """Count the rows of each code. Short codes are counted in pairs: half as many steps, and a table."""
    even = len(rows) // 2 * 2
    if rows.dtype != np.uint8 or even < 1 << 18:
        return np.bincount(rows, minlength=size)
    pairs = np.zeros(1 << 16, dtype=np.int64)
    doubled = rows[:even].view(np.uint16) if rows.flags.c_contiguous else rows[:even].copy().view(np.uint16)
    for start in range(0, len(doubled), 1 << 18):
        pairs += np.bincount(doubled[start : start + (1 << 18)], minlength=1 << 16)
    table = pairs.reshape(256, 256)
    counts: Array = table.sum(axis=0) + table.sum(axis=1) + np.bincount(rows[even:], minlength=256)
    return counts[:size]


def crossed(outer: Codes, inner: Codes) -> Codes:
    """Return rows by the pair of two codes, the outer one first; every pair has a code, with rows or not."""
    size = outer.size * inner.size
    kind: Any = narrow(size + 1)
    rows = outer.rows.astype(kind)
    rows *= kind(inner.size)
    rows += inner.rows.astype(kind, copy=False)
    return Codes(rows, np.arange(size))


def narrow(size: int) -> type[np.unsignedinteger[Any]] | type[np.signedinteger[Any]]:
    """Return the narrowest integer type for codes below ``size``: passes over rows are bound by memory."""
    if size <= 1 << 8:
        return np.uint8
    if size <= 1 << 16:
        return np.uint16
    return np.int32


def read(series: pd.Series[Any], name: str, zone: str) -> Column:
    """Return a column of a frame, whatever its type is stored as."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _category(series, name, zone)
    if pd.api.types.is_bool_dtype(dtype):
        return _booleans(series, name)
    if pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_complex_dtype(dtype):
        return _numbers(series, name)
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return _times(series, name, zone)
    if pd.api.types.is_timedelta64_dtype(dtype):
        return Column(name, "number", raw=series.dt.total_seconds().to_numpy(np.float64))
    if isinstance(dtype, pd.PeriodDtype):
        return _times(series.dt.to_timestamp(), name, zone)
    if isinstance(dtype, pd.ArrowDtype):
        return _arrow(series, dtype, name, zone)
    if isinstance(dtype, pd.StringDtype):
        return _texts(series, name)
    return _objects(series, name, zone)


def _booleans(series: pd.Series[Any], name: str) -> Column:
    rows = np.full(len(series), 2, dtype=np.uint8)
    present = series.notna().to_numpy()
    rows[present] = series[present].to_numpy(dtype=bool)
    return Column(name, "bool", codes=Codes(rows, np.array([False, True])))


def _numbers(series: pd.Series[Any], name: str) -> Column:
    if isinstance(series.dtype, np.dtype):
        return Column(name, "number", raw=series.to_numpy())
    if pd.api.types.is_integer_dtype(series.dtype):
        missing = series.isna().to_numpy()
        plain: Any = series.dtype
        return Column(name, "number", raw=series.to_numpy(plain.numpy_dtype, na_value=0), missing=missing)
    return Column(name, "number", raw=series.to_numpy(dtype=np.float64, na_value=np.nan))


def _times(series: pd.Series[Any], name: str, zone: str) -> Column:
    index = pd.DatetimeIndex(series)
    ticks: Array = index.asi8
    missing: Array = series.isna().to_numpy()
    if missing.any():
        # Missing times hold the smallest integer, which would wrap around in arithmetic.
        ticks = np.where(missing, 0 if missing.all() else ticks[~missing].min(), ticks)
    tick = _TICKS[index.unit]
    if index.tz is None and len(ticks):
        ticks = _from_wall(ticks, 10**9 // tick, zone)
    return Column(name, "time", raw=ticks, missing=missing, tick=tick)


def _from_wall(ticks: Array, per_second: int, zone: str) -> Array:
    """Return local times as UTC. Values without a zone are local to the dataset."""
    offsets = times.offsets_of(zone, int(ticks.min()) // per_second, int(ticks.max()) // per_second)
    if not offsets.offsets.any():
        return ticks
    moved: Array = ticks - offsets.of_wall(ticks // per_second) * per_second
    return moved


def _category(series: pd.Series[Any], name: str, zone: str) -> Column:
    kept = read(pd.Series(series.cat.categories), name, zone)
    codes = kept.codes
    table = np.append(codes.rows, codes.missing).astype(narrow(codes.size))
    found = series.cat.codes.to_numpy()
    unchanged = np.array_equal(table[:-1], np.arange(len(table) - 1))
    if unchanged and len(found) and found.min() >= 0:
        rows = found.view(f"u{found.itemsize}").astype(narrow(codes.size), copy=False)  # mostly no copy
    else:
        rows = table[found]
    if kept.kind != "time":
        return Column(name, kept.kind, codes=Codes(rows, codes.values))
    ticks = np.append(codes.values, 0).take(rows)
    return Column(name, "time", raw=ticks, missing=rows == codes.missing, tick=kept.tick)


def _arrow(series: pd.Series[Any], dtype: pd.ArrowDtype, name: str, zone: str) -> Column:
    kind = dtype.pyarrow_dtype
    if pa.types.is_decimal(kind):
        return Column(name, "number", raw=series.to_numpy(dtype=np.float64, na_value=np.nan))
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        unit, tz = (kind.unit, kind.tz) if pa.types.is_timestamp(kind) else ("s", None)
        values: Any = pa.array(series)
        return _times(values.cast(pa.timestamp(unit, tz and "UTC")).to_pandas(), name, zone)
    if pa.types.is_duration(kind):
        return Column(name, "number", raw=series.dt.total_seconds().to_numpy(np.float64, na_value=np.nan))
    if pa.types.is_dictionary(kind):
        return read(pd.Series(pd.Categorical(series.astype(object))), name, zone)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _texts(series, name)
    return _objects(series.astype(object), name, zone)


def _texts(series: pd.Series[Any], name: str) -> Column:
    values: Any = pa.array(series, from_pandas=True)
    encoded = values.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        chunks = encoded.unify_dictionaries().chunks
        encoded = pa.concat_arrays(chunks) if chunks else pa.array([], pa.string()).dictionary_encode()
    words = np.array(encoded.dictionary.to_pylist(), dtype=object)
    rows = encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    return Column(name, "text", codes=Codes(rows.astype(narrow(len(words) + 1)), words))


def _objects(series: pd.Series[Any], name: str, zone: str) -> Column:
    """Read a column of Python objects by what they are; a mixture is read as text."""
    present = series.notna().to_numpy()
    found = {type(value) for value in series[present]}
    if not found:
        nothing = np.zeros(len(series), dtype=np.uint8)
        return Column(name, "nothing", codes=Codes(nothing, np.empty(0, dtype=np.float64)))
    if found <= {bool, np.bool_}:
        return _booleans(series, name)
    if not any(issubclass(each, (str, bool, np.bool_)) for each in found):
        if all(issubclass(each, (int, np.integer)) for each in found):
            return _whole_objects(series, present, name)
        if all(issubclass(each, (int, float, np.number, decimal.Decimal)) for each in found):
            numbers = np.full(len(series), np.nan)
            numbers[present] = [float(value) for value in series[present]]
            return Column(name, "number", raw=numbers)
        if all(issubclass(each, (dt.date, np.datetime64)) for each in found):
            return _time_objects(series, name, zone)
    texts = np.empty(len(series), dtype=object)
    try:
        texts[present] = [value if isinstance(value, str) else str(value) for value in series[present]]
        rows, words = pd.factorize(texts, use_na_sentinel=True)
    except (TypeError, ValueError) as problem:
        message = f"The values of {name!r} can't be grouped or compared: {problem}."
        raise DataError(message) from problem
    return Column(name, "text", codes=_from_sentinel(rows, np.asarray(words, dtype=object)))


def _whole_objects(series: pd.Series[Any], present: Array, name: str) -> Column:
    numbers = [int(value) for value in series[present]]
    if any(not -(2**63) <= number < 2**63 for number in numbers):
        raw = np.full(len(series), np.nan)
        raw[present] = numbers
        return Column(name, "number", raw=raw)
    whole = np.zeros(len(series), dtype=np.int64)
    whole[present] = numbers
    return Column(name, "number", raw=whole, missing=~present)


def _time_objects(series: pd.Series[Any], name: str, zone: str) -> Column:
    """Date-times and dates, some with a zone perhaps and some without."""
    moments = [
        None if value is None or pd.isna(value) else times.instant(pd.Timestamp(value).isoformat(), zone)
        for value in series
    ]
    missing = np.array([moment is None for moment in moments], dtype=bool)
    ticks = np.array([moment or 0 for moment in moments], dtype=np.int64)
    return Column(name, "time", raw=ticks, missing=missing)


def _encode(raw: Array, missing: Array | None) -> Codes:
    """Return numbers as codes, values ascending."""
    if raw.dtype.kind in "iu" and len(raw):
        low, high = int(raw.min()), int(raw.max())
        if high - low < max(_DENSE, 4 * len(raw)):
            found = _encode_dense(raw, low, high)
            return found if missing is None else _without(found, missing)
    if raw.dtype.kind == "f":
        raw = raw + 0  # -0.0 and 0.0 are one value
    rows, values = pd.factorize(raw, sort=True)
    if missing is not None:
        rows[missing] = -1
    return _from_sentinel(rows, np.asarray(values))


def _encode_dense(raw: Array, low: int, high: int) -> Codes:
    """Return whole numbers of a small range as codes, without hashing."""
    span = high - low + 1
    offset = (raw - raw.dtype.type(low)).view(f"u{raw.dtype.itemsize}")
    seen = np.zeros(span, dtype=bool)
    seen[offset] = True
    values = (
        np.flatnonzero(seen).astype(np.int64) + low
        if high < 2**63
        else np.flatnonzero(seen).astype(np.uint64) + np.uint64(low)
    )
    if len(values) == span:
        return Codes(offset.astype(narrow(span + 1)), values)
    position = (np.cumsum(seen) - 1).astype(narrow(len(values) + 1))
    return Codes(position.take(offset), values)


def _without(codes: Codes, missing: Array) -> Codes:
    """Return codes in which some rows have no value, and values that only these had are gone."""
    rows = codes.rows.astype(narrow(codes.size))
    rows[missing] = codes.missing
    found = Codes(rows, codes.values)
    there = found.counts[:-1] > 0
    if there.all():
        return found
    position = np.append(np.cumsum(there) - 1, np.count_nonzero(there))
    return Codes(position.astype(narrow(position[-1] + 1)).take(rows), codes.values[there])


def _from_sentinel(rows: Array, values: Array) -> Codes:
    """Return codes from the codes of pandas, where -1 means no value."""
    kept = rows.astype(narrow(len(values) + 1))
    lacking = rows < 0
    if lacking.any():
        kept[lacking] = len(values)
    return Codes(kept, values)
