"""Reading files: CSV and Parquet, one file or a folder of them, into an Arrow table."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.dataset

from dynreports.errors import DataError

_PARQUET = {".parquet", ".pq"}
_CSV = {".csv", ".tsv", ".txt"}
_COMPRESSED = {".gz", ".bz2", ".zst"}
_DELIMITERS = ",;\t|"
_SAMPLE_BYTES = 1 << 18
# "NA" stays text in a text column: it's the code of Namibia. In a column of numbers it is missing.
_MISSING_TEXTS = pa.array(["", "N/A", "n/a", "#N/A", "NULL", "null", "NaN", "nan"])


def read_path(path: Path) -> tuple[pa.Table, list[str]]:
    """Return the content of a CSV or Parquet file, or of a folder of either, and notes on how it was read."""
    path = path.expanduser()
    if not path.exists():
        message = f"There is no file or folder {str(path)!r}{_nearby(path)}."
        raise DataError(message)
    try:
        if path.is_dir():
            return _read_folder(path)
        if _kind(path) == "parquet":
            return _read_parquet([path], path.parent), []
        if _kind(path) == "csv":
            return _read_csv(path)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        message = f"{str(path)!r} can't be read: {error}"
        raise DataError(message) from error
    message = f"{path.name!r} can't be read by its ending {path.suffix!r}. Accepted: {_endings()}."
    raise DataError(message)


def is_parquet(path: Path) -> bool:
    """Whether a file is Parquet, by its ending."""
    return _kind(path) == "parquet"


def is_readable(path: Path) -> bool:
    """Whether a file can be read, by its ending."""
    return _kind(path) is not None


def _kind(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
        return "csv" if suffixes and suffixes[-1] in _CSV else None
    if not suffixes:
        return None
    return "parquet" if suffixes[-1] in _PARQUET else "csv" if suffixes[-1] in _CSV else None


def _endings() -> str:
    return ", ".join(sorted(_PARQUET | _CSV)) + " (CSV also as .csv.gz, .csv.bz2, .csv.zst)"


def _nearby(path: Path) -> str:
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    names = sorted(each.name for each in folder.iterdir() if _kind(each) or each.is_dir())
    names = [name for name in names if not name.startswith(".")]
    return f" (in {str(folder.resolve())!r} there are: {', '.join(names[:8])})" if names else ""


# ---- folders and Parquet ----------------------------------------------------------------------


def _read_folder(folder: Path) -> tuple[pa.Table, list[str]]:
    files = sorted(each for each in folder.rglob("*") if each.is_file() and not _is_hidden(each, folder))
    by_kind = {kind: [each for each in files if _kind(each) == kind] for kind in ("parquet", "csv")}
    found = [kind for kind, of_kind in by_kind.items() if of_kind]
    if len(found) != 1:
        wrong = "both Parquet and CSV files" if found else "no Parquet or CSV files"
        message = f"The folder {str(folder)!r} holds {wrong}. Accepted: a folder of one kind of file."
        raise DataError(message)
    if found == ["parquet"]:
        return _read_parquet(by_kind["parquet"], folder), []
    parts = [_read_csv(file) for file in by_kind["csv"]]
    table = pa.concat_tables([table for table, _ in parts], promote_options="permissive")
    return table, list(dict.fromkeys(note for _, notes in parts for note in notes))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def _read_parquet(files: list[Path], folder: Path) -> pa.Table:
    dataset = pa.dataset.dataset(
        [str(file) for file in files],
        format="parquet",
        partitioning=pa.dataset.partitioning(flavor="hive"),
        partition_base_dir=str(folder),
    )
    # Files written at different times may differ in columns; a dataset alone would see the first one's only.
    schemas = [dataset.schema, *(fragment.physical_schema for fragment in dataset.get_fragments())]
    return dataset.replace_schema(pa.unify_schemas(schemas, promote_options="permissive")).to_table()


# ---- CSV --------------------------------------------------------------------------------------


def _read_csv(path: Path) -> tuple[pa.Table, list[str]]:
    with pa.input_stream(str(path), compression="detect") as stream:
        start = stream.read(_SAMPLE_BYTES)
    if not start.strip():
        message = f"{str(path)!r} is empty."
        raise DataError(message)
    encoding = _encoding(start)
    if encoding != "cp1252":
        try:
            return _parse(path, start, encoding), []
        except UnicodeError:
            pass
    note = f"{path.name} is not written in UTF-8; it is read as Windows-1252 (Western European)."
    return _parse(path, start, "cp1252"), [note]


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start[: start.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"


@dataclasses.dataclass(frozen=True)
class CsvForm:
    """How a CSV file is written."""

    delimiter: str
    decimal: str
    encoding: str


def csv_form(path: Path) -> CsvForm:
    """Return how a CSV file is written, so that others can read it in the same way."""
    with pa.input_stream(str(path), compression="detect") as stream:
        start = stream.read(_SAMPLE_BYTES)
    encoding = _encoding(start)
    delimiter, rows = _sampled(start, encoding)
    return CsvForm(delimiter, _decimal(delimiter, rows), encoding)


def _sampled(start: bytes, encoding: str) -> tuple[str, list[list[str]]]:
    sample = start.decode(encoding, errors="ignore").splitlines(keepends=True)
    if len(start) == _SAMPLE_BYTES:
        sample.pop()  # cut in the middle
    delimiter = _delimiter(sample)
    return delimiter, list(csv.reader(sample, delimiter=delimiter))


def _decimal(delimiter: str, rows: list[list[str]]) -> str:
    return "," if delimiter == ";" and _has_decimal_commas(rows) else "."


def _parse(path: Path, start: bytes, encoding: str) -> pa.Table:
    delimiter, rows = _sampled(start, encoding)
    table = pa.csv.read_csv(
        str(path),
        read_options=pa.csv.ReadOptions(encoding="utf-8" if encoding == "utf-8-sig" else encoding),
        parse_options=pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            decimal_point=_decimal(delimiter, rows),
            column_types=dict.fromkeys(_codes(rows), pa.string()),
        ),
    )
    return _cleaned(table)


def _delimiter(sample: list[str]) -> str:
    """Return the delimiter that cuts the first lines into the most columns, the same number in each."""
    best, most = ",", 1
    for delimiter in _DELIMITERS:
        widths = {len(row) for row in islice(csv.reader(sample, delimiter=delimiter), 100) if row}
        if len(widths) == 1 and (width := widths.pop()) > most:
            best, most = delimiter, width
    return best


def _has_decimal_commas(rows: list[list[str]]) -> bool:
    cells = [cell for row in rows[1:] for cell in row]
    return any(re.fullmatch(r"-?\d+,\d+", cell) for cell in cells) and not any(
        re.fullmatch(r"-?\d+\.\d+", cell) for cell in cells
    )


def _codes(rows: list[list[str]]) -> Iterable[str]:
    """Return the columns with values such as "00123": read as numbers they would lose their zeros."""
    if not rows:
        return
    for position, name in enumerate(rows[0]):
        if any(re.fullmatch(r"0\d+", row[position]) for row in rows[1:] if position < len(row)):
            yield name


def _cleaned(table: pa.Table) -> pa.Table:
    for position, field in enumerate(table.schema):
        if pa.types.is_binary(field.type):  # what the reader makes of text that is not UTF-8
            raise UnicodeError(field.name)
        if pa.types.is_string(field.type):
            column = table.column(position)
            is_missing = pc.is_in(column, value_set=_MISSING_TEXTS)
            if pc.any(is_missing).as_py():
                table = table.set_column(position, field.name, pc.if_else(is_missing, None, column))
    return table
