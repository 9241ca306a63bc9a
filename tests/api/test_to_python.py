"""The Python that a report prints builds an equal report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dynreports as dr
from dynreports.errors import DynReportsError, InvalidInputError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project.model import NO_SEARCH, AtPosition, MetricFilter, Project
from dynreports.project.session import Session
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Metric
from dynreports.semantics.predicate import And, Contains, InItems, Not, Or, StartsWith, Within
from dynreports.workspace.opening import reference
from tests.project.conftest import frame
from tests.project.test_random_commands import commands


def rebuilt(project: dr.Project, **scope: object) -> dr.Project:
    """Run the code of a report with nothing but what it says it needs."""
    names: dict[str, object] = dict(scope)
    exec(project.to_python(), names)
    found = names["project"]
    assert isinstance(found, dr.Project)
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_report_rebuilds_itself(data: st.DataObject, dataset: Dataset, tmp_path: Path) -> None:
    start = Project(title="Random", data=reference(dataset, tmp_path))
    session = Session(start, dataset)
    for _ in range(data.draw(st.integers(1, 25))):
        command = data.draw(commands(session.project))
        try:
            session.apply(command)
        except DynReportsError:
            continue
    project = dr.Project._of(session)
    again = rebuilt(project, df=frame())
    assert again == project, project.to_python()
    assert again.to_python() == project.to_python()


def test_a_table_whose_last_row_was_taken_away(dataset: Dataset) -> None:
    """Its figures are sorted by their column again, as in a table that is given only columns."""
    project = dr.Project("Rows", dataset)
    table = project.panel("P").table()
    session = project._session
    session.apply(do.Drop((Ref("metric", "open"),), do.OnRows(table._id)))
    [row] = table._document.static
    session.apply(do.RemoveRow(table._id, (row.id,)))
    assert table._document.sort is not None
    assert rebuilt(project, df=frame()) == project


def test_several_rows_are_taken_away_in_one_step(dataset: Dataset) -> None:
    """One that stands under another goes with it, and is not looked for afterwards."""
    project = dr.Project("Rows", dataset)
    table = project.panel("P").table()
    session = project._session
    for metric in ("open", "people"):
        session.apply(do.AddRows(table._id, (), (MetricFilter(metric),)))
    first, second = table._document.static
    session.apply(do.Drop((Ref("segment", "early"),), do.OnRow(table._id, ((first.id,),))))
    [below] = table._document.breakdowns[0].static
    before = session.project
    session.apply(do.RemoveRow(table._id, (first.id, below.id), ((first.id,),)))
    assert table._document.static == (second,)
    assert table._document.breakdowns == ()
    session.undo()
    assert session.project == before


def test_rows_that_are_kept_by_rules_or_by_hand(dataset: Dataset) -> None:
    project = dr.Project("Rows", dataset)
    table = project.panel("P").table(rows="City", columns=["Records", "People"])
    rules = [("Starts with", "p"), ("contains any", "ome <b>")]
    table.search(rules=rules, joined="any", include_missing=False)
    table.break_down("Paris", by="Device").only(["Mobile", "Tablet"], at="Paris")
    code = project.to_python()
    assert "rules=[('starts with', 'p'), ('contains any', 'ome <b>')]" in code
    assert "table.only(['Mobile', 'Tablet'], at='Paris')" in code.splitlines()
    assert rebuilt(project, df=frame()) == project
    first = table.search().frame().index[0]
    assert list(table.only([1]).frame().index) == [first]
    table.only([])
    assert table._document.search == NO_SEARCH
    with pytest.raises(UnknownNameError, match="starts with"):
        table.search(rules=[("start with", "p")])
    with pytest.raises(InvalidInputError, match="pairs such as"):
        table.search(rules=["spring"])
    with pytest.raises(UnknownNameError, match="way to join"):
        table.search(rules=[("equals", "p")], joined="one")  # type: ignore[arg-type]


def test_only_some_of_the_rows_that_were_put_there(dataset: Dataset) -> None:
    project = dr.Project("Rows", dataset)
    panel = project.panel("P", period=None)
    table = panel.table(
        rows=["Early", "Mobile only", ("item", ("City", "Paris"))], columns=["Records", "People"]
    )
    table.break_down("Mobile only", by="City")
    before = project._session.project
    assert table.only(["Mobile only", "Early"]).frame().index.tolist() == ["Early", "Mobile only"]
    # Neither the sum of the two rows nor the total of the three: each record, and each person, once.
    both = frame()[lambda df: (df["who"] < 5) | (df["device"] == "Mobile")]
    assert table.total().tolist() == [len(both), both["who"].nunique()]
    assert [int(table.frame()[each].sum()) for each in table.columns] == [22, 11]
    assert table.grand_total().tolist() == [20, 10]
    assert table.frame(at="Mobile only").index.tolist() == ["Paris", "Rome", "Nowhere"]
    assert "table.only(['Mobile only', 'Early'])" in project.to_python().splitlines()
    assert rebuilt(project, df=frame()) == project
    scope: dict[str, object] = {"df": frame()}
    exec(table.to_pandas_code(), scope)
    pd.testing.assert_frame_equal(scope["result"], table.frame())
    # A chart of rows that are not shown any more still draws them; one that follows the table draws what is.
    locked = panel.chart("bar", source=table).lock("items", rows=["Paris"])
    assert locked.frame().index.tolist() == ["Paris"]
    assert panel.chart("bar", source=table).frame().index.tolist() == ["Early", "Mobile only"]
    # Reports are the same whatever their rows' ids are, and another one if other rows are shown.
    again = rebuilt(project, df=frame())
    again["P"].tables[0].only(["Early"])
    assert again != project
    for _ in range(4):
        project.undo()
    assert project._session.project == before


def test_items_and_ranks_beside_each_other(dataset: Dataset) -> None:
    project = dr.Project("Both", dataset)
    table = project.panel("P").table(rows="City", columns=["Open"])
    table.break_down(1, by="Device")
    table.break_down(1, by="Month")
    table.break_down("Rome", by="Day", limit=10, search="5", include_missing=False, collapsed=True)
    table.break_down(("Rome", "May 2, 2026"), by="Device")
    table.break_down("Nowhere", by="Device")
    again = rebuilt(project, df=frame())
    assert again == project
    assert again["P"]["Freeform Table"].frame(at=1).equals(table.frame(at=1))


def test_every_kind_of_component_and_condition() -> None:
    text = dr.field("city")
    odd = And((Contains("city", "a"),))
    conditions = [
        text == "Paris", text != "O'Hara\n\"x\"", text.isin(["a", "b"]), text.is_null(), ~text.is_null(),
        text.contains("<b>"), text.starts_with("P"), dr.field("who").between(1, 3.5), dr.field("who") >= 2,
        (text == "a") & (text == "b") | (text == "c"), odd, Or(()), And(()),
        Not(Not(StartsWith("city", "x"))),
        And((And((text == "a", text == "b")), text == "c")), ~((text == "a") | (text == "b")),
        InItems(FieldKey("city"), ("Paris", None)),
        Within("ts", "2026-05-01T00:00:00+00:00", "2026-06-01T00:00:00+00:00"),
    ]  # fmt: skip
    blank = Arithmetic(
        "/", Aggregate("count"), Arithmetic("-", Aggregate("sum", "who"), Constant(2.5)), "blank"
    )
    data = dr.Dataset(
        frame(),
        name="it's",
        dimensions=[dr.Dimension("town", "Town", "city", missing="Nowhere", group="Places"), "device"],
        metrics=[
            dr.count(label="All"),
            dr.sum("who", where=text == "Rome", decimals=3, group="Sums", description="words"),
            dr.mean("who"), dr.min("who"), dr.max("who"), dr.distinct("who", show_total=False),
            Metric(id="odd", label="Odd", expression=blank, format="percent", decimals=4),
            (dr.count(where=odd) / dr.count() * 2).named("Twice", on_zero=None),
        ],
        segments=[dr.Segment(f"S {n}", where=where) for n, where in enumerate(conditions)],
        timezone="Europe/Paris",
        as_of="2026-06-14T12:00:00",
        infer=False,
    )  # fmt: skip
    project = dr.Project("Components", data)
    project.panel("P", segments=["S 0", "S 3"]).table(rows="Town", columns=["Odd", "Twice"])
    assert rebuilt(project, df=frame()) == project


def test_filters_of_panels_and_columns_keep_their_order(dataset: Dataset) -> None:
    project = dr.Project("Filters", dataset)
    panel = project.panel("P", period=("2026-05-01", "2026-06-01"), segments=["Early"])
    panel.filter(item=("Device", ["Mobile", "Tablet"])).filter(metric="Click rate").filter(dimension="City")
    panel.filter(segment="Mobile only")
    panel.table(
        columns=[
            ("Open", {"period": "last month"}),
            ("Open", [("segment", "Early"), ("item", ("City", "Nowhere")), ("segment", "Mobile only")]),
            "Open",
            "Open",
        ],
        sort="-Open (2)",
        title="“Quoted” '\\n",
    ).collapse()
    panel.collapse()
    assert rebuilt(project, df=frame()) == project


def test_labels_that_mislead_are_written_as_references() -> None:
    data = dr.Dataset(
        frame(),
        dimensions=[dr.Dimension("day-of", "Day", "city"), dr.Dimension("Open", "Device", "device")],
        metrics=[
            dr.count(label="-Open", id="all"),
            dr.count(label="Open", where=dr.field("event") == "open"),
        ],
        infer=False,
    )
    project = dr.Project("Twins", data)
    panel = project.panel("P")
    session = project._session
    table = panel.table(rows="Day", columns=["-Open", "Open"])
    session.apply(do.SetSort(table._id, session.project.panels[0].items[0].columns[0].id, descending=False))
    other = panel.table(columns=["Open"])
    session.apply(do.Drop((Ref("time", "day"),), do.OnRows(other._id)))
    assert rebuilt(project, df=frame()) == project
    assert "Ref(" in project.to_python()


def test_code_of_a_file_runs_alone(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "events.csv"
    frame().to_csv(path, index=False)
    project = dr.Project(
        "From a file", dr.read(path, segments=[dr.Segment("P", where=dr.field("city") == "Paris")])
    )
    project.panel("P", segments=["P"]).table(rows="City", columns=["Records"])
    code = project.to_python() + "project.save('built')\n"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
    assert dr.open("built") == project


def test_positions_are_numbers(dataset: Dataset) -> None:
    project = dr.Project("Ranks", dataset)
    project.panel("P").table(rows="City", columns=["Open"]).break_down(2, by="Device")
    breakdown = project._session.project.panels[0].items[0].breakdowns[0]
    assert breakdown.at == AtPosition(2)
    assert "table.break_down(2, by='Device')" in project.to_python()


def test_numbers_as_items(tmp_path: Path) -> None:
    data = dr.Dataset(
        pd.DataFrame({"n": pd.array([1, 2, 2**60, None], "Int64"), "b": [True, False, None, True]}), name="n"
    )
    project = dr.Project("Numbers", data)
    table = project.panel("P").table(rows="N", columns=["Records"])
    table.break_down("2", by="B").break_down(str(2**60), by="B").break_down("N/A", by="B")
    assert rebuilt(project, df=data.frame) == project


def test_a_metric_in_the_rows_needs_no_column_of_its_own(dataset: Dataset) -> None:
    project = dr.Project("Rows", dataset)
    table = project.panel("P").table(rows=[("metric", "Open"), "Mobile only"])
    assert table.columns == []
    assert rebuilt(project, df=frame()) == project


def test_charts_of_rows_that_were_put_there(dataset: Dataset) -> None:
    project = dr.Project("Chosen", dataset)
    panel = project.panel("P")
    panel.table(rows=["Early"], columns=["Open"])
    table = panel.table(
        rows=[("metric", "Open"), "Mobile only", ("item", ("City", "Paris"))], columns=["Open"]
    )
    table.break_down("Paris", by="Device")
    panel.chart("bar", source=table).lock("items", rows=["Mobile only", "Paris"])
    panel.chart("bar", source=table).lock("items", rows=[("Paris", "Mobile")])
    again = rebuilt(project, df=frame())
    assert again == project
    assert again.to_python() == project.to_python()
    assert again["P"].charts[0].frame().equals(project["P"].charts[0].frame())
    # Two charts of other rows are other reports.
    again["P"].charts[0].lock("items", rows=["Open", "Paris"])
    assert again != project
