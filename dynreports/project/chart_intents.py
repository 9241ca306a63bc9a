"""What can be asked of charts, texts and items of any type; part of `dynreports.project.intents`."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from dynreports.project.chart_model import Change, ChartType, Goals, Lock, Summarize
from dynreports.project.parts import Address
from dynreports.semantics.keys import Item, TimeUnit


class _Intent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that a person does."""


class RemoveItem(_Intent, frozen=True, tag="remove_item"):
    """Remove a table, chart or text."""

    item: str


class RenameItem(_Intent, frozen=True, tag="rename_item"):
    item: str
    title: str


class CollapseItem(_Intent, frozen=True, tag="collapse_item"):
    item: str
    collapsed: bool


class AddChart(_Intent, frozen=True, tag="add_chart"):
    """Add a chart to a panel; where no ``source`` is given, it draws the nearest table of the panel."""

    panel: str
    type: ChartType
    source: str | UnsetType | None = UNSET
    lock: Lock | None = None
    title: str | None = None


class Visualize(_Intent, frozen=True, tag="visualize"):
    """Add a chart of some rows above their table, locked to their items.

    ``type`` ``None``: one row is drawn over time, several are compared.
    """

    table: str
    paths: tuple[Address, ...]
    columns: tuple[str, ...] = ()
    type: ChartType | None = None


class SetChart(_Intent, frozen=True, tag="set_chart"):
    """Change how a chart is drawn: only the settings that are given. They are those of `model.Chart`."""

    chart: str
    type: ChartType | UnsetType = UNSET
    title: str | UnsetType = UNSET
    percentages: bool | UnsetType = UNSET
    stacked_100: bool | UnsetType = UNSET
    legend: bool | UnsetType = UNSET
    max_items: int | UnsetType | None = UNSET
    others: bool | UnsetType = UNSET
    dual_axis: bool | UnsetType = UNSET
    normalized: bool | UnsetType = UNSET
    zero: bool | UnsetType = UNSET
    threshold: float | UnsetType | None = UNSET
    granularity: TimeUnit | UnsetType | None = UNSET
    axes: bool | UnsetType = UNSET
    axis_titles: bool | UnsetType = UNSET
    hide_title: bool | UnsetType = UNSET
    goals: Goals | UnsetType | None = UNSET
    summarize: Summarize | UnsetType = UNSET
    change: Change | UnsetType = UNSET
    abbreviate: int | UnsetType | None = UNSET
    trend: bool | UnsetType = UNSET


class BindChart(_Intent, frozen=True, tag="bind_chart"):
    """Let a chart draw another table; it is not locked to cells then."""

    chart: str
    table: str


class LockChart(_Intent, frozen=True, tag="lock_chart"):
    """Keep a chart to some cells, or (``None``) let it follow the selection again.

    A word stands for the cells that it draws now, by their positions or by their items. The session puts the
    cells in its place.
    """

    chart: str
    lock: Lock | Literal["positions", "items"] | None


class FilterMarks(_Intent, frozen=True, tag="filter_marks"):
    """Keep only the rows of some marks in the panel of a chart: pairs of a row and a column of its table."""

    chart: str
    marks: tuple[tuple[tuple[Item, ...], str | None], ...]


class ShowTable(_Intent, frozen=True, tag="show_table"):
    """Hide a table that is only there for its charts, or show it again."""

    table: str
    hidden: bool = False


class AddText(_Intent, frozen=True, tag="add_text"):
    """Add words to a panel."""

    panel: str
    text: str = ""
    title: str | None = None


class SetText(_Intent, frozen=True, tag="set_text"):
    text: str
    value: str


class Select(_Intent, frozen=True, tag="select"):
    """Note which cells of a table are selected: what charts that are not locked draw.

    ``paths``: rows from the top down, ``()`` for the total row; none: all. ``columns``: none: all.
    """

    table: str
    paths: tuple[Address, ...] = ()
    columns: tuple[str, ...] = ()
