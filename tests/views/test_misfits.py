"""What does not fit is marked with the reason: in the rail before the drop, and in the cells after it."""

from __future__ import annotations

import pandas as pd
import pytest

import dynreports as dr
from dynreports.project import tree
from dynreports.semantics.dataset import Dataset
from dynreports.views import table as drawn
from dynreports.views.misfits import misfits
from dynreports.views.payload import ItemRow


@pytest.fixture(scope="module")
def data() -> Dataset:
    return dr.campaign.demo(recipients=300, deliveries=4, days=20, seed=7)


def shown(table):
    document = tree.find_table(table._session.project, table._id)
    return document, drawn.payload(document, table._session.result(table._id), table._session.dataset, 1)


def test_components_that_do_not_fit_the_table_say_why(data):
    panel = dr.Project("Fit", data).panel("Panel", period=None)
    table = panel.table(rows="Delivery", columns=["Delivered", "Click"])
    found = misfits(shown(table)[0], data.catalog)
    assert "Delivered counts" in found["dimension:device"]
    assert "Device" in found["dimension:device"]
    # Clicks have a device: a table of clicks alone takes it.
    clicks = panel.table(rows="Device", columns=["Click"])
    found = misfits(shown(clicks)[0], data.catalog)
    assert "dimension:device" not in found
    assert "metric:delivered" in found
    assert "metric:clicks" not in found
    assert misfits(None, data.catalog) == {}


def test_cells_that_can_have_no_figure_say_none_but_for_records_without_a_value(data):
    panel = dr.Project("Fit", data).panel("Panel", period=None)
    table = panel.table(rows="Device", columns=["Delivered", "Click"])
    _, payload = shown(table)
    rows = {row.label: row for row in payload.rows}
    missing = rows.pop("N/A")
    assert (missing.cells[0].reason, missing.cells[0].text) == (None, payload.total.cells[0].text)
    for row in rows.values():
        assert (row.cells[0].text, row.cells[0].percent, row.cells[0].bar) == ("None", None, None)
        assert row.cells[0].reason.startswith("Delivered counts")
        assert row.cells[1].reason is None
    # Below a device there is no delivered message either, whatever the rows are.
    first = next(iter(rows))
    table.break_down(first, by="Delivery")
    _, payload = shown(table)
    nested = [row for row in payload.rows if isinstance(row, ItemRow) and row.depth == 1]
    assert nested
    assert {row.cells[0].text for row in nested} == {"None"}


def test_data_that_declares_no_kinds_of_records_has_no_misfits():
    data = Dataset(pd.DataFrame({"city": ["Paris", None], "n": [1, 2]}))
    table = dr.Project("Any", data).panel("Panel", period=None).table(rows="City", columns=["Records"])
    assert misfits(shown(table)[0], data.catalog) == {}
