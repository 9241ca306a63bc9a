"""Every type of chart in both themes, held against pictures that were looked at.

They are drawn without a browser, by the pinned vl-convert with a font of its own, so that they are the same
on every machine. ``DYNREPORTS_SNAPSHOTS=new`` makes new ones: look at them before they are committed.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
import vl_convert
from PIL import Image, ImageChops

import dynreports as dr
from dynreports.project.chart_model import CHART_TYPES, OVER_TIME
from dynreports.views.charts import static
from dynreports.views.charts import theme as look
from tests.browser.data import mails

SNAPSHOTS = Path(__file__).parent / "snapshots"
WIDTH, HEIGHT, COLUMNS = 360, 220, 4
STRONG = 40
"""By so many of 255 steps a dot differs that is seen to differ."""
MOST = 0.003
"""The part of a picture's dots that may differ so: less than a line or a bar that is missing."""
SETTINGS: dict[str, dict[str, Any]] = {
    "line": {"threshold": 4},
    "bar": {"max_items": 4},
    "bar stacked": {"stacked_100": True},
    "horizontal bar": {"normalized": True},
    "area": {"axis_titles": True},
}


@pytest.fixture(scope="module")
def charts() -> list[Any]:
    event = dr.field("event")
    data = dr.Dataset(
        mails(),
        time="ts",
        timezone="UTC",
        as_of="2026-06-15",
        infer=False,
        dimensions=[dr.Dimension("city", label="City")],
        metrics=[
            dr.count(label="Sent", where=event == "sent"),
            dr.count(label="Opens", where=event == "open"),
            dr.sum("euros", label="Revenue"),
        ],
    )
    panel = dr.Project("Pictures", data).panel("P", period=("2026-05-01", "2026-06-01"))
    cities = panel.table(rows="City", columns=["Sent", "Opens", "Revenue"], title="Cities")
    two = panel.table(rows="City", columns=["Sent", "Opens"], title="Two")
    one = panel.table(rows="City", columns=["Sent"], title="One")
    days = panel.table(rows="Day", columns=["Sent", "Opens"], limit=31, title="Days")
    sources = dict.fromkeys(CHART_TYPES, two) | dict.fromkeys(OVER_TIME, days)
    sources |= {"scatter": cities, "donut": one}
    return [panel.chart(kind, source=sources[kind], **SETTINGS.get(kind, {})) for kind in CHART_TYPES]


def picture(chart: Any, theme: Literal["light", "dark"]) -> Image.Image:
    """Draw a chart, in the font that vl-convert brings, whatever the machine has."""
    drawn = static.svg(chart._session, chart._document.id, theme=theme, width=WIDTH, height=HEIGHT)

    tile = Image.new(
        "RGB", (WIDTH, HEIGHT), look.color("surface", theme)
    )  # rings are as wide as their legend
    tile.paste(Image.open(BytesIO(vl_convert.svg_to_png(drawn, scale=1))))
    return tile


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_look_as_they_did(charts: list[Any], theme: Literal["light", "dark"], tmp_path: Path) -> None:
    rows = -(-len(charts) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * WIDTH, rows * HEIGHT), "#808080")
    for index, chart in enumerate(charts):
        sheet.paste(picture(chart, theme), place(index))
    name = f"charts-{theme}.png"
    if os.environ.get("DYNREPORTS_SNAPSHOTS") == "new":
        SNAPSHOTS.mkdir(exist_ok=True)
        sheet.save(SNAPSHOTS / name, optimize=True)
    sheet.save(tmp_path / name)
    known = Image.open(SNAPSHOTS / name).convert("RGB")
    assert known.size == sheet.size
    other = [
        chart.type
        for index, chart in enumerate(charts)
        if difference(cut(known, index), cut(sheet, index)) > MOST
    ]
    assert other == [], f"see {tmp_path / name}"


def place(index: int) -> tuple[int, int]:
    return index % COLUMNS * WIDTH, index // COLUMNS * HEIGHT


def cut(sheet: Image.Image, index: int) -> Image.Image:
    left, top = place(index)
    return sheet.crop((left, top, left + WIDTH, top + HEIGHT))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the part of the dots that differ so much that it is seen."""
    counts = ImageChops.difference(one.reduce(2), other.reduce(2)).convert("L").histogram()
    return sum(counts[STRONG:]) / sum(counts)


def test_a_change_would_be_seen(charts: list[Any]) -> None:
    line = next(each for each in charts if each.type == "line")
    before = picture(line, "light")
    without = picture(line.settings(threshold=None), "light")
    assert difference(before, before) == 0
    assert difference(before, without) > MOST
    line.settings(threshold=4)
