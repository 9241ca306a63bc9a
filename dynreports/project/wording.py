"""What commands are called: the tips of Undo and Redo, and what a screen reader says when one is done."""

from __future__ import annotations

from collections.abc import Callable

from dynreports.errors import DynReportsError
from dynreports.project import intents as do
from dynreports.project import tiles, tree
from dynreports.project.called import called, filter_at, filter_label, item_label, period_label
from dynreports.project.chart_words import chart_words
from dynreports.project.dropping import axis_of, kinds_of, place_of
from dynreports.project.drops import RULES
from dynreports.project.marks import filters_of
from dynreports.project.model import (
    AtPosition,
    Project,
    Table,
)
from dynreports.project.searching import only_words, search_label
from dynreports.project.settings import column_words, row_words
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.locales import locale_of

PAST = {
    "Add": "Added",
    "Align": "Aligned",
    "Break": "Broke",
    "Change": "Changed",
    "Clear": "Cleared",
    "Collapse": "Collapsed",
    "Compare": "Compared",
    "Count": "Counting",
    "Cut": "Cut",
    "Delete": "Deleted",
    "Draw": "Drawing",
    "Duplicate": "Duplicated",
    "Expand": "Expanded",
    "Filter": "Filtered",
    "Fit": "Fitted",
    "Hide": "Hid",
    "Keep": "Kept",
    "Let": "Let",
    "Lock": "Locked",
    "Move": "Moved",
    "Remove": "Removed",
    "Rename": "Renamed",
    "Replace": "Replaced",
    "Resize": "Resized",
    "Restore": "Restored",
    "Search": "Searched",
    "Set": "Set",
    "Show": "Showing",
    "Sort": "Sorted",
    "Split": "Split",
    "Stack": "Stacked",
    "Visualize": "Visualized",
    "Wrap": "Wrapped",
    "Write": "Wrote",
}
"""Every imperative that a label starts with, and how it is told afterwards."""

_LONGEST = 160

RowName = Callable[[str, do.Address], str | None]
"""Finds what a row (table id, address) is called on the screen; ``None``: not known."""


def said(label: str) -> str:
    """Return the label of a command as a sentence about what was done."""
    first, _, rest = label.partition(" ")
    return f"{PAST[first]} {rest}".strip() + "."


def label(
    command: do.Command, project: Project, catalog: Catalog, row_name: RowName = lambda _table, _path: None
) -> str:
    """Return what a command does, in words, as seen from the project before it.

    Parameters
    ----------
    command, project, catalog
        The command, and what it is about.
    row_name
        What rows are called on the screen; without it they go by their identity.
    """
    try:
        text = _label(command, project, catalog, row_name)
    except DynReportsError:  # a part or component that is gone: the command says so itself
        text = "Change the report"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _label(command: do.Command, project: Project, catalog: Catalog, row_name: RowName) -> str:
    match command:
        case do.Drop():
            return _drop_label(command, project, catalog, row_name)
        case do.SaveSegment(None, given, panel=str(panel)):
            return f"Filter {tree.find_panel(project, panel).title} by {given}"
        case do.SaveMetric(id, given) | do.SaveSegment(id, given):
            kind = "metric" if isinstance(command, do.SaveMetric) else "segment"
            return f"Add the {kind} {given}" if id is None else f"Change the {kind} {given}"
        case do.RemoveComponent(component):
            return f"Delete the {component.kind} {called(component, catalog)}"
        case do.DuplicateComponent(component):
            return f"Duplicate {called(component, catalog)}"
        case do.RenameProject(title):
            return f"Rename the report to {title}"
        case do.SetLocale(locale):
            return f"Write numbers as in {locale_of(locale).name}"
        case do.Clear():
            return "Clear all panels"
        case do.AddPanel(table=with_table):
            return "Add a panel with a table" if with_table else "Add a blank panel"
        case do.AddTable(panel):
            return f"Add a table to {tree.find_panel(project, panel).title}"
        case do.SetPeriod(panel, period):
            where = "all panels" if panel is None else tree.find_panel(project, panel).title
            return f"Set the period of {where} to {period_label(period)}"
        case do.RemovePanel() | do.RenamePanel() | do.CollapsePanel() | do.FilterPanel() | do.RemoveFilter():
            return _panel_label(command, project, catalog)
        case do.FilterMarks(chart, marks):
            filters = filters_of(project, chart, marks)
            names = ", ".join(filter_label(each, catalog) for each in filters)
            return f"Filter {tree.panel_of(project, chart).title} by {names}"
        case do.RemoveItem() | do.RenameItem() | do.CollapseItem():
            return _item_label(command, tree.find_item(project, command.item).title)
        case (
            do.AddChart() | do.Visualize() | do.SetChart() | do.BindChart() | do.LockChart()
            | do.ShowTable() | do.AddText() | do.SetText()
        ):  # fmt: skip
            return chart_words(command, project, lambda table, path: _row(table, path, row_name))
        case do.MovePanel() | do.DuplicatePanel() | do.PlaceItem() | do.MoveItem() | do.DuplicateItem():
            return _arranging_label(command, project)
        case do.SetColumn() | do.SetWidth() | do.SetRows():
            return _settings_label(command, tree.find_table(project, command.table), catalog)
        case (
            do.AddColumn()
            | do.RemoveColumn()
            | do.RemoveColumnFilter()
            | do.MoveColumn()
            | do.SetSort()
            | do.RemoveLevel()
            | do.AddPeriodColumn()
            | do.CompareColumn()
        ):
            return _column_label(command, tree.find_table(project, command.table), catalog)
        case _:
            return _row_label(command, tree.find_table(project, command.table), catalog, row_name)


