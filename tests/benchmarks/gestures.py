"""How long gestures take in Python, over a table of ten columns, 50 rows and one open breakdown.

``python -m tests.benchmarks.gestures 1_000_000 10_000_000``: from the intent to the reply, and to the last
figure, with every figure forgotten before each gesture; medians of 7.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from typing import Any

import numpy as np
import pandas as pd

import dynreports as dr
from dynreports.engine.frames import engine_for
from dynreports.workspace.controller import Workspace

ROUNDS = 7
KINDS = ["sent", "open", "click", "bounce"]


def dataset(rows: int) -> dr.Dataset:
    random = np.random.default_rng(7)

    def some(count: int, name: str) -> pd.Categorical:
        return pd.Categorical.from_codes(
            random.integers(0, count, rows), [f"{name} {n}" for n in range(count)]
        )

    frame = pd.DataFrame(
        {
            "ts": np.datetime64("2026-01-01")
            + random.integers(0, 120 * 86_400, rows).astype("timedelta64[s]"),
            "delivery": some(60, "Delivery"),
            "city": some(50, "City"),
            "event": pd.Categorical.from_codes(random.choice(4, rows, p=[0.6, 0.28, 0.08, 0.04]), KINDS),
            "person": random.integers(0, rows // 5, rows),
        }
    )
    event = dr.field("event")
    counts = [dr.count(label=kind.title(), where=event == kind) for kind in KINDS]
    people = [dr.distinct("person", label=f"People {kind}", where=event == kind) for kind in KINDS]
    rates = [(each / counts[0]).named(f"Rate of {each.label}", format="percent") for each in counts[1:]]
    return dr.Dataset(
        frame, time="ts", infer=False, dimensions=["delivery", "city"], metrics=[*counts, *people, *rates]
    )


def settled(workspace: Workspace) -> None:
    while any(workspace._drawing.is_waiting(each) for each in tuple(workspace.grids)):
        time.sleep(0.002)


def measure(rows: int) -> None:
    data = dataset(rows)
    project = dr.Project("Gestures", data)
    labels = [each.label for each in data.catalog.metrics]
    table = project.panel("Panel").table(rows="Delivery", columns=labels[:10], limit=50)
    table.break_down("Delivery 1", by="City", limit=5)
    workspace = project._workspace()
    workspace.fill()
    settled(workspace)
    last = labels[10]
    gestures: dict[str, Any] = {
        f"drop of {last} as a column": {
            "verb": "drop",
            "components": [{"kind": "metric", "id": data.catalog.metrics[10].id}],
            "target": {"on": "columns", "table": table._id},
        },
        "another period": {
            "verb": "set_period",
            "panel": "p1",
            "period": {"type": "fixed", "start": "2026-02-01", "end": "2026-04-01"},
        },
    }
    for name, intent in gestures.items():
        replied, drawn = [], []
        for _ in range(ROUNDS):
            project._session.results.clear()
            engine_for(data).clear_results()
            start = time.perf_counter()
            workspace.answer(intent)
            replied.append(time.perf_counter() - start)
            settled(workspace)
            drawn.append(time.perf_counter() - start)
            workspace.answer({"verb": "undo"})
            settled(workspace)
        reply, figures = (f"{1000 * statistics.median(each):.0f} ms" for each in (replied, drawn))
        print(f"{rows:,} records, {name}: answered after {reply}, last figure after {figures}")


if __name__ == "__main__":
    os.environ["DYNREPORTS_REPORTS"] = tempfile.mkdtemp()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for each in sys.argv[1:]:
        measure(int(each))
