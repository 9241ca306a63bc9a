"""Reports on paper, without a browser: pages with heads, numbers and charts as vectors; and as pictures.

Typst sets the pages. It gets words and figures as data (JSON), so that none of them is ever markup. What the
page of a table shows is on paper, its open breakdowns included; tables with many columns are continued in
further ones, each with the labels of its rows.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from importlib import resources
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dynreports.errors import DynReportsError
from dynreports.project import labels, tiles, tree
from dynreports.project.model import Chart, Panel, PanelItem, Project, Table, Text
from dynreports.project.session import Session
from dynreports.semantics.locales import Locale
from dynreports.views import format
from dynreports.views import table as drawn
from dynreports.views.charts.drawing import Drawing, draw
from dynreports.views.paper import fitting
from dynreports.views.payload import (
    BlockHead,
    Cell,
    ItemRow,
    TablePayload,
    TotalCell,
    is_of_more,
    kept_notes,
    under_head,
)
from dynreports.views.pictures import svg
from dynreports.views.state import freshness, period_state
from dynreports.views.steps import Steps, Told

Data = dict[str, Any]
_Kind = Literal["pdf", "png"]
_MOST_COLUMNS = 9
_UPRIGHT = 6
"""Columns of figures that fit on upright paper."""
_COLUMNS, _WIDE, _HIGH = 12, 1000, 250
_SHARP = 144.0  # points an inch of pictures


def pdf(session: Session, told: Told | None = None, *, made: dt.datetime | None = None) -> bytes:
    """Return a whole report as pages.

    Parameters
    ----------
    session
        The report as it stands.
    told
        Is told how far it is.
    made
        When, with its time zone; not given: now.
    """
    return _whole(session, "pdf", told, made)


def png(session: Session, told: Told | None = None, *, item_id: str | None = None) -> bytes:
    """Return one item, or (``None``) the whole report, as a picture, and tell how far it is."""
    if item_id is None:
        return _whole(session, "png", told, None)
    part = tree.find_item(session.project, item_id)
    panel = {"title": None, "about": [], "lines": [[_item(part, tiles.Box(0, 0, 12, 8), session)]]}
    return _set(_around(session, None, tall=True) | {"bare": True, "panels": [panel]}, "png")


def _whole(session: Session, kind: _Kind, told: Told | None, made: dt.datetime | None) -> bytes:
    panels = session.project.panels
    steps = Steps(sum(len(_shown(each)) for each in panels) + 1, told)
    is_only = len(panels) == 1
    drawn_panels = [_panel(each, session, steps, is_only=is_only) for each in panels]
    steps.begin("Setting pages")
    return _set(_around(session, made, tall=kind == "png") | {"panels": drawn_panels}, kind)


def _shown(panel: Panel) -> list[PanelItem]:
    return [each for each in panel.items if tiles.is_shown(each)]


def _set(report: Data, kind: _Kind) -> bytes:
    # Imported here: nobody pays for it who prints nothing.
    import typst

    template = resources.files("dynreports").joinpath("views", "paper", "report.typ").read_bytes()
    made: object = typst.compile(template, format=kind, ppi=_SHARP, sys_inputs={"data": json.dumps(report)})
    assert isinstance(made, bytes)  # noqa: S101  # pictures are one high page
    return made


def _around(session: Session, made: dt.datetime | None, *, tall: bool) -> Data:
    """Return what stands around the panels of a report."""
    project, dataset = session.project, session.dataset
    moment = (made or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(dataset.timezone))
    fresh = freshness(dataset)
    only = project.panels[0] if len(project.panels) == 1 else None
    return {
        "title": project.title,
        "fresh": None if fresh is None else f"{fresh} ({dataset.timezone})",
        "footer": f"{format.day(moment, this_year=0)}, {format.clock(moment)}",
        "period": " · ".join(_about(only, session)) if only else "",
        "landscape": _is_wide(project),
        "tall": tall,
        "bare": False,
    }


def _is_wide(project: Project) -> bool:
    columns = (len(table.columns) for panel in project.panels for table in tree.shown_tables(panel))
    return max(columns, default=0) > _UPRIGHT


def _about(panel: Panel, session: Session) -> list[str]:
    found = []
    if session.dataset.time is not None:
        period = period_state(panel.period, session.dataset)
        found.append(" · ".join(dict.fromkeys(each for each in (period["label"], period["detail"]) if each)))
    if panel.filters:
        found.append("Only " + ", ".join(labels.chip(each, session.dataset) for each in panel.filters))
    return found


def _panel(panel: Panel, session: Session, steps: Steps, *, is_only: bool) -> Data:
    shown = _shown(panel)
    boxes = tiles.boxes(shown)
    lines: list[list[Data]] = []
    last: tiles.Box | None = None
    for each in steps.each(sorted(shown, key=lambda each: (boxes[each.id].y, boxes[each.id].x))):
        box = boxes[each.id]
        made = _item(each, box, session)
        if last is not None and box.y == last.y and box.x >= last.x + last.w:
            lines[-1].append(made)
        else:
            lines.append([made])
        last = box
    title = None if is_only and panel.title in {session.project.title, "Freeform"} else panel.title
    return {"title": title, "about": _about(panel, session), "lines": lines}


def _item(part: PanelItem, box: tiles.Box, session: Session) -> Data:
    title = None if isinstance(part, Chart) and part.hide_title else part.title
    try:
        made = _inner(part, box, session)
    except DynReportsError as error:
        what = "table can't be computed" if isinstance(part, Table) else "chart can't be drawn"
        made = {"kind": "text", "lines": [f"This {what}: {error}"]}
    return {"title": title, "wide": box.w} | made


def _inner(part: PanelItem, box: tiles.Box, session: Session) -> Data:
    if isinstance(part, Text):
        return {"kind": "text", "lines": [each for each in part.text.split("\n") if each.strip()]}
    if isinstance(part, Chart):
        return _chart(part, draw(session, part), box)
    if part.rows is None and not part.columns:
        return {"kind": "text", "lines": ["This table is empty."]}
    payload = drawn.payload(part, session.result(part.id), session.dataset, 0, session.project.numbers)
    room = fitting.room(box.w, is_wide=_is_wide(session.project))
    return _table(payload, box, room, session.project.numbers)


def _chart(part: Chart, drawing: Drawing, box: tiles.Box) -> Data:
    if drawing.value is not None:
        value = drawing.value
        change = "" if value.change is None else value.change.text
        said = {"text": value.text, "unit": value.unit, "caption": value.caption, "change": change}
        return {"kind": "number"} | said
    width = _WIDE * box.w // _COLUMNS
    keys: list[tuple[str | None, str | None]] = [(each.key, each.title) for each in drawing.parts or ()]
    keys = keys or [(None, None)]
    pictures = []
    for key, title in keys:
        size = (width, _HIGH) if key is None else (max(220, width // len(keys)), 220)
        picture = svg(drawing, *size, colors="light", prefix="", part=key)
        pictures.append({"svg": f'<?xml version="1.0"?>{_with_namespace(picture or "")}', "title": title})
    entries = [
        {"label": each.label, "color": each.color, "said": "  ".join(filter(None, (each.text, each.share)))}
        for each in drawing.series
        if part.legend and drawing.has_legend and len(drawing.series) > 1
    ]
    return {"kind": "chart", "pictures": pictures, "legend": entries}


def _with_namespace(picture: str) -> str:
    """Return a picture that stands alone: inside of HTML it needs no namespace."""
    text = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return text.replace("<text ", '<text font-family="Liberation Sans, Arial, Helvetica, sans-serif" ')


# ---- tables -------------------------------------------------------------------------------------


def _table(payload: TablePayload, box: tiles.Box, room: float, locale: Locale) -> Data:
    total = payload.total
    assert total is not None  # noqa: S101  # the table is not empty
    most = max(1, _MOST_COLUMNS * box.w // _COLUMNS)
    count = len(payload.columns)
    size = 8.5 if count <= _UPRIGHT else 7.5
    needs = [fitting.need(_words(payload, index), size) for index in range(count)]
    pieces = [
        {
            "first": total.label if total.ref is not None else "",
            "widths": each.widths,
            "size": size,
            "heads": [
                {"label": column.label, "small": under_head(column)}
                for column in payload.columns[each.start : each.end]
            ],
            "rows": [_row(row, each.start, each.end, locale) for row in (total, *payload.rows)],
        }
        for each in fitting.pieces(needs, room, most)
    ]
    notes = []
    if total.ref is not None and total.to - total.from_ + 1 < total.count:
        notes.append(f"{_range(total, locale)} rows.")
    notes += kept_notes(total)
    return {"kind": "table", "pieces": pieces, "notes": notes}


def _words(payload: TablePayload, index: int) -> Iterator[str]:
    """Return all that stands in a column."""
    assert payload.total is not None  # noqa: S101  # the table is not empty
    yield payload.columns[index].label
    yield from under_head(payload.columns[index])
    for row in (payload.total, *payload.rows):
        cell = _cell(row.cells[index])
        yield from (cell[part] for part in ("text", "percent", "out_of") if cell[part])


def _row(row: ItemRow | BlockHead, start: int, end: int, locale: Locale) -> Data:
    found = {"sum": False, "depth": row.depth, "label": row.label, "number": None, "caption": None}
    found |= {"missing": False, "cells": [_cell(each) for each in row.cells[start:end]]}
    if isinstance(row, BlockHead):
        shown = _range(row, locale) if row.depth and row.count else None
        return found | {"sum": True, "label": row.label if row.depth else "Total", "caption": shown}
    caption = None if row.caption is None else f"({row.caption})"
    return found | {"number": str(row.number), "caption": caption, "missing": row.missing}


def _range(head: BlockHead, locale: Locale) -> str:
    return f"{locale.count(head.from_)}–{locale.count(head.to)} of {head.counted}"


def _cell(cell: Cell | TotalCell) -> Data:
    found: Data = {"text": cell.text, "none": cell.reason is not None, "out_of": None}
    if isinstance(cell, Cell):
        return found | {"percent": cell.percent, "bar": cell.bar, "heat": cell.heat}
    return found | {
        "percent": None,
        "bar": None,
        "heat": None,
        "out_of": cell.out_of if is_of_more(cell) else None,
    }
