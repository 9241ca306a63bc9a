"""What the menus of columns, rows, totals, items and the report offer, where no other test chooses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import data
from tests.browser.desk import Desk, Grid, until
from tests.browser.notebook import Notebook

MAILS = data.mails()
NOW = data.between(MAILS, "2026-05-16", "2026-06-01")
BEFORE = data.between(MAILS, "2026-04-30", "2026-05-16")
REPORT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period=("2026-05-16", "2026-06-01"))
panel.table(rows="City", columns=["Sent", "Opens", "People"], title="Cities")
panel.table(rows="Device", columns=["Sent"], title="Devices")
project"""
COPIED = "navigator.clipboard.readText().catch(() => null)"


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    desk = notebook.show(f"{data.DATA}{REPORT}")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return desk


def choose(desk: Desk, place: Locator, item: str) -> None:
    """Choose from the menu that the other mouse button opens."""
    place.click(button="right")
    desk.root.get_by_role("menuitem", name=item, exact=True).click()


def more(desk: Desk, title: str, item: str) -> None:
    """Choose from the menu of an item."""
    desk.root.get_by_role("button", name=f"More for {title}", exact=True).click()
    desk.root.get_by_role("menuitem", name=item, exact=True).click()


def command(desk: Desk, name: str) -> None:
    """Choose from the list of commands."""
    desk.button(re.compile("^Commands")).click()
    commands = desk.root.get_by_role("dialog", name="Commands")
    commands.get_by_role("searchbox").fill(name)
    commands.get_by_role("menuitem", name=name).first.click()
    expect(commands).to_have_count(0)


def city(table: Grid) -> tuple[str, ...]:
    return next(row for row in table.rows() if row[0] == "Paris")


def test_a_column_beside_the_period_before(desk: Desk) -> None:
    """The figure, the difference and the change, each of records of its own period; undone in one step."""
    table = desk.table("Cities")
    choose(desk, table.head("People"), "Compare with previous period")
    table.has_heads("Sent", "Opens", "People", "People", "People", "People")
    now, before = NOW["person"].nunique(), BEFORE["person"].nunique()
    change = f"{100 * (now - before) / before:+.1f}%"
    until(lambda: table.totals()[2:], [f"{now}", f"{before}", f"{now - before:+d}", change])
    paris = [each.loc[each["city"] == "Paris", "person"].nunique() for each in (NOW, BEFORE)]
    assert paris[0] == paris[1]
    until(lambda: list(city(table)[3:]), [f"{paris[0]}", f"{paris[1]}", "0", "0.0%"])
    # What is a comparison already is not compared.
    table.head("People").nth(2).click(button="right")
    offered = desk.root.get_by_role("menuitem")
    expect(offered.filter(has_text="Move left")).to_be_visible()
    expect(offered.filter(has_text="Compare with")).to_have_count(0)
    desk.press("Escape")
    desk.undo()
    table.has_heads("Sent", "Opens", "People")


@pytest.mark.parametrize(
    ("item", "columns"),
    [
        ("Compare with same period last year", 6),
        ("Add column of previous period", 4),
        ("Add column of same period last year", 4),
    ],
)
def test_other_periods(desk: Desk, item: str, columns: int) -> None:
    table = desk.table("Cities")
    choose(desk, table.head("Sent"), item)
    before = int((BEFORE["event"] == "sent").sum()) if "previous" in item else 0
    until(lambda: len(table.heads()), columns)
    # There was no mail the year before.
    until(lambda: table.totals()[1], f"{before}")
    desk.undo()
    table.has_heads("Sent", "Opens", "People")


def test_a_column(desk: Desk) -> None:
    table = desk.table("Cities")
    rows = data.rows(NOW, "city", ["Sent", "Opens", "People"])
    fewest = min(int(row[2]) for row in rows)
    choose(desk, table.head("Opens"), "Sort ascending")
    until(lambda: int(table.rows()[0][2]), fewest)
    choose(desk, table.head("Opens"), "Sort descending")
    until(lambda: int(table.rows()[-1][2]), fewest)
    choose(desk, table.head("People"), "Copy column")
    copied = "\n".join(
        ["\tPeople", f"Total\t{data.figure('People', NOW)}"] + [f"{row[0]}\t{row[3]}" for row in table.rows()]
    )
    until(lambda: desk.page.evaluate(COPIED), copied)
    choose(desk, table.head("Opens"), "Move left")
    table.has_heads("Opens", "Sent", "People")
    choose(desk, table.head("Sent"), "Remove column")
    table.has_heads("Opens", "People")
    desk.undo()
    table.has_heads("Opens", "Sent", "People")


