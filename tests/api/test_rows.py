"""The records behind any cell, from Python."""

from __future__ import annotations

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import InvalidInputError, UnknownNameError

OPEN = dr.field("event") == "open"
UNIQUE = dr.distinct("person", where=OPEN, label="Unique opens")
SENT = dr.count(where=dr.field("event") == "sent", label="Sent")
EVENTS = pd.DataFrame(
    {
        "person": ["ann", "ann", "bob", "bob", "cy", None, "dee"],
        "event": ["open", "open", "open", "sent", "open", "open", "sent"],
        "city": ["Paris", "Paris", "Lyon", "Lyon", None, "Paris", "Paris"],
        "device": ["Phone", "Desk", "Phone", "Desk", "Phone", "Phone", "Desk"],
    }
)


@pytest.fixture
def panel():
    rate = (UNIQUE / SENT).named("Open rate", format="percent")
    mobile = dr.Segment("Mobile", dr.field("device") == "Phone")
    data = dr.Dataset(EVENTS, metrics=[UNIQUE, SENT, rate], segments=[mobile])
    return dr.Project("Rows", data).panel("Panel", period=None)


def test_the_records_of_a_cell_count_as_the_cell_does(panel):
    table = panel.table(rows="City", columns=["Unique opens", "Sent"])
    found = table.rows("Paris", "Unique opens")
    # Not 3: the open of nobody is no one's, so it is neither counted nor listed.
    assert (found.index.tolist(), found["person"].nunique()) == ([0, 1], table.frame().loc["Paris"].iloc[0])
    assert table.rows(None, "sent").index.tolist() == [3, 6]
    assert table.rows("N/A", "Unique opens")["person"].tolist() == ["cy"]
    assert table.rows(1, "Sent").index.tolist() == table.rows(table.frame().index[0], "Sent").index.tolist()


def test_a_total_leaves_out_what_the_search_does(panel):
    table = panel.table(rows="City", columns=["Unique opens"], search="ly", include_missing=False)
    assert table.rows(None, "Unique opens").index.tolist() == [2]
    assert table.rows(None, "Unique opens", out_of=True)["person"].nunique() == 3


def test_breakdowns_and_filtered_columns(panel):
    table = panel.table(rows="City", columns=["Unique opens", ("Unique opens", {"segment": "Mobile"})])
    table.break_down("Paris", by="Device")
    assert table.rows(("Paris", "Phone"), "Unique opens").index.tolist() == [0]
    assert table.rows("Phone", "Unique opens", at="Paris").index.tolist() == [0]
    assert table.rows(None, "Unique opens", at="Paris").index.tolist() == [0, 1]
    assert table.rows("Paris", "Unique opens (Mobile)").index.tolist() == [0]


def test_both_sides_of_a_ratio_can_be_reached(panel):
    table = panel.table(rows="City", columns=["Open rate"])
    assert table.rows("Lyon", "Open rate", part="numerator").index.tolist() == [2]
    assert table.rows("Lyon", "Open rate", part="denominator").index.tolist() == [3]
    assert table.rows("Lyon", "Open rate").index.tolist() == [2, 3]
    with pytest.raises(InvalidInputError, match="'denominator'"):
        table.rows("Lyon", "Open rate", part="top")


def test_the_list_is_a_copy_and_names_are_checked(panel):
    table = panel.table(rows="City", columns=["Sent"])
    found = table.rows(None, "Sent")
    found["city"] = "nowhere"
    assert table.frame().index.tolist() == ["Lyon", "Paris", "N/A"]
    with pytest.raises(UnknownNameError, match="Sent"):
        table.rows(None, "Snet")
    with pytest.raises(UnknownNameError, match="Paris"):
        table.rows("Pari", "Sent")
