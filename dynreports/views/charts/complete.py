"""Specs that any Vega-Lite draws: with figures, colours, a size and a legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dynreports.views.charts import theme as look
from dynreports.views.charts.drawing import Drawing
from dynreports.views.charts.rings import HOLE
from dynreports.views.charts.specs import DATA, Spec
from dynreports.views.charts.theme import Theme
from dynreports.views.payload import SeriesEntry

WIDTH, HEIGHT = 640, 320
_PADDING = 12
_LETTER = 6.4
_SYMBOL = 34
_LONGEST = 40
_LEGEND_ROW = 22
_RINGS = "rings"


def complete(
    drawing: Drawing, theme: Theme = "light", width: int = WIDTH, height: int = HEIGHT, *, legend: bool = True
) -> Spec | None:
    """Return a complete spec; ``None`` for figures that are set as text.

    Keys of series become a number of two digits and their label, so that they can be read in the legend.

    Parameters
    ----------
    theme
        The colours; "page": the tokens of the page that it is drawn on.
    width, height
        Of the whole picture, in pixels.
    legend
        Whether there may be a legend; the chart may do without.
    """
    if drawing.spec is None:
        return None
    names = {each.key: f"{index:02}{_named(each)}" for index, each in enumerate(drawing.series)}
    spec: Spec = _renamed(look.colored(drawing.spec, theme), names)
    shows = legend and drawing.has_legend and len(drawing.series) > 1
    marks = [{**each, "s": names.get(each["s"], each["s"])} for each in drawing.marks]
    config = spec.pop("config") | _config(theme)
    if drawing.parts is not None:
        found = _rings(spec, drawing, theme, (width, height), shows)
    else:
        if shows:
            for layer in spec.get("layer", [spec]):
                _with_legend(layer, _legend(drawing.series, width))
        fit = {"type": "fit", "contains": "padding"}
        found = spec | {"width": width, "height": height, "autosize": fit}
    datasets = {DATA: marks} | found.pop("datasets", {})
    return found | {"datasets": datasets, "config": config, "padding": _PADDING}


def _named(entry: SeriesEntry) -> str:
    """Return an entry of the legend as text: of a slice with its figure and its share."""
    return "   ".join(each for each in (entry.label, entry.text, entry.share) if each)


def _renamed(part: Any, names: dict[str, str], key: str = "") -> Any:
    """Return a spec with the keys of series in its domains replaced by their names."""
    if isinstance(part, dict):
        return {name: _renamed(each, names, name) for name, each in part.items()}
    if isinstance(part, list):
        if key == "domain":
            return [names.get(each, each) for each in part]
        return [_renamed(each, names) for each in part]
    return part


# ---- legends ------------------------------------------------------------------------------------


def _legend(series: Sequence[SeriesEntry], width: int) -> dict[str, Any]:
    longest = max(min(len(_named(each)), _LONGEST) * _LETTER + _SYMBOL for each in series)
    columns = max(1, min(len(series), int(width // longest)))
    return {"title": None, "orient": "top", "labelExpr": "slice(datum.label, 2)", "columns": columns}


def _with_legend(layer: Spec, legend: dict[str, Any]) -> None:
    mark = layer.get("mark", {})
    kind = mark.get("type") if isinstance(mark, dict) else mark
    symbol = "stroke" if kind == "line" else "square"
    for channel in ("color", "strokeDash"):
        if channel in layer.get("encoding", {}):
            layer["encoding"][channel]["legend"] = legend | {"symbolType": symbol}


def _config(theme: Theme) -> dict[str, Any]:
    return {
        "font": "var(--dr-font)" if theme == "page" else look.FONT,
        "background": "transparent" if theme == "page" else look.color("surface", theme),
        "legend": {
            "labelColor": look.color("text", theme),
            "labelFontSize": 12,
            "labelLimit": 300,
            "columnPadding": 18,
            "symbolSize": 120,
            "symbolStrokeWidth": look.LINE,
            "offset": 10,
        },
    }


# ---- rings --------------------------------------------------------------------------------------


def _rings(ring: Spec, drawing: Drawing, theme: Theme, size: tuple[int, int], shows: bool) -> Spec:
    """Return one ring with its figure in the middle, or several side by side."""
    parts = drawing.parts or ()
    width, height = size
    alone = len(parts) == 1
    if shows:
        legend = _legend(drawing.series, width)
        if alone:
            legend |= {"orient": "right", "columns": 1}
        else:
            height -= _LEGEND_ROW * math.ceil(len(drawing.series) / legend["columns"])
        ring["encoding"]["color"]["legend"] = legend | {"symbolType": "square"}
    room = width / 2 if alone and shows else width / max(len(parts), 1)
    across = max(60, int(min(room, height) - 2 * _PADDING))
    drawn = []
    for each in parts:
        only = {"transform": [{"filter": {"field": "part", "equal": each.key}}]}
        mark = ring["mark"] | {"innerRadius": across / 2 * HOLE, "outerRadius": across / 2}
        slices = {"data": {"name": DATA}, "mark": mark, "encoding": ring["encoding"]} | only
        texts = [
            {"data": {"name": _RINGS}, "mark": style, "encoding": {"text": {"field": field}}} | only
            for field, style in _in_the_middle(across, bool(each.text), theme)
        ]
        drawn.append({"width": across, "height": across, "layer": [slices, *texts]})
    rings = [{"part": each.key, "title": each.title, "text": each.text} for each in parts]
    head = {key: each for key, each in ring.items() if key == "$schema"} | {"datasets": {_RINGS: rings}}
    if alone:
        return head | drawn[0]
    return head | {"hconcat": drawn, "spacing": 24, "resolve": {"scale": {"color": "shared"}}}


def _in_the_middle(across: int, has_figure: bool, theme: Theme) -> list[tuple[str, dict[str, Any]]]:
    title = {
        "type": "text",
        "fontSize": 11,
        "dy": 16 if has_figure else 0,
        "color": look.color("text-2", theme),
        "limit": across * HOLE * 0.9,
    }
    figure = {
        "type": "text",
        "fontSize": 20,
        "fontWeight": "bold",
        "dy": -4,
        "color": look.color("text", theme),
    }
    return [("text", figure), ("title", title)] if has_figure else [("title", title)]
