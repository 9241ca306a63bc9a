"""What a drop does to the document. Whether it is possible at all stands in `dynreports.project.drops`."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import rows as static
from dynreports.project import tree
from dynreports.project.called import filter_label
from dynreports.project.checks import check_component, check_item
from dynreports.project.columns import insert_columns, with_filter, with_new_rows, with_period
from dynreports.project.drops import RULES, DropKind, refusal, too_many
from dynreports.project.intents import (
    Address,
    Drop,
    ItemOf,
    OnAbove,
    OnBetween,
    OnColumn,
    OnColumns,
    OnEdge,
    OnNewTable,
    OnPanel,
    OnRow,
    OnRows,
    Step,
    Target,
)
from dynreports.project.model import (
    Breakdown,
    Column,
    ColumnFilter,
    Filter,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    Project,
    RowFilter,
    SegmentFilter,
    Table,
    ValueFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.period import Preset

MAX_BREAKDOWNS = 200
MOST_COLUMNS = 200


def drop(project: Project, command: Drop, catalog: Catalog) -> Project:
    """Return the project after a drop of one or several things on one target."""
    target, place = command.target, place_of(project, command.target)
    kinds = kinds_of(command)
    if not kinds:
        message = "Nothing was dropped."
        raise RefusedError(message)
    for kind in kinds:
        if place not in RULES[kind]:
            raise RefusedError(refusal(kind, place))
    problem = too_many(kinds, place)
    if problem is not None:
        raise RefusedError(problem)
    for ref in command.components:
        check_component(ref, catalog)
    for each in command.items:
        check_item(each.by, each.item, catalog)
    match target:
        case OnRows():
            return _on_rows(project, command, target, catalog)
        case OnRow():
            return _on_row(project, command, target, catalog)
        case OnBetween(table, path, side):
            return static.add_rows(project, table, path, _rows(command), side)
        case OnColumn():
            return _on_column(project, command, target, catalog)
        case OnAbove(table):
            return _above(project, tree.find_table(project, table), command, catalog)
        case OnPanel():
            return _on_panel(project, command, target, catalog)
        case OnNewTable():
            return _on_new_table(project, command, target, catalog)
    return _as_columns(project, command, target, catalog)


def kinds_of(command: Drop) -> list[DropKind]:
    """Return what is dropped, by kind; the top items of a dimension are no more than the dimension."""
    kinds: list[DropKind] = [each.kind for each in command.components]
    return kinds if axis_of(command) else kinds + ["item"] * len(command.items)


def axis_of(command: Drop) -> Ref | None:
    """Return the dimension or time unit among the components."""
    return next((each for each in command.components if each.kind in ("dimension", "time")), None)


def place_of(project: Project, target: Target) -> str:
    """Return the key of the target in the rules."""
    if isinstance(target, OnRows) and not target.path:
        table = tree.find_table(project, target.table)
        return "rows" if table.rows or table.static else "rows:empty"
    return str(target.__struct_config__.tag)


def _rows(command: Drop) -> list[RowFilter]:
    """Return what is dropped as static rows."""
    found: list[RowFilter] = []
    for ref in command.components:
        if ref.kind == "segment":
            found.append(SegmentFilter(ref.id))
        elif ref.kind == "period":
            found.append(PeriodFilter(Preset(ref.id)))
        elif ref.kind == "metric":
            found.append(MetricFilter(ref.id))
    return [*found, *map(_item_filter, command.items)]


def _item_filter(each: ItemOf) -> ItemFilter:
    kind = "time" if each.by.kind == "time" else "dimension"
    return ItemFilter(each.by.id, (each.item,), kind)  # type: ignore[arg-type]  # one of the two


def _joined(command: Drop) -> list[ItemFilter]:
    """Return items that are dropped together as filters: no record has two of a dimension, so any will do."""
    by = dict.fromkeys(each.by for each in command.items)
    return [
        replace(
            _item_filter(next(each for each in command.items if each.by == ref)),
            items=tuple(dict.fromkeys(each.item for each in command.items if each.by == ref)),
        )
        for ref in by
    ]


# ---- rows ---------------------------------------------------------------------------------------


def _on_rows(project: Project, command: Drop, target: OnRows, catalog: Catalog) -> Project:
    table, axis = tree.find_table(project, target.table), axis_of(command)
    if axis is None:
        if not target.path:
            return static.drop_rows(project, table, _rows(command), catalog)
        tree.existing_child(tree.block_at(table, target.path[:-1]), target.path[-1])
        return static.replace_breakdown(project, table.id, target.path, _rows(command))
    if not target.path:
        if table.rows == axis:
            return project
        return tree.with_table(project, with_new_rows(table, axis, catalog))
    _refuse_repetition(tree.blocks_along(table, target.path)[:-1], axis, catalog)
    change = partial(_broken_down, step=target.path[-1], ref=axis)
    return tree.with_table(project, tree.change_block(table, target.path[:-1], change))


def _on_row(project: Project, command: Drop, target: OnRow, catalog: Catalog) -> Project:
    table, axis = tree.find_table(project, target.table), axis_of(command)
    if not target.paths or not all(target.paths):
        message = "No row was named to break down."
        raise RefusedError(message)
    # The deepest rows first: a breakdown of their parent takes their place with everything under it.
    for path in sorted(target.paths, key=len, reverse=True):
        if axis is None:
            project = static.break_down(project, table.id, path, _rows(command))
        else:
            static.check_row(table, path)
            table = _with_breakdown(table, path, axis, catalog)
    if axis is not None:
        project = tree.with_table(project, table)
    if tree.count_breakdowns(tree.find_table(project, table.id)) > MAX_BREAKDOWNS:
        message = f"A table can have at most {MAX_BREAKDOWNS} breakdowns. Remove some of them first."
        raise RefusedError(message)
    return project


def _with_breakdown(table: Table, path: Address, ref: Ref, catalog: Catalog) -> Table:
    _refuse_repetition(tree.blocks_along(table, path[:-1]), ref, catalog)
    return tree.change_block(table, path[:-1], partial(_broken_down, step=path[-1], ref=ref))


def _refuse_repetition(parents: list[tree.Block], ref: Ref, catalog: Catalog) -> None:
    if any(ref == each.rows for each in parents):
        label = catalog.get(ref).label
        message = f"These rows are one item of {label} already, so {label} can't break them down further."
        raise RefusedError(message)


def _broken_down(block: tree.Block, step: Step, ref: Ref) -> tree.Block:
    child = tree.child_at(block, step)
    if child is not None and child.by == ref:
        return block
    return tree.with_child(block, step, Breakdown(at=tree.at(step), by=ref))


# ---- columns ------------------------------------------------------------------------------------


def _filters(command: Drop) -> list[ColumnFilter]:
    """Return what is dropped as filters of the same column."""
    alone = [each for each in _rows(command) if not isinstance(each, ItemFilter)]
    return [*alone, *_joined(command)]


def _items(command: Drop) -> list[ItemFilter]:
    """Return the top items of the dimension that is dropped."""
    axis = axis_of(command)
    if axis is not None and not command.items:
        message = "There are no items to make columns of here: no record counts."
        raise RefusedError(message)
    return [_item_filter(each) for each in command.items]


def _as_columns(project: Project, command: Drop, target: OnColumns | OnEdge, catalog: Catalog) -> Project:
    table = tree.find_table(project, target.table)
    before, metric, variant = None, next(iter(row_count(catalog)), None), None
    if isinstance(target, OnEdge):
        beside = tree.find_column(table, target.column)
        before = table.columns.index(beside) + (target.side == "after")
        metric, variant = beside.metric, beside.variant
    added = [Column(id="", metric=ref.id) for ref in command.components if ref.kind == "metric"]
    narrow: list[ColumnFilter] = [each for each in _rows(command) if not isinstance(each, MetricFilter)]
    if axis_of(command) is not None:
        narrow = list(_items(command))
    if narrow and metric is None:
        message = "This data has no metric to count in the column."
        raise RefusedError(message)
    added += [
        Column(id="", metric=metric, variant=variant, filters=(each,))
        for each in narrow
        if metric is not None
    ]
    return _insert(project, table, added, before, catalog)


def _insert(
    project: Project, table: Table, added: list[Column], before: int | None, catalog: Catalog
) -> Project:
    if len(table.columns) + len(added) > MOST_COLUMNS:
        message = f"A table can have at most {MOST_COLUMNS} columns. Remove some of them first."
        raise RefusedError(message)
    return insert_columns(project, table, added, before, catalog)


def _on_column(project: Project, command: Drop, target: OnColumn, catalog: Catalog) -> Project:
    table = tree.find_table(project, target.table)
    column = tree.find_column(table, target.column)
    if axis_of(command) is not None:
        before = table.columns.index(column)
        split = [_narrowed(column, each) for each in _items(command)]
        return _insert(project, table, split, before, catalog)
    for added in _filters(command):
        if isinstance(added, MetricFilter):
            column = replace(column, metric=added.metric, variant=None)
        elif isinstance(added, PeriodFilter):
            column = with_period(column, added)
        else:
            column = with_filter(column, added, "This column", filter_label(added, catalog))
    return tree.with_column(project, table, column)


def _narrowed(column: Column, item: ItemFilter) -> Column:
    """Return a new column: the same one under the header of an item."""
    return replace(column, id="", filters=(item, *(each for each in column.filters if each != item)))


def _above(project: Project, table: Table, command: Drop, catalog: Catalog) -> Project:
    """Put a header above all columns: every one of them is narrowed further, from the outside."""
    if not table.columns:
        message = "There are no columns to put a header above: drop a metric first."
        raise RefusedError(message)
    if axis_of(command) is not None or (len(command.items) > 1 and not command.components):
        crossed = [_narrowed(column, each) for each in _items(command) for column in table.columns]
        return _insert(project, table, crossed, 0, catalog)
    columns = table.columns
    for added in reversed(_filters(command)):
        if all(added in each.filters for each in columns):
            message = f"{filter_label(added, catalog)} is above every column already."
            raise RefusedError(message)
        columns = tuple(
            each if added in each.filters else replace(each, filters=(added, *each.filters))
            for each in columns
        )
    return tree.with_table(project, replace(table, columns=columns))


# ---- panels -------------------------------------------------------------------------------------


def _on_panel(project: Project, command: Drop, target: OnPanel, catalog: Catalog) -> Project:
    panel = tree.find_panel(project, target.panel)
    for ref in command.components:
        if ref.kind == "period":
            panel = replace(panel, period=Preset(ref.id))
        else:
            panel = with_filter(panel, _panel_filter(ref), panel.title, catalog.get(ref).label)
    if axis_of(command) is None:
        for added in _joined(command):
            panel = with_filter(panel, added, panel.title, filter_label(added, catalog))
    return tree.with_panel(project, panel)


def _panel_filter(ref: Ref) -> Filter:
    if ref.kind == "segment":
        return SegmentFilter(ref.id)
    if ref.kind == "metric":
        return MetricFilter(ref.id)
    return ValueFilter(ref.id, "time" if ref.kind == "time" else "dimension")


def _on_new_table(project: Project, command: Drop, target: OnNewTable, catalog: Catalog) -> Project:
    axis = axis_of(command)
    columns = [Column(id="", metric=ref.id) for ref in command.components if ref.kind == "metric"]
    columns = columns or [Column(id="", metric=each) for each in row_count(catalog)]
    project, table = add_table(project, target.panel, None)
    given = [each for each in _rows(command) if not isinstance(each, MetricFilter)]
    if axis is not None:
        table = replace(table, rows=axis)
    elif given:
        project = static.drop_rows(project, table, given, catalog)
        table = tree.find_table(project, table.id)
    return insert_columns(project, table, columns, None, catalog)


def add_table(project: Project, panel_id: str, title: str | None) -> tuple[Project, Table]:
    """Return the project with an empty table at the end of a panel, and that table."""
    panel = tree.find_panel(project, panel_id)
    project, table_id = tree.new_id(project, "t")
    name = title or tree.untaken("Freeform Table", (each.title for each in panel.items))
    table = Table(id=table_id, title=name)
    return tree.with_panel(project, replace(panel, items=(*panel.items, table))), table


def row_count(catalog: Catalog) -> list[str]:
    """Return the metric that counts all records, so that figures appear at once; else the first one."""
    plain = [metric.id for metric in catalog.metrics if metric.expression == Aggregate("count")]
    return (plain or [metric.id for metric in catalog.metrics])[:1]
