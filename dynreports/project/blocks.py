"""The question of one block or one cell of a table, taken out of the table as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dynreports.engine import planner, scopes
from dynreports.engine.cells import CellPlace, CellRequest, cell_of
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockRequest, BlockResult, TableRequest
from dynreports.errors import InvalidInputError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.ask import table_request
from dynreports.project.model import AtItem, AtPosition
from dynreports.project.session import Session
from dynreports.semantics.keys import Item


def block_request(session: Session, table_id: str, address: do.Address) -> TableRequest:
    """Return the question of one block alone: the table itself (``()``) or a breakdown, open or not.

    It asks for the page that the block stands on, and for nothing below it.
    """
    project, dataset = session.project, session.dataset
    pages = {}
    for depth in range(len(address) + 1):
        path = address[:depth]
        pages[path] = session.page(table_id, path)
        if path:
            opened = do.CollapseBreakdown(table_id, path, collapsed=False)
            project = do.apply(project, opened, dataset.catalog)
    request = replace(table_request(project, table_id, dataset, pages, lambda: None), series=None)
    for each in address:
        item = _item_at(session, request, each.position) if isinstance(each, AtPosition) else each
        below = scopes.under(request, item, dataset.timezone)
        request = replace(below, block=_child(request.block, each))
    return replace(request, block=replace(request.block, children=()))


def _child(block: BlockRequest, step: do.Step) -> BlockRequest:
    for each in block.children:
        if each.block is None:
            continue
        if isinstance(step, AtPosition):
            if each.position == step.position:
                return each.block
        elif each.position is None and AtItem(each.item) == AtItem(step) and type(each.item) is type(step):
            return each.block
    message = f"The row {step!r} is not broken down."
    raise UnknownNameError(message)


def _item_at(session: Session, request: TableRequest, position: int) -> Item:
    block = request.block
    asked = replace(block, children=(), page=-(-position // block.limit))
    result = planner.answer(replace(request, block=asked), engine_for(session.dataset))
    found = next((each for each in result.rows if each.rank == position), None)
    if found is None:
        message = f"There is no row {position}: there are {result.count} rows."
        raise UnknownNameError(message)
    return found.item


def item_at(session: Session, table_id: str, address: do.Address, position: int) -> Item:
    """Return the item at a position (from 1) of a block."""
    return _item_at(session, block_request(session, table_id, address), position)


def items_of(session: Session, table_id: str, address: do.Address) -> tuple[Item, ...]:
    """Return the items of the rows that a block is under, from the top of the table down."""
    return tuple(
        item_at(session, table_id, address[:depth], step.position) if isinstance(step, AtPosition) else step
        for depth, step in enumerate(address)
    )


def block_result(session: Session, table_id: str, address: do.Address) -> BlockResult:
    """Return the figures of one block."""
    if not address:
        return session.result(table_id, lines=False)
    return planner.answer(block_request(session, table_id, address), engine_for(session.dataset))


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    block
        Where its block stands.
    place, item
        The cell of a row (of ``item``), the total of the block, or what that is out of.
    column
        The position of its column.
    """

    table: str
    block: do.Address
    column: int
    place: CellPlace
    item: Item = None


def cell_at(session: Session, table_id: str, path: do.Address, column_id: str, place: CellPlace) -> Cell:
    """Return the cell that stands at a place of the screen.

    Parameters
    ----------
    path
        The items down to the row, or (totals) to the row that the block is the breakdown of.
    """
    table = tree.find_table(session.project, table_id)
    column = table.columns.index(tree.find_column(table, column_id))
    if place != "row":
        return Cell(table_id, session.locate(table_id, path), column, place)
    if not path:
        message = "The cell of a row needs the path of the row."
        raise InvalidInputError(message)
    item = path[-1]
    block = session.locate(table_id, path[:-1])
    if isinstance(item, AtPosition):
        item = item_at(session, table_id, block, item.position)
    return Cell(table_id, block, column, place, item)


def cell_request(session: Session, cell: Cell) -> CellRequest:
    """Return how the figure of a cell is asked for."""
    return cell_of(block_request(session, cell.table, cell.block), cell.column, cell.place, cell.item)
