"""Reports as a workbook: what is on the screen, but all rows of it, and unrounded.

The first sheet says what the report is about; then each table has a sheet: heads in the first row, the total
in the second, both frozen, and the rows, breakdowns indented and folded under theirs. Figures are numbers in
the format of their metric, days and months are dates, and text is text, whatever it begins with.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dynreports.errors import DynReportsError
from dynreports.project import labels, tree
from dynreports.project.model import Column, Panel, Table
from dynreports.project.session import Session
from dynreports.semantics.component import TimeBucket
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.metric import Metric
from dynreports.views.cells import background, compared_metric, scale
from dynreports.views.lines import Line, Lines, lines_of
from dynreports.views.sheet_names import sheet_names
from dynreports.views.state import freshness, period_state
from dynreports.views.steps import Steps, Told

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MOST_ROWS = 2**20 - 2  # of a sheet, without the heads and the total
_LONGEST_TEXT = 32_767
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 7  # levels that spreadsheets fold
_LARGEST = 1e15  # the digits that they keep
_ROWS_A_STEP = 2_000
_MOST_RANGES = 40  # pieces of a column that a bar or colours are drawn in
_DATES = {
    "day": "mmm d, yyyy",
    "hour": "mmm d, yyyy h:mm AM/PM",
    "minute": "mmm d, yyyy h:mm AM/PM",
    "month": "mmm yyyy",
}
_LINE, _PALE, _BAR = "#C3CAD6", "#F4F6F9", "#CCE8E4"
_LOW, _MIDDLE, _HIGH = "#F3C9A5", "#FFFFFF", "#A9DCD2"  # --dr-low, --dr-mid and --dr-high of tokens.css


def project(session: Session, told: Told | None = None) -> bytes:
    """Return a whole report as a workbook, and tell how far it is.

    A table that can't be computed says so on its sheet; the rest of the report is there.
    """
    return _Book(session).report(told)


def table(session: Session, table_id: str, told: Told | None = None) -> bytes:
    """Return one table alone as a workbook of one sheet."""
    return _Book(session).alone(tree.find_table(session.project, table_id), told)


class _Book:
    """One workbook on its way."""

    def __init__(self, session: Session) -> None:
        # Imported here: nobody pays for it who exports nothing.
        from xlsxwriter import Workbook

        self._session = session
        self._file = io.BytesIO()
        # Everything is written as what it is; nothing is guessed from how text looks.
        self._book: Workbook = Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties({"title": clean(session.project.title)[:255], "comments": "dynreports"})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def report(self, told: Told | None) -> bytes:
        project = self._session.project
        parts = [part for panel in project.panels for part in tree.shown_tables(panel)]
        front, *names = sheet_names(["Report", *(each.title for each in parts)])
        sheets = dict(zip([each.id for each in parts], names, strict=True))
        self._front(self._book.add_worksheet(front), sheets)
        steps = Steps(len(parts) + 1, told)
        for each in steps.each(parts):
            self._sheet(self._book.add_worksheet(sheets[each.id]), each, steps)
        return self._done(steps)

    def alone(self, part: Table, told: Told | None) -> bytes:
        steps = Steps(2, told)
        for each in steps.each([part]):
            self._sheet(self._book.add_worksheet(sheet_names([each.title])[0]), each, steps)
        return self._done(steps)

    def _done(self, steps: Steps) -> bytes:
        steps.begin("Packing")
        self._book.close()
        return self._file.getvalue()

    def format(self, **looks: Any) -> Format:
        """Return a format; spreadsheets slow down when each cell brings its own."""
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(looks)
        return self._formats[key]

    # ---- the first sheet ------------------------------------------------------------------------

    def _front(self, sheet: Worksheet, sheets: dict[str, str]) -> None:
        session = self._session
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 80)
        sheet.write_string(0, 0, clean(session.project.title), self.format(bold=True, font_size=16))
        row = 2
        fresh = freshness(session.dataset)
        if fresh is not None:
            row = self._said(sheet, row, "Data", f"{fresh} ({session.dataset.timezone})")
        for panel in session.project.panels:
            row = self._panel(sheet, row + 1, panel, sheets)

    def _panel(self, sheet: Worksheet, row: int, panel: Panel, sheets: dict[str, str]) -> int:
        heading = self.format(bold=True, font_size=12, bottom=1, bottom_color=_LINE)
        sheet.write_string(row, 0, clean(panel.title), heading)
        sheet.write_blank(row, 1, None, heading)
        row += 1
        for what, words in _about(panel, self._session.dataset):
            row = self._said(sheet, row, what, words)
        for part in tree.shown_tables(panel):
            sheet.write_string(row, 0, "Table", self._grey())
            quoted = sheets[part.id].replace("'", "''")
            link = self.format(font_color="#1D56B8", underline=1)
            sheet.write_url(row, 1, f"internal:'{quoted}'!A1", link, clean(part.title)[:255])
            row += 1
        return row

    def _said(self, sheet: Worksheet, row: int, what: str, words: str) -> int:
        sheet.write_string(row, 0, what, self._grey())
        sheet.write_string(row, 1, clean(words), self.format(text_wrap=True, valign="top"))
        return row + 1

    def _grey(self) -> Format:
        return self.format(font_color="#5B6472", valign="top")

    # ---- a table --------------------------------------------------------------------------------

    def _sheet(self, sheet: Worksheet, part: Table, steps: Steps) -> None:
        try:
            found = lines_of(self._session, part)
        except DynReportsError as error:
            sheet.write_string(0, 0, clean(f"This table can't be computed: {error}"))
            return
        if found is None:
            sheet.write_string(0, 0, "This table is empty.")
        elif len(found.lines) > _MOST_ROWS:
            sheet.write_string(
                0,
                0,
                f"This table has {len(found.lines):,} rows, more than a sheet holds. CSV holds all of them.",
            )
        else:
            _Sheet(self, sheet, part, found, self._session.dataset).write(steps)


class _Sheet:
    """The sheet of one table."""

    def __init__(self, book: _Book, sheet: Worksheet, part: Table, found: Lines, dataset: Dataset) -> None:
        self._book = book
        self._sheet = sheet
        self._part = part
        self._found = found
        self._dataset = dataset

    def write(self, steps: Steps) -> None:
        found, sheet, look = self._found, self._sheet, self._book.format
        head = {"bold": True, "bg_color": _PALE, "bottom": 1, "bottom_color": _LINE, "text_wrap": True}
        sheet.write_string(0, 0, clean(found.rows), look(**head, valign="bottom"))
        for column, label in enumerate(found.columns, 1):
            sheet.write_string(0, column, clean(label), look(**head, align="right", valign="bottom"))
        for row, line in enumerate(found.lines, 1):
            self._line(row, line)
            if row % _ROWS_A_STEP == 0:
                steps.within(row / len(found.lines))
        self._widths()
        for column, (each, metric) in enumerate(zip(self._part.columns, found.metrics, strict=True), 1):
            self._behind(column, each, metric)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        # A row is folded under the one above it.
        sheet.outline_settings(True, False, True, False)

    def _line(self, row: int, line: Line) -> None:
        looks: dict[str, Any] = {}
        if line.is_total:
            looks = {"bold": True, "bg_color": _PALE}
        # A total stands one level above the rows that it sums up.
        level = min(line.depth, _DEEPEST)
        if level:
            self._sheet.set_row(row, None, None, {"level": level})
        indent = {"indent": min(2 * line.depth, 15)} if line.depth else {}
        moment = self._moment(line)
        if moment is not None:
            start, pattern = moment
            look = self._book.format(**looks, **indent, align="left", num_format=pattern)
            self._sheet.write_datetime(row, 0, start, look)
        else:
            self._sheet.write_string(row, 0, clean(self._name(line)), self._book.format(**looks, **indent))
        for column, (value, each, metric) in enumerate(
            zip(line.values, self._part.columns, self._found.metrics, strict=True), 1
        ):
            counted = compared_metric(each, line.metric or metric)
            look = self._book.format(**looks, num_format=number_format(counted, blank_zero=each.blank_zero))
            self._figure(row, column, value, look)

    def _name(self, line: Line) -> str:
        if line.label is not None:
            return line.label
        return line.above[-1] if line.above else "Total"

    def _moment(self, line: Line) -> tuple[dt.datetime, str] | None:
        """Return the start of a day, hour or month with the format that reads as its label does."""
        if line.by is None or line.by.kind != "time" or not isinstance(line.item, str):
            return None
        bucket = self._dataset.catalog.get(line.by)
        if not isinstance(bucket, TimeBucket) or bucket.id not in _DATES:
            return None
        moment = dt.datetime.fromisoformat(line.item).replace(tzinfo=None)
        # Spreadsheets know no day before 1900, and take that year for a leap year.
        return (moment, _DATES[bucket.id]) if moment >= dt.datetime(1900, 3, 1) else None

    def _figure(self, row: int, column: int, value: float, look: Format) -> None:
        if math.isnan(value):
            self._sheet.write_blank(row, column, None, look)
        elif math.isinf(value):
            self._sheet.write_string(row, column, "∞" if value > 0 else "-∞", look)
        else:
            self._sheet.write_number(row, column, value, look)

    def _widths(self) -> None:
        names = (len(self._name(each)) + 2 * each.depth for each in self._found.lines)
        self._sheet.set_column(0, 0, min(60, max(16, len(self._found.rows), *names) + 2))
        for column, label in enumerate(self._found.columns, 1):
            self._sheet.set_column(
                column, column, min(24, max(13, max(map(len, label.split()), default=0) + 3))
            )

    # ---- what lies behind the figures -----------------------------------------------------------

    def _behind(self, index: int, column: Column, metric: Metric) -> None:
        """Draw the bars or colours of a column behind the table's own rows."""
        rows = [
            row for row, each in enumerate(self._found.lines, 1) if each.label is not None and not each.depth
        ]
        ranges = list(_runs(rows))
        behind = background(column, metric)
        if behind == "off" or not ranges or len(ranges) > _MOST_RANGES:
            return
        looks = self._bar(index - 1) if behind == "bar" else self._colors(index - 1, column, metric, rows)
        if looks is None:
            return
        cells = " ".join(
            f"{_letters(index)}{first + 1}:{_letters(index)}{last + 1}" for first, last in ranges
        )
        looks["multi_range"] = cells
        self._sheet.conditional_format(ranges[0][0], index, ranges[-1][1], index, looks)

    def _bar(self, index: int) -> dict[str, Any] | None:
        total = self._found.lines[0].values[index]
        if not math.isfinite(total) or total <= 0:
            return None
        return {
            "type": "data_bar", "bar_solid": True, "bar_color": _BAR, "min_type": "num", "min_value": 0,
            "max_type": "num", "max_value": total,
        }  # fmt: skip

    def _colors(
        self, index: int, column: Column, metric: Metric, rows: Sequence[int]
    ) -> dict[str, Any] | None:
        if column.percent_limits:
            return None  # they are about what the sheet does not hold
        values = [self._found.lines[row - 1].values[index] for row in rows]
        read = [each for each in values if math.isfinite(each) and not (column.blank_zero and each == 0)]
        limits = scale(column, metric, (min(read), max(read)) if read else None, nested=False)
        if limits is None or not limits.lower < limits.middle < limits.upper:
            return None
        return {
            "type": "3_color_scale", "min_type": "num", "min_value": limits.lower, "mid_type": "num",
            "mid_value": limits.middle, "max_type": "num", "max_value": limits.upper,
            "min_color": _LOW, "mid_color": _MIDDLE, "max_color": _HIGH,
        }  # fmt: skip


