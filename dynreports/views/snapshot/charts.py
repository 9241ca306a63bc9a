"""Charts and texts in the document: pictures that follow its theme, numbers as text, legends in words."""

from __future__ import annotations

from dynreports.project.model import Chart, Text
from dynreports.project.session import Session
from dynreports.project.tiles import Box
from dynreports.views.charts.drawing import Drawing, draw
from dynreports.views.markup import Markup, el, joined
from dynreports.views.payload import ChartValue
from dynreports.views.pictures import svg
from dynreports.views.snapshot.sparks import spark

_WIDE = 1072
"""Pixels of all twelve columns."""
_NARROW = 330
_ROW, _FRAME, _NATURAL = 40, 72, 260
_COLUMNS = 12


def chart(part: Chart, box: Box, session: Session) -> Markup:
    """Return a chart.

    Raises
    ------
    DynReportsError
        If there is nothing to draw, or it can't be drawn this way.
    """
    drawing = draw(session, part)
    if drawing.value is not None:
        return _number(drawing.value)
    width = _WIDE * box.w // _COLUMNS - 34
    height = _NATURAL if part.place is None or part.place.h is None else part.place.h * _ROW - _FRAME
    parts = drawing.parts or ()
    pictures = [
        _picture(drawing, each.key, each.title, min(width // len(parts), 280), part.id) for each in parts
    ] or [_pair(drawing, width, max(120, height), part.id)]
    legend = None
    if part.legend and drawing.has_legend:
        legend = _legend(drawing, is_line=part.kind in {"line", "combo", "scatter"})
    # What is drawn is read out as a sentence, and its figures stand in a table.
    return joined(
        None if drawing.parts else legend,
        el("div", *pictures, class_="dr-pics", role="img", aria_label=drawing.summary or part.title),
        legend if drawing.parts else None,
        _figures(drawing),
    )


def text(part: Text) -> Markup:
    """Return the paragraphs of a text."""
    return joined(*(el("p", each, dir="auto") for each in part.text.split("\n") if each.strip()))


def _pair(drawing: Drawing, width: int, height: int, prefix: str) -> Markup:
    """Return a picture for screens, and one with as large letters for phones."""
    wide = svg(drawing, width, height, colors="page", prefix=f"{prefix}w-")
    narrow = svg(drawing, _NARROW, min(height, 240), colors="page", prefix=f"{prefix}n-")
    return joined(el("div", wide, class_="dr-wide"), el("div", narrow, class_="dr-narrow"))


def _picture(drawing: Drawing, key: str, title: str, size: int, prefix: str) -> Markup:
    picture = svg(drawing, size, min(size, 220), colors="page", prefix=f"{prefix}{key}-", part=key)
    return el("figure", picture, el("figcaption", title, dir="auto"))


def _number(value: ChartValue) -> Markup:
    change = None
    if value.change is not None:
        said = el("span", value.change.words, class_="dr-sr")
        change = el("span", value.change.text, said, class_=f"dr-change dr-{value.change.direction}")
    unit = el("small", value.unit) if value.unit else None
    return joined(
        el("p", value.text, unit, class_="dr-number", title=value.full),
        el("p", change, class_="dr-delta") if change else None,
        el("div", spark(value.trend), class_="dr-trend") if value.trend else None,
        el("p", value.caption, class_="dr-small", dir="auto"),
    )


def _legend(drawing: Drawing, *, is_line: bool) -> Markup | None:
    if len(drawing.series) < 2:
        return None
    entries = [
        el(
            "li",
            el("i", class_=f"dr-key dr-c{each.color} dr-dash{each.dash}", aria_hidden="true"),
            el("span", each.label, dir="auto"),
            el("b", each.text) if each.text else None,
            el("small", each.share) if each.share else None,
        )
        for each in drawing.series
    ]
    has_values = any(each.text for each in drawing.series)
    looks = ["dr-legend", "dr-values" if has_values else None, None if is_line else "dr-flat"]
    return el("ul", *entries, class_=" ".join(filter(None, looks)))


def _figures(drawing: Drawing) -> Markup | None:
    if not drawing.table.rows:
        return None
    head = el("tr", *(el("th", each, scope="col", dir="auto") for each in drawing.table.heads))
    rows = [
        el("tr", el("th", first, scope="row", dir="auto"), *(el("td", each) for each in rest))
        for first, *rest in drawing.table.rows
    ]
    table = el("table", el("thead", head), el("tbody", *rows), class_="dr-figs")
    inner = el("div", table, class_="dr-figs-w", tabindex=0)
    return el("details", el("summary", "Figures"), inner, class_="dr-noprint")
