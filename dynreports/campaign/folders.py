"""A folder of campaign logs: its files found and held, so that reading it again reads only what is new."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dynreports.campaign.parts import Part, stamp_of
from dynreports.campaign.progress import Progress
from dynreports.campaign.report import Finding, LoadError, LoadReport
from dynreports.campaign.schema import CHECKED_TEXT, TABLES, Column, TableSchema
from dynreports.campaign.tables import Table
from dynreports.errors import DataError, InvalidInputError, unknown_name
from dynreports.semantics.files import is_readable

ColumnMap = Mapping[str, Mapping[str, str]]

_MOST_OPEN = 64
"""Of more files than this, every column is read at once: so many can't be kept open."""
_ENDING = re.compile(r"\.(parquet|pq|csv|tsv|txt)(\.(gz|bz2|zst))?$", re.IGNORECASE)
_ACCEPTED = "{0}.parquet, {0}.csv, files {0}-….parquet or .csv, or a folder {0} of such files"


class Folder:
    """The files of a folder by table. Files that did not change are never read twice.

    Parameters
    ----------
    path
        The folder.
    columns
        Table -> documented name -> name in the files, for columns that are called otherwise.
    """

    def __init__(self, path: Path, columns: ColumnMap | None = None) -> None:
        self.path = path
        self._names = _checked(columns or {})
        self._parts: dict[Path, Part] = {}

    @property
    def reads(self) -> int:
        """How often a column of a Parquet file, or a whole CSV file, was read."""
        return sum(part.reads for part in self._parts.values())

    def read(self, only: Collection[str] = TABLES) -> tuple[dict[str, Table], list[str], list[Finding]]:
        """Read the tables, as far as they are not read yet.

        Parameters
        ----------
        only
            The tables that are wanted; what is wrong with others is not looked at.

        Returns
        -------
        tuple
            The tables by name; sentences on how files were read; tables that were left out.

        Raises
        ------
        LoadError
            If the folder, a required table or a required column is missing, or a table is there twice.
        DataError
            If a file can't be read.
        """
        if not self.path.is_dir():
            message = f"There is no folder {str(self.path)!r}. Accepted: a folder of campaign logs."
            raise DataError(message)
        faults: list[Finding] = []
        files = {name: _files(self.path, name, faults) for name in TABLES if name in only}
        self._parts = self._held(files)
        tables, notes, left_out = {}, list[str](), list[Finding]()
        for name, paths in files.items():
            schema = TABLES[name]
            parts = [self._parts[path] for path in paths]
            lacking = [each for part in parts for each in _lacking(part, schema)]
            if lacking and not schema.required:
                left_out += lacking
            elif lacking:
                faults += lacking
            elif parts:
                tables[name] = Table(schema, parts)
                notes += dict.fromkeys(note for part in parts for note in part.notes)
        if faults:
            raise LoadError(_message(faults), LoadReport(faults))
        self._check_mapped(only)
        return tables, notes, left_out

    def _held(self, files: Mapping[str, list[Path]]) -> dict[Path, Part]:
        held = {}
        for name, paths in files.items():
            for path in paths:
                known = self._parts.get(path)
                if known is None or known.stamp != stamp_of(path):
                    known = Part(path, TABLES[name], self._names.get(name, {}))
                    known.label = path.relative_to(self.path).as_posix()
                held[path] = known
        return held

    def _check_mapped(self, only: Collection[str]) -> None:
        for table, names in self._names.items():
            if table not in only:
                continue
            parts = [part for part in self._parts.values() if part.schema.name == table]
            there = {each for part in parts for each in part.in_file}
            for theirs in names.values():
                if parts and theirs not in there:
                    raise unknown_name(f"column of {table}", theirs, there)

    def prepare(self) -> None:
        """Read what is needed to check the tables; texts are read when a report first asks for them."""
        many = len(self._parts) > _MOST_OPEN
        waiting = [(part, _wanted(part, everything=many)) for part in self._parts.values()]
        total = sum(len(columns) for _, columns in waiting)
        with Progress("Reading logs", "column") as progress:
            for part, columns in waiting:
                part.prepare(columns, lambda doing: progress.next(total, doing))
                if many:
                    part.close()


def read_tables(
    path: Path, columns: ColumnMap | None = None, only: Collection[str] = TABLES
) -> dict[str, Table]:
    """Return the tables of a folder by name, or some of them; see `Folder`."""
    return Folder(path, columns).read(only)[0]


