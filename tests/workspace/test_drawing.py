"""Figures that take long: the head stands at once, what is known stays, and the end is always the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

import dynreports as dr
from dynreports.engine.frames import FrameEngine, engine_for
from dynreports.engine.query import Answer, Query
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.workspace import drawing
from dynreports.workspace.controller import Workspace
from tests.soak.gestures import Person

PATIENCE = 20.0


def is_idle(workspace: Workspace) -> bool:
    # Without the lock: whoever holds that keeps parts from being told.
    return not any(workspace._drawing.is_waiting(each) for each in tuple(workspace.grids))


def wait_for(workspace: Workspace) -> None:
    until = time.monotonic() + PATIENCE
    while not is_idle(workspace):
        assert time.monotonic() < until
        time.sleep(0.002)


class Gate:
    """Holds up the engine's queries until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = threading.Event()
        self.queries = 0
        self.held_up = threading.Event()
        answer = FrameEngine.answer

        def slow(engine: FrameEngine, query: Query) -> Answer:
            self.queries += 1
            if threading.current_thread().name == "dynreports":
                self.held_up.set()
                assert self.opened.wait(PATIENCE)
            return answer(engine, query)

        monkeypatch.setattr(FrameEngine, "answer", slow)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """An engine for which everything takes long."""
    monkeypatch.setattr(drawing, "LARGE", 0)
    monkeypatch.setattr(drawing, "MOMENT", 0.05)
    monkeypatch.setattr(drawing, "LONG", 0)
    gate = Gate(monkeypatch)
    yield gate
    gate.opened.set()


def frame() -> pd.DataFrame:
    days = pd.date_range("2026-05-01", periods=4, tz="UTC")
    return pd.DataFrame({"day": days.repeat(2), "kind": list("abababab"), "person": [1, 2, 1, 2, 1, 3, 1, 3]})


def opened(**more: Any) -> tuple[Workspace, str]:
    metrics = [dr.count(label="All"), dr.distinct("person", label="People")]
    project = dr.Project("Big", dr.Dataset(frame(), time="day", metrics=metrics))
    table = project.panel("One").table(rows="Kind", columns=["All"], **more)
    workspace = project._workspace()
    workspace.fill()
    return workspace, table._id


def drop(workspace: Workspace, table: str, component: str, **target: Any) -> Any:
    kind, id = component.split(":")
    reply = workspace.answer(
        {
            "verb": "drop",
            "components": [{"kind": kind, "id": id}],
            "target": {"on": "columns", "table": table} | target,
        }
    )
    assert reply is not None
    assert reply["ok"]
    return reply


class Seen:
    """What a table showed, one payload after the other."""

    def __init__(self, workspace: Workspace, table: str) -> None:
        self.payloads: list[dict[str, Any]] = []
        workspace.grids[table].observe(lambda change: self.payloads.append(change["new"]), "payload")

    def figures(self) -> list[tuple[str, list[str], list[bool]]]:
        """Return status, the first row and which columns are pending, of every payload."""
        return [
            (
                each["status"] + (" stale" if each["stale"] else ""),
                [cell["text"] for cell in each["rows"][0]["cells"]] if each["rows"] else [],
                [column["pending"] for column in each["columns"]],
            )
            for each in self.payloads
        ]


