"""What tables and charts send to the browser: the twin of table.ts and charts.ts in widgets/src/sync."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

from dynreports.semantics.component import Kind, Ref
from dynreports.semantics.keys import Item
from dynreports.semantics.search import Joined, NameRule

_SAFE = 2**53
"""JavaScript can't tell whole numbers apart beyond this one."""

_NAMES = {"from_": "from"}


def _camel(name: str) -> str:
    first, *rest = _NAMES.get(name, name).split("_")
    return first + "".join(each.capitalize() for each in rest)


class _Sent(msgspec.Struct, frozen=True, rename=_camel):
    """Part of what is sent."""


class Chip(_Sent, frozen=True):
    """A filter of a column. ``key``: what it is; columns side by side with the same ones share a head."""

    kind: Kind
    label: str
    key: str


class VariantState(_Sent, frozen=True):
    """Another way to count a metric."""

    id: str
    label: str
    description: str


class Settings(_Sent, frozen=True, kw_only=True):
    """How a column is shown. Limits: upper, middle, lower; ``auto`` those found by themselves, as text."""

    totals: bool
    number: bool
    percent: bool
    background: Literal["off", "bar", "colors"]
    wrap: bool
    blank_zero: bool
    percent_limits: bool
    variants: tuple[VariantState, ...]
    variant: str | None
    limits: tuple[float, float | None, float] | None
    auto: tuple[str, str, str] | None
    unit: str


class ColumnState(_Sent, frozen=True, kw_only=True):
    """``missing``: the data does not have the metric any more; ``pending``: figures are yet to come."""

    id: str
    label: str
    missing: bool
    detail: str | None
    kind: Kind
    tip: str
    formula: str | None
    sort: Literal["asc", "desc"] | None
    filters: tuple[Chip, ...]
    width: int | None
    settings: Settings
    pending: bool = False
    compared: str | None = None


class TotalCell(_Sent, frozen=True, kw_only=True):
    """``series``: one point per bucket over the period, gaps are ``None``; none at all: nothing to draw.

    ``reason``: why there can be no figure. ``exact``: as in ``Cell``.
    """

    text: str
    out_of: str | None
    series: tuple[float | None, ...] | None
    first: str | None
    last: str | None
    reason: str | None = None
    exact: str | None = None


class Cell(_Sent, frozen=True):
    """``bar``: part of the column's total, 0 to 1; ``heat``: between the limits of colours, -1 to 1.

    ``tip``: why there is no figure, or which one it is. ``exact``: the figure with all its digits, to be
    copied; ``None``: the text is all there is of it.
    """

    text: str
    percent: str | None
    bar: float | None
    heat: float | None
    reason: str | None = None
    tip: str | None = None
    exact: str | None = None


class Kept(_Sent, frozen=True):
    """Which rows are shown beside what a phrase keeps: by rules, and what those are called that were chosen.

    ``ruled``: the rules in words.
    """

    rules: tuple[NameRule, ...] = ()
    joined: Joined = "all"
    ruled: str = ""
    only: str = ""


class BlockHead(_Sent, frozen=True, kw_only=True, tag_field="type", tag="total"):
    """The head of a block: the total row of the table (path ``()``, depth 0), or that of a breakdown."""

    id: str
    depth: int
    path: tuple[Item, ...]
    parent: str | None
    label: str
    ref: Ref | None
    note: str | None
    page: int
    pages: int
    limit: int
    from_: int
    to: int
    count: int
    counted: str
    search: str
    include_missing: bool
    has_missing: bool
    searchable: bool
    percent_of: Literal["column", "row"]
    by_position: bool
    cells: tuple[TotalCell, ...]
    static: bool = False
    kept: Kept = Kept()


class ItemRow(_Sent, frozen=True, kw_only=True, tag_field="type", tag="item"):
    """``open``: whether the row's breakdown is open; ``None``: it has none.

    ``static``: of which kind a row is that was put there; ``None``: an item of the data.
    """

    id: str
    depth: int
    path: tuple[Item, ...]
    number: int
    label: str
    caption: str | None
    missing: bool
    open: bool | None
    cells: tuple[Cell, ...]
    static: Kind | None = None


class Failure(_Sent, frozen=True):
    title: str
    message: str
    details: str


class Progress(_Sent, frozen=True):
    """How many steps of the work are done."""

    done: int
    of: int


