"""A folder of campaign logs of a given size: the demo data, with people reacting more often."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dynreports.campaign.demo_data import write

_MESSAGES_PER_RECIPIENT = 15.6
_STEP = 11 * 60_000  # each repetition comes some minutes after the one before
_ROW_GROUP = 1 << 20


def logs(folder: Path, sends: int, tracks: int) -> Path:
    """Write logs of about ``sends`` attempts and exactly ``tracks`` reactions, sorted by delivery."""
    if folder.exists():
        return folder
    draft = folder.with_name(f"{folder.name}.draft")
    write(draft, recipients=int(sends / _MESSAGES_PER_RECIPIENT), end=date(2026, 6, 14))
    path = draft / "tracking_log.parquet"
    own = pq.read_table(path)
    repeated = np.sort(np.arange(tracks) % own.num_rows)
    first = np.concatenate(([True], repeated[1:] != repeated[:-1]))
    starts = np.maximum.accumulate(np.where(first, np.arange(tracks), 0))
    turn = np.arange(tracks) - starts
    table = own.take(pa.array(repeated))
    moved = table["event_date"].cast(pa.int64()).to_numpy() + turn * _STEP
    place = table.schema.get_field_index("event_date")
    table = table.set_column(place, "event_date", pa.array(moved).cast(own.schema.field("event_date").type))
    pq.write_table(table, path, compression="zstd", row_group_size=_ROW_GROUP)
    draft.rename(folder)
    return folder
