"""Tables of offsets give what the zone itself says, for every quarter of an hour around its changes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dynreports.engine import times
from dynreports.errors import InvalidInputError

ZONES = [
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
]
UTC = dt.UTC


def offset(moment: dt.datetime) -> int:
    return int(moment.utcoffset().total_seconds())


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [1996, 2026])
def test_offsets_equal_the_zone(zone, year):
    info = ZoneInfo(zone)
    start = int(dt.datetime(year, 1, 1, tzinfo=UTC).timestamp())
    seconds = np.arange(start, start + 366 * times.DAY, 900)
    table = times.offsets_of(zone, int(seconds[0]), int(seconds[-1]))
    moments = [dt.datetime.fromtimestamp(second, UTC) for second in seconds.tolist()]
    assert table.of_utc(seconds).tolist() == [offset(moment.astimezone(info)) for moment in moments]
    walls = [moment.replace(tzinfo=info) for moment in moments]
    assert table.of_wall(seconds).tolist() == [offset(wall) for wall in walls]


def test_steps_follow_the_offsets():
    assert times.offsets_of("Europe/Paris", 0, 10**9).step == 3600
    assert times.offsets_of("Asia/Kathmandu", 10**9, 10**9).step == 900
    assert times.offsets_of("Europe/Paris", -(10**10), 10**9).step == 1  # local mean time, before 1911


def test_instants_are_read_to_the_nanosecond():
    assert times.instant("1970-01-01T00:00:01.000000002+00:00", "UTC") == 10**9 + 2
    assert times.instant("1970-01-02", "Europe/Paris") == (24 - 1) * 3600 * 10**9
    assert times.instant("1970-01-02T00:00:00Z", "Europe/Paris") == 24 * 3600 * 10**9
    with pytest.raises(InvalidInputError, match="'soon' is no date"):
        times.instant("soon", "UTC")


def test_buckets_of_a_span_include_the_empty_ones():
    start, end = (times.instant(each, "Europe/Paris") for each in ("2026-10-25", "2026-10-26"))
    hours = times.bucket_starts("Europe/Paris", "hour", start, end)
    assert len(hours) == 25
    assert hours[2:4] == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]
    assert times.bucket_starts("Europe/Paris", "week", start, end) == ["2026-10-25"]
    assert times.bucket_starts("Europe/Paris", "day", end, start) == []
