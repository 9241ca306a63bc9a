"""Work that is stopped anywhere leaves an engine as if it had never begun; others need not wait for it."""

from __future__ import annotations

import threading
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dynreports.engine import planner, streaming, turns
from dynreports.engine.frames import FrameEngine
from dynreports.engine.request import BlockRequest, BlockResult, ColumnRequest, TableRequest
from dynreports.errors import StoppedError
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.metric import Aggregate, Arithmetic
from dynreports.semantics.predicate import Comparison
from tests.engine.strategies import frames, requests


class After(threading.Event):
    """A mark that is set when it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def is_set(self) -> bool:
        self.looks -= 1
        return self.looks < 0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_stopped_anywhere_nothing_is_left_behind(data: st.DataObject) -> None:
    frame, zone = data.draw(frames())
    asked = [data.draw(requests()) for _ in range(data.draw(st.integers(1, 3)))]
    engine = FrameEngine(frame, zone)
    for request in asked:
        for looks in data.draw(st.lists(st.integers(0, 40), max_size=3)):
            try:
                with turns.stoppable(After(looks)):
                    planner.answer(request, engine)
            except StoppedError:
                pass
        assert repr(planner.answer(request, engine)) == repr(
            planner.answer(request, FrameEngine(frame, zone))
        )


def without(result: BlockResult, columns: frozenset[int]) -> str:
    """Return a result as text without the figures of other columns, and without lines and colours."""

    def kept(values: tuple[float, ...]) -> list[float]:
        return [value for index, value in enumerate(values) if index in columns]

    rows = [
        (row.item, row.label, row.rank, kept(row.values), row.child and without(row.child, columns))
        for row in result.rows
    ]
    return repr((rows, result.count, result.page, kept(result.total), kept(result.out_of)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_step_has_the_rows_and_figures_of_the_whole(data: st.DataObject) -> None:
    frame, zone = data.draw(frames())
    request = data.draw(requests())
    whole = planner.answer(request, FrameEngine(frame, zone))
    engine = FrameEngine(frame, zone)
    found = streaming.steps(request)
    assert found[-1] == frozenset(range(len(request.columns)))
    for columns in found:
        part = planner.answer(streaming.step(request, columns), engine)
        assert without(part, columns) == without(whole, columns)
    assert repr(planner.answer(request, engine)) == repr(whole)


OPENS = Comparison("kind", "==", "open")


def test_columns_of_the_same_passes_come_together_the_sorting_one_first() -> None:
    people, openers = Aggregate("distinct", "who"), Aggregate("distinct", "who", OPENS)
    columns = [people, Aggregate("max", "size"), Aggregate("count"), Arithmetic("/", openers, people)]
    request = TableRequest(
        tuple(ColumnRequest(each) for each in columns), BlockRequest(FieldKey("city"), sort=1)
    )
    assert streaming.steps(request) == (frozenset({1, 2}), frozenset({0, 1, 2, 3}))


@pytest.fixture(scope="module")
def large() -> FrameEngine:
    size = 2_000_000
    random = np.random.default_rng(4)
    frame = pd.DataFrame(
        {"city": random.integers(0, 500, size), "who": random.integers(0, 300_000, size), "size": 1.0}
    )
    engine = FrameEngine(frame, "UTC")
    planner.answer(TableRequest((), BlockRequest(FieldKey("city"))), engine)
    return engine


def test_who_comes_second_goes_first(large: FrameEngine) -> None:
    """A lock alone would give the engine to the thread that just let go of it, query after query."""
    slow = TableRequest(
        tuple(
            ColumnRequest(Aggregate("distinct", "who", Comparison("city", ">", each))) for each in range(12)
        ),
        BlockRequest(FieldKey("city"), sort=0),
    )
    mark, began, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        with turns.stoppable(mark):
            began.set()
            try:
                while True:
                    large.clear_results()
                    planner.answer(slow, large)
            except StoppedError:
                ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    began.wait(10)
    time.sleep(0.05)
    planner.answer(TableRequest((ColumnRequest(Aggregate("count")),), BlockRequest(FieldKey("city"))), large)
    assert not ended.is_set()
    mark.set()
    assert ended.wait(10)
    thread.join()
