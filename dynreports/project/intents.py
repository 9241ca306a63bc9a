"""What can be asked of a project: the twin of ``Intent`` in widgets/src/sync/types.ts.

A *command* changes the document. A *session verb* does not: it moves through history, turns a page, saves.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dynreports.errors import InvalidInputError
from dynreports.project.chart_intents import AddChart as AddChart
from dynreports.project.chart_intents import AddText as AddText
from dynreports.project.chart_intents import BindChart as BindChart
from dynreports.project.chart_intents import CollapseItem as CollapseItem
from dynreports.project.chart_intents import FilterMarks as FilterMarks
from dynreports.project.chart_intents import LockChart as LockChart
from dynreports.project.chart_intents import RemoveItem as RemoveItem
from dynreports.project.chart_intents import RenameItem as RenameItem
from dynreports.project.chart_intents import Select as Select
from dynreports.project.chart_intents import SetChart as SetChart
from dynreports.project.chart_intents import SetText as SetText
from dynreports.project.chart_intents import ShowTable as ShowTable
from dynreports.project.chart_intents import Visualize as Visualize
from dynreports.project.component_intents import DuplicateComponent as DuplicateComponent
from dynreports.project.component_intents import RemoveComponent as RemoveComponent
from dynreports.project.component_intents import SaveMetric as SaveMetric
from dynreports.project.component_intents import SaveSegment as SaveSegment
from dynreports.project.model import Address as Address
from dynreports.project.model import (
    Background,
    ColumnFilter,
    Compare,
    Filter,
    Limits,
    PercentOf,
    PeriodFilter,
    RowFilter,
    ShiftFilter,
)
from dynreports.project.model import Step as Step
from dynreports.project.publishing_intents import Publish as Publish
from dynreports.project.publishing_intents import Withdraw as Withdraw
from dynreports.project.targets import ItemOf as ItemOf
from dynreports.project.targets import OnAbove as OnAbove
from dynreports.project.targets import OnBetween as OnBetween
from dynreports.project.targets import OnColumn as OnColumn
from dynreports.project.targets import OnColumns as OnColumns
from dynreports.project.targets import OnEdge as OnEdge
from dynreports.project.targets import OnNewTable as OnNewTable
from dynreports.project.targets import OnPanel as OnPanel
from dynreports.project.targets import OnRow as OnRow
from dynreports.project.targets import OnRows as OnRows
from dynreports.project.targets import Target as Target
from dynreports.project.verbs import Intent as _Intent
from dynreports.project.verbs import SessionVerb as SessionVerb
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Period
from dynreports.semantics.search import Joined, NameRule


class Drop(_Intent, frozen=True, tag="drop"):
    """Drop components on a target; what that does is in `dynreports.project.drops`.

    ``items``: dragged by themselves; with a dimension, its top ones, which `Session` puts in where columns
    are made of them (the figures that rank them are no part of the document).
    """

    components: tuple[Ref, ...]
    target: Target
    items: tuple[ItemOf, ...] = ()


class AddPanel(_Intent, frozen=True, tag="add_panel"):
    """Add a panel under the last one, with an empty table or blank. It takes the last panel's period."""

    table: bool = False
    title: str | None = None


class RemovePanel(_Intent, frozen=True, tag="remove_panel"):
    panel: str


class RenamePanel(_Intent, frozen=True, tag="rename_panel"):
    panel: str
    title: str


class CollapsePanel(_Intent, frozen=True, tag="collapse_panel"):
    panel: str
    collapsed: bool


class MovePanel(_Intent, frozen=True, tag="move_panel"):
    """Move a panel before another, or (``None``) to the end."""

    panel: str
    before: str | None


class DuplicatePanel(_Intent, frozen=True, tag="duplicate_panel"):
    """Put a copy of a panel, with all that is in it, right after it."""

    panel: str


