"""The code drawer without a browser: what stands for a table, and the table that people work on."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import RefusedError
from dynreports.workspace import current
from dynreports.workspace.controller import Workspace
from tests.workspace.test_controller import TABLE, build, do, drop


def code(workspace: Workspace, form: str, table: str = TABLE) -> dict[str, Any]:
    reply = do(workspace, "code", table=table, form=form)
    assert reply["ok"], reply["error"]
    data: dict[str, Any] = reply["data"]
    return data


def source(data: dict[str, Any]) -> str:
    return "".join(text for _, text in data["tokens"])


def test_pandas_gives_the_figures_of_the_screen_after_every_gesture(
    workspace: Workspace, project: dr.Project
) -> None:
    build(workspace)
    table = project.panels[0].tables[0]
    for gesture in ("drop", "sort", "page"):
        if gesture == "drop":
            drop(workspace, "metric:click", "columns")
        elif gesture == "sort":
            do(workspace, "sort", table=TABLE, column=None, descending=False)
        else:
            do(workspace, "set_limit", table=TABLE, path=[], limit=2)
            do(workspace, "page", table=TABLE, path=[], page=2)
        found: dict[str, Any] = {"df": project.data.frame}
        exec(source(code(workspace, "pandas")), found)
        pd.testing.assert_frame_equal(found["result"], table.frame())


def test_the_cell_finds_its_data_and_shows_its_result(workspace: Workspace) -> None:
    build(workspace)
    current.use(workspace.session)
    cell = code(workspace, "pandas")["cell"]
    assert cell.endswith("\nresult\n")
    found: dict[str, Any] = {}
    exec(cell, found)
    assert list(found["result"].columns) == ["Open"]


def test_python_rebuilds_the_report(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    data = code(workspace, "python")
    assert source(data) == project.to_python()
    assert {kind for kind, _ in data["tokens"]} >= {"kw", "st", ""}


def test_definitions_name_each_component_once(workspace: Workspace) -> None:
    build(workspace)
    drop(workspace, "metric:open", "columns")
    found = code(workspace, "definitions")["definitions"]
    assert [each["label"] for each in found] == ["City", "Open"]
    assert "event" in found[1]["formula"]


def test_hostile_text_stays_text(workspace: Workspace) -> None:
    title = """<b>'\\" \n # {0} %s"""
    do(workspace, "rename_item", item=TABLE, title=title)
    build(workspace)
    data = code(workspace, "pandas")
    exec(source(data), {"df": workspace.session.dataset.frame})
    assert data["title"] == " ".join(title.split())


def test_a_question_changes_nothing(workspace: Workspace) -> None:
    build(workspace)
    before, state = workspace.session.project, workspace.shell.state
    code(workspace, "pandas")
    assert workspace.session.project is before
    assert workspace.shell.state == state


@pytest.mark.parametrize("fields", [{"table": "t99", "form": "pandas"}, {"table": TABLE, "form": "sql"}, {}])
def test_a_question_without_an_answer_is_refused(workspace: Workspace, fields: dict[str, str]) -> None:
    reply = do(workspace, "code", **fields)
    assert not reply["ok"]
    assert reply["error"]["message"]


# ---- the live table -------------------------------------------------------------------------------


def test_current_is_the_table_that_was_touched_last(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    current.use(workspace.session)
    pd.testing.assert_frame_equal(dr.current(), project.panels[0].tables[0].frame())

    do(workspace, "add_table", panel="p1")
    other = project.panels[0].tables[1]
    assert workspace.shell.state["table"] == other._id
    assert dr.current_table().title == other.title
    assert dr.current().empty

    do(workspace, "use_table", table=TABLE)
    assert workspace.shell.state["table"] == TABLE
    assert list(dr.current().columns) == ["Open"]
    # It is live: a gesture changes what the next call gives.
    drop(workspace, "metric:click", "columns")
    assert list(dr.current().columns) == ["Open", "Click"]

    do(workspace, "remove_item", item=TABLE)
    assert dr.current_table()._id == other._id
    assert do(workspace, "undo")["ok"]
    assert dr.current_table()._id == TABLE


def test_touching_a_table_is_no_edit(workspace: Workspace) -> None:
    assert do(workspace, "use_table", table=TABLE)["ok"]
    assert workspace.session.undo_label is None
    assert not workspace.session.unsaved
    assert not do(workspace, "use_table", table="t99")["ok"]


def test_without_a_workspace_or_table(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    current.use(workspace.session)
    do(workspace, "clear")
    with pytest.raises(RefusedError, match="has no table"):
        dr.current()
    monkeypatch.setattr(current, "_last", None)
    with pytest.raises(RefusedError, match="No workspace"):
        dr.current()
