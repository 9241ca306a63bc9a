"""What every command but a drop does to the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from dynreports.errors import InvalidInputError, RefusedError
from dynreports.project import charting, own, rows, tiles, tree
from dynreports.project import intents as do
from dynreports.project.arranging import arrange
from dynreports.project.called import filter_label
from dynreports.project.checks import check_filter, check_period
from dynreports.project.columns import comparison, insert_columns, over_period, with_filter, without_column
from dynreports.project.dropping import add_table, drop
from dynreports.project.marks import filters_of
from dynreports.project.model import (
    PAGE_SIZES,
    Column,
    Panel,
    PeriodFilter,
    Project,
    ShiftFilter,
    Sort,
    Table,
)
from dynreports.project.searching import keep_rows, searched, show_all
from dynreports.project.settings import with_row_settings, with_settings, with_width
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.locales import locale_of

Part = TypeVar("Part")


def apply(project: Project, command: do.Command, catalog: Catalog) -> Project:
    """Return the project after a command; the same object when the command changes nothing.

    Raises
    ------
    RefusedError
        If the command is impossible here. The project given is a value: it never changes.
    UnknownNameError
        If a panel, table, column or component does not exist.
    """
    changed = _apply(project, command, catalog)
    return project if changed == project else changed


def _apply(project: Project, command: do.Command, catalog: Catalog) -> Project:
    match command:
        case do.Drop():
            return drop(project, command, catalog)
        case do.SaveMetric() | do.SaveSegment() | do.RemoveComponent() | do.DuplicateComponent():
            return own.change(project, command, catalog)
        case do.RenameProject(title):
            return replace(project, title=tree.plain_title(title))
        case do.SetLocale(locale):
            return replace(project, locale=locale_of(locale).tag)
        case do.Clear():
            return replace(project, panels=())
        case do.AddPanel():
            return _add_panel(project, command)
        case do.RemovePanel(panel):
            gone = tree.find_panel(project, panel)
            return replace(project, panels=tuple(each for each in project.panels if each is not gone))
        case do.SetPeriod():
            return _set_period(project, command, catalog)
        case do.RenamePanel() | do.CollapsePanel() | do.FilterPanel() | do.RemoveFilter():
            panel_now = tree.find_panel(project, command.panel)
            return tree.with_panel(project, _edit_panel(panel_now, command, catalog))
        case do.AddTable(panel, title):
            return add_table(project, panel, None if title is None else tree.plain_title(title))[0]
        case do.FilterMarks(chart, marks):
            panel_now = tree.panel_of(project, chart)
            for added in filters_of(project, chart, marks):
                check_filter(added, catalog)
                label = filter_label(added, catalog)
                panel_now = with_filter(panel_now, added, panel_now.title, label)
            return tree.with_panel(project, panel_now)
        case do.RemoveItem(item):
            holder = tree.panel_of(project, item)
            left = [each for each in holder.items if each.id != item]
            return tree.with_panel(project, replace(holder, items=tiles.settled(left)))
        case do.RenameItem(item, title):
            renamed = replace(tree.find_item(project, item), title=tree.plain_title(title))
            return tree.with_item(project, renamed)
        case do.CollapseItem(item, collapsed):
            return tree.with_item(project, replace(tree.find_item(project, item), collapsed=collapsed))
        case (
            do.AddChart() | do.Visualize() | do.SetChart() | do.BindChart() | do.LockChart()
            | do.ShowTable() | do.AddText() | do.SetText()
        ):  # fmt: skip
            return charting.change(project, command)
        case do.MovePanel() | do.DuplicatePanel() | do.PlaceItem() | do.MoveItem() | do.DuplicateItem():
            return arrange(project, command)
        case do.AddColumn():
            return _add_column(project, command, catalog)
        case do.AddPeriodColumn() | do.CompareColumn():
            return _compare(project, command, catalog)
        case do.AddRows():
            return _add_rows(project, command, catalog)
        case _:
            table_now = tree.find_table(project, command.table)
            return tree.with_table(project, _edit_table(table_now, command, catalog))


def _add_panel(project: Project, command: do.AddPanel) -> Project:
    title = "Freeform" if command.table else "Blank Panel"
    if command.title is not None:
        title = tree.plain_title(command.title)
    else:
        title = tree.untaken(title, (panel.title for panel in project.panels))
    period = project.panels[-1].period if project.panels else None
    project, panel_id = tree.new_id(project, "p")
    project = replace(project, panels=(*project.panels, Panel(id=panel_id, title=title, period=period)))
    return add_table(project, panel_id, None)[0] if command.table else project


def _set_period(project: Project, command: do.SetPeriod, catalog: Catalog) -> Project:
    check_period(command.period, catalog)
    if command.panel is not None:
        panel = tree.find_panel(project, command.panel)
        return tree.with_panel(project, replace(panel, period=command.period))
    return replace(project, panels=tuple(replace(each, period=command.period) for each in project.panels))


def _edit_panel(
    panel: Panel,
    command: do.RenamePanel | do.CollapsePanel | do.FilterPanel | do.RemoveFilter,
    catalog: Catalog,
) -> Panel:
    match command:
        case do.RenamePanel(title=title):
            return replace(panel, title=tree.plain_title(title))
        case do.CollapsePanel(collapsed=collapsed):
            return replace(panel, collapsed=collapsed)
        case do.FilterPanel(filter=added):
            check_filter(added, catalog)
            return with_filter(panel, added, panel.title, filter_label(added, catalog))
        case do.RemoveFilter(index=index):
            return replace(panel, filters=_without(panel.filters, index))


def _add_column(project: Project, command: do.AddColumn, catalog: Catalog) -> Project:
    catalog.get(Ref("metric", command.metric))
    table = tree.find_table(project, command.table)
    before = None
    if command.before is not None:
        before = table.columns.index(tree.find_column(table, command.before))
    column = Column(id="", metric=command.metric)
    for added in command.filters:
        check_filter(added, catalog)
        if isinstance(added, ShiftFilter):
            column = replace(column, filters=(*column.filters, added))
        else:
            column = with_filter(column, added, "This column", filter_label(added, catalog))
    if command.compare is not None:
        check_filter(command.compare.to, catalog)
        column = replace(column, compare=command.compare)
    return insert_columns(project, table, [column], before, catalog)


def _compare(project: Project, command: do.AddPeriodColumn | do.CompareColumn, catalog: Catalog) -> Project:
    table = tree.find_table(project, command.table)
    column = tree.find_column(table, command.column)
    if column.compare is not None:
        message = "This column compares two periods already: compare the column beside it."
        raise RefusedError(message)
    if isinstance(command, do.AddPeriodColumn):
        other, added = command.over, [over_period(column, command.over)]
    else:
        other, added = command.to, comparison(column, command.to)
    check_filter(other, catalog)
    own = [each for each in column.filters if isinstance(each, PeriodFilter)]
    if isinstance(other, ShiftFilter) and not own and tree.panel_of(project, table.id).period is None:
        message = "All dates have no period before them: choose a period for the panel or the column first."
        raise RefusedError(message)
    position = table.columns.index(column) + 1
    return insert_columns(project, table, [replace(each, id="") for each in added], position, catalog)


def _add_rows(project: Project, command: do.AddRows, catalog: Catalog) -> Project:
    if not command.rows:
        message = "No rows were given."
        raise RefusedError(message)
    for each in command.rows:
        check_filter(each, catalog)
    table = tree.find_table(project, command.table)
    if command.path:
        return rows.break_down(project, table.id, command.path, command.rows)
    if not table.static:
        return rows.show_rows(project, table, command.rows)
    return rows.add_rows(project, table.id, (table.static[-1].id,), command.rows, "after")


def _without_level(table: Table, command: do.RemoveLevel) -> Table:
    wanted = [tree.find_column(table, each) for each in command.columns]
    if not wanted:
        message = "No column was named."
        raise RefusedError(message)
    changed = {each.id: replace(each, filters=_without(each.filters, command.index)) for each in wanted}
    return replace(table, columns=tuple(changed.get(each.id, each) for each in table.columns))


def _edit_table(table: Table, command: do.Command, catalog: Catalog) -> Table:
    match command:
        case do.SetSort(column=column, descending=descending):
            if column is not None:
                tree.find_column(table, column)
            return replace(table, sort=Sort(column, descending))
        case do.RemoveColumn(column=column):
            return without_column(table, tree.find_column(table, column), catalog)
        case do.RemoveColumnFilter(column=column, index=index):
            part = tree.find_column(table, column)
            part = replace(part, filters=_without(part.filters, index))
            columns = (part if each.id == part.id else each for each in table.columns)
            return replace(table, columns=tuple(columns))
        case do.RemoveLevel():
            return _without_level(table, command)
        case do.RemoveRow(path=path, others=others):
            return rows.remove_rows(table, (path, *others), catalog)
        case do.MoveColumn(column=column, before=before):
            onto = None if before is None else tree.find_column(table, before)
            return replace(table, columns=tree.moved(table.columns, tree.find_column(table, column), onto))
        case do.SetColumn(column=column):
            part = with_settings(tree.find_column(table, column), command, catalog)
            return replace(
                table, columns=tuple(part if each.id == part.id else each for each in table.columns)
            )
        case do.SetWidth():
            return with_width(table, command)
        case do.SetRows():
            return with_row_settings(table, command)
        case do.KeepRows():
            return keep_rows(table, command, catalog)
        case do.SetLimit() | do.SetSearch() | do.ShowAllRows() | do.CollapseBreakdown():
            return tree.change_block(table, command.path, _block_change(command))
        case do.RemoveBreakdown(path=path):
            if not path:
                message = "The rows of a table are replaced, not removed."
                raise RefusedError(message)
            tree.block_at(table, path)
            return tree.change_block(table, path[:-1], lambda block: tree.with_child(block, path[-1], None))
    message = f"{type(command).__name__} is no command for a table."
    raise InvalidInputError(message)


def _block_change(
    command: do.SetLimit | do.SetSearch | do.ShowAllRows | do.CollapseBreakdown,
) -> Callable[[tree.Block], tree.Block]:
    match command:
        case do.SetLimit(limit=limit):
            if not 1 <= limit <= PAGE_SIZES[-1]:
                message = f"A page can't have {limit} rows. Accepted: 1 to {PAGE_SIZES[-1]}."
                raise RefusedError(message)
            return lambda block: replace(block, limit=limit)
        case do.SetSearch():
            return lambda block: replace(block, search=searched(block.search, command))
        case do.ShowAllRows():
            return show_all
        case do.CollapseBreakdown(collapsed=collapsed):
            return lambda block: replace(block, collapsed=collapsed)


def _without(filters: tuple[Part, ...], index: int) -> tuple[Part, ...]:
    if not 0 <= index < len(filters):
        message = "That filter is not there (any more)."
        raise RefusedError(message)
    return (*filters[:index], *filters[index + 1 :])
