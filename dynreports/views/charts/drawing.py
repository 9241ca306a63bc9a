"""One chart: what it reads, made into marks, a spec, a legend, and the words for those who can't see it."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dynreports.engine.adding import adds_up
from dynreports.engine.frames import engine_for
from dynreports.project import labels, tiles
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.semantics.keys import TimeUnit
from dynreports.views.charts import bullets, figures, flows, offers, rings, summaries, words
from dynreports.views.charts.figures import Category, Mark
from dynreports.views.charts.reading import Measure, Reading, UndrawableError, read
from dynreports.views.charts.specs import Axis, Shape, Spec, spec
from dynreports.views.charts.summaries import Summed
from dynreports.views.charts.times import Timeline, of_all_times, timeline
from dynreports.views.payload import ChartPart, ChartTable, ChartValue, SeriesEntry

_WIDTH = 560
"""Pixels that the axis of an ordinary chart has: by them labels are slanted."""
_LETTER = 6.2
_LONG_LABEL = 160
_FOR_LABELS = 0.4
"""Of the width, at most, for labels beside bars."""
_FEW_POINTS = 2
_LONG_WORD = 16
"""Letters of a word that may be broken; where shorter ones don't fit, labels are slanted."""
_CUT = 0
_MOST_LABELS = 32
_MOST_TIMES, _TIMES = 12, 10
_NAMED = 3


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
    series: tuple[SeriesEntry, ...] = ()
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
    return draw_reading(session, chart, read(session, chart))


def draw_reading(session: Session, chart: Chart, reading: Reading) -> Drawing:
    """Return what is drawn of a chart that was read; see `draw`."""
    if not reading.measures:
        message = f"{reading.table.title} has no columns yet, so there is nothing to draw."
        raise UndrawableError(message)
    reason = offers.reason(chart.kind, reading, session.dataset)
    if reason is not None:
        raise UndrawableError(reason)
    match chart.kind:
        case "line" | "area" | "area stacked":
            return _over_time(session, chart, reading)
        case "donut":
            return _rings(session, chart, reading)
        case "bullet":
            return _bullet(session, chart, reading)
        case "scatter":
            return _dots(session, chart, reading)
        case "flow":
            return _flow(session, chart, reading)
        case "summary number":
            return _summed(summaries.number(session, chart, reading, dimension(session, reading)))
        case "summary change":
            return _summed(summaries.change(chart, reading))
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
        values=_axes(chart, reading.measures),
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
        "minute": (
            *((12, ("minute", 1)), (70, ("minute", 10)), (200, ("minute", 30))),
            *((800, ("hour", 3)), (1_500, ("hour", 6)), (5_000, ("hour", 12))),
        ),
        "hour": (
            *((12, ("hour", 1)), (26, ("hour", 3)), (52, ("hour", 6)), (80, ("hour", 12))),
            *((264, ("day", 1)), (1_700, ("week", 1)), (5_000, ("month", 1))),
        ),
        "day": ((10, ("day", 1)), (70, ("week", 1)), (400, ("month", 1)), (1500, ("month", 3))),
        "week": ((10, ("week", 1)), (60, ("month", 1)), (200, ("month", 3))),
        "month": ((14, ("month", 1)), (48, ("month", 3))),
        "quarter": ((16, ("month", 3)),),
        "year": ((16, ("year", 1)),),
    }
    return next((step for most, step in steps[found.unit] if count <= most), None)


# ---- rows beside each other ---------------------------------------------------------------------


