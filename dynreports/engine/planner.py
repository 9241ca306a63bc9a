"""From a table on the screen to the fewest queries, each at its own grain.

Per block: one query for the total, one for "out of" where it differs, one that ranks the rows (with every
figure that costs no pass of its own), and one for the rest of the figures, for the items of the page alone.
Static rows are one query for all of them, aligned dates one for the buckets of all periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dynreports.engine import scopes
from dynreports.engine.dates import aligned_rows, real_dates
from dynreports.engine.figures import evaluate, needed
from dynreports.engine.limits import extremes, wanted
from dynreports.engine.query import Array, Engine, Floats, Query
from dynreports.engine.request import BlockRequest, BlockResult, RowResult, Series, TableRequest
from dynreports.engine.series import series_of
from dynreports.semantics.keys import Item, Key
from dynreports.semantics.metric import Aggregate, Expression, aggregates_of
from dynreports.semantics.predicate import InItems, Predicate, all_of

COSTLY = {"distinct", "min", "max"}
"""What can't be added up: each costs passes of its own."""
_FEW_OF = 20


def answer(request: TableRequest, engine: Engine) -> BlockResult:
    """Return what a table shows.

    Parameters
    ----------
    request
        The table as it stands on the screen, with the breakdowns that are open.
    engine
        What answers the queries.
    """
    found = _Plan(request, engine).block(request.block, (), None)
    return replace(found, periods=tuple(map(request.periods_of, request.columns)))


def is_costly(request: TableRequest) -> bool:
    """Whether a column has figures that can't be added up: each key and line over time costs a pass."""
    return not all(_is_cheap(column.expression) for column in request.columns)


