"""Settings of columns and rows, by mouse and by keyboard, in JupyterLab."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser import data
from tests.browser.desk import Desk, Grid, until
from tests.browser.notebook import Notebook
from tests.browser.test_access import barriers, settled

MAILS = data.mails()
CITIES = """
project = dr.Project("Mails", data)
panel = project.panel("Mails")
panel.table(rows="City", columns=["Sent", "Opens", "Open rate"], limit=5).break_down("Paris", by="Device")
project
"""


def cells(grid: Grid, column: int, part: str = "percents") -> list[str | None]:
    return [each[part][column] for each in grid.read()["rows"] if each["depth"] == 0]


def open_settings(desk: Desk, grid: Grid, column: str) -> Locator:
    grid.act(f"Settings of {column}", within=grid.head(column))
    dialog = desk.root.get_by_role("dialog", name=f"Column settings of {column}")
    settled(dialog)
    return dialog


def heats(grid: Grid) -> Locator:
    return grid.root.locator(".dr-heat")


def test_a_column_by_mouse(notebook: Notebook) -> None:
    desk = notebook.show(f"{data.DATA}{CITIES}")
    grid = desk.table()
    rates = data.rows(MAILS, "city", ["Open rate", "Sent"], sort="Sent", most=5)
    whole = sum(MAILS["event"] == "open") / sum(MAILS["event"] == "sent")

    dialog = open_settings(desk, grid, "Open rate")
    assert cells(grid, 2) == [None] * 5
    dialog.get_by_text("Percent", exact=True).click()
    top = MAILS[MAILS["city"] == rates[0][0]]
    own = sum(top["event"] == "open") / sum(top["event"] == "sent")
    until(lambda: cells(grid, 2)[0], f"{100 * own / whole:.1f}%")

    dialog.get_by_text("Background", exact=True).click()
    expect(grid.root.locator(".ag-row-first .dr-bar")).to_have_count(3)
    dialog.get_by_text("Conditional formatting", exact=True).click()
    expect(heats(grid)).not_to_have_count(0)
    assert barriers(desk.page) == []
    expect(dialog.get_by_role("textbox", name="Upper limit")).to_be_disabled()

    dialog.get_by_text("Custom", exact=True).click()
    upper = dialog.get_by_role("textbox", name="Upper limit (%)")
    expect(upper).to_be_enabled()
    upper.fill("-5")
    expect(dialog.get_by_text("Numbers that go down")).to_be_visible()
    upper.fill("99.5")
    dialog.get_by_role("textbox", name="Lower limit (%)").fill("1")
    dialog.get_by_role("button", name="Set limits").click()
    until(lambda: notebook.python("str(panel.tables[0]._document.columns[2].limits.upper)"), "99.5")

    dialog.get_by_text("Number", exact=True).click()
    dialog.get_by_text("Show totals", exact=True).click()
    until(lambda: (cells(grid, 2, "figures")[0], grid.totals()[2]), ("", ""))
    desk.press("Escape")
    expect(dialog).to_have_count(0)
    undo = desk.button(re.compile("^Undo"))
    expect(undo).to_have_attribute("aria-label", "Undo: hide totals of Open rate")
    for _ in range(7):
        desk.undo()
    until(lambda: cells(grid, 2, "percents"), [None] * 5)


def test_columns_and_rows_by_keyboard(notebook: Notebook) -> None:
    desk = notebook.show(f"{data.DATA}{CITIES}")
    grid = desk.table()
    grid.head("Sent").focus()
    desk.press("Shift+F10")
    desk.root.get_by_role("menuitem", name="Column settings…").click()
    dialog = desk.root.get_by_role("dialog", name="Column settings of Sent")
    settled(dialog)
    desk.tab_to(dialog.get_by_role("checkbox", name="Percent", exact=True))
    desk.press("Space")
    until(lambda: cells(grid, 0), [None] * 5)
    desk.press("Space")
    until(lambda: cells(grid, 0)[0] is not None, True)
    desk.press("Escape")

    # The gear of the rows, then of the breakdown alone.
    grid.act("Row settings of City", within=grid.total_label())
    dialog = desk.root.get_by_role("dialog", name="Row settings of City", exact=True)
    settled(dialog)
    assert barriers(desk.page) == []
    desk.tab_to(dialog.get_by_role("radio", name="Calculate percentages by column"))
    desk.press("ArrowDown")
    [(city, sent, opens)] = data.rows(MAILS, "city", ["Sent", "Opens"], most=1)
    until(lambda: cells(grid, 0)[0], f"{100 * int(sent) / (int(sent) + int(opens)):.1f}%")
    assert city
    dialog.get_by_text("Breakdown by position").click()
    desk.press("Escape")
    grid.head("Opens").click()
    grid.head("Opens").click()
    until(lambda: next(each["open"] for each in grid.read()["rows"] if each["depth"] == 0), "true")

    head = grid.root.locator(".ag-row:not(.ag-floating-top .ag-row) .dr-lab-total").first
    grid.act(re.compile("^Row settings of Device of"), within=head)
    dialog = desk.root.get_by_role("dialog", name=re.compile("^Row settings of Device"))
    expect(dialog.get_by_text("Align dates")).to_have_count(0)
    desk.press("Escape")
    grid.act(re.compile("^Remove the breakdown Device"), within=head)
    until(grid.blocks, [])
