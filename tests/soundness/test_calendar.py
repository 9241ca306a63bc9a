"""Days, hours and periods are those of the dataset's zone, also when clocks change."""

from __future__ import annotations

import pandas as pd
import pytest

from dynreports.semantics.keys import TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import Within
from tests.soundness.asking import ask, count, day, shown


def at(*moments: str) -> pd.DataFrame:
    return pd.DataFrame({"time": pd.to_datetime(list(moments), utc=True, format="ISO8601")})


def test_days_are_local():
    late = at("2026-05-15T22:30:00Z", "2026-05-16T21:30:00Z", "2026-05-16T22:30:00Z")
    assert shown(ask(late, day(), [count()], timezone="Europe/Paris")) == {
        "May 16, 2026": (2,),
        "May 17, 2026": (1,),
    }
    assert list(shown(ask(late, day(), [count()]))) == ["May 15, 2026", "May 16, 2026"]


@pytest.mark.parametrize(("date", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
def test_a_day_has_the_hours_that_the_clock_gives_it(date, hours):
    local = pd.date_range(date, periods=1, tz="Europe/Paris")[0]
    around = pd.date_range(local - pd.Timedelta("6h"), local + pd.Timedelta("40h"), freq="h")
    frame = pd.DataFrame({"time": around})
    start, end = local.isoformat(), (local + pd.DateOffset(days=1)).isoformat()
    result = ask(
        frame, TimeKey("time", "hour"), [count()], timezone="Europe/Paris", period=Within("time", start, end)
    )
    assert (result.count, result.total) == (hours, (hours,))
    by_day = ask(frame, day(), [count()], timezone="Europe/Paris")
    label = f"{local:%b} {local.day}, {local.year}"
    assert shown(by_day)[label] == (hours,)


def test_an_hour_that_happens_twice_is_two_hours():
    twice = at("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")
    result = ask(twice, TimeKey("time", "hour"), [count()], timezone="Europe/Paris")
    assert [row.item for row in result.rows] == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]
    assert [row.values for row in result.rows] == [(1,), (1,)]


def test_periods_include_their_start_and_not_their_end():
    edge = at("2026-05-01", "2026-05-01T23:59:59.999999", "2026-05-02")
    assert ask(edge, None, [count()], period=Within("time", "2026-05-01", "2026-05-02")).total == (2,)


def test_a_period_between_two_ticks():
    edge = pd.DataFrame({"time": pd.to_datetime(["2026-05-01T00:00:00", "2026-05-01T00:00:01"]).as_unit("s")})
    period = Within("time", "2026-05-01T00:00:00.500000", "2026-05-01T00:00:01.500000")
    assert ask(edge, None, [count()], period=period).total == (1,)


def test_times_without_a_zone_are_local():
    naive = pd.DataFrame({"time": pd.to_datetime(["2026-05-16T00:30:00", "2026-07-01T00:00:00"])})
    assert list(shown(ask(naive, day(), [count()], timezone="Asia/Kolkata"))) == [
        "May 16, 2026",
        "Jul 1, 2026",
    ]
    hours = ask(naive, TimeKey("time", "hour"), [count()], timezone="America/New_York")
    assert hours.rows[0].item == "2026-05-16T00:00:00-04:00"


def test_weeks_start_on_sunday_and_quarters_on_their_first_month():
    frame = at("2026-05-09", "2026-05-10", "2026-05-16", "2026-12-31", "2027-01-01")
    labels = {
        unit: list(shown(ask(frame, TimeKey("time", unit), [count()])))
        for unit in ("week", "quarter", "year")
    }
    assert labels["week"][:2] == ["Week of May 3, 2026", "Week of May 10, 2026"]
    assert labels["week"][2:] == ["Week of Dec 27, 2026"]  # a week may lie in two years
    assert labels["quarter"] == ["Q2 2026", "Q4 2026", "Q1 2027"]
    assert labels["year"] == ["2026", "2027"]


def test_series_show_the_days_on_which_nothing_happened():
    frame = at("2026-05-01", "2026-05-03").assign(x=[2.0, 4.0])

    period = Within("time", "2026-05-01", "2026-05-05")
    counts, means = ask(frame, None, [count(), Aggregate("mean", "x")], series="day", period=period).series
    assert counts.starts == ("2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04")
    assert counts.values == (1, 0, 1, 0)
    assert [value == value for value in means.values] == [True, False, True, False]


def test_times_before_1970_and_far_from_now():
    frame = at("1901-05-16T12:00:00", "1969-12-31T23:59:59", "2199-01-01")
    assert list(shown(ask(frame, TimeKey("time", "year"), [count()], timezone="Europe/Paris"))) == [
        "1901",
        "1970",  # an hour ahead of UTC
        "2199",
    ]
