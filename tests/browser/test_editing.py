"""What is not a drop: undo, sort, pages, search, titles, panels and tables, in JupyterLab."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook

MAILS = data.mails()
WAVES = data.rows(MAILS, "wave", ["Sent", "People"])
TABLE = """
project = dr.Project("Mails", data)
project.panel("Waves").table(rows="Wave", columns=["Sent", "People"], limit=10)
project
"""


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    return notebook.show(TABLE)


def test_undo_and_redo_by_button(desk: Desk) -> None:
    table = desk.table()
    desk.drop("City", onto="Replace Wave with City")
    desk.drop("Opens", onto="Replace Sent with Opens")
    table.has_heads("Opens", "People")
    expect(desk.button("Undo: replace Sent with Opens")).to_be_enabled()
    desk.undo()
    table.has_heads("Sent", "People")
    desk.undo()
    table.has_rows(WAVES[:10])
    expect(desk.button("Redo: replace Wave with City")).to_be_enabled()
    desk.redo()
    desk.redo()
    table.has_heads("Opens", "People")
    table.has_rows(data.rows(MAILS, "city", ["Opens", "People"]))
    expect(desk.button("Redo")).to_be_disabled()
    # Undo from the menu; a new step ends what could be done again.
    desk.menu("Edit", "Undo")
    desk.drop("Gender", onto="Replace City with Gender")
    expect(desk.button("Redo")).to_be_disabled()


def test_sort_by_click(desk: Desk) -> None:
    table = desk.table()
    table.head("People").click()
    desk.says("Sorted by People, descending.")
    most = data.rows(MAILS, "wave", ["Sent", "People"], sort="People")
    table.has_rows(most[:10])
    assert [each["sort"] for each in table.read()["heads"]] == ["none", "descending"]
    table.head("People").click()
    desk.says("Sorted by People, ascending.")
    few = sorted(most, key=lambda row: (int(row[2]), row[0]))
    table.has_rows(few[:10])
    # A click on a total sorts by its column, too.
    table.root.locator(".ag-floating-top-container .ag-cell").first.click()
    table.has_rows(WAVES[:10])


def test_pages_and_rows_a_page(desk: Desk) -> None:
    table = desk.table()
    table.has_rows(WAVES[:10])
    table.has_range(f"1–10 of {len(WAVES)}")
    table.act("Next page")
    table.has_rows(WAVES[10:20])
    assert [each["number"] for each in table.read()["rows"]][:2] == ["11.", "12."]
    table.act("Page 2 of 3, choose a page")
    box = desk.root.get_by_role("dialog", name="Go to a page").get_by_role("textbox")
    box.fill("3")
    box.press("Enter")
    table.has_rows(WAVES[20:])
    table.act("10 rows a page, choose how many")
    desk.root.get_by_role("menuitemradio", name="25", exact=True).click()
    table.has_range(f"1–{len(WAVES)} of {len(WAVES)}")
    until(lambda: table.rows()[:10], WAVES[:10])
    # Only rows in sight are drawn, and a few more.
    table.root.locator(".ag-body-viewport").evaluate("(box) => { box.scrollTop = box.scrollHeight }")
    until(lambda: table.rows()[-10:], WAVES[-10:])


def test_row_search(desk: Desk) -> None:
    table = desk.table()
    table.act("Search rows of Wave")
    search = desk.root.get_by_role("dialog", name="Search rows of Wave")
    search.get_by_role("textbox").fill("wave 1")
    search.get_by_role("button", name="Apply").click()
    kept = MAILS[MAILS["wave"].str.startswith("Wave 1")]
    table.has_rows(data.rows(kept, "wave", ["Sent", "People"]))
    # The total is that of the rows that are kept, "out of" that of the panel.
    table.has_totals(data.figure("Sent", kept), data.figure("People", kept))
    assert table.read()["total"]["outOf"] == [
        f"out of {data.figure('Sent', MAILS)}",
        f"out of {data.figure('People', MAILS)}",
    ]

    desk.drop("City", onto="Replace Wave with City")
    table.has_rows(data.rows(MAILS, "city", ["Sent", "People"]))
    table.act("Search rows of City")
    search = desk.root.get_by_role("dialog", name="Search rows of City")
    search.get_by_text("Include unspecified (None)").click()
    search.get_by_role("button", name="Apply").click()
    known = MAILS.dropna(subset="city")
    table.has_rows(data.rows(known, "city", ["Sent", "People"]))
    table.has_totals(data.figure("Sent", known), data.figure("People", known))


def test_columns_by_their_menu(desk: Desk) -> None:
    table = desk.table()
    table.head("Sent").click(button="right")
    desk.root.get_by_role("menuitem", name="Move right").click()
    table.has_heads("People", "Sent")
    table.act("Remove People", within=table.head("People"))
    table.has_heads("Sent")
    table.has_rows([row[:2] for row in WAVES[:10]])


def test_breakdowns_by_menu_and_twist(desk: Desk) -> None:
    table = desk.table()
    first = WAVES[0][0]
    part = MAILS[MAILS["wave"] == first]
    block = [
        ("Gender", data.figure("Sent", part), data.figure("People", part)),
        *data.rows(part, "gender", ["Sent", "People"]),
    ]
    table.act(f"Actions for {first}", within=table.label(first))
    desk.root.get_by_role("menuitem", name="Break down by…").click()
    desk.page.keyboard.type("gender")
    desk.root.get_by_role("menuitem", name="Gender").click()
    table.has_blocks(block)
    table.act(f"Close the breakdown of {first}")
    table.has_blocks()
    table.act(f"Open the breakdown of {first}")
    table.has_blocks(block)
    table.act(f"Actions for {first}", within=table.label(first))
    desk.root.get_by_role("menuitem", name="Remove breakdown").click()
    table.has_blocks()
    desk.undo()
    table.has_blocks(block)


def test_panels_and_tables(desk: Desk) -> None:
    desk.button("Collapse Freeform Table").click()
    expect(desk.root.locator("[data-dr-table]")).to_have_count(0)
    desk.button("Expand Freeform Table").click()
    desk.table().has_rows(WAVES[:10])
    desk.button("Collapse Waves").click()
    expect(desk.root.locator(".dr-panel-b")).to_have_count(0)
    desk.button("Expand Waves").click()
    desk.table().has_rows(WAVES[:10])

    desk.menu("Insert", "New Freeform")
    expect(desk.panel("Freeform")).to_be_visible()
    desk.menu("Insert", "New Freeform Table")
    expect(desk.root.locator(".dr-item")).to_have_count(3)
    desk.button("Remove Waves").click()
    expect(desk.panel("Waves")).to_have_count(0)
    desk.undo()
    desk.table_in(desk.panel("Waves")).has_rows(WAVES[:10])
    desk.menu("Edit", "Clear All")
    expect(desk.root.locator(".dr-panel")).to_have_count(0)
    desk.undo()
    desk.table_in(desk.panel("Waves")).has_rows(WAVES[:10])


def test_titles_are_edited_in_place(desk: Desk, notebook: Notebook) -> None:
    desk.rename("report", "Mails", "All mails")
    desk.rename("panel", "Waves", "By wave")
    desk.rename("table", "Freeform Table", "Waves of mails")
    desk.table("Waves of mails").has_rows(WAVES[:10])
    assert notebook.python("[project.title, project.panels[0].title]") == ["All mails", "By wave"]
    # Escape puts the old title back.
    desk.root.get_by_role("heading", name="By wave").get_by_role("button").click()
    box = desk.root.get_by_role("textbox", name="Title of the panel")
    box.fill("Not this")
    box.press("Escape")
    expect(desk.root.get_by_role("heading", name="By wave")).to_be_visible()
    desk.undo()
    expect(desk.root.get_by_role("heading", name="Freeform Table")).to_be_visible()


# ---- the period ---------------------------------------------------------------------------------


def test_a_preset_and_typed_and_clicked_days(desk: Desk) -> None:
    table = desk.table()
    dialog = desk.open_period("Waves")
    dialog.get_by_role("option", name="Last month", exact=True).click()
    expect(dialog.get_by_text("Selected days: 31")).to_be_visible()
    dialog.get_by_role("button", name="Apply", exact=True).click()
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    table.has_rows(data.rows(may, "wave", ["Sent", "People"])[:10])
    expect(desk.button(re.compile(r"^Period: Last month\W+May 1, 2026 12:00 AM"))).to_be_visible()

    # Two clicks in the calendar: the end that is shown is not part of the period.
    dialog = desk.open_period("Waves")
    desk.day(dialog, "May 4, 2026").click()
    desk.day(dialog, "May 10, 2026").click()
    expect(dialog.get_by_text("Selected days: 7")).to_be_visible()
    dialog.get_by_role("button", name="Apply", exact=True).click()
    week = data.between(MAILS, "2026-05-04", "2026-05-11")
    table.has_totals(data.figure("Sent", week), data.figure("People", week))
    expect(desk.button(re.compile(r"^Period: Custom\W+May 4, 2026 12:00 AM"))).to_be_visible()

    dialog = desk.open_period("Waves")
    dialog.get_by_role("option", name="All dates").click()
    dialog.get_by_role("button", name="Cancel").click()
    table.has_totals(data.figure("Sent", week), data.figure("People", week))


def test_rolling_dates_on_all_panels(desk: Desk, notebook: Notebook) -> None:
    desk.menu("Insert", "New Freeform")
    dialog = desk.open_period("Waves")
    dialog.get_by_role("option", name="Last 7 days", exact=True).click()
    dialog.get_by_role("button", name="(rolling daily – rolling daily)").click()
    dialog.get_by_role("textbox", name="Start: how many").fill("13")
    dialog.get_by_role("textbox", name="Start: how many").press("Tab")
    expect(dialog.get_by_text("Selected days: 14")).to_be_visible()
    dialog.get_by_role("button", name="Apply to all panels").click()
    desk.says("Set the period of all panels")
    days = data.between(MAILS, "2026-06-02", "2026-06-16")
    desk.table_in(desk.panel("Waves")).has_totals(data.figure("Sent", days), data.figure("People", days))
    kinds = notebook.python("[type(each.period).__name__ for each in project._session.project.panels]")
    assert kinds == ["Rolling", "Rolling"]


# ---- what goes wrong ----------------------------------------------------------------------------


def test_a_component_that_the_data_has_no_longer(notebook: Notebook) -> None:
    desk = notebook.show(
        "old = dr.Dataset(mails, time='ts', name='mails')\n"
        "project = dr.Project('Mails', old)\n"
        "project.panel('Mails').table(rows='City', columns=['Records', 'Sum of euros'], title='Broken')\n"
        "project.panel('Fine').table(rows='Device', columns=['Records'], title='Whole')\n"
        "project.save('vanished', overwrite=True)\n"
        "project = dr.open('vanished', data=dr.Dataset(mails.drop(columns='euros'), time='ts', name='mails'))\n"
        "project"
    )
    broken = desk.table("Broken").root
    expect(broken).to_have_attribute("data-status", "error")
    expect(broken.get_by_role("alert")).to_contain_text("This table can't be computed.")
    broken.get_by_role("button", name="Details").click()
    expect(broken.locator("pre")).to_be_visible()
    # The other table is not touched by it.
    devices = data.rows(MAILS, "device", ["Sent"])
    assert {label for label, _ in desk.table("Whole").rows()} == {label for label, _ in devices}
    desk.drop("Gender", onto="Replace Device with Gender")
    desk.says("Replaced Device with Gender. 2 rows.")
