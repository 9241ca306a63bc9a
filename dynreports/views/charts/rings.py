"""Donuts: parts of a whole. One ring per column, or one ring of the columns where there is a single row."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.semantics.keys import Item
from dynreports.semantics.shares import share
from dynreports.views.charts import figures, theme
from dynreports.views.charts.figures import COLORS, OTHERS, REST, Category, Mark
from dynreports.views.charts.importing import altair, spec_of
from dynreports.views.charts.reading import Measure, Reading, Row, UndrawableError, items_of, without_rows
from dynreports.views.charts.specs import DATA, Encoding, Spec
from dynreports.views.payload import ChartPart, SeriesEntry, wire_path

HOLE = 0.68
"""The inner radius, as a part of the outer one."""


def places(chart: Chart, reading: Reading, adds: Callable[[], Sequence[bool]]) -> list[Category]:
    """Return the slices: rows in the order of the table, and what is left over where that is known.

    More rows than there are colours are left over, too.
    """
    drawn = reading.rows[: min(chart.max_items or COLORS, COLORS)]
    found = [Category(each.label, each.label, each.values, each) for each in drawn]
    if not found:
        return figures.categories(chart, reading, adds)
    rest = figures.remainder(reading, drawn, adds) if chart.others else None
    if rest is not None and any(each and not math.isnan(each) for each in rest):
        found.append(Category(OTHERS, OTHERS, rest))
    return found


def is_of_columns(reading: Reading) -> bool:
    """Whether the slices are columns: there is one row, or only the total."""
    one = len(reading.rows) == 1 and (reading.is_chosen or reading.count == 1)
    return len(reading.measures) > 1 and (one or reading.is_total)


def of_rows(
    session: Session, chart: Chart, reading: Reading, slices: Sequence[Category]
) -> tuple[list[Mark], tuple[SeriesEntry, ...], tuple[ChartPart, ...]]:
    """Return the marks, the legend and the rings of a donut per column.

    In percent, the legend of a single ring tells shares alone.
    """
    _check(slices)
    wholes = _wholes(session, reading)
    marks, parts = [], []
    for part, (measure, whole) in enumerate(zip(reading.measures, wholes, strict=True)):
        column = measure.column.id
        for index, each in enumerate(slices):
            path = None if each.row is None else list(wire_path(each.row.path))
            value = each.values[part]
            marks.append(_mark(index, part, each.label, value, measure, whole) | _at(path, column))
        parts.append(ChartPart(f"p{part}", measure.label, measure.text(whole)))
    single = len(parts) == 1
    entries = [
        SeriesEntry(
            f"s{index}",
            each.label,
            REST if each.is_rest else index % COLORS + 1,
            text=reading.measures[0].text(each.values[0]) if single and not chart.percentages else None,
            share=_said(each.values[0], wholes[0], reading.measures[0]) if single else None,
        )
        for index, each in enumerate(slices)
    ]
    return marks, tuple(entries), tuple(parts)


def of_columns(
    reading: Reading, title: str
) -> tuple[list[Mark], tuple[SeriesEntry, ...], tuple[ChartPart, ...]]:
    """Return the marks, the legend and the ring of one row: its slices are the columns.

    Columns need not add up to anything, so nothing stands in the middle, and shares are of the ring.
    """
    row: Row | None = reading.rows[0] if reading.rows else None
    values = row.values if row is not None else reading.total
    place = Category(title, title, values, row)
    _check([place])
    ring = math.fsum(each for each in values if not math.isnan(each))
    path = None if row is None else list(wire_path(row.path))
    marks, entries = [], []
    for index, (measure, value) in enumerate(zip(reading.measures, values, strict=True)):
        marks.append(_mark(index, 0, measure.label, value, measure, ring) | _at(path, measure.column.id))
        text = measure.text(value)
        color = index % COLORS + 1
        part = _said(value, ring, measure)
        entries.append(SeriesEntry(f"s{index}", measure.label, color, text=text, share=part))
    return marks, tuple(entries), (ChartPart("p0", title, ""),)


def _wholes(session: Session, reading: Reading) -> tuple[float, ...]:
    """Return what each ring is of: the total, or of chosen rows the figure of these together."""
    items = items_of(reading)
    if items is None:
        return reading.total
    total = session.answer(without_rows(reading.request, items)).total
    return tuple(total[each.index] for each in reading.measures)


def _check(slices: Sequence[Category]) -> None:
    if any(each < 0 for place in slices for each in place.values):
        message = "Figures below zero are no parts of a whole. Choose bars."
        raise UndrawableError(message)


def _mark(index: int, part: int, label: str, value: float, measure: Measure, whole: float) -> Mark:
    drawn = None if math.isnan(value) else value
    return {
        "k": f"p{part}-{index}",
        "s": f"s{index}",
        "i": index,
        "part": f"p{part}",
        "c": figures.category(index, label),
        "t": None,
        "v": drawn,
        "figure": drawn,
        "a": 0,
        "text": measure.text(value),
        "share": _said(value, whole, measure),
        "title": label,
        "start": None,
        "end": None,
    }


def _at(path: list[Item] | None, column: str) -> Mark:
    return {"path": path, "column": column}


def _said(value: float, whole: float, measure: Measure) -> str | None:
    part = share(value, whole)
    return None if part is None else measure.percent(part)


@lru_cache(maxsize=64)
def spec(series: tuple[tuple[str, int, int], ...]) -> Spec:
    """Return the spec of one ring, without figures. Do not change it."""
    alt = altair()
    found = spec_of(lambda: _ring(series, alt.Chart(alt.NamedData(DATA))))
    found["config"] = theme.config()
    return found


def _ring(series: tuple[tuple[str, int, int], ...], chart: Encoding) -> Encoding:
    alt = altair()
    radius = "min(width, height) / 2"
    colors = [theme.series(color) for _, color, _ in series]
    scale = alt.Scale(domain=[key for key, _, _ in series], range=colors)
    return chart.mark_arc(
        innerRadius={"expr": f"{radius} * {HOLE}"},
        outerRadius={"expr": radius},
        stroke=theme.token("surface"),
        strokeWidth=2,
    ).encode(
        theta=alt.Theta("v:Q", stack=True),
        color=alt.Color("s:N", scale=scale, legend=None),
        order=alt.Order("i:Q"),
    )
