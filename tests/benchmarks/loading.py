"""Loading 3 M sends and 10 M reactions to a first table, beside DuckDB over the same files, in one process.

``python -m tests.benchmarks.loading FOLDER [ROUNDS]``; the logs are written to the folder if it is not there.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import duckdb

import dynreports as dr
from tests.benchmarks.child import memory
from tests.benchmarks.load_data import logs

SENDS, TRACKS = 3_000_000, 10_000_000
COLUMNS = ["Delivered", "Bounces + Errors", "Unique opens", "Click", "Unique clicks"]
QUERY = """
with s as (
  select delivery_id, sum(count) filter (status = 1) d, sum(count) filter (status = 2) b
  from {sends} where not is_retry and not is_proof and not is_seed group by 1),
t as (
  select delivery_id,
    count(distinct recipient_id) filter (tracking_url_type in (1, 2, 3, 6, 10, 11)) uo,
    count(*) filter (tracking_url_type in (1, 10, 11)) c,
    count(distinct recipient_id) filter (tracking_url_type in (1, 10, 11)) uc
  from {tracks} group by 1)
select * from s left join t using (delivery_id) order by d desc limit 10
"""


def scan(folder: Path) -> None:
    """Group straight from the files: only the columns of this one question are read."""
    sends, tracks = (f"'{folder / name}.parquet'" for name in ("delivery_log", "tracking_log"))
    duckdb.connect().execute(QUERY.format(sends=sends, tracks=tracks)).fetchall()


def read_and_group(folder: Path) -> None:
    """Read the files into tables, as a dataset holds them for the next question, and group these."""
    connection = duckdb.connect()
    for name in ("delivery_log", "tracking_log"):
        connection.execute(f"create table {name} as select * from '{folder / name}.parquet'")
    connection.execute(QUERY.format(sends="delivery_log", tracks="tracking_log")).fetchall()


def ours(folder: Path) -> None:
    """Load, check, link both logs, and show the first table."""
    panel = dr.Project("Load", dr.campaign.load(folder)).panel("All", period=None)
    panel.table(rows="Delivery", columns=COLUMNS, limit=10).frame()


def main() -> None:
    """Print the median of each, and what ours is of the other two."""
    folder = logs(Path(sys.argv[1]), SENDS, TRACKS)
    before = memory("VmRSS")
    ours(folder)  # first, so that its peak is its own
    print(f"peak beyond imports: {memory('VmHWM') - before:,.0f} MB")
    times: dict[str, list[float]] = {}
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        for way in (scan, ours, read_and_group):
            begin = time.perf_counter()
            way(folder)
            times.setdefault(way.__name__, []).append(time.perf_counter() - begin)
    median = {name: statistics.median(found) for name, found in times.items()}
    for name, seconds in median.items():
        print(f"{name:15s} {seconds:6.2f} s   ours is {median['ours'] / seconds:.2f} times that")


if __name__ == "__main__":
    main()
