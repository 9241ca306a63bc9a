"""pandas of rows of time whose columns look at different periods: aligned, or real dates with blanks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dynreports.engine import scopes
from dynreports.engine.request import ColumnRequest
from dynreports.project.code.block_code import BlockWriter
from dynreports.project.code.masks import ALL
from dynreports.project.numbers import whole_columns
from dynreports.semantics.keys import TimeKey, TimeUnit
from dynreports.semantics.predicate import Within

_STEPS: dict[TimeUnit, str] = {
    "minute": "min", "hour": "h", "day": "D", "week": "7D", "month": "MS", "quarter": "QS", "year": "YS",
}  # fmt: skip


class DatesWriter(BlockWriter):
    """Rows of time on their way to source."""

    aligned: scopes.Alignment | None = None

    def body(self, columns: Sequence[str], rows: str | None) -> list[str]:
        """Return the lines that make ``result``."""
        request, key = self.request, self.request.block.by
        assert isinstance(key, TimeKey)  # noqa: S101  # the caller saw to it
        found = [each for each in scopes.periods(request) if each is not None and each.field == key.field]
        self.numbers = {each: number for number, each in enumerate(found, 1)}
        buckets = {each: scopes.buckets_of(each, key.unit, self.dataset.timezone) for each in found}
        lines = ["# The dates of each period."]
        lines += [
            f"dates_{self.numbers[each]} = {self._dates(own, key.unit)}" for each, own in buckets.items()
        ]
        self.aligned = scopes.alignment(request, request.block, self.dataset.timezone)
        if self.aligned is None:
            return [*lines, *super().body(columns, rows), *self._whole(columns)]
        return [*lines, *self._aligned(self.aligned, columns, rows), *self._whole(columns)]

    def cell(self, column: ColumnRequest) -> str:
        """Return the source of a column, blank where its period has no such date."""
        sides = [self._side(column, each) for each in self.request.periods_of(column)]
        if column.show is None:
            return sides[0]
        own, other = sides
        if column.show == "difference":
            return f"{own} - {other}"
        return f"(({own} - {other}) / {other}).mask({other} == 0, float('nan'))"

    def _side(self, column: ColumnRequest, period: Within | None) -> str:
        if period is None or period not in self.numbers:
            return f"({self.expression(column.expression, column, period)}).astype('float64')"
        name = f"dates_{self.numbers[period]}"
        if self.aligned is not None:
            self.item = f"row_{self.numbers[period]}"
        inside = f"pd.Series(pd.Index(items).isin({name}))"
        if self.aligned is not None:
            inside = f"pd.Series([n < len({name}) for n in slots])"
        source = self.expression(column.expression, column, period)
        return f"({source}).astype('float64').where({inside})"

    def _aligned(self, dates: scopes.Alignment, columns: Sequence[str], rows: str | None) -> list[str]:
        request, block = self.request, self.request.block
        key = self.fields.key(dates.key)
        names = {each: f"row_{self.numbers[each]}" for each in dates.buckets}
        present = [
            f"{name}[{self.with_('where', each)}].value_counts().reindex(slots, fill_value=0)"
            for each, name in names.items()
        ]
        lines = [
            "# Which row each record belongs to: the first date of each period stands in the first row.",
            f"bucket = pd.Index({key.series})",
            *(
                f"{name} = pd.Series(dates_{self.numbers[each]}.get_indexer(bucket), index=df.index)"
                for each, name in names.items()
            ),
            f"slots = range({len(dates.rows)})",
            f"where = {ALL if request.where is None else self.masks.of(request.where)}",
            f"present = {' + '.join(present)}",
            "",
            "# The figures, each from the records of the date itself.",
        ]
        cells = [self.cell(each) for each in request.columns]
        lines += self.lines
        lines += self.table(columns, cells)
        base = request.period if request.period in dates.buckets else next(iter(dates.buckets))
        ordered = sorted(dates.buckets, key=lambda each: each != base)
        lists = ", ".join(f"dates_{self.numbers[each]}" for each in ordered)
        order = "reversed(slots)" if block.sort is None and block.descending else "slots"
        shown = "present[n] > 0"
        if dates.chosen is not None:
            lines.append(f"chosen = {list(dates.chosen)}")
            shown += " and n in chosen"
        lines += [
            f"result = result.loc[[n for n in {order} if {shown}]]",
            *self.paged(columns),
            *self.blanked(columns),
            f"dates = [[each for own in [{lists}] for each in own[n:n + 1]] for n in slots]",
            f"names = [list(dict.fromkeys({key.label} for each in row)) for row in dates]",
            "labels = [f\"{first} ({' · '.join(rest)})\" if rest else first for first, *rest in names]",
            f"result.index = pd.Index([labels[n] for n in result.index], dtype='str', name={rows!r})",
        ]
        return lines

    def left_out(self, column: int) -> str | None:
        """Return the source of the rows in which a figure of 0 is none: of aligned dates, all."""
        return super().left_out(column) if self.aligned is None else None

    def _whole(self, columns: Sequence[str]) -> list[str]:
        """Return whole numbers to what they are, as far as there are no blanks among them."""
        whole = whole_columns(self.request, self.dataset)
        return [
            f"result[{name!r}] = result[{name!r}].astype('Int64' if result[{name!r}].hasnans else 'int64')"
            for number, name in enumerate(columns)
            if whole[number] and not self.blanks.may_lack(number)
        ]

    def _dates(self, own: Sequence[str], unit: TimeUnit) -> str:
        """Return the source of dates: as a range where they are one."""
        zone = self.dataset.timezone
        if unit in {"minute", "hour"}:
            if not own:
                return f"pd.DatetimeIndex([], tz={zone!r})"
            dates = pd.to_datetime(list(own), utc=True)
            run = pd.date_range(own[0], periods=len(own), freq=_STEPS[unit]).tz_convert("UTC")
            if len(own) > 1 and run.equals(dates):
                return f"{_run(own, unit)}.tz_convert({zone!r})"
            return f"pd.to_datetime({list(own)!r}, utc=True).tz_convert({zone!r})"
        if len(own) > 2:
            run = pd.date_range(own[0], periods=len(own), freq=_STEPS[unit])
            if run.equals(pd.DatetimeIndex(list(own))):
                return _run(own, unit)
        return f"pd.DatetimeIndex({list(own)!r})"


def _run(own: Sequence[str], unit: TimeUnit) -> str:
    return f"pd.date_range({own[0]!r}, periods={len(own)}, freq={_STEPS[unit]!r})"
