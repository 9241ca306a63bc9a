"""What does not fit a table: components before they are dropped, and cells that can have no figure.

Where the rows of a block can't tell a column apart, engines answer 0 in all rows but that of the records
without a value. These are no figures: the screen shows ``None`` with the reason, and in frames and files the
cell is blank. Everything under such a row has none either, the totals of its breakdowns included, which are
the figures of the row.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

from dynreports.engine.request import BlockResult, RowResult
from dynreports.project import blocks, tree
from dynreports.project import commands as do
from dynreports.project.code.pandas_code import Blanks
from dynreports.project.model import Breakdown, Table
from dynreports.project.session import Session
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref

_GROUPING = {"dimension", "time", "segment"}

Reasons = tuple[str | None, ...]
"""For each column why there is no figure of it; ``None``: there is."""


def misfits(table: Table | None, catalog: Catalog) -> dict[str, str]:
    """Return why components do not fit a table, by ``kind:id``; those that fit are left out.

    A dimension, time unit or segment fits when all columns can be told apart by it, a metric when it can be
    told apart by whatever stands in the rows.
    """
    if table is None:
        return {}
    rows = [ref for ref in _rows(table) if ref in catalog]
    metrics = [each.metric for each in table.columns if Ref("metric", each.metric) in catalog]
    found = {}
    for ref in catalog.refs():
        if ref.kind in _GROUPING:
            pairs = [(ref, each) for each in metrics]
        else:
            pairs = [(each, ref.id) for each in rows if ref.kind == "metric"]
        reasons = dict.fromkeys(reason for pair in pairs if (reason := catalog.misfit(*pair)) is not None)
        if reasons:
            found[f"{ref.kind}:{ref.id}"] = " ".join(reasons)
    return found


def _rows(block: Table | Breakdown) -> Iterator[Ref]:
    by = block.rows if isinstance(block, Table) else block.by
    if by is not None:
        yield by
    for each in block.breakdowns:
        yield from _rows(each)


def of_columns(by: Ref | None, metrics: Sequence[str], catalog: Catalog) -> Reasons:
    """Return for each metric why the named rows of a block have no figure of it; ``None``: they have."""
    if by is None:
        return (None,) * len(metrics)
    return tuple(catalog.misfit(by, each) for each in metrics)


def of_rows(table: Table, by: Ref | None, above: Reasons, catalog: Catalog) -> Reasons:
    """Return why the named rows of a block have no figures: for what they are under, or for themselves."""
    own = of_columns(by, [each.metric for each in table.columns], catalog)
    return tuple(outer or inner for outer, inner in zip(above, own, strict=True))


def of_block(session: Session, table_id: str, address: do.Address) -> Reasons:
    """Return why a block has no figures at all, for the rows that it is under."""
    table, catalog = tree.find_table(session.project, table_id), session.dataset.catalog
    reasons: Reasons = (None,) * len(table.columns)
    items = blocks.items_of(session, table_id, address)
    for depth, item in enumerate(items):
        if item is not None:
            reasons = of_rows(table, tree.rows_of(tree.block_at(table, address[:depth])), reasons, catalog)
    return reasons


def of_named_rows(session: Session, table_id: str, address: do.Address) -> Reasons:
    """Return why the named rows of a block have no figures."""
    table = tree.find_table(session.project, table_id)
    by = tree.rows_of(tree.block_at(table, address))
    return of_rows(table, by, of_block(session, table_id, address), session.dataset.catalog)


def blanks(session: Session, table_id: str, address: do.Address) -> Blanks:
    """Return which figures the code of a block leaves out."""
    above = of_block(session, table_id, address)
    named = of_named_rows(session, table_id, address)
    return Blanks(tuple(map(bool, above)), tuple(map(bool, named)))


def without_misfits(
    table: Table,
    block: Table | Breakdown,
    result: BlockResult,
    catalog: Catalog,
    above: Reasons | None = None,
) -> BlockResult:
    """Return the figures of a block, blank where there can be none.

    Parameters
    ----------
    table, block, result
        The table, its block (the table itself or a breakdown of it), and the figures of the block.
    catalog
        What says which figures fit.
    above
        Why columns have no figures in all of the block; not given: they have.
    """
    outer = above or (None,) * len(table.columns)
    named = of_rows(table, tree.rows_of(block), outer, catalog)
    return dataclasses.replace(
        result,
        rows=tuple(
            _row(table, block, row, catalog, outer if row.item is None else named) for row in result.rows
        ),
        total=_blanked(result.total, outer),
        out_of=_blanked(result.out_of, outer),
    )


def _row(
    table: Table, block: Table | Breakdown, row: RowResult, catalog: Catalog, reasons: Reasons
) -> RowResult:
    below = tree.child_of(block, row.item, row.rank)
    child = row.child
    if child is not None and below is not None:
        child = without_misfits(table, below, child, catalog, reasons)
    return dataclasses.replace(row, values=_blanked(row.values, reasons), child=child)


def _blanked(values: tuple[float, ...], reasons: Reasons) -> tuple[float, ...]:
    if not any(reasons):
        return values
    return tuple(math.nan if why else value for value, why in zip(values, reasons, strict=True))
