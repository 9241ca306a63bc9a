"""Charts draw the figures of their tables: the same cells, at the same grain, under every setting."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import DynReportsError
from dynreports.views import charts as views
from dynreports.views.charts import theme
from dynreports.views.pictures import svg

from .charted import axes, data, drawing, offers, panel, values

__all__ = ["data", "panel"]


# ---- the figures of the table -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["bar", "bar stacked", "horizontal bar", "horizontal bar stacked", "combo"])
def test_bars_are_the_cells_of_the_table(panel: Any, kind: str) -> None:
    table = panel.table(rows="City", columns=["Visits", "People"])
    chart = panel.chart(kind, source=table)
    pd.testing.assert_frame_equal(chart.frame(), table.frame().astype("float64"))
    texts = [each["text"] for each in drawing(chart).marks]
    assert texts == ["3", "2", "1", "1", "2", "2", "1", "1"]
    assert values(chart, 1) == {"Paris": 2, "Rome": 2, "N/A": 1, "Oslo": 1}


def test_lines_over_time_know_the_days_without_rows(panel: Any) -> None:
    table = panel.table(rows="Day", columns=["Visits", "Average"])
    chart = panel.chart("line", source=table)
    days = ["Friday, May 1", "Saturday, May 2", "Sunday, May 3", "Monday, May 4", "Tuesday, May 5"]
    # Nothing was counted on Sunday; there is no average of nothing.
    assert values(chart) == dict(zip(days, [2, 2, 0, 2, 1], strict=True))
    average = list(values(chart, 1).values())
    assert average[2] is None
    assert average[:2] == [15.0, 6.5]
    times = [each["t"] for each in drawing(chart).marks[:5]]
    assert times[0] == 1777593600000
    assert {b - a for a, b in itertools.pairwise(times)} == {86_400_000}
    spec = drawing(chart).spec
    assert spec is not None
    x = spec["layer"][0]["encoding"]["x"]
    assert (x["type"], x["scale"]["type"], x["axis"]["format"]) == ("temporal", "utc", "%b %-d")


def test_a_page_of_the_best_days_claims_nothing_about_the_others(panel: Any) -> None:
    table = panel.table(rows="Day", columns=["Visits"], sort="-Visits", limit=2)
    assert list(values(panel.chart("line", source=table)).values()) == [2, 2]
    table.limit(3)
    # Sunday is empty, but a page by figures can't know that.
    assert list(values(panel.charts[0]).values()) == [2, 2, None, 2]


def test_bars_of_times_are_in_order_and_whole(panel: Any) -> None:
    table = panel.table(rows="Day", columns=["Visits"])
    chart = panel.chart("bar", source=table)
    assert list(values(chart).values()) == [2, 2, 0, 2, 1]
    assert "All times" in str(offers(chart)["max_items"])
    table.select(["May 5, 2026", "May 1, 2026"])
    assert values(chart) == {"May 1, 2026": 2, "May 5, 2026": 1}  # those alone, nothing in between
    table.select().sort("-Visits").limit(2)
    assert values(chart) == {"May 1, 2026": 2, "May 2, 2026": 2}


def test_the_palette_is_that_of_the_front_end() -> None:
    sheet = (Path(__file__).parents[2] / "widgets" / "src" / "styles" / "tokens.css").read_text()
    for number in range(1, 9):
        light, dark = theme.TOKENS[f"c{number}"]
        assert f"--dr-c{number}: light-dark({light}, {dark})" in sheet


def test_nothing_of_charts_is_imported_before_one_is_drawn() -> None:
    code = (
        "import sys, dynreports as dr; dr.Project; dr.read; import dynreports.workspace.controller;"
        "print([each for each in ('altair', 'vl_convert') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_first_chart_does_not_wait_for_what_it_does_not_need() -> None:
    code = (
        "import sys; from dynreports.views.charts.importing import altair; altair();"
        "assert 'rfc3987_syntax' not in sys.modules; import jsonschema;"
        "check = jsonschema.FormatChecker().conforms;"
        "print(check('http://a.b/c', 'iri'), check(':not one', 'iri'), 'rfc3987_syntax' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "False", "True"]


def test_without_time_in_the_rows_lines_are_trends(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People"])
    chart = panel.chart("line", source=table)
    assert list(values(chart).values()) == [2, 2, 0, 2, 1]
    # A person who comes to two cities on one day is one person.
    assert list(values(chart, 1).values()) == [2, 1, 0, 1, 1]
    table.select(["Paris", "Rome"], ["Visits"])
    assert [each.label for each in drawing(chart).series] == ["Visits [City: Paris]", "Visits [City: Rome]"]
    assert [list(values(chart, n).values()) for n in (0, 1)] == [[2, 1, 0, 0], [0, 1, 0, 1]]
    assert list(values(chart.settings(granularity="month")).values()) == [3]


def test_granularity_is_the_time_unit_of_trends(panel: Any) -> None:
    chart = panel.chart("area", source=panel.table(rows="City", columns=["People"]), granularity="week")
    # Weeks begin on Sunday. Person 1 counts once in the first, though on two days of it.
    assert values(chart) == {"Week of April 26": 2, "Week of May 3": 2}
    assert drawing(chart).spec["layer"][0]["encoding"]["x"]["axis"]["title"] is None  # type: ignore[index]
    shown = drawing(chart.settings(axis_titles=True)).spec
    assert shown["layer"][0]["encoding"]["x"]["axis"]["title"] == "Week"  # type: ignore[index]


def test_short_trends_are_by_the_hour(data: dr.Dataset) -> None:
    panel = dr.Project("Hours", data).panel("P", period=("2026-05-01", "2026-06-01"))
    table = panel.table(rows="City", columns=["Visits"])
    chart = table.visualize("N/A")
    assert (chart.type, len(drawing(chart).marks)) == ("line", 1)
    assert drawing(chart).marks[0]["title"] == "Tuesday, May 5, 12:00 AM"


def test_an_axis_of_many_hours_says_the_days() -> None:
    frame = pd.DataFrame({"ts": pd.date_range("2026-05-01", "2026-05-20", freq="h")})
    hours = dr.Dataset(frame, time="ts", as_of="2026-06-01", timezone="UTC")
    panel = dr.Project("Hours", hours).panel("P", period=None)
    chart = panel.chart("line", source=panel.table(rows="Hour", columns=["Records"], limit=400))
    picture = svg(drawing(chart), 600, 200, colors="light", prefix="")
    assert picture is not None
    assert {"May 10", "May 17"} <= set(re.findall(r"<text [^>]*>([^<]+)", picture))
    assert "12 AM" not in picture


def test_addresses_are_told_apart_on_an_axis() -> None:
    links = ["https://www.shop.example/orders/track", "https://www.shop.example/stories", None]
    panel = dr.Project("Links", dr.Dataset(pd.DataFrame({"link": links}))).panel("P")
    marks = drawing(panel.chart("horizontal bar", source=panel.table(rows="Link", columns=["Records"]))).marks
    assert {each["c"][4:]: each["title"] for each in marks} == {
        "/orders/track": links[0],
        "/stories": links[1],
        "N/A": "N/A",
    }


# ---- settings -----------------------------------------------------------------------------------


def test_percentages_are_of_the_total_of_the_column(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People"])
    chart = panel.chart("bar", source=table, percentages=True)
    assert values(chart)["Paris"] == pytest.approx(3 / 7)
    # 2 of 4 people, though the rows come to 6.
    assert values(chart, 1)["Paris"] == 0.5
    assert [each["format"] for each in axes(chart)] == ["~%"]
    assert drawing(chart).marks[0]["share"] == "42.9%"
    table = panel.table(rows="City", columns=["Mobile rate"])
    assert "no parts of a whole" in str(offers(panel.chart("bar", source=table))["percentages"])


def test_others_are_what_is_left_where_figures_add_up(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People", "Mobile rate"])
    chart = panel.chart("bar", source=table, max_items=1)
    assert values(chart) == {"Paris": 3, "Others": 4}
    assert values(chart, 1) == {"Paris": 2, "Others": None}  # not 4 - 2: one of the others is in Paris, too
    assert values(chart, 2)["Others"] is None
    assert values(chart.settings(others=False)) == {"Paris": 3}
    chart.settings(others=True)
    table.limit(2)
    assert values(chart) == {"Paris": 3, "Others": 4}  # whatever page is shown
    table.select(["Paris", "Rome"])
    assert values(chart) == {"Paris": 3, "Others": 2}  # of what was chosen


def test_others_of_people_where_nobody_is_in_two_rows(panel: Any) -> None:
    table = panel.table(rows="City", columns=["People"], search="o")  # Rome and Oslo share person 3
    assert values(panel.chart("bar", source=table, max_items=1)) == {"Rome": 2}


def test_the_threshold_is_in_the_unit_that_people_read(panel: Any) -> None:
    rates = panel.table(rows="City", columns=["Mobile rate"])
    counts = panel.table(rows="City", columns=["Visits"])
    for table, settings, expected in (
        (counts, {}, 25), (rates, {}, 0.25), (counts, {"percentages": True}, 0.25),
    ):  # fmt: skip
        spec = drawing(panel.chart("bar", source=table, threshold=25, **settings)).spec
        assert spec is not None
        assert spec["layer"][-1]["mark"]["type"] == "rule"
        assert spec["layer"][-1]["encoding"]["y"]["datum"] == expected
    across = drawing(panel.chart("horizontal bar", source=counts, threshold=3)).spec
    assert across is not None
    assert across["layer"][-1]["encoding"]["x"]["datum"] == 3


def test_two_axes(panel: Any) -> None:
    table = panel.table(rows="Day", columns=["Visits", "Paid"])
    chart = panel.chart("line", source=table)
    assert len(axes(chart)) == 1
    chart.settings(dual_axis=True, axis_titles=True)
    assert [(each.get("orient"), each["title"]) for each in axes(chart)] == [
        (None, "Visits"),
        ("right", "Paid"),
    ]
    assert {each["a"] for each in drawing(chart).marks if each["s"] == "s1"} == {1}
    spec = drawing(chart).spec
    assert spec is not None
    assert spec["resolve"]["scale"]["y"] == "independent"
    three = panel.chart("line", source=panel.table(rows="Day", columns=["Visits", "Paid", "People"]))
    assert "exactly two" in str(offers(three)["dual_axis"])


def test_figures_of_different_units_never_share_an_axis(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Mobile rate", "People"])
    for kind in ("bar", "line", "combo", "horizontal bar"):
        chart = panel.chart(kind, source=table)
        assert {each["s"]: each["a"] for each in drawing(chart).marks} == {"s0": 0, "s1": 1, "s2": 0}


def test_normalization_scales_each_to_its_own_maximum(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Paid"])
    chart = panel.chart("bar", source=table, normalized=True)
    assert values(chart)["Rome"] == pytest.approx(2 / 3)
    assert values(chart, 1)["Rome"] == pytest.approx(10 / 35)
    assert drawing(chart).marks[1]["text"] == "2"  # people still read the figure
    assert "two columns" in str(
        offers(panel.chart("bar", source=panel.table(columns=["Visits"])))["normalized"]
    )


def test_stacks(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "Paid"])
    chart = panel.chart("bar stacked", source=table, zero=False)
    encoding = drawing(chart).spec["layer"][0]["encoding"]  # type: ignore[index]
    assert encoding["y"]["stack"] == "zero"
    assert encoding["y"]["scale"]["zero"] is True  # a cut stack would lie
    encoding = drawing(chart.settings(stacked_100=True)).spec["layer"][0]["encoding"]  # type: ignore[index]
    assert encoding["y"]["stack"] == "normalize"
    assert encoding["y"]["axis"]["format"] == "~%"
    rates = panel.table(rows="City", columns=["Mobile rate"])
    with pytest.raises(DynReportsError, match="only counts and sums can be stacked"):
        panel.chart("area stacked", source=rates).spec()


def test_axes_legend_and_zero(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits", "People"])
    chart = panel.chart("bar", source=table)
    assert axes(chart)[0]["tickMinStep"] == 1  # nobody makes half a visit
    spec = drawing(chart.settings(axes=False, legend=False, zero=False)).spec
    assert spec is not None
    encoding = spec["layer"][0]["encoding"]
    assert (encoding["x"]["axis"], encoding["y"]["axis"]) == (None, None)
    assert encoding["y"]["scale"]["zero"] is False
    assert views.payload(chart._session, chart._document, {chart.source._id: 1}, 0).series == ()
    assert chart.spec()["layer"][0]["encoding"]["color"]["legend"] is None


def test_blank_zeros_are_gaps(panel: Any) -> None:
    table = panel.table(rows="Day", columns=["Visits"])
    table.column("Visits").settings(blank_zero=True)
    assert list(values(panel.chart("line", source=table)).values()) == [2, 2, None, 2, 1]
