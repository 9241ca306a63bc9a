"""The workspace without a browser: intents in, synced state and replies out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import DataError
from dynreports.project.drops import RULES
from dynreports.project.session import Session
from dynreports.semantics.dataset import Dataset
from dynreports.workspace.controller import Workspace
from dynreports.workspace.shell import STATIC

TABLE = "t2"


def do(workspace: Workspace, verb: str, **fields: Any) -> dict[str, Any]:
    reply = workspace.answer({"verb": verb, **fields})
    json.dumps(reply)
    return reply


def drop(workspace: Workspace, component: str, on: str, **target: Any) -> dict[str, Any]:
    kind, _, id = component.partition(":")
    return do(
        workspace,
        "drop",
        components=[{"kind": kind, "id": id}],
        target={"on": on, "table": TABLE, **target},
    )


def build(workspace: Workspace) -> None:
    assert drop(workspace, "dimension:city", "rows", path=[])["ok"]
    assert drop(workspace, "metric:open", "columns")["ok"]


def payload(workspace: Workspace, table: str = TABLE) -> dict[str, Any]:
    found: dict[str, Any] = workspace.grids[table].payload
    json.dumps(found, allow_nan=False)
    return found


def test_begins_with_one_empty_table(workspace: Workspace) -> None:
    assert workspace.shell.state["title"] == "Untitled report"
    assert not workspace.shell.state["unsaved"]
    assert list(workspace.grids) == [TABLE]
    assert payload(workspace)["status"] == "ready"
    assert workspace.shell.rules["phrases"] == RULES
    assert {each["kind"] for each in workspace.shell.catalog} == {
        "dimension", "metric", "segment", "time", "period",
    }  # fmt: skip


def test_the_main_job(workspace: Workspace, tmp_path: Path) -> None:
    build(workspace)
    reply = drop(workspace, "time:month", "row", paths=[["Paris"]])
    assert reply == {"ok": True, "error": None, "say": "Broke down Paris by Month. 1 row."}
    assert [row["label"] for row in payload(workspace)["rows"]] == [
        "Paris", "Month", "May 2026", "Rome", "Nowhere",
    ]  # fmt: skip
    assert workspace.shell.state["undoLabel"] == "Break down Paris by Month"
    assert do(workspace, "undo")["say"] == "Undo: Break down Paris by Month."
    assert len(payload(workspace)["rows"]) == 3
    assert do(workspace, "redo")["ok"]
    assert do(workspace, "save", name=None, overwrite=False)["say"] == "Saved as untitled-report."
    assert not workspace.shell.state["unsaved"]
    assert workspace.shell.state["name"] == "untitled-report"
    assert (tmp_path / "reports" / "untitled-report.report.json").exists()


def test_only_what_changed_is_sent(workspace: Workspace) -> None:
    build(workspace)
    do(workspace, "add_panel", table=True)
    other = next(each for each in workspace.grids if each != TABLE)
    before = payload(workspace)
    do(workspace, "rename_item", item=other, title="Other")
    assert payload(workspace) is before
    do(workspace, "collapse_panel", panel="p1", collapsed=True)
    assert payload(workspace) is before
    revision = payload(workspace)["revision"]
    do(workspace, "sort", table=TABLE, column=None, descending=False)
    assert payload(workspace)["revision"] > revision


def test_grids_come_and_go_with_their_tables(workspace: Workspace) -> None:
    do(workspace, "add_table", panel="p1")
    grids = dict(workspace.grids)
    assert len(grids) == 2
    assert all(grid.comm is not None for grid in grids.values())
    do(workspace, "remove_item", item=TABLE)
    assert len(workspace.grids) == 1
    assert grids[TABLE].comm is None
    do(workspace, "undo")
    assert payload(workspace)["status"] == "ready"
    do(workspace, "clear")
    assert workspace.grids == {}


OPEN = {"kind": "metric", "id": "open"}
HOSTILE: list[Any] = [
    None, 1, "drop", [], {}, {"verb": None}, {"verb": "nope"}, {"verb": "drop"}, {"verb": ["drop"]},
    {"verb": "drop", "components": "x", "target": {}}, {"verb": "undo", "more": 1},
    {"verb": "drop", "components": [], "target": {"on": "rows", "table": TABLE, "path": []}},
    {"verb": "drop", "components": [OPEN], "target": {"on": "rows", "table": [], "path": 1}},
    {"verb": "drop", "components": [OPEN], "target": {"on": "row", "table": TABLE, "paths": [1]}},
    {"verb": "drop", "components": [OPEN | {"id": "x"}], "target": {"on": "columns", "table": TABLE}},
    {"verb": "rename_project", "title": "x" * 2_000_000}, {"verb": "rename_project", "title": " \n "},
    {"verb": "rename_project", "title": "\ud800"}, {"verb": "remove_item", "item": "t99"},
    {"verb": "page", "table": TABLE, "path": [], "page": -1},
    {"verb": "page", "table": TABLE, "path": [], "page": 1.5},
    {"verb": "page", "table": "t99", "path": [], "page": 1},
    {"verb": "set_limit", "table": TABLE, "path": [], "limit": 10**9},
    {"verb": "sort", "table": TABLE, "column": "c99", "descending": True},
    {"verb": "set_period", "panel": "p1", "period": {"type": "preset", "id": "never"}},
    {"verb": "set_period", "panel": "p1", "period": {"type": "fixed", "start": "2026-02", "end": "x"}},
    {"verb": "save", "name": "../../etc/passwd", "overwrite": True},
    {"verb": "save", "name": "", "overwrite": False},
    {"verb": "remove_filter", "panel": "p1", "index": -1}, {"verb": "redo"}, {"verb": "__class__"},
]  # fmt: skip


@pytest.mark.parametrize("intent", HOSTILE, ids=lambda each: str(each)[:50])
def test_what_makes_no_sense_changes_nothing(workspace: Workspace, intent: Any) -> None:
    build(workspace)
    before, undo = workspace.session.project, workspace.session.undo_label
    reply = workspace.answer(intent)
    assert reply["ok"] is False
    assert reply["error"]["code"] in {"refused", "error"}
    assert "Traceback" not in reply["error"]["message"]
    assert len(reply["error"]["message"]) < 1000
    assert workspace.session.project is before
    assert workspace.session.undo_label == undo


def test_deeply_nested_intents_are_refused(workspace: Workspace) -> None:
    nested: Any = []
    for _ in range(5_000):
        nested = [nested]
    assert workspace.answer({"verb": "rename_project", "title": nested})["ok"] is False


def test_codes_of_failed_saves(workspace: Workspace, project: dr.Project, tmp_path: Path) -> None:
    dr.Project("Taken", project.data).save("taken")
    assert do(workspace, "save", name="Taken", overwrite=False)["error"]["code"] == "exists"
    assert do(workspace, "save", name="Taken", overwrite=True)["ok"]
    other = dr.open("taken", data=project.data)
    other.panel("More")
    other.save()
    do(workspace, "rename_project", title="Mine")
    assert do(workspace, "save", name=None, overwrite=False)["error"]["code"] == "conflict"
    assert do(workspace, "save", name=None, overwrite=True)["ok"]
    (tmp_path / "reports").rename(tmp_path / "gone")
    (tmp_path / "reports").write_text("in the way")
    do(workspace, "rename_project", title="Again")
    assert do(workspace, "save", name=None, overwrite=False)["error"]["code"] == "error"


def test_two_workspaces_and_python_stay_in_step(workspace: Workspace, project: dr.Project) -> None:
    second = Workspace(project._session)
    second.fill()
    build(workspace)
    assert payload(second)["rows"] == payload(workspace)["rows"]
    assert second.shell.state == workspace.shell.state
    project.panels[0].tables[0].break_down("Rome", by="Device")
    assert [row["label"] for row in payload(second)["rows"]][:3] == ["Paris", "Rome", "Device"]
    assert payload(second)["rows"] == payload(workspace)["rows"]
    second.close()
    do(workspace, "rename_project", title="After")
    assert second.shell.state["title"] == "Untitled report"


def test_a_table_that_fails_leaves_the_others_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(workspace)
    do(workspace, "add_table", panel="p1")
    healthy = next(each for each in workspace.grids if each != TABLE)
    result = Session.result

    def failing(self: Session, table: str, **options: Any) -> Any:
        if table == TABLE:
            message = "disk on fire"
            raise OSError(message)
        return result(self, table, **options)

    monkeypatch.setattr(Session, "result", failing)
    do(workspace, "refresh")
    assert payload(workspace)["status"] == "error"
    assert payload(workspace)["error"]["details"] == "OSError: disk on fire"
    assert payload(workspace, healthy)["status"] == "ready"
    monkeypatch.undo()
    do(workspace, "refresh")
    assert payload(workspace)["status"] == "ready"


def test_failed_refresh_keeps_the_figures(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    build(workspace)
    before = payload(workspace)

    def fail(self: Dataset) -> None:
        message = "The file is gone."
        raise DataError(message)

    monkeypatch.setattr(Dataset, "refresh", fail)
    assert do(workspace, "refresh")["error"]["message"] == "The file is gone."
    assert payload(workspace) == before


def test_what_is_dropped_on_a_row_belongs_to_its_rank_where_that_was_chosen(workspace: Workspace) -> None:
    build(workspace)
    do(workspace, "set_rows", table=TABLE, path=[], by_position=True)
    first = payload(workspace)["rows"][0]["path"]
    reply = drop(workspace, "time:month", "row", paths=[first])
    assert reply["say"].startswith(f"Broke down {first[0]} by Month.")
    do(workspace, "sort", table=TABLE, column=None, descending=True)
    rows = payload(workspace)["rows"]
    # Another item stands in the first row now, and has the breakdown; the one it was dropped on has none.
    assert rows[0]["path"] != first
    assert [row["path"] for row in rows if row["type"] == "item" and row["open"]] == [rows[0]["path"]]


def test_numbers_that_javascript_rounds() -> None:
    items = [2**60 + n for n in range(3)]
    project = dr.explore(pd.DataFrame({"user_id": items * 2, "kind": list("ababab")}))
    workspace = project._workspace()
    workspace.fill()
    drop(workspace, "dimension:user_id", "rows", path=[])
    drop(workspace, "metric:records", "columns")
    paths = [row["path"] for row in payload(workspace)["rows"]]
    assert sorted(paths) == [[str(each)] for each in items]
    assert drop(workspace, "dimension:kind", "row", paths=[paths[1]])["ok"]
    assert do(workspace, "set_limit", table=TABLE, path=paths[1], limit=10)["ok"]
    opened = [row["path"] for row in payload(workspace)["rows"] if row["type"] == "total"]
    assert opened == [paths[1]]


def test_messages_through_the_widget(workspace: Workspace) -> None:
    sent: list[Any] = []
    workspace.shell.send = lambda content, _buffers: sent.append(content)
    workspace.shell._receive(workspace.shell, {"type": "intent", "id": 7, "intent": {"verb": "undo"}}, [])
    workspace.shell._receive(workspace.shell, {"type": "other"}, [])
    workspace.shell._receive(workspace.shell, None, [])
    assert [(each["type"], each["id"], each["ok"]) for each in sent] == [("reply", 7, False)]


def test_a_page_that_was_loaded_meanwhile_catches_up(workspace: Workspace) -> None:
    replies: list[Any] = []
    states: list[tuple[str, Any]] = []
    (grid,) = workspace.grids.values()
    shell = workspace.shell
    shell.send = lambda content, _buffers: replies.append(content)
    for each in (shell, grid):
        each.send_state = lambda key, model=each: states.append((model.model_id, key))

    def ask(behind: object) -> None:
        shell._receive(shell, {"type": "catch_up", "id": 3, "behind": behind}, [])

    ask([])
    first = replies[-1]["data"]
    assert first == {shell.model_id: shell.revision, grid.model_id: payload(workspace)["revision"]}
    assert states == []
    drop(workspace, "metric:records", "columns")
    states.clear()  # what every page is sent
    ask([grid.model_id, "of another kernel"])
    assert replies[-1]["id"] == 3
    assert all(replies[-1]["data"][each] > first[each] for each in first)
    assert states == [(grid.model_id, ("payload",))]
    ask("all")
    assert len(states) == 1


@pytest.mark.skipif(not (STATIC / "charts.js").exists(), reason="the front end is not built")
def test_what_draws_charts_is_sent_when_a_page_asks_for_it(workspace: Workspace) -> None:
    sent: list[Any] = []
    workspace.shell.send = lambda content, buffers: sent.append((content, buffers))
    workspace.shell._receive(workspace.shell, {"type": "charts", "id": 8}, [])
    ((content, (packed,)),) = sent
    assert (content["id"], content["ok"]) == (8, True)
    assert gzip.decompress(packed) == (STATIC / "charts.js").read_bytes()
    assert len(packed) < 300_000
    # It is no part of what every page loads.
    assert "vega" not in workspace.shell.source.code


def test_pages_are_for_reading(project: dr.Project) -> None:
    project.panels[0].table(rows="City", columns=["Open"])
    page = project.page()
    page.fill()
    assert page.shell.state["page"]
    table = list(page.grids)[1]
    assert do(page, "sort", table=table, column=None, descending=False)["ok"]
    assert do(page, "page", table=table, path=[], page=1)["ok"]
    assert do(page, "remove_item", item=table)["error"]["code"] == "refused"
    assert do(page, "save", name="x", overwrite=True)["error"]["code"] == "refused"
    assert project._session.project.panels[0].items[1].sort != page.session.project.panels[0].items[1].sort
