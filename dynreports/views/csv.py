"""Reports as CSV: what is on the screen, but all rows of it, and unrounded.

One file holds a whole report: after the title of each panel its period and filters, then its tables. A table
has a column per figure; in front of them the item, and for every level of breakdowns what the row is broken
down by, and its item. A line that sums up says ``Total``. Closed breakdowns are left out, as on the screen.

Spreadsheets take a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, even where it is the
name of a city. Such text gets an apostrophe in front (OWASP, "CSV injection"); numbers are left as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from dynreports.errors import DynReportsError
from dynreports.project import labels, tree
from dynreports.project.model import Panel, Table
from dynreports.project.session import Session
from dynreports.views.lines import lines_of
from dynreports.views.state import period_state
from dynreports.views.steps import Steps, Told

Cell = str | float | None
Line = list[Cell]

ENCODING = "utf-8-sig"
"""How the text is written to a file: without the mark at the start, Excel takes it for Windows-1252."""

_END = "\r\n"
_EXACT = 2**53
_TOTAL = "Total"
# Full-width signs count, too: some programs read them as the plain ones.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]")
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')


def cell(value: Cell) -> str:
    """Return a value as it stands between the commas: text that no program can take for a formula.

    Examples
    --------
    >>> cell("Paris, Texas"), cell("=1+1"), cell(-2.5), cell(12.0), cell(float("nan")), cell(None)
    ('"Paris, Texas"', "'=1+1", '-2.5', '12', '', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        safe = f"'{value}" if _FORMULA.match(value) else value
        return f'"{safe.replace(chr(34), 2 * chr(34))}"' if _QUOTED.search(safe) else safe
    return _number(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    is_whole = math.isfinite(value) and abs(value) < _EXACT and value == int(value)
    return str(int(value)) if is_whole else repr(float(value))


def line(cells: Iterable[Cell]) -> str:
    """Return one line with its end."""
    return ",".join(map(cell, cells)) + _END


def project(session: Session, told: Told | None = None) -> str:
    """Return a whole report, and tell how far it is.

    A table that can't be computed says so in its place; the rest of the report is there.
    """
    steps = Steps(sum(len(tree.shown_tables(each)) for each in session.project.panels), told)
    lines: list[Line] = [[session.project.title]]
    for panel in session.project.panels:
        lines += [[], *_panel(panel, session)]
        for part in steps.each(tree.shown_tables(panel)):
            lines += [[], *_table(part, session)]
    return "".join(map(line, lines))


def table(session: Session, table_id: str) -> str:
    """Return one table alone: heads, total and rows, nothing in front of them."""
    return "".join(map(line, _figures(tree.find_table(session.project, table_id), session)))


def _panel(panel: Panel, session: Session) -> Iterator[Line]:
    yield ["Panel", panel.title]
    if session.dataset.time is not None:
        period = period_state(panel.period, session.dataset)
        yield ["Period", period["label"], *(each for each in [period["detail"]] if each != period["label"])]
    if panel.filters:
        yield ["Segments", *(labels.chip(each, session.dataset) for each in panel.filters)]


def _table(part: Table, session: Session) -> Iterator[Line]:
    yield ["Table", part.title]
    try:
        yield from _figures(part, session)
    except DynReportsError as error:
        yield [f"This table can't be computed: {error}"]


def _figures(part: Table, session: Session) -> list[Line]:
    found = lines_of(session, part)
    if found is None:
        return []
    before = 1 + 2 * found.depth
    heads: Line = [found.rows, *(each for level in range(found.depth) for each in _level_heads(level))]
    lines: list[Line] = []
    for each in found.lines:
        names = [*each.above, _TOTAL if each.label is None else each.label]
        lines.append([*names, *[None] * (before - len(names)), *each.values])
    return [[*heads, *found.columns], *lines]


def _level_heads(level: int) -> tuple[str, str]:
    number = f" ({level + 1})" if level else ""
    return f"Broken down by{number}", f"Item{number}"
