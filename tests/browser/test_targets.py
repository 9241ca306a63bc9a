"""Every drop target with keys alone: what is picked up, walked to and let go is done, and is one step of undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dynreports.project.drops import RULES
from tests.browser.notebook import Notebook

REPORT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period=None)
panel.table(rows="City", columns=["Sent"], limit=2, title="Filled")
panel.table(rows=["Young"], columns=["People"], title="Listed")
panel.table(title="Empty")
project"""
# The label of each place, as the table above has it: what is dropped on, and on which side.
PLACES = [
    ("panel", "Mails", ""),
    ("above", "Filled", ""),
    ("edge", "Sent", "before"),
    ("column", "Sent", ""),
    ("edge", "Sent", "after"),
    ("rows", "City", ""),
    ("row", "all 2 rows", ""),
    ("row", "Paris", ""),
    ("between", "Young", "before"),
    ("between", "Young", "after"),
    ("columns", "", ""),
    ("rows:empty", "", ""),
    ("new_table", "Mails", ""),
]


# What narrows figures does it in these places; elsewhere it is a row or a column, like an item.
NARROWED = {"panel", "above", "column"}
KINDS = [
    ("dimension", "Device"),
    ("metric", "Opens"),
    ("item", "Tablet"),
    ("segment", "On mobile"),
    ("period", "Last month"),
]


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_with_keys_alone(notebook: Notebook, kind: str, name: str) -> None:
    desk = notebook.show(REPORT)
    if kind == "item":
        desk.component("Device").focus()
        desk.press("ArrowRight")
        expect(desk.component(name)).to_be_visible()
    if kind == "period":
        desk.look_for(name)
    desk.component(name).focus()
    for place, target, side in PLACES:
        phrase = RULES[kind].get(place)  # type: ignore[call-overload]
        if phrase is None or (kind in {"segment", "period"} and place not in NARROWED):
            continue
        words = phrase.format(name=name, target=target, side=side)
        desk.pick_up(name)
        desk.walk_to(words)
        desk.press("Enter")
        done = words[0].lower() + words[1:].replace("all 2 rows", "2 rows")
        undo = desk.button(f"Undo: {done}")
        expect(undo).to_be_enabled()
        undo.click()
        expect(desk.button(f"Redo: {done}")).to_be_enabled()
        desk.is_ready()
        desk.component(name).focus()
