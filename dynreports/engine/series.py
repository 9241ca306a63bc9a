"""Columns over time: one value per calendar bucket, whether it has records or not."""

from __future__ import annotations

import numpy as np

from dynreports.engine import times
from dynreports.engine.figures import evaluate, needed
from dynreports.engine.query import Engine, Query
from dynreports.engine.request import Series, TableRequest
from dynreports.semantics.keys import TIME_UNITS, TimeKey, TimeUnit
from dynreports.semantics.metric import Expression
from dynreports.semantics.predicate import Predicate, Within

_MOST_BUCKETS = 5_000


def series_of(
    request: TableRequest, expressions: tuple[Expression, ...], where: Predicate | None, engine: Engine
) -> tuple[Series | None, ...]:
    """Return the series of every column over its own period, or over the data where it has none.

    A comparison of two periods has no line: its two figures are of different dates.
    """
    if request.series is None:
        return ()
    spans: dict[Within | None, list[int]] = {}
    for index, column in enumerate(request.columns):
        if column.against is not None:
            continue
        spans.setdefault(request.period_of(column), []).append(index)
    found: dict[int, Series | None] = {}
    for period, indices in spans.items():
        span = period
        if span is None and request.time_field is not None:
            span = engine.span(request.time_field)
        chosen = tuple(expressions[index] for index in indices)
        lines = (
            _lines(request.series, chosen, where, engine, span) if span is not None else [None] * len(chosen)
        )
        found |= dict(zip(indices, lines, strict=True))
    return tuple(found.get(index) for index in range(len(request.columns)))


def _lines(
    unit: TimeUnit, expressions: tuple[Expression, ...], where: Predicate | None, engine: Engine, span: Within
) -> list[Series | None]:
    start, end = (times.instant(each, engine.timezone) for each in (span.start, span.end))
    unit, starts = _buckets(engine.timezone, unit, start, end)
    if not starts:
        return [None] * len(expressions)
    query = Query(TimeKey(span.field, unit), where, needed(expressions), tuple(starts))
    values = engine.answer(query).values
    return [
        Series(unit, tuple(starts), tuple(np.asarray(evaluate(each, values, len(starts))).tolist()))
        for each in expressions
    ]


def _buckets(zone: str, unit: TimeUnit, start: int, end: int) -> tuple[TimeUnit, list[str]]:
    """Return the buckets of a span, of a coarser unit where there would be more than a line can show."""
    for each in TIME_UNITS[TIME_UNITS.index(unit) :]:
        seconds = {"minute": 60, "hour": 3600}.get(each, 86_400)
        if (end - start) // 10**9 <= seconds * _MOST_BUCKETS or each not in {"minute", "hour", "day"}:
            starts = times.bucket_starts(zone, each, start, end)
            if len(starts) <= _MOST_BUCKETS:
                return each, starts
    return "year", times.bucket_starts(zone, "year", start, end)
