"""Rows of aligned dates that were chosen by hand: each period counts the dates that it has in them."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from dynreports.engine import planner
from dynreports.engine.adding import adding
from dynreports.engine.cells import cell_of
from dynreports.engine.figures import evaluate, needed
from dynreports.engine.frames import FrameEngine
from dynreports.engine.query import Query
from dynreports.engine.request import BlockRequest, ChildRequest, ColumnRequest, TableRequest, Times
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.predicate import Within
from tests.soundness.asking import count, day, distinct, plain

# Anna comes on every day but the last of May; each other name comes once.
VISITS = {
    "2026-04-01": ["anna", "ben"],
    "2026-04-02": ["anna"],
    "2026-04-03": ["anna", "cleo"],
    "2026-05-01": ["anna", "dora", "emil"],
    "2026-05-02": ["anna", "fay", "gus"],
    "2026-05-03": ["anna", "hugo"],
    "2026-05-04": ["ines"],
}
FRAME = pd.DataFrame(
    [(pd.Timestamp(date), name) for date, names in VISITS.items() for name in names],
    columns=["time", "name"],
)
APRIL = Within("time", "2026-04-01", "2026-04-04")
MAY = Within("time", "2026-05-01", "2026-05-05")
PEOPLE = distinct("name")
COLUMNS = (
    ColumnRequest(count()),
    ColumnRequest(PEOPLE),
    ColumnRequest(PEOPLE, period=MAY),
    ColumnRequest(count(), show="difference", against=Times(MAY)),
)


@pytest.fixture
def engine() -> FrameEngine:
    return FrameEngine(FRAME, "UTC")


def table(*only: str, **block) -> TableRequest:
    rows = BlockRequest(day(), **{"descending": False, "only": only, **block})
    return TableRequest(COLUMNS, rows, period=APRIL, series="day", time_field="time", align=True)


def test_chosen_rows_stay_aligned_and_each_total_is_of_its_own_dates(engine):
    result = planner.answer(table("2026-04-02", "2026-04-03"), engine)
    assert [(row.label, row.caption, plain(row.values)) for row in result.rows] == [
        ("Apr 2, 2026", "May 2, 2026", (1, 1, 3, -2)),
        ("Apr 3, 2026", "May 3, 2026", (2, 2, 2, 0)),
    ]
    # Anna counts once. The real dates that were named have nobody in May; all of May has 7 people.
    assert result.total == (3, 2, 4, -2)
    assert result.out_of == (5, 3, 7, -4)
    assert [None if each is None else each.values for each in result.series] == [
        (0, 1, 2), (0, 1, 2), (0, 3, 2, 0), None,
    ]  # fmt: skip


def test_a_row_past_the_end_of_the_tables_own_period_can_be_chosen(engine):
    result = planner.answer(table("2026-04-04", "2026-04-01"), engine)
    assert [(row.item, row.label, plain(row.values)) for row in result.rows] == [
        ("2026-04-01", "Apr 1, 2026", (2, 2, 3, -1)),
        ("2026-04-04", "May 4, 2026", (None, None, 1, None)),
    ]
    assert result.total == (2, 2, 4, -2)


def test_a_breakdown_of_a_chosen_row_is_of_the_dates_of_that_row(engine):
    below = BlockRequest(FieldKey("name"), descending=False)
    result = planner.answer(table("2026-04-03", children=(ChildRequest(below, item="2026-04-03"),)), engine)
    child = result.rows[0].child
    assert [row.label for row in child.rows] == ["anna", "cleo", "hugo"]
    assert child.total == (2, 2, 2, 0)


@pytest.mark.parametrize("only", [(), ("2026-04-02", "2026-04-03")])
def test_what_a_total_is_explained_by_is_what_it_shows(engine, only):
    request = table(*only)
    result = planner.answer(request, engine)
    for column, shown in enumerate(result.total):
        asked = cell_of(request, column, "total").asked
        values = engine.answer(Query(None, None, needed((asked,)))).values
        assert float(evaluate(asked, values, 1)[0]) == shown
    found = [adding(request, column, engine) for column in range(len(COLUMNS))]
    assert [each.rows for each in found] == [2 if only else 4] * 4
    sums = [sum(v for row in result.rows if (v := row.values[n]) == v) for n in range(len(COLUMNS))]
    assert [each.added for each in found] == sums
    # People come again on another day; visits add up. A difference has no row where April has no such day.
    assert [each.holds for each in found] == [True, False, False, bool(only)]


def test_without_alignment_chosen_dates_are_real_ones(engine):
    request = dataclasses.replace(table("2026-04-02", "2026-05-02"), align=False)
    result = planner.answer(request, engine)
    assert [(row.label, plain(row.values)) for row in result.rows] == [
        ("Apr 2, 2026", (1, 1, None, None)),
        ("May 2, 2026", (None, None, 3, None)),
    ]
    assert result.total == (1, 1, 3, -2)
