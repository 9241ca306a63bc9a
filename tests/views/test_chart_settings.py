"""What is left of settings: each has an effect of its own; and charts of rows that people put there."""

from __future__ import annotations

from typing import Any

import pandas as pd

import dynreports as dr
from dynreports.views.charts import static

from .charted import axes, data, drawing, panel, values

__all__ = ["data", "panel"]


def test_chosen_rows_that_were_put_there_are_drawn_and_not_the_total(panel: Any) -> None:
    rows = [("item", ("City", "Paris")), ("item", ("Device", "Mobile"))]
    table = panel.table(rows=rows, columns=["Visits", "People"])
    paris, mobile = table.frame().index
    for kind in ("bar", "horizontal bar", "bar stacked", "combo"):
        chart = panel.chart(kind, source=table).lock(rows=[paris])
        assert values(chart) == {paris: 3}, kind  # not 7, of all visits
        assert values(chart, 1) == {paris: 2}
    assert values(panel.chart("bullet", source=table).lock(rows=[mobile])) == {mobile: 5}
    number = panel.chart("summary number", source=table).lock(rows=[mobile])
    assert number.value() == 5
    # Two visits are of both rows, and count once: neither 8 nor 7.
    assert number.lock(rows=[paris, mobile]).value() == 6
    line = panel.chart("line", source=table, granularity="day").lock(rows=[paris])
    assert list(values(line).values()) == [2, 1]
    ring = drawing(panel.chart("donut", source=table).lock(rows=[paris]))
    assert [(each.label, each.text) for each in ring.series] == [("Visits", "3"), ("People", "2")]
    # And nothing was chosen: all that was put there, and no others, as they may overlap.
    assert values(panel.chart("bar", source=table, max_items=1)) == {paris: 3}
    assert values(panel.chart("bar", source=table)) == {paris: 3, mobile: 5}


def test_rows_that_were_put_there_are_followed_when_they_are_selected(panel: Any) -> None:
    rows = [("item", ("City", "Paris")), ("item", ("Device", "Mobile"))]
    table = panel.table(rows=rows, columns=["Visits"])
    bar, number = panel.chart("bar", source=table), panel.chart("summary number", source=table)
    table.select([table.frame().index[1]])
    assert list(values(bar).values()) == [5]
    assert number.value() == 5


def test_abbreviate_cuts_down_what_is_set_large_and_nothing_else() -> None:
    data = dr.Dataset(
        pd.DataFrame({"paid": [15_600.0, 40.0], "city": ["Paris", "Rome"]}),
        dimensions=["city"],
        metrics=[dr.sum("paid", label="Paid", decimals=0)],
        infer=False,
    )
    panel = dr.Project("Large", data).panel("P")
    table = panel.table(rows=data.catalog.dimensions[0].label, columns=["Paid"])
    chart = panel.chart("summary number", source=table)
    written = []
    for decimals in (None, 0, 1, 3):
        shown = drawing(chart.settings(abbreviate=decimals)).value
        assert shown is not None
        assert (shown.full, chart.value()) == ("15,640", 15_640)
        written.append(shown.text)
    assert written == ["15,640", "16k", "15.6k", "15.640k"]
    change = drawing(panel.chart("summary change", source=table, change="difference", abbreviate=1)).value
    assert change is not None
    assert change.text == "+15.6k"
    assert change.change is not None
    assert change.change.words == "15,560 more than Rome (40)"


def test_the_title_is_hidden_by_its_setting_alone(panel: Any) -> None:
    chart = panel.chart("bar", source=panel.table(rows="City", columns=["Visits"]), title="By city")
    assert "<b>By city</b>" in static.figure(chart._session, chart._document)
    chart.settings(hide_title=True)
    assert "<b>By city</b>" not in static.figure(chart._session, chart._document)
    assert values(chart)["Paris"] == 3


def test_max_items_of_every_type_that_compares_rows(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Paid"])
    for kind in ("bar", "bar stacked", "horizontal bar", "horizontal bar stacked", "combo", "scatter"):
        chart = panel.chart(kind, source=table, max_items=2, others=False)
        assert list(values(chart)) == ["Paris", "Rome"], kind
        chart.settings(others=True)
        assert ("Others" in values(chart)) == (kind != "scatter"), kind  # many rows are no dot


def test_shares_of_stacks_and_areas(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"])
    for kind in ("bar stacked", "horizontal bar", "horizontal bar stacked"):
        chart = panel.chart(kind, source=table, percentages=True)
        assert values(chart)["Oslo"] == 1 / 7, kind
    days = panel.table(rows="Day", columns=["Visits"])
    for kind in ("area", "area stacked"):
        chart = panel.chart(kind, source=days, percentages=True)
        assert next(iter(values(chart).values())) == 2 / 7, kind
        assert axes(chart)[0]["format"] == "~%"


def test_lines_are_scaled_and_shifted_as_bars_are(panel: Any) -> None:
    days = panel.table(rows="Day", columns=["Visits", "Paid"])
    for kind in ("line", "area"):
        chart = panel.chart(kind, source=days, normalized=True, zero=False)
        assert max(each for each in values(chart).values() if each is not None) == 1
        assert max(each for each in values(chart, 1).values() if each is not None) == 1
        assert values(chart, 1)["Friday, May 1"] == 1  # 30 of 30
        assert len(axes(chart)) == 1
        spec = drawing(chart).spec
        assert spec is not None
        assert spec["layer"][0]["encoding"]["y"]["scale"]["zero"] is False


def test_a_threshold_is_drawn_where_it_is_set(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Paid"])
    for kind in ("combo", "scatter", "bar stacked", "line", "area stacked"):
        spec = drawing(panel.chart(kind, source=table, threshold=2)).spec
        assert spec is not None
        rule = spec["layer"][-1]
        assert (rule["mark"]["type"], rule["encoding"]["y"]["datum"]) == ("rule", 2), kind
        assert "data" not in rule or rule["data"] != spec["data"]
