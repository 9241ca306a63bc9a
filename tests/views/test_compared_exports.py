"""Static rows and columns of other periods in files: every figure of its own records, and heads that tell."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import dynreports as dr
from dynreports.project import commands as do
from dynreports.project.model import ShiftFilter
from dynreports.views import snapshot, xlsx
from tests.views.test_csv import lines
from tests.views.test_snapshot import Read

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")

# Ada (1) comes twice in May, and in April; town B is on mobile alone; C was there in April only.
RECORDS = [
    ("2026-05-02", "A", "Mobile", 1, 1),
    ("2026-05-03", "A", "Desktop", 1, 0),
    ("2026-05-03", "B", "Mobile", 2, 1),
    ("2026-04-02", "A", "Mobile", 1, 0),
    ("2026-04-05", "C", "Desktop", 3, 1),
    ("2025-05-03", "B", "Mobile", 2, 1),
]
PEOPLE = [
    "People", "People (Previous period)", "People (difference, previous period)",
    "People (change in percent, previous period)",
]  # fmt: skip
RATES = [
    "Rate", "Rate (Same period last year)", "Rate (difference in points, same period last year)",
    "Rate (change in percent, same period last year)",
]  # fmt: skip
# The total counts Ada once though she stands in two rows, and a rate is that of all its records.
TOTAL = [2, 2, 0, 0, 2 / 3, 1, 2 / 3 - 1, 2 / 3 - 1]
ROWS = {
    "On mobile": [2, 1, 1, 1, 1, 1, 0, 0],
    "A": [1, 1, 0, 0, 0.5, 0, 0.5, None],
    "C": [0, 1, -1, -1, 0, 0, 0, None],
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dr.Project:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    frame = pd.DataFrame(RECORDS, columns=["ts", "town", "device", "who", "opened"])
    frame["ts"] = pd.to_datetime(frame["ts"])
    visits = dr.count(label="Visits")
    data = dr.Dataset(
        frame,
        time="ts",
        as_of="2026-06-14",
        infer=False,
        dimensions=[dr.Dimension("town", label="Town")],
        metrics=[
            visits,
            dr.distinct("who", label="People"),
            (dr.sum("opened") / visits).named("Rate", format="percent", decimals=1),
        ],
        segments=[dr.Segment("On mobile", where=dr.field("device") == "Mobile")],
    )
    project = dr.Project("Compared", data)
    panel = project.panel("May", period=("2026-05-01", "2026-06-01"))
    rows = ["On mobile", ("item", ("Town", "A")), ("item", ("Town", "C"))]
    table = panel.table(rows=rows, columns=["People", "Rate"], title="Static")
    table.compare("previous period", columns="People").compare("same period last year", columns="Rate")
    panel.table(rows="Day", columns=["Visits"], title="Days").compare("previous period")
    return project


def number(text: str) -> float | None:
    return float(text) if text else None


def close(found: list[float | None]) -> list[object]:
    return [None if each is None else pytest.approx(each, rel=1e-14) for each in found]


def test_text_files_hold_every_figure_unrounded(project: dr.Project) -> None:
    found = lines(project.to_csv())
    at = found.index(["Table", "Static"])
    assert found[at + 1] == ["Rows", *PEOPLE, *RATES]
    rows = {row[0]: [number(each) for each in row[1:]] for row in found[at + 2 : at + 6]}
    assert rows == {name: close(values) for name, values in {"Total": TOTAL, **ROWS}.items()}
    assert project.panels[0].tables[0].total().tolist() == close(TOTAL)
    days = found[found.index(["Table", "Days"]) + 2 :]
    # Rows stand by their position in the period; a change from nothing is blank, never endless or 0.
    assert days == [
        ["Total", "3", "2", "1", "0.5"],
        ["May 2, 2026 (Apr 2, 2026)", "1", "1", "0", "0"],
        ["May 3, 2026 (Apr 3, 2026)", "2", "0", "2", ""],
        ["May 5, 2026 (Apr 5, 2026)", "0", "1", "-1", "-1"],
    ]


def test_workbooks_hold_them_in_the_format_of_their_column(project: dr.Project) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.project(project._session)))["Static"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert head == ["Rows", *PEOPLE, *RATES]
    assert {row[0]: row[1:] for row in rows} == {
        name: close(values) for name, values in {"Total": TOTAL, **ROWS}.items()
    }
    counts, percents = ["#,##0"] * 3, ["#,##0.0%"] * 5
    assert [cell.number_format for cell in sheet[3]][1:] == [*counts, *percents]


def test_documents_say_which_column_is_the_difference_and_which_the_change(project: dr.Project) -> None:
    read = Read(snapshot.document(project._session))
    heads, _, first, second, third = (cells for _, cells in read.rows[:5])
    days = "May 1 – May 31 vs Apr 1 – Apr 30"
    assert heads[3:5] == [
        f"Peopledifference, previous period{days}",
        f"Peoplechange in percent, previous period{days}",
    ]
    assert first[3:5] == ["+1", "+100.0%"]
    assert second[5:] == ["50.0%", "0.0%", "+50.0 pts", "–"]
    assert third[1:5] == ["00.0%", "150.0%", "-1", "-100.0%"]


def test_versions_are_compared_in_the_words_of_the_screen(project: dr.Project) -> None:
    static, days = project.panels[0].tables
    project.save("compared")
    ids = [each.id for each in days._document.columns]
    project._session.apply(do.RemoveColumn(days._id, ids[3]))
    project._session.apply(do.AddPeriodColumn(days._id, ids[0], ShiftFilter("same-period-last-year")))
    project._session.apply(do.RemoveRow(static._id, (static._document.static[2].id,)))
    static.break_down("On mobile", by="Town").only(["B"], at="On mobile")
    days.search(rules=[("starts with", "May"), ("ends with", "2025")], joined="any")
    project.save()
    assert project.compare(1, 2) == [
        "rows that were put there of Static changed from On mobile, A, C to On mobile, A",
        "breakdown of On mobile by Town added to Static",
        "column Visits (change in percent, previous period) removed from Days",
        "column Visits (same period last year) added to Days",
        "search of Days changed from all rows to whose name starts with “May” or ends with “2025”",
    ]
    static.only([], at="On mobile")
    assert project.compare(2) == [
        "search of the breakdown of On mobile in Static changed from only B to all rows"
    ]
