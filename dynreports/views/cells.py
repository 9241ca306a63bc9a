"""How the cells of a column are drawn: number, percentage, and what lies behind them.

Everything is computed from the unrounded figures of the result; only text is rounded.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from dynreports.engine.request import BlockResult, RowResult
from dynreports.project.model import Background, Column, PercentOf
from dynreports.semantics.locales import ENGLISH, Locale
from dynreports.semantics.metric import Metric
from dynreports.semantics.shares import is_part_of_total, share
from dynreports.views import format
from dynreports.views.payload import Cell, Settings, VariantState

BLANK = Cell("", None, None, None)
NO_CHANGE = "There is no change in percent: the other figure is 0 or missing."


def figure_text(value: float, column: Column, metric: Metric, locale: Locale) -> str:
    """Return a figure as text, or how it differs from that of another period."""
    if column.compare is None:
        return format.figure(value, metric, locale)
    return format.compared(value, metric, column.compare.show, locale)


def exact_text(text: str, value: float, column: Column, metric: Metric, locale: Locale) -> str | None:
    """Return all digits of a figure; ``None``: the text that is shown has them, or there is none."""
    show = None if column.compare is None else column.compare.show
    digits = format.exact(value, metric, show, locale) if text else None
    return None if digits == text else digits


def compared_metric(column: Column, metric: Metric) -> Metric:
    """Return a metric written as a column shows it: the change in percent of anything is a percentage."""
    if column.compare is None or column.compare.show == "difference":
        return metric
    return replace(metric, format="percent", decimals=format.CHANGE_DECIMALS)


def _is_part(column: Column, metric: Metric) -> bool:
    return column.compare is None and is_part_of_total(metric)


def shows_percent(column: Column, metric: Metric) -> bool:
    """Whether cells show a percentage; unless it was set: where figures are parts of a total."""
    return _is_part(column, metric) if column.percent is None else column.percent


def background(column: Column, metric: Metric) -> Background:
    """Return what lies behind the figures; unless it was set: a bar where they are parts of a total."""
    if column.background is None:
        return "bar" if _is_part(column, metric) else "off"
    return column.background


@dataclasses.dataclass(frozen=True)
class Scale:
    """From which figure on a cell is full of one colour or the other, and where it is neutral."""

    lower: float
    middle: float
    upper: float

    def heat(self, value: float) -> float:
        """Return where a figure lies: -1 up to the lower limit, 0 in the middle, 1 from the upper one on."""
        if value <= self.lower:
            return 0.0 if value >= self.upper else -1.0
        if value >= self.upper:
            return 1.0
        if value < self.middle:
            return (value - self.middle) / (self.middle - self.lower)
        return (value - self.middle) / (self.upper - self.middle) if value > self.middle else 0.0


class Cells:
    """Draws the cells of one block.

    Parameters
    ----------
    columns, metrics
        The columns of the table, and what they count.
    percent_of
        What percentages are of.
    result
        The figures of the block.
    locale
        How numbers are written.
    nested
        Whether it is a breakdown: limits that were typed are about the table's own rows.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        metrics: Sequence[Metric],
        percent_of: PercentOf,
        result: BlockResult,
        locale: Locale,
        *,
        nested: bool,
    ) -> None:
        self._columns = columns
        self._metrics = metrics
        self._totals = result.total
        self._locale = locale
        self._by_row = percent_of == "row"
        self._counts = [_is_part(*each) for each in zip(columns, metrics, strict=True)]
        limits = result.limits or (None,) * len(columns)
        self._scales = [
            scale(column, metric, found, nested=nested)
            for column, metric, found in zip(columns, metrics, limits, strict=True)
        ]

    def of(self, row: RowResult, own: Metric | None = None) -> tuple[Cell, ...]:
        """Return the cells of a row; ``own``: the metric of a row that shows it in place of the columns'."""
        return tuple(
            self._cell(row.values, index)
            if own is None or own == self._metrics[index]
            else self._other(row.values[index], index, own)
            for index in range(len(self._columns))
        )

    def _other(self, value: float, index: int, own: Metric) -> Cell:
        # A figure of another metric is no part of the column's total.
        text = figure_text(value, self._columns[index], own, self._locale)
        exact = exact_text(text, value, self._columns[index], own, self._locale)
        return Cell(text, None, None, None, tip=f"{own.label}, as this row says", exact=exact)

    def _cell(self, values: Sequence[float], index: int) -> Cell:
        column, metric, value = self._columns[index], self._metrics[index], values[index]
        if column.blank_zero and value == 0:
            return BLANK
        part = self._share(values, index)
        shown = part if shows_percent(column, metric) else None
        behind = background(column, metric)
        filled = self._of_total(value, index) if behind == "bar" else None
        heat = None
        scale = self._scales[index] if behind == "colors" else None
        if scale is not None:
            read = part if column.percent_limits else value
            heat = None if read is None or math.isnan(read) else scale.heat(read)
        is_change = column.compare is not None and column.compare.show == "change"
        text = figure_text(value, column, metric, self._locale) if column.number else ""
        return Cell(
            text,
            None if shown is None else format.percent(shown, self._locale),
            None if filled is None else min(1.0, max(0.0, filled)),
            heat,
            tip=NO_CHANGE if is_change and math.isnan(value) else None,
            exact=exact_text(text, value, column, metric, self._locale),
        )

    def _of_total(self, value: float, index: int) -> float | None:
        has_total = self._metrics[index].show_total and self._columns[index].compare is None
        return share(value, self._totals[index]) if has_total else None

    def _share(self, values: Sequence[float], index: int) -> float | None:
        """Return what the percentage of a cell is: of the column's total, or of the counts in its row."""
        if not self._by_row:
            return self._of_total(values[index], index)
        if not self._counts[index]:
            return None
        counted = (value for value, is_count in zip(values, self._counts, strict=True) if is_count)
        return share(values[index], math.fsum(each for each in counted if not math.isnan(each)))


