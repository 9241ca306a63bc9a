"""The records behind a cell are those that it counts, for any table: against loops over plain records."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from dynreports.engine import planner, scopes
from dynreports.engine.adding import adding, adds_up, is_sum
from dynreports.engine.cells import CellRequest, cell_of, part_of, parts_of, records_of
from dynreports.engine.figures import narrowed
from dynreports.engine.frames import FrameEngine
from dynreports.engine.records import RecordsQuery
from dynreports.engine.request import BlockRequest, ColumnRequest, TableRequest, Times
from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, aggregates_of
from dynreports.semantics.predicate import Comparison, InItems, all_of
from tests.engine import strategies
from tests.oracle import Oracle

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def blocks(request: TableRequest, result):
    """Yield each block of a table by itself, with its result; parents are conditions like any other."""
    yield dataclasses.replace(request, block=dataclasses.replace(request.block, children=())), result
    for row in result.rows:
        if row.child is None:
            continue
        wanted = [c.block for c in request.block.children if c.position is None and same(c.item, row.item)]
        wanted += [c.block for c in request.block.children if c.position == row.rank]
        if request.block.by is None:
            inside = scopes.under(request, row.item, request.timezone)
        else:
            where = all_of((request.where, InItems(request.block.by, (row.item,))))
            inside = dataclasses.replace(request, where=where)
        yield from blocks(dataclasses.replace(inside, block=wanted[0]), row.child)


def same(one, other) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def close(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def computed(frame: pd.DataFrame, zone: str, expression) -> float:
    """Compute a figure over some records alone, the slow way."""
    oracle = Oracle(frame, zone)
    request = TableRequest((ColumnRequest(expression),), BlockRequest(None))
    return oracle.answer(request).total[0]


@given(strategies.frames(), strategies.requests())
@MANY
def test_the_records_of_a_cell_alone_give_its_figure(data, request):
    frame, zone = data
    engine = FrameEngine(frame, zone)
    for block, result in blocks(request, planner.answer(request, engine)):
        for column in range(len(block.columns)):
            cells = [(row.values[column], cell_of(block, column, "row", row.item)) for row in result.rows]
            cells.append((result.total[column], cell_of(block, column, "total")))
            cells.append((result.out_of[column], cell_of(block, column, "out_of")))
            for shown, cell in cells:
                if math.isnan(shown):
                    continue  # a date outside of the column's period: blank, whatever it would count
                records = engine.records(RecordsQuery(records_of(cell.asked)))
                assert records.count == len(records.frame)
                assert close(computed(records.frame, zone, cell.asked), shown)
                if isinstance(cell.expression, Aggregate):
                    counts_as_shown(records, cell.expression, shown)


def counts_as_shown(records, aggregate, shown):
    """What a person counts in the list is what the cell shows."""
    match aggregate.op:
        case "count":
            assert records.count == shown
        case "distinct":
            values = records.frame[aggregate.field].dropna()
            assert len(values) == records.count
            assert len({str(each) for each in values}) == shown


@given(strategies.frames(), strategies.requests())
@MANY
def test_each_part_of_a_figure_has_the_records_of_its_own(data, request):
    frame, zone = data
    engine = FrameEngine(frame, zone)
    for index, column in enumerate(request.columns):
        cell = cell_of(request, index, "out_of")
        for expression in parts_of(column.expression).values():
            part = CellRequest(expression, cell.where)
            found = engine.records(RecordsQuery(records_of(part.asked))).frame
            wanted = Oracle(frame, zone).answer(
                TableRequest((ColumnRequest(part.asked),), BlockRequest(None))
            )
            assert close(computed(found, zone, expression), wanted.total[0])


@given(strategies.frames(), strategies.requests())
@MANY
def test_rows_add_up_when_the_oracle_says_so(data, request):
    frame, zone = data
    engine = FrameEngine(frame, zone)
    for block, result in blocks(request, planner.answer(request, engine)):
        everything = dataclasses.replace(block.block, page=1, limit=10_000, children=())
        whole = Oracle(frame, zone).answer(dataclasses.replace(block, block=everything))
        said = adds_up(block, engine)
        for column, asked in enumerate(block.columns):
            if math.isnan(result.total[column]):
                continue
            found = adding(block, column, engine)
            assert close(found.total, result.total[column])
            assert close(found.out_of, whole.out_of[column])
            if block.block.by is None:
                assert said[column]
                continue
            rows = [row.values[column] for row in whole.rows if not math.isnan(row.values[column])]
            assert found.rows == len(whole.rows) == result.count
            assert found.shown == len(result.rows)
            assert close(found.added, sum(rows))
            assert said[column] == found.holds == is_sum(math.fsum(rows), whole.total[column])
            if asked.times == (Times(asked.period),):  # not moved in time, nor compared with another one
                shared_as_counted(Oracle(frame, zone), block, asked, found)


def shared_as_counted(oracle, request, column, found):
    """Values of a distinct count that stand in several rows, counted with a dictionary of sets."""
    seen = scopes.of_total(request, request.block, request.timezone)
    chosen = seen.columns[request.columns.index(column)].chosen
    own = all_of((seen.where, request.period_of(column), chosen, column.where))
    distinct = [each for each in aggregates_of(narrowed(column.expression, own)) if each.op == "distinct"]
    assert [aggregate for aggregate, _ in found.shared] == distinct
    for aggregate, count in found.shared:
        items: dict[object, set] = {}
        for record in oracle.records:
            if oracle.holds(record, aggregate.where) and record[aggregate.field] is not None:
                item = oracle.item(record, request.block.by)
                items.setdefault(record[aggregate.field], set()).add((type(item), item))
        assert count == sum(len(each) > 1 for each in items.values())


# ---- by hand ------------------------------------------------------------------------------------

OPENS = pd.DataFrame(
    {
        "person": ["ann", "ann", "bob", "bob", "cy", None],
        "day": ["mon", "tue", "mon", "mon", "tue", "tue"],
        "at": pd.to_datetime(["2026-05-03", "2026-05-01", None, "2026-05-02", "2026-05-01", "2026-05-04"]),
        "count": [1, 1, 1, 1, 1, -1],
    }
)
PEOPLE = Aggregate("distinct", "person")


def by_day(*columns, **block) -> TableRequest:
    return TableRequest(tuple(map(ColumnRequest, columns)), BlockRequest(FieldKey("day"), **block))


def test_who_is_in_two_rows_counts_once_in_the_total():
    engine = FrameEngine(OPENS, "UTC")
    found = adding(by_day(PEOPLE), 0, engine)
    # Tempting: 4, what the rows add up to; or 2 people shared, for bob opened twice, but on one day.
    assert (found.added, found.total, found.shared) == (4, 3, ((PEOPLE, 1),))
    assert not found.holds


def test_a_page_that_shows_some_rows_does_not_make_them_wrong():
    found = adding(by_day(Aggregate("count"), limit=1, page=9), 0, FrameEngine(OPENS, "UTC"))
    assert (found.holds, found.rows, found.shown, found.added) == (True, 2, 1, 6)


def test_a_ratio_names_its_sides():
    rate = Arithmetic("/", PEOPLE, Aggregate("count"))
    found = adding(by_day(rate), 0, FrameEngine(OPENS, "UTC"))
    assert found.parts == (3, 6)
    assert list(parts_of(rate)) == ["all", "numerator", "denominator"]
    assert part_of(rate, "numerator") == PEOPLE
    with pytest.raises(InvalidInputError, match="'numerator', 'denominator'"):
        part_of(rate, 7)


def test_a_sum_with_three_counts_has_each_of_them_as_a_part():
    seen = Aggregate("distinct", "person", Comparison("day", "==", "mon"))
    opens = Arithmetic("+", Aggregate("count"), Arithmetic("-", PEOPLE, seen))
    assert parts_of(opens) == {"all": opens, 1: Aggregate("count"), 2: PEOPLE, 3: seen}
    assert records_of(opens) is None  # the count takes in every record
    assert list(parts_of(Arithmetic("*", Constant(100.0), PEOPLE))) == ["all"]


@pytest.mark.parametrize(
    ("sort", "descending", "order"),
    [
        ("at", False, [1, 4, 3, 0, 5, 2]),  # a record without a time is last
        ("at", True, [5, 0, 3, 1, 4, 2]),  # in both directions, and equal ones stay as they lie
        ("person", False, [0, 1, 2, 3, 4, 5]),
        ("person", True, [4, 2, 3, 0, 1, 5]),
        (None, False, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_records_in_order(sort, descending, order):
    engine = FrameEngine(OPENS, "UTC")
    found = engine.records(RecordsQuery(None, sort, descending))
    assert found.frame.index.tolist() == order
    page = engine.records(RecordsQuery(None, sort, descending, 2, 4))
    assert (page.count, page.frame.index.tolist()) == (6, order[2:4])


def test_whole_numbers_are_compared_exactly():
    # Tempting: equal up to rounding, as for floats.
    assert not is_sum(5_000_000_001.0, 5_000_000_000.0)
    assert is_sum(0.1 + 0.2, 0.3)
    assert is_sum(1.0, math.nan)


def test_time_rows_share_people_too():
    engine = FrameEngine(OPENS.dropna(subset="at"), "UTC")
    assert engine.shared(TimeKey("at", "day"), PEOPLE) == 1
    assert engine.shared(TimeKey("at", "month"), PEOPLE) == 0
