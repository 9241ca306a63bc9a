"""What the menus do beside the report: files, other reports, what a person uses most."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

import dynreports as dr
from dynreports.project.session import Session
from dynreports.views import csv
from dynreports.workspace import files, usage
from dynreports.workspace.controller import Workspace
from tests.workspace.test_controller import TABLE, build, do, drop, payload


@pytest.fixture(autouse=True)
def of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "person" / "usage.json"
    monkeypatch.setenv(usage.VARIABLE, str(path))
    return path


def content(reply: dict[str, Any]) -> str:
    [packed] = reply["buffers"]
    return gzip.decompress(packed).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("format", "name", "start"),
    [
        ("xlsx", "untitled-report.xlsx", b"PK"),
        ("page", "untitled-report.html", b"<!doctype html>"),
        ("pdf", "untitled-report.pdf", b"%PDF"),
        ("png", "untitled-report.png", b"\x89PNG"),
    ],
)
def test_each_kind_of_file(workspace: Workspace, format: str, name: str, start: bytes) -> None:
    build(workspace)
    reply = workspace.answer({"verb": "export", "format": format, "table": None})
    assert reply["ok"]
    assert reply["file"]["name"] == name
    [packed] = reply["buffers"]
    assert gzip.decompress(packed).startswith(start)


def test_files_of_the_report_and_of_one_table(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    do_not_touch = workspace.session.project
    reply = workspace.answer({"verb": "export", "format": "csv", "table": None})
    assert reply["ok"]
    assert reply["file"] == {"name": "untitled-report.csv", "type": "text/csv;charset=utf-8"}
    assert content(reply) == project.to_csv()
    reply = workspace.answer({"verb": "export", "format": "csv", "table": "t2"})
    assert reply["file"]["name"] == "freeform-table.csv"
    assert content(reply) == csv.table(workspace.session, "t2")
    assert content(reply).splitlines()[0] == "City,Open"
    assert workspace.session.project is do_not_touch


def test_readers_of_a_page_get_files_too(project: dr.Project) -> None:
    page = project.page()
    assert page.answer({"verb": "export", "format": "html", "table": None})["ok"]
    for verb, fields in (("new", {}), ("reports", {}), ("open", {"name": "x"})):
        assert do(page, verb, **fields)["error"]["code"] == "refused"


def test_a_file_too_large_for_the_browser(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST", 10)
    message = do(workspace, "export", format="csv", table=None)["error"]["message"]
    assert "project.export('untitled-report.csv')" in message


def test_what_is_printed(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    project.rename("<script>alert(1)</script>")
    project.panels[0].tables[0].break_down("Paris", by="Device")
    html = content(workspace.answer({"verb": "export", "format": "html", "table": None}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    # Every figure of the screen, and heads that are repeated on every sheet.
    shown = payload(workspace)
    assert all(cell["text"] in html for row in shown["rows"] for cell in row["cells"])
    assert "table-header-group" in html
    assert "<b>Device</b>" in html
    column = shown["columns"][0]["id"]
    do(workspace, "set_column", table=TABLE, column=column, background="colors")
    html = content(workspace.answer({"verb": "export", "format": "html", "table": None}))
    heats = [row["cells"][0]["heat"] for row in payload(workspace)["rows"] if row["type"] == "item"]
    assert min(heats) == -1
    assert max(heats) == 1
    assert html.count('<td class="low"') + html.count('<td class="high"') == len(heats)


def test_open_another_report_in_place(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    do(workspace, "save", name="First", overwrite=False)
    second = dr.Project("Second", project.data)
    second.panel("Only").table(rows="Device", columns=["Click"])
    second.save("Second")
    listed = do(workspace, "reports")["reports"]
    assert {(each["name"], each["title"], each["problem"]) for each in listed} == {
        ("first", "First", None),
        ("second", "Second", None),
    }
    other = Workspace(project._session)
    other.fill()
    # The data has no file: the report is about data of this name, which is here.
    assert do(workspace, "open", name="second")["say"] == "Opened Second."
    for each in (workspace, other):
        assert each.shell.state["title"] == "Second"
        assert [payload(each, table)["rowsRef"]["id"] for table in each.grids] == ["device"]
    assert project.title == "Second"  # Python's handle goes along
    assert project.name == "second"
    assert not workspace.shell.state["unsaved"]
    assert not workspace.shell.state["canUndo"]
    assert do(workspace, "open", name="third")["error"]["code"] == "refused"
    assert workspace.shell.state["title"] == "Second"


def test_a_new_report_over_the_same_data(workspace: Workspace, project: dr.Project) -> None:
    build(workspace)
    do(workspace, "save", name="Kept", overwrite=False)
    drop(workspace, "metric:click", "columns")
    assert do(workspace, "new")["ok"]
    assert workspace.shell.state["name"] is None
    assert project.data is workspace.session.dataset
    assert [table["rowsRef"] for table in (payload(workspace, each) for each in workspace.grids)] == [None]
    # What was not saved was given up: nothing of it comes back.
    again = dr.open("kept", data=project.data)
    assert len(again.panels[0].tables[0].frame().columns) == 1


def test_components_that_are_used_are_counted(workspace: Workspace, of_its_own: Path) -> None:
    assert workspace.shell.usage == {}
    build(workspace)
    drop(workspace, "metric:open", "columns")
    refused = drop(workspace, "segment:early", "between", path=["Paris"], side="after")
    assert not refused["ok"]
    assert workspace.shell.usage == {"dimension:city": 1, "metric:open": 2}
    assert usage.counts("events") == workspace.shell.usage
    assert usage.counts("others") == {}
    assert "Untitled" not in of_its_own.read_text()
    # It is this person's, in every report over the data, and in no report's file.
    again = Workspace(Session(workspace.session.project, workspace.session.dataset))
    assert again.shell.usage == workspace.shell.usage
    do(again, "forget_usage")
    assert again.shell.usage == usage.counts("events") == {}


@pytest.mark.parametrize("broken", ["", "[]", '{"events": {"a": "b"}}', "\0"])
def test_a_broken_file_of_counts_is_let_be(of_its_own: Path, broken: str) -> None:
    of_its_own.parent.mkdir()
    of_its_own.write_text(broken)
    assert usage.counts("events") == {}


def test_no_place_for_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(usage.VARIABLE, str(tmp_path / "file" / "usage.json"))
    build(workspace)
    assert workspace.shell.usage == {"metric:open": 1}
