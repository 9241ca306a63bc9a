"""Records without a value: an item of their own, in no comparison, in no average."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import field
from tests.soundness.asking import ask, count, plain, shown

FRAME = pd.DataFrame({"name": ["a", None, "b", None], "x": [1.0, 2.0, np.nan, np.nan], "n": [1, 2, 3, 4]})


def test_records_without_a_value_are_an_item():
    result = ask(FRAME, "name", [count()])
    assert shown(result) == {"a": (1,), "b": (1,), "N/A": (2,)}
    assert result.rows[-1].item is None
    assert shown(ask(FRAME, "name", [count()], missing_label="Deleted"))["Deleted"] == (2,)


def test_text_that_reads_like_the_missing_label_is_another_item():
    frame = pd.DataFrame({"name": ["N/A", None]})
    result = ask(frame, "name", [count()])
    assert [(row.item, row.label, row.values) for row in result.rows] == [
        ("N/A", "N/A", (1,)),
        (None, "N/A", (1,)),
    ]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (field("x") == 1, 1),
        (field("x") != 1, 1),
        (~(field("x") == 1), 3),
        (field("x") < 10, 2),
        (field("x").is_null(), 2),
        (field("name") != "a", 1),
        (field("name").isin(["a", "b"]), 2),
        (~field("name").isin(["a", "b"]), 2),
        (field("name").contains(""), 2),
        (field("x").between(-1, 5), 2),
    ],
)
def test_missing_values_match_no_comparison(where, expected):
    assert ask(FRAME, None, [count(where)]).total == (expected,)
    assert ask(FRAME, None, [count()], where=where).total == (expected,)


def test_missing_numbers_are_no_zeros():
    measures = [Aggregate(op, "x") for op in ("sum", "mean", "min", "max")]
    result = ask(FRAME, "name", measures)
    assert result.total == (3.0, 1.5, 1.0, 2.0)
    assert shown(result) == {"a": (1, 1, 1, 1), "b": (0, None, None, None), "N/A": (2, 2, 2, 2)}
    assert plain(ask(FRAME.iloc[2:], None, measures).total) == (0, None, None, None)


def test_blanks_are_ranked_last_in_both_directions():
    for descending, labels in ((True, ["N/A", "a", "b"]), (False, ["a", "N/A", "b"])):
        result = ask(FRAME, "name", [Aggregate("max", "x")], sort=0, descending=descending)
        assert [row.label for row in result.rows] == labels


def test_infinite_numbers_do_not_spoil_other_cells():
    frame = pd.DataFrame({"city": ["x", "x", "y"], "event": ["a", "b", "a"], "x": [np.inf, 1.0, 2.0]})
    result = ask(frame, "city", [Aggregate("sum", "x", field("event") == "b"), Aggregate("sum", "x")])
    assert shown(result) == {"x": (1, np.inf), "y": (0, 2)}
    assert result.total == (1, np.inf)
