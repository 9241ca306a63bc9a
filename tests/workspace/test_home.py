"""The home page without a browser: what it lists, what it does, what it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dynreports as dr
from dynreports.project.storage import Storage
from dynreports.semantics.dataset import Dataset
from dynreports.workspace.home import Home


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("DYNREPORTS_USER", "ana")
    return Storage()


@pytest.fixture
def home(storage: Storage, dataset: Dataset) -> Home:
    dr.explore(dataset).save("Plan")
    return Home(dataset)


def customs(home: Home) -> list[str]:
    return [each["title"] for each in home.shell.home["reports"] if each["kind"] == "custom"]


def ask(home: Home, verb: str, **fields: Any) -> Any:
    reply = home.answer({"verb": verb, **fields})
    assert reply["ok"], reply["error"]
    return reply


def test_it_lists_templates_and_reports_with_owner_and_time(home: Home) -> None:
    [plan] = [each for each in home.shell.home["reports"] if each["kind"] == "custom"]
    assert (plan["name"], plan["owner"], plan["problem"]) == ("plan", "ana", None)
    assert abs(plan["stamp"] - time.time()) < 60
    templates = [each["title"] for each in home.shell.home["reports"] if each["kind"] == "template"]
    assert templates[0] == "Delivery summary"
    assert len(templates) == 13


def test_reports_are_copied_renamed_deleted_and_brought_back(home: Home) -> None:
    ask(home, "duplicate", names=["plan"])
    assert sorted(customs(home)) == ["Untitled report", "Untitled report (Copy)"]
    ask(home, "rename", name="plan", title="Quarter")
    reply = ask(home, "delete", names=["plan"])
    assert reply["say"] == "Deleted “Quarter”."
    assert customs(home) == ["Untitled report (Copy)"]
    ask(home, "restore", tokens=reply["data"]["tokens"])
    assert sorted(customs(home)) == ["Quarter", "Untitled report (Copy)"]


def test_what_is_refused_says_why_and_changes_nothing(home: Home) -> None:
    for intent in (
        {"verb": "delete", "names": ["delivery-summary"]},
        {"verb": "delete", "names": []},
        {"verb": "open", "name": "../plan", "kind": "custom"},
        {"verb": "rename", "name": "plan", "title": " "},
        {"verb": "shell", "names": []},
        None,
        {"verb": "restore", "tokens": ["../../plan~0123456789ab"]},
    ):
        reply = home.answer(intent)
        assert not reply["ok"], intent
        assert reply["error"]["message"]
    assert customs(home) == ["Untitled report"]


def test_a_report_opens_in_place_and_closes(home: Home) -> None:
    ask(home, "open", name="plan", kind="custom")
    assert home.workspace is not None
    shell = home.workspace.shell
    assert home.shell.workspace is shell
    assert shell.state["name"] == "plan"
    ask(home, "leave")
    assert home.shell.workspace is None
    assert shell.comm is None  # nothing of it stays behind in the browser
    ask(home, "create")
    assert home.workspace.session.name is None
    ask(home, "open", name="plan", kind="custom")
    assert home.workspace.session.name == "plan"


def test_reports_of_other_people_come_with_the_next_look(home: Home, storage: Storage) -> None:
    storage.save("other", storage.load("plan").project)
    assert len(customs(home)) == 1
    ask(home, "list")
    assert len(customs(home)) == 2


def test_two_thousand_reports(home: Home, storage: Storage, measured: Callable[[str], None]) -> None:
    content = storage.path("plan").read_bytes()
    for n in range(2000):
        storage.path(f"report {n}").write_bytes(content)
    start = time.perf_counter()
    ask(home, "list")
    took = (time.perf_counter() - start) * 1000
    assert len(customs(home)) == 2001
    measured(f"2,001 reports are listed and sent in {took:.0f} ms (goal: under 300)")
