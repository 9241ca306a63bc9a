"""How far files are: parts are counted as they are written, and a cancelled one ends between two of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.engine.turns import stoppable
from dynreports.errors import StoppedError
from dynreports.project.session import Session
from dynreports.views import csv, paper, snapshot, xlsx
from dynreports.views.steps import Told

Writer = Callable[[Session, Told], Any]
WRITERS: dict[str, tuple[Writer, list[str]]] = {
    "csv": (csv.project, ["Cities", "Days"]),
    "xlsx": (xlsx.project, ["Cities", "Days", "Packing"]),
    "html": (snapshot.document, ["Cities", "Curve", "Days"]),
    "pdf": (paper.pdf, ["Cities", "Curve", "Days", "Setting pages"]),
    "png": (paper.png, ["Cities", "Curve", "Days", "Setting pages"]),
}


@pytest.fixture(scope="module")
def session() -> Session:
    frame = pd.DataFrame({"city": ["Paris", "Lyon"] * 4, "ts": pd.date_range("2026-01-01", periods=8)})
    project = dr.Project("Towns", dr.Dataset(frame, time="ts"))
    first = project.panel("First", period=None)
    table = first.table(rows="City", columns=["Records"], title="Cities")
    first.chart("bar", source=table, title="Curve")
    hidden = first.table(rows="City", columns=["Records"], title="Hidden")
    hidden.hide()
    project.panel("Second", period=None).table(rows="Day", columns=["Records"], title="Days")
    return project._session


@pytest.mark.parametrize("kind", WRITERS)
def test_each_part_is_told_before_it_is_written(session: Session, kind: str) -> None:
    write, expected = WRITERS[kind]
    heard: list[tuple[float, int, str]] = []
    write(session, lambda *each: heard.append(each))
    assert heard == [(n, len(expected), title) for n, title in enumerate(expected)]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_cancelled_file_ends_before_its_next_part(session: Session, kind: str) -> None:
    write, expected = WRITERS[kind]
    heard: list[str] = []
    mark = threading.Event()

    def told(done: float, of: int, doing: str) -> None:
        heard.append(doing)
        mark.set()

    with stoppable(mark), pytest.raises(StoppedError):
        write(session, told)
    assert heard == expected[:1]


def test_rows_of_a_long_sheet_count_within_its_part() -> None:
    frame = pd.DataFrame({"who": [f"w{n}" for n in range(5_000)]})
    project = dr.Project("Long", dr.Dataset(frame, dimensions=[dr.Dimension("who", label="Who")]))
    project.panel("All").table(rows="Who", columns=["Records"], title="People")
    heard: list[tuple[float, int, str]] = []
    xlsx.project(project._session, lambda *each: heard.append(each))
    shares = [done for done, of, doing in heard if doing == "People"]
    assert shares == sorted(shares)
    assert [round(each, 2) for each in shares] == [0.0, 0.4, 0.8]