def test_the_head_stands_at_once_and_its_column_fills(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    gate.opened.clear()
    seen = Seen(workspace, table)
    reply = drop(workspace, table, "metric:people")
    assert reply["say"] == "Added People to “Freeform Table”." or reply["say"]
    # The gesture was answered while nothing could be counted.
    assert seen.figures() == [("loading stale", ["4", ""], [False, True])]
    gate.opened.set()
    wait_for(workspace)
    assert seen.figures()[1:-1]
    assert seen.figures()[1] == ("loading", ["4", ""], [False, True])
    assert seen.figures()[-1] == ("ready", ["4", "1"], [False, False])
    assert seen.payloads[-1]["total"]["cells"][1]["series"] is not None
    # What the table cost is all of it: its rows and totals, not only the lines that came last.
    keys = [each.query.by for each in workspace._asking._drawn[table]]
    assert FieldKey("kind") in keys
    assert any(isinstance(key, TimeKey) for key in keys)


def test_known_figures_come_at_once(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    drop(workspace, table, "metric:people")
    wait_for(workspace)
    seen = Seen(workspace, table)
    gate.opened.clear()
    workspace.answer({"verb": "undo"})
    workspace.answer({"verb": "redo"})
    assert [each for each, *_ in seen.figures()] == ["ready", "ready"]


def test_no_figure_stands_under_another_head(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    gate.opened.clear()
    seen = Seen(workspace, table)
    column = workspace.grids[table].payload["columns"][0]["id"]
    drop(workspace, table, "metric:people", on="column", column=column)
    assert seen.figures() == [("loading stale", [""], [True])]
    assert seen.payloads[0]["total"]["cells"][0]["text"] == ""


def test_what_a_new_gesture_makes_superfluous_is_stopped(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    gate.opened.clear()
    gate.held_up.clear()
    drop(workspace, table, "metric:people")
    assert gate.held_up.wait(PATIENCE)
    before = gate.queries
    # The second gesture does not wait for the first one's figures: those are never counted to their end.
    workspace.answer({"verb": "undo"})
    assert workspace.grids[table].payload["status"] == "ready"
    gate.opened.set()
    time.sleep(0.05)
    wait_for(workspace)
    assert gate.queries - before <= 1
    assert [each["label"] for each in workspace.grids[table].payload["columns"]] == ["All"]


def test_rows_are_said_when_they_come(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    gate.opened.clear()
    said: list[Any] = []
    workspace.shell.send = lambda content, *_: said.append(content)
    reply = drop(workspace, table, "time:day", on="row", paths=[["a"]])
    assert reply["say"] == "Broke down a by Day."
    assert said == []
    gate.opened.set()
    wait_for(workspace)
    assert said == [{"type": "say", "say": "4 rows."}]


def test_stopped_and_counted_again(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    whole = drop(workspace, table, "metric:people")
    wait_for(workspace)
    whole = workspace.grids[table].payload
    workspace.session.results.clear()
    engine_for(workspace.session.dataset).clear_results()
    gate.opened.clear()
    other = {"type": "preset", "id": "last-30-days"}
    workspace.answer({"verb": "set_period", "panel": "p1", "period": other})
    workspace.answer({"verb": "set_period", "panel": "p1", "period": None})
    reply = workspace.answer({"verb": "stop", "table": table})
    assert reply is not None
    assert reply["say"] == "Stopped counting."
    payload = workspace.grids[table].payload
    # Figures of another question go; nothing was undone.
    assert (payload["status"], payload["rows"], payload["total"]) == ("stopped", [], None)
    assert [each["pending"] for each in payload["columns"]] == [True, True]
    workspace.answer({"verb": "stop", "table": table})
    assert workspace.grids[table].payload == payload
    gate.opened.set()
    workspace.answer({"verb": "count", "table": table})
    wait_for(workspace)
    assert workspace.grids[table].payload | {"revision": 0} == whole | {"revision": 0}


def test_marks_are_checked_beside_and_let_go(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    drop(workspace, table, "metric:people")
    wait_for(workspace)
    replies: list[Any] = []
    asked = {"verb": "adds_up", "table": table}
    assert workspace.answer(asked, replies.append) is None
    until = time.monotonic() + PATIENCE
    while not replies and time.monotonic() < until:
        time.sleep(0.002)
    assert replies == [workspace.answer(asked)]
    replies.clear()
    gate.opened.clear()
    assert workspace.answer(asked, replies.append) is None
    drop(workspace, table, "metric:people")
    assert [each["ok"] for each in replies] == [False]


def test_marks_of_a_table_that_is_being_counted_hold_up_nobody(gate: Gate) -> None:
    """Asked about the table of before, they would count the new one while the gesture to cancel waits."""
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    gate.opened.clear()
    gate.held_up.clear()  # by what was counted first
    drop(workspace, table, "metric:people")
    assert gate.held_up.wait(PATIENCE)
    before, replies = gate.queries, []
    reply = workspace.answer({"verb": "adds_up", "table": table}, replies.append)
    assert reply is not None
    assert reply["error"]["code"] == "refused"
    assert (gate.queries, replies) == (before, [])
    workspace.answer({"verb": "stop", "table": table})
    assert workspace.grids[table].payload["status"] == "stopped"


def test_closing_counts_nothing_any_more(gate: Gate) -> None:
    gate.opened.set()
    workspace, table = opened()
    wait_for(workspace)
    gate.opened.clear()
    drop(workspace, table, "metric:people")
    workspace.close()
    assert is_idle(workspace)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_stopped_the_end_is_the_same(
    seed: int, dataset: dr.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gestures, stops and pauses at random, while everything is counted beside them."""
    monkeypatch.setattr(drawing, "LARGE", 0)
    monkeypatch.setattr(drawing, "MOMENT", 0)
    monkeypatch.setattr(drawing, "LONG", 0)
    random = np.random.default_rng(seed)
    pauses = random.random(10_000).tolist()
    answer = FrameEngine.answer

    def slow(engine: FrameEngine, query: Query) -> Answer:
        time.sleep(pauses.pop() * 0.002)
        return answer(engine, query)

    monkeypatch.setattr(FrameEngine, "answer", slow)
    workspace = dr.explore(dataset)._workspace()
    workspace.fill()
    person = Person(workspace, seed)
    for _ in range(60):
        reply = workspace.answer(person.gesture())
        assert reply is not None
        assert reply["ok"] or reply["error"]["code"] == "refused", reply
        if random.random() < 0.1:
            workspace.answer({"verb": "stop", "table": str(random.choice(list(workspace.grids)))})
        time.sleep(float(random.random()) * 0.01)
    wait_for(workspace)
    for table, grid in workspace.grids.items():
        if grid.payload["status"] == "stopped":
            workspace.answer({"verb": "count", "table": table})
    wait_for(workspace)
    monkeypatch.undo()
    fresh = Workspace(workspace.session)
    fresh.fill()
    assert workspace.grids.keys() == fresh.grids.keys()
    for table, grid in fresh.grids.items():
        assert workspace.grids[table].payload | {"revision": 0} == grid.payload | {"revision": 0}
    assert workspace.shell.state == fresh.shell.state
