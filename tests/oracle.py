"""What a table must show, computed the slow and obvious way: one record after the other, no engine code.

Records are dictionaries of plain Python values, groups are lists of records, and every figure is a loop.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from zoneinfo import ZoneInfo

import pandas as pd

from dynreports.engine.request import BlockRequest, BlockResult, RowResult, Series, TableRequest
from dynreports.semantics import predicate as p
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate, Constant

UTC = dt.UTC
NAN = float("nan")


class Oracle:
    """Answers table requests over one frame."""

    def __init__(self, frame: pd.DataFrame, timezone: str = "UTC") -> None:
        self.zone = ZoneInfo(timezone)
        columns = {
            name: [self._plain(value) for value in frame[name].astype(object)] for name in frame.columns
        }
        self.records = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        self.only_dates = {
            name: all(moment.time() == dt.time() for moment in values if isinstance(moment, dt.datetime))
            for name, values in columns.items()
        }

    def _plain(self, value):
        if (
            value is None
            or value is pd.NaT
            or value is pd.NA
            or (isinstance(value, float) and math.isnan(value))
        ):
            return None
        if isinstance(value, pd.Timestamp):
            value = value.to_pydatetime()
        if isinstance(value, dt.datetime):
            return self._local(value)
        if hasattr(value, "item"):
            value = value.item()
        return value

    def _local(self, moment: dt.datetime) -> dt.datetime:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        return moment.astimezone(UTC).astimezone(self.zone)

    def _moment(self, text: str) -> dt.datetime:
        return self._local(dt.datetime.fromisoformat(text))

    # --- items -------------------------------------------------------------------------------

    def item(self, record, key):
        value = record[key.field]
        if value is None:
            return None
        if isinstance(key, TimeKey):
            return bucket(value, key.unit)
        if isinstance(value, dt.datetime):
            return value.date().isoformat() if self.only_dates[key.field] else value.isoformat()
        return value

    def named(self, records, key, item, missing_label):
        """Label, caption and sorting place of an item."""
        if item is None:
            return missing_label, None, (1, "", "")
        if isinstance(key, TimeKey):
            return bucket_text(item, key.unit), None, (0, pd.Timestamp(item).timestamp(), "")
        text = value_text(item, records[0][key.field])
        if key.caption is not None:
            # Items of one label stand in their own order: 2 before 10.
            tie = item if isinstance(item, int | float) else text
            for record in self.records:
                if self.item(record, key) == item and record[key.caption] is not None:
                    caption = record[key.caption]
                    label = value_text(self.item(record, FieldKey(key.caption)), caption)
                    return label, text, (0, label.casefold(), label, tie)
            label = key.uncaptioned or text
            return label, None, (0, label.casefold(), label, tie)
        if isinstance(item, str) and not isinstance(records[0][key.field], dt.datetime):
            return text, None, (0, item.casefold(), item)
        place = records[0][key.field]
        return text, None, (0, place, "")

    # --- predicates --------------------------------------------------------------------------

    def holds(self, record, where) -> bool:
        match where:
            case None:
                return True
            case p.And(parts):
                return all(self.holds(record, part) for part in parts)
            case p.Or(parts):
                return any(self.holds(record, part) for part in parts)
            case p.Not(of):
                return not self.holds(record, of)
            case p.InItems(key, items):
                return any(same(self.item(record, key), item) for item in items)
            case p.Matches(key, text, include_missing):
                item = self.item(record, key)
                if item is None:
                    return include_missing
                label, _, _ = self.named([record], key, item, "")
                return text.casefold() in label.casefold() or text.casefold() in plain_text(item).casefold()
            case p.IsNull(field):
                return record[field] is None
        value = record[where.field]
        if value is None:
            return False
        match where:
            case p.Contains(field, text):
                return text.casefold() in plain_text(self.item(record, FieldKey(field))).casefold()
            case p.StartsWith(field, text):
                return plain_text(self.item(record, FieldKey(field))).casefold().startswith(text.casefold())
            case p.Within(_, start, end):
                return self._moment(start) <= value < self._moment(end)
            case p.IsIn(_, values):
                return any(value == self._given(value, each) for each in values)
            case p.Between(_, low, high):
                return self._given(value, low) <= value <= self._given(value, high)
        given = self._given(value, where.value)
        match where.op:
            case "==":
                return value == given
            case "!=":
                return value != given
            case "<":
                return value < given
            case "<=":
                return value <= given
            case ">":
                return value > given
            case ">=":
                return value >= given
        raise AssertionError(where)

    def _given(self, value, given):
        return self._moment(given) if isinstance(value, dt.datetime) else given

    # --- figures -----------------------------------------------------------------------------

    def figure(self, records, expression) -> float:
        match expression:
            case Constant(value):
                return float(value)
            case Aggregate(op, field, where):
                kept = [record for record in records if self.holds(record, where)]
                if op == "count":
                    return float(len(kept))
                values = [record[field] for record in kept if record[field] is not None]
                if op == "distinct":
                    return float(len(set(values)))
                if op == "sum":
                    return float(sum(values))
                if not values:
                    return NAN
                return float(
                    {
                        "mean": lambda: sum(values) / len(values),
                        "min": lambda: min(values),
                        "max": lambda: max(values),
                    }[op]()
                )
        left, right = self.figure(records, expression.left), self.figure(records, expression.right)
        if math.isnan(left) or math.isnan(right):
            return NAN
        match expression.op:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "max":
                return left if left > right else right
        if right == 0:
            return 0.0 if expression.on_zero == "zero" else NAN
        return left / right

    def column(self, request: TableRequest, records, index: int) -> float:
        column = request.columns[index]
        period = request.period if column.period is None else column.period
        kept = [
            record for record in records if self.holds(record, period) and self.holds(record, column.where)
        ]
        return self.figure(kept, column.expression)

    def figures(self, request, records) -> tuple[float, ...]:
        return tuple(self.column(request, records, index) for index in range(len(request.columns)))

    # --- the table ---------------------------------------------------------------------------

    def answer(self, request: TableRequest) -> BlockResult:
        records = [record for record in self.records if self.holds(record, request.where)]
        return self.block(request, request.block, records, None)

    def block(self, request: TableRequest, block: BlockRequest, records, parent) -> BlockResult:
        everything = records
        if block.by is not None:
            records = [
                each
                for each in records
                if self.holds(each, p.Matches(block.by, block.search, block.include_missing))
            ]
        periods = [
            request.period if column.period is None else column.period for column in request.columns
        ] or [request.period]
        groups: dict[object, list] = {}
        for record in records:
            if block.by is not None:
                groups.setdefault(kinded(self.item(record, block.by)), []).append(record)
        rows = []
        for (_, item), members in groups.items():
            if any(self.holds(record, period) for record in members for period in periods):
                label, caption, place = self.named(members, block.by, item, block.missing_label)
                rows.append((item, label, caption, place, members, self.figures(request, members)))
        rows.sort(key=lambda row: row[3])
        if block.sort is None:
            if block.descending:
                rows = [row for row in reversed(rows) if row[0] is not None] + [
                    row for row in rows if row[0] is None
                ]
        else:
            rows.sort(key=lambda row: rank(row[5][block.sort], block.descending))
        pages = max(1, math.ceil(len(rows) / block.limit))
        page = max(1, min(block.page, pages))
        shown = []
        first = (page - 1) * block.limit
        for number, (item, label, caption, *_, values) in enumerate(
            rows[first : first + block.limit], first + 1
        ):
            child = None
            for wanted in (
                [each for each in block.children if each.position is None and same(each.item, item)]
                + [each for each in block.children if each.position == number]
            )[:1]:
                inside = [each for each in everything if same(self.item(each, block.by), item)]
                child = self.block(request, wanted.block, inside, values)
            shown.append(RowResult(item, label, caption, number, values, child))
        total = self.figures(request, records)
        out_of = parent if parent is not None else self.figures(request, everything)
        has_missing = block.by is not None and any(
            self.item(each, block.by) is None and any(self.holds(each, period) for period in periods)
            for each in everything
        )
        return BlockResult(
            tuple(shown),
            len(rows),
            page,
            pages,
            total,
            out_of,
            self.series(request, records),
            has_missing=has_missing,
        )

    def series(self, request: TableRequest, records) -> tuple[Series | None, ...]:
        if request.series is None:
            return ()
        lines = []
        for index, column in enumerate(request.columns):
            period = request.period if column.period is None else column.period
            field = request.time_field if period is None else period.field
            moments = [record[field] for record in self.records if record[field] is not None] if field else []
            if period is not None:
                start, end = self._moment(period.start), self._moment(period.end)
            elif moments:
                start, end = min(moments), max(moments) + dt.timedelta(microseconds=1)
            else:
                lines.append(None)
                continue
            starts = self.buckets(start, end, request.series)
            groups = {each: [] for each in starts}
            for record in records:
                moment = record[field]
                if moment is not None and bucket(moment, request.series) in groups:
                    groups[bucket(moment, request.series)].append(record)
            values = tuple(self.column(request, groups[each], index) for each in starts)
            lines.append(Series(request.series, tuple(starts), values) if starts else None)
        return tuple(lines)

    def buckets(self, start, end, unit) -> list[str]:
        found: dict[str, None] = {}
        moment, stop = start.astimezone(UTC), end.astimezone(UTC)
        while moment < stop:
            found[bucket(moment.astimezone(self.zone), unit)] = None
            minute = moment.replace(second=0, microsecond=0)
            moment = minute + dt.timedelta(minutes=1 if unit == "minute" else 15 - minute.minute % 15)
        return list(found)


def kinded(item):
    return type(item), item


def same(one, other) -> bool:
    return (
        one == other and isinstance(one, bool) == isinstance(other, bool) and (one is None) == (other is None)
    )


def rank(value: float, descending: bool) -> tuple[int, float]:
    return (1, 0.0) if math.isnan(value) else (0, -value if descending else value)


def bucket(moment: dt.datetime, unit: str) -> str:
    """The ISO start of the calendar bucket of a local moment."""
    if unit in {"minute", "hour"}:
        wall = moment.strftime("%Y-%m-%dT%H:%M:00" if unit == "minute" else "%Y-%m-%dT%H:00:00")
        offset = moment.strftime("%z")
        return f"{wall}{offset[:3]}:{offset[3:5]}"
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
