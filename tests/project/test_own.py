"""Metrics and segments of the report's own: commands, undo, what is saved, and figures against pandas."""

from __future__ import annotations

from typing import Any

import msgspec
import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import DynReportsError, InvalidInputError, RefusedError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project.model import Project
from dynreports.semantics.component import Ref
from dynreports.semantics.formula import Calculated, Named
from dynreports.semantics.parsing import FormulaError
from tests.project.conftest import dataset, frame

__all__ = ["dataset"]


@pytest.fixture
def report(dataset: dr.Dataset) -> dr.Project:
    report = dr.Project("Review", dataset)
    report.add_metric("Clicks per person", "[Click] / distinct([who])", decimals=2)
    report.add_segment("Rome", where=dr.field("city") == "Rome")
    return report


def oracle(records: pd.DataFrame) -> float:
    people = records["who"].nunique()
    return float((records["event"] == "click").sum() / people) if people else 0.0


def test_a_total_comes_from_records_never_from_rows(report: dr.Project) -> None:
    table = report.panel("P").table(
        rows="City", columns=["Clicks per person", ("Clicks per person", {"segment": "Rome"})]
    )
    data = frame()
    rows = table.frame()["Clicks per person"]
    cities = {"Nowhere" if pd.isna(city) else city: part for city, part in data.groupby("city", dropna=False)}
    assert rows.to_dict() == {city: oracle(part) for city, part in cities.items()}
    total = table.total()
    assert total["Clicks per person"] == oracle(data)
    assert total["Clicks per person (Rome)"] == oracle(data[data["city"] == "Rome"])
    # The tempting ways are other figures.
    assert oracle(data) != pytest.approx(rows.sum())
    assert oracle(data) != pytest.approx(rows.mean())
    table.break_down("Paris", by="Device")
    paris = data[data["city"] == "Paris"]
    inner = table.frame(at="Paris")["Clicks per person"]
    assert inner.to_dict() == {device: oracle(part) for device, part in paris.groupby("device")}
    assert table.total(at="Paris")["Clicks per person"] == oracle(paris)


def test_a_segment_in_a_formula(report: dr.Project) -> None:
    report.add_metric("Share of Rome", "[Records] where [Rome] / [Records]", format="percent")
    table = report.panel("P").table(rows="Device", columns=["Share of Rome"])
    data = frame()
    assert table.total()["Share of Rome"] == (data["city"] == "Rome").mean()
    assert table.frame()["Share of Rome"].to_dict() == pytest.approx(
        data.assign(rome=data["city"] == "Rome").groupby("device")["rome"].mean().to_dict()
    )


def test_metrics_of_metrics_follow_their_parts(report: dr.Project) -> None:
    report.add_metric("Double", "2 * [Clicks per person]", decimals=2)
    table = report.panel("P").table(rows="City", columns=["Double"])
    before = table.total()["Double"]
    session = report._session
    session.apply(do.SaveMetric("clicks-per-person", "Clicks each", "[Click]"))
    assert table.total()["Double"] == 2 * (frame()["event"] == "click").sum() != before
    # A label is only a label: the formula is printed with the new one.
    assert "2 * [Clicks each]" in report.to_python()
    report.undo()
    assert table.total()["Double"] == before


def test_undo_has_names_and_nothing_is_left(report: dr.Project) -> None:
    session = report._session
    assert session.undo_label == "Add the segment Rome"
    report.undo()
    assert "Rome" not in {each.label for each in session.dataset.catalog.segments}
    report.redo()
    session.apply(do.DuplicateComponent(Ref("metric", "click")))
    assert session.undo_label == "Duplicate Click"
    assert (
        session.dataset.catalog.metric("click-copy").expression
        == session.dataset.catalog.metric("click").expression
    )
    session.apply(do.RemoveComponent(Ref("metric", "click-copy")))
    assert session.undo_label == "Delete the metric Click (copy)"
    # The data as it was given is untouched.
    assert all(each.label != "Clicks per person" for each in report.data.catalog.metrics)


