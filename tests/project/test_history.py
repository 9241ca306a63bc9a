"""Undo is cheap enough to be unbounded."""

from __future__ import annotations

import time
import tracemalloc

from dynreports.project import commands as do
from dynreports.project.history import History
from dynreports.project.model import Project
from dynreports.semantics.catalog import Catalog

from .conftest import drop


def test_ten_thousand_steps_fit_in_little_memory(project: Project, catalog: Catalog, measured) -> None:
    for _ in range(9):
        project = do.apply(project, drop("dimension:city metric:open", do.OnNewTable("p1")), catalog)
    commands = [do.SetSort("t2", "c3", flag) for flag in (False, True)]
    history = History(project)
    tracemalloc.start()
    started = time.perf_counter()
    for number in range(10_000):
        command = commands[number % 2]
        label = do.label(command, history.project, catalog)
        history.push(do.apply(history.project, command, catalog), label)
    seconds = time.perf_counter() - started
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 30e6
    measured(f"10,000 undo steps over 10 tables: {held / 1e6:.1f} MB, {seconds * 100:.0f} µs a step (traced)")
    while history.undo():
        pass
    assert history.project is project
