"""The records behind a figure, in an order that a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dynreports.engine.fields import Fields
from dynreports.engine.query import Array
from dynreports.semantics.predicate import Predicate

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class RecordsQuery:
    """Some of the records that match a condition.

    Attributes
    ----------
    where
        Which records; ``None``: all.
    sort, descending
        By which field; ``None``: as they lie in the data. Records without a value come last, equal ones stay
        as they lie in the data.
    start, stop
        Which of them, counted from 0; ``stop`` ``None``: all from ``start`` on.
    """

    where: Predicate | None
    sort: str | None = None
    descending: bool = False
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True)
class Records:
    """How many records match, and those that were asked for, with every field of the data."""

    count: int
    frame: pd.DataFrame


def ordered(fields: Fields, rows: Array, sort: str, descending: bool) -> Array:
    """Return rows in the order of a field; those without a value last, equal ones as they are."""
    column = fields.column(sort)
    if column.kind in {"number", "time"} and not column.coded:
        values = column.raw.take(rows)
        lacking = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(rows), dtype=bool)
        if column.missing is not None:
            lacking |= column.missing.take(rows)
    else:
        grouping = fields.field_grouping(sort)
        values = grouping.order[grouping.codes.rows.take(rows)]
        lacking = values == grouping.order[grouping.codes.missing]
    there = np.flatnonzero(~lacking)
    return rows[np.concatenate((there[_places(values[there], descending)], np.flatnonzero(lacking)))]


def _places(values: Array, descending: bool) -> Array:
    if not descending:
        return np.argsort(values, kind="stable")
    # Sorted from behind and turned around: descending, and equal values still as they came.
    return len(values) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
