"""Pictures of charts, made without a browser and without a network: SVG and PNG.

Charts with axes and rings are drawn by Vega itself (vl-convert); numbers are set by hand.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import Any

from msgspec.structs import replace

from dynreports.errors import DynReportsError
from dynreports.project import tree
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.views.charts import theme as look
from dynreports.views.charts.complete import HEIGHT, WIDTH, complete
from dynreports.views.charts.drawing import Drawing, draw
from dynreports.views.charts.theme import Theme
from dynreports.views.payload import ChartValue

NUMBER_WIDTH, NUMBER_HEIGHT = 240, 130
_BULLET = 64
_VERSION = "6.4"
_ARROWS = {"up": "▲", "down": "▼", "same": "="}


def svg(
    session: Session,
    chart_id: str,
    *,
    theme: Theme = "light",
    width: int | None = None,
    height: int | None = None,
    legend: bool = True,
) -> str:
    """Return a chart as SVG.

    Parameters
    ----------
    theme
        "light", "dark", or "page": colours and font are the tokens of the page that it stands in
        (``var(--dr-…)``).
    width, height
        In pixels; not given: what suits the type.
    legend
        Whether there may be a legend; the chart may do without.

    Raises
    ------
    DynReportsError
        If the chart can't be drawn: its table is gone, or its figures can't be drawn this way.
    """
    chart = tree.find_chart(session.project, chart_id)
    # A picture without a given width has the room that its place in the panel may not have.
    drawing = draw(session, replace(chart, place=None) if width is None else chart)
    if drawing.value is not None:
        return _number(drawing.value, theme, width or NUMBER_WIDTH, height or NUMBER_HEIGHT)
    spec = complete(drawing, theme, width or WIDTH, height or _height(chart, drawing), legend=legend)
    found: str = _renderer().vegalite_to_svg(spec, vl_version=_VERSION)
    return found


def png(
    session: Session,
    chart_id: str,
    *,
    theme: Theme = "light",
    width: int | None = None,
    height: int | None = None,
    scale: float = 2.0,
) -> bytes:
    """Return a chart as PNG, with so many dots to a pixel; see `svg`."""
    drawn = svg(session, chart_id, theme=theme, width=width, height=height)
    found: bytes = _renderer().svg_to_png(drawn, scale=scale)
    return found


def _renderer() -> Any:
    """Return what draws specs, imported when the first picture is wanted."""
    import vl_convert

    return vl_convert


def _height(chart: Chart, drawing: Drawing) -> int:
    return 40 + _BULLET * len(drawing.marks) if chart.kind == "bullet" else HEIGHT


# ---- numbers ------------------------------------------------------------------------------------


def _number(value: ChartValue, theme: Theme, width: int, height: int) -> str:
    """Return a figure set large over its caption, with its line or with what it changed by."""
    font = "var(--dr-font)" if theme == "page" else look.FONT
    color, grey = look.color("text", theme), look.color("text-2", theme)
    surface = f'width="{width}" height="{height}" fill="{look.color("surface", theme)}"'
    back = "" if theme == "page" else f"<rect {surface}/>"
    unit = f'<tspan font-size="15" fill="{grey}" dx="2">{escape(value.unit)}</tspan>' if value.unit else ""
    large = f'x="14" y="44" font-size="26" font-weight="600" fill="{color}"'
    parts = [
        back,
        f"<text {large}>{escape(value.text)}{unit}</text>",
        _line(value, theme, width, height),
        _change(value, theme),
        f'<text x="{width - 14}" y="{height - 14}" font-size="11" text-anchor="end" fill="{grey}">'
        f"{escape(_cut(value.caption, int((width - 28) / 5.6)))}</text>",
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{font}">{"".join(parts)}</svg>'
    )


def _line(value: ChartValue, theme: Theme, width: int, height: int) -> str:
    """Return the figure over time as one line per run of values."""
    there = [each for each in value.trend or () if each is not None]
    if len(there) < 2:
        return ""
    low, high = min(*there, 0.0), max(there)
    top, bottom = 56.0, height - 32.0
    step = (width - 28) / (len(value.trend or ()) - 1)
    runs: list[list[str]] = [[]]
    for index, each in enumerate(value.trend or ()):
        if each is None:
            runs.append([])
            continue
        y = bottom - (each - low) / ((high - low) or 1.0) * (bottom - top)
        runs[-1].append(f"{14 + index * step:.1f},{y:.1f}")
    stroke = f'fill="none" stroke="{look.color("c1", theme)}" stroke-width="1.5" stroke-linejoin="round"'
    return "".join(f'<polyline points="{" ".join(each)}" {stroke}/>' for each in runs if len(each) > 1)


def _change(value: ChartValue, theme: Theme) -> str:
    if value.change is None:
        return ""
    token = {"up": "ok", "down": "danger", "same": "text-2"}[value.change.direction]
    words = f"{_ARROWS[value.change.direction]} {value.change.words}"
    style = f'x="14" y="70" font-size="12" fill="{look.color(token, theme)}"'
    return f"<text {style}>{escape(_cut(words, 44))}</text>"


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def figure(session: Session, chart: Chart) -> str:
    """Return a chart as a piece of HTML: a picture that runs nothing, and what it shows in words.

    A chart that can't be drawn says why.
    """
    title = "" if chart.hide_title else f"<figcaption><b>{escape(chart.title)}</b></figcaption>"
    try:
        drawing = draw(session, chart)
        picture = b64encode(svg(session, chart.id).encode()).decode()
    except DynReportsError as error:
        return f"<figure>{title}<p>{escape(str(error))}</p></figure>"
    kind = "" if drawing.value is None else ' class="number"'
    image = f'<img alt="{escape(drawing.summary)}" src="data:image/svg+xml;base64,{picture}">'
    return f"<figure{kind}>{title}{image}</figure>"
