"""Bullet charts: a figure against a low, a middle and a high goal."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from dynreports.project.model import Chart, Goals
from dynreports.semantics.shares import share
from dynreports.views.charts import figures, theme
from dynreports.views.charts.figures import TOTAL, Category, Mark
from dynreports.views.charts.importing import altair, spec_of
from dynreports.views.charts.reading import Reading
from dynreports.views.charts.specs import DATA, Layer, Shape, Spec, value_encoding
from dynreports.views.payload import wire_path

_PARTS = (0.5, 0.8, 1.0)
_RANGES = (("h", 0.12), ("m", 0.16), ("l", 0.22))
"""The ranges from the widest to the narrowest, each darker where it lies over the one before."""


def places(reading: Reading) -> list[Category]:
    """Return what is measured: the rows that were chosen, else the total."""
    if reading.is_chosen and not reading.is_total:
        return [Category(each.label, each.label, each.values[:1], each) for each in reading.rows]
    return [Category(TOTAL, TOTAL, reading.total[:1])]


def goals_of(chart: Chart, reading: Reading, place: Category) -> tuple[float, float, float]:
    """Return the goals of a figure, in its own unit.

    Without goals of its own they are 50, 80 and 100 % of what the figure is a part of: of 100 % for a rate,
    of the total for a row, of what it is out of for the total.
    """
    measure = reading.measures[0]
    if isinstance(chart.goals, Goals):
        times = 100 if measure.unit == "percent" or chart.percentages else 1
        return chart.goals.low / times, chart.goals.mid / times, chart.goals.high / times
    whole = reading.out_of[0] if place.row is None else reading.total[0]
    if measure.unit == "percent" or chart.percentages:
        whole = 1.0
    return _PARTS[0] * whole, _PARTS[1] * whole, _PARTS[2] * whole


def marks(chart: Chart, reading: Reading, measured: list[Category]) -> list[Mark]:
    """Return the marks: the figure ``v``, and the ends ``l``, ``m`` and ``h`` of the ranges behind it."""
    measure = reading.measures[0]
    found = []
    for index, place in enumerate(measured):
        value, whole = place.values[0], reading.total[0]
        low, mid, high = goals_of(chart, reading, place)
        part = share(value, whole) if measure.is_amount else None
        drawn = part if chart.percentages else None if math.isnan(value) else value
        found.append(
            {
                "k": f"s0-{index}",
                "s": "s0",
                "i": index,
                "c": figures.category(index, place.label),
                "t": None,
                "v": drawn,
                "figure": None if math.isnan(value) else value,
                "l": low,
                "m": mid,
                "h": high,
                "a": 0,
                "text": measure.text(value),
                "share": None if part is None else measure.percent(part),
                "title": place.title,
                "texts": [_text(each, chart, reading) for each in (low, mid, high)],
                "path": None if place.row is None else list(wire_path(place.row.path)),
                "column": measure.column.id,
                "start": None,
                "end": None,
            }
        )
    return found


def _text(goal: float, chart: Chart, reading: Reading) -> str:
    measure = reading.measures[0]
    return measure.percent(goal) if chart.percentages else measure.text(goal)


def said(mark: Mark) -> str:
    """Return how far a figure got, in words."""
    value, goals = mark["v"], (mark["l"], mark["m"], mark["h"])
    if value is None:
        return "no value"
    names = ("low", "middle", "high")
    reached = [name for name, goal in zip(names, goals, strict=True) if value >= goal]
    low, mid, high = mark["texts"]
    where = f"it reaches the {reached[-1]} goal" if reached else "it is below the low goal"
    return f"{mark['text']}; {where} (low {low}, middle {mid}, high {high})"


@lru_cache(maxsize=64)
def spec(shape: Shape) -> Spec:
    """Return the spec of a bullet chart, without figures. Do not change it."""
    found = spec_of(lambda: _drawn(shape))
    found["config"] = theme.config(shape.values[0].locale)
    return found


def _drawn(shape: Shape) -> Layer:
    alt = altair()
    category: dict[str, Any] = {"axis": None}
    if shape.axes:
        label = alt.Axis(labelExpr="slice(datum.label, 4)", title=None, labelLimit=160, grid=False)
        category = {"axis": label}
    row = alt.Y("c:N", sort=None, **category)
    ranges = [
        alt.Chart()
        .mark_bar(color=theme.token("axis"), opacity=opacity, size={"expr": "min(34, height * 0.6)"})
        .encode(x=alt.X(f"{name}:Q", **value_encoding(shape, 0)), y=row)
        for name, opacity in _RANGES
    ]
    bar = (
        alt.Chart()
        .mark_bar(color=theme.series(1), size={"expr": "min(12, height * 0.22)"})
        .encode(x=alt.X("v:Q", **value_encoding(shape, 0)), y=row)
    )
    goal = (
        alt.Chart()
        .mark_tick(color=theme.token("text"), thickness=2, size={"expr": "min(28, height * 0.5)"})
        .encode(x=alt.X("h:Q", **value_encoding(shape, 0)), y=row)
    )
    return alt.layer(*ranges, bar, goal, data=alt.NamedData(DATA))
