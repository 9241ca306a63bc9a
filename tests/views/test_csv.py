"""CSV: every row, unrounded, equal to the frames; and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv as reader
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from msgspec.structs import replace

import dynreports as dr
from dynreports.project import commands as do
from dynreports.views import csv

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\0=1", '=HYPERLINK("http://x","y")',
]  # fmt: skip


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))


@pytest.fixture
def data() -> dr.Dataset:
    """Sixty towns of which ten stand on a page; people are in several towns, so they do not add up."""
    random = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "day": pd.Timestamp("2026-05-01") + pd.to_timedelta(random.integers(0, 30, 500), "D"),
            "town": [f"Town {each:02}" for each in random.integers(0, 60, 500)],
            "device": random.choice(["Mobile", "Desktop"], 500),
            "who": random.integers(0, 40, 500),
            "weight": random.random(500),
        }
    )
    return dr.Dataset(
        frame,
        time="day",
        as_of="2026-06-14",
        infer=False,
        dimensions=[dr.Dimension("town", label="Town"), dr.Dimension("device", label="Device")],
        metrics=[
            visits := dr.count(label="Visits"),
            people := dr.distinct("who", label="People"),
            (people / visits).named("Rate", format="percent", decimals=1),
            dr.mean("weight", label="Weight"),
        ],
        segments=[dr.Segment("On mobile", where=dr.field("device") == "Mobile")],
    )


def lines(text: str) -> list[list[str]]:
    return list(reader.reader(io.StringIO(text, newline="")))


def test_a_table_equals_its_frame_with_every_row(data: dr.Dataset) -> None:
    project = dr.Project("Towns", data)
    panel = project.panel("May", period=("2026-05-01", "2026-06-01"), segments=["On mobile"])
    table = panel.table(rows="Town", columns=["Visits", "People", "Rate", "Weight"], limit=10)
    found = lines(project.to_csv())
    assert found[:6] == [
        ["Towns"],
        [],
        ["Panel", "May"],
        ["Period", "Custom", "May 1, 2026 12:00 AM – Jun 1, 2026 12:00 AM"],
        ["Segments", "On mobile"],
        [],
    ]
    assert found[6:8] == [["Table", "Freeform Table"], ["Town", "Visits", "People", "Rate", "Weight"]]
    shown = len(table.frame())
    whole = panel.table(rows="Town", columns=["Visits", "People", "Rate", "Weight"], limit=400)
    expected = whole.frame()
    assert shown == 10 < len(expected)
    rows = found[8 : 9 + len(expected)]
    assert rows[0][0] == "Total"
    assert [float(each) for each in rows[0][1:]] == whole.total().tolist()
    assert [each[0] for each in rows[1:]] == expected.index.tolist()
    assert [[float(each) for each in row[1:]] for row in rows[1:]] == expected.to_numpy().tolist()
    # Not what is on the screen, which is rounded; and not what the rows add up to.
    assert any(len(each[3]) > 6 for each in rows[1:])
    assert int(rows[0][2]) < sum(int(each[2]) for each in rows[1:])


def test_breakdowns_have_columns_of_their_own(data: dr.Dataset) -> None:
    project = dr.Project("Towns", data)
    table = project.panel("All").table(rows="Town", columns=["People"], limit=5)
    first = str(table.frame().index[0])
    table.break_down(first, by="Device", limit=1)
    table.break_down((first, "Mobile"), by="Week")
    _, _, _, _, _, _, heads, total, row, inner, *rest = lines(project.to_csv())
    assert heads == ["Town", "Broken down by", "Item", "Broken down by (2)", "Item (2)", "People"]
    assert total[:5] == ["Total", "", "", "", ""]
    assert row == [first, "", "", "", "", str(table.frame()["People"].iloc[0])]
    assert inner == [first, "Device", "Total", "", "", row[-1]]
    devices = [each for each in rest if each[:2] == [first, "Device"] and each[3] == ""]
    assert [each[2] for each in devices] == ["Mobile", "Desktop"]  # all rows, where one is on a page
    weeks = [each for each in rest if each[3:4] == ["Week"]]
    assert weeks[0][:5] == [first, "Device", "Mobile", "Week", "Total"]
    assert len(weeks) == 1 + len(table.frame(at=(first, "Mobile")))
    project._session.apply(do.CollapseBreakdown(table._id, (first,), collapsed=True))
    assert "Broken down by" not in project.to_csv()


def test_a_metric_without_total_has_none() -> None:
    frame = pd.DataFrame({"town": ["A", "B"], "stock": [3, 4]})
    stock = replace(dr.sum("stock", label="Stock"), show_total=False)
    project = dr.Project("Stock", dr.Dataset(frame, infer=False, dimensions=["town"], metrics=[stock]))
    project.panel("Now").table(rows="town", columns=["Stock"])
    assert lines(project.to_csv())[-3:] == [["Total", ""], ["B", "4"], ["A", "3"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(text: str) -> None:
    frame = pd.DataFrame({"town": [text], "n": [-2]})
    metrics = [dr.sum("n", label=f"{text} n")]
    towns = [dr.Dimension("town", label=f"{text} t")]
    data = dr.Dataset(frame, infer=False, dimensions=towns, metrics=metrics)
    project = dr.Project(f"{text} p", data)
    panel = project.panel(f"{text} panel")
    panel.filter(item=(f"{text} t", text))
    panel.table(rows=f"{text} t", columns=[f"{text} n"], title=f"{text} title")
    cells = [each for line in lines(project.to_csv()) for each in line]
    assert any(each.endswith(text) or text.strip() in each for each in cells)
    for each in cells:
        assert each == "-2" or not each.strip().startswith(("=", "+", "-", "@", "＝", "\0")), each
        assert not each.startswith(("\t", "\r", "\n")), each


@pytest.mark.parametrize("text", ["a,b", 'say "x"', "two\r\nlines", " kept ", "semi;colon", "", "1e5", "Zoë"])
def test_text_comes_back_as_it_was(text: str) -> None:
    assert lines(csv.line([text, 1.5, None, 2.0**60]))[0] == [text, "1.5", "", "1.152921504606847e+18"]


def test_a_table_that_fails_leaves_the_rest(data: dr.Dataset, tmp_path: Path) -> None:
    project = dr.Project("Towns", data)
    panel = project.panel("All")
    panel.table(rows="Town", columns=["Visits"], title="Good")
    panel.table(title="Empty")
    panel.table(rows="Device", columns=["Weight"], title="Bad")
    project.save("towns")
    frame = data.frame.drop(columns="device")
    again = dr.open("towns", data=dr.Dataset(frame, time="day", infer=False, dimensions=["town"]))
    file = tmp_path / "towns.csv"
    text = again.to_csv(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfTowns\r\n")
    assert file.read_bytes().decode("utf-8-sig") == text
    assert ["Table", "Empty"] in lines(text)
    assert [each for each in lines(text) if each and each[0].startswith("This table can't be computed: ")]
