"""How all charts look: the one file with their colours, lines and letters.

Specs name colours as the tokens of the front end (``var(--dr-c1)``): on a page they follow its theme, for a
file they are replaced by what the tokens say in light or dark. Series are told apart by people of every kind
of colour vision, each 3:1 on the surface, and never by colour alone: lines have dashes, slices a legend.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from dynreports.semantics.locales import ENGLISH, LOCALES, Locale, LocaleTag

Theme = Literal["light", "dark", "page"]
"""Of files; "page": whatever the page that a picture stands in says."""

TOKENS: dict[str, tuple[str, str]] = {
    "c1": ("#4350c8", "#7f95fc"),
    "c2": ("#cc600b", "#f28a52"),
    "c3": ("#00966a", "#3fd9a8"),
    "c4": ("#a468b1", "#9c79b8"),
    "c5": ("#5f5200", "#c9bd3c"),
    "c6": ("#358efc", "#45bdf5"),
    "c7": ("#7c3338", "#b96a68"),
    "c8": ("#667085", "#c6ccd8"),
    "surface": ("#ffffff", "#1e2024"),
    "sunken": ("#f8f9fa", "#24262b"),
    "text": ("#1b1f27", "#e6e8ec"),
    "text-2": ("#56595f", "#b2b4b8"),
    "line": ("#e4e6ea", "#35383d"),
    "line-2": ("#ced2d8", "#484c52"),
    "grid": ("#e4e6ea", "#35383d"),
    "axis": ("#56595f", "#b2b4b8"),
    "danger": ("#b3261e", "#ff9d94"),
    "ok": ("#0b6b46", "#6fd0a5"),
}
"""What the tokens of ``tokens.css`` come to outside JupyterLab: light, dark."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Of files; on a page charts take the font of the page."""

DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (6, 4), (2, 3), (8, 3, 2, 3))
"""By which the first four lines are told apart: whole, dashed, dotted, both."""

LINE = 2
_TOKEN = re.compile(r"var\(--dr-([a-z0-9-]+)\)")


def token(name: str) -> str:
    """Return how a spec names a colour."""
    assert name in TOKENS  # noqa: S101  # names are our own, never data
    return f"var(--dr-{name})"


def series(color: int) -> str:
    """Return the colour of a series, from 1; 8 is for what is left over."""
    return token(f"c{color}")


def config(locale: LocaleTag = "en") -> dict[str, Any]:
    """Return what Vega-Lite calls a config: what all charts share that write numbers the same way."""
    axis = {
        "domain": False,
        "ticks": False,
        "labelColor": token("axis"),
        "labelFontSize": 11,
        "labelPadding": 6,
        "titleColor": token("axis"),
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": token("grid"),
        "gridWidth": 1,
    }
    return _numbers(LOCALES[locale]) | {
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False, "domain": True, "domainColor": token("line-2")},
        "axisQuantitative": {"tickCount": 5, "grid": True},
        "line": {"strokeWidth": LINE, "strokeCap": "round", "strokeJoin": "round"},
        "area": {"line": False},
        "bar": {"cornerRadiusEnd": 2},
        "scale": {"bandPaddingInner": 0.3, "bandPaddingOuter": 0.15, "maxBandSize": 64},
        "text": {"color": token("text"), "fontSize": 11},
    }


def _numbers(locale: Locale) -> dict[str, Any]:
    """Return how axes write numbers; nothing for English, which Vega writes by itself."""
    if locale is ENGLISH:
        return {}
    signs = {"decimal": locale.decimal, "thousands": locale.group, "percent": locale.percent}
    return {"locale": {"number": signs | {"grouping": [3], "currency": ["", ""]}}}


def colored(spec: Any, theme: Theme) -> Any:
    """Return a spec with its tokens replaced by colours; on a page they stay."""
    if isinstance(spec, dict):
        return {key: colored(each, theme) for key, each in spec.items()}
    if isinstance(spec, list):
        return [colored(each, theme) for each in spec]
    if isinstance(spec, str):
        return _TOKEN.sub(lambda found: color(found[1], theme), spec)
    return spec


def color(name: str, theme: Theme) -> str:
    """Return a colour of the theme by the name of its token."""
    return token(name) if theme == "page" else TOKENS[name][theme == "dark"]
