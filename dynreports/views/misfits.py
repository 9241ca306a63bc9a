"""What does not fit a table: components before they are dropped, and cells that can have no figure.

Where the rows of a block can't tell a column apart, engines answer 0 in the rows but that of the records
without a value. These are no figures: the screen shows ``None`` with the reason, and in frames and files the
cell is blank; so it is in the breakdown under such a row, whose total is the figure of the row. Records that
do have the value count: an open that followed from a click has the link that was clicked.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

from dynreports.engine.request import BlockResult, RowResult
from dynreports.project import blocks, tree
from dynreports.project import commands as do
from dynreports.project.code.block_code import Blanks
from dynreports.project.model import Breakdown, ItemFilter, MetricFilter, RowFilter, SegmentFilter, Table
from dynreports.project.searching import chosen
from dynreports.project.session import Session
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item

_GROUPING = {"dimension", "time", "segment"}

Reasons = tuple[str | None, ...]
"""For each column why its records have no value of the rows; ``None``: they have."""


def is_blank(value: float, reason: str | None) -> bool:
    """Whether what an engine answers is no figure: no record with the value of the row could be there."""
    return reason is not None and (value == 0 or math.isnan(value))


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
    yield from filter(None, (block.rows, *(rows_ref(each.of) for each in block.static)))
    for each in block.breakdowns:
        yield from _rows(each)


def rows_ref(of: RowFilter) -> Ref | None:
    """Return the component by which a static row tells figures apart; ``None``: it goes with every metric."""
    match of:
        case SegmentFilter(segment):
            return Ref("segment", segment)
        case ItemFilter():
            return of.by
        case _:
            return None


@dataclasses.dataclass(frozen=True)
class Above:
    """What stands in the rows that a block is under.

    Attributes
    ----------
    refs
        By what these rows tell figures apart. The row of records without a value tells nothing apart.
    metric
        What a static row among them shows in place of the columns' metrics.
    """

    refs: tuple[Ref, ...] = ()
    metric: str | None = None

    def row(self, block: Table | Breakdown, item: Item) -> Above:
        """Return what stands above, with the row of an item of the block."""
        static = next((each.of for each in block.static if each.id == item), None)
        own = None if item is None else block.rows
        ref = own if static is None else rows_ref(static)
        metric = static.metric if isinstance(static, MetricFilter) else self.metric
        return Above(self.refs if ref is None else (*self.refs, ref), metric)

    def reasons(self, table: Table, catalog: Catalog) -> Reasons:
        """Return why records have no value of such a row."""
        return tuple(
            next((why for ref in self.refs if (why := catalog.misfit(ref, self.metric or each.metric))), None)
            for each in table.columns
        )


TOP = Above()


def above_block(session: Session, table_id: str, address: do.Address) -> Above:
    """Return what stands in the rows that a block is under."""
    table, found = tree.find_table(session.project, table_id), TOP
    for depth, item in enumerate(blocks.items_of(session, table_id, address)):
        found = found.row(tree.block_at(table, address[:depth]), item)
    return found


def of_block(session: Session, table_id: str, address: do.Address) -> Reasons:
    """Return why a block has no figures at all, for the rows that it is under."""
    table = tree.find_table(session.project, table_id)
    return above_block(session, table_id, address).reasons(table, session.dataset.catalog)


def of_named_rows(session: Session, table_id: str, address: do.Address) -> Reasons:
    """Return why named rows of a block have no figures: all of them, or (static rows) at least one."""
    table = tree.find_table(session.project, table_id)
    rows = _named(table, tree.block_at(table, address), above_block(session, table_id, address), session)
    return tuple(next((each[column] for each in rows if each[column]), None) for column in _range(table))


def _named(table: Table, block: Table | Breakdown, above: Above, session: Session) -> list[Reasons]:
    """Return the reasons of each static row that is shown, else those of all named rows."""
    shown = chosen(block) or tuple(each.id for each in block.static)
    given = [each for each in block.static if each.id in shown]
    named = [above.row(block, each.id) for each in given] or [above.row(block, "")]
    return [each.reasons(table, session.dataset.catalog) for each in named]


def _range(table: Table) -> range:
    return range(len(table.columns))


def blanks(session: Session, table_id: str, address: do.Address) -> Blanks:
    """Return which figures the code of a block leaves out."""
    table, above = tree.find_table(session.project, table_id), above_block(session, table_id, address)
    rows = _named(table, tree.block_at(table, address), above, session)
    everywhere = above.reasons(table, session.dataset.catalog)
    return Blanks(tuple(map(bool, everywhere)), tuple(tuple(map(bool, each)) for each in rows))


def without_misfits(
    table: Table, block: Table | Breakdown, result: BlockResult, catalog: Catalog, above: Above = TOP
) -> BlockResult:
    """Return the figures of a block, blank where there can be none.

    Parameters
    ----------
    table, block, result
        The table, its block (the table itself or a breakdown of it), and the figures of the block.
    catalog
        What says which figures fit.
    above
        What stands in the rows that the block is under.
    """
    reasons = above.reasons(table, catalog)
    return dataclasses.replace(
        result,
        rows=tuple(_row(table, block, row, catalog, above.row(block, row.item)) for row in result.rows),
        total=_blanked(result.total, reasons),
        out_of=_blanked(result.out_of, reasons),
    )


def _row(
    table: Table, block: Table | Breakdown, row: RowResult, catalog: Catalog, inside: Above
) -> RowResult:
    below = tree.child_of(block, row.item, row.rank)
    child = row.child
    if child is not None and below is not None:
        child = without_misfits(table, below, child, catalog, inside)
    return dataclasses.replace(row, values=_blanked(row.values, inside.reasons(table, catalog)), child=child)


def _blanked(values: tuple[float, ...], reasons: Reasons) -> tuple[float, ...]:
    if not any(reasons):
        return values
    return tuple(
        math.nan if is_blank(value, why) else value for value, why in zip(values, reasons, strict=True)
    )
