"""Periods to compare with: the same span of time, moved back; and the time that two periods share."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from dynreports.errors import InvalidInputError
from dynreports.semantics.period import Shift, moment
from dynreports.semantics.periods import add_months, localised
from dynreports.semantics.predicate import Within
from dynreports.semantics.text import slug

SHIFTS: dict[Shift, str] = {
    "previous-period": "Previous period",
    "same-period-last-year": "Same period last year",
}
"""What the ways to move a period back are called."""

Show = Literal["difference", "change"]
"""How a figure is compared with the same one of another period: in its own unit, or as a part of it."""


def parse_shift(name: object) -> Shift | None:
    """Return the way to move a period back that a person names, ``None`` for any other text or value."""
    wanted = slug(name) if isinstance(name, str) else ""
    return next((each for each in SHIFTS if each == wanted), None)


def shifted(period: Within, shift: Shift, timezone: str) -> Within:
    """Return a period moved back.

    The previous period ends where this one starts: whole months come after as many months, whole days after
    as many days, whatever the clocks do; other spans after as much time.

    Examples
    --------
    >>> june = Within("ts", "2026-06-01T00:00:00+00:00", "2026-07-01T00:00:00+00:00")
    >>> shifted(june, "previous-period", "UTC").start
    '2026-05-01T00:00:00+00:00'
    """
    zone = ZoneInfo(timezone)
    start, end = _local(period.start, zone), _local(period.end, zone)
    first, last = start.replace(tzinfo=None, fold=0), end.replace(tzinfo=None, fold=0)
    try:
        if shift == "same-period-last-year":
            moved, stop = localised(add_months(first, -12), zone), localised(add_months(last, -12), zone)
            if _utc(stop) < _utc(moved):
                stop = moved
        else:
            moved, stop = _before(first, last, start, end, zone), start
    except (OverflowError, ValueError):
        message = f"There is no {SHIFTS[shift].lower()} before {period.start}: years count from 1."
        raise InvalidInputError(message) from None
    return Within(period.field, moved.isoformat(), stop.isoformat())


def _before(
    first: dt.datetime, last: dt.datetime, start: dt.datetime, end: dt.datetime, zone: ZoneInfo
) -> dt.datetime:
    if _utc(end) <= _utc(start):
        return start
    if first.time() == last.time() == dt.time():
        if first.day == last.day == 1:
            months = (last.year - first.year) * 12 + last.month - first.month
            return localised(add_months(first, -months), zone)
        return localised(first - (last - first), zone)
    return (_utc(start) - (_utc(end) - _utc(start))).astimezone(zone)


def meet(one: Within | None, other: Within | None, timezone: str) -> Within | None:
    """Return the time that two periods share; ``None`` is all time, and no shared time is an empty period."""
    if one is None or other is None:
        return other if one is None else one
    zone = ZoneInfo(timezone)

    def at(text: str) -> dt.datetime:
        return _utc(_local(text, zone))

    start, end = max(one.start, other.start, key=at), min(one.end, other.end, key=at)
    return Within(one.field, start, end if at(start) < at(end) else start)


def _local(text: str, zone: ZoneInfo) -> dt.datetime:
    found = moment(text)
    return found.astimezone(zone) if found.tzinfo else localised(found, zone)


def _utc(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC)
