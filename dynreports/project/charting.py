"""What commands do to charts and texts: add, bind, lock, set. Which figures they draw is not known here."""

from __future__ import annotations

import math

from msgspec import UNSET
from msgspec.structs import asdict, replace

from dynreports.errors import RefusedError
from dynreports.project import intents as do
from dynreports.project import tiles, tree
from dynreports.project.chart_model import (
    MOST_ITEMS,
    NUMBERS,
    Chart,
    ChartType,
    Goals,
    Lock,
    LockItems,
    LockPositions,
    Text,
)
from dynreports.project.model import AtPosition, Panel, PanelItem, Place, Project, Table

ChartCommand = (
    do.AddChart | do.Visualize | do.SetChart | do.BindChart | do.LockChart | do.ShowTable | do.AddText
    | do.SetText
)  # fmt: skip

_NUMBER_SIZE = (2, 3)
"""Columns and rows that a summary number takes: six stand side by side."""
_MOST_DECIMALS = 3
_LONGEST_TEXT = 20_000


def change(project: Project, command: ChartCommand) -> Project:
    """Return the project after a command about a chart, a text, or a table's being hidden."""
    match command:
        case do.AddChart(panel):
            return _add_chart(project, tree.find_panel(project, panel), command)
        case do.Visualize():
            return _visualize(project, command)
        case do.SetChart(chart):
            return tree.with_item(project, _with_settings(project, tree.find_chart(project, chart), command))
        case do.BindChart(chart, table):
            tree.find_table(project, table)
            bound = tree.find_chart(project, chart)
            return project if bound.source == table else _with(project, bound, source=table, lock=None)
        case do.LockChart(chart, lock):
            return _lock(project, tree.find_chart(project, chart), lock)
        case do.ShowTable(table, hidden):
            return _show(project, tree.find_table(project, table), hidden)
        case do.AddText(panel, text, title):
            return _add_text(project, tree.find_panel(project, panel), text, title)
        case do.SetText(text, value):
            _check_text(value)
            return tree.with_item(project, replace(tree.find_text(project, text), text=value))


def default_title(type: ChartType) -> str:
    """Return what a chart is called that nobody named: its type, ``Horizontal Bar``."""
    return type.title()


def chart_type(visualized: do.Visualize) -> ChartType:
    """Return how rows are drawn of which people did not say how."""
    return visualized.type or ("line" if len(visualized.paths) == 1 else "bar")


# ---- adding -------------------------------------------------------------------------------------


def _add_chart(project: Project, panel: Panel, command: do.AddChart) -> Project:
    type, lock = command.type, command.lock
    source = nearest(panel) if command.source is UNSET else command.source
    if source is not None:
        tree.find_table(project, source)
    if lock is not None:
        _check_lock(project, source, lock)
    name = _title(command.title, default_title(type), panel)
    project, chart_id = tree.new_id(project, "v")
    chart = Chart(id=chart_id, kind=type, title=name, source=source, lock=lock)
    return tree.with_panel(project, replace(panel, items=_with_new(panel.items, chart)))


def nearest(panel: Panel) -> str | None:
    """Return the id of the table that a new chart of a panel draws: the last one that is shown."""
    there = [each for each in panel.items if isinstance(each, Table)]
    shown = [each for each in there if not each.hidden]
    return (shown or there)[-1].id if there else None


def nearest_to(command: do.AddChart, project: Project, table: str | None) -> do.AddChart:
    """Return the command with the table that people work on as its source, where that is in the panel."""
    if command.source is UNSET and table is not None and tree.panel_of(project, table).id == command.panel:
        return replace(command, source=table)
    return command


def _with_new(items: tuple[PanelItem, ...], chart: Chart) -> tuple[PanelItem, ...]:
    """Return the items with a chart at the end; a number beside the number that is there, if it has room."""
    if chart.kind not in NUMBERS:
        return (*items, chart)
    width, height = _NUMBER_SIZE
    found = tiles.boxes(items)
    last = items[-1] if items else None
    spot = Place(0, max((each.y + each.h for each in found.values()), default=0), width, height)
    if isinstance(last, Chart) and last.kind in NUMBERS:
        beside = found[last.id]
        if beside.x + beside.w + width <= tiles.COLUMNS:
            spot = Place(beside.x + beside.w, beside.y, width, beside.h)
    return tiles.placed((*items, chart), chart, spot)


def _visualize(project: Project, command: do.Visualize) -> Project:
    table = tree.find_table(project, command.table)
    if not command.paths or not all(command.paths):
        message = "No row was named to visualize."
        raise RefusedError(message)
    above = command.paths[0][:-1]
    if any(each[:-1] != above for each in command.paths):
        message = "Rows of different breakdowns can't be drawn in one chart. Select rows under one head."
        raise RefusedError(message)
    lock = locked_to(above, tuple(each[-1] for each in command.paths), command.columns)
    _check_lock(project, table.id, lock)
    panel, kind = tree.panel_of(project, table.id), chart_type(command)
    project, chart_id = tree.new_id(project, "v")
    title = _title(None, default_title(kind), panel)
    chart = Chart(id=chart_id, kind=kind, title=title, source=table.id, lock=lock)
    at = panel.items.index(table)
    items = (*panel.items[:at], chart, *panel.items[at:])
    if any(each.place is not None for each in items) and not table.hidden:
        box = tiles.boxes(panel.items)[table.id]
        items = tiles.placed(items, chart, Place(box.x, box.y, box.w, None))
    return tree.with_panel(project, replace(panel, items=items))


