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

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockResult, RowResult
from dynreports.errors import DynReportsError
from dynreports.project import labels, tree
from dynreports.project.ask import all_rows
from dynreports.project.model import Breakdown, Panel, Table
from dynreports.project.session import Session
from dynreports.semantics.dataset import Dataset
from dynreports.views.misfits import without_misfits
from dynreports.views.state import period_state
from dynreports.views.table import breakdown_of

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


def project(session: Session) -> str:
    """Return a whole report.

    A table that can't be computed says so in its place; the rest of the report is there.
    """
    lines: list[Line] = [[session.project.title]]
    for panel in session.project.panels:
        lines += [[], *_panel(panel, session)]
        for part in panel.items:
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
    if part.rows is None and not part.columns:
        return []
    result = planner.answer(all_rows(session.request(part.id)), engine_for(session.dataset))
    return _Lines(part, session.dataset).of(without_misfits(part, part, result, session.dataset.catalog))


class _Lines:
    """One table on its way into a file."""

    def __init__(self, table: Table, dataset: Dataset) -> None:
        self._table = table
        self._dataset = dataset
        self._depth = 0
        self._lines: list[tuple[Line, tuple[float, ...]]] = []

    def of(self, result: BlockResult) -> list[Line]:
        """Return the heads and everything under them."""
        self._lines.append(([_TOTAL], self._summed(result)))
        self._add(self._table, result, [])
        before = 1 + 2 * self._depth
        rows = "" if self._table.rows is None else labels.component(self._table.rows, self._dataset)
        heads: Line = [rows, *(each for level in range(self._depth) for each in _level_heads(level))]
        figures = [[*names, *[None] * (before - len(names)), *values] for names, values in self._lines]
        return [[*heads, *labels.columns(self._table.columns, self._dataset)], *figures]

    def _add(self, block: Table | Breakdown, result: BlockResult, above: Line) -> None:
        for row in result.rows:
            names = [*above, _label(row)]
            self._lines.append((names, row.values))
            _, child = breakdown_of(block, row)
            if child is not None and row.child is not None:
                self._depth = max(self._depth, (len(names) + 1) // 2)
                by = labels.component(child.by, self._dataset)
                self._lines.append(([*names, by, _TOTAL], self._summed(row.child)))
                self._add(child, row.child, [*names, by])

    def _summed(self, result: BlockResult) -> tuple[float, ...]:
        catalog = self._dataset.catalog
        shown = (catalog.metric(each.metric).show_total for each in self._table.columns)
        return tuple(value if show else math.nan for value, show in zip(result.total, shown, strict=True))


def _level_heads(level: int) -> tuple[str, str]:
    number = f" ({level + 1})" if level else ""
    return f"Broken down by{number}", f"Item{number}"


def _label(row: RowResult) -> str:
    return row.label if row.caption is None else f"{row.label} ({row.caption})"
