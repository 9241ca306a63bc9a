"""Vega-Lite specs of charts with axes, made with Altair: lines, areas, bars, both together, and dots.

A spec holds no figure and no word of the data: it depends on the `Shape` alone, so that new figures of the
same shape are drawn in place. The marks are the data set ``figures`` (see `figures`); expressions are fixed.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from dynreports.project.chart_model import ChartType
from dynreports.semantics.keys import TimeUnit
from dynreports.semantics.locales import ENGLISH, LOCALES, Locale, LocaleTag
from dynreports.views.charts import theme
from dynreports.views.charts.figures import RANK
from dynreports.views.charts.importing import altair, spec_of

Spec = dict[str, Any]
Layer = Any
Encoding = Any
DATA = "figures"

_LABEL = f"split(slice(datum.label, {RANK}), '\\n')"
_UTC: dict[TimeUnit, str] = {
    "minute": "%-I:%M %p", "hour": "%-I %p", "day": "%b %-d", "week": "%b %-d", "month": "%b %Y",
    "quarter": "Q%q %Y", "year": "%Y",
}  # fmt: skip
_IN_DAYS = (
    f"utchours(datum.value) || utcminutes(datum.value) ? utcFormat(datum.value, '{{}}') "
    f": utcFormat(datum.value, '{_UTC['day']}')"
)
"""How hours and minutes are written: midnight is the day that begins, as it would be the same on each."""
_SLANTED = -40
_BAND = "max(24, 1.15 * bandwidth('x'))"
_GAP = 0.1
_HAIR = 4
"""Pixels of a bar that has no edge."""
_BETWEEN = 6
"""Pixels between two figures of an axis, at least."""
_APART = 10
"""Pixels between two labels of an axis of time, at least."""


@dataclass(frozen=True)
class Axis:
    """An axis of values: what its figures are in, and what they are called."""

    unit: Literal["number", "percent"]
    is_whole: bool = False
    title: str | None = None
    locale: LocaleTag = "en"


@dataclass(frozen=True)
class Shape:
    """Everything that decides what a spec is.

    Attributes
    ----------
    series
        Key, colour and dash of each.
    values
        The axes of values: one, or one on either side. Of dots: up, to the right.
    unit, ticks
        With time on the axis: the length of a bucket, and a mark every so many of which unit.
    title
        Of the axis of time or categories; ``None``: none is shown.
    slanted
        Whether categories are too long to stand side by side.
    crowded, every
        Whether there are so many that not all of them can have their label; of times, which ones have.
    longest
        Pixels of the label of a category, where it does not stand under a bar.
    marked
        Whether every point of a line is marked.
    sized
        Whether dots are of different sizes.
    lines
        Of bars and lines together: the keys of the series that are lines.
    """

    kind: ChartType
    series: tuple[tuple[str, int, int], ...]
    values: tuple[Axis, ...]
    axes: bool = True
    zero: bool = True
    unit: TimeUnit | None = None
    ticks: tuple[str, int] | None = None
    title: str | None = None
    slanted: bool = False
    crowded: bool = False
    every: int = 1
    longest: int = 160
    marked: bool = False
    normalize: bool = False
    threshold: float | None = None
    sized: bool = False
    lines: tuple[str, ...] = ()


def spec(shape: Shape) -> Spec:
    """Return the spec of a shape, without figures."""
    return copy.deepcopy(_made(shape))


@lru_cache(maxsize=256)
def _made(shape: Shape) -> Spec:
    found = spec_of(lambda: _drawn(shape))
    found["config"] = theme.config(shape.values[0].locale)
    return found


def _drawn(shape: Shape) -> Layer:
    alt = altair()
    layers = _layers(shape)
    if shape.threshold is not None:
        layers.append(_threshold(shape))
    drawn = alt.layer(*layers, data=alt.NamedData(DATA))
    if len(shape.values) == 2 and shape.kind != "scatter":
        drawn = drawn.resolve_scale(y="independent", x="shared")
    return drawn


def _layers(shape: Shape) -> list[Layer]:
    match shape.kind:
        case "line":
            return [_line(shape, axis) for axis in range(len(shape.values))]
        case "area" | "area stacked":
            return [_area(shape, axis) for axis in range(len(shape.values))]
        case "combo":
            bars = _bars(shape, 0)
            return [bars, _line_over(shape)] if len(shape.values) == 2 else [bars]
        case "scatter":
            return [_dots(shape)]
        case _:
            return [_bars(shape, axis) for axis in range(len(shape.values))]


# ---- parts --------------------------------------------------------------------------------------


def _color(shape: Shape) -> Encoding:
    alt = altair()
    keys = [key for key, _, _ in shape.series]
    colors = [theme.series(color) for _, color, _ in shape.series]
    return alt.Color("s:N", scale=alt.Scale(domain=keys, range=colors), legend=None)


def _dash(shape: Shape) -> Encoding:
    alt = altair()
    keys = [key for key, _, _ in shape.series]
    dashes = [list(theme.DASHES[dash]) for _, _, dash in shape.series]
    return alt.StrokeDash("s:N", scale=alt.Scale(domain=keys, range=dashes), legend=None)


def _value_axis(shape: Shape, index: int) -> Encoding:
    alt = altair()
    axis = shape.values[index]
    if not shape.axes:
        return None
    found: dict[str, Any] = {"title": axis.title, "grid": index == 0, "labelSeparation": _BETWEEN}
    if axis.unit == "percent":
        found["format"] = "~%"
    else:
        found["labelExpr"] = _figure(LOCALES[axis.locale])
    if axis.is_whole and axis.unit == "number":
        found["tickMinStep"] = 1
    if index == 1:
        found["orient"] = "right"
    return alt.Axis(**found)


def _figure(locale: Locale) -> str:
    """Return what writes a figure of an axis, of whatever size: a spec does not change with its figures."""
    if locale is ENGLISH:
        # d3 has the same powers, and calls the third G.
        return (
            "abs(datum.value) < 1000 ? format(datum.value, ',~f') "
            ": replace(format(datum.value, '~s'), 'G', 'B')"
        )
    steps = ["format(datum.value, ',~f')"]
    for size, sign in locale.powers:
        steps[-1] = f"abs(datum.value) < {size} ? {steps[-1]}"
        steps.append(f"format(datum.value / {size}, ',~f') + '{sign}'")
    return " : ".join(steps)


def value_encoding(shape: Shape, index: int, field: str = "v") -> dict[str, Any]:
    """Return what an encoding of values is told."""
    alt = altair()
    found: dict[str, Any] = {"axis": _value_axis(shape, index)}
    scale: dict[str, Any] = {"zero": shape.zero, "nice": True}
    if shape.kind == "scatter":
        scale["padding"] = 16  # so that no dot is cut by the edge
    found["scale"] = alt.Scale(**scale)
    if shape.kind in {"area stacked", "bar stacked", "horizontal bar stacked"}:
        found["stack"] = "normalize" if shape.normalize else "zero"
    elif field == "v":
        found["stack"] = None
    return found


def _time(shape: Shape) -> Encoding:
    alt = altair()
    assert shape.unit is not None  # noqa: S101  # lines and areas are drawn over time
    axis = None
    if shape.axes:
        found: dict[str, Any] = {"title": shape.title, "labelOverlap": "greedy", "labelSeparation": _APART}
        if shape.unit in {"hour", "minute"}:
            found["labelExpr"] = _IN_DAYS.format(_UTC[shape.unit])
        else:
            found["format"] = _UTC[shape.unit]
        if shape.ticks is not None:
            interval, step = shape.ticks
            found["tickCount"] = {"interval": interval, "step": step}
        axis = alt.Axis(**found, labelFlush=True, grid=False)
    return alt.X("t:T", axis=axis, scale=alt.Scale(type="utc"))


def _category(shape: Shape, *, across: bool) -> Encoding:
    alt = altair()
    axis = None
    if shape.axes:
        found: dict[str, Any] = {"labelExpr": _LABEL, "title": shape.title, "labelLimit": shape.longest}
        if across:
            found["labelAngle"] = _SLANTED if shape.slanted else 0
            if not shape.slanted and shape.every == 1:
                # The chart may be narrow: labels end where those of the neighbours begin.
                found["labelLimit"] = alt.ExprRef(_BAND)
            found["labelOverlap"] = "greedy" if shape.crowded else False
            if shape.every > 1:
                found["labelExpr"] = f"+slice(datum.label, 0, {RANK}) % {shape.every} ? '' : {_LABEL}"
        else:
            # As high as the chart may be, labels never lie on top of each other.
            found["labelOverlap"] = "greedy"
        axis = alt.Axis(**found, grid=False)
    encoding = alt.X if across else alt.Y
    # Many bars have hardly a gap between them: else there would be more gap than bar.
    scale = alt.Scale(paddingInner=_GAP, paddingOuter=0) if shape.crowded else alt.Undefined
    return encoding("c:N", sort=None, axis=axis, scale=scale)


# ---- marks --------------------------------------------------------------------------------------


def _of_axis(shape: Shape, axis: int) -> Layer:
    """Return a chart of the marks that are read on one of the axes."""
    alt = altair()
    chart = alt.Chart()
    if len(shape.values) == 1:
        return chart
    return chart.transform_filter(alt.FieldEqualPredicate(field="a", equal=axis))


def _line(shape: Shape, axis: int) -> Layer:
    alt = altair()
    # Points that can't be seen are what a pointer finds.
    point = {"filled": True, "size": 36, "opacity": 1 if shape.marked else 0}
    return (
        _of_axis(shape, axis)
        .mark_line(point=point, strokeWidth=theme.LINE, invalid="break-paths-show-domains")
        .encode(
            x=_time(shape),
            y=alt.Y("v:Q", **value_encoding(shape, axis)),
            color=_color(shape),
            strokeDash=_dash(shape),
        )
    )


def _area(shape: Shape, axis: int) -> Layer:
    alt = altair()
    stacked = shape.kind == "area stacked"
    line: dict[str, Any] = {"strokeWidth": 1 if stacked else theme.LINE}
    if stacked:
        line["color"] = theme.token("surface")
    return (
        _of_axis(shape, axis)
        .mark_area(line=line, fillOpacity=0.9 if stacked else 0.22, invalid="break-paths-show-domains")
        .encode(
            x=_time(shape), y=alt.Y("v:Q", **value_encoding(shape, axis)), color=_color(shape), order="s:N"
        )
    )


def _bars(shape: Shape, axis: int) -> Layer:
    alt = altair()
    across = not shape.kind.startswith("horizontal")
    stacked = shape.kind.endswith("stacked")
    value = (alt.Y if across else alt.X)("v:Q", **value_encoding(shape, axis))
    category = _category(shape, across=across)
    places: dict[str, Any] = {"x": category, "y": value} if across else {"x": value, "y": category}
    keys = [key for key, _, _ in shape.series if key not in shape.lines]
    if stacked:
        places["order"] = alt.Order("s:N")
    elif len(keys) > 1:
        beside = {"scale": alt.Scale(domain=keys, paddingInner=0.08), "sort": None}
        places["xOffset" if across else "yOffset"] = (alt.XOffset if across else alt.YOffset)("s:N", **beside)
    edge: dict[str, Any] = {}
    if stacked:
        # Bars as thin as a hair would be nothing but edge.
        width = alt.ExprRef(f"bandwidth('{'x' if across else 'y'}') < {_HAIR} ? 0 : 1")
        edge = {"stroke": theme.token("surface"), "strokeWidth": width}
    return _of_axis(shape, axis).mark_bar(**edge).encode(**places, color=_color(shape))


def _line_over(shape: Shape) -> Layer:
    alt = altair()
    return (
        _of_axis(shape, 1)
        .mark_line(point={"filled": True, "size": 36}, strokeWidth=theme.LINE)
        .encode(
            x=_category(shape, across=True),
            y=alt.Y("v:Q", **value_encoding(shape, 1)),
            color=_color(shape),
        )
    )


def _dots(shape: Shape) -> Layer:
    alt = altair()
    size = alt.Size("r:Q", scale=alt.Scale(range=[40, 900], zero=True), legend=None)
    across = alt.X("x:Q", **value_encoding(shape, 1, "x") | {"axis": _across(shape)})
    encoded: dict[str, Any] = {
        "x": across,
        "y": alt.Y("v:Q", **value_encoding(shape, 0)),
        "color": _color(shape),
    }
    if shape.sized:
        encoded["size"] = size
    return (
        alt.Chart()
        .mark_point(filled=True, opacity=0.72, size=90, stroke=theme.token("surface"), strokeWidth=1)
        .encode(**encoded)
    )


def _across(shape: Shape) -> Encoding:
    axis = _value_axis(shape, 1)
    if axis is not None:
        axis.orient = "bottom"
    return axis


def _threshold(shape: Shape) -> Layer:
    alt = altair()
    rule = alt.Chart().mark_rule(strokeDash=[2, 3], strokeWidth=1.5, color=theme.token("text"))
    if shape.kind.startswith("horizontal"):
        return rule.encode(x=alt.XDatum(shape.threshold, type="quantitative"))
    return rule.encode(y=alt.YDatum(shape.threshold, type="quantitative"))
