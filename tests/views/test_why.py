"""The sentence beside a total says which rule applies, with the figures of that very table."""

from __future__ import annotations

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import UnknownNameError

OPEN = dr.field("event") == "open"
EVENTS = pd.DataFrame(
    {
        "person": ["ann", "ann", "bob", "bob", "bob", "cy", "dee", "ann", "bob"],
        "event": ["open", "open", "open", "open", "click", "open", "sent", "sent", "sent"],
        "day": pd.to_datetime(["2026-05-01", "2026-05-02", *["2026-05-01"], *["2026-05-02"] * 6]),
        "city": ["Paris", "Lyon", "Paris", "Paris", "Paris", None, "Lyon", "Lyon", "Paris"],
        "delay": [1.0, 2.0, 3.0, 4.0, None, 6.5, 7.0, 8.0, 9.5],
    }
)
OPENS = dr.count(where=OPEN, label="Opens")
UNIQUE = dr.distinct("person", where=OPEN, label="Unique opens")
SENT = dr.count(where=dr.field("event") == "sent", label="Sent")
METRICS = [
    OPENS,
    UNIQUE,
    SENT,
    (UNIQUE / SENT).named("Open rate", format="percent"),
    (OPENS / UNIQUE).named("Opens each"),
    (OPENS + UNIQUE).named("Both"),
    (UNIQUE * dr.count()).named("Product"),
    dr.mean("delay", label="Delay"),
    dr.max("delay", label="Longest", decimals=1),
    dr.distinct("event", label="Kinds", show_total=False),
]


@pytest.fixture
def table():
    data = dr.Dataset(EVENTS, time="day", metrics=METRICS)
    panel = dr.Project("Why", data).panel("Panel", period=None)
    return lambda rows, **more: panel.table(rows=rows, columns=[each.label for each in METRICS], **more)


@pytest.mark.parametrize(
    ("rows", "metric", "sentence"),
    [
        # ann and bob opened on both days; of the cities only ann opened in two.
        ("Day", "Unique opens", "2 people are counted on several days; each counts once here."),
        ("City", "Unique opens", "1 person is counted in several rows of City, but once here."),
        ("City", "Open rate", "A rate is computed from its own sums: 3 of 3, not the sum of rows."),
        ("Day", "Opens each", "A ratio is computed from its own sums: 5 of 3, not the sum of rows."),
        ("Day", "Delay", "An average is computed from all its records, 41 over 8, not from the rows."),
        ("Day", "Longest", "The total is the largest value of all records, 9.5: rows are not added."),
        ("Day", "Both", "2 people are counted on several days; each counts once in parts of this figure."),
        ("City", "Kinds", "Kinds has no total."),
        ("City", "Opens", "The 3 rows add up to 5."),
        # One month: its one row is the total, whatever the figure is.
        ("Month", "Unique opens", "The one row adds up to 3."),
        (None, "Unique opens", "There are no rows: the total is computed from all records."),
    ],
)
def test_the_rule_of_a_total(table, rows, metric, sentence):
    assert table(rows).why(metric) == sentence


def test_pages_searches_and_left_out_rows_are_named(table):
    assert table("City", limit=2).why("opens") == "The 3 rows add up to 5; this page shows 2 of them."
    searched = table("City", search="pa", include_missing=False)
    assert searched.why("Opens") == (
        "The one row besides N/A that the search “pa” keeps adds up to 3, out of 5."
    )
    assert table("City", search="zzz", include_missing=False).why("Sent").startswith("There are no rows")


def test_a_breakdown_has_a_sentence_of_its_own(table):
    shown = table("City")
    shown.break_down("Paris", by="Day")
    # In Paris only bob opened twice; in the whole table ann and bob did.
    assert shown.why("Unique opens", at="Paris") == "1 person is counted on several days, but once here."
    with pytest.raises(UnknownNameError, match="not broken down"):
        shown.why("Unique opens", at="Lyon")


def test_a_rate_whose_rows_happen_to_add_up_needs_no_excuse(table):
    assert table("Month").why("Open rate") == "The one row adds up to 100.0%."
