"""The tables of a folder of campaign logs: found, checked, and read column by column.

Nothing is ever turned into Python objects row by row: columns are arrays of numbers, or categories whose
texts are held once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dynreports.campaign.schema import required_columns
from dynreports.errors import DataError
from dynreports.semantics.columns import Ignored, from_arrow, parsed_dates
from dynreports.semantics.files import read_path

Array = NDArray[Any]
Rows = NDArray[np.int32]
"""Places in a table; -1 stands for none."""

REQUIRED: Mapping[str, tuple[str, ...]] = required_columns(tables_required=True)
"""The tables that a folder must hold, with the columns that they must have."""

OPTIONAL: Mapping[str, tuple[str, ...]] = required_columns(tables_required=False)
"""The tables that a folder may hold, with the columns that they must then have."""

# A table of this many slots for each key takes less time than hashing the keys.
_DENSE, _DENSE_AT_LEAST = 8, 1 << 16
_ENDINGS = (".parquet", ".csv", "")


class Table:
    """One table. Its columns are converted when they are asked for, and checked then."""

    def __init__(self, name: str, content: pa.Table, path: Path) -> None:
        self.name = name
        self._content = content
        self._path = path

    def __len__(self) -> int:
        return int(self._content.num_rows)

    def __contains__(self, column: str) -> bool:
        """Whether the table has the column, with at least one value in it."""
        if column not in self._content.column_names:
            return False
        return bool(self._content.column(column).null_count < len(self))

    @property
    def columns(self) -> list[str]:
        """The names of the columns that hold anything."""
        return [name for name in self._content.column_names if name in self]

    def ids(self, column: str) -> pd.Series[Any]:
        """Return identities: whole numbers or text, missing ones included."""
        values = self._column(column)
        if pa.types.is_floating(values.type):  # whole numbers that were written with gaps between them
            values = self._cast(column, values, pa.int64(), "whole numbers or text")
        if pa.types.is_uint64(values.type):  # large ones become negative: ids are only compared
            values = values.cast(pa.int64(), safe=False)
        return self._converted(column, values)

    def times(self, column: str) -> Array:
        """Return moments in milliseconds; those without a zone are in UTC."""
        values, _ = parsed_dates(self._converted(column, self._column(column)))
        if values.isna().all():
            return np.full(len(self), np.datetime64("NaT", "ms"))
        if not pd.api.types.is_datetime64_any_dtype(values.dtype):
            raise self._wrong(column, "dates such as 2026-06-14 10:30:00")
        index = pd.DatetimeIndex(values)
        if index.tz is not None:
            index = index.tz_convert("UTC").tz_localize(None)
        return index.as_unit("ms").to_numpy()

    def numbers(self, column: str, missing: int = 0) -> NDArray[np.int16]:
        """Return small whole numbers."""
        values = self._cast(column, self._column(column), pa.int16(), "whole numbers")
        return np.asarray(values.fill_null(missing), dtype=np.int16)

    def flags(self, column: str) -> NDArray[np.bool_]:
        """Return marks; those that are missing, and all of a missing column, are not set."""
        if column not in self:
            return np.zeros(len(self), dtype=bool)
        values = self._cast(column, self._column(column), pa.bool_(), "true or false, or 1 or 0")
        return np.asarray(values.fill_null(False), dtype=bool)

    def labels(self, column: str, words: Callable[[Any], str | None] = str) -> pd.Categorical:
        """Return what people read, by default the values as text; ``words`` gives ``None`` for no value."""
        return _renamed(self.values(column), words)

    def values(self, column: str) -> pd.Categorical:
        """Return a column as it is: each different value once, and a code per row."""
        values = self._column(column)
        if pa.types.is_null(values.type):
            values = values.cast(pa.string())
        if not pa.types.is_dictionary(values.type):
            values = values.dictionary_encode()
        chunks = values.unify_dictionaries().chunks
        whole = pa.concat_arrays(chunks) if chunks else pa.array([], values.type)
        codes = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        categories = self._converted(column, pa.chunked_array([whole.dictionary]))
        codes = codes.astype(np.min_scalar_type(-len(categories) - 1))
        return category(codes, pd.CategoricalDtype(pd.Index(categories)))

    def _column(self, column: str) -> pa.ChunkedArray:
        return self._content.column(column)

    def _converted(self, column: str, values: pa.ChunkedArray) -> pd.Series[Any]:
        if pa.types.is_null(values.type):
            values = values.cast(pa.string())
        if pa.types.is_dictionary(values.type):
            values = values.cast(values.type.value_type)
        try:
            return from_arrow(values)[0]
        except Ignored as reason:
            message = f"{self._path}: the column {column!r} can't be used: {reason}."
            raise DataError(message) from None

    def _cast(self, column: str, values: pa.ChunkedArray, kind: pa.DataType, accepted: str) -> Any:
        if pa.types.is_dictionary(values.type):
            values = values.cast(values.type.value_type)
        is_number = pa.types.is_integer(values.type) or pa.types.is_floating(values.type)
        if not (is_number or pa.types.is_boolean(values.type) or pa.types.is_null(values.type)):
            raise self._wrong(column, accepted)
        try:
            if pa.types.is_boolean(kind) and is_number:
                values = values.cast(pa.uint8())
                if pc.max(values).as_py() not in (None, 0, 1):
                    raise self._wrong(column, accepted)
            return values.cast(kind)
        except pa.ArrowInvalid:
            raise self._wrong(column, accepted) from None

    def _wrong(self, column: str, accepted: str) -> DataError:
        examples = pc.drop_null(self._column(column).slice(0, 1000)).slice(0, 3).to_pylist()
        shown = ", ".join(repr(each) for each in examples)
        message = f"{self._path}: the column {column!r} holds values such as {shown}. Accepted: {accepted}."
        return DataError(message)


def read_tables(folder: Path) -> tuple[dict[str, Table], list[str]]:
    """Read the tables of a folder that campaign reports are made of.

    Returns
    -------
    tuple
        The tables by name, and sentences on how they were read.

    Raises
    ------
    DataError
        If the folder, a required table or a required column is missing, or a table is there twice.
    """
    if not folder.is_dir():
        message = f"There is no folder {str(folder)!r}. Accepted: a folder of campaign logs."
        raise DataError(message)
    tables: dict[str, Table] = {}
    notes: list[str] = []
    for name, columns in {**REQUIRED, **OPTIONAL}.items():
        path = _path(folder, name)
        if path is None:
            continue
        content, more = read_path(path)
        absent = [each for each in columns if each not in content.column_names]
        if absent:
            message = f"{path} has no column {', '.join(absent)}. It has: {', '.join(content.column_names)}."
            raise DataError(message)
        tables[name] = Table(name, content, path)
        notes += more
    return tables, notes


def _path(folder: Path, name: str) -> Path | None:
    found = [path for ending in _ENDINGS if (path := folder / f"{name}{ending}").exists()]
    if len(found) > 1:
        message = f"{folder} holds {name} more than once: {', '.join(each.name for each in found)}. Keep one."
        raise DataError(message)
    if not found and name in REQUIRED:
        message = (
            f"{folder} has no {name}. Accepted: {name}.parquet, {name}.csv, or a folder {name} of such files."
        )
        raise DataError(message)
    return found[0] if found else None


# ---- bringing tables together -----------------------------------------------------------------


def positions(known: pd.Series[Any], wanted: pd.Series[Any]) -> Rows:
    """Return, for each wanted id, the first row of ``known`` that has it; -1: none has, or none is wanted."""
    if _is_text(known) != _is_text(wanted):  # such as numbers in one file and "0012" in another
        known, wanted = known.astype("str"), wanted.astype("str")
    rows = np.flatnonzero(known.notna().to_numpy()).astype(np.int32)
    if not len(rows):
        return np.full(len(wanted), -1, dtype=np.int32)
    found = None if _is_text(known) else _positions_in_range(known, rows, wanted)
    if found is None:
        first = rows[~known.iloc[rows].duplicated().to_numpy()]
        found = np.append(first, np.int32(-1))[pd.Index(known.iloc[first]).get_indexer(pd.Index(wanted))]
    return found


def _positions_in_range(known: pd.Series[Any], rows: Rows, wanted: pd.Series[Any]) -> Rows | None:
    """Look numbers of a small range up in a table: no hashing; ``None`` where the range is too wide."""
    keys = known.iloc[rows].to_numpy(dtype=np.int64)
    low, high = int(keys.min()), int(keys.max())
    if high - low > _DENSE * len(keys) + _DENSE_AT_LEAST:
        return None
    table = np.full(high - low + 2, -1, dtype=np.int32)
    table[(keys - low)[::-1]] = rows[::-1]  # of equal keys the first is written last
    slots = wanted.to_numpy(dtype=np.int64, na_value=low - 1) - low
    slots[(slots < 0) | (slots > high - low)] = high - low + 1
    return table.take(slots)


def taken(values: pd.Categorical, rows: Array) -> pd.Categorical:
    """Return the values of some rows, none where the row is -1. Codes are taken, never texts."""
    codes = np.append(values.codes, values.codes.dtype.type(-1))
    return category(codes[rows], values.dtype)


def category(codes: Array, kind: Any) -> pd.Categorical:
    """Return the values of codes that are known to be right: -1, or places in the categories of ``kind``."""
    made: pd.Categorical = pd.Categorical.from_codes(codes, dtype=kind, validate=False)
    return made


def _is_text(values: pd.Series[Any]) -> bool:
    return not pd.api.types.is_integer_dtype(values.dtype)


def _renamed(values: pd.Categorical, words: Callable[[Any], str | None]) -> pd.Categorical:
    """Give the categories other names; those of the same name become one."""
    names = [words(each) for each in values.categories]
    codes = {
        name: code for code, name in enumerate(dict.fromkeys(each for each in names if each is not None))
    }
    table = np.array([-1 if each is None else codes[each] for each in names] + [-1])
    table = table.astype(np.min_scalar_type(-len(codes) - 1))
    return category(table[values.codes], pd.CategoricalDtype(pd.Index(codes, dtype="str")))
