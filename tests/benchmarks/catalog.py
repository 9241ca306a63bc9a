"""Every metric of the campaign catalog in one table of ten rows, and what one more column then takes.

``python -m tests.benchmarks.catalog FOLDER [ROUNDS]``: the folder of `tests.benchmarks.loading`. Cold is a
table of which the engine knows no figure; before the very first one it also has to number the texts.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import dynreports as dr
from dynreports.engine.frames import engine_for
from tests.benchmarks.load_data import logs
from tests.benchmarks.loading import SENDS, TRACKS


def main() -> None:
    """Print the first time, and the medians."""
    data = dr.campaign.load(logs(Path(sys.argv[1]), SENDS, TRACKS))
    *metrics, last = [each.label for each in data.catalog.metrics]
    first, cold, one = [], [], []
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 7):
        panel = dr.Project("Catalog", data).panel("All", period=None)
        engine_for(data).clear_results()
        begin = time.perf_counter()
        panel.table(rows="Delivery", columns=[*metrics, last], limit=10).frame()
        (cold if first else first).append(time.perf_counter() - begin)
        engine_for(data).clear_results()
        panel.table(rows="Delivery", columns=metrics, limit=10).frame()
        begin = time.perf_counter()
        panel.table(rows="Delivery", columns=[*metrics, last], limit=10).frame()
        one.append(time.perf_counter() - begin)
    print(f"{len(data.frame):,} events, {len(metrics) + 1} metrics, 10 rows")
    print(f"the very first time {first[0]:.2f} s, cold {statistics.median(cold):.2f} s")
    print(f"one more column, {last}: {1000 * statistics.median(one):.0f} ms")


if __name__ == "__main__":
    main()
