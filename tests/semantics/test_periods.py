"""Periods: presets against answers written by hand, half-open, and without gaps where clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynreports.errors import InvalidInputError, UnknownNameError
from dynreports.semantics.codec import from_json
from dynreports.semantics.keys import TIME_UNITS, TimeUnit
from dynreports.semantics.period import Bound, Fixed, Period, Preset, Rolling
from dynreports.semantics.periods import (
    PRESETS,
    bounds,
    describe,
    in_days,
    parse,
    reads_tomorrow,
    resolve,
)
from dynreports.semantics.predicate import Within

# On a Wednesday after a 29 February, and on a Sunday that is also the last day of a quarter's month.
WEDNESDAY = dt.datetime(2024, 3, 6, 15, 30)
ANSWERS = {
    "today": ("2024-03-06", "2024-03-07"),
    "yesterday": ("2024-03-05", "2024-03-06"),
    "2-days-ago": ("2024-03-04", "2024-03-05"),
    "3-days-ago": ("2024-03-03", "2024-03-04"),
    "last-7-days": ("2024-02-29", "2024-03-07"),
    "last-14-days": ("2024-02-22", "2024-03-07"),
    "last-30-days": ("2024-02-06", "2024-03-07"),
    "last-60-days": ("2024-01-07", "2024-03-07"),
    "last-90-days": ("2023-12-08", "2024-03-07"),
    "last-7-full-days": ("2024-02-28", "2024-03-06"),
    "last-14-full-days": ("2024-02-21", "2024-03-06"),
    "last-30-full-days": ("2024-02-05", "2024-03-06"),
    "last-90-full-days": ("2023-12-07", "2024-03-06"),
    "this-week": ("2024-03-03", "2024-03-10"),
    "last-week": ("2024-02-25", "2024-03-03"),
    "2-weeks-ago": ("2024-02-18", "2024-02-25"),
    "3-weeks-ago": ("2024-02-11", "2024-02-18"),
    "last-2-full-weeks": ("2024-02-18", "2024-03-03"),
    "last-3-full-weeks": ("2024-02-11", "2024-03-03"),
    "last-4-full-weeks": ("2024-02-04", "2024-03-03"),
    "last-12-full-weeks": ("2023-12-10", "2024-03-03"),
    "last-52-full-weeks": ("2023-03-05", "2024-03-03"),
    "this-month": ("2024-03-01", "2024-04-01"),
    "last-month": ("2024-02-01", "2024-03-01"),
    "2-months-ago": ("2024-01-01", "2024-02-01"),
    "3-months-ago": ("2023-12-01", "2024-01-01"),
    "last-2-full-months": ("2024-01-01", "2024-03-01"),
    "last-3-full-months": ("2023-12-01", "2024-03-01"),
    "last-6-full-months": ("2023-09-01", "2024-03-01"),
    "last-12-full-months": ("2023-03-01", "2024-03-01"),
    "last-13-full-months": ("2023-02-01", "2024-03-01"),
    "this-quarter": ("2024-01-01", "2024-04-01"),
    "last-quarter": ("2023-10-01", "2024-01-01"),
    "last-4-full-quarters": ("2023-01-01", "2024-01-01"),
    "this-year": ("2024-01-01", "2025-01-01"),
    "last-year": ("2023-01-01", "2024-01-01"),
}
ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",  # midnight was skipped
    "America/Havana",  # midnight comes twice
    "Australia/Lord_Howe",  # clocks move by half an hour
    "Pacific/Apia",  # 30 December 2011 does not exist
    "Africa/Casablanca",
    "Asia/Kathmandu",
)


def days(period: Period | None, now: dt.datetime, timezone: str = "UTC") -> tuple[str, str]:
    start, end = bounds(period, now=now, timezone=timezone)
    return start.replace(tzinfo=None).isoformat(), end.replace(tzinfo=None).isoformat()


def utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.id)
def test_presets_on_a_wednesday(preset):
    expected = tuple(f"{day}T00:00:00" for day in ANSWERS[preset.id])
    assert days(Preset(preset.id), WEDNESDAY) == expected
    assert days(preset.period, WEDNESDAY) == expected


def test_every_preset_has_an_answer_and_a_group():
    assert [each.id for each in PRESETS] == list(ANSWERS)
    assert list(dict.fromkeys(each.group for each in PRESETS)) == [
        "Days",
        "Weeks",
        "Months",
        "Quarters",
        "Years",
    ]
    assert len({each.label.casefold() for each in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize(
    ("id", "now", "start", "end"),
    [
        ("this-week", dt.datetime(2026, 6, 14, 0, 0), "2026-06-14", "2026-06-21"),  # a Sunday starts its week
        ("this-week", dt.datetime(2026, 6, 13, 23, 59), "2026-06-07", "2026-06-14"),
        ("last-month", dt.datetime(2026, 1, 1), "2025-12-01", "2026-01-01"),
        ("last-quarter", dt.datetime(2026, 1, 31), "2025-10-01", "2026-01-01"),
        ("last-13-full-months", dt.datetime(2026, 1, 31), "2024-12-01", "2026-01-01"),
        (
            "last-30-days",
            dt.datetime(2020, 9, 16, 12),
            "2020-08-18",
            "2020-09-17",
        ),  # as the reference shows it
    ],
)
def test_presets_at_edges(id, now, start, end):
    assert days(Preset(id), now) == (f"{start}T00:00:00", f"{end}T00:00:00")


def test_now_is_seen_in_the_zone_of_the_data():
    late = dt.datetime(2026, 6, 14, 22, 30, tzinfo=dt.UTC)
    assert days(Preset("today"), late, "Europe/Paris")[0] == "2026-06-15T00:00:00"
    assert days(Preset("today"), late, "America/New_York")[0] == "2026-06-14T00:00:00"


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-14", 24)])
def test_days_are_as_long_as_clocks_make_them(day, hours):
    start, end = bounds(
        Preset("today"), now=dt.datetime.fromisoformat(f"{day}T12:00"), timezone="Europe/Paris"
    )
    assert utc(end) - utc(start) == dt.timedelta(hours=hours)


def test_a_midnight_that_does_not_exist_is_the_change_of_clocks():
    now = dt.datetime(2018, 11, 4, 12)
    within = resolve(Preset("today"), now=now, timezone="America/Sao_Paulo", field="ts")
    assert within == Within("ts", "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00")
    # Here clocks went from 23:30 to 00:30: the day starts half an hour late, and not at 01:00.
    start, _ = bounds(Preset("today"), now=dt.datetime(1919, 3, 31, 9), timezone="America/Toronto")
    assert start.isoformat() == "1919-03-31T00:30:00-04:00"


def test_a_day_that_does_not_exist_holds_nothing():
    start, end = bounds(Fixed("2011-12-30", "2011-12-31"), now=WEDNESDAY, timezone="Pacific/Apia")
    assert utc(start) == utc(end)


MOMENTS = st.datetimes(dt.datetime(2009, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))


@given(now=MOMENTS, zone=st.sampled_from(ZONES), unit=st.sampled_from(TIME_UNITS))
def test_the_current_unit_holds_now(now, zone, unit):
    start, end = bounds(Rolling(Bound("start", unit), Bound("end", unit)), now=now, timezone=zone)
    assert utc(start) <= now < utc(end)


CALENDAR: tuple[TimeUnit, ...] = ("day", "week", "month", "quarter", "year")


@given(
    now=MOMENTS, zone=st.sampled_from(ZONES), unit=st.sampled_from(TIME_UNITS), offset=st.integers(-60, 60)
)
def test_neighbouring_units_meet_without_gap_or_overlap(now, zone, unit, offset):
    def edge(kind, count):
        bound = Bound(kind, unit, count, unit)
        # The other end only completes the period.
        return bounds(Rolling(bound, Bound(kind, unit, count + 500, unit)), now=now, timezone=zone)[0]

    assert utc(edge("end", offset)) == utc(edge("start", offset + 1))
    assert utc(edge("start", offset)) <= utc(edge("start", offset + 1))
    if unit in CALENDAR and zone != "Pacific/Apia":
        assert utc(edge("start", offset)) < utc(edge("start", offset + 1))


@given(now=MOMENTS, zone=st.sampled_from(ZONES), preset=st.sampled_from(PRESETS))
def test_presets_are_whole_local_days(now, zone, preset):
    start, end = bounds(Preset(preset.id), now=now, timezone=zone)
    assert start < end
    for edge in (start, end):
        # Nothing of the same local date comes before the edge.
        before = (utc(edge) - dt.timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
        is_repeated_midnight = zone == "America/Havana"
        assert before.date() < edge.date() or is_repeated_midnight
    assert utc(start) <= now


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("All dates", None),
        ("last 30 days", Preset("last-30-days")),
        ("LAST-30-DAYS", Preset("last-30-days")),
        ("  This  month ", Preset("this-month")),
        (("2026-01-01", "2026-02-01"), Fixed("2026-01-01", "2026-02-01")),
        ([dt.date(2026, 1, 1), dt.datetime(2026, 2, 1, 6)], Fixed("2026-01-01", "2026-02-01T06:00:00")),
        (
            (pd.Timestamp("2026-01-01 06:00"), np.datetime64("2026-02-01", "ns")),
            Fixed("2026-01-01T06:00:00", "2026-02-01T00:00:00"),
        ),
        (Preset("today"), Preset("today")),
        (Fixed("2026-01-01", "2026-02-01"), Fixed("2026-01-01", "2026-02-01")),
        (PRESETS[0], Preset("today")),
    ],
)
def test_parse(value, expected):
    assert parse(value) == expected


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ("last 30 dais", UnknownNameError, "Did you mean: Last 30 days"),
        (Preset("nope"), UnknownNameError, "nope"),
        (("2026-02-01", "2026-01-01"), InvalidInputError, "It must start before it ends"),
        (("2026-01-01", "2026-01-01"), InvalidInputError, "The end is not included"),
        (("1 May", "2 May"), InvalidInputError, "'1 May' is not a date. Accepted: 2026-01-31"),
        ((pd.NaT, "2026-01-01"), InvalidInputError, "NaT is not a date"),
        (("2026-01-01", 5), InvalidInputError, "5 is not a date"),
        (7, InvalidInputError, "7 is not a period. Accepted: a preset"),
        (("2026-01-01",), InvalidInputError, "is not a period"),
    ],
)
def test_parse_refuses_with_words(value, error, words):
    with pytest.raises(error, match=words):
        parse(value)


def test_an_end_before_its_start_is_refused_when_it_shows():
    turned = Rolling(Bound("end", "day"), Bound("start", "day"))
    with pytest.raises(
        InvalidInputError, match=r"starts Jun 15, 2026 12:00 AM and ends Jun 14, 2026 12:00 AM"
    ):
        resolve(turned, now=dt.datetime(2026, 6, 14), timezone="UTC", field="ts")
    mixed = Fixed("2026-01-01T12:00", "2026-01-01T11:30+00:00")
    assert bounds(mixed, now=WEDNESDAY, timezone="Europe/Paris")  # noon in Paris is 11:00 UTC
    with pytest.raises(InvalidInputError, match="must start before it ends"):
        bounds(mixed, now=WEDNESDAY, timezone="UTC")
    with pytest.raises(InvalidInputError, match="outside of the years"):
        bounds(
            Rolling(Bound("start", "day", -9999, "year"), Bound("end", "day")), now=WEDNESDAY, timezone="UTC"
        )
    with pytest.raises(InvalidInputError, match="must start before it ends"):
        from_json('{"type": "fixed", "start": "2026-02-01", "end": "2026-01-01"}', Period)


def test_describe():
    now = dt.datetime(2026, 6, 14, 21, 40)

    def said(period):
        return describe(period, now=now, timezone="Europe/Paris")

    assert said(None) == ("All dates", "")
    assert said(Preset("last-30-days")) == ("Last 30 days", "May 16, 2026 12:00 AM – Jun 15, 2026 12:00 AM")
    assert said(PRESETS[0].period)[0] == "Today"
    assert said(Fixed("2026-01-01", "2026-02-01T13:05")) == (
        "Custom",
        "Jan 1, 2026 12:00 AM – Feb 1, 2026 1:05 PM",
    )
    assert said(Rolling(Bound("start", "hour", -1, "hour"), Bound("end", "hour")))[1] == (
        "Jun 14, 2026 8:00 PM – Jun 14, 2026 10:00 PM"
    )


def test_reads_tomorrow():
    now = dt.datetime(2026, 6, 14, 21, 40)

    def said(period):
        return reads_tomorrow(period, now=now, timezone="Europe/Paris")

    # As the control itself reads: the end is not included.
    assert said(Preset("last-30-days")) == "May 17, 2026 12:00 AM – Jun 16, 2026 12:00 AM"
    assert said(Preset("last-6-full-months")) == "Dec 1, 2025 12:00 AM – Jun 1, 2026 12:00 AM"
    assert said(Fixed("2026-01-01", "2026-02-01")) is None
    assert said(None) is None


def test_periods_in_days():
    def said(start, end):
        return in_days(Fixed(start, end), now=dt.datetime(2026, 6, 14), timezone="Europe/Paris")

    assert said("2026-04-01", "2026-06-15") == "Apr 1 – Jun 14"
    assert said("2026-04-01", "2026-04-02") == "Apr 1"
    assert said("2025-12-01", "2026-01-01") == "Dec 1, 2025 – Dec 31, 2025"
    assert said("2026-04-01", "2026-04-02T06:00") == "Apr 1, 2026 12:00 AM – Apr 2, 2026 6:00 AM"


def test_months_keep_the_day_or_take_their_last():
    bound = Bound("start", "day", 1, "month")
    start, _ = bounds(
        Rolling(bound, Bound("end", "day", 3, "month")), now=dt.datetime(2026, 1, 31), timezone="UTC"
    )
    assert start.date() == dt.date(2026, 2, 28)
