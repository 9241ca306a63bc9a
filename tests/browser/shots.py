"""Screenshots for people to look at: ``python -m tests.browser.shots [FOLDER]`` (default: /tmp/shots).

The workspace, a drag, the period, an empty and a broken table, and a page; light and dark, 1280 and 1920 wide.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from dynreports.publish.folder import Folder, prepare
from dynreports.publish.servers import Server, free_port, lab, pages
from tests.browser import data
from tests.browser.conftest import (
    Visit,
    in_reports,
    open_notebook,
    page_address,
    write_notebook,
)
from tests.browser.desk import Desk
from tests.browser.servers import CHROMIUM, LAB_OPTIONS, started

WIDTHS = {1280: 900, 1920: 1080}
REPORT = """
project = dr.Project("Quarter review", data)
panel = project.panel("Overview", period="last 30 days", segments=["Young"])
columns = ["Sent", "Opens", "People", "Open rate", ("Revenue", {"segment": "On mobile"})]
panel.table(rows="City", columns=columns, title="Cities").break_down("Paris", by="Device")
project.panel("Waves", period="last month").table(rows="Wave", columns=["Sent", "Opens"], limit=10)
"""
EMPTY = 'project = dr.explore(data)\nproject.panel("Blank Panel")\nproject'
BROKEN = """
old = dr.Dataset(mails, time="ts", name="mails")
project = dr.Project("Quarter review", old)
project.panel("Overview").table(rows="City", columns=["Records", "Sum of euros"], title="Cities")
project.save("broken", overwrite=True)
project = dr.open("broken", data=dr.Dataset(mails.drop(columns="euros"), time="ts", name="mails"))
project
"""


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        folder = prepare(root, notebooks=False)
        data.write(folder.root)
        in_reports(folder, f"{data.DATA}{REPORT}project.save('quarter-review')\nproject.publish()")
        with (
            started(lab(folder, free_port(0)), folder, extra=LAB_OPTIONS) as lab_server,
            started(pages(folder, free_port(0)), folder) as pages_server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(**CHROMIUM)
            for scheme in ("light", "dark"):
                shoot_lab(browser, lab_server, folder, scheme, target)
                shoot_page(browser, pages_server, scheme, target)
            browser.close()


def shoot_lab(browser: Browser, server: Server, folder: Folder, scheme: str, target: Path) -> None:
    visit = Visit(browser.new_context(viewport={"width": 1280, "height": 900}))
    notebook = open_notebook(visit, server, write_notebook(folder, f"{scheme}.ipynb"))
    notebook.run(data.DATA)
    notebook.theme(f"JupyterLab {scheme.title()}")
    page = notebook.page
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})

        def shot(name: str, *, width: int = width) -> None:
            save(page, target / f"{name}-{scheme}-{width}.png")

        desk = notebook.show(f"{REPORT}\nproject")
        shot("workspace")
        with desk.dragging("Gender"):
            desk.point("Break down Lyon by Gender")
            shot("dragging-row")
        with desk.dragging("Opens"):
            desk.point("Add Opens after Sent")
            shot("dragging-edge")
        with desk.dragging("On mobile"):
            desk.point("Filter Opens by On mobile")
            shot("dragging-column")
        desk.open_period("Overview")
        shot("period")
        desk.press("Escape")
        desk = notebook.show(EMPTY)
        shot("empty")
        with desk.dragging("City"):
            desk.point("Show City in the rows")
            shot("dragging-empty")
        notebook.show(BROKEN)
        shot("error")
    visit.context.close()


def shoot_page(browser: Browser, server: Server, scheme: str, target: Path) -> None:
    for width, height in {**WIDTHS, 390: 844}.items():
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = Visit(context).page()
        page.goto(page_address(server, "quarter-review"))
        Desk(page, page.locator(".dr-root")).is_ready()
        save(page, target / f"page-{scheme}-{width}.png")
        context.close()


def save(page: Page, path: Path) -> None:
    # What opens fades in.
    page.evaluate(
        "async () => { for (const each of document.getAnimations()) await Promise.race(["
        "each.finished.catch(() => 0), new Promise((done) => setTimeout(done, 500))]); }"
    )
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/shots"))
