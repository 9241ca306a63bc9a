"""Times in words: short on an axis, long in a tooltip."""

from __future__ import annotations

import datetime as dt

from dynreports.semantics.keys import TimeUnit
from dynreports.views import format

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def long(start: dt.datetime, unit: TimeUnit, this_year: int) -> str:
    """Return a bucket as people say it, with the year where it is another one than this.

    Examples
    --------
    >>> long(dt.datetime(2026, 6, 6), "day", 2026), long(dt.datetime(2025, 6, 1), "week", 2026)
    ('Saturday, June 6', 'Week of June 1, 2025')
    >>> long(dt.datetime(2026, 6, 6, 15), "hour", 2026), long(dt.datetime(2026, 4, 1), "quarter", 2026)
    ('Saturday, June 6, 3:00 PM', 'Q2 2026')
    """
    match unit:
        case "year":
            return str(start.year)
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case "month":
            return f"{_MONTHS[start.month - 1]} {start.year}"
    day = f"{_MONTHS[start.month - 1]} {start.day}"
    if start.year != this_year:
        day = f"{day}, {start.year}"
    if unit == "week":
        return f"Week of {day}"
    words = f"{_DAYS[start.weekday()]}, {day}"
    return words if unit == "day" else f"{words}, {format.clock(start)}"


def short(start: dt.datetime, unit: TimeUnit) -> str:
    """Return a bucket in as few letters as will do.

    Examples
    --------
    >>> short(dt.datetime(2026, 6, 6), "day"), short(dt.datetime(2026, 6, 6, 15), "hour")
    ('Jun 6', 'Jun 6, 3 PM')
    """
    match unit:
        case "year" | "quarter":
            return long(start, unit, start.year)
        case "month":
            return f"{_MONTHS[start.month - 1][:3]} {start.year}"
    day = f"{_MONTHS[start.month - 1][:3]} {start.day}"
    return day if unit in {"day", "week"} else f"{day}, {format.clock(start).replace(':00', '')}"
