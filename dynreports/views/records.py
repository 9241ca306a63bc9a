"""The records behind a figure: as a frame, as a page of text to look at, and as CSV."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dynreports.engine.adding import figure
from dynreports.engine.cells import CellRequest, Part, part_of, parts_of, records_of
from dynreports.engine.frames import engine_for
from dynreports.engine.records import Records, RecordsQuery
from dynreports.project import tree
from dynreports.project.blocks import Cell, cell_request
from dynreports.project.columns import metric_of
from dynreports.project.session import Session
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.locales import Locale
from dynreports.semantics.metric import Aggregate, Expression, Metric
from dynreports.semantics.nouns import counted
from dynreports.semantics.wording import expression_in_words
from dynreports.views import csv, format

LARGEST_PAGE = 400
_LONGEST = 500
"""How much of a value is shown in the list; a file has all of it."""


@dataclass(frozen=True)
class Order:
    """Which records, and in what order; ``sort`` ``None``: as they lie in the data."""

    sort: str | None = None
    descending: bool = False
    start: int = 0
    stop: int | None = None


def records_behind(session: Session, cell: Cell, part: Part = "all", order: Order = Order()) -> Records:
    """Return the records that a figure counts, with every field of the data.

    Raises
    ------
    InvalidInputError, UnknownNameError
        If the figure has no such part, or the data no such field.
    """
    asked = cell_request(session, cell)
    wanted = CellRequest(part_of(asked.expression, part), asked.where)
    query = RecordsQuery(records_of(wanted.asked), order.sort, order.descending, order.start, order.stop)
    return engine_for(session.dataset).records(query)


@dataclass(frozen=True)
class Listing:
    """A page of records as it is read.

    Attributes
    ----------
    fields
        The names of the columns, the time of the data first; ``time`` is that one.
    rows
        For each record a text by field; nothing stands for no value.
    count
        How many records there are on all pages.
    said
        How the list and the figure go together: ``12 rows, 9 people: the cell shows 9.``
    parts
        What the list can be narrowed to, with a name in words.
    """

    fields: tuple[str, ...]
    time: str | None
    rows: tuple[tuple[str, ...], ...]
    count: int
    said: str
    parts: tuple[tuple[Part, str], ...]


def listing(session: Session, cell: Cell, part: Part, order: Order) -> Listing:
    """Return a page of the records behind a figure, in words."""
    dataset = session.dataset
    found = records_behind(session, cell, part, order)
    fields = _fields(found.frame, dataset)
    asked = cell_request(session, cell)
    return Listing(
        fields=tuple(fields),
        time=dataset.time,
        rows=tuple(
            tuple(clipped(text) for text in row) for row in _texts(found.frame[fields], dataset.timezone)
        ),
        count=found.count,
        said=_said(found.count, asked, part, _metric(session, cell), session),
        parts=tuple((key, _part_name(key, each)) for key, each in parts_of(asked.expression).items()),
    )


def csv_lines(session: Session, cell: Cell, part: Part, order: Order) -> tuple[list[str], int]:
    """Return records as lines of CSV, the heads in front of the first, and how many records there are in all.

    Numbers are unrounded; text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    dataset = session.dataset
    found = records_behind(session, cell, part, order)
    fields = _fields(found.frame, dataset)
    columns = [_values(found.frame[name], dataset.timezone) for name in fields]
    lines = [csv.line(each) for each in zip(*columns, strict=True)]
    if lines and order.start == 0:
        lines[0] = csv.line(fields) + lines[0]
    return lines, found.count


def _metric(session: Session, cell: Cell) -> Metric:
    table = tree.find_table(session.project, cell.table)
    return metric_of(table.columns[cell.column], session.dataset.catalog)


def _fields(frame: pd.DataFrame, dataset: Dataset) -> list[str]:
    names = [str(name) for name in frame.columns]
    return sorted(names, key=lambda name: name != dataset.time)


# ---- words --------------------------------------------------------------------------------------


def _said(count: int, cell: CellRequest, part: Part, metric: Metric, session: Session) -> str:
    """Say how many records there are, and what the cell makes of them."""
    expression = part_of(cell.expression, part)
    engine, locale = engine_for(session.dataset), session.project.numbers
    rows = counted(count, "row", locale)
    whole = format.figure(figure(cell, engine), metric, locale)
    value = figure(CellRequest(expression, cell.where), engine)
    match expression:
        case Aggregate(op="distinct", field=str(field)):
            rows += f", {counted(int(value), field, locale)}"
        case Aggregate(op="sum", field=str(field)):
            rows += f", whose {field} adds up to {_number(value, locale)}"
        case Aggregate(op="mean" | "min" | "max", field=str(field)):
            rows += f" with a value of {field}"
    if part == "all":
        return f"{rows}: the cell shows {whole}."
    name = f"the {part}" if isinstance(part, str) else "this part"
    return f"{rows}: {name} is {_number(value, locale)}, the cell shows {whole}."


def _number(value: float, locale: Locale) -> str:
    if math.isnan(value):
        return "blank"
    return locale.written(f"{int(value):,}" if value.is_integer() else f"{value:,.2f}")


def _part_name(part: Part, expression: Expression) -> str:
    if part == "all":
        return "All records of the figure"
    words = expression_in_words(expression)
    return f"{part.capitalize()}: {words}" if isinstance(part, str) else words


def clipped(text: str) -> str:
    """Return a value short enough to be shown in a list."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


# ---- values -------------------------------------------------------------------------------------


def _texts(frame: pd.DataFrame, timezone: str) -> Iterable[tuple[str, ...]]:
    columns = [[_text(value) for value in _values(frame[name], timezone)] for name in frame.columns]
    return zip(*columns, strict=True)


def _text(value: csv.Cell) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else csv.cell(value)


def _values(series: pd.Series[Any], timezone: str) -> list[csv.Cell]:
    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(object)
    return [_value(each, timezone) for each in series.tolist()]


def _value(value: Any, timezone: str) -> csv.Cell:
    """Return a value as text or number, dates in the zone of the data; nothing for no value."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.datetime, pd.Timestamp)):
        local = value.astimezone(_zone(timezone)) if value.tzinfo is not None else value
        return local.isoformat(sep=" ")
    if isinstance(value, int) and abs(value) >= 2**53:
        return str(value)  # as a float it would be another number
    return value if isinstance(value, (int, float)) else str(value)


def _zone(timezone: str) -> dt.tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(timezone)