class TablePayload(_Sent, frozen=True, kw_only=True):
    """``revision`` grows with every new result; ``stale``: figures are those of before the last gesture."""

    id: str
    revision: int
    status: Literal["ready", "loading", "stopped", "error"]
    stale: bool = False
    progress: Progress | None = None
    error: Failure | None = None
    rows_ref: Ref | None = None
    static: bool = False
    columns: tuple[ColumnState, ...] = ()
    label_width: int | None = None
    align_dates: bool = True
    total: BlockHead | None = None
    rows: tuple[ItemRow | BlockHead, ...] = ()


class ChartSource(_Sent, frozen=True):
    """The table that a chart draws: its id and title, and which of the seven colours is its own."""

    table: str
    label: str
    color: int


class SeriesEntry(_Sent, frozen=True):
    """An entry of the legend. ``dash`` from 0; ``text`` and ``share``: of a slice, what it comes to."""

    key: str
    label: str
    color: int
    dash: int = 0
    text: str | None = None
    share: str | None = None


class ChartPart(_Sent, frozen=True):
    """One of several drawings of the same spec: that of the figures whose ``part`` is the key."""

    key: str
    title: str
    text: str


class ChangeState(_Sent, frozen=True):
    """``words`` say what the direction means: it is never told by colour or arrow alone."""

    text: str
    direction: Literal["up", "down", "same"]
    words: str


class ChartValue(_Sent, frozen=True, kw_only=True):
    """The figure of a summary: its text without the unit, the whole figure, and what it is."""

    text: str
    unit: str
    full: str
    caption: str
    trend: tuple[float | None, ...] | None = None
    first: str | None = None
    last: str | None = None
    change: ChangeState | None = None


class ChartTable(_Sent, frozen=True):
    """The figures behind a chart, as text."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class ChartPayload(_Sent, frozen=True, kw_only=True):
    """What a chart draws.

    Attributes
    ----------
    spec, figures
        A Vega-Lite spec without figures, and the marks: the data set ``figures``.
    settings, offers
        Every setting as it is now; of those that mean something here, why they can't be set (``None``: they
        can).
    types
        For each type why this table can't be drawn so; ``None``: it can.
    summary
        What a person hears who can't see it.
    """

    id: str
    revision: int
    status: Literal["ready", "loading", "error"]
    type: str
    error: Failure | None = None
    source: ChartSource | None = None
    locked: Literal["positions", "items"] | None = None
    spec: dict[str, Any] | None = None
    figures: tuple[dict[str, Any], ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    parts: tuple[ChartPart, ...] | None = None
    value: ChartValue | None = None
    settings: dict[str, Any] = {}
    offers: dict[str, str | None] = {}
    granularities: tuple[str, ...] = ()
    types: dict[str, str | None] = {}
    summary: str = ""
    table: ChartTable = ChartTable()


def to_wire(payload: TablePayload | ChartPayload) -> dict[str, Any]:
    """Return a payload as dicts and lists for JSON."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(payload))
    return found


def under_head(column: ColumnState) -> list[str]:
    """Return what stands below the name of a column in documents: how it compares, its days, its filters."""
    return [*filter(None, (column.compared, column.detail)), *(each.label for each in column.filters)]


def is_of_more(cell: TotalCell) -> bool:
    """Whether what a total is out of tells something: it is another figure."""
    bare = cell.text.rstrip("%\xa0")
    return cell.out_of is not None and cell.out_of != f"out of {bare}"


def kept_notes(head: BlockHead) -> list[str]:
    """Return which rows a block shows, in sentences for documents that can't be searched."""
    notes = []
    if head.search:
        notes.append(f"Only rows that contain “{head.search}”.")
    if head.kept.ruled:
        notes.append(f"Only rows whose name {head.kept.ruled}.")
    if head.kept.only:
        notes.append(f"Only the chosen rows {head.kept.only}.")
    return notes


def wire_path(path: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return a path as the browser can hold it: whole numbers that it would round are sent as text."""
    return tuple(
        str(each) if isinstance(each, int) and not isinstance(each, bool) and abs(each) > _SAFE else each
        for each in path
    )


def row_id(path: tuple[Item, ...], prefix: str = "r") -> str:
    """Return an id for the row at a path: the same in every result, and free of what the data says."""
    digest = hashlib.blake2b(msgspec.json.encode(path), digest_size=9).hexdigest()
    return f"{prefix}{digest}"