class _Plan:
    """One request on its way. Rows that are no plain items have a plan of their own below them."""

    def __init__(self, request: TableRequest, engine: Engine) -> None:
        self._request = request
        self._engine = engine
        self._expressions = scopes.shown(request)
        self._keep = kept_by(request)

    def block(
        self, block: BlockRequest, parents: tuple[Predicate, ...], parent_values: tuple[float, ...] | None
    ) -> BlockResult:
        """Return one block: of the table itself, or under the items in ``parents``."""
        base = all_of((self._request.where, *parents))
        if block.static:
            return self._static(block, base, parent_values)
        # Rows first: where they need a pass over the same records, it brings the figures of the total along.
        dates = scopes.alignment(self._request, block, self._engine.timezone)
        if dates is None:
            where = all_of((base, scopes.search_of(block)))
            count, page, pages, rows, figures, has_missing = self._rows(block, where, parents)
            # Rules and rows that are chosen by hand leave them out, too.
            if block.by is not None and not (block.include_missing and block.kept is None and not block.only):
                has_missing = self._has_missing(block.by, base)
        else:
            count, page, pages, rows, figures = self._aligned(block, base, dates)
            has_missing = False
        out_of = parent_values
        if out_of is None:
            out_of = self._figures(self._expressions, base)
        # Without a search a block is about the very records of its parent row, or of the whole table.
        whole = replace(self._request, where=base)
        kept = scopes.of_total(whole, block, self._engine.timezone)
        shown = scopes.shown(kept)
        total = out_of if kept is whole else self._figures(shown, kept.where)
        series = series_of(kept, shown, kept.where, self._engine)
        limits = extremes(self._request, block, figures, total) if figures else ()
        return BlockResult(rows, count, page, pages, total, out_of, series, limits, has_missing)

    def _has_missing(self, by: Key, where: Predicate | None) -> bool:
        records = Aggregate("count", where=self._keep)
        return bool(self._engine.answer(Query(by, where, (records,), items=(None,))).values[records][0])

    def _figures(self, expressions: tuple[Expression, ...], where: Predicate | None) -> tuple[float, ...]:
        values = self._engine.answer(Query(None, where, needed(expressions))).values
        return tuple(float(evaluate(each, values, 1)[0]) for each in expressions)

    def _rows(
        self, block: BlockRequest, where: Predicate | None, parents: tuple[Predicate, ...]
    ) -> tuple[int, int, int, tuple[RowResult, ...], dict[int, Floats], bool]:
        if block.by is None:
            return 0, 1, 1, (), {}, False
        by = block.by
        sorting = None if block.sort is None else self._expressions[block.sort]
        whole = wanted(self._request, block)
        of_all = needed(
            tuple(each for index, each in enumerate(self._expressions) if each is sorting or index in whole)
        )
        # What costs no pass of its own comes with the one that finds the rows.
        first = tuple(each for each in needed(self._expressions) if each.op not in COSTLY or each in of_all)
        ranked = self._engine.answer(Query(by, where, first, keep=self._keep))
        count = len(ranked.groups)
        blank = real_dates(self._request, block, ranked, self._engine.timezone)
        figures = None if sorting is None else evaluate(sorting, ranked.values, count)
        if figures is not None and block.sort in blank:
            figures = np.where(blank[block.sort], np.nan, figures)
        has_missing = count > 0 and ranked.groups[count - 1].item is None
        page, pages = _page(block, count)
        order = _ranking(figures, ranked.groups.order, block.descending, has_missing, page * block.limit)
        chosen = order[(page - 1) * block.limit : page * block.limit]
        named = [ranked.groups[index] for index in chosen.tolist()]
        values = {each: found[chosen] for each, found in ranked.values.items()}
        rest = tuple(each for each in needed(self._expressions) if each not in values)
        if rest and named:
            items = tuple(each.item for each in named)
            values |= self._engine.answer(Query(by, where, rest, items)).values
        self._prepare_children(block, tuple(each.item for each in named), (page - 1) * block.limit, parents)
        cells = [evaluate(each, values, len(named)) for each in self._expressions] if named else []
        for column in blank if named else ():
            cells[column] = np.where(blank[column][chosen], np.nan, cells[column])
        rows = []
        for index, each in enumerate(named):
            rank = (page - 1) * block.limit + index + 1
            row = tuple(float(column[index]) for column in cells)
            child = _child(block, each.item, rank)
            within = (*parents, InItems(by, (each.item,)))
            label = block.missing_label if each.label is None else each.label
            dark = [column for column, mask in blank.items() if mask[chosen[index]]]
            below = None if child is None else self._without(dark).block(child, within, row)
            rows.append(RowResult(each.item, label, each.caption, rank, row, below))
        figures_of_all = {
            each: np.where(
                blank.get(each, False), np.nan, evaluate(self._expressions[each], ranked.values, count)
            )
            for each in sorted(whole)
        }
        return count, page, pages, tuple(rows), figures_of_all, has_missing

    def _without(self, columns: Sequence[int]) -> _Plan:
        """Return the plan of what stands below a row that lies outside of the periods of some columns."""
        return _Plan(scopes.blanked(self._request, columns), self._engine) if columns else self

    def _aligned(
        self, block: BlockRequest, where: Predicate | None, dates: scopes.Alignment
    ) -> tuple[int, int, int, tuple[RowResult, ...], dict[int, Floats]]:
        """Return the rows of a block whose columns start on the same row, each with its own first date."""
        found = aligned_rows(self._request, dates, where, self._engine)
        figures = None if block.sort is None else found.cells[block.sort][found.rows]
        page, pages = _page(block, len(found.rows))
        ranks = np.arange(len(found.rows))
        order = _ranking(figures, ranks, block.descending, False, page * block.limit)
        rows = []
        for rank in range((page - 1) * block.limit, min(page * block.limit, len(order))):
            row = int(found.rows[order[rank]])
            values = tuple(float(column[row]) for column in found.cells)
            label, caption = found.named(row)
            child = _child(block, dates.rows[row], rank + 1)
            below = None
            if child is not None:
                request = replace(scopes.under_aligned(self._request, dates, row), where=where)
                below = _Plan(request, self._engine).block(child, (), values)
            rows.append(RowResult(dates.rows[row], label, caption, rank + 1, values, below))
        every = {each: found.cells[each][found.rows] for each in sorted(wanted(self._request, block))}
        return len(found.rows), page, pages, tuple(rows), every

    def _static(
        self, block: BlockRequest, base: Predicate | None, parent_values: tuple[float, ...] | None
    ) -> BlockResult:
        """Return a block of rows that are given; all of them are answered by one query."""
        given = block.given
        request = replace(self._request, where=base)
        figures = scopes.static_figures(request, given)
        flat = iter(self._figures(tuple(each for row in figures for each in row), base))
        values = [tuple(next(flat) for _ in row) for row in figures]
        order = list(range(len(given)))
        if block.sort is not None:
            keys = np.array([row[block.sort] for row in values])
            order = _ranking(keys, np.arange(len(given)), block.descending, False, len(given)).tolist()
        rows = []
        for rank, position in enumerate(order, 1):
            each = given[position]
            child = _child(block, each.item, rank)
            below = None
            if child is not None:
                plan = _Plan(scopes.under_static(request, each), self._engine)
                below = plan.block(child, (), values[position])
            rows.append(RowResult(each.item, each.label, None, rank, values[position], below))
        out_of = self._figures(self._expressions, base) if parent_values is None else parent_values
        total = self._figures(scopes.static_total(request, given), base)
        series: tuple[Series | None, ...] = ()
        if all(each.period is None for each in given):
            where = all_of((base, scopes.any_of(each.where for each in given)))
            series = series_of(self._request, self._expressions, where, self._engine)
        every = {each: np.array([row[each] for row in values]) for each in sorted(wanted(request, block))}
        limits = extremes(request, block, every, total) if every else ()
        return BlockResult(tuple(rows), len(rows), 1, 1, total, out_of, series, limits)

    def _prepare_children(
        self, block: BlockRequest, items: tuple[Item, ...], before: int, parents: tuple[Predicate, ...]
    ) -> None:
        """Have breakdowns of several rows by the same key worked out together."""
        alike: dict[tuple[Key, Predicate | None], list[Item]] = {}
        for rank, item in enumerate(items, before + 1):
            child = _child(block, item, rank)
            if child is not None and child.by is not None:
                alike.setdefault((child.by, scopes.search_of(child)), []).append(item)
        for (by, search), broken_down in alike.items():
            if len(broken_down) > 1 and block.by is not None:
                where = all_of((self._request.where, *parents, search))
                query = Query(by, where, needed(self._expressions), keep=self._keep)
                self._engine.prepare(query, block.by, tuple(broken_down))


