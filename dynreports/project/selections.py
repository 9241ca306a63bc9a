"""Which cells of each table people have selected: what charts that are not locked draw.

It belongs to the session, not to the document: it is neither undone nor saved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dynreports.engine.request import BlockResult
from dynreports.errors import RefusedError
from dynreports.project import intents as do
from dynreports.project import tree
from dynreports.project.model import Address, AtPosition, Lock, LockItems, LockPositions, Project, Table
from dynreports.project.places import Ranks, ranks_at
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item

Locate = Callable[[str, Address], Address]


class Selections:
    """The selection of every table of a session."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[Ref | None, LockItems]] = {}

    def of(self, table: Table) -> LockItems | None:
        """Return the cells of a table that are selected and still there; ``None``: nothing is selected."""
        by, found = self._of.get(table.id, (None, None))
        if found is None:
            return None
        known = {each.id for each in table.columns}
        try:
            is_there = tree.block_at(table, found.block).rows == by
        except RefusedError:
            return None
        return found if is_there and known.issuperset(found.columns) else None

    def select(self, command: do.Select, project: Project, locate: Locate) -> bool:
        """Take over a selection, and return whether it is another one.

        Rows under several heads are one selection as far as they are under the head of the first.
        """
        table = tree.find_table(project, command.table)
        for column in command.columns:
            tree.find_column(table, column)
        before = self._of.get(table.id)
        if not command.paths and not command.columns:
            self._of.pop(table.id, None)
        else:
            cells = _cells(command, locate)
            self._of[table.id] = tree.block_at(table, cells.block).rows, cells
        return self._of.get(table.id) != before


def _cells(command: do.Select, locate: Locate) -> LockItems:
    rows = [each for each in command.paths if each]
    if not rows:
        return LockItems(columns=command.columns, total=bool(command.paths))
    above = rows[0][:-1]
    beside = [each for each in rows if each[:-1] == above]
    items = tuple(each[-1] for each in beside if not isinstance(each[-1], AtPosition))
    return LockItems(
        block=locate(command.table, above),
        rows=items,
        columns=command.columns,
        total=() in command.paths and not above,
    )


def with_cells(
    command: do.Command, project: Project, selections: Selections, shown: Callable[[str], BlockResult]
) -> do.Command:
    """Return a command that locks a chart with the cells that the chart draws now; any other as it is.

    Parameters
    ----------
    shown
        Returns what a table shows.
    """
    if not isinstance(command, do.LockChart) or not isinstance(command.lock, str):
        return command
    chart = tree.find_chart(project, command.chart)
    if chart.source is None:
        message = f"{chart.title} draws no table, so it can't be locked to cells of one."
        raise RefusedError(message)
    table = tree.find_table(project, chart.source)
    chosen = chart.lock or selections.of(table) or LockItems()
    rows: Ranks = ()
    if chosen.rows or not chosen.total:
        rows = tuple(each for each in ranks_at(shown(table.id), chosen.block) if _is_chosen(each, chosen))
    cells: dict[str, Any] = {"block": chosen.block, "columns": chosen.columns, "total": chosen.total}
    if command.lock == "positions":
        return replace(command, lock=LockPositions(**cells, rows=tuple(rank for _, rank in rows)))
    return replace(command, lock=LockItems(**cells, rows=tuple(item for item, _ in rows)))


def _is_chosen(row: tuple[Item, int], chosen: Lock) -> bool:
    if isinstance(chosen, LockPositions):
        return not chosen.rows or row[1] in chosen.rows
    return not chosen.rows or any(tree.is_same(row[0], each) for each in chosen.rows)
