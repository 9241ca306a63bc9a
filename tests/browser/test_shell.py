"""What is around the tables: menus, keys, the list of commands, panels and items, the rail, paper."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import data
from tests.browser.conftest import Visit
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook
from tests.browser.test_access import barriers, settled

MAILS = data.mails()
TWO = """
project = dr.Project("Mails", data)
first = project.panel("First")
first.table(rows="City", columns=["Sent"], title="Cities")
first.table(rows="Device", columns=["People"], title="Devices")
project.panel("Second", period="last month").table(rows="Wave", columns=["Sent"], limit=10, title="Waves")
project
"""


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    return notebook.show(TWO)


def titles(desk: Desk) -> list[str]:
    heads = desk.root.locator(".dr-panel-h h2, .dr-item-h h3")
    return heads.evaluate_all("(all) => all.map((each) => each.textContent)")


def box(desk: Desk, title: str) -> dict[str, float]:
    found = desk.root.get_by_role("region", name=title, exact=True).bounding_box()
    assert found is not None
    return {name: round(value) for name, value in found.items()}


def choose(desk: Desk, button: str, item: str) -> None:
    desk.root.get_by_role("button", name=button, exact=True).hover()
    desk.root.get_by_role("button", name=button, exact=True).click()
    desk.root.get_by_role("menuitem", name=item, exact=True).click()


def palette(desk: Desk, text: str) -> Locator:
    desk.press("Control+k")
    dialog = desk.root.get_by_role("dialog", name="Commands")
    dialog.get_by_role("searchbox").fill(text)
    return dialog


def test_menus_keys_and_the_list_of_commands(desk: Desk) -> None:
    # Names are names alone; keys stand beside them; what can't run says why in the list of commands.
    # A tip that is still there gives way to the menu: the first Escape closes that.
    desk.button("Refresh").hover()
    expect(desk.root.get_by_role("tooltip", name=re.compile("^Refresh"))).to_be_visible()
    desk.root.get_by_role("toolbar").get_by_role("button", name="Insert").click()
    items = desk.root.get_by_role("menu", name="Insert").get_by_role("menuitem")
    expect(items).to_have_text(
        [
            re.compile("^New Blank Panel"),
            re.compile("^New Freeform"),
            re.compile("Alt 1"),
            re.compile("^New Line.*Alt 2"),
            re.compile("^New Bar.*Alt 3"),
            "New Calculated Metric…",
            "New Segment…",
        ]
    )
    expect(desk.root.get_by_role("menuitem", name="New Freeform Table", exact=True)).to_be_visible()
    desk.press("Escape")
    expect(items).to_have_count(0)

    # Keys: into the panel that is in use, named on the screen.
    desk.panel("Second").locator(".dr-panel-h").click(position={"x": 300, "y": 20})
    expect(desk.panel("Second")).to_have_attribute("aria-current", "true")
    expect(desk.panel("First")).not_to_have_attribute("aria-current", "true")
    desk.press("Alt+1")
    until(lambda: titles(desk), ["First", "Cities", "Devices", "Second", "Waves", "Freeform Table"])
    desk.press("Control+z")
    until(lambda: titles(desk), ["First", "Cities", "Devices", "Second", "Waves"])
    desk.press("Alt+b")
    expect(desk.panel("Blank Panel")).to_have_attribute("aria-current", "true")
    desk.press("Control+z")
    desk.press("Alt+w")
    expect(desk.root.get_by_text("This report is empty")).to_be_visible()
    expect(desk.button("Undo: clear all panels")).to_be_enabled()
    desk.press("Control+z")
    until(lambda: len(titles(desk)), 5)

    # The list of commands: search, reasons, running by keyboard.
    dialog = palette(desk, "blank")
    expect(dialog.get_by_role("menuitem")).to_have_count(1)
    desk.press("ArrowDown", "Enter")
    expect(dialog).to_have_count(0)
    expect(desk.panel("Blank Panel")).to_be_visible()
    dialog = palette(desk, "redo")
    expect(dialog.get_by_role("menuitem", name="Redo", exact=True)).to_contain_text(
        "There is nothing to redo."
    )
    reason = dialog.get_by_role("menuitem", name="Redo", exact=True).get_by_text("There is nothing to redo.")
    expect(reason).to_have_css("position", "static")  # beside the name, not taken out of the line
    settled(dialog)
    assert barriers(desk.page) == []
    desk.press("ArrowDown", "Enter")
    desk.says("There is nothing to redo.")
    expect(dialog).to_be_visible()
    desk.press("Escape", "Escape")
    expect(dialog).to_have_count(0)


def test_new_open_and_unsaved_changes(desk: Desk, notebook: Notebook) -> None:
    notebook.python("project.save('Shell one', overwrite=True) and None")
    notebook.python("dr.Project('Shell two', data).save('Shell two', overwrite=True) and None")
    desk.is_unsaved(False)
    desk.drop("Opens", onto="Add Opens after Sent")
    desk.menu("Project", "Open…")
    dialog = desk.root.get_by_role("dialog", name="Open a report")
    dialog.get_by_role("searchbox").fill("shell t")
    expect(dialog.get_by_role("menuitem")).to_have_count(1)
    settled(dialog)
    assert barriers(desk.page) == []
    desk.press("ArrowDown", "Enter")
    asked = desk.root.get_by_role("alertdialog", name="There are unsaved changes")
    asked.get_by_role("button", name="Cancel").click()
    expect(desk.root.get_by_role("heading", name="Mails", level=1)).to_be_visible()
    desk.menu("Project", "Open…")
    dialog.get_by_role("menuitem", name="Shell two").click()
    asked.get_by_role("button", name="Go on without saving").click()
    expect(desk.root.get_by_role("heading", name="Shell two", level=1)).to_be_visible()
    assert notebook.python("[project.title, project.name]") == ["Shell two", "shell-two"]
    desk.menu("Project", "New")
    expect(desk.root.get_by_role("heading", name="Untitled report", level=1)).to_be_visible()
    desk.drop("City", onto="Show City in the rows")
    desk.table().has_range("1–7 of 7")


def test_panels(desk: Desk) -> None:
    choose(desk, "More for First", "Duplicate")
    until(lambda: [each for each in titles(desk) if "First" in each], ["First", "First (2)"])
    desk.table_in(desk.panel("First (2)"), "Cities").has_rows(data.rows(MAILS, "city", ["Sent"]))
    choose(desk, "More for Second", "Move up")
    order = ["First", "Second", "First (2)"]
    panels = desk.root.locator(".dr-panel-h h2")
    expect(panels).to_have_text(order)
    # By its handle, with keys and with the pointer; each is one step.
    desk.button("Move Second").focus()
    desk.press("ArrowUp")
    expect(panels).to_have_text(["Second", "First", "First (2)"])
    expect(desk.button("Undo: move Second before First")).to_be_enabled()
    desk.button("Collapse Second").click()
    expect(desk.button("Expand Second")).to_be_visible()
    grip, onto = desk.button("Move Second").bounding_box(), desk.panel("First").bounding_box()
    assert grip is not None
    assert onto is not None
    desk.page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    desk.page.mouse.down()
    desk.page.mouse.move(grip["x"] + 10, onto["y"] + 200, steps=4)
    desk.page.mouse.up()
    expect(panels).to_have_text(order)
    desk.button("Remove Second").click()
    expect(panels).to_have_text(["First", "First (2)"])
    desk.undo()
    expect(panels).to_have_text(order)


def test_items_in_twelve_columns(desk: Desk, notebook: Notebook) -> None:
    wide = box(desk, "Cities")
    choose(desk, "More for Cities", "Left half")
    choose(desk, "More for Devices", "Right half")
    until(lambda: box(desk, "Devices")["y"], wide["y"])
    cities, devices = box(desk, "Cities"), box(desk, "Devices")
    assert abs(cities["width"] - devices["width"]) <= 1
    assert cities["x"] + cities["width"] < devices["x"]
    desk.table("Devices").has_rows(data.rows(MAILS, "device", ["People"]))

    # By keyboard: nothing is done before Enter, and Enter is one step.
    grip = desk.button("Move or resize Devices")
    grip.focus()
    desk.press("Enter", "Shift+ArrowLeft", "Shift+ArrowLeft")
    desk.says("columns 7 to 10 of 12")
    desk.press("Escape")
    expect(desk.button(re.compile("^Undo: (move|resize) Devices$"))).to_be_enabled()
    desk.press("Enter", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter")
    until(lambda: box(desk, "Devices")["width"] < devices["width"] * 0.7, True)
    expect(desk.button("Undo: resize Devices")).to_be_enabled()
    expect(grip).to_be_focused()
    desk.undo()
    until(lambda: box(desk, "Devices"), devices)

    # By pointer: moved under the other one, then made higher than its content.
    at = grip.bounding_box()
    assert at is not None
    desk.page.mouse.move(at["x"] + 10, at["y"] + 10)
    desk.page.mouse.down()
    desk.page.mouse.move(at["x"] - 100, at["y"] + cities["height"], steps=5)
    desk.page.mouse.up()
    until(lambda: box(desk, "Devices")["y"] > cities["y"] + 100, True)
    expect(desk.button("Undo: move Devices")).to_be_enabled()
    places = (
        "[[each.place.x, each.place.y, each.place.w] for each in project._session.project.panels[0].items]"
    )
    assert notebook.python(places)[1][1:] == [8, 6]
    desk.root.get_by_role("region", name="Cities", exact=True).hover()
    corner = desk.root.get_by_role("region", name="Cities", exact=True).locator(".dr-item-size")
    at = corner.bounding_box()
    assert at is not None
    desk.page.mouse.move(at["x"] + 8, at["y"] + 8)
    desk.page.mouse.down()
    desk.page.mouse.move(at["x"] + 8, at["y"] - 120, steps=5)
    desk.page.mouse.up()
    until(lambda: box(desk, "Cities")["height"] < cities["height"] - 60, True)
    choose(desk, "More for Cities", "As high as its content")
    until(lambda: box(desk, "Cities")["height"], cities["height"])

    # Where there is no room, all stand below each other.
    desk.page.set_viewport_size({"width": 700, "height": 1000})
    until(lambda: abs(box(desk, "Cities")["width"] - box(desk, "Devices")["width"]) <= 1, True)
    assert box(desk, "Devices")["y"] > box(desk, "Cities")["y"]
    desk.page.set_viewport_size({"width": 1440, "height": 1000})


def test_the_rail(desk: Desk) -> None:
    tab = lambda name: desk.root.get_by_role("tab", name=name, exact=True)  # noqa: E731
    tab("Panels").click()
    desk.root.get_by_role("searchbox", name="Search panels").fill("free")
    desk.button("Add Freeform").click()
    expect(desk.panel("Freeform")).to_be_visible()
    tab("Panels").press("ArrowDown")
    desk.press("Enter")
    expect(desk.root.get_by_text("Into the panel Freeform.")).to_be_visible()
    desk.button("Add Freeform Table").click()
    expect(desk.panel("Freeform").locator(".dr-item")).to_have_count(2)
    desk.undo()
    assert barriers(desk.page) == []
    tab("Components").click()

    # One kind of component by the funnel, or all of a kind; the chip leads back.
    options = desk.root.locator(".dr-pane").get_by_role("option").locator(".dr-ell")
    desk.button("Kinds: all").click()
    desk.root.get_by_role("menuitemradio", name="Segments").click()
    expect(options).to_have_text(["On mobile", "Young"])
    desk.look_for("mobile")
    expect(options).to_have_count(1)
    desk.look_for("")
    desk.button("Back to all components").click()
    desk.button(re.compile("^Show all .* time$")).click()
    assert options.count() > 20
    desk.button("Back to all components").click()

    # What this person uses comes first, ties by name; until they want the names again.
    metrics = desk.root.get_by_role("listbox", name="Metrics").get_by_role("option").locator(".dr-ell")
    expect(metrics).to_have_text(["Open rate", "Opens", "People", "Revenue", "Sent"])
    desk.drop("Revenue", onto="Add Revenue as a column")
    expect(metrics).to_have_text(["Revenue", "Open rate", "Opens", "People", "Sent"])
    desk.button("Kinds: all").click()
    desk.root.get_by_role("menuitem", name="List by name again").click()
    expect(metrics).to_have_text(["Open rate", "Opens", "People", "Revenue", "Sent"])

    # Collapsed, and back, by the tab.
    tab("Components").click()
    expect(desk.root.locator(".dr-pane")).to_have_count(0)
    tab("Components").click()
    expect(options.first).to_be_visible()


def test_several_components_by_keyboard(desk: Desk) -> None:
    desk.component("Open rate").focus()
    desk.press("ArrowDown", "Shift+ArrowDown", "Enter")
    expect(desk.overlay()).to_be_visible()
    desk.walk_to("Add Opens and People after Sent")
    desk.press("Enter")
    desk.table("Cities").has_heads("Sent", "Opens", "People")
    expect(desk.button("Undo: add Opens and People after Sent")).to_be_enabled()


def test_the_help_of_a_drag_stays_in_view(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1440, "height": 620})
    with desk.dragging("Opens"):
        bar = desk.root.locator(".dr-help").bounding_box()
        assert bar is not None
        view = desk.page.locator(".jp-WindowedPanel-outer").bounding_box()
        assert view is not None
        assert view["y"] + 200 < bar["y"] < bar["y"] + bar["height"] <= view["y"] + view["height"]
    desk.page.set_viewport_size({"width": 1440, "height": 1000})


def test_download_and_print(desk: Desk, notebook: Notebook, visit: Visit, tmp_path: Path) -> None:
    with desk.page.expect_download() as got:
        desk.menu("Project", "Download CSV")
    file = tmp_path / got.value.suggested_filename
    got.value.save_as(file)
    assert file.name == "mails.csv"
    text = file.read_bytes().decode("utf-8-sig")
    assert text == notebook.python("project.to_csv()")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    waves = [row[0] for row in lines if row and row[0].startswith("Wave ")]
    assert len(waves) > 10  # all of them, where ten are on the page

    # Not a byte of a file that is no text is lost on its way.
    for entry, start, end in (
        ("Download Excel Workbook", b"PK\x03\x04", b""),
        ("Download PDF", b"%PDF", b"%%EOF"),
        ("Download HTML Page", b"<!doctype html>", b"</html>"),
    ):
        with desk.page.expect_download() as got:
            desk.menu("Project", entry)
        got.value.save_as(tmp_path / "file")
        content = (tmp_path / "file").read_bytes()
        assert content.startswith(start)
        assert content.strip().endswith(end)
        if start.startswith(b"PK"):
            assert zipfile.ZipFile(tmp_path / "file").testzip() is None

    desk.press("Alt+p")
    frame = desk.page.locator("iframe.dr-print-frame")
    expect(frame).to_have_count(1)
    source: Any = frame.get_attribute("srcdoc")
    paper = visit.page()
    paper.set_content(source)
    assert paper.locator("thead").first.evaluate("(head) => getComputedStyle(head).display") == (
        "table-header-group"
    )
    expect(paper.locator("h2")).to_have_text(["First", "Second"])
    cities = [(label, sent) for label, sent in data.rows(MAILS, "city", ["Sent"])]
    shown = paper.locator("table").first.locator("tbody tr").all_inner_texts()
    for label, sent in cities:
        assert any(f"{label}\t{sent}" in each.replace("\n", " ") for each in shown), (label, sent, shown)
    pdf = paper.pdf(format="A4", path=tmp_path / "mails.pdf")
    assert pdf.startswith(b"%PDF")
