"""What differs between two documents: which tables to draw again, and which pages still stand."""

from __future__ import annotations

from collections.abc import Callable

from dynreports.errors import RefusedError
from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.model import AtPosition, Project
from dynreports.project.own import is_same_meaning


def changed_tables(before: Project, after: Project) -> frozenset[str]:
    """Return the ids of the tables that look different, appeared or went."""
    old = {table.id: (panel.period, panel.filters, table) for panel, table in tree.tables(before)}
    if not is_same_meaning(before, after) or before.locale != after.locale:
        # Figures that stay the same are found again at once.
        return frozenset(table.id for each in (before, after) for _, table in tree.tables(each))
    new = {table.id: (panel.period, panel.filters, table) for panel, table in tree.tables(after)}
    return frozenset(each for each in old.keys() | new.keys() if old.get(each) != new.get(each))


def pages_left(
    pages: dict[do.Address, int], table_id: str, before: Project, after: Project
) -> dict[do.Address, int]:
    """Keep the pages of the blocks that still list the same items in the same order."""
    old, new = _orders(before, table_id), _orders(after, table_id)
    return {path: page for path, page in pages.items() if old(path) is not None and old(path) == new(path)}


def _orders(project: Project, table_id: str) -> Callable[[do.Address], object]:
    """Return what decides the rows of each block of a table: ``None`` for a block that is not there."""
    panel, table = next(
        ((panel, table) for panel, table in tree.tables(project) if table.id == table_id), (None, None)
    )

    def order(path: do.Address) -> object:
        if panel is None or table is None:
            return None
        try:
            blocks = tree.blocks_along(table, path)
        except RefusedError:
            return None
        block = blocks[-1]
        by = [(each.rows, each.static) for each in blocks]
        # Under a row at a rank, the items depend on the order of the rows above it, too.
        above = [each.search for each in blocks[:-1]] if any(isinstance(s, AtPosition) for s in path) else []
        return by, block.limit, block.search, above, table.sort, panel.period, panel.filters

    return order
