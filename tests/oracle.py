"""What a table must show, computed the slow and obvious way: one record after the other, no engine code.

Records are dictionaries of plain Python values, groups are lists of records, and every figure is a loop.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from zoneinfo import ZoneInfo

import pandas as pd

from dynreports.engine.request import BlockRequest, BlockResult, RowResult, TableRequest
from dynreports.semantics import predicate as p
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate, Constant
from tests.oracle_time import (
    NAN,
    UTC,
    View,
    bucket,
    bucket_text,
    compared,
    kinded,
    rank,
    same,
    utc,
    value_text,
)
from tests.oracle_where import Conditions


class Oracle(Conditions):
    """Answers table requests over one frame."""

    def __init__(self, frame: pd.DataFrame, timezone: str = "UTC") -> None:
        self.zone = ZoneInfo(timezone)
        self.known: dict[tuple, list[str]] = {}
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

    def column(self, column: View, records) -> float:
        if column.blank:
            return NAN
        figures = [
            self.figure(
                [each for each in records if self.inside(each, *span) and self.holds(each, column.where)],
                column.expression,
            )
            for span in column.spans(self)
        ]
        return compared(column.show, figures)

    def figures(self, columns, records) -> tuple[float, ...]:
        return tuple(self.column(column, records) for column in columns)

    # --- the table ---------------------------------------------------------------------------

    def answer(self, request: TableRequest) -> BlockResult:
        records = [record for record in self.records if self.holds(record, request.where)]
        columns = [
            View(
                each.expression,
                each.where,
                each.show,
                [
                    (
                        [self.span(time.period)] if time.period is not None else [],
                        time.shifts,
                        [self.span(time.part)] if time.part is not None else [],
                    )
                    for time in each.times
                ],
                self.span(request.period),
            )
            for each in request.columns
        ]
        # How a column without a period of its own looks at time: the last one, which shows nothing.
        columns.append(View(None, None, None, [([], (), [])], self.span(request.period)))
        return self.block(request, columns, request.block, records, None)

    def block(self, request: TableRequest, columns, block: BlockRequest, records, parent) -> BlockResult:
        *columns, own = columns
        if block.static:
            return self.static(request, columns, block, records, parent, own)
        everything = records
        spans = [span for column in columns for span in column.spans(self)] or [self.span(request.period)]
        spans = list(dict.fromkeys(spans))
        is_time = isinstance(block.by, TimeKey) and len(spans) > 1
        searched = block.search or not block.include_missing or block.kept is not None
        aligned = is_time and request.align and not searched
        aligned = aligned and all(each[0] == block.by.field for each in spans)
        if block.by is not None and not aligned:
            records = [
                each
                for each in records
                if self.holds(each, p.Matches(block.by, block.search, block.include_missing))
                and self.holds(each, block.kept)
                and (not block.only or any(same(self.item(each, block.by), item) for item in block.only))
            ]
        if aligned:
            rows = self.aligned(columns, block, records, spans, own)
        else:
            rows = self.grouped(columns, block, records, spans, is_time, own)
        if block.sort is None:
            if block.descending:
                rows = [row for row in reversed(rows) if row[0] is not None] + [
                    row for row in rows if row[0] is None
                ]
        else:
            rows.sort(key=lambda row: rank(row[3][block.sort], block.descending))
        pages = max(1, math.ceil(len(rows) / block.limit))
        page = max(1, min(block.page, pages))
        shown = []
        first = (page - 1) * block.limit
        for number, (item, label, caption, values, below) in enumerate(
            rows[first : first + block.limit], first + 1
        ):
            wanted = self.wanted(block, item, number)
            child = None
            if wanted is not None:
                inside = (
                    everything if aligned else [x for x in everything if same(self.item(x, block.by), item)]
                )
                child = self.block(request, below, wanted, inside, values)
            shown.append(RowResult(item, label, caption, number, values, child))
        if aligned and block.only:
            total, series = self.of_chosen(request, columns, block, records, spans, own)
        else:
            total = self.figures(columns, records)
            series = self.series(request, columns, records)
        out_of = parent if parent is not None else self.figures(columns, everything)
        missing = block.by is not None and any(
            self.item(record, block.by) is None and any(self.inside(record, *span) for span in spans)
            for record in everything
        )
        return BlockResult(tuple(shown), len(rows), page, pages, total, out_of, series, has_missing=missing)

    def wanted(self, block, item, number):
        own = [each for each in block.children if each.position is None and same(each.item, item)]
        found = own + [each for each in block.children if each.position == number]
        return found[0].block if found else None

    def grouped(self, columns, block, records, spans, is_time, own):
        groups: dict[object, list] = {}
        for record in records:
            if block.by is not None:
                groups.setdefault(kinded(self.item(record, block.by)), []).append(record)
        rows = []
        for (_, item), members in groups.items():
            if any(self.inside(record, *span) for record in members for span in spans):
                label, caption, place = self.named(members, block.by, item, block.missing_label)
                below = columns
                if is_time:  # a bucket that no part of a column's period lies in has no figure, here or below
                    below = [
                        dataclasses.replace(column, blank=True)
                        if any(
                            span[0] == block.by.field and item not in self.buckets(*span[1:], block.by.unit)
                            for span in column.spans(self)
                        )
                        else column
                        for column in columns
                    ]
                rows.append((place, (item, label, caption, self.figures(below, members), [*below, own])))
        return [row for _, row in sorted(rows, key=lambda each: each[0])]

    def of_chosen(self, request, columns, block, records, spans, own):
        """Totals and lines of aligned rows that were chosen: of each period, its own dates in these rows."""
        _, buckets, rows = self.sides(block.by, spans, own)
        places = [k for k, item in enumerate(rows) if item in block.only]
        totals, lines = [], []
        for column in columns:
            figures, kept = [], []
            for span in column.spans(self):
                dates = [buckets[span][k] for k in places if k < len(buckets[span])]
                kept = [
                    each
                    for each in records
                    if self.inside(each, *span)
                    and self.item(each, block.by) in dates
                    and self.holds(each, column.where)
                ]
                figures.append(self.figure(kept, column.expression))
            totals.append(NAN if column.blank else compared(column.show, figures))
            lines += self.series(request, [column], kept)
        return tuple(totals), tuple(lines)

    def sides(self, key, spans, own):
        """The period that names the rows, the dates of every period, and the identities of the rows."""
        table = own.spans(self)[0]
        base = table if table in spans else spans[0]
        buckets = {span: self.buckets(*span[1:], key.unit) for span in spans}
        longest = max(map(len, buckets.values()))
        rows = buckets[base]
        if len(rows) < longest:
            days = {"week": 7, "month": 31, "quarter": 92, "year": 366}.get(key.unit, 1)
            length = {"minute": 1, "hour": 60}.get(key.unit, days * 1440 + 60)
            more = dt.timedelta(minutes=length * (longest + 1 - len(rows)))
            end = max(utc(base[1]), utc(base[2])) + more
            rows = self.buckets(base[1], end.astimezone(self.zone), key.unit)
        return base, buckets, rows[:longest]

    def aligned(self, columns, block, records, spans, own):
        key = block.by
        base, buckets, rows = self.sides(key, spans, own)
        found = []
        for k in range(len(rows)):
            if block.only and rows[k] not in block.only:
                continue
            inside = {span: all_of[k] for span, all_of in buckets.items() if k < len(all_of)}
            if not any(
                self.inside(each, *span) and self.item(each, key) == item
                for each in records
                for span, item in inside.items()
            ):
                continue
            others = sorted(inside.items(), key=lambda pair: pair[0] != base)
            names = list(dict.fromkeys(bucket_text(item, key.unit) for _, item in others))
            below, values = [], []
            for column in columns:
                cut = [self.part(span, buckets[span], k) for span in column.spans(self)]
                below.append(column.cut(cut, any(span not in inside for span in column.spans(self))))
            values = self.figures(below, records)
            below.append(own.cut([self.part(base, buckets[base], k)], False))
            found.append((rows[k], names[0], " · ".join(names[1:]) or None, values, below))
        return found

    def part(self, span, own, k):
        field, start, end = span
        if k >= len(own):
            return field, end, end
        at = [self._moment(each) for each in own]
        return field, at[k] if k else start, at[k + 1] if k + 1 < len(own) else end

    def static(self, request, columns, block, records, parent, own):
        rows = []
        for each in block.static:
            if block.only and each.item not in block.only:
                continue
            below = [column.under(self.span(each.period), each.expression) for column in columns]
            kept = [record for record in records if self.holds(record, each.where)]
            values = self.figures(below, kept)
            below.append(own.under(self.span(each.period), None))
            rows.append((each, below, kept, values))
        if block.sort is not None:
            rows.sort(key=lambda row: rank(row[3][block.sort], block.descending))
        shown = []
        for number, (each, below, kept, values) in enumerate(rows, 1):
            wanted = self.wanted(block, each.item, number)
            child = None if wanted is None else self.block(request, below, wanted, kept, values)
            shown.append(RowResult(each.item, each.label, None, number, values, child))
        totals = []
        for index, column in enumerate(columns):
            figures = []
            for side in range(len(column.times)):
                union = [
                    record
                    for record in records
                    if self.holds(record, column.where)
                    and any(
                        self.holds(record, each.where)
                        and self.inside(record, *below[index].spans(self)[side])
                        for each, below, _, _ in rows
                    )
                ]
                figures.append(self.figure(union, column.expression))
            totals.append(NAN if column.blank else compared(column.show, figures))
        out_of = parent if parent is not None else self.figures(columns, records)
        lines = ()
        if all(row[0].period is None for row in rows):
            kept = [record for record in records if any(self.holds(record, row[0].where) for row in rows)]
            lines = self.series(request, columns, kept)
        return BlockResult(tuple(shown), len(rows), 1, 1, tuple(totals), out_of, lines)
