"""Charts and texts in the document: what they draw, and how. Never the figures that they show."""

from __future__ import annotations

from typing import Literal, get_args

from dynreports.project.parts import Address, Part, Place
from dynreports.semantics.keys import Item, TimeUnit

ChartType = Literal[
    "line", "area", "area stacked", "bar", "bar stacked", "horizontal bar", "horizontal bar stacked",
    "combo", "donut", "bullet", "scatter", "flow", "summary number", "summary change",
]  # fmt: skip
CHART_TYPES: tuple[ChartType, ...] = get_args(ChartType)

Summarize = Literal["total", "sum", "mean", "median", "min", "max"]
"""How a summary number makes one figure of several rows.

``total``: the figure of the records of all these rows together, each person counted once. The others are
about the rows' own figures; a ``sum`` only exists where these add up.
"""

Change = Literal["percent", "difference"]
NUMBERS = ("summary number", "summary change")
"""The types that are one figure each, set as text."""

STACKED = ("area stacked", "bar stacked", "horizontal bar stacked")
OVER_TIME = ("line", "area", "area stacked")
"""The types that draw time where the table has none in its rows."""

MOST_ITEMS = 400
"""Rows that a chart can draw: as many as a page of a table can have."""


class _Lock(Part, frozen=True, kw_only=True):
    """The cells that a chart keeps to: some rows of one block, in some columns.

    Attributes
    ----------
    block
        Where the block stands: ``()`` is the table itself.
    columns
        The ids of the columns; none: all of them.
    total
        Whether the total row of the block is among the cells. Alone, it is all that the chart reads.
    """

    block: Address = ()
    columns: tuple[str, ...] = ()
    total: bool = False


class LockPositions(_Lock, frozen=True, kw_only=True, tag="positions"):
    """Rows by their ranks (from 1), whatever items stand there; none: every row that is shown."""

    rows: tuple[int, ...] = ()


class LockItems(_Lock, frozen=True, kw_only=True, tag="items"):
    """Rows by their items, wherever they stand; none: every row that is shown."""

    rows: tuple[Item, ...] = ()


Lock = LockPositions | LockItems


class Goals(Part, frozen=True):
    """What a bullet chart measures a figure against, in the unit that people read (25 for 25 %)."""

    low: float
    mid: float
    high: float


class Chart(Part, frozen=True, tag="chart"):
    """A visualization of the figures of one table.

    Attributes
    ----------
    kind
        What it is drawn as: its type, as people say (the word ``type`` is taken in files).
    source
        The id of the table that it draws; a table that is gone is a source that is missing.
    lock
        The cells that it keeps to; ``None``: it follows the selection in its table.
    percentages
        Values as shares of their column's total.
    stacked_100
        Stacks that are all as high as the whole (stacked types).
    legend
        Whether the series are listed.
    max_items
        How many rows are drawn as categories; ``None``: all that the table shows.
    others
        Whether rows that are not drawn form one item of their own, where their figures add up.
    dual_axis, normalized
        Two columns on axes of their own; each column scaled to its own maximum.
    zero
        Whether the axis of the values starts at 0.
    threshold
        A line at a value, in the unit that people read (25 for 25 %).
    granularity
        The time unit of trends over a table without time in its rows; ``None``: what the period suggests.
    axes, axis_titles
        Whether the axes are drawn at all, and whether they say what they measure.
    hide_title
        Whether the title of the chart is left out.
    goals
        Of a bullet chart; ``None``: 50, 80 and 100 % of what the figure is out of, or of the largest row.
    summarize, change
        How summary numbers are made, and whether a summary change is told in percent or as a difference.
    abbreviate
        With how many decimals large figures are cut down ("1.2k"); ``None``: they are written in full.
    trend
        Whether a summary number shows its figure over time.
    """

    id: str
    kind: ChartType = "bar"
    title: str = "Bar"
    source: str | None = None
    lock: Lock | None = None
    percentages: bool = False
    stacked_100: bool = False
    legend: bool = True
    max_items: int | None = None
    others: bool = True
    dual_axis: bool = False
    normalized: bool = False
    zero: bool = True
    threshold: float | None = None
    granularity: TimeUnit | None = None
    axes: bool = True
    axis_titles: bool = False
    hide_title: bool = False
    goals: Goals | None = None
    summarize: Summarize = "total"
    change: Change = "percent"
    abbreviate: int | None = None
    trend: bool = True
    collapsed: bool = False
    place: Place | None = None


class Text(Part, frozen=True, tag="text"):
    """Words between the figures: plain text in paragraphs."""

    id: str
    title: str = "Text"
    text: str = ""
    collapsed: bool = False
    place: Place | None = None
