"""Loading a folder of campaign logs as a dataset with the campaign catalog."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa

from dynreports.campaign.catalog import RECORDS, components
from dynreports.campaign.events import RECIPIENT, UNIQUE_KEYS, event_frame
from dynreports.campaign.tables import read_tables
from dynreports.errors import unknown_name
from dynreports.semantics.dataset import Dataset


def load(folder: str | Path, *, unique_key: str = RECIPIENT) -> Dataset:
    """Return the dataset of a folder of campaign logs; see `dynreports.campaign.load`."""
    if unique_key not in UNIQUE_KEYS:
        raise unknown_name("unique_key", str(unique_key), UNIQUE_KEYS)
    root = Path(folder).expanduser().resolve()
    frame, notes = _read(root, unique_key)
    found = components([str(name) for name in frame.columns])
    # The first reading serves the dataset; a refresh reads the folder again.
    first = [frame]
    del frame
    return Dataset(
        lambda: first.pop() if first else _read(root, unique_key)[0],
        time="event_date",
        timezone="UTC",
        dimensions=found.dimensions,
        metrics=found.metrics,
        segments=found.segments,
        name=root.name,
        infer=False,
        path=root,
        reader="campaign",
        options={} if unique_key == RECIPIENT else {"unique_key": unique_key},
        notes=[*notes, *found.switched_off],
        records=RECORDS,
    )


def _read(folder: Path, unique_key: str) -> tuple[pd.DataFrame, list[str]]:
    tables, notes = read_tables(folder)
    frame, more = event_frame(tables, unique_key)
    del tables
    # What was read is not needed any more, and Arrow would keep its memory for other tables.
    pa.default_memory_pool().release_unused()
    return frame, [*notes, *more]
