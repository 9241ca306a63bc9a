"""Every figure of every report that ships, counted a second time: loops over the log files, no engine."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.api.table import Table as Handle
from dynreports.campaign.demo_data import write
from dynreports.project import templates, tree
from dynreports.project.model import Table
from dynreports.semantics.dataset import Dataset
from tests.campaign import naive
from tests.campaign.naive import Row

IDS = [each.id for each in templates.everything()]
REASONS = naive.REASONS | {
    7: "Address not specified", 9: "Address in quarantine", 10: "Duplicate", 25: "Error ignored"
}  # fmt: skip
ITEMS: dict[str, Callable[[Row], Any]] = {
    **naive.ITEMS,
    "Failure Reason": lambda row: REASONS.get(row["failure_reason"]) if row["send"] else None,
    "Browser": naive.of_reaction("browser"),
    "Device": naive.of_reaction("device"),
    "Mobile App Name": lambda row: row["delivery"]["mobile_app"],
    "Day": lambda row: row["event_date"].date(),
    "Hour": lambda row: row["event_date"].replace(minute=0, second=0, microsecond=0),
}
ONLY = {"push-notification-report": "push", "in-app-report": "inapp", "sms-report": "sms"}
"""The reports about one channel, by what the files call it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("logs") / "Lumen", recipients=500, deliveries=60, days=90)


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return dr.campaign.load(folder)


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[Row]:
    """Every row of the logs that counts, of 30 days that end with today."""
    tables: dict[str, list[Row]] = {}
    for name in ("delivery_log", "tracking_log", "deliveries", "profiles"):
        frame = pd.read_parquet(folder / f"{name}.parquet").astype(object)
        tables[name] = frame.where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    start = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=29)
    found = [row for row in naive.facts(tables) if row["event_date"] >= start]
    assert len(found) > 3_000
    return found


def test_the_channels_are_all_there(rows: list[Row]) -> None:
    assert {row["delivery"]["message_type"] for row in rows} == {"email", "sms", "push", "inapp"}


@pytest.mark.parametrize("id", IDS)
def test_every_table(id: str, data: Dataset, rows: list[Row]) -> None:
    session = dr.template(id, data)._session
    if id in ONLY:
        rows = [row for row in rows if row["delivery"]["message_type"] == ONLY[id]]
    whole = naive.figures(rows, "recipient")
    tables = [table for _, table in tree.tables(session.project)]
    assert tables
    for table in tables:
        labels = [data.catalog.metric(each.metric).label for each in table.columns]
        expected = of_table(table, labels, rows, data)
        shown = Handle(session, table.id)
        frame, total = shown.frame()[labels], shown.total()
        figures = [tuple(round(float(each), 9) for each in row) for row in frame.to_numpy()]
        for each in labels:
            assert round(float(total[each]), 9) == round(float(whole[each]), 9), (table.title, each)
        assert session.result(table.id).count == len(expected), table.title
        assert len(figures) == min(table.limit, len(expected))
        assert table.sort is not None
        if table.sort.column is None:
            assert figures == [each[2] for each in sorted(expected)][: table.limit], table.title
            continue
        # In the order of the column; which of those with equal figures comes first is told elsewhere.
        by = [each.id for each in table.columns].index(table.sort.column)
        ranked = sorted((each[2][by] for each in expected), reverse=True)
        assert [each[by] for each in figures] == ranked[: table.limit], table.title
        known = Counter((label, values) for _, label, values in expected)
        assert not Counter(zip(map(str, frame.index), figures, strict=True)) - known, table.title


NUMBERS = {
    "Sent": "Processed/sent", "Bounces + Errors": "Bounces + Errors", "Hard bounces": "Hard bounce",
    "Soft bounces": "Soft bounce", "Clicks": "Click", "Unique Opens": "Unique opens",
    "Open Rate": "Open rate", "Click Through Rate": "Click through rate", "On Denylist": "On denylist",
    "Errors": "Bounces + Errors", "Bounce + Errors rate": "Bounce + Error rate",
    "Messages sent (real-time throughput)": "Processed/sent",
}  # fmt: skip
"""What the numbers are called that are not called as their metric is."""


@pytest.mark.parametrize("id", IDS)
def test_every_chart(id: str, data: Dataset, rows: list[Row]) -> None:
    if id in ONLY:
        rows = [row for row in rows if row["delivery"]["message_type"] == ONLY[id]]
    whole = naive.figures(rows, "recipient")
    days = {row["event_date"].date() for row in rows}
    for chart in dr.template(id, data).panels[0].charts:
        if chart.type == "summary number":
            # Of everybody in the period: not of the rows that are shown, and people of two rows count once.
            assert chart.value() == pytest.approx(whole[NUMBERS.get(chart.title, chart.title)]), chart.title
        elif chart.type == "line" and chart.title != "Messages per hour":
            figures = chart.frame()
            assert len(figures) >= len(days), f"{chart.title} draws every day, not a page of them"


def test_messages_per_hour(data: Dataset, rows: list[Row]) -> None:
    chart = dr.template("delivery-throughput", data).panels[0]["Messages per hour"]
    drawn = chart.frame()  # type: ignore[union-attr]
    hours: dict[Any, list[Row]] = {}
    for row in rows:
        hours.setdefault(ITEMS["Hour"](row), []).append(row)
    expected = sorted(naive.figures(own, "recipient")["Processed/sent"] for own in hours.values())
    found = sorted(drawn.to_numpy().ravel().tolist())
    assert [each for each in found if each] == [each for each in expected if each]


def of_table(table: Table, labels: list[str], rows: list[Row], data: Dataset) -> list[Any]:
    """Return item, label and figures of every row of a table, in no order."""
    assert table.rows is not None
    by = data.catalog.label(table.rows)
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(ITEMS[by](row), []).append(row)
    made = []
    for item, members in groups.items():
        figures = naive.figures(members, "recipient")
        values = tuple(round(float(figures[each]), 9) for each in labels)
        made.append((item, naive.label_of(item, "N/A"), values))
    return made
