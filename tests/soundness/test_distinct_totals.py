"""The total of a distinct count counts again; it never adds rows."""

from __future__ import annotations

import pandas as pd

from tests.soundness.asking import ask, count, day, distinct, is_event, rate, shown, under

# One delivery to P1 and P2; P1 opens on both days, P2 on the first (reference E1).
OPENS = pd.DataFrame(
    {
        "person": ["P1", "P2", "P1", "P1", "P1", "P1", "P1", "P2"],
        "event": ["delivered"] * 2 + ["open"] * 6,
        "time": pd.to_datetime(["2026-05-01"] * 4 + ["2026-05-02"] * 3 + ["2026-05-01"], utc=True),
    }
)


def test_people_who_open_on_two_days_count_once_in_the_total():
    opens = is_event("open")
    result = ask(OPENS, day(), [count(opens), distinct("person", opens)])
    assert shown(result) == {"May 1, 2026": (3, 2), "May 2, 2026": (3, 1)}
    assert result.total == (6, 2)  # the rows add up to 3 people


def test_a_rate_of_distinct_people_stays_below_one():
    unique = rate(distinct("person", is_event("open")), count(is_event("delivered")))
    result = ask(OPENS, day(), [unique])
    assert shown(result) == {"May 1, 2026": (1.0,), "May 2, 2026": (0.0,)}
    assert result.total == (1.0,)  # the rows' people over all deliveries would be 150 %


def test_one_person_who_clicks_three_links_is_one_person():
    clicks = pd.DataFrame({"person": ["P1"] * 3, "link": ["U1", "U2", "U3"]})
    result = ask(clicks, "link", [count(), distinct("person")])
    assert set(shown(result).values()) == {(1, 1)}
    assert result.total == (3, 1)


def test_the_total_of_a_breakdown_counts_again_as_well():
    frame = pd.DataFrame({"a": ["x"] * 4 + ["y"], "b": ["m", "m", "n", "n", "m"], "person": [1, 2, 1, 2, 1]})
    result = ask(frame, "a", [distinct("person")], children=(under("x", "b"),))
    child = result.rows[0].child
    assert shown(child) == {"m": (2,), "n": (2,)}
    assert (child.total, child.out_of, result.total) == ((2,), (2,), (2,))


def test_a_page_of_the_rows_does_not_change_the_total():
    frame = pd.DataFrame(
        {"city": [f"c{number:03d}" for number in range(200)], "person": [1] * 150 + [2] * 50}
    )
    result = ask(frame, "city", [distinct("person")], limit=3, page=2)
    assert (len(result.rows), result.count, result.total) == (3, 200, (2,))


def test_missing_people_are_nobody():
    frame = pd.DataFrame({"city": ["x", "x", "y"], "person": [None, 7.0, None]})
    result = ask(frame, "city", [count(), distinct("person")])
    assert shown(result) == {"x": (2, 1), "y": (1, 0)}
    assert result.total == (3, 1)


def test_series_count_again_for_every_bucket():
    line = ask(OPENS, day(), [distinct("person", is_event("open"))], series="month").series[0]
    assert (line.starts, line.values) == (("2026-05-01",), (2.0,))
