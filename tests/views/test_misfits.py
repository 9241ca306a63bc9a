"""What does not fit is marked with the reason: in the rail before the drop, and in the cells after it."""

from __future__ import annotations

import pandas as pd
import pytest

import dynreports as dr
from dynreports.project import tree
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.locales import ENGLISH
from dynreports.views import table as drawn
from dynreports.views.misfits import misfits
from dynreports.views.payload import ItemRow


@pytest.fixture(scope="module")
def data() -> Dataset:
    return dr.campaign.demo(recipients=300, deliveries=4, days=20, seed=7)


def shown(table):
    document = tree.find_table(table._session.project, table._id)
    return document, drawn.payload(
        document, table._session.result(table._id), table._session.dataset, 1, ENGLISH
    )


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


def test_frames_files_and_code_are_blank_where_the_screen_says_none(data):
    project = dr.Project("Fit", data)
    table = project.panel("Panel", period=None).table(
        rows="Device", columns=["Delivered", "Click", "Click through rate"], sort="-Click"
    )
    device = next(each for each in table.frame().index if each != "N/A")
    table.break_down(device, by="Delivery")
    table.break_down("N/A", by="Delivery")
    frame = table.frame()
    assert frame["Delivered"].notna().tolist() == [each == "N/A" for each in frame.index]
    assert frame["Click through rate"].notna().tolist() == [each == "N/A" for each in frame.index]
    assert (frame.dtypes["Delivered"], frame.dtypes["Click"]) == ("Int64", "int64")
    under = table.frame(at=device)
    assert len(under)
    assert under["Delivered"].isna().all()
    assert under["Click"].sum() == frame["Click"][device]
    # A breakdown is of its row: where the row has no figure, no total of it has any.
    assert table.total(at=device).isna().tolist() == [True, False, True]
    assert table.total(at=device)["Click"] == frame["Click"][device]
    assert table.total(at="N/A")["Delivered"] == frame["Delivered"]["N/A"] > 0
    assert table.why("Delivered", at=device).startswith("Delivered counts")
    _, payload = shown(table)
    heads = {each.parent: each for each in payload.rows if not isinstance(each, ItemRow)}
    first = heads[device].cells[0]
    assert (first.text, first.out_of) == ("None", None)
    assert first.reason.startswith("Delivered counts")
    assert heads["N/A"].cells[0].reason is None
    lines = [each.split(",") for each in project.to_csv().splitlines()]
    rows = {tuple(each[:3]): each[3:] for each in lines if len(each) == 6}
    assert rows[device, "", ""][0] == rows[device, "Delivery", "Total"][0] == ""
    assert rows["N/A", "", ""][0] == rows["N/A", "Delivery", "Total"][0] == str(frame["Delivered"]["N/A"])
    for at in ((), device, "N/A"):
        scope = {"df": data.frame.copy()}
        exec(table.to_pandas_code(at=at), scope)
        pd.testing.assert_frame_equal(scope["result"], table.frame(at=at))


def test_data_that_declares_no_kinds_of_records_has_no_misfits():
    data = Dataset(pd.DataFrame({"city": ["Paris", None], "n": [1, 2]}))
    table = dr.Project("Any", data).panel("Panel", period=None).table(rows="City", columns=["Records"])
    assert misfits(shown(table)[0], data.catalog) == {}