class PlaceItem(_Intent, frozen=True, tag="place_item"):
    """Move an item in its panel, or make it another size: columns of twelve, rows of the grid.

    ``h`` ``None``: as high as its content.
    """

    item: str
    x: int
    y: int
    w: int
    h: int | None


class MoveItem(_Intent, frozen=True, tag="move_item"):
    """Move an item into another panel: to a place there, or (``x`` and ``y`` are ``None``) to its end."""

    item: str
    panel: str
    x: int | None = None
    y: int | None = None


class DuplicateItem(_Intent, frozen=True, tag="duplicate_item"):
    """Put a copy of an item right after it."""

    item: str


class SetPeriod(_Intent, frozen=True, tag="set_period"):
    """Set the period of a panel, or (``panel`` is ``None``) of all; ``period`` ``None``: all dates."""

    panel: str | None
    period: Period | None


class FilterPanel(_Intent, frozen=True, tag="filter_panel"):
    """Add any filter to a panel (Python only: people drop components)."""

    panel: str
    filter: Filter


class RemoveFilter(_Intent, frozen=True, tag="remove_filter"):
    panel: str
    index: int


class AddTable(_Intent, frozen=True, tag="add_table"):
    """Add an empty table to a panel."""

    panel: str
    title: str | None = None


class AddColumn(_Intent, frozen=True, tag="add_column"):
    """Add a column with its filters, at the end or before another (Python only: people drop components)."""

    table: str
    metric: str
    filters: tuple[ColumnFilter, ...] = ()
    before: str | None = None
    compare: Compare | None = None


class AddRows(_Intent, frozen=True, tag="add_rows"):
    """Put static rows in a table or breakdown, after those there are (Python only: people drop)."""

    table: str
    path: Address
    rows: tuple[RowFilter, ...]


class RemoveColumn(_Intent, frozen=True, tag="remove_column"):
    table: str
    column: str


class RemoveColumnFilter(_Intent, frozen=True, tag="remove_column_filter"):
    table: str
    column: str
    index: int


class RemoveLevel(_Intent, frozen=True, tag="remove_level"):
    """Remove one stacked header: the filter at ``index`` of several columns."""

    table: str
    columns: tuple[str, ...]
    index: int


class AddPeriodColumn(_Intent, frozen=True, tag="add_period_column"):
    """Add the same column once more, over another period: one of its own, or the column's moved back."""

    table: str
    column: str
    over: PeriodFilter | ShiftFilter


class CompareColumn(_Intent, frozen=True, tag="compare_column"):
    """Add the same column over another period, their difference, and the change in percent."""

    table: str
    column: str
    to: PeriodFilter | ShiftFilter


class RemoveRow(_Intent, frozen=True, tag="remove_row"):
    """Remove a static row, and others with it, with what is under them."""

    table: str
    path: Address
    others: tuple[Address, ...] = ()


class MoveColumn(_Intent, frozen=True, tag="move_column"):
    """Move a column before another, or (``None``) to the end."""

    table: str
    column: str
    before: str | None


class SetColumn(_Intent, frozen=True, tag="set_column"):
    """Change how a column is shown: only the settings that are given. They are those of `model.Column`."""

    table: str
    column: str
    totals: bool | msgspec.UnsetType = msgspec.UNSET
    number: bool | msgspec.UnsetType = msgspec.UNSET
    percent: bool | msgspec.UnsetType | None = msgspec.UNSET
    background: Background | msgspec.UnsetType | None = msgspec.UNSET
    limits: Limits | msgspec.UnsetType | None = msgspec.UNSET
    percent_limits: bool | msgspec.UnsetType = msgspec.UNSET
    wrap: bool | msgspec.UnsetType = msgspec.UNSET
    blank_zero: bool | msgspec.UnsetType = msgspec.UNSET
    variant: str | msgspec.UnsetType | None = msgspec.UNSET


class SetWidth(_Intent, frozen=True, tag="set_width"):
    """Set the width of a column, or (``column`` is ``None``) of the labels; ``width`` ``None``: what fits."""

    table: str
    column: str | None
    width: int | None


