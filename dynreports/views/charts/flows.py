"""Flows: how much of a row goes on from one stage to the next, and what is left behind at each.

The columns are the stages, in their order, and every row is a band that is as high at a stage as its figure
there. Bands lie on top of each other, so nothing crosses: what goes on is drawn full, and what does not (or
what is new, where a stage is larger than the one before) as a paler wedge beside it. Where bands lie and how
they bend follows from the figures ``v`` alone, while they are drawn: a series that is switched off leaves no
hole.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dynreports.project.model import Chart
from dynreports.semantics.nouns import counted
from dynreports.semantics.shares import share
from dynreports.semantics.text import listed
from dynreports.views.charts import figures, theme, words
from dynreports.views.charts.figures import COLORS, OTHERS, REST, Category, Mark
from dynreports.views.charts.importing import altair, spec_of
from dynreports.views.charts.reading import Measure, Reading, UndrawableError
from dynreports.views.charts.specs import DATA, Encoding, Layer, Spec
from dynreports.views.payload import ChartTable, SeriesEntry, wire_path

_NODE = 10
"""Pixels that a stage is wide."""
_BEND = 0.18
"""Of the way to the next stage: so far a band goes straight on before it bends."""
_GOES_ON, _LEFT_BEHIND = 0.5, 0.16
_LINES = (11, 28, 44, 58)
"""Where the lines above a stage stand: its name, its figure, and of what this is which part."""
_ONE_HEAD, _SEVERAL_HEAD = 70, 24
_LEAST = 15
"""Pixels that a band is high that has words in it."""
_NAMED = 3


@dataclass(frozen=True)
class Flowing:
    """Everything that decides what the spec of a flow is: colours by key of series, and so many stages."""

    series: tuple[tuple[str, int, int], ...]
    stages: int
    axes: bool


def places(chart: Chart, reading: Reading, adds: Callable[[], Sequence[bool]]) -> list[Category]:
    """Return the bands: rows in the order of the table, and what is left over where all of that is known.

    More rows than there are colours are left over, too.

    Raises
    ------
    UndrawableError
        If a figure is below zero.
    """
    if not reading.rows:
        found = figures.categories(chart, reading, adds)
    else:
        drawn = reading.rows[: min(chart.max_items or COLORS, COLORS)]
        found = [Category(each.label, each.label, each.values, each) for each in drawn]
        rest = figures.remainder(reading, drawn, adds) if chart.others else None
        if rest is not None and any(rest) and not any(map(math.isnan, rest)):
            found.append(Category(OTHERS, OTHERS, rest))
    if any(each < 0 for place in found for each in place.values):
        message = "Figures below zero are no part of a flow. Choose bars."
        raise UndrawableError(message)
    return found


def entries(bands: Sequence[Category]) -> tuple[SeriesEntry, ...]:
    """Return the series: a band each."""
    return tuple(
        SeriesEntry(f"s{index}", each.label, REST if each.is_rest else index % COLORS + 1)
        for index, each in enumerate(bands)
    )


def marks(reading: Reading, bands: Sequence[Category]) -> list[Mark]:
    """Return a mark per band and stage.

    ``head`` is the name of its stage, ``go`` which part of the stage before it is, and ``said`` in words
    which part of the stage before and of the first one.
    """
    found = []
    for series, band in enumerate(bands):
        path = None if band.row is None else list(wire_path(band.row.path))
        for stage, (measure, value) in enumerate(zip(reading.measures, band.values, strict=True)):
            drawn = None if math.isnan(value) else value
            parts = _parts(reading, band, stage)
            said = [f"{part} of {of}" for part, of in parts if part is not None]
            found.append(
                {
                    "k": f"s{series}-{stage}",
                    "s": f"s{series}",
                    "i": stage,
                    "c": figures.category(stage, measure.label),
                    "t": None,
                    "v": drawn,
                    "figure": drawn,
                    "a": 0,
                    "text": measure.text(value),
                    "share": ", ".join(said) or None,
                    "title": band.title,
                    "head": measure.label,
                    "go": parts[0][0] if parts else None,
                    "said": said,
                    "path": path,
                    "column": measure.column.id,
                    "start": None,
                    "end": None,
                }
            )
    return found


def _parts(reading: Reading, band: Category, stage: int) -> list[tuple[str | None, str]]:
    """Return which part a stage is of the one before it, and of the first one; none of itself."""
    measure, value = reading.measures[stage], band.values[stage]
    found = []
    for of in dict.fromkeys((stage - 1, 0)):
        if 0 <= of < stage:
            part = share(value, band.values[of])
            found.append((None if part is None else measure.percent(part), reading.measures[of].label))
    return found


def table(by: str, reading: Reading, bands: Sequence[Category]) -> ChartTable:
    """Return the figures behind a flow: a row per band and stage."""
    rows = []
    for band in bands:
        for stage, measure in enumerate(reading.measures):
            parts = [part or "" for part, _ in _parts(reading, band, stage)]
            before, first = ("", "") if not parts else (parts[0], parts[-1])
            rows.append((band.title, measure.label, measure.text(band.values[stage]), before, first))
    return ChartTable((by, "Stage", "Figure", "Of the stage before", "Of the first stage"), tuple(rows))


def summary(by: str, reading: Reading, bands: Sequence[Category]) -> str:
    """Return what a flow shows, in words."""
    stages = listed([each.label for each in reading.measures])
    if not bands:
        return "Flow: there are no rows to draw."
    count = counted(len(bands), "item")
    said = [f"Flow of {stages}." if bands[0].row is None else f"Flow of {stages} by {by}, {count}."]
    for band in bands[:_NAMED]:
        figures_of = [
            _stage(measure, value, _parts(reading, band, stage))
            for stage, (measure, value) in enumerate(zip(reading.measures, band.values, strict=True))
        ]
        said.append(f"{band.title}: {'; '.join(figures_of)}.")
    return " ".join(said + words.not_drawn(reading, bands))


def _stage(measure: Measure, value: float, parts: Sequence[tuple[str | None, str]]) -> str:
    if math.isnan(value):
        return f"{measure.label} no value"
    said = [f"{part} of {of}" for part, of in parts if part is not None]
    return f"{measure.label} {measure.text(value)}{f' ({listed(said)})' if said else ''}"


# ---- spec ---------------------------------------------------------------------------------------


def spec(flowing: Flowing) -> Spec:
    """Return the spec of a flow, without figures."""
    return copy.deepcopy(_made(flowing))


@lru_cache(maxsize=64)
def _made(flowing: Flowing) -> Spec:
    found = spec_of(lambda: _drawn(flowing))
    found["config"] = theme.config()
    return found


def _drawn(flowing: Flowing) -> Layer:
    alt = altair()
    layers = [
        _wedges(flowing, "top", "edge", _GOES_ON),
        _wedges(flowing, "edge", "bottom", _LEFT_BEHIND),
        _nodes(flowing),
    ]
    if flowing.axes:
        layers += _heads(flowing)
    return (
        alt.layer(*layers, data=alt.NamedData(DATA))
        .transform_stack(stack="v", groupby=["i"], as_=["y0", "y1"], sort=[alt.SortField("s")])
        .transform_window(
            n0="lead(y0)", n1="lead(y1)", next="lead(v)", groupby=["s"], sort=[alt.SortField("i")]
        )
    )


def _color(flowing: Flowing) -> Encoding:
    alt = altair()
    keys = [key for key, _, _ in flowing.series]
    colors = [theme.series(color) for _, color, _ in flowing.series]
    return alt.Color("s:N", scale=alt.Scale(domain=keys, range=colors), legend=None)


def _x(flowing: Flowing, field: str = "i") -> Encoding:
    alt = altair()
    scale = alt.Scale(domain=[-0.5, flowing.stages - 0.5], nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _y(flowing: Flowing, field: str) -> Encoding:
    """Return the height of figures, from the top down: below the lines above the stages."""
    alt = altair()
    top = 2 if not flowing.axes else _ONE_HEAD if len(flowing.series) == 1 else _SEVERAL_HEAD
    scale = alt.Scale(nice=False, zero=True, range=[top, alt.ExprRef("height - 2")])
    return alt.Y(f"{field}:Q", axis=None, scale=scale, stack=None)


def _wedges(flowing: Flowing, above: str, below: str, opacity: float) -> Layer:
    """Return the part of every band between two of its edges, on its way to the next stage.

    Four points make an edge that goes straight on, bends, and goes straight on: neighbours have the same, so
    that there is neither a gap nor an overlap.
    """
    alt = altair()
    edges = {
        "top": "[datum.y0, datum.y0, datum.n0, datum.n0]",
        "edge": "[datum.y0 + datum.on, datum.y0 + datum.on, datum.n0 + datum.on, datum.n0 + datum.on]",
        "bottom": "[datum.y1, datum.y1, datum.n1, datum.n1]",
    }
    return (
        alt.Chart()
        .mark_area(interpolate="monotone", orient="vertical", fillOpacity=opacity, line=False)
        .encode(
            x=_x(flowing, "at"),
            y=_y(flowing, "high"),
            y2=alt.Y2("low:Q"),
            color=_color(flowing),
            detail=alt.Detail("k:N"),
        )
        .transform_filter("isValid(datum.v) && isValid(datum.next)")
        .transform_calculate(
            on="min(datum.y1 - datum.y0, datum.n1 - datum.n0)",
            at=f"[datum.i, datum.i + {_BEND}, datum.i + {1 - _BEND}, datum.i + 1]",
        )
        .transform_calculate(high=edges[above], low=edges[below])
        .transform_flatten(["at", "high", "low"])
    )


def _nodes(flowing: Flowing) -> Layer:
    alt = altair()
    return (
        alt.Chart()
        .mark_bar(size=_NODE, orient="vertical", cornerRadiusEnd=0)
        .encode(x=_x(flowing), y=_y(flowing, "y0"), y2=alt.Y2("y1:Q"), color=_color(flowing))
        .transform_filter("isValid(datum.v)")
    )


def _heads(flowing: Flowing) -> list[Layer]:
    """Return the words above the stages; of several bands, the parts that arrive stand in the bands."""
    alt = altair()
    quiet: dict[str, Any] = {"color": theme.token("text-2"), "fontSize": 11}
    room = {"baseline": "middle", "limit": alt.ExprRef(f"width / {flowing.stages} - 8")}
    if len(flowing.series) == 1:
        figure = {"color": theme.token("text"), "fontSize": 15, "fontWeight": 600}
        lines = ("datum.head", "datum.text", "datum.said[0] || ''", "datum.said[1] || ''")
        styles = (quiet, figure, quiet, quiet)
        return [
            alt.Chart()
            .mark_text(text=alt.ExprRef(each), **style, **room)
            .encode(x=_x(flowing), y=alt.value(at))
            for each, style, at in zip(lines, styles, _LINES, strict=True)
        ]
    names = (
        alt.Chart()
        .mark_text(text=alt.ExprRef("datum.head"), **quiet, **room)
        .encode(x=_x(flowing), y=alt.value(_LINES[0]))
        .transform_aggregate(marks="count()", groupby=["i", "head"])
    )
    fits = f"scale('y', datum.y1) - scale('y', datum.y0) >= {_LEAST} ? datum.go || '' : ''"
    parts = (
        alt.Chart()
        .mark_text(
            text=alt.ExprRef(fits),
            color=theme.token("text"),
            fontSize=11,
            align="right",
            baseline="middle",
            dx=-_NODE / 2 - 5,
        )
        .encode(x=_x(flowing), y=_y(flowing, "middle"))
        .transform_calculate(middle="(datum.y0 + datum.y1) / 2")
    )
    return [names, parts]
