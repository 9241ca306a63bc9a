"""Rows of time whose columns look at different periods: aligned, or real dates with blanks."""

from __future__ import annotations

import dataclasses

import numpy as np

from dynreports.engine import scopes, times
from dynreports.engine.figures import evaluate, needed
from dynreports.engine.labels import bucket_label
from dynreports.engine.query import Answer, Array, Engine, Floats, Query
from dynreports.engine.request import BlockRequest, ColumnRequest, TableRequest
from dynreports.semantics.keys import TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import Predicate, Within


@dataclasses.dataclass(frozen=True)
class AlignedRows:
    """Every row of an alignment: what its columns show, what its dates are called, and which rows are there.

    ``cells``: one array over all rows of the alignment per column; ``rows``: those that have a record
    and are shown.
    """

    cells: list[Floats]
    rows: Array
    dates: scopes.Alignment
    labels: dict[str, str]

    def named(self, row: int) -> tuple[str, str | None]:
        """Return the date of the table's own period, and those of the other periods."""
        base, buckets = self.dates.base, self.dates.buckets
        in_order = [buckets[each] for each in sorted(buckets, key=lambda each: each != base)]
        different = dict.fromkeys(own[row] for own in in_order if row < len(own))
        first, *rest = (self.labels[each] for each in different)
        return first, " · ".join(rest) or None


def aligned_rows(
    request: TableRequest, dates: scopes.Alignment, where: Predicate | None, engine: Engine
) -> AlignedRows:
    """Return the rows of a block whose dates are aligned, from one query over the buckets of all periods."""
    every = tuple(dict.fromkeys(each for own in dates.buckets.values() for each in own))
    figures = [scopes.sides(request, column) for column in request.columns]
    presence = {period: Aggregate("count", None, period) for period in dates.buckets}
    flat = tuple(each for pair in figures for each in pair)
    measures = tuple(dict.fromkeys((*needed(flat), *presence.values())))
    answer = engine.answer(Query(dates.key, where, measures, every))
    place = {each: index for index, each in enumerate(every)}
    count = len(dates.rows)
    spots = {
        period: np.array([place[each] for each in own], dtype=np.intp)
        for period, own in dates.buckets.items()
    }

    def spread(values: Floats, period: Within | None, blank: float) -> Floats:
        assert period is not None  # noqa: S101  # aligned periods have two ends
        found = np.full(count, blank)
        found[: len(spots[period])] = values[spots[period]]
        return found

    cells = []
    for column, pair in zip(request.columns, figures, strict=True):
        parts = [
            spread(evaluate(each, answer.values, len(every)), period, np.nan)
            for each, period in zip(pair, request.periods_of(column), strict=True)
        ]
        cells.append(_compared(column, parts))
    seen = np.zeros(count)
    for period, measure in presence.items():
        seen += spread(answer.values[measure], period, 0.0)
    labels = {each: bucket_label(each, dates.key.unit) for each in every}
    if dates.chosen is not None:
        seen[np.setdiff1d(np.arange(count), dates.chosen)] = 0
    return AlignedRows(cells, np.flatnonzero(seen > 0), dates, labels)


def _compared(column: ColumnRequest, parts: list[Floats]) -> Floats:
    if len(parts) == 1:
        return parts[0]
    own, other = parts
    if column.show == "difference":
        return own - other
    with np.errstate(all="ignore"):
        return np.where(other == 0, np.nan, (own - other) / other)


def real_dates(request: TableRequest, block: BlockRequest, ranked: Answer, zone: str) -> dict[int, Array]:
    """Return by column which rows lie outside of its period: there is no figure there, not 0.

    Only where rows are time and columns look at different periods; columns that lie in none are left out.
    """
    key = block.by
    if not isinstance(key, TimeKey) or len(scopes.periods(request)) < 2:
        return {}
    starts = np.array([_instant(each, zone) for each in ranked.items], dtype=np.float64)
    outside: dict[Within, Array] = {}
    found: dict[int, Array] = {}
    for position, column in enumerate(request.columns):
        for period in request.periods_of(column):
            if period is None or period.field != key.field:
                continue
            if period not in outside:
                first, end = scopes.touched(period, key.unit, zone)
                outside[period] = ~((starts >= first) & (starts < end))
            found[position] = outside[period] | found.get(position, False)
    return {position: mask for position, mask in found.items() if mask.any()}


def _instant(item: object, zone: str) -> float:
    return np.nan if item is None else times.instant(str(item), zone)
