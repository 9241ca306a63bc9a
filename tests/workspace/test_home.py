"""The home page without a browser: what it lists, what it does, what it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.project.storage import Storage
from dynreports.semantics.dataset import Dataset
from dynreports.workspace import listing
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


def test_the_channel_of_a_report_is_what_all_its_panels_are_limited_to(
    storage: Storage, logs: Dataset
) -> None:
    sms, other = dr.template("sms-report", logs), dr.template("sms-report", logs)
    sms.save("texts")
    other.panel("All channels")
    other.save("both")
    found = {each["name"]: each["channels"] for each in Home(logs).shell.home["reports"]}
    assert found["texts"] == ["Mobile (SMS)"]
    assert found["both"] == []
    assert found["push-notification-report"] == ["Push notification"]
    assert found["in-app-report"] == ["In-App"]
    assert [name for name, channels in found.items() if channels] == [
        "push-notification-report",
        "in-app-report",
        "sms-report",
        "texts",
    ]


def test_reports_are_copied_renamed_deleted_and_brought_back(home: Home) -> None:
    ask(home, "duplicate", names=["plan"])
    assert sorted(customs(home)) == ["Plan", "Plan (Copy)"]
    ask(home, "rename", name="plan", title="Quarter")
    reply = ask(home, "delete", names=["plan"])
    assert reply["say"] == "Deleted “Quarter”."
    assert customs(home) == ["Plan (Copy)"]
    ask(home, "restore", tokens=reply["data"]["tokens"])
    assert sorted(customs(home)) == ["Plan (Copy)", "Quarter"]


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
    assert customs(home) == ["Plan"]


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


@pytest.mark.parametrize(
    ("today", "begins"),
    [("2026-05-31", "This month"), ("2026-06-01", "All dates")],
)
def test_a_new_project_begins_with_this_month_where_the_data_reaches_it(
    storage: Storage, today: str, begins: str
) -> None:
    frame = pd.DataFrame({"ts": pd.to_datetime(["2026-04-03", "2026-05-20"])})
    home = Home(dr.Dataset(frame, time="ts", timezone="UTC", as_of=today), storage=storage)
    ask(home, "create")
    assert home.workspace is not None
    [panel] = home.workspace.shell.state["panels"]
    assert panel["period"]["label"] == begins
    assert home.workspace.session.undo_label is None


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


# ---- deliveries and campaigns -------------------------------------------------------------------


@pytest.fixture(scope="module")
def logs() -> Dataset:
    return dr.campaign.demo(recipients=300, deliveries=8, days=40, seed=7)


def test_reports_open_on_a_delivery_with_its_week(storage: Storage, logs: Dataset) -> None:
    home = Home(logs, storage=storage)
    data = ask(home, "objects")["data"]
    assert data["reports"][0] == {"id": "delivery-summary", "label": "Delivery summary"}
    stamps = [each["stamp"] for each in data["objects"]]
    assert stamps == sorted(stamps, reverse=True)
    assert {each["on"] for each in data["objects"]} >= {"delivery", "campaign"}
    one = next(each for each in data["objects"] if each["what"] == "Single delivery")
    told = ask(home, "scoped", on="delivery", id=one["id"])["data"]
    ask(home, "open_scoped", template="opens", on="delivery", id=one["id"])
    assert home.workspace is not None
    [panel, *_] = home.workspace.shell.state["panels"]
    assert panel["period"]["days"] == told["days"]
    assert [each["label"] for each in panel["chips"]] == [f"Delivery: {one['label']}"]
    late = [each for each in data["objects"] if each["why"]]
    assert late  # the logs end within a week of the last delivery


def test_an_address_opens_a_report_on_an_object(
    storage: Storage, logs: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listing.wanted("token=x") is None
    assert listing.wanted("delivery=DM1&token=x") == {
        "template": "delivery-summary",
        "on": "delivery",
        "id": "DM1",
    }
    monkeypatch.setenv("VOILA_BASE_URL", "/base/")
    monkeypatch.setenv("SCRIPT_NAME", "/base/voila/render/my%20home.ipynb")
    assert Home(logs, storage=storage).shell.home["tab"] == "voila/render/my%20home.ipynb"
    monkeypatch.delenv("VOILA_BASE_URL")
    monkeypatch.setenv("DYNREPORTS_ROOT", "/work")
    for place, path in (
        ("/work/a/my home.ipynb", "voila/render/a/my%20home.ipynb"),
        ("/elsewhere/x.ipynb", None),
    ):
        monkeypatch.setenv("JPY_SESSION_NAME", place)
        assert listing.tab() == path


def test_data_without_deliveries_says_so(home: Home) -> None:
    reply = home.answer({"verb": "objects"})
    assert not reply["ok"]
    assert "deliver" in reply["error"]["message"]
