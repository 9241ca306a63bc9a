"""Only some rows: chosen by hand, and by rules their names have to meet, in JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook

MAILS = data.mails()
METRICS = ["Sent", "People"]
TABLE = """
project = dr.Project("Mails", data)
project.panel("P").table(rows="City", columns=["Sent", "People"])
project
"""


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    return notebook.show(TABLE)


def test_only_selected_rows(desk: Desk) -> None:
    table = desk.table()
    cities = data.rows(MAILS, "city", METRICS)
    chosen = MAILS[MAILS["city"].isin(["Lyon", "Brest"])]
    two = data.rows(chosen, "city", METRICS)
    table.select("Lyon", "Brest")
    table.label("Brest").click(button="right")
    desk.root.get_by_role("menuitem", name="Only selected rows").click()
    desk.says("Kept only Lyon, Brest.")
    table.has_rows(two)
    # Who got mails in both cities counts once; what the total is out of stays.
    total = [data.figure(each, chosen) for each in METRICS]
    table.has_totals(*total)
    assert table.read()["total"]["outOf"] == [f"out of {data.figure(each, MAILS)}" for each in METRICS]
    desk.undo()
    table.has_rows(cities)
    desk.redo()
    table.has_rows(two)

    # In a breakdown, by keyboard: the menu of the row, and the chip of the block.
    table.select("Lyon")
    desk.drop("Device", onto="Break down Lyon by Device")
    lyon = MAILS[MAILS["city"] == "Lyon"]
    devices = data.rows(lyon, "device", METRICS)
    table.has_rows(devices, depth=1)
    table.label_cell("Tablet").click()
    desk.press("Shift+F10")
    expect(desk.root.get_by_role("menuitem", name="Only this row")).to_be_visible()
    desk.press("o", "Enter")
    table.has_rows([row for row in devices if row[0] == "Tablet"], depth=1)
    until(
        lambda: table.blocks()[0][0][1:],
        tuple(data.figure(each, lyon[lyon["device"] == "Tablet"]) for each in METRICS),
    )
    table.act("Only Tablet. Show all rows of Device")
    table.has_rows(devices, depth=1)
    table.act("Only Lyon, Brest. Show all rows of City")
    table.has_rows(cities)


def test_only_selected_rows_of_those_that_were_put_there(desk: Desk) -> None:
    """By pointer and by keyboard: each is one step, told by what the rows are."""
    table = desk.table()
    desk.drop("Young", onto="Replace City with Young")
    desk.drop("On mobile", onto="Add On mobile before Young")
    young, mobile = MAILS["age"] < 30, MAILS["device"] == "Mobile"

    def row(label: str, where: object) -> tuple[str, ...]:
        return (label, *(data.figure(each, MAILS[where]) for each in METRICS))

    both = [row("On mobile", mobile), row("Young", young)]
    table.has_rows(both)
    table.label("Young").click(button="right")
    desk.root.get_by_role("menuitem", name="Only this row").click()
    desk.says("Kept only Young.")
    table.has_rows(both[1:])
    table.has_totals(*both[1][1:])
    # What is dropped beside it is seen. Then the other one alone, by keyboard, and both again.
    desk.drop("On mobile", onto="Add On mobile before Young")
    table.has_rows(both)
    table.has_totals(*(data.figure(each, MAILS[young | mobile]) for each in METRICS))
    table.label_cell("On mobile").click()
    desk.press("Shift+F10")
    expect(desk.root.get_by_role("menuitem", name="Only this row")).to_be_visible()
    desk.press("o", "Enter")
    table.has_rows(both[:1])
    expect(desk.button("Undo: keep only On mobile")).to_be_enabled()
    desk.undo()
    table.has_rows(both)
    desk.redo()
    table.act("Only On mobile. Show all rows of Segments")
    table.has_rows(both)


def test_rows_are_left_out_trended_and_downloaded(desk: Desk) -> None:
    table = desk.table()
    table.select("Lyon", "Lille")
    table.label("Lille").click(button="right")
    desk.root.get_by_role("menuitem", name="Leave out selected rows").click()
    kept = MAILS[~MAILS["city"].isin(["Lyon", "Lille"])]
    table.has_rows(data.rows(kept, "city", METRICS))
    table.has_totals(*(data.figure(each, kept) for each in METRICS))
    # One more, of those that have no value: beside the others.
    table.label("N/A").click(button="right")
    desk.root.get_by_role("menuitem", name="Leave out this row").click()
    kept = kept[kept["city"].notna()]
    table.has_rows(data.rows(kept, "city", METRICS))
    desk.undo()
    desk.undo()
    table.has_rows(data.rows(MAILS, "city", METRICS))

    # A menu on a figure is about its column.
    row = table.root.locator('.ag-center-cols-container .ag-row[row-index="1"] .ag-cell')
    row.nth(1).click(button="right")
    desk.root.get_by_role("menuitem", name="Trend of People").click()
    expect(desk.button("Undo: visualize Lyon as Line")).to_be_enabled()
    line = desk.root.get_by_role("region", name="Line", exact=True)
    expect(line.get_by_text("People [City: Lyon]")).to_be_visible()
    expect(line.get_by_text("Sent [City: Lyon]")).to_have_count(0)
    table.total_label().click(button="right")
    with desk.page.expect_download() as found:
        desk.root.get_by_role("menuitem", name="Download table as CSV").click()
    assert found.value.suggested_filename == "freeform-table.csv"
    lines = found.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "City,Sent,People"
    assert len(lines) == 2 + MAILS["city"].nunique(dropna=False)


def test_rows_are_searched_by_rules(desk: Desk) -> None:
    table = desk.table()
    table.act("Search rows of City")
    search = desk.root.get_by_role("dialog", name="Search rows of City")
    search.get_by_role("textbox", name="Search word or phrase").fill("es")
    search.get_by_role("button", name="Advanced…").click()
    # What was typed is the first rule.
    first = search.get_by_role("group", name="Rule 1")
    expect(first.get_by_role("textbox", name="Text")).to_have_value("es")
    first.get_by_label("Condition").select_option("ends with")
    search.get_by_role("button", name="Add a rule").click()
    second = search.get_by_role("group", name="Rule 2")
    second.get_by_label("Condition").select_option("starts with")
    second.get_by_role("textbox", name="Text").fill("LI")
    search.get_by_label("Rows whose name matches").select_option("any of these rules (Or)")
    search.get_by_text("Include unspecified (None)").click()
    second.get_by_role("textbox", name="Text").press("Enter")
    desk.says("Searched City for what ends with “es” or starts with “LI”.")
    kept = MAILS[MAILS["city"].isin(["Nantes", "Rennes", "Lille"])]
    table.has_rows(data.rows(kept, "city", METRICS))
    table.has_totals(*(data.figure(each, kept) for each in METRICS))
    # Opened again it shows the rules; without the last one it is the simple search.
    note = "name ends with “es” or starts with “LI”, without unspecified"
    table.act(f"Row search: {note}")
    expect(search.get_by_role("group")).to_have_count(2)
    search.get_by_role("button", name="Remove rule 2").click()
    search.get_by_role("button", name="Remove rule 1").click()
    search.get_by_text("Include unspecified (None)").click()
    search.get_by_role("button", name="Apply").click()
    table.has_rows(data.rows(MAILS, "city", METRICS))
