"""Charts as SVG without a browser: for pages of one file, and for paper. Their legends are set as text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any, Literal

from dynreports.views.charts import theme as look
from dynreports.views.charts.drawing import Drawing
from dynreports.views.charts.specs import DATA
from dynreports.views.markup import Markup

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {
    "svg", "g", "path", "rect", "line", "circle", "text", "tspan", "defs", "clipPath", "linearGradient",
    "stop",
}  # fmt: skip
_ATTRIBUTES = {
    "class", "clip-path", "cx", "cy", "d", "dx", "dy", "fill", "fill-opacity", "font-size", "font-weight",
    "gradientUnits", "height", "id", "offset", "opacity", "pointer-events", "r", "rx", "ry", "stop-color",
    "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width",
    "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip


def svg(
    drawing: Drawing,
    width: int,
    height: int,
    *,
    colors: Literal["page", "light", "dark"],
    prefix: str,
    part: str | None = None,
) -> Markup | None:
    """Return the picture of a chart; ``None`` for those that are set as text.

    Parameters
    ----------
    drawing, part
        What is drawn, and which of its parts (several donuts).
    width, height
        In pixels; the picture can be scaled.
    colors
        "page": the tokens of the sheet around it; else what they come to.
    prefix
        Goes before ids, so that two pictures in one document do not share any.
    """
    if drawing.spec is None:
        return None
    import vl_convert

    marks = [each for each in drawing.marks if part is None or each.get("part") == part]
    spec: dict[str, Any] = drawing.spec if colors == "page" else look.colored(drawing.spec, colors)
    whole = spec | {
        "datasets": {DATA: marks},
        "config": spec.get("config", {})
        | {"font": look.FONT, "background": None, "legend": {"disable": True}},
        "width": width,
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
    }
    return _cleaned(vl_convert.vegalite_to_svg(whole), prefix)


def _cleaned(text: str, prefix: str) -> Markup:
    """Return a picture of nothing but shapes and text: no style, address or handler of any kind."""
    root = ET.fromstring(text)  # noqa: S314  # vl-convert has just made it
    _clean(root, prefix)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("role", "img")
    root.set("aria-hidden", "true")
    return Markup(ET.tostring(root, encoding="unicode"))


def _clean(element: ET.Element, prefix: str) -> None:
    element.tag = element.tag.removeprefix(_SVG)
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES:
            del element.attrib[name]
        elif name == "id":
            element.set(name, prefix + value)
        elif "url(" in value:
            element.set(
                name, value.replace("url(#", f"url(#{prefix}") if value.startswith("url(#") else "none"
            )
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.removeprefix(_SVG) in _ELEMENTS:
            _clean(child, prefix)
        else:
            element.remove(child)
