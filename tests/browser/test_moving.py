"""Tables, charts and texts move into other panels: by mouse, and by their menu."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook

MAILS = data.mails()
REPORT = """
project = dr.Project("Mails", data)
first = project.panel("First")
cities = first.table(rows="City", columns=["Sent"], title="Cities")
first.chart("bar", source=cities, title="Bars")
first.text("What it means", title="Words")
second = project.panel("Second", segments=["Young"])
second.table(rows="Device", columns=["Sent"], title="Devices")
project.panel("Blank")
project"""


def inside(desk: Desk, panel: str) -> list[str]:
    """The titles of the items of a panel, from the top down."""
    return (
        desk.panel(panel)
        .locator("[data-item]")
        .evaluate_all("(all) => all.map((each) => each.getAttribute('aria-label'))")
    )


def test_items_move_between_panels(notebook: Notebook) -> None:
    desk = notebook.show(REPORT)
    everybody = data.figure("Sent", MAILS)
    young = data.figure("Sent", MAILS[MAILS["age"] < 30])
    desk.table("Cities").has_totals(everybody)

    # By keyboard: the menu of the item. Its figures are then those of the other panel's records.
    more = desk.button("More for Cities")
    more.focus()
    desk.press("Enter")
    item = desk.root.get_by_role("menuitem", name="Second", exact=True)
    desk.tab_to(item, key="ArrowDown")
    desk.press("Enter")
    desk.says("Moved Cities to Second.")
    desk.table("Cities").has_totals(young)
    assert [inside(desk, each) for each in ("First", "Second", "Blank")] == [
        ["Bars", "Words"],
        ["Devices", "Cities"],
        [],
    ]
    # One step, with a name; the chart that stayed goes on drawing the table.
    expect(desk.button(re.compile("^Data source of Bars: Cities"))).to_be_attached()
    desk.button("Undo: move Cities to Second").click()
    until(lambda: inside(desk, "First"), ["Cities", "Bars", "Words"])
    desk.table("Cities").has_totals(everybody)

    # By mouse: over another item, and into an empty panel.
    for title, panel, wanted in (
        ("Words", "Second", ["Words", "Devices"]),
        ("Bars", "Blank", ["Bars"]),
    ):
        desk.root.get_by_role("region", name=title, exact=True).hover()
        grip = desk.button(f"Move or resize {title}")
        grip.scroll_into_view_if_needed()
        at = grip.bounding_box()
        assert at is not None
        desk.page.mouse.move(at["x"] + 5, at["y"] + 5)
        desk.page.mouse.down()
        desk.panel(panel).locator(".dr-panel-b").scroll_into_view_if_needed()
        onto = desk.panel(panel).locator(".dr-panel-b").bounding_box()
        assert onto is not None
        desk.page.mouse.move(onto["x"] + onto["width"] - 60, onto["y"] + 12, steps=4)
        expect(desk.panel(panel)).to_have_attribute("data-receiving", "")
        desk.page.mouse.up()
        desk.says(f"Moved {title} to {panel}.")
        until(lambda panel=panel: inside(desk, panel), wanted)
    until(lambda: inside(desk, "First"), ["Cities"])
    assert notebook.python("[each.id for each in project._session.project.panels[2].items] != []")