def _compared(session: Session, chart: Chart, reading: Reading) -> Drawing:
    found = of_all_times(session, reading)
    if found is not None:
        places = figures.times(found, session.dataset.now().year)
        width = None
    else:
        places = figures.categories(chart, reading, _adds(session, reading))
        width = None if chart.kind.startswith("horizontal") else _letters(places, _width(chart))
    marks = figures.compared(chart, reading, places, width)
    names = [each.label for each in reading.measures]
    entries = figures.entries(names)
    axes = figures.axes_of(chart, reading.measures)
    by = dimension(session, reading)
    shape = Shape(
        kind=chart.kind,
        series=_keys(entries),
        values=_axes(chart, reading.measures),
        axes=chart.axes,
        zero=chart.zero or chart.kind.endswith("stacked"),
        title=by if chart.axis_titles else None,
        slanted=width == _CUT,
        crowded=len(places) > _MOST_LABELS,
        every=_every(len(places)) if found is not None else 1,
        longest=min(_LONG_LABEL, int(_width(chart) * _FOR_LABELS)),
        lines=tuple(each.key for each, axis in zip(entries, axes, strict=True) if axis)
        if chart.kind == "combo"
        else (),
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


def _adds(session: Session, reading: Reading) -> Callable[[], tuple[bool, ...]]:
    """Return what finds out by measure whether the rows add up to the total: it may take a query."""

    def found() -> tuple[bool, ...]:
        holds = adds_up(reading.request, engine_for(session.dataset))
        return tuple(each.metric.show_total and holds[each.index] for each in reading.measures)

    return found


def _every(count: int) -> int:
    """Return which of so many buckets have a label under bars: every one, or every few."""
    return 1 if count <= _MOST_TIMES else -(-count // _TIMES)


def _width(chart: Chart) -> int:
    """Return about how many pixels an axis has at the bottom of the chart's place."""
    return _WIDTH if chart.place is None else _WIDTH * chart.place.w // tiles.COLUMNS


def _letters(places: Sequence[Category], width: int) -> int:
    """Return how many letters of a label stand on a line under upright bars; so few are slanted instead."""
    fit = int(width / max(len(places), 1) / _LETTER)
    words = (len(word) for each in places for word in each.label.split())
    return fit if fit >= min(max(words, default=0), _LONG_WORD) else _CUT


# ---- rings, dots, bullets, numbers --------------------------------------------------------------


def _rings(session: Session, chart: Chart, reading: Reading) -> Drawing:
    by = dimension(session, reading)
    if rings.is_of_columns(reading):
        row = reading.rows[0].label if reading.rows else by
        marks, entries, parts = rings.of_columns(reading, row)
        slices = [Category(row, row, reading.rows[0].values if reading.rows else reading.total)]
        said = words.ring_of_columns(reading, slices[0])
    else:
        slices = rings.places(chart, reading, _adds(session, reading))
        marks, entries, parts = rings.of_rows(session, chart, reading, slices)
        said = words.compared(chart, reading, slices, by)
    names = [each.label for each in reading.measures]
    return Drawing(
        copy.deepcopy(rings.spec(_keys(entries))),
        tuple(marks),
        entries,
        parts,
        summary=said,
        table=_table(by, names, slices, reading.measures),
        head=by,
        names=tuple(names),
        places=tuple(slices),
        has_legend=chart.legend,
    )


def _bullet(session: Session, chart: Chart, reading: Reading) -> Drawing:
    by = dimension(session, reading)
    measured = bullets.places(reading)
    marks = bullets.marks(chart, reading, measured)
    measure = reading.measures[0]
    shape = Shape(
        kind="bullet",
        series=(("s0", 1, 0),),
        values=(_axis(chart, [measure]),),
        axes=chart.axes,
    )
    said = "; ".join(f"{each['title']}: {bullets.said(each)}" for each in marks[:_NAMED])
    return Drawing(
        copy.deepcopy(bullets.spec(shape)),
        tuple(marks),
        figures.entries([measure.label]),
        summary=f"Bullet of {measure.label}. {said}.",
        table=_table(by, [measure.label], measured, [measure]),
        head=by,
        names=(measure.label,),
        places=tuple(measured),
        has_legend=chart.legend,
    )


def _dots(session: Session, chart: Chart, reading: Reading) -> Drawing:
    by = dimension(session, reading)
    marks = figures.dots(chart, reading)
    up, across = reading.measures[0], reading.measures[1]
    # Dots say nothing while people don't know what is up and what is right.
    axes = [dataclasses.replace(_axis(chart, [measure]), title=measure.label) for measure in (up, across)]
    shape = Shape(
        kind="scatter",
        series=(("s0", 1, 0),),
        values=tuple(axes),
        axes=chart.axes,
        zero=chart.zero,
        threshold=_threshold(chart, [up]),
        sized=len(reading.measures) > 2,
    )
    names = [each.label for each in reading.measures]
    rows = reading.rows[: chart.max_items]
    places = [Category(each.label, each.label, each.values, each) for each in rows]
    return Drawing(
        spec(shape),
        tuple(marks),
        figures.entries([by]),
        summary=words.compared(chart, reading, places, by),
        table=_table(by, names, places, reading.measures),
        head=by,
        names=tuple(names),
        places=tuple(places),
        has_legend=False,
    )


def _flow(session: Session, chart: Chart, reading: Reading) -> Drawing:
    by = dimension(session, reading)
    bands = flows.places(chart, reading, _adds(session, reading))
    entries = flows.entries(bands)
    names = [each.label for each in reading.measures]
    shape = flows.Flowing(_keys(entries), len(names), chart.axes)
    return Drawing(
        flows.spec(shape),
        tuple(flows.marks(reading, bands)),
        entries,
        summary=flows.summary(by, reading, bands),
        table=flows.table(by, reading, bands),
        head=by,
        names=tuple(names),
        places=tuple(bands),
        has_legend=chart.legend,
    )


def _summed(found: Summed) -> Drawing:
    return Drawing(None, value=found.shown, summary=found.summary, number=found.number)


# ---- parts --------------------------------------------------------------------------------------


def _keys(entries: Sequence[SeriesEntry]) -> tuple[tuple[str, int, int], ...]:
    return tuple((each.key, each.color, each.dash) for each in entries)


def _axes(chart: Chart, measures: Sequence[Measure]) -> tuple[Axis, ...]:
    """Return the axes of values; their titles name what is read on them."""
    which = figures.axes_of(chart, measures)
    return tuple(
        _axis(chart, [each for each, its in zip(measures, which, strict=True) if its == axis])
        for axis in range(max(which) + 1)
    )


def _axis(chart: Chart, measures: Sequence[Measure]) -> Axis:
    """Return the axis that some measures are read on; its title names them."""
    parts = chart.percentages or chart.normalized or chart.stacked_100
    return Axis(
        unit="percent" if parts or measures[0].unit == "percent" else "number",
        is_whole=not parts and all(each.metric.decimals == 0 for each in measures),
        title=", ".join(each.label for each in measures) if chart.axis_titles else None,
        locale=measures[0].locale.tag,
    )


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
