"""A rate is computed from its parts at its own grain: never a mean or a sum of rates."""

from __future__ import annotations

import pandas as pd

from dynreports.semantics.metric import Aggregate, Arithmetic, Constant
from tests.soundness.asking import ask, count, distinct, is_event, plain, rate, shown, under

SENT, OPEN = is_event("sent"), is_event("open")
FRAME = pd.DataFrame(
    {
        "city": ["big"] * 10 + ["big"] * 1 + ["small"] * 2 + ["small"] * 2,
        "event": ["sent"] * 10 + ["open"] + ["sent"] * 2 + ["open"] * 2,
        "amount": [1.0] * 11 + [10.0, 10.0, None, None],
        "person": range(15),
    }
)


def test_the_total_of_a_rate_weighs_its_rows():
    result = ask(FRAME, "city", [rate(count(OPEN), count(SENT))])
    assert shown(result) == {"big": (0.1,), "small": (1.0,)}
    assert result.total == (0.25,)  # neither the mean of the rows (55 %) nor their sum (110 %)


def test_the_total_of_an_average_is_no_average_of_averages():
    result = ask(FRAME, "city", [Aggregate("mean", "amount")])
    assert shown(result) == {"big": (1.0,), "small": (10.0,)}
    assert result.total == (31 / 13,)  # not 5.5, and missing amounts are no zeros


def test_division_by_zero_is_zero_or_blank_as_declared():
    never = count(is_event("never"))
    for on_zero, expected in (("zero", 0.0), ("blank", None)):
        result = ask(FRAME, "city", [Arithmetic("/", count(), never, on_zero)])
        assert plain(result.total) == (expected,)
        assert set(shown(result).values()) == {(expected,)}


def test_a_blank_over_zero_is_blank():
    nothing = Aggregate("mean", "amount", is_event("never"))
    assert plain(ask(FRAME, None, [rate(nothing, count(is_event("never")))]).total) == (None,)


def test_constants_take_part_once_at_every_grain():
    doubled = Arithmetic("+", count(), Constant(100.0))
    result = ask(FRAME, "city", [doubled])
    assert shown(result) == {"big": (111,), "small": (104,)}
    assert result.total == (115,)  # the rows add up to 215


def test_a_breakdown_computes_rates_from_the_records_of_its_row():
    result = ask(FRAME, "city", [rate(count(OPEN), count(SENT))], children=(under("small", "event"),))
    child = result.rows[1].child
    assert shown(child) == {"open": (0.0,), "sent": (0.0,)}
    assert child.total == (1.0,)


def test_a_click_implies_an_open():
    # Reference E3: R1 opens three times, R2 and R3 click without or after an open, R4 sees the mirror page.
    tracks = pd.DataFrame(
        {
            "who": ["R1", "R1", "R1", "R2", "R2", "R3", "R3", "R4"],
            "event": ["T2"] * 3 + ["T1"] * 2 + ["T2", "T1", "T6"],
        }
    )
    opens = Arithmetic(
        "-", Arithmetic("+", count(is_event("T2")), distinct("who")), distinct("who", is_event("T2"))
    )
    assert ask(tracks, None, [opens, distinct("who"), count(is_event("T1"))]).total == (6, 4, 3)


def test_implied_opens_by_day_do_not_add_up():
    # Reference E4: one person opens and clicks on the first day, and clicks on the next two.
    tracks = pd.DataFrame(
        {"who": ["R"] * 4, "event": ["T2", "T1", "T1", "T1"], "day": ["D1", "D1", "D2", "D3"]}
    )
    opens = Arithmetic(
        "-", Arithmetic("+", count(is_event("T2")), distinct("who")), distinct("who", is_event("T2"))
    )
    result = ask(tracks, "day", [opens, distinct("who"), count(is_event("T1"))])
    assert shown(result) == {"D1": (1, 1, 1), "D2": (1, 1, 1), "D3": (1, 1, 1)}
    assert result.total == (1, 1, 3)


def test_implied_opens_of_events_without_a_value():
    # Reference E5: the open has no link, the click has one.
    tracks = pd.DataFrame({"who": ["R", "R"], "event": ["T2", "T1"], "link": [None, "U1"]})
    opens = Arithmetic(
        "-", Arithmetic("+", count(is_event("T2")), distinct("who")), distinct("who", is_event("T2"))
    )
    result = ask(tracks, "link", [opens, count(is_event("T1"))])
    assert shown(result) == {"U1": (1, 1), "N/A": (1, 0)}
    assert result.total == (1, 1)
