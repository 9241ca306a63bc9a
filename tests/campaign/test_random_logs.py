"""Random logs, read from files and shown in tables, equal what loops over their rows count."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dynreports as dr
from dynreports.campaign.catalog import METRICS
from dynreports.semantics.catalog import ref_of
from tests.campaign import naive
from tests.campaign.folders import day

LABELS = [each.label for each in METRICS]
MAIL_KINDS = [1, 2, 3, 6, 10, 11, 4, 5, 99]
ACTIONS = {"push": ["impression", "open", "click"], "inapp": ["view", "button1", "button2", "close"]}

# What becomes of a message: attempts of (days later, status, type, reason, is_retry, count).
FATES = [
    [(0, 1, 0, 0, False, 1)],
    [(0, 2, 1, 5, True, 1), (1, 1, 0, 0, False, 1)],
    [(0, 2, 1, 3, True, 1), (1, 2, 1, 3, True, 1), (2, 2, 1, 5, False, 1)],
    [(0, 1, 0, 0, False, 1), (1, 1, 0, 0, False, -1), (1, 2, 2, 1, False, 1)],
    [(0, 1, 2, 8, False, 1)],
    [(0, 1, 2, 8, False, 1), (2, 1, 2, 8, False, -1)],
    [(0, 2, 2, 20, False, 1)],
    [(0, 2, 2, 8, False, 1)],
    [(0, 2, 0, 6, False, 1)],
    [(0, 2, 2, 2, False, 1)],
]


@st.composite
def logs(draw: st.DrawFn) -> dict[str, list[naive.Row]]:
    """Logs of up to four deliveries to five people and a few apps."""
    deliveries = [
        {
            "delivery_id": number,
            "name": f"DM{number}",
            "label": draw(st.sampled_from(["Spring", "Summer"])),
            "message_type": draw(st.sampled_from(["email", "email", "sms", "push", "inapp"])),
            "deleted": draw(st.booleans()),
            "mobile_app": draw(st.sampled_from([None, "Shop", "Game"])),
            "execution_type": draw(st.sampled_from(["single", "recurring", "transactional"])),
            "parent_name": "R1",
            "parent_label": "Digest",
        }
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]
    sends: list[naive.Row] = []
    tracks: list[naive.Row] = []
    for message in range(1, draw(st.integers(1, 10)) + 1):
        _message(draw, message, draw(st.sampled_from(deliveries)), sends, tracks)
    births = ["1970-06-02", "2001-06-03", None]
    profiles = [
        {"recipient_id": person, "city": city, "birth_date": birth}
        for person, city, birth in zip((1, 2, 3), ("Paris", None, "Rome"), births, strict=True)
    ]
    return {"delivery_log": sends, "tracking_log": tracks, "deliveries": deliveries, "profiles": profiles}


def _message(
    draw: st.DrawFn, message: int, delivery: naive.Row, sends: list[naive.Row], tracks: list[naive.Row]
) -> None:
    about = {
        "message_id": message,
        "delivery_id": delivery["delivery_id"],
        "recipient_id": draw(st.sampled_from([1, 2, 3, 4, None])),
        "device_app_id": draw(st.sampled_from([None, "d1", "d2"])),
    }
    of_message = {
        "recipient_domain": draw(st.sampled_from([None, "a.example", "b.example"])),
        "cus_loyalty": draw(st.sampled_from([None, "gold", "silver"])),
        "is_proof": draw(st.integers(0, 9)) == 0,
        "is_seed": draw(st.integers(0, 9)) == 0,
        "is_quarantine": draw(st.booleans()),
    }
    first = draw(st.integers(1, 4))
    for later, status, kind, reason, is_retry, count in draw(st.sampled_from(FATES)):
        attempt = {"status": status, "failure_type": kind, "failure_reason": reason, "is_retry": is_retry}
        sends.append(about | of_message | attempt | {"event_date": day(first + later), "count": count})
    for _ in range(draw(st.integers(0, 5))):
        actions = ACTIONS.get(delivery["message_type"])
        action = None if actions is None else draw(st.sampled_from(actions))
        tracks.append(
            about
            | {
                "message_id": draw(st.sampled_from([message, message, None])),
                "event_date": day(first + draw(st.integers(0, 3))),
                "tracking_url_type": draw(st.sampled_from(MAIL_KINDS)) if action is None else None,
                "action": action,
                "url": draw(st.sampled_from([None, "/one", "/two"])),
                "platform": draw(st.sampled_from([None, "iOS", "Windows"])),
            }
        )


def write(tables: dict[str, list[naive.Row]], folder: Path) -> None:
    """Write what was drawn, every column there even when nothing was."""
    tracks = ["message_id", "delivery_id", "recipient_id", "device_app_id", "event_date", "tracking_url_type",
              "action", "url", "platform"]  # fmt: skip
    for name, rows in tables.items():
        frame = pd.DataFrame(rows, columns=tracks if name == "tracking_log" else None)
        if name == "tracking_log":
            frame["event_date"] = frame["event_date"].astype("datetime64[us]")
        frame.convert_dtypes().to_parquet(folder / f"{name}.parquet", index=False)


def shown(frame: pd.DataFrame, labels: list[str]) -> list[Any]:
    cells = (
        (str(item), tuple(None if pd.isna(value) else round(float(value), 9) for value in row))
        for item, row in zip(frame.index, frame[labels].astype(object).to_numpy(), strict=True)
    )
    return sorted(cells, key=repr)


def expected(rows: list[Any], labels: list[str], blank: set[str]) -> list[Any]:
    """Return what the loops counted; rows that have a value have none where nothing that fits was counted."""

    def cell(item: str, found: Any, label: str) -> float | None:
        figure = round(float(found[label]), 9)
        return None if item != "N/A" and label in blank and figure == 0 else figure

    cells = ((item, tuple(cell(item, found, label) for label in labels)) for item, found in rows)
    return sorted(cells, key=repr)


@given(
    logs(),
    st.sampled_from(["recipient", "deliveryLog"]),
    st.sampled_from([None, (2, 4), (1, 2)]),
    st.sampled_from([None, *naive.SEGMENTS]),
    st.lists(st.sampled_from(list(naive.ITEMS)), min_size=2, max_size=2, unique=True),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_tables_equal_loops_over_the_logs(
    tables: dict[str, list[naive.Row]],
    unique_key: str,
    days: tuple[int, int] | None,
    segment: str | None,
    dimensions: list[str],
) -> None:
    with TemporaryDirectory() as folder:
        write(tables, Path(folder))
        data = dr.campaign.load(folder, unique_key=unique_key)
    rows = naive.facts(tables)
    period = None
    if days is not None:
        start, end = (day(each).replace(hour=0) for each in days)
        rows = [row for row in rows if start <= row["event_date"] < end]
        period = tuple(each.date().isoformat() for each in (start, end))
    offered = {each.label for each in data.catalog}
    segments = [segment] if segment in offered else []
    if segments:
        rows = [row for row in rows if naive.SEGMENTS[segments[0]](row)]
    panel = dr.Project("Random", data).panel("P", period=period, segments=segments)
    labels = [each.label for each in data.catalog.metrics]
    assert len(labels) > 20
    total = naive.figures(rows, unique_key)
    for dimension in offered.intersection(dimensions):
        table = panel.table(dimension, labels, limit=100)
        ref = ref_of(data.catalog.find_any(dimension))
        blank = {each.label for each in data.catalog.metrics if data.catalog.misfit(ref, each.id)}
        counted = expected(naive.table(rows, dimension, unique_key), labels, blank)
        assert shown(table.frame(), labels) == counted
        for figures in (table.total(), table.grand_total()):
            assert {label: round(float(figures[label]), 9) for label in labels} == {
                label: round(float(total[label]), 9) for label in labels
            }


def test_the_loops_count_what_the_reference_counts() -> None:
    """The oracle itself, on E3: a mistake made twice would go unseen."""
    delivery = {"delivery_id": 1, "name": "DM1", "message_type": "email", "mobile_app": None}
    base = {"delivery_id": 1, "device_app_id": None, "action": None}
    sends = [
        base | {"message_id": who, "recipient_id": who, "status": 1, "failure_type": 0, "failure_reason": 0,
                "is_retry": False, "count": 1, "is_quarantine": False}
        for who in (1, 2, 3, 4)
    ]  # fmt: skip
    kinds = [(1, 2)] * 3 + [(2, 1)] * 2 + [(3, 2), (3, 1), (4, 6)]
    tracks = [
        base | {"message_id": who, "recipient_id": who, "tracking_url_type": kind} for who, kind in kinds
    ]
    found = naive.figures(
        naive.facts(
            {"delivery_log": sends, "tracking_log": tracks, "deliveries": [delivery], "profiles": []}
        ),
        "recipient",
    )
    names = ["Open", "Unique opens", "Click", "Unique clicks", "Mirror page", "Delivered", "Open rate"]
    assert [found[name] for name in names] == [6, 4, 3, 2, 1, 4, 1.0]
    assert found["Click through rate"] == pytest.approx(0.5)
    assert set(found) == set(LABELS)
