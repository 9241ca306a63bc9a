"""Reports from Python, as design 8 promises them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.api.table import Table
from dynreports.errors import ConflictError, DataError, InvalidInputError, RefusedError, UnknownNameError
from dynreports.project import commands as do
from dynreports.semantics.dataset import Dataset
from tests.project.conftest import frame


@pytest.fixture
def table(dataset: Dataset) -> Table:
    panel = dr.Project("Review", dataset).panel("Overview")
    return panel.table(rows="City", columns=["Open", "People", "Click rate"], limit=2)


def test_frame_is_the_page_unrounded(table: Table) -> None:
    expected = pd.DataFrame(
        {"Open": [6, 3], "People": [10, 5], "Click rate": [2 / 6, 1 / 3]},
        index=pd.Index(["Paris", "Rome"], dtype="str", name="City"),
    )
    pd.testing.assert_frame_equal(table.frame(), expected)
    assert table.page(2).frame().index.tolist() == ["Nowhere"]


def test_totals_are_counted_not_added(table: Table) -> None:
    raw = frame()
    total = table.total()
    assert total["People"] == raw["who"].nunique()
    assert total["Click rate"] == (raw["event"] == "click").sum() / (raw["event"] == "open").sum()
    table.search("paris", include_missing=False)
    paris = raw[raw["city"] == "Paris"]
    assert table.total()["People"] == paris["who"].nunique()
    assert table.grand_total()["People"] == raw["who"].nunique()
    assert table.frame().index.tolist() == ["Paris"]


def test_breakdowns_by_item_position_and_path(table: Table) -> None:
    table.break_down("Rome", by="Device", limit=1).break_down(("Rome", "Mobile"), by="Month")
    table.break_down(1, by="Month")
    inside = table.frame(at="Rome")
    assert inside.index.name == "Device"
    assert len(inside) == 1
    raw = frame()
    rome = raw[raw["city"] == "Rome"]
    assert table.total(at="Rome")["People"] == rome["who"].nunique()
    deeper = rome[rome["device"] == "Mobile"]
    assert table.total(at=("Rome", "Mobile"))["Open"] == (deeper["event"] == "open").sum()
    assert table.frame(at=("Rome", "Mobile")).index.name == "Month"
    assert table.frame(at=1).index.name == "Month"
    # A row that is on another page, or closed, has its figures all the same.
    assert table.page(2).frame(at=1).equals(table.page(1).frame(at=1))
    table._session.apply(do.CollapseBreakdown(table._id, ("Rome",), collapsed=True))
    assert table.frame(at="Rome").equals(inside)


def test_what_does_not_exist_is_named_with_the_nearest(table: Table) -> None:
    with pytest.raises(UnknownNameError, match="not broken down"):
        table.frame(at="Rome")
    with pytest.raises(UnknownNameError, match="Did you mean: Paris"):
        table.break_down("Pariss", by="Device")
    with pytest.raises(UnknownNameError, match="Did you mean: Device"):
        table.break_down("Paris", by="Devise")
    with pytest.raises(InvalidInputError, match="count from 1"):
        table.break_down(0, by="Device")
    with pytest.raises(UnknownNameError, match="no row 9"):
        table.frame(at=9)
    with pytest.raises(UnknownNameError, match="column"):
        table.sort("-Opened")
    with pytest.raises(RefusedError):
        table.break_down("Paris", by="City")
    panel = dr.Project("x", frame()).panel()
    with pytest.raises(InvalidInputError, match="Accepted: segment, period, item"):
        panel.table(columns=[("Records", {"segments": "x"})])


def test_a_call_that_fails_leaves_nothing_behind(dataset: Dataset) -> None:
    project = dr.Project("Atomic", dataset)
    panel = project.panel("P")
    before = project._session.project
    with pytest.raises(UnknownNameError):
        panel.table(rows="City", columns=["Open", "Nonsense"])
    with pytest.raises(UnknownNameError):
        project.panel("Q", segments=["Early", "Nonsense"])
    assert project._session.project == before


def test_each_call_is_one_step_of_undo(dataset: Dataset) -> None:
    project = dr.Project("Steps", dataset)
    panel = project.panel("P", period="last 30 days", segments=["Early"])
    panel.table(rows="City", columns=["Open", "Click"], sort="City", search="a", limit=10)
    project.undo()
    assert panel.tables == []
    project.undo()
    assert project.panels == []
    project.redo()
    project.redo()
    assert project["P"].tables[0].frame().columns.tolist() == ["Open", "Click"]
    with pytest.raises(RefusedError, match="nothing to redo"):
        project.redo()


def test_columns_with_filters(dataset: Dataset) -> None:
    panel = dr.Project("Columns", dataset).panel("P")
    table = panel.table(
        rows="City",
        columns=[
            "Open",
            ("Open", {"segment": "Mobile only"}),
            ("Open", {"item": ("Device", "Desktop")}),
            ("Open", {"period": "last month"}),
            ("Open", {"period": ("2026-05-01", "2026-05-02")}),
            ("Open", {"item": ("City", "Nowhere")}),
            "Open",
        ],
    )
    assert table.columns == [
        "Open", "Open (Mobile only)", "Open (Desktop)", "Open (Last month)",
        "Open (2026-05-01 – 2026-05-02)", "Open (Nowhere)", "Open (2)",
    ]  # fmt: skip
    raw = frame()
    opened = raw[raw["event"] == "open"]
    total = table.total()
    assert total["Open (Mobile only)"] == (opened["device"] == "Mobile").sum()
    assert total["Open (Last month)"] == (opened["ts"] < "2026-06-01").sum()
    assert total["Open (Nowhere)"] == opened["city"].isna().sum()
    assert table.sort("-Open (2)").frame()["Open (2)"].is_monotonic_decreasing


def test_split_puts_the_top_items_side_by_side(dataset: Dataset) -> None:
    table = dr.Project("Split", dataset).panel("P").table(rows="City", columns=["People"])
    table.split("Open", by="Device", limit=2)
    assert table.columns[0] == "People"
    assert table.columns[-1] == "Open"
    top = frame().query("event == 'open'")["device"].value_counts()
    assert {each[6:-1] for each in table.columns[1:-1]} <= set(top.index)
    assert len(table.columns) == 4
    whole = (
        dr.Project("Split", dataset)
        .panel("P")
        .table(rows="City", columns=["Open"])
        .split("Open", by="Device")
    )
    parts = whole.frame().drop(columns="Open").sum(axis=1)
    assert (parts == whole.frame()["Open"]).all()


def test_explore_takes_anything(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    frame().to_parquet(path)
    for source in (frame(), path, str(path), Dataset(frame())):
        assert len(dr.explore(source).panels[0].tables) == 1
    with pytest.raises(InvalidInputError, match="belong to the dataset"):
        dr.explore(Dataset(frame()), time="ts")
    with pytest.raises(InvalidInputError, match="Accepted: a pandas"):
        dr.explore(42)


def test_save_open_and_save_as(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "reports" / "data" / "events.csv"
    path.parent.mkdir(parents=True)
    frame().to_csv(path, index=False)
    project = dr.Project("Quarter  review", dr.read(path, time="ts"))
    project.panel("P", period=("2026-05-01", "2026-06-01")).table(rows="City", columns=["Records"])
    assert project.save("quarter-review") == reports / "quarter-review.report.json"
    again = dr.open("quarter-review")
    assert again == project
    assert again.panels[0].tables[0].frame().equals(project.panels[0].tables[0].frame())
    assert again._session.project.data.path == "data/events.csv"
    again.save_as("Copy")
    assert again.name == "copy"
    with pytest.raises(ConflictError, match="already"):
        project.save_as("copy")
    with pytest.raises(UnknownNameError, match="Did you mean: quarter-review"):
        dr.open("quarter-revue")
    path.unlink()
    with pytest.raises(DataError, match=r"events\.csv"):
        dr.open("copy")


def test_bound_data_must_be_given_again(dataset: Dataset) -> None:
    project = dr.Project("Bound", dataset)
    project.panel("P", segments=["Early"]).table(rows="City", columns=["Open"])
    project.save("bound")
    with pytest.raises(DataError, match=r"'events'.*data=frame"):
        dr.open("bound")
    assert dr.open("bound", data=dataset) == project
    again = dr.open("bound", data=frame())
    assert again == project
    assert again.panels[0].tables[0].frame().equals(project.panels[0].tables[0].frame())


def test_unsaved_changes_come_back(dataset: Dataset) -> None:
    project = dr.Project("Draft", dataset)
    project.panel("Saved")
    project.save("draft")
    project.panel("Not saved")
    back = dr.open("draft", data=dataset)
    assert back == project
    assert back._session.unsaved
    assert "never saved" in (back._session.notice or "")
    assert len(dr.open("draft", data=dataset, draft=False).panels) == 1
    assert len(project.page().session.project.panels) == 1
    back.save()
    assert dr.open("draft", data=dataset)._session.notice is None


def test_equality_is_by_content(dataset: Dataset) -> None:
    def build(detour: bool) -> dr.Project:
        project = dr.Project("Same", dataset)
        if detour:
            project.panel("Gone").remove()
        project.panel("P").table(rows="City", columns=["Open"])
        return project

    one, other = build(detour=False), build(detour=True)
    assert one == other
    other.panels[0].tables[0].limit(5)
    assert one != other
    assert one != "Same"
    with pytest.raises(TypeError):
        hash(one)


def test_shows_itself_outside_of_notebooks(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    project = dr.Project._of(table._session)
    assert repr(project) == "<Project 'Review': 1 panel, 1 item>"
    assert repr(project.panels[0]) == "<Panel 'Overview': All dates, 1 item>"
    assert repr(table) == "<Table 'Freeform Table': City, 3 columns>"
    assert "Paris" in project._repr_html_()
    assert "Paris" in table._repr_html_()
    project._ipython_display_()
    assert capsys.readouterr().out.strip() == repr(project)


def test_importing_loads_next_to_nothing() -> None:
    code = (
        "import pandas, sys; before = set(sys.modules); import dynreports as dr; "
        "heavy = {'anywidget', 'ipywidgets', 'IPython', 'pyarrow.dataset', 'ipyaggrid', 'msgspec', 'voila'}; "
        "assert not heavy & (set(sys.modules) - before); "
        "assert [getattr(dr, name) for name in dr.__all__]; assert set(dr.__all__) <= set(dir(dr))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="nonsense"):
        dr.nonsense  # noqa: B018


def test_building_a_report_needs_no_widgets() -> None:
    code = (
        "import sys, pandas as pd, dynreports as dr\n"
        "project = dr.Project('P', pd.DataFrame({'a': ['x']}))\n"
        "project.panel().table(rows='A', columns=['Records']).frame()\n"
        "assert not {'anywidget', 'ipywidgets', 'ipyaggrid'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
