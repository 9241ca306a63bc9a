"""Columns of a file as arrays, checked: what can't be understood is counted, with the rows it stands in.

Values are looked at once each, not once per row: a column of ten million codes has a handful of different
ones. Files from elsewhere are converted as leniently as can be told without guessing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dynreports.campaign import checking
from dynreports.campaign.accepted import ACCEPTED, FLAGS, KEPT, Accepted
from dynreports.campaign.columns import Array, Coded, Ids, joined, narrow
from dynreports.campaign.schema import CHECKED_TEXT, CUSTOM, LONGEST_CODE, Column
from dynreports.engine.columns import count_codes

_SHOWN = 3
NO_TIME = np.datetime64("NaT", "ms")


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong in one column: with how many rows, which ones first (from 1), and what was done."""

    column: str
    problem: str
    done: str
    count: int
    rows: tuple[int, ...] = ()
    examples: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Converted:
    """A column as arrays. ``unusable`` marks rows that are to be left out for it."""

    values: Any
    problems: tuple[Problem, ...] = ()
    unusable: Array | None = None


def convert(table: str, column: Column, values: pa.ChunkedArray) -> Converted:
    """Return a column of a file as what its kind asks for: `Ids`, moments, codes, marks or `Coded`."""
    values = _plain(values)
    if column.kind == "id":
        return _ids(column, values)
    if column.kind == "time":
        return _times(table, column, values)
    if column.kind == "code":
        return _codes(column, values, ACCEPTED[table, column.name])
    if column.kind == "flag":
        return _flags(column, values)
    return _texts(column, values)


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if isinstance(values.type, pa.BaseExtensionType):
        return pa.chunked_array([chunk.storage for chunk in values.chunks], type=values.type.storage_type)
    return values


def found_in(column: str, problem: str, done: str, wrong: Array, shown: Sequence[str]) -> Problem:
    """Describe the rows that are marked as wrong."""
    first = np.flatnonzero(wrong)
    return Problem(
        column, problem, done, len(first), tuple((first[:_SHOWN] + 1).tolist()), tuple(shown[:_SHOWN])
    )


# ---- values and their codes -------------------------------------------------------------------


def coded(values: pa.ChunkedArray) -> Coded:
    """Return each different value once, as Python has it, and a code per row."""
    if pa.types.is_null(values.type):
        return Coded(np.full(len(values), -1, dtype=np.int8), [])
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    parts: list[Coded] = []
    for chunk in _same_dictionary(values):
        words = chunk.dictionary.to_pylist()
        indices = chunk.indices
        if indices.null_count:
            indices = indices.fill_null(-1)
        codes = indices.to_numpy(zero_copy_only=False).astype(narrow(len(words)))
        parts.append(Coded(codes, words))
    if not parts:
        return Coded(np.full(0, -1, dtype=np.int8), [])
    whole = joined(parts)
    return whole.renamed(lambda each: each) if None in whole.words else whole


def _same_dictionary(values: pa.ChunkedArray) -> list[Any]:
    """Return the column in one piece if its pieces share their words: so codes are copied once."""
    chunks = values.chunks
    first = chunks[0].dictionary if chunks else None
    if len(chunks) > 1 and all(chunk.dictionary.equals(first) for chunk in chunks):
        return [pa.concat_arrays(chunks)]
    return list(chunks)


def _texts(column: Column, values: pa.ChunkedArray) -> Converted:
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        there = np.asarray(values.is_valid())
        problem = found_in(column.name, f"Values of type {kind} can't be shown", "left empty", there, ())
        return Converted(Coded(np.full(len(values), -1, dtype=np.int8), []), (problem,))
    found = coded(values)
    if not column.name.startswith(CUSTOM):  # those keep their type
        found = found.renamed(str)
    if column.name != CHECKED_TEXT or all(len(each) <= LONGEST_CODE for each in found.words):
        return Converted(found)
    long = np.array([len(each) > LONGEST_CODE for each in found.words] + [False])
    shown = [each for each in found.words if len(each) > LONGEST_CODE]
    problem = found_in(column.name, f"Longer than {LONGEST_CODE} characters", "cut", long[found.codes], shown)
    return Converted(found.renamed(lambda each: each[:LONGEST_CODE]), (problem,))


# ---- codes and marks --------------------------------------------------------------------------


