"""Template notebooks in JupyterLab: opened, saved as one's own, duplicated; and a message that means harm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from dynreports.campaign.demo_data import write
from dynreports.project.storage import Storage
from dynreports.publish import template_notebooks
from dynreports.publish.folder import Folder
from dynreports.publish.servers import HOST, Server
from tests.browser.conftest import Visit, open_notebook, write_notebook
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

_RUN = """async () => {
  await jupyterapp.shell.currentWidget.sessionContext.ready;
  await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


@pytest.fixture(scope="module")
def logs(folder: Folder) -> Path:
    template_notebooks.refresh(folder.root / "templates")
    return write(folder.campaign, recipients=300, deliveries=24, days=40)


def open_at(visit: Visit, server: Server, path: str) -> Notebook:
    """Open a notebook that is there already, in a folder."""
    page = visit.page()
    page.goto(
        f"http://{HOST}:{server.port}/lab/workspaces/at-{Path(path).stem}/tree/{path}?token={server.token}"
    )
    notebook = Notebook(page)
    notebook.is_open()
    return notebook


def run(notebook: Notebook) -> Desk:
    """Run a notebook as it is, and return the workspace that it shows."""
    notebook.page.evaluate(_RUN)
    [desk] = notebook.desks(1)
    desk.is_ready()
    return desk


def save_as(desk: Desk, proposed: str, name: str) -> None:
    desk.menu("Project", "Save As…")
    dialog = desk.root.get_by_role("dialog", name="Save report as")
    box = dialog.get_by_role("textbox", name="Name")
    expect(box).to_have_value(proposed)
    box.fill(name)
    dialog.get_by_role("button", name="Save", exact=True).click()


def test_templates_are_opened_saved_and_duplicated(
    visit: Visit, lab_server: Server, folder: Folder, logs: Path
) -> None:
    notebook = open_at(visit, lab_server, "templates/unsubscriptions.ipynb")
    desk = run(notebook)
    expect(desk.root.get_by_text("Template", exact=True)).to_be_visible()
    save_as(desk, "Unsubscriptions (Copy)", "Кто уходит")
    desk.says("Its notebook is кто-уходит.ipynb.")
    expect(desk.root.get_by_text("Template", exact=True)).to_have_count(0)
    expect(desk.root.get_by_role("heading", name="Кто уходит")).to_be_visible()
    assert (folder.root / "кто-уходит.ipynb").is_file()

    # What Duplicate in the file browser does.
    copy = notebook.page.evaluate(
        "() => jupyterapp.serviceManager.contents.copy('templates/unsubscriptions.ipynb', 'templates')"
    )
    assert copy["path"] == "templates/unsubscriptions-Copy1.ipynb"
    notebook = open_at(visit, lab_server, copy["path"])
    desk = run(notebook)
    expect(desk.root.get_by_role("heading", name="Unsubscriptions (Copy)")).to_be_visible()
    save_as(desk, "Unsubscriptions (Copy)", "Unsubscriptions (Copy)")
    desk.says("Saved as unsubscriptions-copy.")
    assert not list(folder.root.glob("unsubscriptions*.ipynb"))
    # From now on it opens its own report: that can be saved without being asked for a name.
    desk = run(notebook)
    expect(desk.root.get_by_role("button", name="Save As…")).to_have_count(0)
    assert notebook.python("report.name") == "unsubscriptions-copy"
    titles = {each.title for each in Storage(folder.reports).list()}
    assert {"Кто уходит", "Unsubscriptions (Copy)"} <= titles


def test_a_message_can_neither_run_nor_load(
    visit: Visit, lab_server: Server, folder: Folder, logs: Path
) -> None:
    """The visit fails at its end where anything was asked of another host, or a dialog came up."""
    sent = pd.read_parquet(logs / "deliveries.parquet")
    place = sent.index[sent["html"].notna()][-1]
    sent.loc[place, "html"] = (
        "<h1>Hello</h1><script>alert(1)</script><img src='https://evil.example/p.gif' onerror='alert(1)'>"
        "<style>@import 'https://evil.example/a.css'</style><a href='https://evil.example/go'>Go</a>"
        '<div style="background-image:url(https://evil.example/b.png)">there</div>'
    )
    sent.to_parquet(logs / "deliveries.parquet")
    notebook = open_notebook(visit, lab_server, write_notebook(folder, "hot.ipynb"))
    id = sent.loc[place, "name"]
    notebook.run(f"import dynreports as dr\ndr.campaign.hot_clicks(dr.campaign.load(), {id!r})")
    page = notebook.page
    message = page.locator("iframe[title^='Message of']").content_frame
    expect(message.get_by_role("heading", name="Hello")).to_be_visible()
    message.get_by_text("Go").click()
    expect(message.get_by_text("there")).to_be_visible()
    # Its width is chosen without a script.
    frame = page.locator("iframe[title^='Message of']")
    page.get_by_text("iPhone 5 320").click()
    assert frame.bounding_box()["width"] == pytest.approx(320, abs=2)  # type: ignore[index]
    expect(page.get_by_role("rowheader").filter(has_text="https://evil.example/go")).to_be_visible()