def test_what_is_used_is_not_deleted(report: dr.Project) -> None:
    report.panel("Mine", segments=["Rome"]).table(rows="City", columns=["Clicks per person"], title="T")
    with pytest.raises(RefusedError, match="'Clicks per person' is used in the table 'T'"):
        report.delete("Clicks per person")
    with pytest.raises(RefusedError, match="the panel 'Mine'"):
        report.delete("Rome")
    with pytest.raises(RefusedError, match="Only metrics of this report"):
        report.delete("Click")


@pytest.mark.parametrize(
    ("command", "error", "words"),
    [
        (do.SaveMetric(None, " ", "1"), RefusedError, "visible"),
        (do.SaveMetric(None, "click", "1"), RefusedError, "called 'Click' already"),
        (do.SaveMetric(None, "X", "[Clik]"), FormulaError, "Did you mean: Click"),
        (do.SaveMetric(None, "X", "1", decimals=99), RefusedError, "0 to 6"),
        (do.SaveMetric("click", "X", "1"), RefusedError, "Duplicate it"),
        (do.SaveMetric("clicks-per-person", "X", "1 + [Clicks per person]"), RefusedError, "from itself"),
        (do.SaveSegment(None, "X", dr.field("nothing") == 1), UnknownNameError, "field"),
        (do.SaveSegment(None, "X", dr.field("city") == 1), InvalidInputError, "text"),
        (do.RemoveComponent(Ref("dimension", "city")), RefusedError, "belongs to the data"),
        (do.RemoveComponent(Ref("metric", "gone")), RefusedError, "Only metrics"),
    ],
)
def test_refusals_leave_nothing_behind(
    report: dr.Project, command: Any, error: type[Exception], words: str
) -> None:
    before, label = report._session.project, report._session.undo_label
    with pytest.raises(error, match=words):
        report._session.apply(command)
    assert report._session.project is before
    assert report._session.undo_label == label


def test_circles_are_refused_at_any_distance(report: dr.Project) -> None:
    report.add_metric("Double", "2 * [Clicks per person]")
    with pytest.raises(RefusedError, match="from itself, through 'Double'"):
        report._session.apply(do.SaveMetric("clicks-per-person", "Clicks per person", "[Double]"))


def test_saved_opened_and_rebuilt(report: dr.Project) -> None:
    report.add_metric("Of Rome", "[Records] where [Rome]", description="What <b>Rome</b> is", on_zero="blank")
    report.panel("P").table(rows="City", columns=["Of Rome", "Clicks per person"])
    document = report._session.project
    assert msgspec.json.decode(msgspec.json.encode(document), type=Project) == document
    found: dict[str, Any] = {"df": frame()}
    exec(report.to_python(), found)
    assert found["project"] == report
    pd.testing.assert_frame_equal(
        found["project"].panels[0].tables[0].frame(), report.panels[0].tables[0].frame()
    )
    code: dict[str, Any] = {"df": frame()}
    exec(report.panels[0].tables[0].to_pandas_code(), code)
    pd.testing.assert_frame_equal(code["result"], report.panels[0].tables[0].frame())


def test_data_that_lacks_a_part_says_so_and_the_rest_works(report: dr.Project) -> None:
    report.add_metric("Double", "2 * [Clicks per person]")
    table = report.panel("P").table(rows="City", columns=["Double"])
    other = report.panels[0].table(rows="City", columns=["Open"])
    less = frame().drop(columns="who")
    opens = dr.count(label="Open", where=dr.field("event") == "open")
    report._session.dataset = dr.Dataset(less, infer=False, dimensions=["city"], metrics=[opens])
    assert len(report._session.problems) == 2
    assert "Clicks per person" in report._session.problems[0]
    with pytest.raises(DynReportsError):
        table.frame()
    assert other.total()["Open"] == (frame()["event"] == "open").sum()


def test_a_file_with_a_circle_opens(report: dr.Project) -> None:
    circle = (
        Calculated(id="a", label="A", formula=Named("b")),
        Calculated(id="b", label="B", formula=Named("a")),
    )
    session = report._session
    session._history.project = msgspec.structs.replace(session.project, metrics=circle)
    assert len(session.problems) == 2
