"""What can be asked of a project: the twin of ``Intent`` in widgets/src/sync/types.ts.

A *command* changes the document. A *session verb* does not: it moves through history, turns a page, saves.
"""

from __future__ import annotations

from typing import Any, Literal

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
from dynreports.project.model import Background, ColumnFilter, Filter, Limits, PercentOf
from dynreports.project.model import Step as Step
from dynreports.project.publishing_intents import Publish as Publish
from dynreports.project.publishing_intents import Withdraw as Withdraw
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Period


class _Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="on"):
    """Where components are dropped."""


class OnRows(_Target, frozen=True, tag="rows"):
    """On the rows: of the table, or (``path``) of the breakdown of a row."""

    table: str
    path: Address = ()


class OnColumns(_Target, frozen=True, tag="columns"):
    """After the last column, or as the first ones."""

    table: str


class OnEdge(_Target, frozen=True, tag="edge"):
    """Before or after a column."""

    table: str
    column: str
    side: Literal["before", "after"]


class OnColumn(_Target, frozen=True, tag="column"):
    """On the middle of a column's header."""

    table: str
    column: str


class OnRow(_Target, frozen=True, tag="row"):
    """On a row, or on several selected ones."""

    table: str
    paths: tuple[Address, ...]


class OnPanel(_Target, frozen=True, tag="panel"):
    """On the drop zone of a panel."""

    panel: str


class OnNewTable(_Target, frozen=True, tag="new_table"):
    """On a panel's free space: a table that does not exist yet."""

    panel: str


Target = OnRows | OnColumns | OnEdge | OnColumn | OnRow | OnPanel | OnNewTable


class _Intent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that a person does."""


class Drop(_Intent, frozen=True, tag="drop"):
    """Drop components on a target; what that does is in `dynreports.project.drops`."""

    components: tuple[Ref, ...]
    target: Target


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


class RemoveColumn(_Intent, frozen=True, tag="remove_column"):
    table: str
    column: str


class RemoveColumnFilter(_Intent, frozen=True, tag="remove_column_filter"):
    table: str
    column: str
    index: int


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


class CollapseBreakdown(_Intent, frozen=True, tag="collapse_breakdown"):
    table: str
    path: Address
    collapsed: bool


class RemoveBreakdown(_Intent, frozen=True, tag="remove_breakdown"):
    table: str
    path: Address


class RenameProject(_Intent, frozen=True, tag="rename_project"):
    title: str


class Clear(_Intent, frozen=True, tag="clear"):
    """Remove all panels."""


class Undo(_Intent, frozen=True, tag="undo"):
    pass


class Redo(_Intent, frozen=True, tag="redo"):
    pass


class Refresh(_Intent, frozen=True, tag="refresh"):
    pass


class TurnPage(_Intent, frozen=True, tag="page"):
    table: str
    path: Address
    page: int


class UseTable(_Intent, frozen=True, tag="use_table"):
    """Note that a person works on this table now."""

    table: str


class Stop(_Intent, frozen=True, tag="stop"):
    """Count no further for this table."""

    table: str


class Count(_Intent, frozen=True, tag="count"):
    """Count what was stopped."""

    table: str


class Save(_Intent, frozen=True, tag="save"):
    """Save under the report's own name (``None``), or as another report."""

    name: str | None
    overwrite: bool = False


class New(_Intent, frozen=True, tag="new"):
    """Begin a new report over the same data, in place of the one that is open."""


class Reports(_Intent, frozen=True, tag="reports"):
    """List the saved reports."""


class Open(_Intent, frozen=True, tag="open"):
    """Open a saved report in place of the one that is open."""

    name: str


class Export(_Intent, frozen=True, tag="export"):
    """Get a file: of the whole report, or of one table. ``html`` is for the printer, ``page`` for readers."""

    format: Literal["csv", "html", "page", "pdf", "png", "xlsx"]
    table: str | None = None


class ForgetUsage(_Intent, frozen=True, tag="forget_usage"):
    """List components as if this person had never used any."""


Command = (
    Drop | AddPanel | RemovePanel | RenamePanel | CollapsePanel | SetPeriod | FilterPanel | RemoveFilter
    | AddTable | RemoveItem | RenameItem | CollapseItem | AddColumn | RemoveColumn |
    RemoveColumnFilter | MoveColumn | SetColumn | SetWidth | SetRows | SetSort | SetLimit | SetSearch |
    CollapseBreakdown | RemoveBreakdown | RenameProject | Clear |
    MovePanel | DuplicatePanel | PlaceItem | DuplicateItem
    | SaveMetric | SaveSegment | RemoveComponent | DuplicateComponent
    | AddChart | Visualize | SetChart | BindChart | LockChart | FilterMarks | ShowTable | AddText | SetText
)  # fmt: skip
SessionVerb = (
    Undo | Redo | Refresh | TurnPage | UseTable | Select | Stop | Count
    | Save | New | Reports | Open | Export | ForgetUsage | Publish | Withdraw
)  # fmt: skip
VIEW_ONLY = (SetSort, SetLimit, SetSearch, CollapsePanel, CollapseItem, CollapseBreakdown)
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