def _is_cheap(expression: Expression) -> bool:
    """Whether a figure comes with the pass that finds the rows anyway."""
    return not any(each.op in COSTLY for each in aggregates_of(expression))


def kept_by(request: TableRequest) -> Predicate | None:
    """Return the records that make an item a row: in the period of at least one column."""
    return scopes.any_of(scopes.periods(request))


def _page(block: BlockRequest, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // block.limit))
    return min(max(block.page, 1), pages), pages


def _ranking(figures: Floats | None, labels: Array, descending: bool, has_missing: bool, count: int) -> Array:
    """Return positions in the order of the screen: figures, then labels ascending; blanks come last.

    Sorted by label, the missing item stays last in both directions. The first ``count`` are in order.
    """
    if figures is not None:
        keys = -figures if descending else figures
        if count * _FEW_OF > len(keys):
            return np.lexsort((labels, keys))
        # A page of a million items: only those up to the page's last figure are put in order.
        last = np.partition(keys, count)[count]
        near = np.flatnonzero(~(keys > last))
        return near[np.lexsort((labels[near], keys[near]))]
    ascending = np.argsort(labels, kind="stable")
    named = len(ascending) - has_missing
    return np.concatenate((ascending[:named][::-1], ascending[named:])) if descending else ascending


def _child(block: BlockRequest, item: Item, rank: int) -> BlockRequest | None:
    """Return the breakdown of a row: its own by item (``None`` when closed), else the one of its rank."""
    for child in block.children:
        if (
            child.position is None
            and child.item == item
            and isinstance(child.item, bool) == isinstance(item, bool)
        ):
            return child.block
    return next((child.block for child in block.children if child.position == rank), None)
