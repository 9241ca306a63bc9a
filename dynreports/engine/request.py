"""The question of one freeform table, free of projects: what the planner takes, and what it gives back.

Which records count, for column *c* of a block reached through the parent items *a1..an*::

    request.where  and  (c.period or request.period)  and  c.where
                   and  parent items  and  the block's search

A column may look at its period moved back (``shifts``), and may show how its figure differs from that of
another time (``against``); each figure is then computed by itself, unrounded, and compared last.

- a *row* is an item of ``block.by`` with at least one record in ``request.where`` and the period of at least
  one column (the request's own period when there are no columns), among the parents' records;
- *total* of a block: those records, whatever item they belong to, search included;
- *out of* at the top: as the total, without the search. In a breakdown: the figures of the parent row.

*Static rows* stand in the order in which they are given, unless a column sorts. A row's period takes the
place of the table's, and shares its time with a column's own. Their *total*: the records of at least one row,
each once; a row with a figure of its own looks at all records.

*Aligned dates*: where rows are time and columns have different periods, row *k* shows the *k*-th bucket of
each column's own period, as long as a column has records there. Not aligned (or searched), rows are real
dates, and figures of columns outside their period are blank. Rows that are chosen (``only``) stay aligned:
the total of a column is then about the buckets that its own period has in these rows.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

from dynreports.semantics.keys import Item, Key, TimeUnit
from dynreports.semantics.metric import Expression
from dynreports.semantics.period import Shift
from dynreports.semantics.predicate import Predicate, Within
from dynreports.semantics.shifts import Show, meet, shifted


@dataclasses.dataclass(frozen=True)
class Times:
    """The time that a figure looks at: ``period`` (else the table's) moved back by ``shifts``.

    ``part`` is what a row above leaves of that: one bucket of it. ``chosen``: the buckets of it that a total
    is about.
    """

    period: Within | None = None
    shifts: tuple[Shift, ...] = ()
    part: Within | None = None
    chosen: Predicate | None = None


@dataclasses.dataclass(frozen=True)
class ColumnRequest:
    """One column: a figure, with its own filter and, where given, its own period instead of the table's.

    ``limits``: ask for the lowest and the highest figure ("number") or percentage ("percent") of all rows,
    those of 0 left out where they are shown as no value (``blank_zero``).
    ``show`` and ``against``: what is shown instead is how the figure differs from that of another time.
    """

    expression: Expression
    where: Predicate | None = None
    period: Within | None = None
    limits: Literal["number", "percent"] | None = None
    blank_zero: bool = False
    shifts: tuple[Shift, ...] = ()
    part: Within | None = None
    chosen: Predicate | None = None
    show: Show | None = None
    against: Times | None = None

    @property
    def times(self) -> tuple[Times, ...]:
        """The times of the column's figure and, where it is compared, of the other one."""
        own = Times(self.period, self.shifts, self.part, self.chosen)
        return (own,) if self.against is None else (own, self.against)


@dataclasses.dataclass(frozen=True)
class StaticRequest:
    """A row that is given: some records, a period, or (``expression``) a figure in place of the columns'."""

    item: str
    label: str
    where: Predicate | None = None
    period: Within | None = None
    expression: Expression | None = None


@dataclasses.dataclass(frozen=True)
class ChildRequest:
    """A breakdown of one row: of the item, or (``position``, from 1) of whatever item has that rank.

    One without a block is closed: the row shows none, not even that of its rank.
    """

    block: BlockRequest | None
    item: Item = None
    position: int | None = None


@dataclasses.dataclass(frozen=True)
class BlockRequest:
    """A list of items. Sorted by a column or by label, descending unless said; ties: label ascending.

    ``sort`` is an index into the columns, ``None``: by label (time keys: by time). Blank figures come last;
    sorted by label, the missing item comes last in both directions.
    ``page`` counts from 1; a page past the end is the last one. ``limit`` is the number of rows on a page.
    ``kept``: a condition about the items, which narrows the rows and the total as the search does.
    ``only``: the items that were chosen, or the static rows; none: every one.
    ``summed``: percentages are of the sum of these columns in a row; ``None``: of the total of the column.
    """

    by: Key | None = None
    sort: int | None = None
    descending: bool = True
    search: str = ""
    include_missing: bool = True
    kept: Predicate | None = None
    only: tuple[Item, ...] = ()
    page: int = 1
    limit: int = 50
    missing_label: str = "N/A"
    summed: tuple[int, ...] | None = None
    children: tuple[ChildRequest, ...] = ()
    static: tuple[StaticRequest, ...] = ()

    @property
    def given(self) -> tuple[StaticRequest, ...]:
        """The static rows that are shown."""
        return tuple(each for each in self.static if each.item in self.only) if self.only else self.static


@dataclasses.dataclass(frozen=True)
class TableRequest:
    """The whole table as it stands on the screen; ``timezone`` is the one that periods move in.

    ``own``: the time of a column without a period of its own. Its dates name aligned rows.
    """

    columns: tuple[ColumnRequest, ...]
    block: BlockRequest
    where: Predicate | None = None
    period: Within | None = None
    series: TimeUnit | None = None
    time_field: str | None = None
    align: bool = False
    timezone: str = "UTC"
    own: Times = Times()

    def resolved(self, times: Times) -> Within | None:
        """Return the period of a figure, ``None`` for all time."""
        found = self.period if times.period is None else times.period
        for shift in times.shifts:
            found = None if found is None else shifted(found, shift, self.timezone)
        return found if times.part is None else meet(found, times.part, self.timezone)

    def period_of(self, column: ColumnRequest) -> Within | None:
        """Return the period of a column: its own, else the table's."""
        return self.resolved(column.times[0])

    def periods_of(self, column: ColumnRequest) -> tuple[Within | None, ...]:
        """Return the period of a column and, where it is compared, the other one."""
        return tuple(map(self.resolved, column.times))


@dataclasses.dataclass(frozen=True)
class Series:
    """A column over time: one value per bucket of the period, buckets without records included."""

    unit: TimeUnit
    starts: tuple[str, ...]
    values: tuple[float, ...]


Extremes = tuple[float, float]
"""The lowest and the highest figure of a column."""


@dataclasses.dataclass(frozen=True)
class RowResult:
    """One item: its identity, its label and its figures (``nan``: blank), its rank from 1, its breakdown."""

    item: Item
    label: str
    caption: str | None
    rank: int
    values: tuple[float, ...]
    child: BlockResult | None = None


@dataclasses.dataclass(frozen=True)
class BlockResult:
    """One block of the screen: a page of rows, and totals that are queries of their own.

    ``limits``: of the columns that ask for them. ``has_missing``: whether there are records without a value,
    in the rows or left out by the search's box.
    ``periods``: at the top, the time that each column looks at and, where it is compared, the other one.
    """

    rows: tuple[RowResult, ...]
    count: int
    page: int
    pages: int
    total: tuple[float, ...]
    out_of: tuple[float, ...]
    series: tuple[Series | None, ...] = ()
    limits: tuple[Extremes | None, ...] = ()
    has_missing: bool = False
    periods: tuple[tuple[Within | None, ...], ...] = ()
