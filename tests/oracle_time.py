"""Periods, buckets and the time that columns look at: for the oracle, with no engine code."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import math

from dynreports.engine.request import Series, TableRequest

UTC = dt.UTC
NAN = float("nan")


class Calendar:
    """What the oracle knows of time; it has a zone, and reads moments."""

    def inside(self, record, field, start, end) -> bool:
        return field is None or (record[field] is not None and start <= record[field] < end)

    def span(self, period):
        """The field, start and end of a period; all time is no field."""
        if period is None:
            return None, None, None
        return period.field, self._moment(period.start), self._moment(period.end)

    def shared(self, one, other):
        if one[0] is None or other[0] is None:
            return other if one[0] is None else one
        start, end = max(one[1], other[1], key=utc), min(one[2], other[2], key=utc)
        return one[0], start, end if utc(end) > utc(start) else start

    def back(self, span, shift):
        field, start, end = span
        if field is None:
            return span
        if shift == "same-period-last-year":
            moved = self.wall(year_before(clock(start))), self.wall(year_before(clock(end)))
            return field, moved[0], max(moved, key=utc)
        if utc(end) <= utc(start):
            return field, start, start
        first, last = clock(start), clock(end)
        if first.time() == last.time() == dt.time():
            if first.day == last.day == 1:
                at = last
                while at > first:  # as many months before as there are in it
                    at = (at - dt.timedelta(days=1)).replace(day=1)
                    start = self.wall((clock(start) - dt.timedelta(days=1)).replace(day=1))
                return field, start, self.wall(first)
            return field, self.wall(first - (last - first)), start
        return field, (utc(start) - (utc(end) - utc(start))).astimezone(self.zone), start

    def wall(self, moment: dt.datetime) -> dt.datetime:
        """A time on the clock; one that is skipped is the moment at which it is."""
        while clock(utc(moment.replace(tzinfo=self.zone)).astimezone(self.zone)) != moment:
            moment += dt.timedelta(minutes=1)
            moment = moment.replace(second=0)
        return self._local(moment)

    def series(self, request: TableRequest, columns, records) -> tuple[Series | None, ...]:
        if request.series is None:
            return ()
        lines = []
        for column in columns:
            if column.show is not None:
                lines.append(None)
                continue
            field, start, end = column.spans(self)[0]
            field = request.time_field if field is None else field
            moments = [record[field] for record in self.records if record[field] is not None] if field else []
            if start is None and moments:
                start, end = min(moments), max(moments) + dt.timedelta(microseconds=1)
            elif start is None:
                lines.append(None)
                continue
            starts = self.buckets(start, end, request.series)
            groups = {each: [] for each in starts}
            for record in records:
                moment = record[field]
                if moment is not None and bucket(moment, request.series) in groups:
                    groups[bucket(moment, request.series)].append(record)
            values = tuple(self.column(column, groups[each]) for each in starts)
            lines.append(Series(request.series, tuple(starts), values) if starts else None)
        return tuple(lines)

    def buckets(self, start, end, unit) -> list[str]:
        asked = start, end, unit
        if asked not in self.known:
            self.known[asked] = self.walk(start, end, unit)
        return self.known[asked]

    def walk(self, start, end, unit) -> list[str]:
        found: dict[str, None] = {}
        moment, stop = start.astimezone(UTC), end.astimezone(UTC)
        while moment < stop:
            found[bucket(moment.astimezone(self.zone), unit)] = None
            minute = moment.replace(second=0, microsecond=0)
            moment = minute + dt.timedelta(minutes=1 if unit == "minute" else 15 - minute.minute % 15)
        return list(found)


@dataclasses.dataclass
class View:
    """A column as a block sees it: per time the periods that it shares, how it moves back, what is left."""

    expression: object
    where: object
    show: str | None
    times: list
    table: tuple
    blank: bool = False

    def spans(self, oracle: Calendar):
        found = []
        for periods, shifts, parts in self.times:
            span = self.table
            for number, each in enumerate(periods):
                span = oracle.shared(span, each) if number else each
            for shift in shifts:
                span = oracle.back(span, shift)
            for part in parts:
                span = oracle.shared(span, part)
            found.append(span)
        return found

    def under(self, period, expression):
        times = [
            (periods if period[0] is None else [*periods, period], *rest) for periods, *rest in self.times
        ]
        return dataclasses.replace(self, expression=expression or self.expression, times=times)

    def cut(self, parts, blank):
        times = [
            (periods, shifts, [part]) for (periods, shifts, _), part in zip(self.times, parts, strict=True)
        ]
        return dataclasses.replace(self, times=times, blank=self.blank or blank)


def compared(show, figures) -> float:
    if show is None:
        return figures[0]
    own, other = figures
    if math.isnan(own) or math.isnan(other) or (show == "change" and other == 0):
        return NAN
    return own - other if show == "difference" else (own - other) / other


def utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(UTC)


def clock(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=None, fold=0)


def year_before(moment: dt.datetime) -> dt.datetime:
    leap = moment.month == 2 and moment.day == 29
    return moment.replace(year=moment.year - 1, day=28 if leap else moment.day)


def bucket(moment: dt.datetime, unit: str) -> str:
    """The ISO start of the calendar bucket of a local moment."""
    if unit == "minute":
        return moment.replace(second=0, microsecond=0).isoformat()
    if unit == "hour":  # in the offset of the moment: clocks may change by half an hour
        return f"{moment:%Y-%m-%dT%H:00:00}{moment.isoformat()[-6:]}"
    day = moment.date()
    if unit == "week":
        while day.weekday() != calendar.SUNDAY:
            day -= dt.timedelta(days=1)
    elif unit == "month":
        day = day.replace(day=1)
    elif unit == "quarter":
        day = day.replace(
            month={1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4, 7: 7, 8: 7, 9: 7}.get(day.month, 10), day=1
        )
    elif unit == "year":
        day = day.replace(month=1, day=1)
    return day.isoformat()


def bucket_text(identity: str, unit: str) -> str:
    moment = dt.datetime.fromisoformat(identity)
    month = calendar.month_abbr[moment.month]
    day = f"{month} {moment.day}, {moment.year}"
    match unit:
        case "minute" | "hour":
            return f"{day} {moment.strftime('%I:%M %p').removeprefix('0')}"
        case "week":
            return f"Week of {day}"
        case "month":
            return f"{month} {moment.year}"
        case "quarter":
            return f"Q{math.ceil(moment.month / 3)} {moment.year}"
        case "year":
            return str(moment.year)
    return day


def kinded(item):
    return type(item), item


def same(one, other) -> bool:
    return (
        one == other and isinstance(one, bool) == isinstance(other, bool) and (one is None) == (other is None)
    )


def rank(value: float, descending: bool) -> tuple[int, float]:
    return (1, 0.0) if math.isnan(value) else (0, -value if descending else value)


def plain_text(item) -> str:
    if isinstance(item, float) and item == int(item):
        return str(int(item))
    return str(item)


def value_text(item, value) -> str:
    if not isinstance(value, dt.datetime):
        return plain_text(item)
    day = f"{calendar.month_abbr[value.month]} {value.day}, {value.year}"
    if len(item) == 10:
        return day
    seconds = f":{value.second:02d}" if value.second or value.microsecond else ""
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    half = "AM" if value.hour < 12 else "PM"
    return f"{day} {value.hour % 12 or 12}:{value.minute:02d}{seconds}{fraction} {half}"
