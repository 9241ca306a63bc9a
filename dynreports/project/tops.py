"""Which items a drop of a dimension makes columns of: they depend on figures, which the session has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from msgspec.structs import replace as changed

from dynreports.engine import planner, scopes
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockRequest, ColumnRequest, RowResult, TableRequest
from dynreports.project import intents as do
from dynreports.project import tree
from dynreports.project.dropping import axis_of, row_count
from dynreports.project.model import Project
from dynreports.semantics.component import Dimension, Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import FieldKey, Item
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.period import Period

MOST_ITEMS = 5
"""How many top items a drop makes columns of."""
MOST_LISTED = 100
"""How many items are listed at once; the search finds the others."""


def filled(
    command: do.Command, project: Project, dataset: Dataset, ask: Callable[[str], TableRequest]
) -> do.Command:
    """Return a command; where it is a drop, with the items that it is about.

    Parameters
    ----------
    command, project, dataset
        The command, and what it is about.
    ask
        Says what has to be asked to show a table.
    """
    if not isinstance(command, do.Drop):
        return command
    axis = axis_of(command)
    if axis is None:
        items = tuple(changed(each, item=_exact(each, dataset)) for each in command.items)
        return changed(command, items=items)
    target = command.target
    if not isinstance(target, do.OnColumns | do.OnEdge | do.OnColumn | do.OnAbove):
        return changed(command, items=())
    table, request = tree.find_table(project, target.table), ask(target.table)
    column = None
    if isinstance(target, do.OnColumn | do.OnEdge):
        column = request.columns[table.columns.index(tree.find_column(table, target.column))]
    elif request.columns:
        column = request.columns[0]
    found = top_items(request, column, axis, dataset, MOST_ITEMS)
    return changed(command, items=tuple(do.ItemOf(axis, each) for each in found))


def top_items(
    request: TableRequest, column: ColumnRequest | None, by: Ref, dataset: Dataset, count: int
) -> list[Item]:
    """Return the items with the highest figures in a column; of a time unit the last ones, in order.

    They count what the table shows: its panel's records and period, and the rows that its search keeps.
    """
    kept = scopes.of_total(request, request.block, request.timezone)
    if column is None:
        metrics = [dataset.catalog.metric(each).expression for each in row_count(dataset.catalog)]
        chosen = tuple(map(ColumnRequest, metrics))
    else:
        chosen = (replace(kept.columns[request.columns.index(column)], show=None, against=None),)
    is_time = by.kind == "time"
    block = BlockRequest(by=dataset.catalog.key(by), sort=0 if chosen and not is_time else None, limit=count)
    asked = replace(kept, columns=chosen, block=block, series=None)
    items = [each.item for each in planner.answer(asked, engine_for(dataset)).rows]
    return [each for each in reversed(items) if each is not None] if is_time else items


def listed_items(by: Ref, text: str, period: Period | None, dataset: Dataset) -> tuple[list[RowResult], int]:
    """Return the items of a dimension or time unit that contain a text, and how many there are in all.

    Those with most records in the period come first. Of a time unit they come in the order of time, the
    last first.
    """
    sort = None if by.kind == "time" else 0
    columns = (ColumnRequest(Aggregate("count")),)
    block = BlockRequest(by=dataset.catalog.key(by), sort=sort, search=text.strip(), limit=MOST_LISTED)
    component = dataset.catalog.get(by)
    if isinstance(component, Dimension):
        block = replace(block, missing_label=component.missing)
    shown = dataset.resolve(period)
    request = TableRequest(columns, block, period=shown, time_field=dataset.time, timezone=dataset.timezone)
    found = planner.answer(request, engine_for(dataset))
    return list(found.rows), found.count


def _exact(each: do.ItemOf, dataset: Dataset) -> Item:
    """Return an item as the data has it: whole numbers that a browser would round come as text."""
    if each.by not in dataset.catalog or not isinstance(each.item, str):
        return each.item
    key = dataset.catalog.key(each.by)
    if isinstance(key, FieldKey) and dataset.fields.get(key.field) == "integer":
        return engine_for(dataset).find_item(key, each.item)
    return each.item
