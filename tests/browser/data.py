"""A small set of mails, and what its figures are: by pandas, with none of the engine's code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pandas as pd

CITIES = ["Paris", "Lyon", "Lille", "Nantes", "Rennes", "Brest"]
DEVICES = ["Mobile", "Desktop", "Tablet"]
EVENTS = ["sent", "open", "click"]
AS_OF = "2026-06-15"

DATA = f"""
import pandas as pd
import dynreports as dr

mails = pd.read_parquet("mails.parquet")
event = dr.field("event")
data = dr.Dataset(
    "mails.parquet",
    time="ts",
    as_of="{AS_OF}",
    infer=False,
    dimensions=[dr.Dimension(name, label=name.title()) for name in ("city", "device", "wave", "gender")],
    metrics=[
        sent := dr.count(label="Sent", where=event == "sent"),
        opens := dr.count(label="Opens", where=event == "open"),
        dr.distinct("person", label="People"),
        (opens / sent).named("Open rate", format="percent", decimals=1),
        dr.sum("euros", label="Revenue"),
    ],
    segments=[
        dr.Segment("Young", where=dr.field("age") < 30),
        dr.Segment("On mobile", where=dr.field("device") == "Mobile"),
    ],
)
"""
"""What a notebook runs first. The dataset's file lies beside the notebook."""


def mails(rows: int = 800) -> pd.DataFrame:
    """Return mails over three months, whose people are in several cities: sums of people are wrong."""
    random = np.random.default_rng(7)
    start = np.datetime64("2026-04-01T00:00:00")
    city = random.choice([*CITIES, None], rows, p=[0.3, 0.2, 0.16, 0.12, 0.1, 0.07, 0.05])
    return pd.DataFrame(
        {
            "ts": start + random.integers(0, 75 * 24 * 60, rows).astype("timedelta64[m]"),
            "event": random.choice(EVENTS, rows, p=[0.6, 0.3, 0.1]),
            "city": pd.Series(city, dtype="str"),
            "device": random.choice(DEVICES, rows, p=[0.5, 0.35, 0.15]),
            "wave": [f"Wave {number:02}" for number in random.integers(1, 24, rows)],
            "gender": random.choice(["F", "M"], rows),
            "person": random.integers(0, rows // 4, rows),
            "age": random.integers(18, 70, rows),
            "euros": random.integers(0, 50, rows),
        }
    )


def write(folder: Path) -> None:
    mails().to_parquet(folder / "mails.parquet", index=False)


def _count(event: str) -> Callable[[pd.DataFrame], float]:
    return lambda frame: int((frame["event"] == event).sum())


FIGURES: dict[str, Callable[[pd.DataFrame], float]] = {
    "Sent": _count("sent"),
    "Opens": _count("open"),
    "People": lambda frame: int(frame["person"].nunique()),
    "Open rate": lambda frame: (frame["event"] == "open").sum() / (frame["event"] == "sent").sum(),
    "Revenue": lambda frame: int(frame["euros"].sum()),
}


def figure(metric: str, frame: pd.DataFrame) -> str:
    """Return a figure of some mails as a person reads it."""
    value = FIGURES[metric](frame)
    if metric != "Open rate":
        return f"{value:,}"
    # As at school: 46.25 is 46.3.
    return f"{(100 * Decimal(repr(float(value)))).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


Rows = list[tuple[str, ...]]


def rows(
    frame: pd.DataFrame, by: str, metrics: Sequence[str], *, most: int | None = None, sort: str | None = None
) -> Rows:
    """Return the rows of a table: label and figures, most of one metric first, ties by label, no value last."""
    parts = frame.assign(key=frame[by].fillna("N/A")).groupby("key")
    groups = {str(label): part for label, part in parts}
    column = FIGURES[sort or metrics[0]]
    order = sorted(groups, key=lambda label: (-column(groups[label]), label == "N/A", label))
    return [(label, *(figure(each, groups[label]) for each in metrics)) for label in order[:most]]


def between(frame: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return the mails of a period; its end is not part of it."""
    return frame[(frame["ts"] >= start) & (frame["ts"] < end)]
