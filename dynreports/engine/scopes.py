"""What the columns of a table look at below a row that is no plain item: static rows, and aligned dates."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from dynreports.engine import times
from dynreports.engine.figures import narrowed
from dynreports.engine.request import BlockRequest, ColumnRequest, StaticRequest, TableRequest
from dynreports.errors import UnknownNameError
from dynreports.semantics.keys import Item, TimeKey, TimeUnit
from dynreports.semantics.metric import Arithmetic, Constant, Expression
from dynreports.semantics.predicate import InItems, Matches, Or, Predicate, Within, all_of
from dynreports.semantics.shifts import meet

_LONGEST: dict[TimeUnit, int] = {
    "minute": 60, "hour": 3600, "day": 25 * 3600, "week": 8 * 86_400, "month": 31 * 86_400,
    "quarter": 92 * 86_400, "year": 366 * 86_400,
}  # fmt: skip
_NANO = 10**9
_BLANK = Arithmetic("/", Constant(0.0), Constant(0.0), "blank")


# ---- figures ------------------------------------------------------------------------------------


def sides(request: TableRequest, column: ColumnRequest) -> tuple[Expression, ...]:
    """Return the figure of a column and, where it is compared, the other one, over the records of each."""
    return tuple(
        narrowed(column.expression, all_of((request.resolved(each), each.chosen, column.where)))
        for each in column.times
    )


def compared(column: ColumnRequest, figures: tuple[Expression, ...]) -> Expression:
    """Return what a column shows: its figure, or how that differs from the other one."""
    if len(figures) == 1:
        return figures[0]
    own, other = figures
    difference = Arithmetic("-", own, other)
    return difference if column.show == "difference" else Arithmetic("/", difference, other, "blank")


def shown(request: TableRequest) -> tuple[Expression, ...]:
    """Return what every column shows."""
    return tuple(compared(each, sides(request, each)) for each in request.columns)


def any_of(conditions: Iterable[Predicate | None]) -> Predicate | None:
    """Return the disjunction of conditions; ``None`` among them is every record."""
    different = tuple(dict.fromkeys(conditions))
    if None in different:
        return None
    kept = tuple(each for each in different if each is not None)
    return kept[0] if len(kept) == 1 else Or(kept)


def periods(request: TableRequest) -> tuple[Within | None, ...]:
    """Return the different periods that the columns look at; without columns, the table's."""
    found = [period for column in request.columns for period in request.periods_of(column)]
    return tuple(dict.fromkeys(found or [request.period]))


# ---- which rows ---------------------------------------------------------------------------------


def search_of(block: BlockRequest) -> Predicate | None:
    """Return which records the search of a block keeps, and the items that were chosen; ``None``: all."""
    if block.by is None:
        return None
    plain = not block.search and block.include_missing
    named = None if plain else Matches(block.by, block.search, block.include_missing)
    return all_of((named, block.kept, InItems(block.by, block.only) if block.only else None))


def of_total(request: TableRequest, block: BlockRequest, zone: str) -> TableRequest:
    """Return the table as the total of a block sees it; the table itself where no row is left out.

    Where dates are aligned a row is another date for each period, so what is chosen is a matter of columns.
    """
    dates = alignment(request, block, zone) if block.only else None
    if dates is None:
        search = search_of(block)
        where = all_of((request.where, search))
        return request if search is None else dataclasses.replace(request, where=where)
    columns = []
    for each in request.columns:
        own, *others = (dates.chosen_of(period) for period in request.periods_of(each))
        against = each.against
        if against is not None:
            against = dataclasses.replace(against, chosen=all_of((against.chosen, *others)))
        chosen = all_of((each.chosen, own))
        columns.append(dataclasses.replace(each, chosen=chosen, against=against))
    return dataclasses.replace(request, columns=tuple(columns))


# ---- static rows --------------------------------------------------------------------------------


