"""Flows: stages as high as the cells of the table, what goes on and what is left, and when there is none."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

import dynreports as dr
from dynreports.views.charts.reading import UndrawableError

from .charted import data, drawing, offers, panel

__all__ = ["data", "panel"]

STAGES = ["Sent", "Delivered", "Opens", "Clicks"]
COUNTS = {
    "Paris": (400, 380, 120, 30),
    "Rome": (200, 100, 150, 0),  # opened more often than delivered
    "Oslo": (50, 50, 5, 5),
}
SERIES = ("#4350c8", "#cc600b", "#00966a")
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")


def mails() -> pd.DataFrame:
    rows = [
        (city, stage)
        for city, counts in COUNTS.items()
        for stage, count in zip(STAGES, counts, strict=True)
        for _ in range(count)
    ]
    return pd.DataFrame(rows, columns=["city", "event"])


@pytest.fixture
def sheet() -> Any:
    event = dr.field("event")
    made = dr.Dataset(
        mails(),
        dimensions=[dr.Dimension("city", "City")],
        metrics=[
            *(dr.count(label=stage, where=event == stage) for stage in STAGES),
            (dr.count(where=event == "Opens") / dr.count(where=event == "Sent")).named(
                "Open rate", format="percent"
            ),
        ],
        infer=False,
    )
    return dr.Project("Flows", made).panel("P")


def cities(sheet: Any) -> Any:
    return sheet.table(rows="City", columns=STAGES).sort("Sent", descending=True)


def nodes(svg: str) -> list[tuple[str, float, float, float]]:
    """Return the stages that were drawn: colour, middle, top and height."""
    found = []
    root = ElementTree.fromstring(svg)
    for group in root.iter("{http://www.w3.org/2000/svg}g"):
        if "mark-rect role-mark" in group.get("class", ""):
            for path in group:
                x, y, width, height = map(float, NUMBER.findall(path.get("d", ""))[:4])
                found.append((path.get("fill", ""), x + width / 2, y, height))
    return found


def wedges(svg: str, opacity: str) -> list[tuple[float, float]]:
    """Return how high wedges are at their two ends."""
    found = []
    for group in re.findall(r'<g class="mark-area[^"]*"[^>]*>(.*?)</g>', svg):
        [(path, shown)] = re.findall(r'd="([^"]+)"[^>]*fill-opacity="([^"]+)"', group)
        if shown != opacity:
            continue
        numbers = [float(each) for each in NUMBER.findall(path)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        found.append(
            tuple(
                max(y for x, y in points if x == end) - min(y for x, y in points if x == end)
                for end in (left, right)
            )
        )
    return found


def test_stages_are_as_high_as_the_cells_of_the_table(sheet: Any) -> None:
    table = cities(sheet)
    chart = sheet.chart("flow", source=table)
    assert chart.frame().to_numpy().tolist() == table.frame().to_numpy().tolist()
    assert chart.frame().index.to_list() == ["Paris", "Rome", "Oslo"]
    drawn = nodes(chart.svg())
    assert len(drawn) == 12
    step = max(height for *_, height in drawn) / 400
    for (city, counts), color in zip(COUNTS.items(), SERIES, strict=True):
        own = sorted((each for each in drawn if each[0] == color), key=lambda each: each[1])
        assert [each[3] / step for each in own] == pytest.approx(counts, abs=0.5), city
    # Rows lie on top of each other: without a gap, without an overlap.
    for stage in range(4):
        column = sorted(drawn, key=lambda each: (round(each[1]), each[2]))[stage * 3 : stage * 3 + 3]
        for (_, _, top, height), (_, _, below, _) in pairwise(column):
            assert top + height == pytest.approx(below, abs=0.01)


def test_what_goes_on_and_what_does_not_are_drawn_apart(sheet: Any) -> None:
    chart = sheet.chart("flow", source=cities(sheet)).lock(rows=["Rome"])
    svg = chart.svg()
    step = max(height for *_, height in nodes(svg)) / 200
    ends = [(round(a / step), round(b / step)) for a, b in wedges(svg, "0.5")]
    # Of 200 sent 100 go on; of 100 delivered all do; of 150 opened none is clicked.
    assert ends == [(100, 100), (100, 100), (0, 0)]
    # 100 are left behind; 50 more than were delivered come from nowhere, and are not cut off; 150 go.
    pale = [(round(a / step), round(b / step)) for a, b in wedges(svg, "0.16")]
    assert pale == [(100, 0), (0, 50), (150, 0)]


def test_parts_are_of_the_stage_before_and_of_the_first(sheet: Any) -> None:
    chart = sheet.chart("flow", source=cities(sheet))
    marks = {(each["title"], each["head"]): each for each in drawing(chart).marks}
    assert [marks["Paris", stage]["share"] for stage in STAGES] == [
        None,
        "95.0% of Sent",
        "31.6% of Delivered, 30.0% of Sent",
        "25.0% of Opens, 7.5% of Sent",
    ]
    assert marks["Rome", "Opens"]["share"] == "150.0% of Delivered, 75.0% of Sent"
    assert drawing(chart).table.rows[1] == ("Paris", "Delivered", "380", "95.0%", "95.0%")
    assert drawing(chart).table.rows[6] == ("Rome", "Opens", "150", "150.0%", "75.0%")
    assert chart.summary().startswith(
        "Flow of Sent, Delivered, Opens and Clicks by City, 3 items. "
        "Paris: Sent 400; Delivered 380 (95.0% of Sent); Opens 120 (31.6% of Delivered and 30.0% of Sent);"
    )
    # Of nothing there is no part.
    backwards = sheet.chart("flow", source=sheet.table(rows="City", columns=["Clicks", "Sent"]))
    assert "Rome: Clicks 0; Sent 200." in backwards.summary()


def test_the_total_is_one_band_with_its_figures_above_it(sheet: Any) -> None:
    chart = sheet.chart("flow", source=cities(sheet)).lock(total=True)
    assert chart.frame().to_numpy().tolist() == [[650.0, 530.0, 275.0, 35.0]]
    text = re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg())
    for said in ("Sent", "650", "81.5% of Sent", "51.9% of Delivered", "42.3% of Sent", "35"):
        assert said in text, text
    without = re.findall(r"<text[^>]*>([^<]+)</text>", chart.settings(axes=False).svg())
    assert without == []


def test_the_rest_is_a_band_only_where_it_is_known(panel: Any) -> None:
    amounts = panel.table(rows="City", columns=["Visits", "Mobile visits"])
    known = panel.chart("flow", source=amounts, max_items=1)
    assert known.frame().loc["Others"].to_list() == [4.0, 3.0]
    assert "Others" not in known.settings(others=False).frame().index
    # People of one city are people of another, too: what is left over is not known of them.
    people = panel.table(rows="City", columns=["Visits", "People"])
    unknown = panel.chart("flow", source=people, max_items=1)
    assert unknown.frame().index.to_list() == ["Paris"]
    assert "3 more rows are not drawn by themselves." in unknown.summary()
    assert {"max_items", "others", "axes", "legend"} <= offers(unknown).keys()
    assert {"threshold", "zero", "percentages", "granularity"}.isdisjoint(offers(unknown))


def test_more_rows_than_colours_are_left_over() -> None:
    frame = pd.DataFrame({"city": [f"City {n:02}" for n in range(20) for _ in range(n + 1)]})
    data = dr.Dataset(frame, metrics=[dr.count(label="Visits"), dr.count(label="Stays")], infer=False,
                      dimensions=[dr.Dimension("city", "City")])  # fmt: skip
    panel = dr.Project("P", data).panel("P")
    chart = panel.chart("flow", source=panel.table(rows="City", columns=["Visits", "Stays"]))
    assert chart.frame()["Visits"].to_list() == [20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 91.0]


def test_what_are_no_stages_is_not_drawn(sheet: Any, panel: Any) -> None:
    rates = sheet.table(rows="City", columns=["Sent", "Open rate"])
    with pytest.raises(UndrawableError, match="Open rate"):
        sheet.chart("flow", source=rates).svg()
    alone = sheet.table(rows="City", columns=["Sent"])
    with pytest.raises(UndrawableError, match="two columns or more"):
        sheet.chart("flow", source=alone).svg()
    empty = sheet.table(rows="City", columns=STAGES, search="Nowhere")
    chart = sheet.chart("flow", source=empty)
    assert chart.summary() == "Flow: there are no rows to draw."
    assert drawing(chart).marks == ()


def test_figures_below_zero_are_not_drawn() -> None:
    frame = pd.DataFrame({"city": ["Paris", "Rome"], "euros": [5.0, -3.0]})
    data = dr.Dataset(frame, metrics=[dr.count(label="Sales"), dr.sum("euros", label="Euros")], infer=False,
                      dimensions=[dr.Dimension("city", "City")])  # fmt: skip
    panel = dr.Project("P", data).panel("P")
    chart = panel.chart("flow", source=panel.table(rows="City", columns=["Sales", "Euros"]))
    with pytest.raises(UndrawableError, match="below zero"):
        chart.svg()
