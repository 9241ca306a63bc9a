"""Rings, dots, bullets and numbers; what charts are locked to; labels that people may call things."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import DynReportsError, InvalidInputError, UnknownNameError
from dynreports.project import commands as do
from dynreports.semantics.locales import ENGLISH
from dynreports.views.charts.summaries import written

from .charted import data, drawing, panel, values

__all__ = ["data", "panel"]


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "datum['a'] + alert(1)",
    "{{x}}\n\"'\\",
    "__proto__",
    "=1+1",
    "Paris",
]


# ---- rings, dots and bullets --------------------------------------------------------------------


def test_a_donut_per_column(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People"])
    found = drawing(panel.chart("donut", source=table))
    assert [(each.title, each.text) for each in found.parts or ()] == [("Visits", "7"), ("People", "4")]
    shares = [each["share"] for each in found.marks if each["part"] == "p1"]
    assert shares == ["50.0%", "50.0%", "25.0%", "25.0%"]  # of 4 people; the slices come to 6
    assert [each.color for each in found.series] == [1, 2, 3, 4]
    table.limit(1)
    found = drawing(panel.charts[0])
    assert [(each.label, each.color) for each in found.series] == [("Paris", 1), ("Others", 8)]
    assert [each["v"] for each in found.marks] == [3, 4, 2, None]


def test_percentages_of_rings_and_bullets(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"])
    ring = panel.chart("donut", source=table)
    first = drawing(ring).series[0]
    assert (first.text, first.share) == ("3", "42.9%")
    first = drawing(ring.settings(percentages=True)).series[0]
    assert (first.text, first.share) == (None, "42.9%")
    bullet = panel.chart("bullet", source=table, percentages=True, goals=(10, 40, 60)).lock(rows=["Paris"])
    mark = drawing(bullet).marks[0]
    assert [mark[each] for each in "vlmh"] == pytest.approx([3 / 7, 0.1, 0.4, 0.6])
    assert "it reaches the middle goal" in bullet.summary()


def test_a_donut_of_one_row_has_its_columns(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Mobile visits"])
    chart = panel.chart("donut", source=table).lock(rows=["Rome"])
    found = drawing(chart)
    assert [(each.label, each.text) for each in found.series] == [("Visits", "2"), ("Mobile visits", "1")]
    assert (found.parts or ())[0].title == "Rome"
    assert [each["column"] for each in found.marks] == [each.id for each in table._document.columns]


def test_what_is_no_part_of_a_whole_is_no_slice(panel: Any) -> None:
    rates = panel.table(rows="City", columns=["Average"])
    with pytest.raises(DynReportsError, match="no parts of a whole"):
        panel.chart("donut", source=rates).spec()


def test_dots(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People", "Paid"])
    chart = panel.chart("scatter", source=table)
    dot = drawing(chart).marks[1]
    assert (dot["title"], dot["v"], dot["x"], dot["r"]) == ("Rome", 2, 2, 10)
    assert dot["texts"] == ["2", "2", "10"]
    encoding = drawing(chart).spec["layer"][0]["encoding"]  # type: ignore[index]
    assert (encoding["y"]["axis"]["title"], encoding["x"]["axis"]["title"]) == ("Visits", "People")
    assert encoding["size"]["field"] == "r"
    with pytest.raises(DynReportsError, match="two columns"):
        panel.chart("scatter", source=panel.table(rows="City", columns=["Visits"])).spec()


def test_bullets_measure_against_goals(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"], search="paris", include_missing=False)
    chart = panel.chart("bullet", source=table)
    mark = drawing(chart).marks[0]
    # The total of the search against all visits of the panel, not against itself.
    assert [mark[each] for each in "vlmh"] == pytest.approx([3, 3.5, 5.6, 7])
    assert "below the low goal" in chart.summary()
    mark = drawing(chart.settings(goals=(1, 2, 4))).marks[0]
    assert [mark[each] for each in "lmh"] == [1, 2, 4]
    rate = panel.chart("bullet", source=panel.table(columns=["Mobile rate"]), goals=(25, 50, 75))
    assert [drawing(rate).marks[0][each] for each in "vlmh"] == pytest.approx([5 / 7, 0.25, 0.5, 0.75])
    assert drawing(rate).marks[0]["texts"] == ["25.0%", "50.0%", "75.0%"]


# ---- numbers ------------------------------------------------------------------------------------


def test_a_summary_number_is_the_total_at_its_own_grain(panel: Any) -> None:
    table = panel.table(rows="City", columns=["People", "Mobile rate"])
    chart = panel.chart("summary number", source=table)
    assert chart.value() == 4  # the rows come to 6
    table.select(["Paris", "Rome"])
    assert chart.value() == 3  # 2 and 2, but person 1 is in both
    table.select([], ["Mobile rate"])
    assert chart.value() == pytest.approx(5 / 7)
    table.select(["Paris", "Rome"], ["Mobile rate"])
    assert chart.value() == 0.6  # 3 of 5 visits, not the mean of 2/3 and 1/2
    assert drawing(chart).value.text == "60.0"  # type: ignore[union-attr]
    table.select(["Rome"], ["People"])
    assert (chart.value(), drawing(chart).value.caption) == (2, "People : Rome")  # type: ignore[union-attr]
    assert chart.spec() is None


def test_statistics_are_of_the_rows(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People"])
    chart = panel.chart("summary number", source=table)
    found = {how: chart.settings(summarize=how).value() for how in ("mean", "median", "min", "max", "sum")}
    assert found == {"mean": 1.75, "median": 1.5, "min": 1, "max": 3, "sum": 7}
    chart.settings(summarize="sum").lock(columns=["People"])
    with pytest.raises(DynReportsError, match="counts it once"):
        chart.value()


def test_the_trend_of_a_number_is_that_of_its_rows(panel: Any) -> None:
    table = panel.table(rows="City", columns=["People"])
    chart = panel.chart("summary number", source=table)
    assert drawing(chart).value.trend == (2, 1, 0, 1, 1)  # type: ignore[union-attr]
    chart.lock(rows=["Rome", "Oslo"])
    assert drawing(chart).value.trend == (0, 1, 0, 1, 0)  # type: ignore[union-attr]
    assert drawing(chart.settings(trend=False)).value.trend is None  # type: ignore[union-attr]


def test_a_change_is_of_the_first_against_the_second(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Mobile rate"])
    chart = panel.chart("summary change", source=table)
    assert chart.value() == 0.5  # 3 against 2
    shown = drawing(chart).value
    assert shown is not None
    assert (shown.text, shown.unit, shown.caption) == ("+50.0", "%", "Paris against Rome")
    assert (shown.change.direction, shown.change.words) == ("up", "50.0% more than Rome (2)")  # type: ignore[union-attr]
    assert chart.settings(change="difference").value() == 1
    table.select(["Rome", "Paris"], ["Mobile rate"])
    assert chart.value() == pytest.approx(1 / 2 - 2 / 3) or chart.value() == pytest.approx(2 / 3 - 1 / 2)
    assert drawing(chart).value.unit == "pts"  # type: ignore[union-attr]
    table.select([()])
    with pytest.raises(DynReportsError, match="different units"):
        chart.value()
    table.select([()], ["Visits"])
    with pytest.raises(DynReportsError, match="between two cells"):
        chart.value()


def test_a_change_from_nothing_has_no_figure(panel: Any) -> None:
    table = panel.table(rows="City", columns=[("Visits", {"item": ("Device", "Desktop")})])
    chart = panel.chart("summary change", source=table).lock(rows=["Paris", "Oslo"])
    shown = drawing(chart).value
    assert (chart.value(), shown.text) == (None, "–")  # type: ignore[union-attr]
    assert shown.change.words == "nothing to compare with: Oslo (0)"  # type: ignore[union-attr]
    assert chart.settings(change="difference").value() == 1


def test_large_figures_are_cut_down(panel: Any) -> None:
    metric = dr.count()
    cut = [
        written(float(each), metric, 1, ENGLISH)[0]
        for each in (12, 999.4, 999_960, 15_640, 2.5e9, 9e15, -1_250)
    ]
    assert cut == ["12", "999", "1.0M", "15.6k", "2.5B", "9,000.0T", "-1.3k"]
    assert written(math.nan, metric, 1, ENGLISH) == ("–", "")
    assert written(0.156, dr.count().named("Rate", format="percent", decimals=1), 2, ENGLISH) == ("15.6", "%")


# ---- locks --------------------------------------------------------------------------------------


def test_locked_items_are_drawn_wherever_they_stand(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Paid"], limit=1)
    chart = panel.chart("bar", source=table).lock("items", rows=["Oslo", "Paris"])
    assert values(chart) == {"Paris": 3, "Oslo": 1}  # Oslo is on another page
    positions = panel.chart("bar", source=table).lock("positions", rows=["Paris"])
    table.sort("Paid")
    assert values(positions) == {"Oslo": 1}
    assert values(chart) == {"Oslo": 1, "Paris": 3}
    table.page(4)
    assert values(positions) == {"Oslo": 1}  # still the first
    table.search("rom", include_missing=False)
    assert values(chart) == {"Oslo": 1, "Paris": 3}
    assert values(positions) == {"Rome": 2}


def test_breakdowns_are_drawn_as_they_are(panel: Any) -> None:
    table = panel.table(rows="City", columns=["People"]).break_down("Paris", by="Device")
    chart = panel.chart("bar", source=table).lock(block="Paris")
    assert values(chart) == {"Mobile": 2, "Desktop": 1}
    assert drawing(chart).marks[0]["path"] == ["Paris", "Mobile"]
    number = panel.chart("summary number", source=table).lock(block="Paris", total=True)
    assert number.value() == 2
    assert list(values(panel.chart("line", source=table).lock(rows=[("Paris", "Mobile")])).values()) == [2]


def test_chosen_rows_without_records_are_not_the_total(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Average"])
    made = {
        kind: panel.chart(kind, source=table).lock(rows=["Oslo"])
        for kind in ("summary number", "bar", "line", "bullet", "donut", "summary change")
    }
    panel.period(("2026-05-01", "2026-05-03"))  # nobody was in Oslo
    assert made["summary number"].value() == 0  # not 4, the total
    assert set(drawing(made["summary number"]).value.trend or ()) == {0}  # type: ignore[union-attr]
    assert made["summary number"].lock(rows=["Oslo"], columns=["Average"]).value() is None
    assert (values(made["bar"]), values(made["bullet"])) == ({}, {})
    with pytest.raises(DynReportsError, match="no records here"):
        made["line"].spec()
    with pytest.raises(DynReportsError, match="between two cells"):
        made["summary change"].value()
    with pytest.raises(DynReportsError):
        made["donut"].spec()  # an average is no part of a whole
    assert values(made["donut"].lock(rows=["Oslo"], columns=["Visits"])) == {}


def test_a_selection_is_of_the_rows_that_were_there(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"])
    chart = panel.chart("summary number", source=table)
    table.select(["Oslo"])
    assert chart.value() == 1
    other = dr.Project("O", table.data).panel("P").table(rows="Device", columns=["Visits"])
    session = table._session
    session.apply(do.Drop((other._document.rows,), do.OnRows(table._id)))
    assert chart.value() == 7  # there is no device called Oslo


def test_a_locked_column_that_goes_is_not_silently_another(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Paid"])
    chart = panel.chart("summary number", source=table).lock(columns=["Paid"], total=True)
    assert chart.value() == 50
    table.column("Paid").remove()
    with pytest.raises(DynReportsError, match="column that this chart is locked to"):
        chart.value()


# ---- labels -------------------------------------------------------------------------------------


def test_hostile_labels_are_data_and_nothing_else() -> None:
    frame = pd.DataFrame({"city": HOSTILE, "n": range(1, 7)})
    data = dr.Dataset(
        frame, dimensions=["city"], metrics=[dr.sum("n", label=each) for each in HOSTILE[:3]], infer=False
    )
    panel = dr.Project("H", data).panel("P")
    table = panel.table(rows=data.catalog.dimensions[0].label, columns=HOSTILE[:3])
    for kind in ("bar", "bar stacked", "horizontal bar", "combo", "donut", "bullet", "scatter"):
        found = drawing(panel.chart(kind, source=table, axis_titles=kind == "scatter"))
        spec = json.dumps(_without_titles(found.spec))
        assert not any(json.dumps(each)[1:-1] in spec for each in HOSTILE[:5]), kind
        assert "onerror" not in spec
    names = {name for each in found.marks for name in each}
    assert names <= set("ksictvax") | {
        "r",
        "figure",
        "text",
        "texts",
        "share",
        "title",
        "path",
        "column",
        "start",
        "end",
    }
    chart = panel.charts[0]
    drawn = chart.svg()
    assert "<img" not in drawn
    assert "&lt;img" in drawn
    assert chart.summary()


def _without_titles(part: Any) -> Any:
    """Return a spec without the titles of its axes: they are text, and are drawn as such."""
    if isinstance(part, dict):
        return {name: _without_titles(each) for name, each in part.items() if name != "title"}
    return [_without_titles(each) for each in part] if isinstance(part, list) else part


def test_rows_of_the_same_label_stay_two() -> None:
    frame = pd.DataFrame({"id": [1, 1, 2, 3], "name": ["Deleted", "Deleted", "Deleted", "Kept"]})
    data = dr.Dataset(
        frame,
        dimensions=[dr.Dimension("id", "Delivery", caption="name")],
        metrics=[dr.count(label="N")],
        infer=False,
    )
    panel = dr.Project("D", data).panel("P")
    table = panel.table(rows="Delivery", columns=["N"])
    marks = drawing(panel.chart("bar", source=table)).marks
    assert len({each["c"] for each in marks}) == 3


# ---- the handle ---------------------------------------------------------------------------------


def test_what_can_go_wrong_says_what_to_do(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"])
    with pytest.raises(UnknownNameError, match="donut"):
        panel.chart("donat", source=table)
    chart = panel.chart("Bar", source=table)
    with pytest.raises(UnknownNameError, match="legend"):
        chart.settings(legnd=False)
    for wrong in ({"legend": 3}, {"goals": (1, 2)}, {"threshold": "high"}):
        with pytest.raises(InvalidInputError):
            chart.settings(**wrong)
    with pytest.raises(InvalidInputError, match="positions"):
        chart.lock("rows")
    table.remove()
    assert chart.source is None
    with pytest.raises(DynReportsError, match="not there any more"):
        chart.spec()
    assert repr(chart) == "<Chart 'Bar': bar of a table that is not there>"


def test_complete_specs_are_drawn_by_vega(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People", "Paid"])
    for kind in ("bar", "line", "donut", "scatter", "bullet", "combo", "area stacked"):
        chart = panel.chart(kind, source=table)
        spec = chart.spec()
        assert len(spec["datasets"]["figures"]) == len(drawing(chart).marks)
        assert "var(--" not in json.dumps(spec)
        assert chart.svg().startswith("<svg")
    number = panel.chart("summary number", source=table)
    assert ">7<" in number.svg()
    assert number.png(scale=1).startswith(b"\x89PNG")
    dark = panel.charts[0].svg(theme="dark")
    assert "#1e2024" in dark
    assert set(panel.charts[0]._repr_mimebundle_()) == {"image/svg+xml", "text/plain"}


def test_a_summary_for_those_who_cannot_see(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"], limit=3)
    assert panel.chart("bar", source=table).summary() == (
        "Bar of Visits by City, 3 items. Visits: from 1 (Oslo) to 3 (Paris). "
        "1 more row is not drawn by itself."
    )