def test_rows_and_the_total(desk: Desk) -> None:
    table = desk.table("Cities")
    line = "\t".join(city(table))
    heads = "\tSent\tOpens\tPeople"
    choose(desk, table.label("Paris"), "Copy row")
    until(lambda: desk.page.evaluate(COPIED), f"{heads}\n{line}")
    choose(desk, table.total_label(), "Copy this page")
    page = [heads, "\t".join(("Total", *table.totals())), *map("\t".join, table.rows())]
    until(lambda: desk.page.evaluate(COPIED), "\n".join(page))

    desk.drop("Device", onto="Break down Paris by Device")
    until(lambda: len(table.blocks()), 1)
    choose(desk, table.label("Paris"), "Close breakdown")
    table.has_blocks()
    choose(desk, table.label("Paris"), "Open breakdown")
    until(lambda: len(table.blocks()), 1)


def test_rows_that_were_put_there_are_removed(notebook: Notebook) -> None:
    desk = notebook.show(
        f"{data.DATA}project = dr.Project('Mails', data)\n"
        "project.panel('Mails', period=None).table(rows=['Sent', 'Opens', 'People'], columns=[])\nproject"
    )
    table = desk.table()
    until(lambda: [row[0] for row in table.rows()], ["Sent", "Opens", "People"])
    choose(desk, table.label("Opens"), "Remove row")
    until(lambda: [row[0] for row in table.rows()], ["Sent", "People"])
    desk.undo()
    until(lambda: [row[0] for row in table.rows()], ["Sent", "Opens", "People"])


def test_places_of_an_item(desk: Desk) -> None:
    def box(title: str) -> tuple[float, float]:
        """Return where an item begins, and how wide it is."""
        found = desk.root.get_by_role("region", name=title, exact=True).bounding_box()
        assert found is not None
        return found["y"], found["width"]

    whole = box("Cities")[1]
    more(desk, "Cities", "Left half")
    until(lambda: box("Cities")[1] < 0.6 * whole, True)
    more(desk, "Cities", "All columns")
    until(lambda: box("Cities")[1], whole)
    more(desk, "Cities", "Move down")
    until(lambda: box("Cities")[0] > box("Devices")[0], True)


def test_the_report(desk: Desk) -> None:
    table = desk.table("Cities")
    choose(desk, table.head("Sent"), "Compare with previous period")
    now, before = (int((each["event"] == "sent").sum()) for each in (NOW, BEFORE))
    change = f"{100 * (now - before) / before:+.1f}"
    until(lambda: table.totals()[3], f"{change}%")
    command(desk, "Numbers as in German")
    until(lambda: table.totals()[3].split("\N{NO-BREAK SPACE}")[0], change.replace(".", ","))
    desk.button("Performance").click()
    gestures = desk.root.get_by_role("dialog", name="Performance").locator("details")
    expect(gestures.filter(has_text="set locale")).to_have_count(1)
    command(desk, "Refresh Project")
    expect(gestures.filter(has_text="refresh")).to_have_count(1)
    until(lambda: table.totals()[:2], [str(now), str(before)])


def test_components_that_are_used_come_first_until_that_is_forgotten(desk: Desk) -> None:
    first = desk.root.get_by_role("listbox", name="Metrics").get_by_role("option").first
    command(desk, "List components by name again")
    expect(first).to_contain_text("Open rate")
    desk.drop("Revenue", onto="Add Revenue after Sent")
    expect(first).to_contain_text("Revenue")
    command(desk, "List components by name again")
    expect(first).to_contain_text("Open rate")


def test_keys(desk: Desk) -> None:
    desk.table("Cities").head("Sent").focus()
    desk.press("Alt+3")
    expect(desk.root.get_by_role("region", name="Bar", exact=True)).to_be_visible()
    desk.press("Control+z")
    expect(desk.root.get_by_role("region", name="Bar", exact=True)).to_have_count(0)
    for keys, name in (("Control+Shift+s", "Save report as"), ("Control+o", "Open a report")):
        desk.table("Cities").head("Sent").focus()
        desk.press(keys)
        dialog = desk.root.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        desk.press("Escape")
        expect(dialog).to_have_count(0)
    desk.table("Cities").head("Sent").focus()
    with desk.page.expect_download() as got:
        desk.press("Control+Shift+v")
    assert got.value.suggested_filename == "mails.csv"
    desk.button("Performance").click()
    pane = desk.root.get_by_role("dialog", name="Performance")
    desk.table("Cities").head("Sent").focus()
    desk.press("Alt+r")
    expect(pane.locator("details").first).to_contain_text("refresh")


def test_what_gestures_cost(desk: Desk) -> None:
    """The list is of the last gestures, and goes on while people work."""
    desk.button("Performance").click()
    pane = desk.root.get_by_role("dialog", name="Performance")
    choose(desk, desk.table("Cities").head("Sent"), "Compare with previous period")
    gesture = pane.locator("details").filter(has_text="compare column").first
    expect(gesture).to_contain_text(
        re.compile(r"\d queries, [\d,]+ records scanned, \d+ of \d+ figures from the cache")
    )
    gesture.locator("summary").click()
    expect(gesture.locator("li").first).to_contain_text("computed")
    pane.get_by_role("button", name="Close").click()
    expect(pane).to_have_count(0)
