"""A column's filter and period narrow that column alone."""

from __future__ import annotations

import pandas as pd

from dynreports.engine.request import ColumnRequest
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.predicate import InItems, Within, field
from tests.soundness.asking import ask, count, distinct, rate, shown

FRAME = pd.DataFrame(
    {
        "city": ["x", "x", "x", "y", "y"],
        "gender": ["F", "M", "F", "M", "M"],
        "person": [1, 2, 1, 3, 3],
        "time": pd.to_datetime(
            ["2026-01-05", "2026-01-06", "2026-02-05", "2026-01-07", "2026-02-08"], utc=True
        ),
    }
)
JANUARY = Within("time", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00")
FEBRUARY = Within("time", "2026-02-01T00:00:00+00:00", "2026-03-01T00:00:00+00:00")
WOMEN = field("gender") == "F"


def test_a_filtered_column_keeps_the_rows_of_the_table():
    result = ask(FRAME, "city", [count(), ColumnRequest(count(), where=WOMEN)])
    assert shown(result) == {"x": (3, 2), "y": (2, 0)}  # y stays, with nothing in the filtered column
    assert result.total == (5, 2)


def test_a_table_with_nothing_but_a_filtered_column_keeps_its_rows_too():
    result = ask(FRAME, "city", [ColumnRequest(distinct("person"), where=WOMEN)])
    assert shown(result) == {"x": (1,), "y": (0,)}
    assert result.count == 2


def test_a_filter_reaches_both_parts_of_a_rate():
    share = rate(count(field("person") == 1), count())
    result = ask(FRAME, "city", [share, ColumnRequest(share, where=WOMEN)])
    assert shown(result) == {"x": (2 / 3, 1.0), "y": (0.0, 0.0)}
    assert result.total == (0.4, 1.0)


def test_a_column_period_replaces_the_table_period():
    result = ask(FRAME, "city", [count(), ColumnRequest(count(), period=FEBRUARY)], period=JANUARY)
    assert shown(result) == {"x": (2, 1), "y": (1, 1)}
    assert result.total == (3, 2)  # narrowing February by January would leave nothing


def test_rows_need_a_record_in_the_period_of_any_column():
    late = pd.concat([FRAME, FRAME.tail(1).assign(city="z")])
    january = ask(late, "city", [count()], period=JANUARY)
    both = ask(late, "city", [count(), ColumnRequest(count(), period=FEBRUARY)], period=JANUARY)
    assert list(shown(january)) == ["x", "y"]
    assert shown(both)["z"] == (0, 1)


def test_a_column_of_one_item_differs_from_a_row_filter():
    one = ColumnRequest(distinct("person"), where=InItems(FieldKey("gender"), ("M",)))
    result = ask(FRAME, "gender", [distinct("person"), one])
    assert shown(result) == {"F": (1, 0), "M": (2, 2)}
    assert result.total == (3, 2)


def test_figures_count_by_the_date_of_the_record():
    # Reference E9: the recipient of day 1 opens on days 2, 4 and 40.
    sent = pd.DataFrame(
        {"event": ["sent"] * 5, "time": pd.to_datetime([f"2026-01-0{n}" for n in range(1, 6)], utc=True)}
    )
    opened = pd.DataFrame(
        {"event": ["open"] * 3, "time": pd.to_datetime(["2026-01-02", "2026-01-04", "2026-02-09"], utc=True)}
    )
    events = pd.concat([sent, opened], ignore_index=True)
    opens, sends = count(field("event") == "open"), count(field("event") == "sent")
    columns = [sends, opens, rate(opens, sends)]

    def total(start: str, end: str) -> tuple:
        return ask(events, None, columns, period=Within("time", start, end)).total

    assert total("2026-01-01", "2026-01-03") == (2, 1, 0.5)
    assert total("2026-01-01", "2026-01-06") == (5, 2, 0.4)
    assert total("2026-02-09", "2026-02-10") == (0, 1, 0.0)
