"""Reports as static HTML, for where no workspace can run. Whatever data and people say is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from dynreports.errors import DynReportsError
from dynreports.project import labels, tiles
from dynreports.project.model import Chart, Panel, PanelItem, Table, Text
from dynreports.project.session import Session
from dynreports.views import table as drawn
from dynreports.views.charts import static
from dynreports.views.payload import BlockHead, ColumnState, ItemRow, TablePayload, TotalCell

_NUMBER = ' style="text-align:right;font-variant-numeric:tabular-nums"'


def project(session: Session) -> str:
    """Return a whole report."""
    panels = "".join(_panel(each, session) for each in session.project.panels)
    return f"<section><h2>{escape(session.project.title)}</h2>{panels}</section>"


def _panel(panel: Panel, session: Session) -> str:
    words = [labels.period(panel.period), *(labels.chip(each, session.dataset) for each in panel.filters)]
    items = drawn_items(panel, session, _table)
    return f"<section><h3>{escape(panel.title)}</h3><p>{escape(' · '.join(words))}</p>{items}</section>"


def drawn_items(panel: Panel, session: Session, table: Callable[[Table, Session], str]) -> str:
    """Return what is shown in a panel, its tables as ``table`` writes them."""
    return "".join(_item(each, session, table) for each in panel.items if tiles.is_shown(each))


def _item(item: PanelItem, session: Session, table: Callable[[Table, Session], str]) -> str:
    match item:
        case Table():
            return table(item, session)
        case Chart():
            return static.figure(session, item)
        case Text(text=text):
            return paragraphs(text)


def paragraphs(text: str) -> str:
    """Return a text with its paragraphs, which empty lines part."""
    parts = (each.strip() for each in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in parts if each)


def _table(part: Table, session: Session) -> str:
    try:
        payload = drawn.payload(part, session.result(part.id), session.dataset, 0, session.project.numbers)
    except DynReportsError as error:
        return f"<p><b>{escape(part.title)}</b> can't be computed: {escape(str(error))}</p>"
    return table(payload, part.title)


def table(payload: TablePayload, title: str) -> str:
    """Return a table as it stands on the screen, its open breakdowns included."""
    heads = "".join(f'<th scope="col"{_NUMBER}>{escape(_head(each))}</th>' for each in payload.columns)
    body = "".join(_row(each) for each in ((payload.total,) if payload.total else ()) + payload.rows)
    return (
        f"<table><caption>{escape(title)}</caption>"
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _head(column: ColumnState) -> str:
    filters = ", ".join(each.label for each in column.filters)
    return f"{column.label} ({filters})" if filters else column.label


def _row(row: ItemRow | BlockHead) -> str:
    indent = f"padding-left:{0.5 + 1.5 * row.depth}em;text-align:left"
    if isinstance(row, BlockHead):
        shown = f" ({row.from_}–{row.to} of {row.counted})" if row.ref is not None else ""
        cells = "".join(f"<td{_NUMBER}>{total_cell(each)}</td>" for each in row.cells)
        return f'<tr><th scope="row" style="{indent}">{escape(row.label)}{shown}</th>{cells}</tr>'
    label = row.label if row.caption is None else f"{row.label} ({row.caption})"
    cells = "".join(
        f"<td{_NUMBER}>{escape(each.text)}"
        + (f" <small>{escape(each.percent)}</small>" if each.percent is not None else "")
        + "</td>"
        for each in row.cells
    )
    return (
        f'<tr><th scope="row" style="{indent};font-weight:normal">{row.number}. {escape(label)}</th>'
        f"{cells}</tr>"
    )


def total_cell(cell: TotalCell) -> str:
    """Return what stands in a cell of a total: the figure, and what it is out of."""
    whole = "" if cell.out_of is None else f"<br><small>{escape(cell.out_of)}</small>"
    return f"<b>{escape(cell.text)}</b>{whole}"
