"""Random gestures in one workspace: after every one of them document, screen and oracle agree.

Quick here; ``make soak`` makes 2,000 gestures, half of the time with all figures counted beside them.
"""

from __future__ import annotations

import copy
import dataclasses
import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import dynreports as dr
from dynreports.engine.request import BlockResult, TableRequest
from dynreports.project import tree
from dynreports.project.layout import parse, render
from dynreports.semantics.locales import ENGLISH
from dynreports.views import state as views
from dynreports.views import table as drawn
from dynreports.views.payload import to_wire
from dynreports.workspace import drawing
from dynreports.workspace.controller import Workspace
from tests.oracle import Oracle
from tests.soak.gestures import Person

GESTURES = int(os.environ.get("DYNREPORTS_SOAK", "75"))
PATIENCE = 20.0
CITIES = ["Paris", "Rome", "São Paulo", "<b>x</b>", None]


def records() -> pd.DataFrame:
    random, size = np.random.default_rng(11), 60
    moments = pd.Timestamp("2026-04-28") + pd.to_timedelta(random.integers(0, 50 * 24 * 4, size) * 15, "min")
    return pd.DataFrame(
        {
            "ts": moments,
            "city": random.choice(np.array(CITIES, dtype=object), size),
            "device": random.choice(["Mobile", "Desktop", "Tablet"], size),
            "event": random.choice(["open", "click", "sent"], size),
            "who": random.integers(0, 15, size),
            "euros": random.integers(0, 80, size) / 4,
        }
    )


def dataset(frame: pd.DataFrame) -> dr.Dataset:
    event = dr.field("event")
    opens, clicks = (
        dr.count(label="Open", where=event == "open"),
        dr.count(label="Click", where=event == "click"),
    )
    return dr.Dataset(
        frame, time="ts", timezone="Europe/Paris", name="events", as_of="2026-06-14", infer=False,
        dimensions=[dr.Dimension("city", "City", missing="Nowhere"), "device", "event"],
        metrics=[
            dr.count(label="Records"), opens, clicks, dr.distinct("who", label="People"),
            (clicks / opens).named("Click rate", format="percent"), dr.sum("euros", label="Euros"),
            dr.mean("euros", label="Average"), dr.max("euros", label="Most"),
        ],
        segments=[
            dr.Segment("Mobile only", where=dr.field("device") == "Mobile"),
            dr.Segment("Early", where=dr.field("who") < 5),
        ],
    )  # fmt: skip


class ScreenOracle(Oracle):
    """Answers what a screen asks, and remembers what it answered before."""

    def __init__(self, frame: pd.DataFrame, timezone: str) -> None:
        super().__init__(frame, timezone)
        self._known: dict[TableRequest, BlockResult] = {}

    def answer(self, request: TableRequest) -> BlockResult:
        if request not in self._known:
            if len(self._known) > 64:
                self._known.clear()
            found = super().answer(request)
            periods = tuple(map(request.periods_of, request.columns))
            self._known[request] = dataclasses.replace(found, periods=periods)
        return self._known[request]


MOST_POINTS = 100


def without_lines(payload: dict[str, Any]) -> dict[str, Any]:
    """Leave out the lines: long ones take the oracle minutes, very long ones are of a coarser unit."""
    for head in (payload["total"], *payload["rows"]):
        if head is not None and head["type"] == "total":
            for cell in head["cells"]:
                cell.update(series=None, first=None, last=None)
    return payload


def has_long_lines(payload: dict[str, Any]) -> bool:
    heads = [each for each in (payload["total"], *payload["rows"]) if each and each["type"] == "total"]
    cells = [cell for each in heads for cell in each["cells"]]
    return any(len(each["series"] or ()) > MOST_POINTS for each in cells)


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the oracle does not know: the number of the result, and the limits of colours."""
    columns = [column | {"settings": column["settings"] | {"auto": None}} for column in payload["columns"]]
    rows = [
        row | {"cells": [cell | {"heat": None} for cell in row["cells"]]} if row["type"] == "item" else row
        for row in payload["rows"]
    ]
    return payload | {"revision": 0, "columns": columns, "rows": rows}


def check(workspace: Workspace, oracle: ScreenOracle) -> None:
    """Check what is on the screen against the document, and every figure against the oracle."""
    session = workspace.session
    assert workspace.shell.state == views.shell_state(session, page=False, records=True)
    tables = {table.id: table for _, table in tree.tables(session.project)}
    assert workspace.grids.keys() == tables.keys()
    for table_id, table in tables.items():
        shown = copy.deepcopy(workspace.grids[table_id].payload)
        request = session.request(table_id)
        is_long = has_long_lines(shown)
        result = oracle.answer(dataclasses.replace(request, series=None) if is_long else request)
        expected = to_wire(drawn.payload(table, result, session.dataset, 0, ENGLISH))
        assert plain(without_lines(shown) if is_long else shown) == plain(expected)
    assert [panel["title"] for panel in workspace.shell.state["panels"]] == [
        panel.title for panel in session.project.panels
    ]


def resident() -> float:
    """Return the megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def wait_for(workspace: Workspace) -> None:
    until = time.monotonic() + PATIENCE
    while any(workspace._drawing.is_waiting(each) for each in tuple(workspace.grids)):
        assert time.monotonic() < until
        time.sleep(0.001)


@pytest.mark.parametrize("beside", [False, True], ids=["at once", "beside"])
def test_document_screen_and_oracle_agree(
    beside: bool, monkeypatch: pytest.MonkeyPatch, measured: Callable[[str], None]
) -> None:
    if beside:
        for name in ("LARGE", "MOMENT", "LONG"):
            monkeypatch.setattr(drawing, name, 0)
    frame = records()
    workspace = dr.explore(dataset(frame))._workspace()
    workspace.fill()
    oracle = ScreenOracle(frame, "Europe/Paris")
    person = Person(workspace, seed=4 + beside)
    begin = workspace.session.project
    done = refused = 0
    memory: list[float] = []
    for number in range(GESTURES):
        intent = person.gesture()
        reply = workspace.answer(intent)
        assert reply is not None
        assert reply["ok"] or reply["error"]["code"] == "refused", (number, intent, reply)
        assert reply["ok"] or "can't be understood" not in reply["error"]["message"], (intent, reply)
        done, refused = done + reply["ok"], refused + (not reply["ok"])
        wait_for(workspace)
        try:
            check(workspace, oracle)
        except BaseException as error:
            error.add_note(f"gesture {number}: {intent}")
            raise
        if number % 25 == 0:
            project = workspace.session.project
            assert parse(render(project)).project == project
        if number % max(1, GESTURES // 8) == 0:
            gc.collect()
            memory.append(resident())
    while workspace.answer({"verb": "undo"})["ok"]:  # type: ignore[index]
        pass
    if GESTURES <= 100:
        assert workspace.session.project == begin
    assert done > refused
    told = " ".join(f"{each:.0f}" for each in memory)
    measured(f"{done} gestures, {refused} refused; resident MB at every eighth: {told}")