def _panel_label(
    command: do.RemovePanel | do.RenamePanel | do.CollapsePanel | do.FilterPanel | do.RemoveFilter,
    project: Project,
    catalog: Catalog,
) -> str:
    panel = tree.find_panel(project, command.panel)
    match command:
        case do.RemovePanel():
            return f"Remove {panel.title}"
        case do.RenamePanel(title=title):
            return f"Rename {panel.title} to {title}"
        case do.CollapsePanel(collapsed=collapsed):
            return f"{_fold(collapsed)} {panel.title}"
        case do.FilterPanel(filter=added):
            return f"Filter {panel.title} by {filter_label(added, catalog)}"
        case do.RemoveFilter(index=index):
            return f"Remove {filter_at(panel.filters, index, catalog)} from {panel.title}"


def _item_label(command: do.RemoveItem | do.RenameItem | do.CollapseItem, title: str) -> str:
    match command:
        case do.RemoveItem():
            return f"Remove {title}"
        case do.RenameItem(title=renamed):
            return f"Rename {title} to {renamed}"
        case do.CollapseItem(collapsed=collapsed):
            return f"{_fold(collapsed)} {title}"


def _arranging_label(
    command: do.MovePanel | do.DuplicatePanel | do.PlaceItem | do.MoveItem | do.DuplicateItem,
    project: Project,
) -> str:
    match command:
        case do.MovePanel(panel, before):
            place = "to the end" if before is None else f"before {tree.find_panel(project, before).title}"
            return f"Move {tree.find_panel(project, panel).title} {place}"
        case do.DuplicatePanel(panel):
            return f"Duplicate {tree.find_panel(project, panel).title}"
        case do.MoveItem(item, panel):
            return f"Move {tree.find_item(project, item).title} to {tree.find_panel(project, panel).title}"
        case do.DuplicateItem(item):
            return f"Duplicate {tree.find_item(project, item).title}"
        case do.PlaceItem(item, x, y, _, _):
            part = tree.find_item(project, item)
            box = tiles.boxes(tree.panel_of(project, item).items)[item]
            return f"{'Resize' if (x, y) == (box.x, box.y) else 'Move'} {part.title}"


def _column_label(
    command: do.AddColumn
    | do.RemoveColumn
    | do.RemoveColumnFilter
    | do.MoveColumn
    | do.SetSort
    | do.RemoveLevel
    | do.AddPeriodColumn
    | do.CompareColumn,
    table: Table,
    catalog: Catalog,
) -> str:
    match command:
        case do.AddPeriodColumn(column=column, over=over):
            return f"Add {column_label(table, column, catalog)} over {filter_label(over, catalog)}"
        case do.CompareColumn(column=column, to=other):
            return f"Compare {column_label(table, column, catalog)} with {filter_label(other, catalog)}"
        case do.RemoveLevel(columns=columns, index=index):
            part = tree.find_column(table, columns[0]) if columns else None
            gone = "a header" if part is None else filter_at(part.filters, index, catalog)
            return f"Remove {gone} from {len(columns)} columns"
        case do.AddColumn(metric=metric):
            return f"Add {called(Ref('metric', metric), catalog)} as a column"
        case do.SetSort(column=column, descending=descending):
            by = rows_label(table, catalog) if column is None else column_label(table, column, catalog)
            return f"Sort by {by}, {'descending' if descending else 'ascending'}"
        case do.RemoveColumn(column=column):
            return f"Remove the column {column_label(table, column, catalog)}"
        case do.MoveColumn(column=column, before=before):
            place = "to the end" if before is None else f"before {column_label(table, before, catalog)}"
            return f"Move {column_label(table, column, catalog)} {place}"
        case do.RemoveColumnFilter(column=column, index=index):
            gone = filter_at(tree.find_column(table, column).filters, index, catalog)
            return f"Remove {gone} from {column_label(table, column, catalog)}"


