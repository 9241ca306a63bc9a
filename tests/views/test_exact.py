"""What is copied of a figure: all its digits, as a spreadsheet of the report's language reads them."""

from __future__ import annotations

from math import inf, nan

import pandas as pd
import pytest

import dynreports as dr
from dynreports.semantics.locales import ENGLISH, LOCALES
from dynreports.semantics.metric import Metric
from dynreports.semantics.shifts import Show
from dynreports.views import format
from dynreports.workspace.controller import Workspace

number = dr.count(label="n")
rate = (number / number).named("r", format="percent", decimals=1)


@pytest.mark.parametrize(
    ("value", "metric", "show", "text"),
    [
        (48206.0, number, None, "48206"),
        (-1200.0, number, "difference", "-1200"),
        (0.28541234, rate, None, "28.541234%"),
        (0.285, rate, None, "28.5%"),
        (-0.0, number, None, "0"),
        (1e21, number, None, "1" + "0" * 21),
        (0.0525, rate, "difference", "5.25"),
        (0.0525, number, "change", "5.25%"),
        (nan, number, None, None),
        (inf, rate, None, None),
    ],
)
def test_all_digits(value: float, metric: Metric, show: Show | None, text: str | None) -> None:
    assert format.exact(value, metric, show, ENGLISH) == text


def test_decimals_are_those_of_the_language() -> None:
    assert format.exact(1234.5, number, None, LOCALES["de"]) == "1234,5"


def test_a_table_sends_all_digits_where_it_shows_fewer() -> None:
    frame = pd.DataFrame({"who": ["a"] * 3000 + ["b"] * 3, "x": [1.0] * 3000 + [1.0, 2.0, 2.0]})
    project = dr.Project("Digits", dr.Dataset(frame, metrics=[dr.mean("x", label="Mean", decimals=1)]))
    project.panel("Digits").table(rows="who", columns=["Records", "Mean"])
    workspace = Workspace(project._session)
    workspace.fill()
    [grid] = workspace.grids.values()
    cells = {
        row["label"]: [(each["text"], each["exact"]) for each in row["cells"]] for row in grid.payload["rows"]
    }
    assert cells["a"] == [("3,000", "3000"), ("1.0", "1")]
    assert cells["b"] == [("3", None), ("1.7", "1.6666666666666667")]
    assert grid.payload["total"]["cells"][0]["exact"] == "3003"
    workspace.close()
