"""How items read on screen. Only text is made here: the identity of an item never depends on its label."""

from __future__ import annotations

import datetime as dt

from dynreports.semantics.keys import Item, TimeUnit

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text_of(value: Item) -> str:
    """Return a value as text: whole floats without their point, booleans as True and False."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return str(value)


def day_label(day: dt.date) -> str:
    """Return ``May 16, 2026``."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def clock_label(moment: dt.datetime) -> str:
    """Return ``10:00 AM``, with seconds only where there are any."""
    hour = moment.hour % 12 or 12
    fraction = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    seconds = f":{moment.second:02d}{fraction}" if moment.second or moment.microsecond else ""
    return f"{hour}:{moment.minute:02d}{seconds} {'AM' if moment.hour < 12 else 'PM'}"


def moment_label(identity: str) -> str:
    """Return the label of a value of a date-time field: ``May 16, 2026``, with the time where it has one."""
    if len(identity) == len("2026-05-16"):
        return day_label(dt.date.fromisoformat(identity))
    moment = dt.datetime.fromisoformat(identity)
    return f"{day_label(moment)} {clock_label(moment)}"


def bucket_label(identity: str, unit: TimeUnit) -> str:
    """Return the label of a calendar bucket from its ISO start.

    Examples
    --------
    >>> bucket_label("2026-05-10", "week"), bucket_label("2026-04-01", "quarter")
    ('Week of May 10, 2026', 'Q2 2026')
    """
    if unit in {"minute", "hour"}:
        return moment_label(identity)
    day = dt.date.fromisoformat(identity)
    match unit:
        case "week":
            return f"Week of {day_label(day)}"
        case "month":
            return f"{MONTHS[day.month - 1]} {day.year}"
        case "quarter":
            return f"Q{(day.month + 2) // 3} {day.year}"
        case "year":
            return str(day.year)
        case _:
            return day_label(day)
