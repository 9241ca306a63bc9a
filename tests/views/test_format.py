"""Figures as people read them."""

from __future__ import annotations

from math import inf, nan

import pytest

import dynreports as dr
from dynreports.semantics.locales import ENGLISH, LOCALES
from dynreports.semantics.metric import Metric
from dynreports.views import format

number = dr.count(label="n")
rate = (number / number).named("r", format="percent", decimals=1)


def decimal(decimals: int) -> Metric:
    return dr.sum("x", decimals=decimals)


@pytest.mark.parametrize(
    ("value", "metric", "text"),
    [
        (0.0, number, "0"),
        (-0.0, number, "0"),
        (48206.0, number, "48,206"),
        (-1234567.0, number, "-1,234,567"),
        (nan, number, "–"),
        (inf, number, "∞"),
        (-inf, rate, "-∞"),
        (2.5, decimal(0), "3"),
        (-0.4, decimal(0), "0"),
        (1234.005, decimal(2), "1,234.01"),
        (1e300, decimal(0), f"{10**300:,}"),
        (0.97083, rate, "97.1%"),
        (0.285, rate.named("r", decimals=0), "29%"),
        (1.5, rate, "150.0%"),
        (1 / 3, rate, "33.3%"),
        (0.0625, rate, "6.3%"),
        (1e-30, rate, "0.0%"),
    ],
)
def test_figures(value: float, metric: Metric, text: str) -> None:
    assert format.figure(value, metric, ENGLISH) == text


def test_out_of_a_rate_drops_its_sign() -> None:
    assert format.out_of(0.751, rate, ENGLISH) == "out of 75.1"
    assert format.out_of(412814.0, number, ENGLISH) == "out of 412,814"
    assert format.out_of(nan, rate, ENGLISH) == "out of –"


@pytest.mark.parametrize(
    ("start", "unit", "same_day", "text"),
    [
        ("2026-05-16", "day", False, "May 16"),
        ("2026-05-10", "week", False, "May 10"),
        ("2026-05-01", "month", False, "May 2026"),
        ("2026-04-01", "quarter", False, "Apr 2026"),
        ("2026-01-01", "year", False, "2026"),
        ("2026-05-16T00:00:00+02:00", "hour", True, "12:00 AM"),
        ("2026-05-16T13:00:00+02:00", "hour", False, "May 16"),
    ],
)
def test_ends_of_sparklines(start: str, unit: str, same_day: bool, text: str) -> None:
    assert format.bucket(start, unit, same_day=same_day) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        (
            "fr",
            [
                "1\u202f234\u202f567,0",
                "-0,5",
                "97,1\xa0%",
                "+1\u202f234",
                "+5,3\xa0%",
                "0,0\xa0%",
                "out of 75,1",
            ],
        ),
        ("nl", ["1.234.567,0", "-0,5", "97,1%", "+1.234", "+5,3%", "0,0%", "out of 75,1"]),
        ("de", ["1.234.567,0", "-0,5", "97,1\xa0%", "+1.234", "+5,3\xa0%", "0,0\xa0%", "out of 75,1"]),
    ],
)
def test_figures_of_other_languages(tag: str, texts: list[str]) -> None:
    locale = LOCALES[tag]
    assert [
        format.figure(1234567.0, decimal(1), locale),
        format.figure(-0.5, decimal(1), locale),
        format.figure(0.97083, rate, locale),
        format.compared(1234.0, number, "difference", locale),
        format.compared(0.0525, number, "change", locale),
        # What is rounded to nothing is no growth: it has no sign.
        format.compared(0.0001, number, "change", locale),
        format.out_of(0.751, rate, locale),
    ] == texts
    assert format.compared(0.00525, rate, "difference", locale) == "+0,5 pts"
