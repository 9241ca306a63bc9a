"""The list of components: a second level, and what its places to add to do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dynreports.project.drops import RULES
from tests.browser import data
from tests.browser.notebook import Notebook

MAILS = data.mails()
REPORT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period=None)
panel.table(rows="City", columns=["Sent"], limit=2, title="Cities")
project"""
NESTED = """
nested = dr.Dataset("mails.parquet", time="ts", infer=False,
    dimensions=[
        dr.Dimension("device", label="Device"),
        *(dr.Dimension(name, label=name.title(), group="Profile") for name in ("city", "gender")),
    ],
    metrics=[dr.count(label="Sent", where=event == "sent")])
project = dr.Project("Nested", nested)
project.panel("Mails").table(columns=["Sent"])
project"""


@pytest.mark.parametrize(("kind", "name"), [("segment", "On mobile"), ("period", "Last month")])
def test_what_narrows_figures_is_added_by_the_list_of_places(
    notebook: Notebook, kind: str, name: str
) -> None:
    desk = notebook.show(REPORT)
    desk.look_for(name)
    for place, target in (("panel", "Mails"), ("column", "Sent"), ("edge", "Sent")):
        words = RULES[kind][place].format(name=name, target=target, side="after")  # type: ignore[index]
        desk.component(name).focus()
        desk.press("Shift+F10")
        expect(desk.root.get_by_role("dialog", name=f"Where to add {name}")).to_be_visible()
        desk.page.keyboard.type(words)
        desk.press("ArrowDown", "Enter")
        undo = desk.button(f"Undo: {words[0].lower()}{words[1:]}")
        expect(undo).to_be_enabled()
        expect(desk.component(name)).to_be_focused()
        undo.click()
        expect(desk.button(re.compile("^Redo: "))).to_be_enabled()
    assert notebook.python("len(panel.tables[0]._document.columns)") == 1


def test_a_group_of_dimensions_is_a_level_of_its_own(notebook: Notebook) -> None:
    desk = notebook.show(NESTED)
    dimensions = desk.root.get_by_role("listbox", name="Dimensions")
    folder = desk.root.get_by_role("button", name=re.compile("^Profile"))
    expect(folder).to_contain_text("2")
    expect(dimensions.get_by_role("option")).to_have_text([re.compile("Device")])

    # In by keyboard, out by the way back; a search finds what lies in it from outside.
    folder.focus()
    desk.press("Enter")
    expect(desk.component("City")).to_be_visible()
    expect(desk.component("Gender")).to_be_visible()
    expect(desk.component("Device")).to_have_count(0)
    desk.component("City").focus()
    desk.press("Shift+F10")
    desk.page.keyboard.type("rows")
    desk.press("ArrowDown", "Enter")
    desk.table().has_rows(data.rows(MAILS, "city", ["Sent"]))
    desk.root.get_by_role("button", name=re.compile("^Back")).click()
    expect(desk.component("Device")).to_be_visible()
    desk.look_for("Gender")
    expect(desk.component("Gender")).to_be_visible()
