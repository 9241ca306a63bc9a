"""Figures as text. Rounding happens here and nowhere else: everything above is computed unrounded."""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal

from dynreports.semantics.keys import TimeUnit
from dynreports.semantics.locales import Locale
from dynreports.semantics.metric import Metric
from dynreports.semantics.shifts import Show

BLANK = "–"
CHANGE_DECIMALS = 1
"""Of changes in percent."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_DIGITS = 10**15  # beyond, a float no longer tells neighbouring whole numbers apart


def figure(value: float, metric: Metric, locale: Locale) -> str:
    """Return a figure as people see it: thousands separated, with the decimals and unit of its metric.

    Examples
    --------
    >>> from dynreports.semantics.metric import count
    >>> figure(48206.0, count(), ENGLISH), figure(float("nan"), count(), ENGLISH)
    ('48,206', '–')
    """
    is_percent = metric.format == "percent"
    return _text(
        value, metric.decimals, 100 if is_percent else 1, locale.percent if is_percent else "", locale
    )


def compared(value: float, metric: Metric, show: Show, locale: Locale) -> str:
    """Return how a figure differs from another, with its sign; rates differ in points.

    Examples
    --------
    >>> from dynreports.semantics.metric import count
    >>> compared(-1200.0, count(), "difference", ENGLISH), compared(0.0525, count(), "change", ENGLISH)
    ('-1,200', '+5.3%')
    """
    if show == "change":
        text = _text(value, CHANGE_DECIMALS, 100, locale.percent, locale)
    elif metric.format == "percent":
        text = _text(value, metric.decimals, 100, " pts", locale)
    else:
        text = _text(value, metric.decimals, 1, "", locale)
    return f"+{text}" if value > 0 and not is_zero(text) else text


def exact(value: float, metric: Metric, show: Show | None, locale: Locale) -> str | None:
    """Return a figure with all its digits, as a spreadsheet of the same language reads it.

    ``None``: there is no figure. Thousands are not separated, and differences in points have no unit.

    Examples
    --------
    >>> from dynreports.semantics.metric import count
    >>> exact(48206.0, count(), None, ENGLISH)
    '48206'
    """
    if not math.isfinite(value):
        return None
    is_percent = metric.format == "percent" or show == "change"
    sign = locale.percent if is_percent and show != "difference" else ""
    digits = (Decimal(repr(float(value))) * (100 if is_percent else 1)).normalize()
    return f"{locale.written(f'{digits if digits else abs(digits):f}')}{sign}"


def is_zero(text: str) -> bool:
    """Whether a number that was written has no other digit than 0: what was rounded has no sign."""
    return not any(each in text for each in "123456789∞")


def out_of(value: float, metric: Metric, locale: Locale) -> str:
    """Return the figure of the panel that a total is part of; a rate drops its percent sign."""
    return f"out of {_text(value, metric.decimals, 100 if metric.format == 'percent' else 1, '', locale)}"


def percent(share: float, locale: Locale) -> str:
    """Return a share with one decimal: ``12.1%``."""
    return _text(share, 1, 100, locale.percent, locale)


def _text(value: float, decimals: int, times: int, sign: str, locale: Locale) -> str:
    if math.isnan(value):
        return BLANK
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if not decimals and times == 1 and value == int(value) and abs(value) < _MOST_DIGITS:
        return f"{locale.count(int(value))}{sign}"
    # The shortest decimal that stands for the float: 0.285 shows as 28.5%, though 0.285 * 100 falls short.
    exact = Decimal(repr(float(value))) * times
    if abs(exact) < _MOST_DIGITS:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{locale.written(f'{exact if exact else abs(exact):,.{decimals}f}')}{sign}"


def bucket(start: str, unit: TimeUnit, *, same_day: bool = False) -> str:
    """Return the start of a bucket as it stands under a sparkline, in as few letters as will do.

    Examples
    --------
    >>> bucket("2026-05-16", "day"), bucket("2026-05-01", "month"), bucket("2026-01-01", "year")
    ('May 16', 'May 2026', '2026')
    """
    moment = dt.datetime.fromisoformat(start)
    month = _MONTHS[moment.month - 1]
    if unit in {"hour", "minute"} and same_day:
        return clock(moment)
    if unit in {"month", "quarter"}:
        return f"{month} {moment.year}"
    return str(moment.year) if unit == "year" else f"{month} {moment.day}"


def clock(moment: dt.datetime) -> str:
    """Return ``9:40 PM``."""
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def day(moment: dt.date, *, this_year: int) -> str:
    """Return ``Jun 14``, with the year where it is another one than this."""
    text = f"{_MONTHS[moment.month - 1]} {moment.day}"
    return text if moment.year == this_year else f"{text}, {moment.year}"
