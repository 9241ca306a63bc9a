"""Static rows: rows that people put there, in the place of a dimension's items."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import tree
from dynreports.project.columns import default_sort, insert_columns
from dynreports.project.intents import Address, Step
from dynreports.project.model import (
    AtPosition,
    Breakdown,
    Column,
    MetricFilter,
    Project,
    RowFilter,
    Search,
    StaticRow,
    Table,
)
from dynreports.semantics.catalog import Catalog

MOST_ROWS = 100
"""Static rows in one block: each of them is a figure of its own in every column."""


def numbered(project: Project, rows: Sequence[RowFilter]) -> tuple[Project, tuple[StaticRow, ...]]:
    """Return rows under ids of their own, and the project that remembers these."""
    found = []
    for each in dict.fromkeys(rows):
        project, row_id = tree.new_id(project, "s")
        found.append(StaticRow(row_id, each))
    return project, tuple(found)


def drop_rows(project: Project, table: Table, rows: Sequence[RowFilter], catalog: Catalog) -> Project:
    """Return the project with rows that were dropped in place of what a table showed.

    The figure of a metric needs a column to stand in: in a table without any, the metric becomes one.
    """
    shown = show_rows(project, table, rows)
    first = next((each for each in rows if isinstance(each, MetricFilter)), None)
    if table.columns or first is None:
        return shown
    changed = tree.find_table(shown, table.id)
    return insert_columns(shown, changed, [Column(id="", metric=first.metric)], None, catalog)


def show_rows(project: Project, table: Table, rows: Sequence[RowFilter]) -> Project:
    """Return the project with rows in place of what a table showed; search and breakdowns go."""
    project, static = numbered(project, rows)
    column = None if table.sort is None else table.sort.column
    changed = replace(
        table,
        rows=None,
        static=_checked(static),
        search=Search(),
        breakdowns=(),
        collapsed=False,
        sort=table.sort if column is not None and table.static else None,
    )
    return tree.with_table(project, changed)


def break_down(project: Project, table_id: str, path: Address, rows: Sequence[RowFilter]) -> Project:
    """Return the project with rows under a row: after the static ones there, else in place of the others."""
    table = tree.find_table(project, table_id)
    check_row(table, path)
    project, static = numbered(project, rows)
    change = partial(_under, step=path[-1], static=static)
    return tree.with_table(project, tree.change_block(table, path[:-1], change))


def check_row(table: Table, path: Address) -> None:
    """Refuse the address of a row that is not there: no row is, or a static one is gone."""
    block = tree.block_at(table, path[:-1])
    if block.rows is None and not block.static:
        message = "There are no rows to break down yet: drop a dimension on the rows first."
        raise RefusedError(message)
    if block.static and not isinstance(path[-1], AtPosition):
        position_of(block, path[-1])


def _under(block: tree.Block, step: Step, static: tuple[StaticRow, ...]) -> tree.Block:
    child = tree.child_at(block, step)
    if child is None or not child.static:
        child = Breakdown(at=tree.at(step))
    known = {each.of for each in child.static}
    added = tuple(each for each in static if each.of not in known)
    changed = replace(child, static=_checked((*child.static, *added)))
    return tree.with_child(block, step, _seen(changed, static))


def _seen(block: tree.BlockT, rows: Sequence[StaticRow]) -> tree.BlockT:
    """Return a block in which what was dropped is shown, though only some of its rows are."""
    only, dropped = block.search.only, {each.of for each in rows}
    if not only:
        return block
    found = tuple(each.id for each in block.static if each.of in dropped and each.id not in only)
    return replace(block, search=replace(block.search, only=(*only, *found)))


def replace_breakdown(project: Project, table_id: str, path: Address, rows: Sequence[RowFilter]) -> Project:
    """Return the project with rows in place of what a row was broken down by."""
    table = tree.find_table(project, table_id)
    emptied = tree.change_block(table, path[:-1], lambda block: tree.with_child(block, path[-1], None))
    return break_down(tree.with_table(project, emptied), table_id, path, rows)


def add_rows(project: Project, table_id: str, path: Address, rows: Sequence[RowFilter], side: str) -> Project:
    """Return the project with rows before or after a static row."""
    project, static = numbered(project, rows)
    table = tree.find_table(project, table_id)

    def change(block: tree.Block) -> tree.Block:
        position = position_of(block, path[-1]) + (side == "after")
        known = {each.of for each in block.static}
        added = tuple(each for each in static if each.of not in known)
        rows = _checked((*block.static[:position], *added, *block.static[position:]))
        changed = _seen(replace(block, static=rows), static)
        if changed == block:
            message = "That is a row here already."
            raise RefusedError(message)
        return changed

    return tree.with_table(project, tree.change_block(table, path[:-1], change))


def remove_rows(table: Table, paths: Sequence[Address], catalog: Catalog) -> Table:
    """Return the table without some static rows; one that goes with another is not missed."""
    for path in paths:
        if not any(path != other and path[: len(other)] == other for other in paths):
            table = remove_row(table, path, catalog)
    return table


def remove_row(table: Table, path: Address, catalog: Catalog) -> Table:
    """Return the table without a static row and what is under it; a breakdown without rows goes, too.

    A table without any is sorted by its first column again, like every table whose rows are not there yet.
    """
    if not path:
        message = "No row was named to remove."
        raise RefusedError(message)

    def change(block: tree.Block) -> tree.Block:
        position = position_of(block, path[-1])
        left = (*block.static[:position], *block.static[position + 1 :])
        only = tuple(each for each in block.search.only if each != path[-1])
        search = replace(block.search, only=only)
        return replace(tree.with_child(block, path[-1], None), static=left, search=search)

    changed = tree.change_block(table, path[:-1], change)
    if len(path) == 1:
        return replace(changed, sort=changed.sort or default_sort(changed, catalog))
    if tree.block_at(changed, path[:-1]).static:
        return changed
    return tree.change_block(changed, path[:-2], lambda block: tree.with_child(block, path[-2], None))


def position_of(block: tree.Block, step: Step) -> int:
    """Return where a static row stands in its block, from 0."""
    for position, each in enumerate(block.static):
        if each.id == step:
            return position
    message = "That row is not one that was put there (any more)."
    raise RefusedError(message)


def _checked(static: tuple[StaticRow, ...]) -> tuple[StaticRow, ...]:
    if len(static) > MOST_ROWS:
        message = f"A list can have at most {MOST_ROWS} rows that were put there; these are {len(static)}."
        raise RefusedError(message)
    return static
