"""One file of a table: its columns are read and converted when they are first asked for, and kept as codes.

A Parquet file stays open, and its columns are read one by one: memory never holds more than one of them
as Arrow has it. A CSV file can only be read as a whole, so all of it is converted at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dynreports.campaign.columns import Array
from dynreports.campaign.converting import Converted, Problem, convert
from dynreports.campaign.schema import Column, TableSchema
from dynreports.errors import DataError
from dynreports.semantics.columns import FieldType
from dynreports.semantics.files import is_parquet, read_path

_AT_ONCE = 2
Stamp = tuple[int, int, int]
_ROW_COLUMNS = ("event_date", "status", "action")
"""Columns whose values decide, where they are required, whether a row can be used at all."""


class Part:
    """One file of a table.

    Parameters
    ----------
    path
        The file.
    schema
        What it should hold.
    names
        Documented name -> name in the file, for columns that are called otherwise.
    """

    def __init__(self, path: Path, schema: TableSchema, names: Mapping[str, str]) -> None:
        self.path = path
        self.schema = schema
        self.label = path.name
        self.stamp = stamp_of(path)
        self.notes: list[str] = []
        self.reads = 0
        self._names = names
        self._made: dict[str, Converted] = {}
        self._empty: set[str] = set()
        self._kept: list[Array | None] = []
        self._lock = threading.RLock()
        self._content: Any = None
        self._file: Any = None
        try:
            self._open()
        except (pa.ArrowException, OSError) as error:
            message = f"{str(path)!r} can't be read: {error}"
            raise DataError(message) from error

    def _open(self) -> None:
        if not is_parquet(self.path):
            self._content, self.notes = read_path(self.path)
            self._types = self._content.schema
            self.in_file = list(self._content.column_names)
            self.total = int(self._content.num_rows)
            self.reads = 1
            return
        self._file = pq.ParquetFile(pa.OSFile(str(self.path)))
        self._texts = [name for name in self._file.schema_arrow.names if self._is_text(name)]
        if self._texts:
            self._file = pq.ParquetFile(
                pa.OSFile(str(self.path)), read_dictionary=self._texts, metadata=self._file.metadata
            )
        self._types = self._file.schema_arrow
        self.in_file = list(self._types.names)
        self.total = int(self._file.metadata.num_rows)

    def _is_text(self, name: str) -> bool:
        assert self._file is not None  # noqa: S101
        kind = self._file.schema_arrow.field(name).type
        return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))

    def named(self, column: str) -> str:
        """Return what a documented column is called in the file."""
        return self._names.get(column, column)

    def type_of(self, column: str) -> FieldType:
        """Return what a column of free content holds, by its type in the file."""
        kind = self._types.field(self.named(column)).type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if pa.types.is_boolean(kind):
            return "boolean"
        if pa.types.is_integer(kind):
            return "integer"
        return "number" if pa.types.is_floating(kind) else "text"

    def documented(self) -> list[Column]:
        """Return the documented columns that the file has."""
        given = {theirs: ours for ours, theirs in self._names.items()}
        ours = (given.get(name, name) for name in self.in_file if name in given or name not in self._names)
        found = (self.schema.find(name) for name in ours)
        return [each for each in found if each is not None]

    def __contains__(self, column: str) -> bool:
        """Whether the file has the column."""
        return self.named(column) in self.in_file

    def has_values(self, column: str) -> bool:
        """Whether the column is there, with at least one value in it."""
        if column not in self or column in self._empty:
            return False
        if self._file is None and self._content is None:
            return True
        nulls = self._nulls(self.named(column))
        if nulls is None:
            nulls = int(self._read(column).null_count)
        if nulls == self.total:
            self._empty.add(column)
        return nulls < self.total

    def _nulls(self, name: str) -> int | None:
        """Count missing values by what the file says of itself; ``None`` where it does not say."""
        file = self._file
        if file is None:
            return int(self._content.column(name).null_count)
        place = next(
            (i for i in range(len(file.schema)) if file.schema.column(i).path.split(".")[0] == name), None
        )
        total = 0
        for group in range(file.metadata.num_row_groups):
            told = file.metadata.row_group(group).column(place).statistics if place is not None else None
            if told is None or not told.has_null_count:
                return None
            total += told.null_count
        return total

    def prepare(self, columns: list[Column], step: Callable[[str], None]) -> None:
        """Convert columns now; a CSV file all of its documented ones, to let go of what was read."""
        whole = self._file is None
        wanted = [each for each in (self.documented() if whole else columns) if each.name not in self._made]
        with ThreadPoolExecutor(_AT_ONCE) as pool:  # neither reading nor converting needs Python's lock much
            there = [each for each in wanted if self.has_values(each.name)]
            for column, made in zip(there, pool.map(self._prepared, there), strict=True):
                step(f"{self.path.name}: {column.name}")
                self._made[column.name] = made
        if whole:
            self._content = None

    def _prepared(self, column: Column) -> Converted:
        """Convert a column through a handle of its own, so that several are read at once."""
        if self._file is None:
            return convert(self.schema.name, column, self._read(column.name))
        self.reads += 1
        file = pq.ParquetFile(
            pa.OSFile(str(self.path)), read_dictionary=self._texts, metadata=self._file.metadata
        )
        name = self.named(column.name)
        try:
            values = file.read(columns=[name], use_threads=False).column(name)
        except (pa.ArrowException, OSError, KeyError) as error:
            raise self._unreadable(name, error) from error
        return convert(self.schema.name, column, values)

    def _unreadable(self, name: str, error: Exception) -> DataError:
        return DataError(f"{str(self.path)!r}: the column {name!r} can't be read: {error}")

    def close(self) -> None:
        """Let go of the file, once everything that is wanted of it was converted."""
        self._file = None

    def converted(self, column: Column) -> Converted:
        """Return a column as arrays, checked, of all rows."""
        with self._lock:
            if column.name not in self._made:
                self._made[column.name] = convert(self.schema.name, column, self._read(column.name))
            return self._made[column.name]

    def _read(self, column: str) -> pa.ChunkedArray:
        name = self.named(column)
        if self._file is None:
            return self._content.column(name)
        self._check_unchanged()
        self.reads += 1
        try:
            return self._file.read(columns=[name], use_threads=True).column(name)
        except (pa.ArrowException, OSError, KeyError) as error:
            raise self._unreadable(name, error) from error

    def _check_unchanged(self) -> None:
        """Raise if somebody wrote into the file; one that was replaced or deleted is still readable."""
        try:
            now = stamp_of(self.path)
        except OSError:
            return
        if now != self.stamp and now[2] == self.stamp[2]:
            message = (
                f"{str(self.path)!r} was changed after it was loaded. refresh() of the data reads it anew."
            )
            raise DataError(message)

    @property
    def kept(self) -> Array | None:
        """The rows that can be used, ascending; ``None``: all. A row without a date, say, can't be used."""
        with self._lock:
            if not self._kept:
                wrong = [self.converted(each).unusable for each in self._deciding()]
                marks = [each for each in wrong if each is not None]
                self._kept.append(np.flatnonzero(~np.logical_or.reduce(marks)) if marks else None)
            return self._kept[0]

    def _deciding(self) -> list[Column]:
        return [
            each
            for each in self.documented()
            if each.required and each.name in _ROW_COLUMNS and each.name in self
        ]

    def __len__(self) -> int:
        kept = self.kept
        return self.total if kept is None else len(kept)

    def problems(self) -> list[Problem]:
        """Return what was found so far."""
        with self._lock:
            return [found for each in self._made.values() for found in each.problems]


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file does: its size, its time, its place on the disk."""
    told = os.stat(path)
    return told.st_size, told.st_mtime_ns, told.st_ino
