"""Loading a folder of campaign logs as a dataset with the campaign catalog."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from dynreports.campaign.catalog import RECORDS, components
from dynreports.campaign.events import RECIPIENT, UNIQUE_KEYS, event_frame
from dynreports.campaign.folders import ColumnMap, Folder
from dynreports.campaign.freshness import cutoff, incomplete, newest, too_old
from dynreports.campaign.linking import check_links
from dynreports.campaign.report import Finding, LoadReport
from dynreports.errors import DataError, InvalidInputError, unknown_name
from dynreports.project.storage import Storage
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.source import Reading

_RETENTION = 3


FOLDER_VARIABLE = "DYNREPORTS_DATA"
_USUAL = Path("data", "campaign")


def usual_folder() -> Path:
    """Return where the logs are that a notebook means which names no folder.

    Raises
    ------
    DataError
        If there are none; the message says where they were looked for.
    """
    if told := os.environ.get(FOLDER_VARIABLE):
        return Path(told)
    here = Path.cwd()
    for beside in (Storage().folder.parent, here, *here.parents):
        if (beside / _USUAL).is_dir():
            return beside / _USUAL
    message = (
        f"No folder of campaign logs was given, and there is no {_USUAL} in {here}, above it or beside the "
        f"reports. Give one, or set {FOLDER_VARIABLE}; dr.campaign.demo() makes data up."
    )
    raise DataError(message)


def load(
    folder: str | Path | None = None,
    *,
    columns: ColumnMap | None = None,
    retention: float | None = _RETENTION,
    unique_key: str = RECIPIENT,
) -> Dataset:
    """Return the dataset of a folder of campaign logs; see `dynreports.campaign.load`."""
    if unique_key not in UNIQUE_KEYS:
        raise unknown_name("unique_key", str(unique_key), UNIQUE_KEYS)
    if retention is not None and not (isinstance(retention, int | float) and retention > 0):
        message = f"retention must be a number of years above 0, or None for everything; got {retention!r}."
        raise InvalidInputError(message)
    reader = Reader(Path(folder or usual_folder()).expanduser().resolve(), columns, retention, unique_key)
    options = {
        "columns": {table: dict(names) for table, names in (columns or {}).items()},
        "retention": retention,
        "unique_key": unique_key,
    }
    usual = {"columns": {}, "retention": _RETENTION, "unique_key": RECIPIENT}
    return Dataset(
        reader,
        time="event_date",
        timezone="UTC",
        name=reader.folder.path.name,
        infer=False,
        path=reader.folder.path,
        reader="campaign",
        options={name: value for name, value in options.items() if value != usual[name]},
        records=RECORDS,
    )


class Reader:
    """Reads the folder, and when called again only those files that are new or changed."""

    def __init__(
        self, path: Path, columns: ColumnMap | None, retention: float | None, unique_key: str
    ) -> None:
        self.folder = Folder(path, columns)
        self._retention = retention
        self._unique_key = unique_key

    def __call__(self) -> Reading:
        """Return the folder's events as they are now, and what was found wrong."""
        tables, notes, findings = self.folder.read()
        self.folder.prepare()
        check_links(tables)
        until = newest(tables, dt.datetime.now(dt.UTC))
        since = cutoff(until, self._retention)
        old = too_old(tables, since)
        events = event_frame(tables, self._unique_key, since if old else None)
        # What was read is not needed any more, and Arrow would keep its memory for other tables.
        pa.default_memory_pool().release_unused()
        found = components(events.frame.columns)
        findings += [each for table in tables.values() for each in table.findings]
        findings += [_switched_off(each) for each in found.switched_off]
        report = LoadReport(_sorted(findings))
        arriving = incomplete(tables["deliveries"], until)
        said = [
            *notes,
            report.note(),
            *events.notes,
            _left_out(old, since, self._retention) if old and since and self._retention else None,
            arriving.note if arriving else None,
            *found.switched_off,
        ]
        return Reading(
            events.frame,
            notes=tuple(each for each in said if each is not None),
            report=report,
            incomplete=arriving.words if arriving else None,
            dimensions=found.dimensions,
            metrics=found.metrics,
            segments=found.segments,
        )


def _switched_off(sentence: str) -> Finding:
    """Return what the catalog says of components that it had to leave out."""
    reason, _, labels = sentence.removeprefix("Switched off, as ").removesuffix(".").partition(": ")
    return Finding("", "", reason[:1].upper() + reason[1:], f"switched off: {labels}" if labels else "")


def _sorted(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda each: (-bool(not each.count), each.file, each.column))


def _left_out(count: int, since: np.datetime64, years: float) -> str:
    """Say how many events retention left out."""
    day = since.astype("datetime64[D]").item()
    return (
        f"{count:,} {'event' if count == 1 else 'events'} before {day:%b} {day.day}, {day.year} are left "
        f"out: reports keep {years:g} {'year' if years == 1 else 'years'}. "
        "To have all: load(folder, retention=None)."
    )
