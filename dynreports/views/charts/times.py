"""Figures over time: the rows of a table by time, or the trend of rows that are something else.

Buckets are full calendar units. What has no records at the beginning and the end is left out, so that a month
that is not over does not fall to zero; what has none in between is drawn as what it is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dynreports.engine import times as calendar
from dynreports.engine.figures import evaluate
from dynreports.engine.request import Series
from dynreports.project.ask import series_unit
from dynreports.project.chart_model import MOST_ITEMS
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.semantics.keys import TIME_UNITS, Item, TimeUnit
from dynreports.semantics.metric import Expression, aggregates_of
from dynreports.semantics.predicate import Within
from dynreports.views.charts.reading import Measure, Reading, Row, UndrawableError, without_rows

MOST_LINES = 12
"""Rows that are drawn over time at once; beyond, nobody can tell them apart."""
_MOST_BUCKETS = 5_000
_ADDED_UP = {"count", "sum", "distinct"}


@dataclass(frozen=True)
class Point:
    """A bucket: its start and end as local wall clock, and the row of the table that it is, if any."""

    start: dt.datetime
    end: dt.datetime
    row: Row | None = None


@dataclass(frozen=True)
class Line:
    """One series over the buckets: of a measure, and (trends of chosen rows) of one row."""

    measure: int
    values: tuple[float, ...]
    row: Row | None = None


@dataclass(frozen=True)
class Timeline:
    """What a chart over time draws. ``left_out``: chosen rows that are not drawn."""

    unit: TimeUnit
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    left_out: int = 0


def timeline(session: Session, chart: Chart, reading: Reading) -> Timeline:
    """Return the figures of a chart over time.

    Raises
    ------
    UndrawableError
        If the data has no time.
    """
    if reading.unit is not None and reading.rows:
        return _of_rows(session, reading, reading.unit)
    if session.dataset.time is None:
        message = "This data has no date-time field, so there is nothing to draw over time. Choose bars."
        raise UndrawableError(message)
    return _trend(session, chart, reading)


def of_all_times(session: Session, reading: Reading) -> Timeline | None:
    """Return the rows of time as bars draw them: in order, those without records among them.

    ``None``: the rows are no times, or it is not known what lies between them; they are drawn as any others.
    """
    if reading.unit is None or not reading.is_gapless or not any(each.item for each in reading.rows):
        return None
    found = _of_rows(session, reading, reading.unit)
    return found if len(found.points) <= MOST_ITEMS else None


# ---- rows that are time -------------------------------------------------------------------------


def _of_rows(session: Session, reading: Reading, unit: TimeUnit) -> Timeline:
    rows = {str(each.item): each for each in reading.rows if each.item is not None}
    starts = sorted(rows, key=dt.datetime.fromisoformat)
    if not starts:
        message = "None of these rows has a time."
        raise UndrawableError(message)
    zone = session.dataset.timezone
    first, last = (calendar.instant(each, zone) for each in (starts[0], starts[-1]))
    every = calendar.bucket_starts(zone, unit, first, last + 1)
    if len(every) > _MOST_BUCKETS or not set(starts) <= set(every):
        every = starts
    empty = [_of_nothing(each.metric.expression) for each in reading.measures]
    lines = []
    for index, measure in enumerate(reading.measures):
        blank = math.nan if not reading.is_gapless or measure.column.blank_zero else empty[index]
        lines.append(Line(index, tuple(rows[at].values[index] if at in rows else blank for at in every)))
    points = tuple(_point(each, unit, rows.get(each)) for each in every)
    return Timeline(unit, points, tuple(lines))


def _of_nothing(expression: Expression) -> float:
    """Return a figure of no records: counts and sums are 0, averages and extremes blank."""
    nothing = {
        each: np.array([0.0 if each.op in _ADDED_UP else math.nan]) for each in aggregates_of(expression)
    }
    return float(evaluate(expression, nothing, 1)[0])


# ---- trends -------------------------------------------------------------------------------------


def _trend(session: Session, chart: Chart, reading: Reading) -> Timeline:
    """Return the chosen rows over time; without any, the total."""
    is_of_rows = reading.is_chosen and not reading.is_total
    rows: list[Row | None] = list(reading.rows[:MOST_LINES]) if is_of_rows else [None]
    if not rows:
        message = "The rows that were chosen have no records here, so there is nothing to draw over time."
        raise UndrawableError(message)
    left_out = len(reading.rows) - len(rows) if is_of_rows else 0
    usual = session.request(reading.table.id).series
    unit = chart.granularity or usual or "day"
    found = _trimmed(_asked(session, reading, rows, unit))
    finer = _finer(found, unit) if chart.granularity is None else None
    if finer is not None:
        found = _trimmed(_asked(session, reading, rows, finer))
    return Timeline(found.unit, found.points, found.lines, left_out)


def trend_of(
    session: Session, reading: Reading, measure: int, items: Sequence[Item] | None, unit: TimeUnit | None
) -> Series | None:
    """Return one figure over time: of the total, or of some items together."""
    usual = session.request(reading.table.id).series
    chosen = unit or usual
    if chosen is None:
        return None
    if items is None and reading.is_whole and chosen == usual:
        result = session.result(reading.table.id)  # the table shows these very lines
    else:
        result = session.answer(without_rows(reading.request, items, chosen))
    return result.series[reading.measures[measure].index] if result.series else None


def _asked(session: Session, reading: Reading, rows: Sequence[Row | None], unit: TimeUnit) -> Timeline:
    series: list[tuple[int, Row | None, Series]] = []
    for row in rows:
        for index in range(len(reading.measures)):
            found = trend_of(session, reading, index, None if row is None else (row.item,), unit)
            if found is not None:
                series.append((index, row, found))
    if not series:
        message = "There are no records in this period, so there is nothing to draw over time."
        raise UndrawableError(message)
    # Columns of other periods have other days: each stands at its own.
    drawn = series[0][2].unit
    every = sorted({at for _, _, each in series for at in each.starts}, key=dt.datetime.fromisoformat)
    lines = []
    for index, row, each in series:
        values = dict(zip(each.starts, each.values, strict=True))
        lines.append(Line(index, tuple(_shown(values.get(at), reading.measures[index]) for at in every), row))
    return Timeline(drawn, tuple(_point(each, drawn) for each in every), tuple(lines))


def _shown(value: float | None, measure: Measure) -> float:
    if value is None or not math.isfinite(value) or (measure.column.blank_zero and value == 0):
        return math.nan
    return value


def _trimmed(found: Timeline) -> Timeline:
    """Return the part between the first and the last bucket where anything was counted."""
    there = [
        position
        for position in range(len(found.points))
        if any(line.values[position] and not math.isnan(line.values[position]) for line in found.lines)
    ]
    if not there:
        return found
    kept = slice(there[0], there[-1] + 1)
    lines = tuple(Line(each.measure, each.values[kept], each.row) for each in found.lines)
    return Timeline(found.unit, found.points[kept], lines)


def _finer(found: Timeline, unit: TimeUnit) -> TimeUnit | None:
    """Return the unit that the span of the data suggests, where it is a finer one than was asked for."""
    span = Within("", found.points[0].start.isoformat(), found.points[-1].end.isoformat())
    suggested = series_unit(span)
    return suggested if TIME_UNITS.index(suggested) < TIME_UNITS.index(unit) else None


# ---- buckets ------------------------------------------------------------------------------------


def _wall(start: str) -> dt.datetime:
    return dt.datetime.fromisoformat(start).replace(tzinfo=None)


def _point(start: str, unit: TimeUnit, row: Row | None = None) -> Point:
    begin = _wall(start)
    return Point(begin, _after(begin, unit), row)


def _after(start: dt.datetime, unit: TimeUnit) -> dt.datetime:
    """Return when a bucket ends, by the wall clock."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    if months is None:
        lengths = {"minute": dt.timedelta(minutes=1), "hour": dt.timedelta(hours=1), "week": dt.timedelta(7)}
        return start + lengths.get(unit, dt.timedelta(days=1))
    index = start.year * 12 + start.month - 1 + months
    return start.replace(year=index // 12, month=index % 12 + 1)


def epoch(moment: dt.datetime) -> int:
    """Return milliseconds since 1970 of a wall clock that is read as UTC."""
    return round(moment.replace(tzinfo=dt.UTC).timestamp() * 1000)
