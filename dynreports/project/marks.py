"""Marks of a chart that people chose, as filters and as a segment: the rows that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from dynreports.errors import RefusedError
from dynreports.project import tree
from dynreports.project.model import Breakdown, ItemFilter, Project, Table
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import FieldKey, Item
from dynreports.semantics.predicate import Predicate, all_of, field

Mark = tuple[tuple[Item, ...], str | None]
"""A cell of the table that a chart draws: the items down to its row, and the id of its column."""


def filters_of(project: Project, chart_id: str, marks: Sequence[Mark]) -> tuple[ItemFilter, ...]:
    """Return the filters that keep the rows of some marks: one for each level of breakdowns.

    Raises
    ------
    RefusedError
        If the marks are no rows, rows of several breakdowns, or times.
    """
    table = tree.find_table(project, tree.find_chart(project, chart_id).source or "")
    paths = list(dict.fromkeys(path for path, _ in marks if path))
    if not paths or len(paths) < len({path for path, _ in marks}):
        message = "These marks are no rows of the table, so they can't become a filter."
        raise RefusedError(message)
    above = paths[0][:-1]
    if any(each[:-1] != above for each in paths):
        message = "Rows of different breakdowns can't become one filter."
        raise RefusedError(message)
    dimensions = _levels(table, above)
    filters = [ItemFilter(by, (item,)) for by, item in zip(dimensions, above, strict=False)]
    return (*filters, ItemFilter(dimensions[-1], tuple(each[-1] for each in paths)))


def _levels(table: Table, above: tuple[Item, ...]) -> list[str]:
    """Return the dimensions of the blocks from the table down to the rows."""
    block: Table | Breakdown = table
    found = []
    for depth in range(len(above) + 1):
        by = block.rows
        if block.static:
            message = "Rows that were put there can't become a filter: drop the same on the panel instead."
            raise RefusedError(message)
        if by is None or by.kind != "dimension":
            message = "Rows of time are kept by the period of the panel, not by a filter."
            raise RefusedError(message)
        found.append(by.id)
        if depth < len(above):
            block = tree.existing_child(block, above[depth])
    return found


def condition(filters: Sequence[ItemFilter], catalog: Catalog) -> Predicate:
    """Return filters as a condition on fields, as the builder of segments edits it."""
    found = all_of(_of_items(each, catalog) for each in filters)
    assert found is not None  # noqa: S101  # there is at least one filter
    return found


def _of_items(filter: ItemFilter, catalog: Catalog) -> Predicate:
    key = catalog.key(Ref("dimension", filter.dimension))
    assert isinstance(key, FieldKey)  # noqa: S101  # dimensions have no other
    named = [each for each in filter.items if each is not None]
    missing = field(key.field).is_null()
    if not named:
        return missing
    chosen = field(key.field) == named[0] if len(named) == 1 else field(key.field).isin(named)
    return chosen | missing if len(named) < len(filter.items) else chosen
