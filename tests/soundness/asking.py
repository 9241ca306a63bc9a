"""Small tables, asked and read in a line each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dynreports.engine import planner
from dynreports.engine.frames import FrameEngine
from dynreports.engine.request import BlockRequest, BlockResult, ChildRequest, ColumnRequest, TableRequest
from dynreports.semantics.keys import FieldKey, Key, TimeKey, TimeUnit
from dynreports.semantics.metric import Aggregate, Arithmetic, Expression
from dynreports.semantics.predicate import Predicate, Within, field

BLANK = None


def count(where: Predicate | None = None) -> Aggregate:
    return Aggregate("count", where=where)


def distinct(name: str, where: Predicate | None = None) -> Aggregate:
    return Aggregate("distinct", name, where)


def rate(above: Expression, below: Expression) -> Arithmetic:
    return Arithmetic("/", above, below)


def ask(
    frame: pd.DataFrame,
    by: str | Key | None,
    columns: Sequence[Expression | ColumnRequest],
    *,
    timezone: str = "UTC",
    where: Predicate | None = None,
    period: Within | None = None,
    series: TimeUnit | None = None,
    children: tuple[ChildRequest, ...] = (),
    **block: object,
) -> BlockResult:
    """Return the answer for a table; ``by`` as text is a field."""
    asked = tuple(each if isinstance(each, ColumnRequest) else ColumnRequest(each) for each in columns)
    key = FieldKey(by) if isinstance(by, str) else by
    rows = BlockRequest(by=key, children=children, **{"sort": None, "descending": False, **block})
    request = TableRequest(asked, rows, where, period, series, time_field="time" if "time" in frame else None)
    return planner.answer(request, FrameEngine(frame, timezone))


def under(
    item: object, by: str | Key, children: tuple[ChildRequest, ...] = (), **block: object
) -> ChildRequest:
    """A breakdown of one item."""
    key = FieldKey(by) if isinstance(by, str) else by
    wanted = BlockRequest(by=key, children=children, **{"sort": None, "descending": False, **block})
    return ChildRequest(wanted, item=item)


def shown(result: BlockResult) -> dict[str, tuple]:
    """Return the rows as label → figures, blanks as None."""
    return {row.label: plain(row.values) for row in result.rows}


def plain(values: Sequence[float]) -> tuple:
    return tuple(BLANK if value != value else value for value in values)


def day(name: str = "time") -> TimeKey:
    return TimeKey(name, "day")


def is_event(*names: str) -> Predicate:
    return field("event").isin(names)
