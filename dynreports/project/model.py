"""The document: a frozen value. What it says is saved; what is computed from it never is."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from dynreports.project.chart_model import Chart, Goals, Lock, LockItems, LockPositions, Text
from dynreports.project.parts import Address, AtItem, AtPosition, Part, Place, Step
from dynreports.semantics.component import Dimension, Ref, Segment
from dynreports.semantics.formula import Calculated
from dynreports.semantics.keys import Item
from dynreports.semantics.locales import LOCALES, Locale, LocaleTag
from dynreports.semantics.metric import Metric
from dynreports.semantics.period import Period, Shift
from dynreports.semantics.search import Joined, NameRule

SCHEMA = 1
PAGE_SIZES = (5, 10, 25, 50, 100, 200, 400)
"""Rows on a page, as people choose them; from Python any number up to the last one."""


class SegmentFilter(Part, frozen=True, tag="segment"):
    """Only the records of a segment."""

    segment: str


class ItemFilter(Part, frozen=True, tag="item"):
    """Only the records of some items of a dimension, or (``kind`` "time") of a time unit."""

    dimension: str
    items: tuple[Item, ...]
    kind: Literal["dimension", "time"] = "dimension"

    @property
    def by(self) -> Ref:
        """The dimension or time unit."""
        return Ref(self.kind, self.dimension)


class MetricFilter(Part, frozen=True, tag="metric"):
    """Only the records that a metric counts: those that match the condition of at least one of its parts."""

    metric: str


class ValueFilter(Part, frozen=True, tag="value"):
    """Only the records that have a value of a dimension, or (``kind`` "time") of a time unit."""

    dimension: str
    kind: Literal["dimension", "time"] = "dimension"

    @property
    def by(self) -> Ref:
        """The dimension or time unit."""
        return Ref(self.kind, self.dimension)


class PeriodFilter(Part, frozen=True, tag="period"):
    """Another period than the panel's (columns and static rows only); several are the time they share."""

    period: Period


class ShiftFilter(Part, frozen=True, tag="shift"):
    """The period that the column would have without this, moved back (columns only)."""

    shift: Shift


Filter = SegmentFilter | ItemFilter | MetricFilter | ValueFilter
ColumnFilter = SegmentFilter | ItemFilter | MetricFilter | PeriodFilter | ShiftFilter


class Compare(Part, frozen=True):
    """What a column shows instead of its figure: how it differs from the same figure of another period.

    Attributes
    ----------
    to
        The other period: in place of the column's own, or moved back from it.
    show
        "difference": the figure minus the other one; "change": that as a part of the other one.
    """

    to: PeriodFilter | ShiftFilter
    show: Literal["difference", "change"]


class Limits(Part, frozen=True):
    """Between which figures colours run, in the unit that people read (25 for 25 %).

    At ``upper`` and above a cell is as green as it gets, at ``lower`` and below as red, at ``middle`` neither
    of them. Without a ``middle``: halfway.
    """

    upper: float
    lower: float
    middle: float | None = None


Background = Literal["off", "bar", "colors"]


class Column(Part, frozen=True):
    """A metric, with its own filters, and how its figures are shown.

    Attributes
    ----------
    totals, number
        Whether the total row has figures of the column, and whether cells show the figure itself.
    percent
        Whether cells show the percentage of the column's total (or of the row's sum: `Table.percent_of`).
        ``None``: where figures are parts of a total, so for counts and sums and not for rates.
    background
        A bar as long as the figure's part of the total, colours by limits, or nothing. ``None``: a bar where
        figures are parts of a total.
    limits, percent_limits
        The limits of the colours; ``None``: the highest and the lowest figure of all rows of a block. Whether
        they are about percentages.
    wrap, blank_zero
        Whether the head takes several lines, and whether 0 is shown as no value.
    variant
        Another way to count the metric ("retries"), by its id.
    width
        In pixels, as set by hand.
    compare
        How it differs from another period is shown in place of the figure.

    Filters read from the outside in: those that columns side by side share are one stacked header.
    """

    id: str
    metric: str
    filters: tuple[ColumnFilter, ...] = ()
    totals: bool = True
    number: bool = True
    percent: bool | None = None
    background: Background | None = None
    limits: Limits | None = None
    percent_limits: bool = False
    wrap: bool = True
    blank_zero: bool = False
    variant: str | None = None
    width: int | None = None
    compare: Compare | None = None


RowFilter = SegmentFilter | ItemFilter | PeriodFilter | MetricFilter
AnyFilter = Filter | ColumnFilter


class StaticRow(Part, frozen=True):
    """A row that was put there, not found in the data.

    A segment or an item keeps its records, a period takes the place of the panel's; a metric shows its own
    figure instead of the column's. The row's item is its ``id``, as text.
    """

    id: str
    of: RowFilter


class Sort(Part, frozen=True):
    """By a column's figures, or (``column`` is ``None``) by the items' labels; time units by time."""

    column: str | None = None
    descending: bool = True


