"""Charts as files: complete Vega-Lite specs, and pictures of them without a browser and without a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dynreports.views.charts import theme as look
from dynreports.views.charts.drawing import Drawing
from dynreports.views.charts.figures import Entry
from dynreports.views.charts.specs import DATA, Spec
from dynreports.views.charts.theme import Theme

WIDTH, HEIGHT = 640, 320
_LETTER = 6.4
_SYMBOL = 34
_FLAT = ("bar", "arc", "point", "rect")


def complete(
    drawing: Drawing, theme: Theme = "light", width: int = WIDTH, height: int = HEIGHT
) -> Spec | None:
    """Return a spec that any Vega-Lite draws: with figures, colours, a size and a legend.

    Keys of series become a number of two digits and their label, so that they can be read in the legend.
    """
    if drawing.spec is None:
        return None
    names = {each.key: f"{index:02}{each.label}" for index, each in enumerate(drawing.series)}
    spec: Spec = _named(look.colored(drawing.spec, theme), names)
    if drawing.has_legend and len(drawing.series) > 1:
        for layer in spec.get("layer", [spec]):
            _with_legend(layer, drawing.series, width)
    marks = [{**each, "s": names.get(each["s"], each["s"])} for each in drawing.marks]
    config = spec["config"] | {
        "font": look.FONT,
        "background": look.TOKENS["surface"][theme == "dark"],
        "legend": _legend_style(theme),
    }
    return spec | {
        "datasets": {DATA: marks},
        "config": config,
        "width": width,
        "height": height,
        "padding": 12,
        "autosize": {"type": "fit", "contains": "padding"},
    }


def _named(part: Any, names: dict[str, str], key: str = "") -> Any:
    """Return a spec with the keys of series in its domains replaced by their names."""
    if isinstance(part, dict):
        return {name: _named(each, names, name) for name, each in part.items()}
    if isinstance(part, list):
        if key == "domain":
            return [names.get(each, each) for each in part]
        return [_named(each, names) for each in part]
    return part


def _with_legend(layer: Spec, series: Sequence[Entry], width: int) -> None:
    mark = layer.get("mark", {})
    kind = mark.get("type") if isinstance(mark, dict) else mark
    legend = {
        "title": None,
        "orient": "top",
        "labelExpr": "slice(datum.label, 2)",
        "columns": _columns(series, width),
        "symbolType": "square" if kind in _FLAT or kind == "area" else "stroke",
    }
    for channel in ("color", "strokeDash"):
        if channel in layer.get("encoding", {}):
            layer["encoding"][channel]["legend"] = legend


def _columns(series: Sequence[Entry], width: int) -> int:
    """Return how many entries of a legend stand side by side."""
    longest = max(min(len(each.label), 40) * _LETTER + _SYMBOL for each in series)
    return max(1, min(len(series), int(width // longest)))


def _legend_style(theme: Theme) -> dict[str, Any]:
    return {
        "labelColor": look.TOKENS["text"][theme == "dark"],
        "labelFontSize": 12,
        "labelLimit": 260,
        "columnPadding": 18,
        "symbolSize": 120,
        "symbolStrokeWidth": look.LINE,
        "offset": 10,
    }
