"""Files that are made beside what people do: as the report stood, one at a time, to be cancelled."""

from __future__ import annotations

import gzip
import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from dynreports.project.session import Session
from dynreports.views import paper
from dynreports.views.steps import Told
from dynreports.workspace.controller import Workspace
from tests.workspace.test_controller import TABLE, build, do

PATIENCE = 60.0


class Gate:
    """Holds a file back until it is opened."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()

    def pdf(self, session: Session, told: Told) -> bytes:
        self.begun.set()
        assert self.open.wait(PATIENCE)
        return session.project.title.encode()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(paper, "pdf", gate.pdf)
    yield gate
    gate.open.set()


def ask(workspace: Workspace, format: str, item: str | None = None) -> queue.Queue[Any]:
    replies: queue.Queue[Any] = queue.Queue()
    assert workspace.answer({"verb": "export", "format": format, "table": item}, replies.put) is None
    return replies


def content(reply: dict[str, Any]) -> bytes:
    assert reply["ok"], reply
    [packed] = reply["buffers"]
    return gzip.decompress(packed)


def test_gestures_go_on_and_the_file_is_of_what_stood_there(workspace: Workspace, gate: Gate) -> None:
    build(workspace)
    replies = ask(workspace, "pdf")
    assert gate.begun.wait(PATIENCE)
    assert do(workspace, "rename_project", title="Later")["ok"]
    assert do(workspace, "sort", table=TABLE, column=None, descending=True)["ok"]
    assert replies.empty()
    gate.open.set()
    assert content(replies.get(timeout=PATIENCE)) == b"Untitled report"
    assert workspace.session.project.title == "Later"
    assert do(workspace, "undo")["ok"]


def test_people_are_told_how_far_it_is(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    build(workspace)
    heard: queue.Queue[Any] = queue.Queue()
    is_heard = threading.Event()

    def hear(message: Any) -> None:
        heard.put(message)
        is_heard.set()

    def pdf(session: Session, told: Told) -> bytes:
        while not is_heard.wait(0.01):  # what comes in the middle of a gesture is left out
            told(1, 4, "By <b>city")
        return b"made"

    monkeypatch.setattr(workspace.shell, "send", hear)
    monkeypatch.setattr(paper, "pdf", pdf)
    assert content(ask(workspace, "pdf").get(timeout=PATIENCE)) == b"made"
    assert heard.get(timeout=PATIENCE) == {"type": "making", "done": 1, "of": 4, "doing": "By <b>city"}


def test_a_file_can_be_cancelled_and_the_next_one_comes(workspace: Workspace, gate: Gate) -> None:
    build(workspace)
    replies = ask(workspace, "pdf")
    assert gate.begun.wait(PATIENCE)
    assert do(workspace, "stop_export")["say"] == "Cancelled."
    assert replies.get(timeout=PATIENCE)["error"]["code"] == "stopped"
    assert do(workspace, "stop_export")["say"] == "There is no file to cancel."
    first, second = ask(workspace, "pdf"), ask(workspace, "csv")
    assert first.get(timeout=PATIENCE)["error"]["code"] == "stopped"  # one at a time
    gate.open.set()
    assert b"City" in content(second.get(timeout=PATIENCE))
    assert replies.empty()
    assert first.empty()


def test_pictures_of_items_and_what_goes_wrong(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    build(workspace)
    panel = workspace.session.project.panels[0]
    do(workspace, "add_text", panel=panel.id)
    assert do(workspace, "visualize", table=TABLE, paths=[["Paris"], ["Rome"]])["ok"]
    items = workspace.session.project.panels[0].items
    assert {type(each).__name__ for each in items} == {"Table", "Chart", "Text"}
    for item in items:
        reply = ask(workspace, "png", item.id).get(timeout=PATIENCE)
        assert content(reply).startswith(b"\x89PNG"), item
        assert reply["file"]["name"].endswith(".png")
    reply = ask(workspace, "png", "i99").get(timeout=PATIENCE)
    assert reply["error"]["code"] == "refused"

    def broken(session: Session, told: Told) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paper, "pdf", broken)
    reply = ask(workspace, "pdf").get(timeout=PATIENCE)
    assert "No space left on device" in reply["error"]["message"]
