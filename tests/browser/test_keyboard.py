"""The main job with no mouse, in JupyterLab; and JupyterLab's own keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dynreports.publish.folder import Folder
from tests.browser import data
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

MAILS = data.mails()
PARIS = MAILS[MAILS["city"] == "Paris"]


def test_the_main_job(desk: Desk, notebook: Notebook, folder: Folder) -> None:
    search = desk.root.get_by_role("searchbox", name="Search components")

    # From the cell that was just run, into the list.
    desk.tab_to(search)
    desk.page.keyboard.type("cit")
    desk.tab_to(desk.component("City"))
    desk.pick_up("City")
    desk.walk_to("Show City in the rows")
    desk.press("Enter")
    desk.says("Showing City in the rows. 7 rows.")
    expect(desk.component("City")).to_be_focused()

    # Back to the search: Escape clears it.
    desk.tab_to(search, key="Shift+Tab")
    desk.press("Escape")
    expect(search).to_have_value("")
    desk.tab_to(desk.component("City"))
    desk.tab_to(desk.component("Open rate"))
    desk.press("End")
    desk.pick_up("Sent")
    desk.walk_to("Add Sent as a column")
    desk.press("Enter")
    desk.says("Added Sent as a column.")
    expect(desk.component("Sent")).to_be_focused()

    # It was used, so it comes first now. "Add to…": two keys and the beginning of a place.
    desk.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(desk.component("People")).to_be_focused()
    desk.press("Shift+F10")
    expect(desk.root.get_by_role("dialog", name="Where to add People")).to_be_visible()
    desk.page.keyboard.type("after")
    desk.press("ArrowDown", "Enter")
    desk.says("Added People after Sent.")
    expect(desk.component("People")).to_be_focused()

    # A breakdown.
    desk.tab_to(desk.component("City"), key="Shift+Tab")
    desk.press("ArrowDown")
    desk.pick_up("Device")
    desk.walk_to("Break down Paris by Device")
    desk.press("Enter")
    desk.says("Broke down Paris by Device. 3 rows.")
    expect(desk.component("Device")).to_be_focused()

    metrics = ["Sent", "People"]
    desk.table().has_heads(*metrics)
    desk.table().has_rows(data.rows(MAILS, "city", metrics))
    head = ("Device", *(data.figure(each, PARIS) for each in metrics))
    desk.table().has_blocks([head, *data.rows(PARIS, "device", metrics)])

    # Saved under a name.
    desk.is_unsaved()
    desk.press("Control+s")
    name = desk.root.get_by_role("dialog").get_by_role("textbox", name="Name")
    expect(name).to_be_focused()
    desk.page.keyboard.type("By keyboard")
    desk.press("Enter")
    desk.says("Saved as by-keyboard.")
    desk.is_unsaved(False)
    expect(desk.component("Device")).to_be_focused()
    assert (folder.reports / "by-keyboard.report.json").exists()
    assert notebook.python("project.name") == "by-keyboard"


def test_in_the_grid(notebook: Notebook) -> None:
    desk = notebook.show(
        'project = dr.Project("Mails", data)\n'
        'project.panel("Mails").table(rows="City", columns=["Sent", "People"])\nproject'
    )
    grid = desk.table()
    desk.tab_to(grid.root.locator(".ag-header-cell, .ag-cell"), most=80)
    desk.tab_to(grid.head("People"), key="ArrowRight", most=4)
    desk.press("Enter")
    desk.says("Sorted by People, descending.")
    grid.has_rows(data.rows(MAILS, "city", ["Sent", "People"], sort="People"))

    desk.press("Shift+F10")
    menu = desk.root.get_by_role("menu", name="Actions for People")
    expect(menu).to_be_visible()
    desk.press("Escape")
    expect(menu).to_have_count(0)
    expect(grid.head("People")).to_be_focused()

    desk.press("ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowDown")
    expect(grid.label_cell("Paris")).to_be_focused()
    desk.press("Shift+F10")
    expect(desk.root.get_by_role("menu", name="Actions for Paris")).to_be_visible()
    desk.press("Enter")
    desk.page.keyboard.type("gend")
    desk.press("ArrowDown", "Enter")
    desk.says("Broke down Paris by Gender. 2 rows.")
    assert len(grid.rows(depth=1)) == 2

    # Tab leaves the grid; what scrolls in it is no stop on the way.
    grid.label_cell("Lyon").focus()
    desk.press("Tab")
    expect(desk.button("Add a freeform table")).to_be_focused()


def test_a_drag_that_is_given_up(desk: Desk, notebook: Notebook) -> None:
    desk.tab_to(desk.component("City"))
    desk.pick_up("City")
    desk.walk_to("Show City in the rows")
    desk.press("Escape")
    expect(desk.overlay()).to_have_count(0)
    expect(desk.component("City")).to_be_focused()
    assert notebook.python("project._session.undo_label") is None


def test_undo_and_redo(desk: Desk) -> None:
    desk.drop("City", onto="Show City in the rows")
    desk.drop("Sent", onto="Add Sent as a column")
    desk.table().has_heads("Sent")
    desk.component("City").focus()
    desk.press("Control+z")
    desk.table().has_heads()
    expect(desk.button(re.compile("^Redo"))).to_be_enabled()
    desk.press("Control+Shift+z")
    desk.table().has_heads("Sent")


@pytest.mark.parametrize("place", ["component", "title", "toolbar", "cell", "root"])
def test_keys_of_jupyterlab_stay_outside(notebook: Notebook, place: str) -> None:
    desk = notebook.show(
        'project = dr.Project("Mails", data)\nproject.panel("Mails").table(rows="City", columns=["Sent"])\nproject',
    )
    places = {
        "component": desk.component("City"),
        "title": desk.button("Mails").first,
        "toolbar": desk.button("Project"),
        "cell": desk.table().label_cell("Lyon"),
        "root": desk.root,
    }
    cells = notebook.cells()
    places[place].focus()
    # Delete, insert above and below, cut, to Markdown, run: twice, as Lab wants it.
    desk.press("d", "d", "a", "b", "x", "m", "y", "0", "0", "Shift+Enter", "Control+Enter")
    desk.press("Escape", "Escape")
    assert notebook.cells() == cells
    expect(desk.root).to_be_attached()
    desk.is_ready()
    assert notebook.python("project.title") == "Mails"


def test_typing_in_a_search_field(desk: Desk, notebook: Notebook) -> None:
    cells = notebook.cells()
    search = desk.root.get_by_role("searchbox", name="Search components")
    search.focus()
    desk.page.keyboard.type("ddabx 00")
    expect(search).to_have_value("ddabx 00")
    expect(desk.root.get_by_text("No component is called “ddabx 00”.")).to_be_visible()
    desk.press("Control+z")
    assert notebook.cells() == cells
    assert notebook.python("project._session.undo_label") is None