class Search(Part, frozen=True):
    """Which items are kept: those whose label or identity contains ``text``; the rest obey the box.

    Attributes
    ----------
    rules, joined
        More that names have to be like, in place of ``text``: all of it, or any.
    only
        The items that were chosen by hand; none: all.
    """

    text: str = ""
    include_missing: bool = True
    rules: tuple[NameRule, ...] = ()
    joined: Joined = "all"
    only: tuple[Item, ...] = ()

    @property
    def chooses(self) -> bool:
        """Whether items that have a name may be left out."""
        return bool(self.text or self.rules or self.only)


NO_SEARCH = Search()
"""All items. Files leave out what is this very value."""


PercentOf = Literal["column", "row"]
"""What percentages are of: the total of the column, or the sum across the row's counts."""


class Breakdown(Part, frozen=True):
    """A block nested under one row: by a dimension or time unit, or of ``static`` rows.

    ``by_position``: its rows are broken down by rank, not by item.
    """

    at: AtItem | AtPosition
    by: Ref | None = None
    limit: int = 5
    search: Search = NO_SEARCH
    collapsed: bool = False
    breakdowns: tuple[Breakdown, ...] = ()
    by_position: bool = False
    percent_of: PercentOf = "column"
    static: tuple[StaticRow, ...] = ()

    @property
    def rows(self) -> Ref | None:
        """What stands in the rows, by the name that a table has for it."""
        return self.by


class Table(Part, frozen=True, tag="table"):
    """A freeform table: a dimension, a time unit or ``static`` rows; metrics in the columns.

    Attributes
    ----------
    align_dates
        With a time unit in the rows, whether columns of different periods all start in the first row.
    by_position
        Whether breakdowns belong to the rank of a row instead of its item.
    label_width
        The width of the labels in pixels, as set by hand.
    hidden
        Whether it is only there for the charts that draw it.
    """

    id: str
    title: str = "Freeform Table"
    rows: Ref | None = None
    columns: tuple[Column, ...] = ()
    sort: Sort | None = None
    limit: int = 50
    search: Search = NO_SEARCH
    breakdowns: tuple[Breakdown, ...] = ()
    collapsed: bool = False
    place: Place | None = None
    align_dates: bool = True
    by_position: bool = False
    percent_of: PercentOf = "column"
    label_width: int | None = None
    static: tuple[StaticRow, ...] = ()
    hidden: bool = False


PanelItem = Table | Chart | Text


class Panel(Part, frozen=True):
    """A panel: items under one period and one list of filters. ``period`` ``None``: all dates."""

    id: str
    title: str = "Freeform"
    period: Period | None = None
    filters: tuple[Filter, ...] = ()
    items: tuple[PanelItem, ...] = ()
    collapsed: bool = False


class DataReference(Part, frozen=True):
    """Which data the project is about: never its content.

    Attributes
    ----------
    name
        What people call the data; a notebook can bind a DataFrame to it.
    path
        The file or folder, relative to the folder of the project file where it lies beside or below it;
        ``None``: bound.
    reader
        What reads the path: "table" (CSV or Parquet) or "campaign" (a folder of campaign logs).
    options
        The arguments of the reader that differ from its defaults.
    time, timezone
        The date-time field that periods select by, and the zone of days; ``None``: inferred.
    as_of
        The moment that rolling periods move with; ``None``: the clock.
    infer
        Whether components that were not declared are offered, too.
    dimensions, metrics, segments
        The components that were declared, in the order of declaration; inferred ones are not kept.
    """

    name: str
    path: str | None = None
    reader: str = "table"
    time: str | None = None
    timezone: str | None = None
    as_of: str | None = None
    infer: bool = True
    dimensions: tuple[Dimension, ...] = ()
    metrics: tuple[Metric, ...] = ()
    segments: tuple[Segment, ...] = ()
    options: dict[str, Any] = msgspec.field(default_factory=dict)


class Project(Part, frozen=True, kw_only=True):
    """The whole document. ``metrics`` and ``segments`` are those that people made in it by hand.

    ``template`` is the shipped report that it was made from, ``owner`` the person who saved it first,
    ``notebook`` the one that shows it, relative to the folder of reports, ``locale`` the language as which
    it writes numbers.
    """

    schema: int = SCHEMA
    title: str
    data: DataReference
    panels: tuple[Panel, ...] = ()
    metrics: tuple[Calculated, ...] = ()
    segments: tuple[Segment, ...] = ()
    revision: int = 0
    last_id: int = 0
    template: str | None = None
    owner: str | None = None
    notebook: str | None = None
    locale: LocaleTag = "en"

    @property
    def numbers(self) -> Locale:
        """How numbers are written in it."""
        return LOCALES[self.locale]


Path = tuple[Item, ...]
"""The items from the top of a table down to a row: ``("Spring sale", "Paris")``; ``()`` is the table."""

__all__ = [
    "NO_SEARCH", "PAGE_SIZES", "SCHEMA", "Address", "AnyFilter", "AtItem", "AtPosition", "Background",
    "Breakdown", "Chart", "Column", "ColumnFilter", "Compare", "DataReference", "Filter", "Goals",
    "ItemFilter", "Limits", "Lock", "LockItems", "LockPositions", "MetricFilter", "Panel", "PanelItem",
    "Path", "PercentOf", "PeriodFilter", "Place", "Project", "RowFilter", "Search", "SegmentFilter",
    "ShiftFilter", "Sort", "StaticRow", "Step", "Table", "Text", "ValueFilter",
]  # fmt: skip