def _wanted(part: Part, *, everything: bool) -> list[Column]:
    return [
        each for each in part.documented() if everything or each.kind != "text" or each.name == CHECKED_TEXT
    ]


# ---- files ------------------------------------------------------------------------------------


def _files(folder: Path, name: str, faults: list[Finding]) -> list[Path]:
    """Return the files of a table: one, one with batches beside it, or a folder of them."""
    beside = sorted(
        each
        for each in folder.iterdir()
        if each.is_file()
        and is_readable(each)
        and (_stem(each) == name or _stem(each).startswith(f"{name}-"))
    )
    inside = folder / name
    within: list[Path] = []
    if inside.is_dir():
        within = sorted(
            each
            for each in inside.rglob("*")
            if each.is_file()
            and is_readable(each)
            and not any(part.startswith((".", "_")) for part in each.relative_to(inside).parts)
        )
        if not within:
            faults.append(Finding(f"{name}/", "", "The folder holds no Parquet or CSV files", "not loaded"))
            return []
    if beside and within:
        both = [beside[0].name, f"{name}/"]
        faults.append(_twice(folder, name, both))
        return []
    found = beside or within
    stems = [each.parent / _stem(each) for each in found]
    double = next((each for each in stems if stems.count(each) > 1), None)
    if double is not None:
        faults.append(
            _twice(
                folder, name, [each.name for each, stem in zip(found, stems, strict=True) if stem == double]
            )
        )
        return []
    if not found and TABLES[name].required:
        problem = f"{folder} has no {name}. Accepted: {_ACCEPTED.format(name)}"
        faults.append(Finding(name, "", problem, "not loaded"))
    return found


def _stem(path: Path) -> str:
    return _ENDING.sub("", path.name)


def _twice(folder: Path, name: str, files: list[str]) -> Finding:
    problem = (
        f"{folder} holds {name} more than once: {', '.join(sorted(files, key=_parquet_first))}. Keep one"
    )
    return Finding(name, "", problem, "not loaded")


def _parquet_first(file: str) -> tuple[bool, str]:
    return not file.endswith(".parquet"), file


# ---- columns ----------------------------------------------------------------------------------


def _lacking(part: Part, schema: TableSchema) -> list[Finding]:
    found = []
    for each in schema.columns:
        if not each.required or each.name in part or _stands_in(part, each.name):
            continue
        if part.named(each.name) != each.name:
            raise unknown_name(f"column of {schema.name}", part.named(each.name), part.in_file)
        known = {column.name for column in part.documented()}
        close = get_close_matches(
            each.name, [name for name in part.in_file if name not in known], n=1, cutoff=0.5
        )
        hint = (
            f" Is it {close[0]!r}? Then load with columns="
            f"{{{schema.name!r}: {{{each.name!r}: {close[0]!r}}}}}."
            if close
            else ""
        )
        problem = f"{part.path} has no column {each.name}. It has: {', '.join(part.in_file)}.{hint}"
        found.append(Finding(part.label, each.name, problem, "the table is left out"))
    return found


def _stands_in(part: Part, column: str) -> bool:
    """Whether another column tells the same: who only sends to apps has actions, and no types of links."""
    return column == "tracking_url_type" and "action" in part


def _message(faults: list[Finding]) -> str:
    lines = [each.problem for each in faults]
    if len(lines) == 1:
        return lines[0] if lines[0].endswith(".") else f"{lines[0]}."
    return "\n".join(
        [f"{len(lines)} things keep this folder from being loaded:", *(f"- {each}" for each in lines)]
    )


def _checked(columns: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the map of columns with every name in it checked."""
    found: dict[str, dict[str, str]] = {}
    for table, names in columns.items():
        if table not in TABLES:
            raise unknown_name("table", table, TABLES)
        if not isinstance(names, Mapping):
            message = (
                f"columns[{table!r}] must map documented names to names in your files; got {names!r}. "
                f"Write columns={{{table!r}: {{'event_date': 'your name'}}}}."
            )
            raise InvalidInputError(message)
        for ours in names:
            if TABLES[table].find(ours) is None:
                raise unknown_name(f"column of {table}", ours, [each.name for each in TABLES[table].columns])
        found[table] = {str(ours): str(theirs) for ours, theirs in names.items()}
    return found
