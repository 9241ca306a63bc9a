"""How the code gets its data: from the file that the dataset was read from, or from the caller."""

from __future__ import annotations

from pathlib import Path

from dynreports.project.code.literals import call
from dynreports.semantics.columns import FieldType
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.files import csv_form

_TEXT_GAPS = ["", "N/A", "n/a", "#N/A", "NULL", "null", "NaN", "nan"]
_NUMBER_GAPS = [*_TEXT_GAPS, "NA"]


def reading(dataset: Dataset, used: list[str]) -> tuple[list[str], list[str]]:
    """Return the imports and the lines that make the variable ``df`` with the columns that are used."""
    path = dataset.path
    if path is None:
        return [], ["# df: the DataFrame that the report is about."]
    if dataset.reader == "campaign":
        options = [f"{name}={value!r}" for name, value in sorted(dataset.options.items())]
        return ["import dynreports as dr"], [
            f"df = {call('dr.campaign.load', [repr(str(path)), *options])}.frame"
        ]
    if path.is_dir():
        files = sorted(each for each in path.rglob("*") if each.is_file() and each.name[0] not in "._")
        if files and files[0].suffix.lower() in {".parquet", ".pq"}:
            return [], [f"df = pd.read_parquet({str(path)!r})"]
        parts = "".join(f"    {_read_csv(file, dataset, used, '    ')},\n" for file in files)
        return [], [f"df = pd.concat([\n{parts}], ignore_index=True)"]
    if path.suffix.lower() in {".parquet", ".pq"}:
        return [], [f"df = pd.read_parquet({str(path)!r}, columns={used!r})"]
    return [], [f"df = {_read_csv(path, dataset, used)}"]


def _read_csv(path: Path, dataset: Dataset, used: list[str], indent: str = "") -> str:
    form = csv_form(path)
    parts = [repr(str(path)), f"usecols={used!r}"]
    if form.delimiter != ",":
        parts.append(f"sep={form.delimiter!r}")
    if form.decimal != ".":
        parts.append(f"decimal={form.decimal!r}")
    if form.encoding != "utf-8":
        parts.append(f"encoding={form.encoding!r}")
    texts = [name for name in used if dataset.fields[name] == "text"]
    if texts:
        parts.append(f"dtype={dict.fromkeys(texts, 'str')!r}")
        parts.append("keep_default_na=False")
        gaps = {name: _gaps(dataset.fields[name]) for name in used}
        parts.append(f"na_values={gaps!r}")
    return call("pd.read_csv", parts, indent)


def _gaps(kind: FieldType) -> list[str]:
    # "NA" is a text of its own (the code of Namibia), but no number.
    return _TEXT_GAPS if kind == "text" else _NUMBER_GAPS
