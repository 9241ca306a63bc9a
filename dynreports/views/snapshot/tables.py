"""Freeform tables in the document: the heads, the total, and every row that readers can turn to.

Rows carry their unrounded figures, so that the script of the document can sort them as the engine does:
blanks last, ties by label. Without the script the page that the table stands on is there.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockRequest, BlockResult
from dynreports.project import tree
from dynreports.project.model import Table
from dynreports.project.session import Session
from dynreports.semantics.locales import Locale
from dynreports.views import table as drawn
from dynreports.views.markup import Markup, el, joined
from dynreports.views.misfits import without_misfits
from dynreports.views.payload import (
    BlockHead,
    Cell,
    ColumnState,
    ItemRow,
    TablePayload,
    TotalCell,
    is_of_more,
    kept_notes,
    under_head,
)
from dynreports.views.snapshot.sparks import spark
from dynreports.views.snapshot.styles import Styles

MOST_ROWS = 1_000
"""Rows of a table that one document holds; of a breakdown a fifth of it."""


def table(part: Table, session: Session, styles: Styles) -> Markup:
    """Return a table that has rows or columns.

    Raises
    ------
    DynReportsError
        If its figures can't be computed.
    """
    dataset = session.dataset
    request = session.request(part.id)
    wide = dataclasses.replace(request, block=_widened(request.block, MOST_ROWS))
    result = planner.answer(wide, engine_for(dataset))
    locale = session.project.numbers
    payload = drawn.payload(part, result, dataset, 0, locale)
    known = without_misfits(part, part, result, dataset.catalog)
    values: list[tuple[float, ...]] = []
    orders: list[int] = []
    _walk(known, part, values, orders)
    return _Table(part, payload, styles, session.page(part.id), locale).html(values, orders)


def _widened(block: BlockRequest, most: int) -> BlockRequest:
    children = tuple(
        dataclasses.replace(each, block=None if each.block is None else _widened(each.block, most // 5))
        for each in block.children
    )
    return dataclasses.replace(block, page=1, limit=max(most, block.limit), children=children)


def _walk(result: BlockResult, block: tree.Block, values: list[tuple[float, ...]], orders: list[int]) -> None:
    """Add, in the order of the payload's rows, their figures and their places in the order of the labels."""
    by = block.rows
    by_time = by is not None and by.kind == "time"

    def place(index: int) -> tuple[bool, str, str] | int:
        row = result.rows[index]
        if block.static:
            return next(at for at, each in enumerate(block.static) if each.id == row.item)
        # As the engine ranks: time by time, text by its letters, what is missing last.
        label = str(row.item) if by_time else row.label
        return row.item is None, label.casefold(), label

    ranked = {index: order for order, index in enumerate(sorted(range(len(result.rows)), key=place))}
    for index, row in enumerate(result.rows):
        values.append(row.values)
        orders.append(ranked[index])
        child = tree.child_of(block, row.item, row.rank)
        if row.child is not None and child is not None:
            values.append(row.child.total)
            orders.append(0)
            _walk(row.child, child, values, orders)


def _number(value: float) -> str:
    """Return a figure as the script reads it; blank: none."""
    if not math.isfinite(value):
        return "" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    return f"{value:.17g}"


