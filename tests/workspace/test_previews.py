"""What the builders ask while people write, against pandas."""

from __future__ import annotations

from typing import Any

import pytest

import dynreports as dr
from dynreports.workspace.controller import Workspace
from tests.project.conftest import frame
from tests.workspace.test_controller import TABLE, build, do


def ask(workspace: Workspace, verb: str, **fields: Any) -> dict[str, Any]:
    reply = do(workspace, verb, **fields)
    assert reply["ok"], reply["error"]
    data: dict[str, Any] = reply["data"]
    return data


def metric(workspace: Workspace, formula: str, table: str | None = TABLE, **more: Any) -> dict[str, Any]:
    shown = {"format": "number", "decimals": 2, "on_zero": "zero", **more}
    return ask(workspace, "preview_metric", formula=formula, table=table, **shown)


def test_a_formula_over_the_panel_and_in_the_rows(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    may = {"type": "fixed", "start": "2026-05-01", "end": "2026-06-01"}
    do(workspace, "set_period", panel="p1", period=may)
    found = metric(workspace, "click / distinct(who)")
    records = frame()[lambda each: each["ts"] < "2026-06-01"]
    ratio = (records["event"] == "click").sum() / records["who"].nunique()
    assert found["problem"] is None
    assert found["text"] == "[Click] / distinct([who])"
    assert found["value"] == f"{ratio:.2f}"
    rows = {
        city: f"{(part['event'] == 'click').sum() / part['who'].nunique():.2f}"
        for city, part in records.groupby("city")
    }
    assert dict(found["rows"]) == rows
    assert metric(workspace, "0.5", table=None, format="percent")["value"] == "50.00%"


def test_a_formula_that_is_wrong_says_where(workspace: Workspace) -> None:
    problem = metric(workspace, "[Open] / [Clik]")["problem"]
    assert (problem["start"], problem["end"]) == (9, 15)
    assert "Did you mean: Click" in problem["message"]
    assert metric(workspace, "[Open] /")["problem"]["start"] == 8


def test_a_condition_counts_records_and_people(workspace: Workspace) -> None:
    where = {"type": "and", "parts": [
        {"type": "compare", "field": "city", "op": "==", "value": "Paris"},
        {"type": "not", "of": {"type": "contains", "field": "device", "text": "mob"}},
    ]}  # fmt: skip
    found = ask(workspace, "preview_segment", where=where, panel=None)
    records = frame()[lambda each: (each["city"] == "Paris") & (each["device"] != "Mobile")]
    assert found["counts"] == [["Records", str(len(records))], ["People", str(records["who"].nunique())]]
    assert found["of"] == "20"
    assert found["words"] == "City is Paris and device does not contain “mob”"


def test_values_are_found_by_search_the_most_frequent_first(workspace: Workspace) -> None:
    assert ask(workspace, "values", field="device", text="")["values"][0] == "Mobile"
    assert ask(workspace, "values", field="device", text="TAB")["values"] == ["Tablet"]
    assert not do(workspace, "values", field="devise", text="")["ok"]


def test_fields_and_definitions(workspace: Workspace, project: dr.Project) -> None:
    fields = {each["name"]: each for each in ask(workspace, "fields")["fields"]}
    assert fields["city"] == {"name": "city", "type": "text", "label": "City"}
    assert fields["who"]["type"] == "integer"
    project.add_metric("Ratio", "open/click", format="percent")
    found = ask(workspace, "component", component={"kind": "metric", "id": "ratio"})
    assert found["formula"] == "[Open] / [Click]"
    assert workspace.shell.state["own"] == ["metric:ratio"]
    assert "Ratio" in {each["label"] for each in workspace.shell.catalog}
    project.undo()
    assert "Ratio" not in {each["label"] for each in workspace.shell.catalog}
    found = ask(workspace, "component", component={"kind": "segment", "id": "early"})
    assert found["where"] == {"type": "compare", "field": "who", "op": "<", "value": 5}


def test_components_by_gesture(workspace: Workspace) -> None:
    made: dict[str, Any] = {
        "label": "<b>Mine</b>",
        "formula": "[Open] / 2",
        "format": "number",
        "decimals": 1,
    }
    reply = do(workspace, "save_metric", id=None, description="", on_zero="zero", **made)
    assert reply["say"] == "Added the metric <b>Mine</b>."
    reply = do(
        workspace, "save_metric", id="b-mine-b", description="", on_zero="zero", **{**made, "formula": "["}
    )
    assert not reply["ok"]
    where = {"type": "in", "field": "city", "values": ["Paris", "Rome"]}
    assert do(workspace, "save_segment", id=None, label="Two", where=where, description="")["ok"]
    assert do(workspace, "remove_component", component={"kind": "segment", "id": "two"})["ok"]


@pytest.mark.parametrize(
    "where", [{"type": "compare", "field": "city", "op": "~", "value": 1}, {}, None, "x"]
)
def test_a_condition_that_is_none_is_refused(workspace: Workspace, where: object) -> None:
    assert not do(workspace, "save_segment", id=None, label="X", where=where, description="")["ok"]
    assert not do(workspace, "preview_segment", where=where, panel=None)["ok"]
