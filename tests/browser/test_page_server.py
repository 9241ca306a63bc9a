"""Pages as the server frames them: scrolling, colours, failing, closing. Reports are tested elsewhere."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection

import nbformat.v4
import pytest
from playwright.sync_api import Browser, Page, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import HOST, Server
from tests.browser.conftest import Visit


def write(folder: Folder, name: str, *sources: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python"}
    nbformat.write(notebook, folder.pages / f"{name}.ipynb")


def address(server: Server, name: str) -> str:
    return f"http://{HOST}:{server.port}/voila/render/{name}.ipynb?token={server.token}"


def test_long_page_scrolls_and_the_bones_go(visit: Visit, pages_server: Server, folder: Folder) -> None:
    write(
        folder,
        "long",
        "import ipywidgets\nipywidgets.VBox([ipywidgets.Label(f'row {i}') for i in range(99)])",
    )
    page = visit.page()
    page.goto(address(pages_server, "long"))
    expect(page.get_by_text("row 0", exact=True)).to_be_visible()
    expect(page.locator("#loading")).to_have_count(0)
    page.mouse.move(200, 200)
    page.mouse.wheel(0, 100_000)
    expect(page.get_by_text("row 98", exact=True)).to_be_in_viewport()
    assert not visit.strangers


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_follows_the_readers_system(chromium: Browser, pages_server: Server, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"http://{HOST}:{pages_server.port}/voila/tree?token={pages_server.token}")
    assert page.locator("body").get_attribute("data-jp-theme-light") == str(scheme == "light").lower()
    red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number)")[0]
    assert (red > 0.5) if red <= 1 else ((red > 128) == (scheme == "light"))
    context.close()


def test_failing_page_keeps_what_worked_and_says_what_to_do(
    visit: Visit, pages_server: Server, folder: Folder
) -> None:
    write(folder, "failing", "import ipywidgets\nipywidgets.Label('before')", "1 / 0", "print('after')")
    page = visit.page()
    page.goto(address(pages_server, "failing"))
    expect(page.get_by_role("alert")).to_contain_text("This report could not be computed")
    expect(page.get_by_text("before")).to_be_visible()
    expect(page.get_by_text("after")).to_have_count(0)
    expect(page.get_by_role("button", name="Reload")).to_be_visible()


def test_a_notebook_that_shows_nothing_says_so(visit: Visit, pages_server: Server, folder: Folder) -> None:
    """As one that was not saved since its cells were written: its reports open in a tab of their own."""
    for name, sources in {"empty": [""], "silent": ["import ipywidgets", "shown = 1"]}.items():
        write(folder, name, *sources)
        page = visit.page()
        page.goto(address(pages_server, name))
        expect(page.get_by_role("alert")).to_contain_text("This notebook shows nothing")
        expect(page.get_by_role("alert")).to_contain_text("save it in JupyterLab")
        expect(page.get_by_role("button", name="Reload")).to_be_visible()
        expect(page.locator("#loading")).to_have_count(0)


def test_closing_a_page_ends_its_kernel(visit: Visit, pages_server: Server, folder: Folder) -> None:
    write(folder, "closing", "import ipywidgets\nipywidgets.Label('here')")
    page = visit.page()
    page.goto(address(pages_server, "closing"))
    expect(page.get_by_text("here")).to_be_visible()
    kernel = json.loads(page.locator("#jupyter-config-data").text_content() or "")["kernelId"]
    ends_with(page, kernel, pages_server)

    # Our own pages learn their kernel late.
    page = visit.page()
    page.goto(f"http://{HOST}:{pages_server.port}/?token={pages_server.token}")
    expect(page.locator(".dr-root")).to_be_visible()
    ends_with(page, page.locator("body").get_attribute("data-kernel-id") or "", pages_server)


def ends_with(page: Page, kernel: str, server: Server) -> None:
    assert status(server, kernel) == 200
    page.close(run_before_unload=True)
    deadline = time.monotonic() + 20
    while status(server, kernel) == 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert status(server, kernel) == 404


def status(server: Server, kernel: str) -> int:
    connection = HTTPConnection(HOST, server.port, timeout=10)
    connection.request("GET", f"/api/kernels/{kernel}", headers={"Authorization": f"token {server.token}"})
    return connection.getresponse().status
