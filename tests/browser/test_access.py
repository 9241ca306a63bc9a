"""No barrier that axe calls serious or critical, in the workspace and on a page, light and dark."""

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
_RUN = """async () => {
  const { violations } = await axe.run(".dr-root", { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
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
    return page.evaluate(_RUN)


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
    desk.press("Escape")

    desk.menu("Project", "Save As…")
    dialog = desk.root.get_by_role("dialog", name="Save report as")
    settled(dialog)
    assert barriers(page) == []
    desk.press("Escape")

    desk.table().act("Actions for Lyon", within=desk.table().label("Lyon"))
    settled(desk.root.get_by_role("menu", name="Actions for Lyon"))
    assert barriers(page) == []
    desk.press("Escape")

    desk.component("City").focus()
    desk.press("Shift+F10")
    settled(desk.root.get_by_role("dialog", name="Where to add City"))
    assert barriers(page) == []
    desk.press("Escape")
    notebook.theme("JupyterLab Light")


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