def locked_to(block: do.Address, rows: tuple[do.Step, ...], columns: tuple[str, ...] = ()) -> Lock:
    """Return the lock to some rows of a block: by rank where ranks are given, by item otherwise."""
    ranks = tuple(each.position for each in rows if isinstance(each, AtPosition))
    if ranks:
        if len(ranks) < len(rows):
            message = "Rows are locked by their ranks or by their items, not by both."
            raise RefusedError(message)
        return LockPositions(block=block, rows=ranks, columns=columns)
    items = tuple(each for each in rows if not isinstance(each, AtPosition))
    return LockItems(block=block, rows=items, columns=columns)


def _add_text(project: Project, panel: Panel, text: str, title: str | None) -> Project:
    _check_text(text)
    name = _title(title, "Text", panel)
    project, text_id = tree.new_id(project, "n")
    return tree.with_panel(project, replace(panel, items=(*panel.items, Text(text_id, name, text))))


def _title(title: str | None, default: str, panel: Panel) -> str:
    if title is None:
        return tree.untaken(default, (each.title for each in panel.items))
    return tree.plain_title(title)


# ---- changing -----------------------------------------------------------------------------------


def _with(project: Project, chart: Chart, **changes: object) -> Project:
    return tree.with_item(project, replace(chart, **changes))


def given(command: do.SetChart) -> dict[str, object]:
    """Return the settings that a command changes, by name."""
    return {name: value for name, value in asdict(command).items() if value is not UNSET and name != "chart"}


def _with_settings(project: Project, chart: Chart, command: do.SetChart) -> Chart:
    changes = given(command)
    if command.title is not UNSET:
        changes["title"] = tree.plain_title(command.title)
    kind = changes.pop("type", chart.kind)
    if kind != chart.kind and command.title is UNSET:
        others = [each.title for each in tree.panel_of(project, chart.id).items if each is not chart]
        if chart.title == tree.untaken(default_title(chart.kind), others):
            changes["title"] = tree.untaken(default_title(kind), others)  # type: ignore[arg-type]
    _check_settings(command)
    return replace(chart, kind=kind, **changes)


def _check_settings(command: do.SetChart) -> None:
    if isinstance(command.max_items, int) and not 1 <= command.max_items <= MOST_ITEMS:
        message = f"A chart can't have {command.max_items} items. Accepted: 1 to {MOST_ITEMS}."
        raise RefusedError(message)
    if isinstance(command.threshold, float) and not math.isfinite(command.threshold):
        message = "A threshold is a finite number."
        raise RefusedError(message)
    if isinstance(command.abbreviate, int) and not 0 <= command.abbreviate <= _MOST_DECIMALS:
        message = f"Figures are cut down to 0 to {_MOST_DECIMALS} decimals, not {command.abbreviate}."
        raise RefusedError(message)
    if isinstance(command.goals, Goals):
        _check_goals(command.goals)


def _check_goals(goals: Goals) -> None:
    values = (goals.low, goals.mid, goals.high)
    if not all(map(math.isfinite, values)) or not 0 < goals.low < goals.mid < goals.high:
        message = (
            f"Goals go up, from above 0: low {goals.low:g}, mid {goals.mid:g}, high {goals.high:g} do not."
        )
        raise RefusedError(message)


def _lock(project: Project, chart: Chart, lock: Lock | str | None) -> Project:
    if isinstance(lock, str):
        message = "Which cells the chart is locked to is only known where it is drawn."
        raise RefusedError(message)
    if lock is not None:
        _check_lock(project, chart.source, lock)
    return _with(project, chart, lock=lock)


def _check_lock(project: Project, source: str | None, lock: Lock) -> None:
    """Raise unless the cells are there, and can be kept in a file."""
    if source is None:
        message = "The chart draws no table, so it can't be locked to cells of one."
        raise RefusedError(message)
    table = tree.find_table(project, source)
    for column in lock.columns:
        tree.find_column(table, column)
    block = tree.block_at(table, lock.block)
    if isinstance(lock, LockPositions):
        if any(not 1 <= each <= MOST_ITEMS for each in lock.rows):
            message = f"Rows are counted from 1 to {MOST_ITEMS}."
            raise RefusedError(message)
    elif block.rows is None and not {each.id for each in block.static}.issuperset(lock.rows):
        message = "A row that the chart would be locked to is not there."
        raise RefusedError(message)
    elif any(isinstance(each, float) and not math.isfinite(each) for each in lock.rows):
        message = "A row whose item is not a finite number can't be kept in a report."
        raise RefusedError(message)
    if len(lock.rows) > MOST_ITEMS:
        message = f"A chart can't be locked to {len(lock.rows)} rows. Accepted: up to {MOST_ITEMS}."
        raise RefusedError(message)


def _show(project: Project, table: Table, hidden: bool) -> Project:
    if table.hidden == hidden:
        return project
    panel = tree.panel_of(project, table.id)
    items = [replace(each, hidden=hidden) if each is table else each for each in panel.items]
    return tree.with_panel(project, replace(panel, items=tiles.settled(items)))


def _check_text(text: str) -> None:
    if len(text) > _LONGEST_TEXT:
        message = f"A text can't be longer than {_LONGEST_TEXT:,} characters; this one has {len(text):,}."
        raise RefusedError(message)