def number_format(metric: Metric, *, blank_zero: bool = False) -> str:
    """Return the format of a metric's figures.

    Examples
    --------
    >>> from dynreports.semantics.metric import count
    >>> number_format(count()), number_format(count(), blank_zero=True)
    ('#,##0', '#,##0;-#,##0;')
    """
    decimals = f".{'0' * metric.decimals}" if metric.decimals else ""
    plain = f"#,##0{decimals}{'%' if metric.format == 'percent' else ''}"
    return f"{plain};-{plain};" if blank_zero else plain


def clean(text: str) -> str:
    """Return text as a cell can hold it: without characters that no XML may have, and not too long."""
    return _NO_XML.sub("\ufffd", text)[:_LONGEST_TEXT]


def _about(panel: Panel, dataset: Dataset) -> Iterator[tuple[str, str]]:
    if dataset.time is not None:
        period = period_state(panel.period, dataset)
        detail = period["detail"]
        yield (
            "Period",
            period["label"] if detail in (None, period["label"]) else f"{period['label']} · {detail}",
        )
    for each in panel.filters:
        yield "Segment" if labels.filter_kind(each) == "segment" else "Only", labels.chip(each, dataset)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of neighbours."""
    first = None
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        first = row if first is None else first
        if following != row + 1:
            yield first, row
            first = None


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
