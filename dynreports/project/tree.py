"""Finding and replacing parts of the document. Nothing here changes a value: new ones share what is equal."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from dynreports.errors import RefusedError, unknown_name
from dynreports.project.intents import Address, Step
from dynreports.project.model import (
    AtItem,
    AtPosition,
    Breakdown,
    Chart,
    Column,
    Panel,
    PanelItem,
    Project,
    Table,
    Text,
)
from dynreports.semantics.keys import Item

Block = Table | Breakdown
BlockT = TypeVar("BlockT", bound=Table | Breakdown)
PartT = TypeVar("PartT")
ItemT = TypeVar("ItemT", bound=Table | Chart | Text)


def new_id(project: Project, letter: str) -> tuple[Project, str]:
    """Return an id that was never used in the project, and the project that remembers so."""
    number = project.last_id + 1
    return replace(project, last_id=number), f"{letter}{number}"


def items(project: Project) -> Iterator[tuple[Panel, PanelItem]]:
    """Yield every table, chart and text with its panel, in the order of the screen."""
    for panel in project.panels:
        for item in panel.items:
            yield panel, item


def tables(project: Project) -> Iterator[tuple[Panel, Table]]:
    """Yield every table with its panel, in the order of the screen."""
    return ((panel, item) for panel, item in items(project) if isinstance(item, Table))


def shown_tables(panel: Panel) -> list[Table]:
    """Return the tables of a panel that are not hidden."""
    return [each for each in panel.items if isinstance(each, Table) and not each.hidden]


def charts(project: Project) -> Iterator[tuple[Panel, Chart]]:
    """Yield every chart with its panel, in the order of the screen."""
    return ((panel, item) for panel, item in items(project) if isinstance(item, Chart))


def find_panel(project: Project, panel_id: str) -> Panel:
    """Return a panel by its id."""
    for panel in project.panels:
        if panel.id == panel_id:
            return panel
    raise unknown_name("panel", panel_id, (panel.id for panel in project.panels))


def find_table(project: Project, table_id: str) -> Table:
    """Return a table by its id."""
    return _found("table", table_id, (table for _, table in tables(project)))


def find_chart(project: Project, chart_id: str) -> Chart:
    """Return a chart by its id."""
    return _found("chart", chart_id, (chart for _, chart in charts(project)))


def find_text(project: Project, text_id: str) -> Text:
    """Return a text by its id."""
    return _found("text", text_id, (each for _, each in items(project) if isinstance(each, Text)))


def find_item(project: Project, item_id: str) -> PanelItem:
    """Return a table, chart or text by its id."""
    return _found("item", item_id, (item for _, item in items(project)))


def _found(what: str, wanted: str, among: Iterable[ItemT]) -> ItemT:
    there = list(among)
    for each in there:
        if each.id == wanted:
            return each
    raise unknown_name(what, wanted, (each.id for each in there))


def panel_of(project: Project, item_id: str) -> Panel:
    """Return the panel that a table, chart or text stands in."""
    for panel, item in items(project):
        if item.id == item_id:
            return panel
    raise unknown_name("item", item_id, (item.id for _, item in items(project)))


def find_column(table: Table, column_id: str) -> Column:
    """Return a column by its id."""
    for column in table.columns:
        if column.id == column_id:
            return column
    raise unknown_name("column", column_id, (column.id for column in table.columns))


def with_panel(project: Project, panel: Panel) -> Project:
    """Return the project with the panel of the same id replaced."""
    panels = tuple(panel if each.id == panel.id else each for each in project.panels)
    return replace(project, panels=panels)


def with_item(project: Project, item: PanelItem) -> Project:
    """Return the project with the item of the same id replaced."""
    panel = panel_of(project, item.id)
    kept = tuple(item if each.id == item.id else each for each in panel.items)
    return with_panel(project, replace(panel, items=kept))


def with_table(project: Project, table: Table) -> Project:
    """Return the project with the table of the same id replaced."""
    return with_item(project, table)


def with_column(project: Project, table: Table, column: Column) -> Project:
    """Return the project with the column of the same id replaced."""
    columns = tuple(column if each.id == column.id else each for each in table.columns)
    return with_table(project, replace(table, columns=columns))


def at(step: Step) -> AtItem | AtPosition:
    """Return how the document names the row of a step."""
    if isinstance(step, float) and not math.isfinite(step):
        message = "A row whose item is not a finite number can't be broken down."
        raise RefusedError(message)
    return step if isinstance(step, AtPosition) else AtItem(step)


def is_same(one: Step, other: Step) -> bool:
    """Whether two steps are the same row; ``True`` and ``1`` are two items."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _is_at(breakdown: Breakdown, step: Step) -> bool:
    return is_same(breakdown.at if isinstance(breakdown.at, AtPosition) else breakdown.at.item, step)


def child_at(block: Block, step: Step) -> Breakdown | None:
    """Return the breakdown of a row of the block, if it has one."""
    return next((each for each in block.breakdowns if _is_at(each, step)), None)


def child_of(block: Block, item: Item, rank: int) -> Breakdown | None:
    """Return the breakdown of the row of an item: its own before that of its rank."""
    return child_at(block, item) or child_at(block, AtPosition(rank))


def existing_child(block: Block, step: Step) -> Breakdown:
    """Return the breakdown of a row of the block."""
    child = child_at(block, step)
    if child is None:
        message = "That row is not broken down (any more), so there is nothing under it to change."
        raise RefusedError(message)
    return child


def blocks_along(table: Table, path: Address) -> list[Block]:
    """Return the blocks from the table down to the one at ``path``, both included."""
    blocks: list[Block] = [table]
    for step in path:
        blocks.append(existing_child(blocks[-1], step))
    return blocks


def block_at(table: Table, path: Address) -> Block:
    """Return the table itself (``()``) or the breakdown of the row at ``path``."""
    return blocks_along(table, path)[-1]


def with_child(block: BlockT, step: Step, child: Breakdown | None) -> BlockT:
    """Return the block with the breakdown of one row added, replaced, or (``None``) removed."""
    there = child_at(block, step)
    if there is None:
        return block if child is None else replace(block, breakdowns=(*block.breakdowns, child))
    kept = (child if each is there else each for each in block.breakdowns)
    return replace(block, breakdowns=tuple(each for each in kept if each is not None))


def change_block(block: BlockT, path: Address, change: Callable[[Block], Block]) -> BlockT:
    """Return the block with the part at ``path`` changed; the path must exist."""
    if not path:
        return change(block)  # type: ignore[return-value]  # a change keeps the type of what it gets
    child = existing_child(block, path[0])
    return with_child(block, path[0], change_block(child, path[1:], change))


def count_breakdowns(block: Block) -> int:
    """Return how many breakdowns there are at any depth."""
    return sum(1 + count_breakdowns(each) for each in block.breakdowns)


def moved(parts: tuple[PartT, ...], part: PartT, before: PartT | None) -> tuple[PartT, ...]:
    """Return the parts with one of them moved before another, or to the end."""
    if before is part:
        return parts
    others = [each for each in parts if each is not part]
    others.insert(len(others) if before is None else others.index(before), part)
    return tuple(others)


def untaken(title: str, taken: Iterable[str]) -> str:
    """Return the title, numbered when it is taken: "Freeform (2)"."""
    used = set(taken)
    number, candidate = 1, title
    while candidate in used:
        number += 1
        candidate = f"{title} ({number})"
    return candidate


def plain_title(title: str) -> str:
    """Return a title on one line, without spaces around it."""
    plain = " ".join(title.split())
    if not plain:
        message = "A title needs at least one visible character."
        raise RefusedError(message)
    return plain