def _settings_label(command: do.SetColumn | do.SetWidth | do.SetRows, table: Table, catalog: Catalog) -> str:
    match command:
        case do.SetColumn(column=column):
            return column_words(command, column_label(table, column, catalog))
        case do.SetWidth(column=column, width=width):
            name = rows_label(table, catalog) if column is None else column_label(table, column, catalog)
            return f"{'Fit' if width is None else 'Set'} the width of {name}"
        case do.SetRows(path=path):
            return row_words(command, rows_label(tree.block_at(table, path), catalog))


def _row_label(command: do.Command, table: Table, catalog: Catalog, row_name: RowName) -> str:
    match command:
        case do.AddRows(rows=rows):
            return f"Add {', '.join(filter_label(each, catalog) for each in rows)} to {table.title}"
        case do.RemoveRow(path=path, others=()):
            return f"Remove the row {_row(table.id, path, row_name)}"
        case do.RemoveRow(path=path, others=others):
            return f"Remove {only_words([_row(table.id, each, row_name) for each in (path, *others)])}"
        case do.SetLimit(limit=limit):
            return f"Show {limit} rows on a page"
        case do.SetSearch(path=path):
            return search_label(command, rows_label(tree.block_at(table, path), catalog))
        case do.KeepRows(paths=paths):
            return f"Keep only {only_words([_row(table.id, each, row_name) for each in paths])}"
        case do.ShowAllRows(path=path):
            return f"Show all rows of {rows_label(tree.block_at(table, path), catalog)}"
        case do.CollapseBreakdown(path=path, collapsed=collapsed):
            return f"{_fold(collapsed)} {_row(table.id, path, row_name)}"
        case do.RemoveBreakdown(path=path):
            return f"Remove the breakdown of {_row(table.id, path, row_name)}"
    return "Change the report"


def _drop_label(command: do.Drop, project: Project, catalog: Catalog, row_name: RowName) -> str:
    names = [called(ref, catalog) for ref in command.components]
    if axis_of(command) is None:
        names += [item_label(each.by, each.item, catalog) for each in command.items]
    name = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    target = command.target
    phrase = RULES[kinds_of(command)[0]].get(place_of(project, target), "Show {name}")
    side = target.side if isinstance(target, do.OnEdge | do.OnBetween) else ""
    return phrase.format(name=name, side=side, target=_target_label(target, project, catalog, row_name))


def _target_label(target: do.Target, project: Project, catalog: Catalog, row_name: RowName) -> str:
    match target:
        case do.OnPanel(panel) | do.OnNewTable(panel):
            return tree.find_panel(project, panel).title
        case do.OnEdge(table, column) | do.OnColumn(table, column):
            return column_label(tree.find_table(project, table), column, catalog)
        case do.OnRow(table, paths):
            return _row(table, paths[0], row_name) if len(paths) == 1 else f"{len(paths)} rows"
        case do.OnRows(table, path):
            block = tree.block_at(tree.find_table(project, table), path)
            return rows_label(block, catalog)
        case do.OnBetween(table, path):
            return _row(table, path, row_name)
        case do.OnColumns(table) | do.OnAbove(table):
            return tree.find_table(project, table).title


def column_label(table: Table, column_id: str, catalog: Catalog) -> str:
    """Return the label of a column's metric."""
    return called(Ref("metric", tree.find_column(table, column_id).metric), catalog)


def rows_label(block: tree.Block, catalog: Catalog) -> str:
    """Return the label of what stands in the rows."""
    return "the rows" if block.rows is None else called(block.rows, catalog)


def _row(table: str, path: do.Address, row_name: RowName) -> str:
    if not path:
        return "the rows"
    name = row_name(table, path)
    if name is not None:
        return name
    last = path[-1]
    if isinstance(last, AtPosition):
        return f"row {last.position}"
    return "N/A" if last is None else str(last)


def _fold(collapsed: bool) -> str:
    return "Collapse" if collapsed else "Expand"