def _codes(column: Column, values: pa.ChunkedArray, accepted: Accepted) -> Converted:
    if pa.types.is_integer(values.type) and not accepted.is_words:
        numbers = _known_numbers(values, accepted)
        if numbers is not None:
            return Converted(*numbers)
    found = coded(values)
    raw = [_normal(each) for each in found.words]
    unknown = checking.unknown(raw, accepted.values)
    read = [_read(each, accepted, each in unknown) for each in raw]
    wrong = np.array([each in unknown for each in raw] + [False])[found.codes]
    problems: tuple[Problem, ...] = ()
    if unknown and wrong.any():
        shown = [repr(word) for word, each in zip(found.words, raw, strict=True) if each in unknown]
        problem = f"Unknown codes; known are {accepted.shown}"
        problems = (found_in(column.name, problem, accepted.done, wrong, shown),)
    if accepted.is_words:
        words = Coded(found.codes, range(len(read))).renamed(lambda place: read[place])
        return Converted(words, problems)
    empty = 0 if accepted.missing is None else accepted.missing
    table = np.array([empty if each is None else each for each in read] + [empty], dtype=np.int16)
    numbers_read = table[found.codes]
    unusable = None
    if accepted.drops:
        lacking = found.codes < 0
        if lacking.any():
            problems += (found_in(column.name, "No code", accepted.done, lacking, ()),)
        unusable = wrong | lacking if (wrong | lacking).any() else None
    return Converted(_small(numbers_read), problems, unusable)


def _known_numbers(values: pa.ChunkedArray, accepted: Accepted) -> tuple[Array] | None:
    """Return numbers as they are, if counting them shows that they are all codes."""
    bounds = pc.min_max(values).as_py()
    if bounds["min"] is None or (accepted.drops and values.null_count):
        return None
    if bounds["min"] < -128 or bounds["max"] > 127:
        return None
    nulls = values.null_count
    if nulls:
        values = values.fill_null(pa.scalar(accepted.missing, values.type))
    numbers = np.asarray(values.cast(pa.int8()))
    counts = count_codes(numbers.view(np.uint8), 256)
    if nulls and accepted.missing is not None:  # what stands for no value need not be a code itself
        counts[accepted.missing] -= nulls
    found = np.flatnonzero(counts).astype(np.uint8).view(np.int8)
    return (numbers,) if all(each in accepted.values for each in found.tolist()) else None


