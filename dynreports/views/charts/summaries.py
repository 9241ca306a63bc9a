"""Summary numbers and summary changes: one figure each, computed at its own grain, set as text."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from dynreports.engine.request import Series
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.semantics.locales import Locale
from dynreports.semantics.metric import Metric
from dynreports.views import format
from dynreports.views.charts.reading import Measure, Reading, Row, UndrawableError, items_of, without_rows
from dynreports.views.charts.times import trend_of
from dynreports.views.payload import ChangeState, ChartValue

_DASH = "–"
Direction = Literal["up", "down", "same"]


@dataclass(frozen=True)
class Summed:
    """A figure and how it is shown. ``None``: there is none."""

    number: float | None
    shown: ChartValue
    summary: str


# ---- numbers ------------------------------------------------------------------------------------


def number(session: Session, chart: Chart, reading: Reading, dimension: str) -> Summed:
    """Return the figure of a summary number.

    It is the total of the first column, or of the chosen rows together: the records of all of them, in which
    a person counts once. A statistic over rows is one of the figures of these rows.
    """
    measure = reading.measures[0]
    items = items_of(reading)
    value = _figure(session, chart, reading)
    series = _series(session, chart, reading, items)
    text, unit = written(value, measure.metric, chart.abbreviate, measure.locale)
    full = measure.text(value)
    caption = _caption(chart, measure, reading, dimension)
    points, first, last = _line(series, measure)
    shown = ChartValue(text=text, unit=unit, full=full, caption=caption, trend=points, first=first, last=last)
    return Summed(None if math.isnan(value) else value, shown, f"{caption}: {full}.")


def _figure(session: Session, chart: Chart, reading: Reading) -> float:
    measure, rows = reading.measures[0], reading.rows
    if chart.summarize == "total":
        items = items_of(reading)
        if items is None:
            return reading.total[0]
        if len(rows) == 1:
            return rows[0].values[0]
        if not items or (rows and all(math.isnan(each.values[0]) for each in rows)):
            return math.nan
        return session.answer(without_rows(reading.request, items)).total[measure.index]
    values = [each.values[0] for each in rows if not math.isnan(each.values[0])]
    if not values:
        return math.nan
    match chart.summarize:
        case "mean":
            return statistics.fmean(values)
        case "median":
            return statistics.median(values)
        case "min":
            return min(values)
        case "max":
            return max(values)
        case _:
            if not measure.is_additive:
                message = (
                    f"{measure.label} of several rows can't be added up: something may stand in more than "
                    "one of them. Summarize by total, which counts it once."
                )
                raise UndrawableError(message)
            return math.fsum(values)


def _caption(chart: Chart, measure: Measure, reading: Reading, dimension: str) -> str:
    place = reading.rows[0].label if reading.is_chosen and len(reading.rows) == 1 else dimension
    how = "" if chart.summarize == "total" else f"{chart.summarize.capitalize()} of "
    return f"{how}{measure.label} : {place}"


def _series(
    session: Session, chart: Chart, reading: Reading, items: Sequence[object] | None
) -> Series | None:
    """Return the figure over time, where it is one of records and not of rows."""
    if not chart.trend or chart.summarize != "total" or session.dataset.time is None:
        return None
    if reading.unit is not None and items is not None:
        return None
    return trend_of(session, reading, 0, items, chart.granularity)  # type: ignore[arg-type]


def _line(
    series: Series | None, measure: Measure
) -> tuple[tuple[float | None, ...] | None, str | None, str | None]:
    if series is None:
        return None, None, None
    blank_zero = measure.column.blank_zero
    points = tuple(
        each if math.isfinite(each) and not (blank_zero and each == 0) else None for each in series.values
    )
    if not any(each is not None for each in points):
        return None, None, None
    same_day = series.starts[0][:10] == series.starts[-1][:10]
    first, last = (
        format.bucket(at, series.unit, same_day=same_day) for at in (series.starts[0], series.starts[-1])
    )
    return points, first, last


# ---- changes ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cell:
    value: float
    measure: Measure
    name: str


def change(chart: Chart, reading: Reading) -> Summed:
    """Return by how much the first of two cells differs from the second.

    The cells are the first two chosen ones, of two rows or of two columns; else the first two rows of the
    first column.
    """
    one, other = _cells(reading)
    if one.measure.unit != other.measure.unit:
        message = (
            f"{one.name} and {other.name} are in different units, so one can't be told as more of the other."
        )
        raise UndrawableError(message)
    metric = one.measure.metric
    difference = one.value - other.value
    part = math.nan if not other.value else difference / abs(other.value)
    wanted = part if chart.change == "percent" else difference
    locale = one.measure.locale
    against = f"{other.name} ({format.figure(other.value, metric, locale)})"
    if chart.change == "percent":
        size = format.percent(abs(part), locale)
        text, unit = _bare(format.percent(part, locale), locale)
    elif metric.format == "percent":
        points, _ = _bare(format.figure(difference, metric, locale), locale)
        text, unit, size = points, " pts", f"{points.removeprefix('-')} points"
    else:
        text, unit = written(difference, metric, chart.abbreviate, locale)
        size = format.figure(abs(difference), metric, locale)
    text = _signed(text)
    direction, words = _words(difference, wanted, size, against)
    caption = f"{one.name} against {other.name}"
    figures = (format.figure(each.value, metric, locale) for each in (one, other))
    full = " against ".join(figures)
    state = ChangeState(f"{text}{unit}", direction, words)
    shown = ChartValue(text=text, unit=unit.strip(" "), full=full, caption=caption, change=state)
    return Summed(None if math.isnan(wanted) else wanted, shown, f"{caption}: {words} ({full}).")


def _cells(reading: Reading) -> tuple[_Cell, _Cell]:
    rows, measures = reading.rows, reading.measures
    if len(rows) > 1:
        return _of_row(rows[0], measures[0]), _of_row(rows[1], measures[0])
    if len(measures) > 1 and (rows or reading.is_total):
        values = rows[0].values if rows else reading.total
        return _Cell(values[0], measures[0], measures[0].label), _Cell(
            values[1], measures[1], measures[1].label
        )
    message = "A change is between two cells: select two rows, or two columns."
    raise UndrawableError(message)


def _of_row(row: Row, measure: Measure) -> _Cell:
    return _Cell(row.values[0], measure, row.label)


def _words(difference: float, wanted: float, size: str, against: str) -> tuple[Direction, str]:
    if math.isnan(wanted):
        return "same", f"nothing to compare with: {against}"
    if difference == 0:
        return "same", f"the same as {against}"
    return (
        ("up", f"{size} more than {against}") if difference > 0 else ("down", f"{size} less than {against}")
    )


def _signed(text: str) -> str:
    return text if text.startswith(("-", _DASH)) or format.is_zero(text) else f"+{text}"


# ---- text ---------------------------------------------------------------------------------------


def written(value: float, metric: Metric, abbreviate: int | None, locale: Locale) -> tuple[str, str]:
    """Return a figure as it is set large: its text, and the unit that stands behind it.

    Parameters
    ----------
    abbreviate
        Decimals of large figures that are cut down ("15.6k"); ``None``: they are written in full.

    Examples
    --------
    >>> from dynreports.semantics.locales import ENGLISH, LOCALES
    >>> from dynreports.semantics.metric import count
    >>> [written(each, count(), 1, ENGLISH)[0] for each in (15_640.0, 999_960.0, 12.0)]
    ['15.6k', '1.0M', '12']
    >>> [written(each, count(), 1, LOCALES["de"])[0] for each in (15_640.0, 1_250_000.0)]
    ['15.640', '1,3\xa0Mio.']
    """
    full = format.figure(value, metric, locale)
    if metric.format == "percent":
        return _bare(full, locale)
    if abbreviate is None or not math.isfinite(value):
        return full, ""
    exact = Decimal(repr(value))
    sizes = [1, *(size for size, _ in locale.powers)]
    decimals = [metric.decimals, *(abbreviate for _ in locale.powers)]
    signs = ["", *(sign for _, sign in locale.powers)]
    cuts = [
        (exact / size).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        for size, places in zip(sizes, decimals, strict=True)
    ]
    # The first that is not as large as one of the next, once it is rounded.
    fits = (at for at, cut in enumerate(cuts[:-1]) if abs(cut) * sizes[at] < sizes[at + 1])
    at = next(fits, len(cuts) - 1)
    return (locale.written(f"{cuts[at]:,}") + signs[at] if at else full), ""


def _bare(text: str, locale: Locale) -> tuple[str, str]:
    """Return a percentage and its sign apart: the sign is set small. What is no number has none."""
    bare = text.removesuffix(locale.percent)
    return bare, "" if bare == text else locale.percent