def under_static(request: TableRequest, row: StaticRequest) -> TableRequest:
    """Return the table as a static row sees it."""

    def time(own: Within | None) -> Within | None:
        return own if row.period is None else meet(own, row.period, request.timezone)

    columns = []
    for each in request.columns:
        against = each.against
        if against is not None:
            against = dataclasses.replace(against, period=time(against.period))
        own = row.expression if each.expression != _BLANK else None
        columns.append(
            dataclasses.replace(
                each,
                expression=own or each.expression,
                period=time(each.period),
                against=against,
            )
        )
    table = dataclasses.replace(request.own, period=time(request.own.period))
    where = all_of((request.where, row.where))
    return dataclasses.replace(request, columns=tuple(columns), where=where, own=table)


def static_figures(request: TableRequest, rows: tuple[StaticRequest, ...]) -> list[tuple[Expression, ...]]:
    """Return what every column shows in each static row, in one form that a single query answers."""
    found = []
    for row in rows:
        below = under_static(dataclasses.replace(request, where=None), row)
        found.append(tuple(narrowed(each, row.where) for each in shown(below)))
    return found


def static_total(request: TableRequest, rows: tuple[StaticRequest, ...]) -> tuple[Expression, ...]:
    """Return what every column shows over the records of at least one static row, each record once."""
    below = [(row.where, under_static(request, dataclasses.replace(row, expression=None))) for row in rows]
    found = []
    for position, column in enumerate(request.columns):
        figures = []
        for side in range(len(column.times)):
            kept = any_of(
                all_of((where, each.periods_of(each.columns[position])[side])) for where, each in below
            )
            figures.append(narrowed(column.expression, all_of((kept, column.where))))
        found.append(compared(column, tuple(figures)))
    return tuple(found)


# ---- dates --------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Alignment:
    """The buckets of several periods, side by side: row *k* is bucket *k* of each.

    Attributes
    ----------
    key
        The time unit of the rows.
    buckets
        The buckets of each period.
    base
        The table's own period where a column looks at it, else that of the first column.
    rows
        The identity of each row: the bucket of ``base``, counted on past its end.
    chosen
        The rows that are shown, ``None``: all.
    """

    key: TimeKey
    buckets: dict[Within, tuple[str, ...]]
    base: Within
    rows: tuple[str, ...]
    chosen: tuple[int, ...] | None = None

    def chosen_of(self, period: Within | None) -> Predicate | None:
        """Return the condition that a record of a period lies in one of the rows that are shown."""
        if self.chosen is None or period is None:
            return None
        own = self.buckets[period]
        return InItems(self.key, tuple(own[row] for row in self.chosen if row < len(own)))

    def part(self, period: Within, row: int) -> Within:
        """Return what the period has in a row: one bucket of it, or nothing."""
        own = self.buckets[period]
        if row >= len(own):
            return Within(period.field, period.end, period.end)
        start = own[row] if row else period.start
        return Within(period.field, start, own[row + 1] if row + 1 < len(own) else period.end)


def alignment(request: TableRequest, block: BlockRequest, zone: str) -> Alignment | None:
    """Return how a block aligns the dates of its columns, ``None`` where its rows are real dates."""
    key, different = block.by, periods(request)
    if not isinstance(key, TimeKey) or not request.align or len(different) < 2 or _is_searched(block):
        return None
    spans = [each for each in different if each is not None and each.field == key.field]
    if len(spans) < len(different):
        return None
    buckets = {each: tuple(buckets_of(each, key.unit, zone)) for each in spans}
    base = next((each for each in spans if _is_same(each, request.resolved(request.own), zone)), spans[0])
    longest = max(map(len, buckets.values()))
    rows = _counted_on(base, buckets[base], longest, key.unit, zone)
    chosen = tuple(row for row, item in enumerate(rows) if item in block.only) if block.only else None
    return Alignment(key, buckets, base, rows, chosen)