def scale(column: Column, metric: Metric, found: tuple[float, float] | None, *, nested: bool) -> Scale | None:
    """Return the limits of a column's colours, as figures; ``None``: it has no colours.

    Parameters
    ----------
    column, metric
        The column. Its own limits are in the unit that people read: 25 is 25 % for a rate.
    found
        The lowest and the highest figure of the rows, where the column has no limits of its own.
    nested
        Whether it is about a breakdown.
    """
    if column.limits is None:
        if found is None:
            return None
        low, high = found
        return Scale(low, low / 2 + high / 2, high)
    if nested:
        return None
    percent = column.percent_limits or metric.format == "percent"
    lower, upper = _plain(column.limits.lower, percent), _plain(column.limits.upper, percent)
    if column.limits.middle is None:
        return Scale(lower, lower / 2 + upper / 2, upper)
    return Scale(lower, _plain(column.limits.middle, percent), upper)


def _plain(limit: float, percent: bool) -> float:
    # As decimals: 28.5 % is the very float that 0.285 is.
    return float(Decimal(repr(limit)) / 100) if percent else limit


def settings_state(column: Column, metric: Metric | None, found: tuple[float, float] | None) -> Settings:
    """Return what the settings of a column offer, and how they are now.

    Parameters
    ----------
    column, metric
        The column and what it counts; ``None``: the data does not have it any more.
    found
        The lowest and the highest figure of the table's own rows, where the limits are found by themselves.
    """
    own = column.limits
    unit = "%" if column.percent_limits or (metric is not None and metric.format == "percent") else ""
    return Settings(
        totals=column.totals,
        number=column.number,
        percent=column.percent is True if metric is None else shows_percent(column, metric),
        background="off" if metric is None else background(column, metric),
        wrap=column.wrap,
        blank_zero=column.blank_zero,
        percent_limits=column.percent_limits,
        variants=()
        if metric is None
        else tuple(VariantState(each.id, each.label, each.description) for each in metric.variants),
        variant=column.variant,
        limits=None if own is None else (own.upper, own.middle, own.lower),
        auto=None if own or not found or not metric else _auto(column, metric, found),
        unit=unit,
    )


def _auto(column: Column, metric: Metric, found: tuple[float, float]) -> tuple[str, str, str]:
    low, high = found
    # As in English, like everything that is typed: the fields that show them are typed in.
    texts = [
        format.percent(each, ENGLISH) if column.percent_limits else figure_text(each, column, metric, ENGLISH)
        for each in (high, low / 2 + high / 2, low)
    ]
    return texts[0], texts[1], texts[2]
