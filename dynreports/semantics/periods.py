"""Periods at work: the presets, what they resolve to at a moment, and how they are read and described.

Steps of days and more follow the calendar of the dataset's zone, so a day may last 23 or 25 hours, and a
midnight that a change of clocks skips is the moment of that change. Hours and minutes are elapsed time.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from dynreports.errors import InvalidInputError, unknown_name
from dynreports.semantics.keys import TimeUnit
from dynreports.semantics.period import (
    MUST_START_BEFORE_END,
    Bound,
    Fixed,
    NamedPeriod,
    Period,
    Preset,
    Rolling,
    moment,
)
from dynreports.semantics.predicate import Within
from dynreports.semantics.text import slug

ALL_DATES = "All dates"
CUSTOM = "Custom"
_ACCEPTED = (
    'Accepted: a preset such as "last 30 days", a pair of dates with the end not included such as '
    '("2026-01-01", "2026-02-01"), or None for all dates.'
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ELAPSED: dict[TimeUnit, dt.timedelta] = {"minute": dt.timedelta(minutes=1), "hour": dt.timedelta(hours=1)}
_MONTHS_IN: dict[TimeUnit, int] = {"month": 1, "quarter": 3, "year": 12}


# ---- presets ----------------------------------------------------------------------------------


def _start(unit: TimeUnit, offset: int = 0, offset_unit: TimeUnit | None = None) -> Bound:
    return Bound("start", unit, offset, offset_unit or unit)


def _end(unit: TimeUnit, offset: int = 0) -> Bound:
    return Bound("end", unit, offset, unit)


def _presets() -> tuple[NamedPeriod, ...]:
    def named(label: str, group: str, start: Bound, end: Bound) -> None:
        found.append(NamedPeriod(slug(label), label, group, Rolling(start, end)))

    def current(unit: TimeUnit, group: str, label: str) -> None:
        named(label, group, _start(unit), _end(unit))

    def ago(unit: TimeUnit, group: str, count: int, label: str = "") -> None:
        named(label or f"{count} {unit}s ago", group, _start(unit, -count), _start(unit, 1 - count))

    def full(unit: TimeUnit, group: str, *counts: int) -> None:
        for count in counts:
            named(f"Last {count} full {unit}s", group, _start(unit, -count), _start(unit))

    found: list[NamedPeriod] = []
    current("day", "Days", "Today")
    ago("day", "Days", 1, "Yesterday")
    ago("day", "Days", 2)
    ago("day", "Days", 3)
    for count in (7, 14, 30, 60, 90):
        named(f"Last {count} days", "Days", _start("day", 1 - count), _end("day"))
    full("day", "Days", 7, 14, 30, 90)
    current("week", "Weeks", "This week")
    ago("week", "Weeks", 1, "Last week")
    ago("week", "Weeks", 2)
    ago("week", "Weeks", 3)
    full("week", "Weeks", 2, 3, 4, 12, 52)
    current("month", "Months", "This month")
    ago("month", "Months", 1, "Last month")
    ago("month", "Months", 2)
    ago("month", "Months", 3)
    full("month", "Months", 2, 3, 6, 12, 13)
    current("quarter", "Quarters", "This quarter")
    ago("quarter", "Quarters", 1, "Last quarter")
    full("quarter", "Quarters", 4)
    current("year", "Years", "This year")
    ago("year", "Years", 1, "Last year")
    return tuple(found)


PRESETS: tuple[NamedPeriod, ...] = _presets()
"""The periods that ship with the product, in the order in which they are listed, grouped by `group`."""


def preset(id: str) -> NamedPeriod:
    """Return the preset with an id."""
    found = next((each for each in PRESETS if each.id == id), None)
    if found is None:
        raise unknown_name("period", id, (each.id for each in PRESETS))
    return found


# ---- reading what people write ----------------------------------------------------------------


def parse(value: object) -> Period | None:
    """Return the period that a person means.

    Parameters
    ----------
    value
        ``None`` or ``"all dates"``; the label or id of a preset, in any case (``"last 30 days"``); a pair of
        dates or date-times, as text or objects, **the end not included** (January 2026 is
        ``("2026-01-01", "2026-02-01")``); or a period value as it is.

    Examples
    --------
    >>> parse("Last 30 days")
    Preset(id='last-30-days')
    >>> parse(("2026-01-01", "2026-02-01"))
    Fixed(start='2026-01-01', end='2026-02-01')
    """
    if value is None or isinstance(value, (Fixed, Rolling, Preset)):
        if isinstance(value, Preset):
            preset(value.id)
        return value
    if isinstance(value, NamedPeriod):
        return Preset(preset(value.id).id)
    if isinstance(value, str):
        return _parse_name(value)
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return Fixed(_iso(value[0]), _iso(value[1]))
    message = f"{value!r} is not a period. {_ACCEPTED}"
    raise InvalidInputError(message)


def _parse_name(name: str) -> Preset | None:
    wanted = slug(name)
    if wanted in {"all-dates", "all"}:
        return None
    found = next((each for each in PRESETS if wanted == each.id), None)
    if found is None:
        raise unknown_name("period", name, [ALL_DATES, *(each.label for each in PRESETS)])
    return Preset(found.id)


def _iso(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if hasattr(value, "astype"):  # a NumPy date; of a finer unit than this, item() would give a bare number
        value = value.astype("datetime64[us]").item()
    if (
        isinstance(value, (dt.date, dt.datetime)) and value == value
    ):  # pandas' missing time differs from itself
        return value.isoformat()
    message = f"{value!r} is not a date. Accepted: text such as '2026-01-31', or a date or datetime."
    raise InvalidInputError(message)


# ---- resolving --------------------------------------------------------------------------------


def bounds(period: Period, *, now: dt.datetime, timezone: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of the period and the first one after it, in the zone.

    Parameters
    ----------
    period
        What to resolve.
    now
        The moment that rolling periods move with; without a zone it is local to ``timezone``.
    timezone
        The zone of the dataset.

    Raises
    ------
    InvalidInputError
        The period does not start before it ends.
    """
    zone = ZoneInfo(timezone)
    local_now = now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone)
    match period:
        case Fixed(start=start, end=end):
            first, last = localised(moment(start), zone), localised(moment(end), zone)
            wrong = moment(start) >= moment(end) if _both_naive(start, end) else _utc(first) >= _utc(last)
        case Preset(id=id):
            return bounds(preset(id).period, now=local_now, timezone=timezone)
        case Rolling(start=start_bound, end=end_bound):
            first, last = _bound(start_bound, local_now), _bound(end_bound, local_now)
            wrong = _utc(first) > _utc(last) or first.replace(tzinfo=None) == last.replace(tzinfo=None)
    if wrong:
        starts, ends = _moment_text(first), _moment_text(last)
        message = f"The period starts {starts} and ends {ends}. {MUST_START_BEFORE_END}"
        raise InvalidInputError(message)
    return first, last


