"""What a drop does to the document. Whether it is possible at all stands in `dynreports.project.drops`."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import tree
from dynreports.project.checks import check_component
from dynreports.project.columns import insert_columns, with_filter, with_new_rows, with_period
from dynreports.project.drops import KIND_NAMES, RULES, refusal
from dynreports.project.intents import (
    Address,
    Drop,
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
    Filter,
    MetricFilter,
    PeriodFilter,
    Project,
    SegmentFilter,
    Table,
    ValueFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.period import Preset

MAX_BREAKDOWNS = 200


def drop(project: Project, command: Drop, catalog: Catalog) -> Project:
    """Return the project after a drop of one or several components on one target."""
    components, target = command.components, command.target
    if not components:
        message = "Nothing was dropped."
        raise RefusedError(message)
    place = place_of(project, target)
    for ref in components:
        if place not in RULES[ref.kind]:
            raise RefusedError(refusal(ref.kind, place))
        check_component(ref, catalog)
    match target:
        case OnRows():
            return _on_rows(project, _only(components, "the rows"), target, catalog)
        case OnColumns():
            table = tree.find_table(project, target.table)
            return insert_columns(project, table, _columns(components), None, catalog)
        case OnEdge():
            table = tree.find_table(project, target.table)
            position = table.columns.index(tree.find_column(table, target.column)) + (target.side == "after")
            return insert_columns(project, table, _columns(components), position, catalog)
        case OnColumn():
            return _on_column(project, components, target, catalog)
        case OnRow():
            return _on_row(project, _only(components, "a row"), target, catalog)
        case OnPanel():
            return _on_panel(project, components, target, catalog)
        case OnNewTable():
            return _on_new_table(project, components, target, catalog)


def place_of(project: Project, target: Target) -> str:
    """Return the key of the target in the rules."""
    if isinstance(target, OnRows) and not target.path:
        return "rows" if tree.find_table(project, target.table).rows else "rows:empty"
    return str(target.__struct_config__.tag)


def _only(components: tuple[Ref, ...], place: str) -> Ref:
    if len(components) > 1:
        message = f"Only one component at a time can be dropped on {place}; these are {len(components)}."
        raise RefusedError(message)
    return components[0]


def _at_most_one(components: tuple[Ref, ...], kinds: tuple[str, ...], place: str) -> None:
    for ref in components:
        if ref.kind in kinds and sum(each.kind in kinds for each in components) > 1:
            message = f"Only one {KIND_NAMES[ref.kind]} at a time can be dropped on {place}."
            raise RefusedError(message)


def _columns(components: tuple[Ref, ...]) -> list[Column]:
    return [Column(id="", metric=ref.id) for ref in components if ref.kind == "metric"]


def _on_rows(project: Project, ref: Ref, target: OnRows, catalog: Catalog) -> Project:
    table = tree.find_table(project, target.table)
    if not target.path:
        return project if table.rows == ref else tree.with_table(project, with_new_rows(table, ref, catalog))
    _refuse_repetition(tree.blocks_along(table, target.path)[:-1], ref, catalog)
    change = partial(_broken_down, step=target.path[-1], ref=ref)
    return tree.with_table(project, tree.change_block(table, target.path[:-1], change))


def _on_column(project: Project, components: tuple[Ref, ...], target: OnColumn, catalog: Catalog) -> Project:
    table = tree.find_table(project, target.table)
    column = tree.find_column(table, target.column)
    _at_most_one(components, ("metric",), "a column")
    _at_most_one(components, ("period",), "a column")
    for ref in components:
        if ref.kind == "metric":
            column = replace(column, metric=ref.id, variant=None)
        elif ref.kind == "period":
            column = with_period(column, PeriodFilter(Preset(ref.id)))
        else:
            column = with_filter(column, SegmentFilter(ref.id), "This column", catalog.get(ref).label)
    return tree.with_column(project, table, column)


def _on_row(project: Project, ref: Ref, target: OnRow, catalog: Catalog) -> Project:
    table = tree.find_table(project, target.table)
    if table.rows is None:
        message = "There are no rows to break down yet: drop a dimension on the rows first."
        raise RefusedError(message)
    if not target.paths or not all(target.paths):
        message = "No row was named to break down."
        raise RefusedError(message)
    # The deepest rows first: a breakdown of their parent takes their place with everything under it.
    for path in sorted(target.paths, key=len, reverse=True):
        table = _with_breakdown(table, path, ref, catalog)
    if tree.count_breakdowns(table) > MAX_BREAKDOWNS:
        message = f"A table can have at most {MAX_BREAKDOWNS} breakdowns. Remove some of them first."
        raise RefusedError(message)
    return tree.with_table(project, table)


def _with_breakdown(table: Table, path: Address, ref: Ref, catalog: Catalog) -> Table:
    _refuse_repetition(tree.blocks_along(table, path[:-1]), ref, catalog)
    return tree.change_block(table, path[:-1], partial(_broken_down, step=path[-1], ref=ref))


def _refuse_repetition(parents: list[tree.Block], ref: Ref, catalog: Catalog) -> None:
    if any(ref == (each.rows if isinstance(each, Table) else each.by) for each in parents):
        label = catalog.get(ref).label
        message = f"These rows are one item of {label} already, so {label} can't break them down further."
        raise RefusedError(message)


def _broken_down(block: tree.Block, step: Step, ref: Ref) -> tree.Block:
    child = tree.child_at(block, step)
    if child is not None and child.by == ref:
        return block
    return tree.with_child(block, step, Breakdown(at=tree.at(step), by=ref))


def _on_panel(project: Project, components: tuple[Ref, ...], target: OnPanel, catalog: Catalog) -> Project:
    panel = tree.find_panel(project, target.panel)
    _at_most_one(components, ("period",), "a panel")
    for ref in components:
        if ref.kind == "period":
            panel = replace(panel, period=Preset(ref.id))
        else:
            panel = with_filter(panel, _panel_filter(ref), panel.title, catalog.get(ref).label)
    return tree.with_panel(project, panel)


def _panel_filter(ref: Ref) -> Filter:
    if ref.kind == "segment":
        return SegmentFilter(ref.id)
    return MetricFilter(ref.id) if ref.kind == "metric" else ValueFilter(ref.id)


def _on_new_table(
    project: Project, components: tuple[Ref, ...], target: OnNewTable, catalog: Catalog
) -> Project:
    _at_most_one(components, ("dimension", "time"), "a new table")
    rows = next((ref for ref in components if ref.kind != "metric"), None)
    columns = _columns(components) or [Column(id="", metric=each) for each in _row_count(catalog)]
    project, table = add_table(project, target.panel, None)
    if rows is not None:
        table = replace(table, rows=rows)
    return insert_columns(project, table, columns, None, catalog)


def add_table(project: Project, panel_id: str, title: str | None) -> tuple[Project, Table]:
    """Return the project with an empty table at the end of a panel, and that table."""
    panel = tree.find_panel(project, panel_id)
    project, table_id = tree.new_id(project, "t")
    name = title or tree.untaken("Freeform Table", (each.title for each in panel.items))
    table = Table(id=table_id, title=name)
    return tree.with_panel(project, replace(panel, items=(*panel.items, table))), table


def _row_count(catalog: Catalog) -> list[str]:
    """Return the metric that counts all records, so that figures appear at once; else the first one."""
    plain = [metric.id for metric in catalog.metrics if metric.expression == Aggregate("count")]
    return (plain or [metric.id for metric in catalog.metrics])[:1]
