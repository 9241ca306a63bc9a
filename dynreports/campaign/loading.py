"""Loading a folder of campaign logs, or the demo data, as a dataset with the campaign catalog."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from dynreports.campaign.catalog import components
from dynreports.campaign.events import event_frame
from dynreports.errors import DataError
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.source import read_frame

REQUIRED = ("delivery_log", "tracking_log", "deliveries")
OPTIONAL = ("campaigns", "profiles")
_NEEDED = {
    "delivery_log": ("delivery_id", "recipient_id", "event_date", "status"),
    "tracking_log": ("delivery_id", "recipient_id", "event_date"),
    "deliveries": ("delivery_id", "name", "label", "message_type"),
    "campaigns": ("campaign_id", "name", "label"),
    "profiles": ("recipient_id",),
}
_ENDINGS = (".parquet", ".csv", "")


def load(folder: str | Path, *, timezone: str = "UTC", as_of: dt.date | str | None = None) -> Dataset:
    """Return the dataset of a folder of campaign logs.

    Parameters
    ----------
    folder
        Holds ``delivery_log``, ``tracking_log`` and ``deliveries``, and may hold ``campaigns`` and
        ``profiles``: each as ``NAME.parquet``, ``NAME.csv`` or a folder ``NAME`` of them.
    timezone
        The zone in which days start.
    as_of
        The moment that rolling periods move with; not given: the clock.

    Raises
    ------
    DataError
        If a required table or column is missing.
    """
    root = Path(folder).expanduser()
    frame = read_events(root)
    dimensions, metrics, segments, _missing = components(list(frame.columns))
    # The first reading serves the dataset; a refresh reads the folder again.
    first = [frame]
    return Dataset(
        lambda: first.pop() if first else read_events(root),
        time="event_date",
        timezone=timezone,
        dimensions=dimensions,
        metrics=metrics,
        segments=segments,
        name=root.name,
        as_of=as_of,
        infer=False,
        path=root,
        reader="campaign",
    )


def read_events(folder: Path) -> pd.DataFrame:
    """Read the logs of a folder into one frame of events."""
    if not folder.is_dir():
        message = f"{folder} is not a folder of campaign logs."
        raise DataError(message)
    logs: dict[str, pd.DataFrame] = {}
    for name in (*REQUIRED, *OPTIONAL):
        path = _table_path(folder, name)
        if path is not None:
            logs[name], _notes = read_frame(path)
            _check_columns(name, logs[name], path)
        elif name in REQUIRED:
            message = f"{folder} has no {name}. Accepted: {name}.parquet, {name}.csv, or a folder {name} of such files."
            raise DataError(message)
    return event_frame(logs)


def _table_path(folder: Path, name: str) -> Path | None:
    return next((path for end in _ENDINGS if (path := folder / f"{name}{end}").exists()), None)


def _check_columns(name: str, frame: pd.DataFrame, path: Path) -> None:
    absent = [each for each in _NEEDED[name] if each not in frame]
    if absent:
        message = f"{path} has no column {', '.join(absent)}. It has: {', '.join(map(str, frame.columns))}."
        raise DataError(message)
