"""The code beside the picture: read it, copy it, go on with it in a cell."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, until
from tests.browser.hostile import TITLES
from tests.browser.notebook import Notebook
from tests.browser.test_access import barriers, settled

BUILT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails")
panel.table(rows="City", columns=["Sent"], limit=3)
panel.table(rows="Device", columns=["Opens"], title="Devices")
project
"""
# Runs a cell by itself, and returns the labels of the rows that it shows.
RUN = "(lambda code: (found := {}, exec(code, found)) and found['result'].index.tolist())"


def drawer(desk: Desk) -> Locator:
    return desk.root.get_by_role("complementary", name="Code")


def source(desk: Desk) -> str:
    return drawer(desk).locator("pre").evaluate("(node) => node.textContent")


def test_the_drawer_covers_no_button(notebook: Notebook) -> None:
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    desk = notebook.show(BUILT)
    toggle = desk.root.get_by_role("button", name="Code", exact=True)
    toggle.click()
    expect(drawer(desk)).to_be_visible()
    button, panel = toggle.bounding_box(), drawer(desk).bounding_box()
    assert button is not None
    assert panel is not None
    assert button["x"] + button["width"] <= panel["x"]
    toggle.click()
    notebook.page.set_viewport_size({"width": 1440, "height": 1000})


def test_the_code_follows_every_gesture(notebook: Notebook) -> None:
    desk = notebook.show(BUILT)
    desk.table().label_cell("Paris").click()
    desk.root.get_by_role("button", name="Code", exact=True).click()
    panel = drawer(desk)
    expect(panel.get_by_role("heading")).to_have_text("Code of Freeform Table")
    expect(panel.locator("pre .dr-t-kw").first).to_have_text("import")
    desk.drop("Opens", onto="Add Opens after Sent")
    expect(panel.locator("pre")).to_contain_text("'Opens':")
    desk.undo()
    expect(panel.locator("pre")).not_to_contain_text("'Opens':")

    # The table that is touched is the one that is shown, and the one that a cell gets.
    desk.table("Devices").label_cell("Mobile").click()
    expect(panel.get_by_role("heading")).to_have_text("Code of Devices")
    expect(panel.locator("pre")).to_contain_text("# 'Devices'")
    until(
        lambda: notebook.python("[dr.current().index.name, list(dr.current().columns)]"),
        ["Device", ["Opens"]],
    )
    desk.table().item.hover()
    desk.button("Code of Freeform Table").click()
    expect(panel.get_by_role("heading")).to_have_text("Code of Freeform Table")

    panel.get_by_role("tab", name="dynreports").click()
    expect(panel.locator("pre")).to_contain_text("panel.table(rows='City', columns=['Sent'], limit=3)")
    panel.get_by_role("tab", name="Definitions").click()
    expect(panel.get_by_label("What the components mean")).to_contain_text("event == 'sent'")
    desk.press("Escape")
    expect(panel).to_have_count(0)


def test_copy_and_insert_a_cell(notebook: Notebook) -> None:
    desk = notebook.show("before = 1", BUILT, "after = 1")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # By keyboard, from the toolbar to the button.
    toggle = desk.root.get_by_role("button", name="Code", exact=True)
    toggle.focus()
    desk.press("Enter")
    panel = drawer(desk)
    expect(panel.locator("pre")).to_contain_text("import pandas as pd")
    panel.get_by_role("button", name="Copy").focus()
    desk.press("Enter")
    desk.says("Copied.")
    assert desk.page.evaluate("() => navigator.clipboard.readText()").strip() == source(desk).strip()

    panel.get_by_role("button", name="Insert cell").focus()
    desk.press("Enter")
    desk.says("Inserted a cell below.")
    cells = notebook.cells()
    assert [cells[0], cells[1], cells[3]] == ["before = 1", BUILT, "after = 1"], cells
    assert cells[2] == f"{source(desk)}\nresult"
    assert notebook.python(f"{RUN}({cells[2]!r})") == ["Paris", "Lyon", "Lille"]
    panel.get_by_role("tab", name="dynreports").click()
    expect(panel.locator("pre")).to_contain_text("dr.Project('Mails', data)")
    panel.get_by_role("button", name="Insert cell").click()
    until(lambda: "project = dr.Project('Mails', data)" in notebook.cells()[2], wanted=True)


def test_data_that_only_the_kernel_has(notebook: Notebook) -> None:
    desk = notebook.show(
        "bound = dr.Dataset(mails, time='ts', name='bound')\nproject = dr.explore(bound)\nproject"
    )
    desk.drop("Device", onto="Show Device in the rows")
    desk.root.get_by_role("button", name="Code", exact=True).click()
    panel = drawer(desk)
    expect(panel.locator("pre")).to_contain_text("df: the DataFrame")
    panel.get_by_role("button", name="Insert cell").click()
    desk.says("Inserted a cell below.")
    cell = notebook.cells()[1]
    assert notebook.python(f"{RUN}({cell!r})") == [
        "Desktop", "Mobile", "Tablet",
    ]  # fmt: skip


def test_hostile_titles_and_barriers(notebook: Notebook) -> None:
    desk = notebook.show(BUILT)
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        notebook.theme(theme)
        desk.root.get_by_role("button", name="Code", exact=True).click()
        drawer(desk).get_by_role("tab", name="pandas").click()
        settled(drawer(desk).locator("pre"))
        assert barriers(desk.page) == []
        drawer(desk).get_by_role("tab", name="Definitions").click()
        settled(drawer(desk).locator("dl"))
        assert barriers(desk.page) == []
        desk.root.get_by_role("button", name="Code", exact=True).click()
    notebook.theme("JupyterLab Light")
    desk.root.get_by_role("button", name="Code", exact=True).click()
    for title in TITLES[:3]:
        desk.rename("table", desk.root.locator(".dr-item h3").first.inner_text(), title)
        expect(drawer(desk).get_by_role("heading")).to_have_text(f"Code of {' '.join(title.split())}")
    assert desk.page.evaluate("() => window.__pwned") is None
