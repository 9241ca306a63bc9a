"""One chart: what it reads, made into marks, a spec, a legend, and the words for those who can't see it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from dynreports.project import labels
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.semantics.keys import TimeUnit
from dynreports.views.charts import figures, offers, words
from dynreports.views.charts.figures import Category, Entry, Mark
from dynreports.views.charts.reading import Measure, Reading, UndrawableError, read
from dynreports.views.charts.specs import Axis, Shape, Spec, spec
from dynreports.views.charts.times import Timeline, timeline
from dynreports.views.payload import ChartPart, ChartTable, ChartValue

_LARGE = 1000
_WIDTH = 560
"""Pixels that the axis of an ordinary chart has: by them labels are slanted."""
_LETTER = 6.2
_FEW_POINTS = 2


@dataclass(frozen=True)
class Drawing:
    """What is drawn of a chart.

    Attributes
    ----------
    head, names, places
        What the figures behind it are by, what they are called, and the figures.
    """

    spec: Spec | None
    marks: tuple[Mark, ...] = ()
    series: tuple[Entry, ...] = ()
    parts: tuple[ChartPart, ...] | None = None
    value: ChartValue | None = None
    summary: str = ""
    table: ChartTable = field(default_factory=ChartTable)
    head: str = ""
    names: tuple[str, ...] = ()
    places: tuple[Category, ...] = ()
    has_legend: bool = True
    number: float | None = None


def draw(session: Session, chart: Chart) -> Drawing:
    """Return what is drawn of a chart.

    Raises
    ------
    SourceMissingError, UndrawableError
        If there is nothing to draw, or it can't be drawn this way; the message says what can be done.
    """
    reading = read(session, chart)
    if not reading.measures:
        message = f"{reading.table.title} has no columns yet, so there is nothing to draw."
        raise UndrawableError(message)
    reason = offers.reason(chart.kind, reading, session.dataset)
    if reason is not None:
        raise UndrawableError(reason)
    match chart.kind:
        case "line" | "area" | "area stacked":
            return _over_time(session, chart, reading)
        case _:
            return _compared(session, chart, reading)


def dimension(session: Session, reading: Reading) -> str:
    """Return what stands in the rows, in a word; the total where nothing does."""
    return figures.TOTAL if reading.by is None else labels.component(reading.by, session.dataset)


# ---- over time ----------------------------------------------------------------------------------


def _over_time(session: Session, chart: Chart, reading: Reading) -> Drawing:
    found = timeline(session, chart, reading)
    year = session.dataset.now().year
    marks = figures.over_time(chart, reading, found, year)
    names = figures.line_labels(reading, found, dimension(session, reading))
    entries = figures.entries(names)
    title = found.unit.capitalize()
    shape = Shape(
        kind=chart.kind,
        series=_keys(entries),
        values=_axes(chart, reading.measures, marks),
        axes=chart.axes,
        zero=chart.zero or chart.kind == "area stacked",
        unit=found.unit,
        ticks=ticks(found),
        title=title if chart.axis_titles else None,
        marked=len(found.points) <= _FEW_POINTS,
        normalize=chart.stacked_100,
        threshold=_threshold(chart, reading.measures),
    )
    places = figures.times(found, year)
    behind = _table(title, names, places, [reading.measures[each.measure] for each in found.lines])
    return Drawing(
        spec(shape),
        tuple(marks),
        entries,
        summary=words.over_time(chart, reading, found, names, places),
        table=behind,
        head=title,
        names=tuple(names),
        places=tuple(places),
        has_legend=chart.legend,
    )


def ticks(found: Timeline) -> tuple[str, int] | None:
    """Return how often an axis of time is marked: by calendar units, never between two buckets."""
    count = len(found.points)
    steps: dict[TimeUnit, tuple[tuple[int, tuple[str, int]], ...]] = {
        "minute": ((12, ("minute", 1)), (70, ("minute", 10)), (200, ("minute", 30))),
        "hour": ((12, ("hour", 1)), (26, ("hour", 3)), (52, ("hour", 6)), (80, ("hour", 12))),
        "day": ((10, ("day", 1)), (70, ("week", 1)), (400, ("month", 1)), (1500, ("month", 3))),
        "week": ((10, ("week", 1)), (60, ("month", 1)), (200, ("month", 3))),
        "month": ((14, ("month", 1)), (48, ("month", 3))),
        "quarter": ((16, ("month", 3)),),
        "year": ((16, ("year", 1)),),
    }
    return next((step for most, step in steps[found.unit] if count <= most), None)


# ---- rows beside each other ---------------------------------------------------------------------


def _compared(session: Session, chart: Chart, reading: Reading) -> Drawing:
    unit = reading.unit
    if unit is not None and reading.rows:
        found = timeline(session, chart, reading)
        places = figures.times(found, session.dataset.now().year)
    else:
        places = figures.categories(chart, reading)
    marks = figures.compared(chart, reading, places)
    names = [each.label for each in reading.measures]
    entries = figures.entries(names)
    by = dimension(session, reading)
    shape = Shape(
        kind=chart.kind,
        series=_keys(entries),
        values=_axes(chart, reading.measures, marks),
        axes=chart.axes,
        zero=chart.zero or chart.kind.endswith("stacked"),
        title=by if chart.axis_titles else None,
        slanted=_is_slanted(places),
        normalize=chart.stacked_100,
        threshold=_threshold(chart, reading.measures),
    )
    return Drawing(
        spec(shape),
        tuple(marks),
        entries,
        summary=words.compared(chart, reading, places, by),
        table=_table(by, names, places, reading.measures),
        head=by,
        names=tuple(names),
        places=tuple(places),
        has_legend=chart.legend,
    )


def _is_slanted(places: Sequence[Category]) -> bool:
    if not places:
        return False
    longest = max(len(each.label) for each in places)
    return longest * _LETTER > _WIDTH / len(places) and len(places) > 1


# ---- parts --------------------------------------------------------------------------------------


def _keys(entries: Sequence[Entry]) -> tuple[tuple[str, int, int], ...]:
    return tuple((each.key, each.color, each.dash) for each in entries)


def _axes(chart: Chart, measures: Sequence[Measure], marks: Sequence[Mark]) -> tuple[Axis, ...]:
    """Return the axes of values; their titles name what is read on them."""
    which = figures.axes_of(chart, measures)
    parts = chart.percentages or chart.normalized or chart.stacked_100
    found = []
    for axis in range(max(which) + 1):
        read_here = [each for each, its in zip(measures, which, strict=True) if its == axis]
        drawn = [abs(each["v"]) for each in marks if each["a"] == axis and each["v"] is not None]
        title = ", ".join(each.label for each in read_here) if chart.axis_titles else None
        found.append(
            Axis(
                unit="percent" if parts or read_here[0].unit == "percent" else "number",
                is_large=max(drawn, default=0.0) >= _LARGE,
                is_whole=not parts and all(each.metric.decimals == 0 for each in read_here),
                title=title,
            )
        )
    return tuple(found)


def _threshold(chart: Chart, measures: Sequence[Measure]) -> float | None:
    """Return where the line is drawn: people say 25 where 25 % is meant."""
    if chart.threshold is None:
        return None
    parts = chart.percentages or chart.normalized or chart.stacked_100
    is_percent = parts or measures[0].unit == "percent"
    return chart.threshold / 100 if is_percent else chart.threshold


def _table(
    head: str, names: Sequence[str], places: Sequence[Category], measures: Sequence[Measure]
) -> ChartTable:
    rows = tuple(
        (
            place.title,
            *(words.figure(value, each) for value, each in zip(place.values, measures, strict=True)),
        )
        for place in places
    )
    return ChartTable((head, *names), rows)


def finite(values: Sequence[float]) -> list[float]:
    """Return the values that are figures."""
    return [each for each in values if not math.isnan(each)]
