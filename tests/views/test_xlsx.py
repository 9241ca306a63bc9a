"""Workbooks: read back they equal the frames; typed cells, and no text that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dynreports as dr
from dynreports.project import commands as do
from dynreports.views import xlsx
from dynreports.views.sheet_names import sheet_names
from tests.views.test_csv import HOSTILE


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))


@pytest.fixture(scope="module")
def data() -> dr.Dataset:
    """Sixty towns of which ten stand on a page; some have no rate, and people are in several of them."""
    random = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "day": pd.Timestamp("2026-05-01 10:30") + pd.to_timedelta(random.integers(0, 30, 500), "D"),
            "town": [f"{each:02}" for each in random.integers(0, 60, 500)],
            "device": random.choice(["Mobile", "Desktop", None], 500),
            "who": random.integers(0, 40, 500),
            "open": random.random(500) < 0.1,
        }
    )
    visits, opens = dr.count(label="Visits"), dr.count(label="Open", where=dr.field("open") == True)  # noqa: E712
    return dr.Dataset(
        frame,
        time="day",
        as_of="2026-06-14",
        infer=False,
        dimensions=[dr.Dimension("town", label="Town"), dr.Dimension("device", label="Device")],
        metrics=[
            visits,
            opens,
            dr.distinct("who", label="People"),
            (opens / visits).named("Rate", format="percent", decimals=2),
            (visits / opens).named("Per open", decimals=1, on_zero="blank"),
        ],
        segments=[dr.Segment("On mobile", where=dr.field("device") == "Mobile")],
    )


# What openpyxl does not read are the colours of bars.
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")

COLUMNS = ["Visits", "People", "Rate", "Per open"]


def sheets(project: dr.Project) -> dict[str, pd.DataFrame]:
    """Return each sheet as pandas reads it, the first column being the index."""
    content = io.BytesIO(xlsx.project(project._session))
    return pd.read_excel(content, sheet_name=None, index_col=0, keep_default_na=False, na_values=[""])


def book(project: dr.Project) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.project(project._session)))


def test_a_sheet_read_by_pandas_equals_the_frame_with_every_row(data: dr.Dataset) -> None:
    project = dr.Project("Towns", data)
    panel = project.panel("May", period=("2026-05-01", "2026-06-01"), segments=["On mobile"])
    panel.table(rows="Town", columns=COLUMNS, limit=10, title="Per town")
    expected = panel.table(rows="Town", columns=COLUMNS, limit=400, title="All").frame()
    assert expected["Per open"].isna().any()
    found = sheets(project)
    assert list(found) == ["Report", "Per town", "All"]
    # Text stays text: town "07" is no number. Files hold 16 digits of a figure.
    read = found["Per town"].iloc[1:].astype(expected.dtypes)
    pd.testing.assert_frame_equal(read, expected, rtol=1e-15)
    total = panel.tables[0].total()
    assert found["Per town"].loc["Total"].tolist() == total.tolist()
    assert total["People"] < expected["People"].sum()
    words = [each for row in book(project)["Report"].iter_rows(values_only=True) for each in row if each]
    assert words[0] == "Towns"
    assert "Custom · May 1, 2026 12:00 AM – Jun 1, 2026 12:00 AM" in words
    assert words[-6:] == ["Segment", "On mobile", "Table", "Per town", "Table", "All"]


def test_figures_have_the_format_of_their_metric_and_days_are_dates(data: dr.Dataset) -> None:
    project = dr.Project("Days", data)
    panel = project.panel("All")
    table = panel.table(rows="Day", columns=COLUMNS, limit=400, title="Days")
    table.column("Visits").settings(blank_zero=True)
    table.column("Rate").settings(background="colors", limits=(20, 10, 0))
    table.column("People").settings(totals=False)
    panel.table(rows="Week", columns=["Visits"], title="Weeks")
    found = book(project)
    sheet = found["Days"]
    assert [each.number_format for each in sheet[3]] == [
        "mmm d, yyyy", "#,##0;-#,##0;", "#,##0", "#,##0.00%", "#,##0.0",
    ]  # fmt: skip
    days = [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)]
    # The label of each day is what its date reads as.
    assert [f"{each:%b} {each.day}, {each.year}" for each in days] == table.frame().index.tolist()
    assert days[0] == dt.datetime(2026, 5, 1)
    assert sheet["C2"].value is None  # no totals, as on the screen
    assert sheet["B2"].value == 500
    assert sheet.freeze_panes == "B3"
    assert found["Weeks"]["A3"].value.startswith("Week of ")
    rules = {str(each.sqref): [rule.type for rule in each.rules] for each in sheet.conditional_formatting}
    last = 2 + len(days)
    assert rules == {f"B3:B{last}": ["dataBar"], f"D3:D{last}": ["colorScale"]}
    scale = sheet.conditional_formatting[f"D3:D{last}"][0].colorScale
    assert [float(each.val) for each in scale.cfvo] == [0, 0.1, 0.2]


def test_breakdowns_are_indented_and_folded_under_their_row(data: dr.Dataset) -> None:
    project = dr.Project("Towns", data)
    table = project.panel("All").table(rows="Town", columns=["People"], limit=5, title="Towns")
    first = str(table.frame().index[0])
    table.break_down(first, by="Device", limit=1)
    table.break_down((first, "Mobile"), by="Week")
    sheet = book(project)["Towns"]
    rows = [
        (
            each[0].value,
            sheet.row_dimensions[each[0].row].outlineLevel,
            each[0].alignment.indent,
            each[1].value,
        )
        for each in sheet.iter_rows(min_row=3)
    ]
    count = table.frame()["People"].iloc[0]
    assert rows[:2] == [(first, 0, 0, count), ("Device", 1, 2, count)]
    devices = [each for each in rows if each[1:3] == (1, 2)]
    assert {each[0] for each in devices} == {"Device", "Mobile", "Desktop", "N/A"}  # all, where one is shown
    weeks = [each for each in rows if each[1:3] == (2, 4)]
    assert weeks[0][0] == "Week"
    assert [each[0] for each in weeks[1:]] == table.frame(at=(first, "Mobile")).index.tolist()
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    project._session.apply(do.CollapseBreakdown(table._id, (first,), collapsed=True))
    assert {each.outlineLevel for each in book(project)["Towns"].row_dimensions.values()} <= {0}


def test_cells_that_the_screen_says_none_in_are_blank() -> None:
    data = dr.campaign.demo(recipients=300, deliveries=4, days=20, seed=7)
    project = dr.Project("Fit", data)
    table = project.panel("P", period=None).table(
        rows="Device", columns=["Delivered", "Click"], limit=400, title="Devices"
    )
    expected = table.frame()
    found = sheets(project)["Devices"].iloc[1:]
    assert expected["Delivered"].notna().tolist() == [each == "N/A" for each in expected.index]
    pd.testing.assert_frame_equal(found.astype(expected.dtypes), expected)


@pytest.mark.parametrize("text", [*HOSTILE, "{=1}", "http://x", "a" * 40_000, "\x01\x1f", "_x0041_", "1e5"])
def test_text_stays_text(text: str) -> None:
    frame = pd.DataFrame({"town": [text], "n": [-2]})
    data = dr.Dataset(
        frame,
        infer=False,
        dimensions=[dr.Dimension("town", label=f"{text[:50]} t")],
        metrics=[dr.sum("n", label=f"{text[:50]} n")],
    )
    project = dr.Project(f"{text[:50]} p", data)
    panel = project.panel(f"{text[:50]} panel")
    panel.table(rows=f"{text[:50]} t", columns=[f"{text[:50]} n"], title=f"{text[:50]} title")
    found = book(project)
    cells = [each for sheet in found for row in sheet.iter_rows() for each in row if each.value is not None]
    assert {each.data_type for each in cells} == {"s", "n"}
    assert [each.value for each in cells if each.data_type == "n"] == [-2, -2]
    assert not any(each.hyperlink and each.hyperlink.target for each in cells)  # only to sheets of the book
    if text.isprintable() and "_x" not in text:
        assert found.worksheets[1]["A3"].value == text[:32_767]


@given(st.lists(st.text(max_size=50), max_size=8))
def test_names_of_sheets_are_legal_and_differ(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({each.casefold() for each in names}) == len(titles)
    for each in names:
        assert 0 < len(each.encode("utf-16-le")) // 2 <= 31
        assert not set(each) & set("[]:*?/\\")
        assert each[0] != "'" != each[-1]
        assert each.casefold() != "history"


def test_a_table_that_fails_leaves_the_rest(data: dr.Dataset) -> None:
    project = dr.Project("Towns", data)
    panel = project.panel("All")
    panel.table(rows="Town", columns=["Visits"], title="Good")
    panel.table(title="Empty")
    panel.table(rows="Device", columns=["Visits"], title="Bad: it's")
    project.save("towns")
    frame = data.frame.drop(columns="device")
    again = dr.open("towns", data=dr.Dataset(frame, time="day", infer=False, dimensions=["town"]))
    found = book(again)
    assert found["Empty"]["A1"].value == "This table is empty."
    assert found["Bad it's"]["A1"].value.startswith("This table can't be computed: ")
    links = [each.hyperlink.location for row in found["Report"].iter_rows() for each in row if each.hyperlink]
    assert links == ["'Good'!A1", "'Empty'!A1", "'Bad it''s'!A1"]
    alone = openpyxl.load_workbook(io.BytesIO(xlsx.table(again._session, again.panels[0].tables[0]._id)))
    assert alone.sheetnames == ["Good"]
