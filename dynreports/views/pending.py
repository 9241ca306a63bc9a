"""Tables whose figures are on their way: what is known stands, columns that are yet to come are empty."""

from __future__ import annotations

from msgspec.structs import replace

from dynreports.views.cells import BLANK
from dynreports.views.payload import (
    BlockHead,
    Cell,
    ColumnState,
    ItemRow,
    Progress,
    TablePayload,
    TotalCell,
)

NO_TOTAL = TotalCell(text="", out_of=None, series=None, first=None, last=None)


def partly(payload: TablePayload, columns: frozenset[int], progress: Progress) -> TablePayload:
    """Return a table of which only some columns have their figures.

    Parameters
    ----------
    payload
        The table; what it says of the other columns is left out.
    columns
        The positions of the columns that are there.
    """
    return replace(
        payload,
        status="loading",
        progress=progress,
        columns=tuple(
            replace(each, pending=index not in columns) for index, each in enumerate(payload.columns)
        ),
        total=payload.total and _head(payload.total, columns),
        rows=tuple(_row(each, columns) for each in payload.rows),
    )


def _row(row: ItemRow | BlockHead, columns: frozenset[int]) -> ItemRow | BlockHead:
    if isinstance(row, BlockHead):
        return _head(row, columns)
    return replace(
        row, cells=tuple(each if index in columns else BLANK for index, each in enumerate(row.cells))
    )


def _head(head: BlockHead, columns: frozenset[int]) -> BlockHead:
    return replace(
        head, cells=tuple(each if index in columns else NO_TOTAL for index, each in enumerate(head.cells))
    )


def waiting(heads: TablePayload, before: TablePayload | None) -> TablePayload:
    """Return what is drawn until figures come: the heads as they are now over the figures of before.

    A figure stays only under a head that says the same as before, so that none stands for what it is not.

    Parameters
    ----------
    heads
        The table without figures.
    before
        What was drawn last; ``None``: nothing.
    """
    if before is None or before.total is None or heads.rows_ref is None:
        return heads
    places = {each.id: index for index, each in enumerate(before.columns)}
    kept = [
        places[each.id] if each.id in places and _is_same(before.columns[places[each.id]], each) else None
        for each in heads.columns
    ]

    def item(row: ItemRow) -> ItemRow:
        cells: tuple[Cell, ...] = tuple(BLANK if each is None else row.cells[each] for each in kept)
        return replace(row, cells=cells)

    def head(row: BlockHead) -> BlockHead:
        return replace(row, cells=tuple(NO_TOTAL if each is None else row.cells[each] for each in kept))

    return replace(
        heads,
        stale=True,
        label_width=before.label_width,
        align_dates=before.align_dates,
        columns=tuple(
            replace(each, pending=place is None) for each, place in zip(heads.columns, kept, strict=True)
        ),
        total=head(before.total),
        rows=tuple(head(each) if isinstance(each, BlockHead) else item(each) for each in before.rows),
    )


def _is_same(a: ColumnState, b: ColumnState) -> bool:
    return not a.pending and (a.label, a.filters, a.detail) == (b.label, b.filters, b.detail)


def stopped(payload: TablePayload) -> TablePayload:
    """Return a table whose figures nobody waits for any more: figures of another question are not shown."""
    if payload.stale:
        payload = replace(payload, stale=False, total=None, rows=())
        payload = replace(payload, columns=tuple(replace(each, pending=True) for each in payload.columns))
    return replace(payload, status="stopped")
