"""A breakdown speaks of the records of its row: its total is that row, at every depth."""

from __future__ import annotations

import pandas as pd

from dynreports.engine.request import BlockRequest, ChildRequest
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.predicate import field
from tests.soundness.asking import ask, count, distinct, shown, under

FRAME = pd.DataFrame(
    {
        "a": ["x", "x", "x", "x", "y", "y"],
        "b": ["m", "m", "n", None, "m", "n"],
        "c": ["p", "q", "p", "p", "p", "q"],
        "person": [1, 1, 1, 2, 1, 3],
    }
)
COLUMNS = [count(), distinct("person")]


def test_the_total_of_a_breakdown_is_its_row():
    result = ask(FRAME, "a", COLUMNS, children=(under("x", "b"),))
    row = result.rows[0]
    assert row.child.total == row.child.out_of == row.values == (4, 2)
    assert shown(row.child) == {"m": (2, 1), "n": (1, 1), "N/A": (1, 1)}
    assert result.rows[1].child is None


def test_breakdowns_nest():
    result = ask(FRAME, "a", COLUMNS, children=(under("x", "b", children=(under("m", "c"),)),))
    inner = result.rows[0].child.rows[0].child
    assert shown(inner) == {"p": (1, 1), "q": (1, 1)}
    assert inner.total == inner.out_of == (2, 1)


def test_the_missing_item_can_be_broken_down():
    result = ask(FRAME, "a", COLUMNS, children=(under("x", "b", children=(under(None, "c"),)),))
    assert shown(result.rows[0].child.rows[2].child) == {"p": (1, 1)}


def test_a_search_inside_leaves_out_of_alone():
    child = (
        ask(FRAME, "a", COLUMNS, children=(under("x", "b", search="n", include_missing=False),)).rows[0].child
    )
    assert shown(child) == {"n": (1, 1)}
    assert (child.total, child.out_of) == ((1, 1), (4, 2))


def test_a_search_outside_does_not_reach_inside():
    result = ask(FRAME, "a", COLUMNS, search="x", children=(under("x", "b"),))
    assert result.rows[0].child.total == (4, 2)
    assert shown(result.rows[0].child)["m"] == (2, 1)


def test_a_breakdown_by_position_follows_the_ranking():
    block = ChildRequest(BlockRequest(by=FieldKey("b"), sort=0), position=1)
    by_count = ask(FRAME, "a", COLUMNS, sort=0, descending=True, children=(block,))
    by_people = ask(FRAME, "a", COLUMNS, sort=1, descending=False, children=(block,))
    assert [row.label for row in by_count.rows if row.child] == ["x"]
    assert [row.label for row in by_people.rows if row.child] == ["x"]  # a tie: x comes before y
    filtered = ask(FRAME, "a", COLUMNS, where=field("c") == "q", sort=1, descending=True, children=(block,))
    assert filtered.rows[0].child.total == filtered.rows[0].values


def test_the_same_breakdown_of_several_rows_equals_each_alone():
    both = ask(FRAME, "a", COLUMNS, children=(under("x", "b"), under("y", "b")))
    for index, item in enumerate(["x", "y"]):
        alone = ask(FRAME, "a", COLUMNS, children=(under(item, "b"),))
        assert both.rows[index].child == alone.rows[index].child


def test_a_breakdown_on_another_page_is_not_there():
    result = ask(FRAME, "a", COLUMNS, limit=1, page=2, children=(under("x", "b"), under("y", "b")))
    assert [(row.rank, row.label, row.child.total) for row in result.rows] == [(2, "y", (2, 2))]
