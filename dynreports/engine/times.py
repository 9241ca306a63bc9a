"""Calendar arithmetic on integers: instants are seconds since 1970 in UTC, zones are tables of offsets.

Nothing here touches rows one by one in Python, and nothing goes through date-time objects except the few
instants at which a zone changes its offset.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from zoneinfo import ZoneInfo

import numpy as np

from dynreports.engine.query import Array
from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import TimeUnit

DAY = 86_400
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST, _LAST = -62_100_000_000, 253_370_000_000  # what datetime can hold, with room for offsets
_STRIDE = 7 * DAY  # no zone changes its offset and changes it back within a week


def instant(text: str, zone: str) -> int:
    """Return nanoseconds since 1970 of an ISO date or date-time, read in ``zone`` when it has no offset.

    Local times that happen twice are the first of the two; ones that never happen are read with the offset
    before the change (as PEP 495 says).
    """
    finer = re.fullmatch(r"(.*\.\d{6})(\d{3})(.*)", text)  # nanoseconds, which datetime cannot hold
    try:
        moment = dt.datetime.fromisoformat(finer[1] + finer[3] if finer else text)
    except ValueError:
        message = f"{text!r} is no date. Accepted: ISO text such as 2026-05-16 or 2026-05-16T10:00+02:00."
        raise InvalidInputError(message) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return (moment - _EPOCH) // dt.timedelta(microseconds=1) * 1000 + (int(finer[2]) if finer else 0)


@dataclasses.dataclass(frozen=True, eq=False)
class Offsets:
    """The offsets of a zone over a span: ``offsets[i]`` holds up to ``changes[i]``, the last one after it."""

    changes: Array
    offsets: Array

    @property
    def step(self) -> int:
        """The longest of an hour, 15 minutes, a minute and a second that every offset is a multiple of."""
        return next(step for step in (3600, 900, 60, 1) if not (self.offsets % step).any())

    def of_utc(self, seconds: Array) -> Array:
        """Return the offset at each instant."""
        return self.offsets[np.searchsorted(self.changes, seconds, side="right")]

    def of_wall(self, seconds: Array) -> Array:
        """Return the offset at each local time, by the rule of :func:`instant`."""
        bounds = self.changes + np.maximum(self.offsets[:-1], self.offsets[1:])
        return self.offsets[np.searchsorted(bounds, seconds, side="right")]


def offsets_of(zone: str, first: int, last: int) -> Offsets:
    """Return the offsets of a zone from two days before ``first`` to two days after ``last``."""
    info = ZoneInfo(zone)

    def offset(second: int) -> int:
        clamped = min(max(second, _FIRST), _LAST)
        delta = (_EPOCH + dt.timedelta(seconds=clamped)).astimezone(info).utcoffset()
        return 0 if delta is None else int(delta.total_seconds())

    at, stop = first - 2 * DAY, last + 2 * DAY
    changes: list[int] = []
    offsets = [offset(at)]
    while at < stop:
        after = min(at + _STRIDE, stop)
        if offset(after) != offsets[-1]:
            low, high = at, after
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
            changes.append(high)
            offsets.append(offset(high))
            at = high
        else:
            at = after
    return Offsets(np.array(changes, dtype=np.int64), np.array(offsets, dtype=np.int64))


def bucket(seconds: Array, offsets: Offsets, unit: TimeUnit) -> tuple[Array, Array]:
    """Return for each instant (ascending) the position of its bucket, and the identities of the buckets."""
    shift = offsets.of_utc(seconds)
    local = seconds + shift
    if unit in {"minute", "hour"}:
        length = 60 if unit == "minute" else 3600
        starts = local // length * length
        # An hour that happens twice is two buckets: they differ in their offset.
        keys, first, positions = np.unique(starts - shift, return_index=True, return_inverse=True)
        return positions, _stamps(starts[first], shift[first])
    days = local // DAY
    match unit:
        case "week":
            days = days - (days + 4) % 7  # day 0 was a Thursday; weeks start on Sunday
        case "month":
            days = _months(days, 1)
        case "quarter":
            days = _months(days, 3)
        case "year":
            days = _months(days, 12)
    keys, positions = np.unique(days, return_inverse=True)
    return positions, np.datetime_as_string(keys.astype("datetime64[D]")).astype(object)


def bucket_starts(zone: str, unit: TimeUnit, start: int, end: int) -> list[str]:
    """Return every bucket that touches ``[start, end)`` (nanoseconds), with or without records."""
    first, last = start // 10**9, -(-end // 10**9)
    if last <= first:
        return []
    offsets = offsets_of(zone, first, last)
    step = min(60 if unit == "minute" else 900, offsets.step)
    ticks = np.arange(first // step * step, last, step, dtype=np.int64)
    ticks[0] = first
    identities: list[str] = bucket(ticks, offsets, unit)[1].tolist()
    return identities


def iso(second: int, nanosecond: int, offset: int, date_only: bool) -> str:
    """Return an instant as ISO text with its offset, and a fraction of a second where it has one."""
    local = np.datetime64(second + offset, "s")
    if date_only:
        return str(local.astype("datetime64[D]"))
    digits = f".{nanosecond:09d}" if nanosecond % 1000 else f".{nanosecond // 1000:06d}"
    fraction = digits if nanosecond else ""
    return f"{local}{fraction}{_offset_text(offset)}"


def _months(days: Array, length: int) -> Array:
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months // length * length).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _stamps(local: Array, offsets: Array) -> Array:
    texts = np.datetime_as_string(local.astype("datetime64[s]"))
    suffixes = {each: _offset_text(each) for each in np.unique(offsets).tolist()}
    stamps = [text + suffixes[shift] for text, shift in zip(texts.tolist(), offsets.tolist(), strict=True)]
    return np.array(stamps, dtype=object)


def _offset_text(offset: int) -> str:
    sign, size = ("-", -offset) if offset < 0 else ("+", offset)
    hours, rest = divmod(size, 3600)
    seconds = f":{rest % 60:02d}" if rest % 60 else ""
    return f"{sign}{hours:02d}:{rest // 60:02d}{seconds}"