def _is_same(one: Within, other: Within | None, zone: str) -> bool:
    """Whether two periods are the same span of time, however their ends are written."""
    return other is not None and all(
        times.instant(mine, zone) == times.instant(theirs, zone)
        for mine, theirs in ((one.start, other.start), (one.end, other.end))
    )


def _is_searched(block: BlockRequest) -> bool:
    return bool(block.search) or not block.include_missing or block.kept is not None


def buckets_of(period: Within, unit: TimeUnit, zone: str) -> list[str]:
    """Return the identities of the buckets that a period touches."""
    return times.bucket_starts(zone, unit, times.instant(period.start, zone), times.instant(period.end, zone))


def _counted_on(base: Within, own: tuple[str, ...], count: int, unit: TimeUnit, zone: str) -> tuple[str, ...]:
    if count <= len(own):
        return own
    start = times.instant(base.start, zone)
    end = max(start, times.instant(base.end, zone)) + (count - len(own) + 1) * _LONGEST[unit] * _NANO
    return tuple(times.bucket_starts(zone, unit, start, end)[:count])


def under_aligned(request: TableRequest, dates: Alignment, row: int) -> TableRequest:
    """Return the table as an aligned row sees it: each period cut down to its bucket."""
    columns = []
    past = {period for period, own in dates.buckets.items() if row >= len(own)}
    ended = [n for n, each in enumerate(request.columns) if past.intersection(request.periods_of(each))]
    for each in blanked(request, ended).columns:
        parts = [dates.part(period, row) for period in request.periods_of(each) if period is not None]
        against = each.against
        if against is not None:
            against = dataclasses.replace(against, part=parts[1])
        columns.append(dataclasses.replace(each, part=parts[0], against=against))
    table = dataclasses.replace(request.own, part=dates.part(dates.base, row))
    return dataclasses.replace(request, columns=tuple(columns), own=table)


def under(request: TableRequest, item: Item, zone: str) -> TableRequest:
    """Return the table as the row of an item sees it, whatever kind of row that is."""
    block = request.block
    for row in block.static:
        if row.item == item:
            return under_static(request, row)
    dates = alignment(request, block, zone)
    if dates is not None and item in dates.rows:
        return under_aligned(request, dates, dates.rows.index(str(item)))
    if block.by is None or dates is not None:
        message = f"There is no row {item!r} (any more)."
        raise UnknownNameError(message)
    request = blanked(request, outside(request, item, zone))
    return dataclasses.replace(request, where=all_of((request.where, InItems(block.by, (item,)))))


def outside(request: TableRequest, item: Item, zone: str) -> frozenset[int]:
    """Return the columns whose period a row of real dates lies outside of."""
    key = request.block.by
    if not isinstance(key, TimeKey) or len(periods(request)) < 2:
        return frozenset()
    found = set()
    for position, column in enumerate(request.columns):
        for period in request.periods_of(column):
            if period is not None and period.field == key.field:
                first, end = touched(period, key.unit, zone)
                if item is None or not first <= times.instant(str(item), zone) < end:
                    found.add(position)
    return frozenset(found)


def blanked(request: TableRequest, columns: Iterable[int]) -> TableRequest:
    """Return a table some of whose columns have no figure, whatever its rows are."""
    dark = frozenset(columns)
    if not dark:
        return request
    return dataclasses.replace(
        request,
        columns=tuple(
            dataclasses.replace(each, expression=_BLANK) if position in dark else each
            for position, each in enumerate(request.columns)
        ),
    )


def touched(period: Within, unit: TimeUnit, zone: str) -> tuple[int, int]:
    """Return the span in which the buckets of a period start (nanoseconds since 1970, end exclusive)."""
    start, end = (times.instant(each, zone) for each in (period.start, period.end))
    if start >= end:
        return end, end
    found = times.bucket_starts(zone, unit, start, start + 1)
    return times.instant(found[0], zone), end