def _normal(value: Any) -> Any:
    """Return a code as it is compared: whole numbers as such, words in lower case."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        text = value.strip().lower()
        return int(text) if text.removeprefix("-").isdecimal() and len(text) < 6 else text
    return value


def _read(value: Any, accepted: Accepted, is_unknown: bool) -> Any:
    if not is_unknown:
        return accepted.values[value]
    if accepted.otherwise != KEPT:
        return accepted.otherwise
    if accepted.is_words:
        return str(value)
    return value if isinstance(value, int) and abs(value) < 1 << 15 else accepted.missing


def _flags(column: Column, values: pa.ChunkedArray) -> Converted:
    if pa.types.is_boolean(values.type):
        return Converted(np.asarray(values.fill_null(False) if values.null_count else values, dtype=bool))
    found = coded(values)
    raw = [_normal(each) for each in found.words]
    unknown = checking.unknown(raw, FLAGS)
    table = np.array([each not in unknown and FLAGS[each] for each in raw] + [False])
    if not unknown:
        return Converted(table[found.codes])
    wrong = np.array([each in unknown for each in raw] + [False])[found.codes]
    shown = [repr(word) for word, each in zip(found.words, raw, strict=True) if each in unknown]
    problem = found_in(
        column.name, "Neither true nor false (1 or 0, yes or no)", "read as false", wrong, shown
    )
    return Converted(table[found.codes], (problem,))


def _small(numbers: Array) -> Array:
    fits = numbers.min(initial=0) >= -128 and numbers.max(initial=0) <= 127
    return numbers.astype(np.int8) if fits else numbers


# ---- identities -------------------------------------------------------------------------------


def _ids(column: Column, values: pa.ChunkedArray) -> Converted:
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if pa.types.is_null(kind):
        return Converted(Ids.none(len(values)))
    if pa.types.is_integer(kind) and kind == values.type:
        return Converted(_numbered(values))
    if pa.types.is_floating(kind):  # whole numbers that were written with gaps between them
        return _from_floats(column, values)
    found = coded(values).renamed(str)
    missing = found.codes < 0
    return Converted(Ids(found.codes, missing if missing.any() else None, found.words))


def _numbered(values: pa.ChunkedArray) -> Ids:
    missing = np.asarray(values.is_null()) if values.null_count else None
    if values.type == pa.uint64():  # large ones become negative: identities are only compared
        values = values.cast(pa.int64(), safe=False)
    bounds = pc.min_max(values).as_py()
    low, high = bounds["min"] or 0, bounds["max"] or 0
    kind = np.int32 if low >= -(2**31) and high < 2**31 else np.int64
    numbers = np.empty(len(values), dtype=kind)
    start = 0
    for chunk in values.chunks:  # piece by piece: no second column of the wide type
        if chunk.null_count:
            chunk = chunk.fill_null(0)
        numbers[start : start + len(chunk)] = chunk.to_numpy()
        start += len(chunk)
    return Ids(numbers, missing)


def _from_floats(column: Column, values: pa.ChunkedArray) -> Converted:
    numbers = np.asarray(values.to_numpy(), dtype=np.float64)
    there = ~np.isnan(numbers)
    whole = there & (np.floor(numbers) == numbers) & (np.abs(numbers) < 2.0**53)
    found = Ids(np.where(whole, numbers, 0).astype(np.int64), ~whole if not whole.all() else None)
    wrong = there & ~whole
    if not wrong.any():
        return Converted(found)
    shown = [repr(each) for each in numbers[np.flatnonzero(wrong)[:_SHOWN]].tolist()]
    return Converted(
        found, (found_in(column.name, "Neither whole numbers nor text", "left empty", wrong, shown),)
    )


# ---- moments ----------------------------------------------------------------------------------

_LEAVES_OUT = {
    ("delivery_log", "event_date"),
    ("tracking_log", "event_date"),
    ("subscriptions", "event_date"),
}


def _times(table: str, column: Column, values: pa.ChunkedArray) -> Converted:
    moments, unreadable = _moments(values)
    if (table, column.name) not in _LEAVES_OUT:
        problems = () if unreadable is None else (_unreadable(column, values, unreadable, "left empty"),)
        return Converted(moments, problems)
    if unreadable is None and not values.null_count:
        return Converted(moments)
    found = []
    lacking = np.isnat(moments)
    if unreadable is not None:
        found.append(_unreadable(column, values, unreadable, "left out"))
        lacking_alone = lacking & ~unreadable
    else:
        lacking_alone = lacking
    if lacking_alone.any():
        found.append(found_in(column.name, "No date", "left out", lacking_alone, ()))
    return Converted(moments, tuple(found), lacking if lacking.any() else None)


def _unreadable(column: Column, values: pa.ChunkedArray, wrong: Array, done: str) -> Problem:
    rows = np.flatnonzero(wrong)[:_SHOWN]
    shown = [repr(values[int(row)].as_py()) for row in rows]
    return found_in(
        column.name, "Unreadable dates; readable are such as 2026-06-14 10:30:00", done, wrong, shown
    )


def _moments(values: pa.ChunkedArray) -> tuple[Array, Array | None]:
    """Return moments in milliseconds (those without a zone are in UTC), and which could not be read."""
    kind = values.type
    if pa.types.is_date(kind):
        values = values.cast(pa.timestamp("ms"))
    elif pa.types.is_timestamp(kind):
        values = values.cast(pa.timestamp("ms"), safe=False)
    else:
        return _parsed(values)
    return np.asarray(values.to_numpy(), dtype="datetime64[ms]"), None


def _parsed(values: pa.ChunkedArray) -> tuple[Array, Array | None]:
    found = coded(values)
    texts = [each.strip() if isinstance(each, str) else None for each in found.words]
    read = pd.to_datetime(pd.Series(texts, dtype="str"), utc=True, format="ISO8601", errors="coerce")
    table = np.append(read.dt.tz_localize(None).dt.as_unit("ms").to_numpy(), NO_TIME)
    wrong = np.isnat(table)
    wrong[-1] = False
    return table[found.codes], wrong[found.codes] if wrong.any() else None
