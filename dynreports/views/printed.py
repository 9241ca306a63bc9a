"""A report on paper: one HTML document of its own, without scripts, made for the printer of a browser.

Figures are those of the screen: the page of each table that is shown, with its open breakdowns. Heads are
repeated on every sheet. Whatever data and people say is escaped.
"""

from __future__ import annotations

from html import escape

from dynreports.errors import DynReportsError
from dynreports.project import labels
from dynreports.project.model import Panel, Table
from dynreports.project.session import Session
from dynreports.views import table as drawn
from dynreports.views.html import drawn_items, total_cell
from dynreports.views.payload import (
    BlockHead,
    Cell,
    ColumnState,
    ItemRow,
    TablePayload,
    kept_notes,
    under_head,
)
from dynreports.views.state import freshness, period_state

_MOST_COLUMNS = 9
_STYLE = """
@page { margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #1b1f24; background: #fff;
  font: 10px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1, h2, h3, p { margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 20px; } h2 { margin-top: 18px; font-size: 15px; } h3 { margin: 12px 0 4px; font-size: 12px; }
h2, h3 { break-after: avoid; }
p { color: #57606a; } p b { color: #1b1f24; }
table { width: 100%; border-collapse: collapse; } table + table { margin-top: 10px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 3px 6px; border-bottom: 1px solid #d8dee4; text-align: right; vertical-align: top; }
th { font-weight: 600; } thead th { border-bottom: 1px solid #8c959f; vertical-align: bottom; }
th:first-child { text-align: left; overflow-wrap: anywhere; min-width: 32mm; }
tbody th { font-weight: 400; }
tr.sum > * { background: #f3f5f7; } tr.sum b { font-weight: 700; }
small { color: #57606a; white-space: nowrap; }
td { white-space: nowrap; }
td.bar { background: linear-gradient(#d3e8e4, #d3e8e4) no-repeat left 0 top 0 / var(--w) 100%; }
td.high { background: color-mix(in srgb, #a9dcd2 var(--w), #fff); }
td.low { background: color-mix(in srgb, #f3c9a5 var(--w), #fff); }
.in > th:first-child { padding-left: calc(6px + 14px * var(--d)); }
.wrong { color: #a4262c; }
figure { margin: 10px 0; break-inside: avoid; } figure img { display: block; max-width: 100%; }
figure.number { display: inline-block; width: 32%; margin-right: 1%; vertical-align: top; }
"""


def document(session: Session) -> str:
    """Return the whole report as a page to print."""
    project, dataset = session.project, session.dataset
    fresh = freshness(dataset)
    about = f"<p>{escape(fresh)} ({escape(dataset.timezone)})</p>" if fresh else ""
    panels = "".join(_panel(each, session) for each in project.panels)
    title = escape(project.title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{about}{panels}</body></html>"
    )


def _panel(panel: Panel, session: Session) -> str:
    about = ""
    if session.dataset.time is not None:
        period = period_state(panel.period, session.dataset)
        about = f"<p><b>{escape(period['label'])}</b> {escape(period['detail'] or '')}</p>"
    if panel.filters:
        chips = ", ".join(labels.chip(each, session.dataset) for each in panel.filters)
        about += f"<p>Only: {escape(chips)}</p>"
    items = drawn_items(panel, session, _table)
    return f"<section><h2>{escape(panel.title)}</h2>{about}{items}</section>"


def _table(part: Table, session: Session) -> str:
    title = f"<h3>{escape(part.title)}</h3>"
    try:
        payload = drawn.payload(part, session.result(part.id), session.dataset, 0, session.project.numbers)
    except DynReportsError as error:
        return f'{title}<p class="wrong">This table can\'t be computed: {escape(str(error))}</p>'
    if payload.total is None:
        return f"{title}<p>This table is empty.</p>"
    return title + _figures(payload, payload.total)


def _figures(payload: TablePayload, total: BlockHead) -> str:
    """Return a table; what paper is too narrow for goes on in further ones under the labels of the rows."""
    starts = range(0, max(1, len(payload.columns)), _MOST_COLUMNS)
    pieces = (_piece(payload, total, slice(start, start + _MOST_COLUMNS)) for start in starts)
    return "".join(pieces) + "".join(f"<p>{escape(each)}</p>" for each in kept_notes(total))


def _piece(payload: TablePayload, total: BlockHead, columns: slice) -> str:
    heads = "".join(f'<th scope="col">{_head(each)}</th>' for each in payload.columns[columns])
    body = "".join(_line(each, columns) for each in (total, *payload.rows))
    first = escape(total.label)
    return f'<table><thead><tr><th scope="col">{first}</th>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _head(column: ColumnState) -> str:
    arrow = {"asc": "↑ ", "desc": "↓ "}.get(column.sort or "", "")
    small = "".join(f"<br><small>{escape(each)}</small>" for each in under_head(column))
    return f"{arrow}{escape(column.label)}{small}"


def _line(row: ItemRow | BlockHead, columns: slice) -> str:
    if isinstance(row, BlockHead):
        shown = "" if row.ref is None else f"<br><small>{row.from_}–{row.to} of {row.counted}</small>"
        name = f"<b>{escape(row.label) if row.depth else 'Total'}</b>{shown}"
        cells = "".join(f"<td>{total_cell(each)}</td>" for each in row.cells[columns])
        return f'<tr class="sum in" style="--d:{row.depth}"><th scope="row">{name}</th>{cells}</tr>'
    caption = "" if row.caption is None else f" <small>({escape(row.caption)})</small>"
    name = f"{row.number}. {escape(row.label)}{caption}"
    cells = "".join(map(_cell, row.cells[columns]))
    return f'<tr class="in" style="--d:{row.depth}"><th scope="row">{name}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    share = "" if cell.percent is None else f" <small>{escape(cell.percent)}</small>"
    return f"<td{_behind(cell)}>{escape(cell.text)}{share}</td>"


def _behind(cell: Cell) -> str:
    """Return what lies behind a figure: its bar, or its colour between the limits."""
    if cell.heat is not None:
        side = "low" if cell.heat < 0 else "high"
        return f' class="{side}" style="--w:{100 * abs(cell.heat):.1f}%"'
    return "" if cell.bar is None else f' class="bar" style="--w:{100 * cell.bar:.1f}%"'