def resolve(period: Period | None, *, now: dt.datetime, timezone: str, field: str) -> Within | None:
    """Return the condition of a period on a date-time field: half-open; ``None`` for all dates.

    Examples
    --------
    >>> now = dt.datetime(2026, 6, 14, 21, 40)
    >>> resolve(Preset("today"), now=now, timezone="Europe/Paris", field="ts")
    Within(field='ts', start='2026-06-14T00:00:00+02:00', end='2026-06-15T00:00:00+02:00')
    """
    if period is None:
        return None
    start, end = bounds(period, now=now, timezone=timezone)
    return Within(field, start.isoformat(), end.isoformat())


def _both_naive(start: str, end: str) -> bool:
    return moment(start).tzinfo is None and moment(end).tzinfo is None


def _utc(moment: dt.datetime) -> dt.datetime:
    # Two times of the same zone are compared by their clocks alone, which is wrong where clocks change.
    return moment.astimezone(dt.UTC)


def localised(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the moment in the zone; a local time that is skipped becomes the change of clocks."""
    if moment.tzinfo:
        return moment.astimezone(zone)
    after = _utc(moment.replace(tzinfo=zone))
    if after.astimezone(zone).replace(tzinfo=None) == moment:
        return after.astimezone(zone)
    before = _utc(moment.replace(tzinfo=zone, fold=1))  # by the clock after the change: still ahead of it
    old_offset = before.astimezone(zone).utcoffset()
    while after - before > dt.timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0).astimezone(zone)


def _bound(bound: Bound, now: dt.datetime) -> dt.datetime:
    """Return the moment of one end. Calendar steps are taken on the clock, before its zone is applied."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101  # `bounds` puts every moment in the dataset's zone
    steps = [(bound.unit, 1 if bound.edge == "end" else 0), (bound.offset_unit, bound.offset)]
    at = _floor(now, bound.unit) if bound.unit in _ELAPSED else None
    clock = _calendar_floor(now.replace(tzinfo=None, fold=0), bound.unit)
    try:
        for unit, count in steps:
            if unit in _ELAPSED:
                at = (_utc(at or localised(clock, zone)) + _ELAPSED[unit] * count).astimezone(zone)
            elif at is None:
                clock = _moved(clock, unit, count)
            elif count:
                at = localised(_moved(at.replace(tzinfo=None, fold=0), unit, count), zone)
        return at or localised(clock, zone)
    except (OverflowError, ValueError):
        message = f"{bound.offset} {bound.offset_unit}s from now is outside of the years 1 to 9999."
        raise InvalidInputError(message) from None


def _floor(at: dt.datetime, unit: TimeUnit) -> dt.datetime:
    # Elapsed time, so that both passes of an hour that comes twice keep their own start.
    minutes = at.minute if unit == "hour" else 0
    past = dt.timedelta(minutes=minutes, seconds=at.second, microseconds=at.microsecond)
    return (_utc(at) - past).astimezone(at.tzinfo)


def _calendar_floor(clock: dt.datetime, unit: TimeUnit) -> dt.datetime:
    day = dt.datetime(clock.year, clock.month, clock.day)
    match unit:
        case "week":
            return day - dt.timedelta(days=(day.weekday() + 1) % 7)  # weeks start on Sunday
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def _moved(clock: dt.datetime, unit: TimeUnit, count: int) -> dt.datetime:
    if unit in _MONTHS_IN:
        return add_months(clock, _MONTHS_IN[unit] * count)
    return clock + dt.timedelta(days=7 if unit == "week" else 1) * count


def add_months(clock: dt.datetime, months: int) -> dt.datetime:
    """Return the same day of another month, or its last day where that month is shorter."""
    year, month = divmod(clock.year * 12 + clock.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last_day = (following - dt.timedelta(days=1)).day
    return clock.replace(year=year, month=month + 1, day=clock.day if clock.day < last_day else last_day)


# ---- describing -------------------------------------------------------------------------------


def name_of(period: Period | None) -> str:
    """Return the name of the preset, "All dates" or "Custom"."""
    match period:
        case None:
            return ALL_DATES
        case Preset(id=id):
            return preset(id).label
        case Rolling():
            return _rolling_names().get(period, CUSTOM)
        case _:
            return CUSTOM


@cache
def _rolling_names() -> dict[Period, str]:
    return {each.period: each.label for each in PRESETS}


def describe(period: Period | None, *, now: dt.datetime, timezone: str) -> tuple[str, str]:
    """Return the name of a period, and its exact bounds in words, the end not included.

    Examples
    --------
    >>> describe(Preset("last-30-days"), now=dt.datetime(2026, 6, 14), timezone="UTC")
    ('Last 30 days', 'May 16, 2026 12:00 AM – Jun 15, 2026 12:00 AM')
    """
    if period is None:
        return ALL_DATES, ""
    start, end = bounds(period, now=now, timezone=timezone)
    return name_of(period), f"{_moment_text(start)} – {_moment_text(end)}"


def reads_tomorrow(period: Period | None, *, now: dt.datetime, timezone: str) -> str | None:
    """Return the bounds that a rolling period has tomorrow, as `describe` says them; fixed: ``None``."""
    if period is None or isinstance(period, Fixed):
        return None
    zone = ZoneInfo(timezone)
    local_now = now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone)
    tomorrow = local_now.replace(tzinfo=None, fold=0) + dt.timedelta(days=1)
    return describe(period, now=localised(tomorrow, zone), timezone=timezone)[1]


def in_days(period: Period, *, now: dt.datetime, timezone: str) -> str:
    """Return the days of a period, the last one included; where it does not hold whole days, its bounds.

    Examples
    --------
    >>> in_days(Fixed("2026-04-01", "2026-06-15"), now=dt.datetime(2026, 6, 14), timezone="UTC")
    'Apr 1 – Jun 14'
    """
    start, end = bounds(period, now=now, timezone=timezone)
    return span_in_days(start.isoformat(), end.isoformat(), now)


def span_in_days(start: str, end: str, now: dt.datetime | None = None) -> str:
    """Return the days between two local moments, without their year where it is now's."""
    opens, closes = moment(start), moment(end)
    if opens.time() != dt.time() or closes.time() != dt.time() or closes.date() <= opens.date():
        return f"{_moment_text(opens)} – {_moment_text(closes)}"
    first, last = opens.date(), closes.date() - dt.timedelta(days=1)
    is_this_year = now is not None and first.year == last.year == now.year
    days = [_day_text(each, with_year=not is_this_year) for each in dict.fromkeys((first, last))]
    return " – ".join(days)


def _day_text(day: dt.date, *, with_year: bool = False) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if with_year else "")


def _moment_text(moment: dt.datetime) -> str:
    # strftime would follow the machine's language.
    seconds = f":{moment.second:02}" if moment.second else ""
    clock = f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02}{seconds} {'AM' if moment.hour < 12 else 'PM'}"
    return f"{_day_text(moment, with_year=True)} {clock}"