class SetRows(_Intent, frozen=True, tag="set_rows"):
    """Change how the rows of a block are shown: only the settings that are given.

    ``ranks``: pairs of an item and the rank of its row, for the rows that are on the screen. By them,
    breakdowns that belong to items come to belong to ranks, and back. The session fills them in.
    """

    table: str
    path: Address
    by_position: bool | msgspec.UnsetType = msgspec.UNSET
    percent_of: PercentOf | msgspec.UnsetType = msgspec.UNSET
    align_dates: bool | msgspec.UnsetType = msgspec.UNSET
    ranks: tuple[tuple[Item, int], ...] = ()


class SetSort(_Intent, frozen=True, tag="sort"):
    """Sort a table and its breakdowns by a column, or (``None``) by label or time."""

    table: str
    column: str | None
    descending: bool


class SetLimit(_Intent, frozen=True, tag="set_limit"):
    table: str
    path: Address
    limit: int


class SetSearch(_Intent, frozen=True, tag="set_search"):
    table: str
    path: Address
    text: str
    include_missing: bool
    rules: tuple[NameRule, ...] = ()
    joined: Joined = "all"


class KeepRows(_Intent, frozen=True, tag="keep_rows"):
    """Show only some rows of their blocks, by their items."""

    table: str
    paths: tuple[Address, ...]


class ShowAllRows(_Intent, frozen=True, tag="show_all_rows"):
    """Show the rows of a block that were left out by `KeepRows`."""

    table: str
    path: Address


class CollapseBreakdown(_Intent, frozen=True, tag="collapse_breakdown"):
    table: str
    path: Address
    collapsed: bool


class RemoveBreakdown(_Intent, frozen=True, tag="remove_breakdown"):
    table: str
    path: Address


class RenameProject(_Intent, frozen=True, tag="rename_project"):
    title: str


class SetLocale(_Intent, frozen=True, tag="set_locale"):
    """Write numbers as in another language."""

    locale: str


class Clear(_Intent, frozen=True, tag="clear"):
    """Remove all panels."""


Command = (
    Drop | AddPanel | RemovePanel | RenamePanel | CollapsePanel | SetPeriod | FilterPanel | RemoveFilter
    | AddTable | RemoveItem | RenameItem | CollapseItem | AddColumn | RemoveColumn |
    RemoveColumnFilter | RemoveLevel | AddPeriodColumn | CompareColumn | AddRows | RemoveRow |
    MoveColumn | SetColumn | SetWidth | SetRows | SetSort | SetLimit | SetSearch | KeepRows | ShowAllRows |
    CollapseBreakdown | RemoveBreakdown | RenameProject | SetLocale | Clear |
    MovePanel | DuplicatePanel | PlaceItem | MoveItem | DuplicateItem
    | SaveMetric | SaveSegment | RemoveComponent | DuplicateComponent
    | AddChart | Visualize | SetChart | BindChart | LockChart | FilterMarks | ShowTable | AddText | SetText
)  # fmt: skip
VIEW_ONLY = (
    SetSort, SetLimit, SetSearch, KeepRows, ShowAllRows, CollapsePanel, CollapseItem, CollapseBreakdown,
    SetLocale,
)  # fmt: skip
"""The commands that a read-only page accepts: they change what is looked at, not what is asked."""


_INTENT: Any = Command | SessionVerb


def decode(intent: object) -> Command | SessionVerb:
    """Read an intent as it comes from the browser.

    Raises
    ------
    InvalidInputError
        If the verb, a field or a value is not one of those in types.ts.
    """
    try:
        msgspec.json.encode(intent)  # text that is not valid Unicode could never be saved
        decoded: Command | SessionVerb = msgspec.convert(intent, _INTENT)
        return decoded
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError) as error:
        verb = intent.get("verb") if isinstance(intent, dict) else intent
        message = f"The gesture {str(verb)[:40]!r} can't be understood: {error}."
        raise InvalidInputError(message) from error
