"""The items of a dimension in the list of components: found, and dragged by mouse and by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import data
from tests.browser.notebook import Notebook

MAILS = data.mails()
MAY = data.between(MAILS, "2026-05-01", "2026-06-01")
REPORT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period="last month")
panel.table(rows="City", columns=["Sent", "People"])
project"""


def test_items_by_mouse_and_by_keyboard(notebook: Notebook) -> None:
    desk = notebook.show(REPORT)
    desk.component("Wave").hover()
    desk.button("Items of Wave").click()
    # The panel shows May: that is what counts, not all dates.
    waves = MAY["wave"].value_counts()
    items = desk.root.get_by_role("listbox", name="Items of Wave").get_by_role("option")
    expect(items).to_have_count(len(waves))
    expect(items.first.get_by_text(f"{waves.iloc[0]} records")).to_have_count(1)
    desk.root.get_by_role("searchbox", name="Search items of Wave").fill("wave 0")
    expect(items).to_have_count(sum(each.startswith("Wave 0") for each in waves.index))
    expect(desk.root.get_by_text("Most records first in Last month")).to_be_visible()

    # No mail is in two waves: both together keep the mails of either.
    part = MAY[MAY["wave"].isin(["Wave 01", "Wave 02"])]
    desk.drop("Wave 01", "Wave 02", onto="Filter Mails by Wave 01 and Wave 02")
    desk.table().has_totals(data.figure("Sent", part), data.figure("People", part))
    expect(desk.button(re.compile("^Remove Wave: Wave 01"))).to_be_visible()
    desk.undo()
    desk.button("Back to all components").click()
    expect(desk.component("Wave")).to_be_focused()

    # With keys: right to the items, Enter picks one up; left leads back.
    desk.component("City").focus()
    desk.press("ArrowRight")
    expect(desk.component("Lyon")).to_be_visible()
    desk.tab_to(desk.component("Paris"))
    desk.pick_up("Paris")
    desk.walk_to("Add a column of Paris after Sent")
    desk.press("Enter")
    paris = MAY[MAY["city"] == "Paris"]
    desk.table().has_totals(data.figure("Sent", MAY), data.figure("Sent", paris), data.figure("People", MAY))
    expect(desk.component("Paris")).to_be_focused()
    desk.press("Shift+F10")
    desk.page.keyboard.type("people by")
    desk.press("ArrowDown", "Enter")
    desk.table().has_totals(
        data.figure("Sent", MAY), data.figure("Sent", paris), data.figure("People", paris)
    )
    expect(desk.component("Paris")).to_be_focused()
    desk.press("ArrowLeft")
    expect(desk.component("City")).to_be_focused()