class _Table:
    """One table on its way into the document."""

    def __init__(self, part: Table, payload: TablePayload, styles: Styles, page: int, locale: Locale) -> None:
        self._part = part
        self._payload = payload
        self._styles = styles
        self._page = page
        self._locale = locale

    def html(self, values: Sequence[tuple[float, ...]], orders: Sequence[int]) -> Markup:
        payload, total = self._payload, self._payload.total
        assert total is not None  # noqa: S101  # the table is not empty
        page = min(self._page, max(1, -(-total.to // total.limit)))
        first = (page - 1) * total.limit
        shown = _shown(total, first, payload.rows)
        lines = [self._line(*each) for each in zip(payload.rows, values, orders, shown, strict=True)]
        heads = (total, *(each for each in payload.rows if isinstance(each, BlockHead)))
        title = self._part.title
        name = el("th", "Total", scope="row", class_="dr-l")
        sums = el("tr", name, *(_sum(each, is_top=True) for each in total.cells), class_="dr-sum")
        table = el(
            "table",
            el("thead", el("tr", self._corner(total), *map(_head, payload.columns))),
            el("tbody", sums, *lines),
            class_="dr-ft",
            aria_label=title,
            data_limit=total.limit,
            data_page=page,
            data_part=any(each.to < each.count for each in heads),
        )
        frame = el(
            "div", table, class_="dr-ftw", tabindex=0, role="region", aria_label=f"{title}, scrolls sideways"
        )
        return joined(frame, None if total.ref is None else _foot(total, first, self._locale))

    def _corner(self, total: BlockHead) -> Markup:
        if total.ref is None and not total.static:
            return el("th", scope="col", class_="dr-l")
        by_label = not any(each.sort for each in self._payload.columns)
        label = el("button", el("span", total.label, dir="auto"))
        return el("th", label, scope="col", class_="dr-l", aria_sort="other" if by_label else None)

    def _line(self, row: ItemRow | BlockHead, values: Sequence[float], order: int, shown: bool) -> Markup:
        depth = row.depth or None
        if isinstance(row, BlockHead):
            of = None if row.parent is None else el("span", f" of {row.parent}", class_="dr-sr")
            by = el("b", row.label, dir="auto")
            name = el("th", by, of, _range(row, 0, self._locale), scope="row", class_="dr-l")
            cells = map(_sum, row.cells)
            return el(
                "tr", name, *cells, class_="dr-sum", data_depth=depth, data_limit=row.limit, hidden=not shown
            )
        twist = None
        if row.open:
            said = f"Breakdown of {row.label}"
            twist = el("button", class_="dr-twist", aria_expanded="true", aria_label=said)
        label = el("span", row.label, dir="auto", class_="dr-missing" if row.missing else None)
        caption = None if row.caption is None else el("span", f"({row.caption})", class_="dr-caption")
        number = el("span", f"{row.number}.", class_="dr-no")
        name = el("th", twist, number, label, caption and joined(" ", caption), scope="row", class_="dr-l")
        figures = ",".join(map(_number, values))
        cells = map(self._cell, row.cells)
        return el("tr", name, *cells, data_v=figures, data_o=order, data_depth=depth, hidden=not shown)

    def _cell(self, cell: Cell) -> Markup:
        if cell.reason is not None:
            return _none(cell.text, cell.reason)
        looks = []
        if cell.bar is not None:
            looks += ["dr-b", self._styles.share("w", cell.bar)]
        if cell.heat is not None:
            looks += ["dr-low" if cell.heat < 0 else "dr-high", self._styles.share("h", abs(cell.heat))]
        share = None if cell.percent is None else el("small", cell.percent)
        return el("td", el("span", cell.text), share, class_=" ".join(looks) or None)


def _head(column: ColumnState) -> Markup:
    sort = {"asc": "ascending", "desc": "descending"}.get(column.sort or "")
    small = (el("small", each) for each in under_head(column))
    label = el("button", el("span", column.label, *small, dir="auto"))
    return el("th", label, scope="col", aria_sort=sort, title=column.tip)


def _sum(cell: TotalCell, *, is_top: bool = False) -> Markup:
    if cell.reason is not None:
        return _none(cell.text, cell.reason)
    # What a total is out of tells something only where it is another figure.
    line = spark(cell.series) if is_top else None
    return el("td", line, el("b", cell.text), el("small", cell.out_of) if is_of_more(cell) else None)


def _none(text: str, reason: str) -> Markup:
    return el("td", text, class_="dr-none", title=reason, aria_description=reason)


def _foot(total: BlockHead, first: int, locale: Locale) -> Markup:
    notes = []
    if total.to < total.count:
        notes.append(
            f"This document holds the first {locale.count(total.to)} of {total.counted} rows, in the order "
            "that the table had when it was made."
        )
    notes += kept_notes(total)
    if not total.include_missing:
        notes.append("Records without a value are left out.")
    said = (el("p", each, class_="dr-small", dir="auto") for each in notes)
    return joined(el("div", _range(total, first, locale), class_="dr-tf"), *said)


def _range(block: BlockHead, first: int, locale: Locale) -> Markup:
    """Return which rows are shown; the script puts the buttons of pages beside it."""
    to = min(first + block.limit, block.to)
    words = "no rows"
    if block.count:
        words = f"{locale.count(first + 1)}–{locale.count(to)} of {block.counted}"
    return el("span", words, class_="dr-range")


def _shown(total: BlockHead, first: int, rows: Sequence[ItemRow | BlockHead]) -> Iterator[bool]:
    """Yield for each row whether it stands on the page that its block shows, and all above it do."""
    pages = [range(first, first + total.limit)]
    counts, above = [0], [True]
    for row in rows:
        depth = row.depth
        if isinstance(row, BlockHead):
            pages[depth:], counts[depth:], above[depth + 1 :] = [range(row.limit)], [0], []
            yield above[depth]
            continue
        is_shown = above[depth] and counts[depth] in pages[depth]
        counts[depth] += 1
        above[depth + 1 :] = [is_shown]
        yield is_shown
