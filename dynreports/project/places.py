"""Rows of the screen and places in the document: which address a row has, and which row an address is."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from dynreports.engine.request import BlockResult, RowResult
from dynreports.project import intents as do
from dynreports.project import tree
from dynreports.project.model import AtPosition, Project, Table
from dynreports.semantics.keys import Item


def located(table: Table, path: do.Address, shown: Callable[[], BlockResult | None]) -> do.Address:
    """Return the address of a row on the screen.

    A row whose breakdown is bound to its rank goes by that rank, unless its item has one of its own.

    Parameters
    ----------
    table
        The table in the document.
    path
        The items from the top down, as the browser sends them; ranks stay what they are.
    shown
        Returns what the screen shows; only called when the table has breakdowns by rank.
    """
    address: list[do.Step] = []
    block: tree.Block | None = table
    for step in path:
        if block is not None and tree.child_at(block, step) is None and _has_ranks(block):
            row = row_at(shown(), (*address, step))
            if row is not None and tree.child_at(block, AtPosition(row.rank)) is not None:
                step = AtPosition(row.rank)
        address.append(step)
        block = None if block is None else tree.child_at(block, step)
    return tuple(address)


def by_rank(table: Table, path: do.Address, shown: Callable[[], BlockResult | None]) -> do.Address:
    """Return the address that a breakdown gets which a person drops on a row of the screen.

    Where breakdowns go by position, it goes by the rank of the row, unless the row has one of its own.
    """
    *above, last = path
    block = tree.block_at(table, tuple(above))
    if not block.by_position or isinstance(last, AtPosition) or tree.child_at(block, last) is not None:
        return path
    row = row_at(shown(), path)
    return path if row is None else (*above, AtPosition(row.rank))


def as_dropped(
    command: do.Drop,
    project: Project,
    locate: Callable[[str, do.Address], do.Address],
    shown: Callable[[str], BlockResult | None],
) -> do.Drop:
    """Return a drop from the screen with its rows as the document names them: by item or by rank."""
    if not isinstance(command.target, do.OnRow):
        return command
    table_id = command.target.table
    table = tree.find_table(project, table_id)
    rows = [locate(table_id, each) for each in command.target.paths]
    paths = tuple(by_rank(table, each, lambda: shown(table_id)) for each in rows)
    return replace(command, target=replace(command.target, paths=paths))


def _has_ranks(block: tree.Block) -> bool:
    return any(isinstance(each.at, AtPosition) for each in block.breakdowns)


def row_at(result: BlockResult | None, path: do.Address) -> RowResult | None:
    """Return the row of the screen at an address, ``None`` if it is not on a page that is shown."""
    row, block = None, result
    for step in path:
        rows = () if block is None else block.rows
        row = next((each for each in rows if _is_at(each, step)), None)
        block = None if row is None else row.child
    return row


def _is_at(row: RowResult, step: do.Step) -> bool:
    return row.rank == step.position if isinstance(step, AtPosition) else tree.is_same(row.item, step)


Ranks = tuple[tuple[Item, int], ...]


def ranks_at(result: BlockResult | None, path: do.Address) -> Ranks:
    """Return the items of a block of the screen with their ranks."""
    if path:
        row = row_at(result, path)
        result = None if row is None else row.child
    return () if result is None else tuple((each.item, each.rank) for each in result.rows)


def with_places(
    command: do.Command,
    locate: Callable[[str, do.Address], do.Address],
    ranks: Callable[[str, do.Address], Ranks],
) -> do.Command:
    """Return the command with the paths of the screen replaced by addresses of the document.

    Parameters
    ----------
    command
        What is asked.
    locate, ranks
        The address of a row, and the items of a block with the ranks that they have on the screen.
    """
    match command:
        case do.Drop(target=do.OnRow(table, paths) as target):
            addresses = tuple(locate(table, each) for each in paths)
            return replace(command, target=replace(target, paths=addresses))
        case do.Drop(target=do.OnRows(table, path) as target):
            return replace(command, target=replace(target, path=locate(table, path)))
        case do.Visualize(table, paths) | do.KeepRows(table, paths):
            # Rows are kept by what they hold; only what they are nested under may go by rank.
            addresses = tuple((*locate(table, each[:-1]), *each[-1:]) for each in paths)
            return replace(command, paths=addresses)
        case do.Drop(target=do.OnBetween(table, path) as target):
            return replace(command, target=replace(target, path=locate(table, path)))
        case do.SetRows():
            return replace(
                command, path=locate(command.table, command.path), ranks=ranks(command.table, command.path)
            )
        case (
            do.SetLimit() | do.SetSearch() | do.ShowAllRows() | do.CollapseBreakdown() | do.RemoveBreakdown()
        ):
            return replace(command, path=locate(command.table, command.path))
        case do.RemoveRow(table, path, others):
            return replace(
                command,
                path=locate(table, path),
                others=tuple(locate(table, each) for each in others),
            )
        case _:
            return command
