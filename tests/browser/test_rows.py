"""Figures that explain themselves: marks, underlying rows, explanations; by pointer and by keyboard."""

from __future__ import annotations

import csv
import re

from playwright.sync_api import Locator, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server
from tests.browser import data, hostile
from tests.browser.conftest import Visit, in_reports, open_page
from tests.browser.desk import Desk, Grid, until
from tests.browser.notebook import Notebook

TABLE = """
project = dr.Project("Figures", data)
panel = project.panel("Overview", period=None)
table = panel.table(rows="City", columns=["People", "Sent", "Open rate"], limit=5)
project
"""


def cell(grid: Grid, label: str, column: str) -> Locator:
    """The figure of an item in a column."""
    row = grid.label(label).locator("xpath=ancestor::*[@row-id][1]").get_attribute("row-id")
    id = grid.head(column).get_attribute("col-id")
    return grid.root.locator(f'.ag-center-cols-container [row-id="{row}"] [col-id="{id}"]')


def total(grid: Grid, column: str) -> Locator:
    id = grid.head(column).get_attribute("col-id")
    return grid.root.locator(f'.ag-floating-top [col-id="{id}"]')


def marked(grid: Grid) -> list[str]:
    """The columns with a mark at the total of the table."""
    return [head for head in grid.heads() if total(grid, head).locator("[data-act=why]").count()]


def shared_people() -> int:
    mails = data.mails()
    cities = mails.assign(city=mails["city"].fillna("N/A")).groupby("person")["city"].nunique()
    return int((cities > 1).sum())


def rows_dialog(desk: Desk, name: str) -> Locator:
    dialog = desk.root.get_by_role("dialog", name=f"Rows behind {name}")
    expect(dialog).to_be_visible()
    return dialog


def test_a_mark_says_why_rows_do_not_add_up(notebook: Notebook) -> None:
    desk = notebook.show(TABLE)
    grid = desk.table()
    # Sent adds up, though the page shows five of seven rows.
    until(lambda: marked(grid), ["People", "Open rate"])
    sentence = f"{shared_people()} people are counted in several rows of City; each counts once here."
    total(grid, "People").locator("[data-act=why]").hover()
    expect(desk.root.locator(".dr-why-tip")).to_have_text(sentence)
    desk.page.mouse.move(0, 0)
    expect(desk.root.locator(".dr-why-tip")).to_have_count(0)
    total(grid, "Open rate").locator("[data-act=why]").click()
    mails = data.mails()
    opens, sent = ((mails["event"] == each).sum() for each in ("open", "sent"))
    rate = f"A rate is computed from its own sums: {opens} of {sent}, not the sum of rows."
    dialog = desk.root.get_by_role("dialog", name="Why the rows don’t add up")
    expect(dialog).to_have_text(rate)
    desk.press("Escape")
    expect(dialog).to_have_count(0)

    # By keyboard: a cell with a mark says it when the focus comes to it.
    total(grid, "Sent").click()
    desk.press("ArrowLeft")
    expect(desk.root.locator(".dr-why-tip")).to_have_text(sentence)
    desk.press("Alt+Enter")
    explained = desk.root.get_by_role("dialog", name="Explanation of People of the total of City")
    expect(explained).to_contain_text(sentence)
    expect(explained).to_contain_text("distinct(person)")
    expect(explained).to_contain_text("records scanned")
    desk.press("Escape")
    expect(explained).to_have_count(0)
    expect(total(grid, "People")).to_be_focused()


def test_underlying_rows_by_pointer_and_by_keyboard(notebook: Notebook) -> None:
    desk = notebook.show(TABLE)
    grid = desk.table()
    paris = data.mails().query("city == 'Paris'")
    cell(grid, "Paris", "People").click(button="right")
    desk.root.get_by_role("menuitem", name=re.compile("^Show underlying rows")).click()
    dialog = rows_dialog(desk, "People of Paris")
    people = paris["person"].nunique()
    expect(
        dialog.get_by_text(f"{len(paris)} rows, {people} people: the cell shows {people}.")
    ).to_be_visible()
    expect(dialog.get_by_role("row")).to_have_count(51)
    dialog.get_by_role("button", name="ts", exact=True).click()
    expect(dialog.get_by_role("cell").first).to_have_text(str(paris["ts"].min()))
    dialog.get_by_role("button", name="Next page of rows").click()
    expect(dialog.get_by_text(f"51–100 of {len(paris)}")).to_be_visible()
    with desk.page.expect_download() as found:
        dialog.get_by_role("button", name="Download CSV").click()
    assert found.value.suggested_filename == "People of Paris.csv"
    with open(found.value.path(), encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["ts"] for line in lines] == [str(each) for each in paris["ts"].sort_values(kind="stable")]
    desk.press("Escape")
    expect(dialog).to_have_count(0)

    # By keyboard, at the total of a rate; and one of its sides.
    total(grid, "Sent").click()
    desk.press("ArrowRight", "Shift+Enter")
    dialog = rows_dialog(desk, "Open rate of the total of City")
    dialog.get_by_label("Rows of").select_option(index=1)
    opens = int((data.mails()["event"] == "open").sum())
    expect(dialog.get_by_text(re.compile(rf"^{opens} rows: the numerator is {opens}, "))).to_be_visible()
    desk.press("Escape")
    expect(total(grid, "Open rate")).to_be_focused()


def test_hostile_rows_are_text(folder: Folder, notebook: Notebook) -> None:
    hostile.write(folder.root)
    desk = notebook.show(f"{hostile.CODE}\nproject")
    grid = desk.table(hostile.TITLES[2])
    total(grid, hostile.LABELS[1]).click(button="right")
    desk.root.get_by_role("menuitem", name=re.compile("^Show underlying rows")).click()
    dialog = rows_dialog(desk, f"{hostile.LABELS[1]} of the total of {hostile.LABELS[0]}")
    for text in hostile.LABELS[:3]:
        expect(dialog.get_by_role("cell", name=text, exact=True).first).to_be_visible()
    assert dialog.locator("img, script, b").count() == 0
    assert desk.page.evaluate("window.__pwned") is None
    desk.press("Escape")


def test_readers_of_a_page_see_rows_only_where_its_author_says_so(
    folder: Folder, pages_server: Server, visit: Visit
) -> None:
    in_reports(folder, f"{data.DATA}{TABLE}project.save('figures')\nproject.publish()")
    desk = open_page(visit, pages_server, "figures")
    grid = desk.table()
    until(lambda: marked(grid), ["People", "Open rate"])
    cell(grid, "Paris", "Sent").click(button="right")
    expect(desk.root.get_by_role("menuitem", name=re.compile("^Explain this figure"))).to_be_visible()
    for entry in desk.root.get_by_role("menuitem").all():
        expect(entry).to_have_text(re.compile("^(Copy|Explain|Only) "))
