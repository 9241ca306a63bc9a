"""No barrier that axe knows of, however small, in the workspace and on a page, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server
from tests.browser import data
from tests.browser.conftest import Visit, in_reports, open_page
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

AXE = Path(__file__).parents[2] / "widgets/node_modules/axe-core/axe.min.js"
# What lies outside of our root (JupyterLab's frame, Voilà's) is not ours to mend.
_RUN = """async (root) => {
  const { violations } = await axe.run(root, { resultTypes: ["violations"] });
  return violations
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 5).map(({ html, any, all }) =>
      html.slice(0, 200) + " " + [...any, ...all].map(({ message }) => message).join("; ")).join(" | ")}`);
}"""
TABLES = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period="last month", segments=["Young"])
table = panel.table(rows="City", columns=["Sent", ("People", {"segment": "On mobile"}), "Open rate"], limit=5)
table.break_down("Paris", by="Device")
panel.table(title="Empty")
project.panel("Blank")
project
"""


def barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    return page.locator(".dr-root").first.evaluate(_RUN)


def has_no_barriers(place: Locator) -> None:
    """Check something that has opened, alone: all around it is as it was."""
    settled(place)
    assert place.first.evaluate(_RUN) == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_workspace(notebook: Notebook, theme: str) -> None:
    notebook.theme(theme)
    desk = notebook.show(TABLES)
    page = desk.page
    assert barriers(page) == []

    with desk.dragging("Young"):
        desk.point("Filter Sent by Young")
        assert barriers(page) == []

    dialog = desk.open_period("Mails")
    settled(dialog)
    assert barriers(page) == []
    dialog.get_by_text("Use rolling dates").click()
    has_no_barriers(dialog)
    desk.press("Escape")

    desk.menu("Project", "Save As…")
    dialog = desk.root.get_by_role("dialog", name="Save report as")
    settled(dialog)
    assert barriers(page) == []
    desk.press("Escape")

    desk.component("City").focus()
    desk.press("Shift+F10")
    settled(desk.root.get_by_role("dialog", name="Where to add City"))
    assert barriers(page) == []
    desk.press("Escape")
    notebook.theme("JupyterLab Light")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_what_opens(notebook: Notebook, theme: str) -> None:
    """Menus, settings, search and lists: each opened as people open it. Builders: test_builders."""
    notebook.theme(theme)
    desk = notebook.show(TABLES)
    table, root = desk.table(), desk.root
    table.select("Lyon", "Lille")
    assert barriers(desk.page) == []

    for place, name in (
        (table.label("Lyon"), "Actions for Lyon"),
        (table.head("Sent"), "Actions for Sent"),
        (table.total_label(), "Actions for the total of City"),
    ):
        place.click(button="right")
        has_no_barriers(root.get_by_role("menu", name=name))
        closed(desk, root.get_by_role("menu", name=name))

    table.label("Lyon").click(button="right")
    root.get_by_role("menuitem", name="Break down 2 rows by…").click()
    has_no_barriers(root.get_by_role("dialog", name="Break down 2 rows by"))
    closed(desk, root.get_by_role("dialog", name="Break down 2 rows by"))

    for control, within, name in (
        ("Settings of Sent", table.head("Sent"), "Column settings of Sent"),
        ("Row settings of City", table.total_label(), "Row settings of City"),
        ("Search rows of City", table.total_label(), "Search rows of City"),
        ("Page 1 of 2, choose a page", table.total_label(), "Go to a page"),
    ):
        table.act(control, within=within)
        dialog = root.get_by_role("dialog", name=name, exact=True).last
        if "Search" in name:
            dialog.get_by_role("button", name="Advanced…").click()
            dialog.get_by_role("button", name="Add a rule").click()
        has_no_barriers(dialog)
        closed(desk, root.get_by_role("dialog", name=name, exact=True))

    root.get_by_role("toolbar").get_by_role("button", name="Project", exact=True).click()
    has_no_barriers(root.get_by_role("menu", name="Project"))
    closed(desk, root.get_by_role("menu", name="Project"))

    desk.press("Control+k")
    has_no_barriers(root.get_by_role("dialog", name="Commands"))
    closed(desk, root.get_by_role("dialog", name="Commands"))
    notebook.theme("JupyterLab Light")


def closed(desk: Desk, place: Locator) -> None:
    """Close what has opened."""
    desk.press("Escape")
    expect(place).to_have_count(0)


def test_a_page(folder: Folder, pages_server: Server, visit: Visit) -> None:
    in_reports(folder, f"{data.DATA}{TABLES}\nproject.save('access')\nproject.publish()")
    desk: Desk = open_page(visit, pages_server, "access")
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert barriers(desk.page) == []


def settled(place: Locator) -> None:
    """Wait until something that opens has done so: colours are mixed while it fades in."""
    expect(place).to_be_visible()
    place.evaluate("async (node) => { for (const each of document.getAnimations()) await each.finished; }")
