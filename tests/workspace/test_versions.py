"""Earlier versions over the wire: listed, noted, compared, restored, and only for authors."""

from __future__ import annotations

from typing import Any

import pytest

import dynreports as dr
from dynreports.workspace.controller import Workspace
from tests.workspace.test_controller import build, do


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNREPORTS_USER", "ada")


def listed(workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = do(workspace, "versions")["data"]
    return found


def test_versions_are_listed_noted_compared_and_restored(workspace: Workspace) -> None:
    assert "save it first" in do(workspace, "versions")["error"]["message"]
    do(workspace, "save", name="Plan", overwrite=False, note="  the <b>first</b>\n one ")
    build(workspace)
    do(workspace, "save", name=None, overwrite=False)
    found = listed(workspace)
    assert found["current"] == 2
    assert [(each["revision"], each["author"], each["note"]) for each in found["versions"]] == [
        (2, "ada", ""),
        (1, "ada", "the <b>first</b> one"),
    ]
    noted = do(workspace, "annotate", revision=2, note="built")
    assert noted["data"] == {**found["versions"][0], "note": "built"}
    assert listed(workspace)["versions"][0]["note"] == "built"

    lines = do(workspace, "differences", before=1, after=2)["data"]["lines"]
    assert lines == do(workspace, "differences", before=1, after=None)["data"]["lines"] != []
    assert do(workspace, "differences", before=2, after=None)["data"]["lines"] == []
    assert do(workspace, "restore", revision=1)["say"] == "Restored version 1."
    assert workspace.shell.state["unsaved"]
    assert workspace.shell.state["undoLabel"] == "Restore version 1"
    assert do(workspace, "differences", before=1, after=None)["data"]["lines"] == []
    do(workspace, "undo")
    assert not workspace.shell.state["unsaved"]
    assert listed(workspace)["current"] == 2


def test_what_is_not_there_or_too_long_is_refused(workspace: Workspace) -> None:
    do(workspace, "save", name="Plan", overwrite=False)
    for verb, fields in {
        "restore": {"revision": 7},
        "annotate": {"revision": 7, "note": "x"},
        "differences": {"before": 1, "after": 7},
    }.items():
        assert "Kept: 1." in do(workspace, verb, **fields)["error"]["message"]
    build(workspace)
    refused = do(workspace, "save", name=None, overwrite=False, note="x" * 501)
    assert "at most 500 characters" in refused["error"]["message"]
    assert [each["revision"] for each in listed(workspace)["versions"]] == [1]


def test_readers_get_none_of_it(project: dr.Project) -> None:
    project.save("Plan", note="not for readers")
    page = project.page()
    for verb, fields in {
        "versions": {},
        "differences": {"before": 1, "after": None},
        "restore": {"revision": 1},
        "annotate": {"revision": 1, "note": "mine"},
    }.items():
        reply = do(page, verb, **fields)
        assert reply["error"]["code"] == "refused", verb
        assert "not for readers" not in str(reply)
    assert [each.note for each in project.versions()] == ["not for readers"]
