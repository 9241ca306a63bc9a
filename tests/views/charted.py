"""Data for tests of charts, and what is drawn of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.views import charts as views
from dynreports.views.charts.drawing import Drawing, draw


@pytest.fixture(scope="module")
def data() -> dr.Dataset:
    """Visits: some people come to several cities, so cities don't add up to all people."""
    rows = [
        ("2026-05-01", "Paris", "Mobile", 1, 10.0), ("2026-05-01", "Paris", "Mobile", 2, 20.0),
        ("2026-05-02", "Paris", "Desktop", 1, 5.0), ("2026-05-02", "Rome", "Mobile", 1, 8.0),
        ("2026-05-04", "Rome", "Desktop", 3, 2.0), ("2026-05-04", "Oslo", "Mobile", 3, 1.0),
        ("2026-05-05", None, "Mobile", 4, 4.0),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["ts", "city", "device", "who", "paid"]).astype(
        {"ts": "datetime64[s]"}
    )
    visits, people = dr.count(label="Visits"), dr.distinct("who", label="People")
    mobile = dr.count(where=dr.field("device") == "Mobile", label="Mobile visits")
    return dr.Dataset(
        frame,
        time="ts",
        timezone="UTC",
        dimensions=[dr.Dimension("city", "City"), dr.Dimension("device", "Device")],
        metrics=[
            visits, people, mobile, dr.sum("paid", label="Paid"),
            dr.mean("paid", label="Average", decimals=1),
            (mobile / visits).named("Mobile rate", format="percent", decimals=1),
        ],
        as_of="2026-06-01",
        infer=False,
    )  # fmt: skip


@pytest.fixture
def panel(data: dr.Dataset) -> Any:
    return dr.Project("Charts", data).panel("P")


def drawing(chart: Any) -> Drawing:
    return draw(chart._session, chart._document)


def values(chart: Any, series: int = 0) -> dict[str, float | None]:
    return {each["title"]: each["v"] for each in drawing(chart).marks if each["s"] == f"s{series}"}


def axes(chart: Any) -> list[dict[str, Any]]:
    """Return the axes of values of the layers that are drawn."""
    spec = drawing(chart).spec
    assert spec is not None
    return [layer["encoding"]["y"]["axis"] for layer in spec["layer"] if "y" in layer["encoding"]]


def offers(chart: Any) -> dict[str, str | None]:
    document = chart._document
    return views.payload(chart._session, document, {document.source: 1}, 0).offers
