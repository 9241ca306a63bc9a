"""The planner asks little, and pages, ranks and labels as the request says."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from dynreports.engine import planner
from dynreports.engine.frames import FrameEngine
from dynreports.engine.labels import bucket_label, moment_label, text_of
from dynreports.engine.query import Query
from dynreports.engine.request import (
    BlockRequest,
    ChildRequest,
    ColumnRequest,
    StaticRequest,
    TableRequest,
    Times,
)
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import Within

COUNT, DISTINCT = Aggregate("count"), Aggregate("distinct", "n")


class Asked(FrameEngine):
    """Remembers what it was asked."""

    def __init__(self, frame: pd.DataFrame) -> None:
        super().__init__(frame, "UTC")
        self.queries: list[Query] = []

    def answer(self, query):
        self.queries.append(query)
        return super().answer(query)


@pytest.fixture
def engine() -> Asked:
    return Asked(
        pd.DataFrame({"city": [f"c{n:03d}" for n in range(500)], "gender": ["F", "M"] * 250, "n": range(500)})
    )


def test_costly_figures_are_asked_for_the_page_alone(engine):
    columns = (ColumnRequest(COUNT), ColumnRequest(DISTINCT))
    result = planner.answer(
        TableRequest(columns, BlockRequest(FieldKey("city"), sort=0, limit=10, page=2)), engine
    )
    rank, page, total = engine.queries
    assert (rank.measures, rank.items) == ((COUNT,), None)
    assert (page.measures, page.items) == ((DISTINCT,), tuple(f"c{n:03d}" for n in range(10, 20)))
    assert total.by is None
    assert [row.rank for row in result.rows] == list(range(11, 21))


def test_a_breakdown_off_the_page_is_not_asked_for(engine):
    children = tuple(ChildRequest(BlockRequest(FieldKey("gender")), item=item) for item in ("c000", "c499"))
    planner.answer(
        TableRequest(
            (ColumnRequest(COUNT),), BlockRequest(FieldKey("city"), sort=0, limit=10, children=children)
        ),
        engine,
    )
    assert sum(query.by == FieldKey("gender") for query in engine.queries) == 1


def test_a_table_without_rows_or_columns_answers(engine):
    result = planner.answer(TableRequest((ColumnRequest(COUNT),), BlockRequest(None)), engine)
    assert (result.rows, result.count, result.page, result.pages, result.total) == ((), 0, 1, 1, (500,))
    result = planner.answer(TableRequest((), BlockRequest(FieldKey("gender"), descending=False)), engine)
    assert [(row.label, row.values) for row in result.rows] == [("F", ()), ("M", ())]


def rows_of(frame, key, **block):
    request = TableRequest((), BlockRequest(key, descending=False, **block))
    return [row.item for row in planner.answer(request, FrameEngine(frame, "UTC")).rows]


@pytest.mark.parametrize(("ids", "order"), [(["b", "", "a"], ["", "a", "b"]), ([10, 2, -3], [-3, 2, 10])])
def test_items_of_one_label_stand_by_their_identity(ids, order):
    frame = pd.DataFrame({"id": ids, "label": ["Spring sale"] * 3})
    assert rows_of(frame, FieldKey("id", "label")) == order


@pytest.mark.parametrize("search", ["mar 7", "2026-03-07"])
def test_a_search_among_moments_looks_into_label_and_identity(search):
    frame = pd.DataFrame({"when": pd.to_datetime(["2026-03-07", "2026-03-08"])})
    assert rows_of(frame, FieldKey("when"), search=search) == ["2026-03-07"]


def test_captioned_items_show_their_identity_in_the_caption():
    frame = pd.DataFrame({"id": [12, 7], "label": ["Spring sale", None]})
    request = TableRequest((ColumnRequest(COUNT),), BlockRequest(FieldKey("id", "label"), descending=False))
    rows = planner.answer(request, FrameEngine(frame, "UTC")).rows
    assert [(row.item, row.label, row.caption) for row in rows] == [(7, "7", None), (12, "Spring sale", "12")]


@pytest.mark.parametrize(
    ("unit", "identity", "label"),
    [
        ("minute", "2026-05-16T10:05:00+02:00", "May 16, 2026 10:05 AM"),
        ("hour", "2026-05-16T00:00:00+02:00", "May 16, 2026 12:00 AM"),
        ("hour", "2026-05-16T12:00:00+00:00", "May 16, 2026 12:00 PM"),
        ("day", "2026-05-16", "May 16, 2026"),
        ("week", "2026-05-10", "Week of May 10, 2026"),
        ("month", "2026-05-01", "May 2026"),
        ("quarter", "2026-04-01", "Q2 2026"),
        ("year", "2026-01-01", "2026"),
    ],
)
def test_time_items_read_as_on_screen(unit, identity, label):
    assert bucket_label(identity, unit) == label


def test_values_as_text():
    assert [text_of(value) for value in (1.0, 1.5, -0.0, 3, True, "x", 1e300)] == [
        "1",
        "1.5",
        "0",
        "3",
        "True",
        "x",
        "1e+300",
    ]
    assert moment_label("2026-05-16T13:02:03.500000+00:00") == "May 16, 2026 1:02:03.5 PM"


@pytest.mark.parametrize("align", [False, True])
def test_below_a_date_outside_of_a_columns_period_there_is_no_figure_either(align):
    days = pd.to_datetime(["2026-03-28", "2026-10-25", "2026-10-25"])
    engine = FrameEngine(pd.DataFrame({"when": days, "city": ["Rome", "Rome", "Paris"]}), "UTC")
    march = Within("when", "2026-03-28", "2026-03-29")
    to_october = Within("when", "2026-03-28", "2026-10-31")
    columns = (
        ColumnRequest(COUNT),
        ColumnRequest(COUNT, period=to_october),
        ColumnRequest(COUNT, period=to_october, show="difference", against=Times()),
    )
    children = (ChildRequest(BlockRequest(FieldKey("city"), sort=1), item="2026-10-01"),)
    block = BlockRequest(TimeKey("when", "month"), children=children)
    result = planner.answer(TableRequest(columns, block, period=march, align=align), engine)
    october, first = result.rows
    assert (october.item, first.values) == ("2026-10-01", (1.0, 1.0, 0.0))
    below = october.child
    for values in (october.values, below.total, below.out_of, *(row.values for row in below.rows)):
        own, other, difference = values
        assert math.isnan(own), "nothing was counted outside of March, so there is no 0 to show"
        assert math.isnan(difference), "nor is there anything to compare"
        assert other == (1.0 if values in [row.values for row in below.rows] else 2.0)
    assert [row.label for row in below.rows] == ["Paris", "Rome"]


@pytest.mark.parametrize("above", ["month", "static"])
def test_aligned_dates_below_a_row_are_those_of_the_tables_own_period_first(above):
    days = pd.to_datetime(["2026-04-03", "2026-06-03", "2026-06-04"])
    engine = FrameEngine(pd.DataFrame({"when": days}), "UTC")
    june = Within("when", "2026-06-01", "2026-07-01")
    days_of_row = BlockRequest(TimeKey("when", "day"), descending=False)
    if above == "month":
        period = Within("when", "2026-05-01", "2026-07-01")
        other = Within("when", "2026-03-01", "2026-05-01")
        key, item, static = TimeKey("when", "month"), "2026-06-01", ()
    else:
        period, other = Within("when", "2026-01-01", "2026-02-01"), None
        key, item, static = None, "june", (StaticRequest("june", "June", period=june),)
    # The column that stands first looks at other days: it is not what the rows are called by.
    shifts = ("previous-period", "previous-period") if other is None else ()
    columns = (ColumnRequest(COUNT, period=other, shifts=shifts), ColumnRequest(COUNT))
    block = BlockRequest(key, static=static, children=(ChildRequest(days_of_row, item=item),))
    result = planner.answer(TableRequest(columns, block, period=period, align=True), engine)
    below = next(row.child for row in result.rows if row.item == item)
    assert [(row.item, row.label, row.caption, row.values) for row in below.rows] == [
        ("2026-06-03", "Jun 3, 2026", "Apr 3, 2026", (1.0, 1.0)),
        ("2026-06-04", "Jun 4, 2026", "Apr 4, 2026", (0.0, 1.0)),
    ]
