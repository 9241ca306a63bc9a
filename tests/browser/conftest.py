"""One JupyterLab, one page server and one Chromium for all browser tests.

A test that ends well leaves its notebook, with its kernel, to the next one: to open another costs seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)

pytest.register_assert_rewrite("tests.browser.desk", "tests.browser.notebook")

from dynreports.publish.folder import Folder, prepare
from dynreports.publish.servers import HOST, Server, free_port, lab, pages
from dynreports.workspace import usage
from tests.browser import data
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook
from tests.browser.servers import CHROMIUM, LAB_OPTIONS, started

WINDOW: ViewportSize = {"width": 1440, "height": 1000}
SLOW_MACHINE = 30_000
expect.set_options(timeout=SLOW_MACHINE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = prepare(tmp_path_factory.mktemp("served"), notebooks=False)
    data.write(folder.root)
    return folder


@pytest.fixture(scope="session")
def lab_server(folder: Folder) -> Iterator[Server]:
    with started(lab(folder, free_port(0)), folder, extra=LAB_OPTIONS) as server:
        yield server


@pytest.fixture(scope="session")
def pages_server(folder: Folder) -> Iterator[Server]:
    with started(pages(folder, free_port(0)), folder) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


class Visit:
    """A person's browser window, with a record of what it asked other hosts for and what broke in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.strangers: list[str] = []
        self.broken: list[str] = []
        self.dialogs: list[str] = []
        context.on("request", self._note_request)
        context.on("weberror", self._note_error)
        context.on("console", self._note_console)
        context.on("dialog", self._note_dialog)
        context.set_default_timeout(SLOW_MACHINE)

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != HOST:
            self.strangers.append(request.url)

    def _note_error(self, error: WebError) -> None:
        stack = error.error.stack or str(error.error)
        # JupyterLab's own, when cells go while it is still drawing them: a busy machine shows it.
        if "_runOnIdleTime" not in stack:
            self.broken.append(stack)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.broken.append(f"{message.text} ({message.location.get('url', '')})")

    def _note_dialog(self, dialog: Dialog) -> None:
        # JupyterLab asks before it is left with changes in a notebook: that one is its own.
        if dialog.type != "beforeunload":
            self.dialogs.append(dialog.message)
        dialog.accept()

    def page(self) -> Page:
        return self.context.new_page()

    def check(self) -> None:
        """Nothing left the machine, nothing broke, nothing asked."""
        noted = (self.strangers, self.broken, self.dialogs)
        self.strangers, self.broken, self.dialogs = [], [], []
        assert noted == ([], [], [])


def visit_of(chromium: Browser) -> Visit:
    return Visit(chromium.new_context(viewport=WINDOW, color_scheme="light"))


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A window of the test's own."""
    visit = visit_of(chromium)
    yield visit
    visit.context.close()
    visit.check()


class Kept:
    """The window and notebook that tests share, until one of them fails."""

    def __init__(self, open_new: Callable[[], tuple[Visit, Notebook]]) -> None:
        self._open_new = open_new
        self._open: tuple[Visit, Notebook] | None = None

    def get(self) -> tuple[Visit, Notebook]:
        if self._open is None:
            self._open = self._open_new()
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self._open[0].context.close()
            self._open = None


@pytest.fixture(scope="session")
def kept(chromium: Browser, lab_server: Server, folder: Folder) -> Iterator[Kept]:
    def open_new() -> tuple[Visit, Notebook]:
        visit = visit_of(chromium)
        notebook = open_notebook(visit, lab_server, write_notebook(folder, "shared.ipynb"))
        notebook.run(data.DATA)
        # Seen on a busy machine: a kernel that has just started forgets its first cell.
        if not notebook.python("'data' in globals()"):
            notebook.run(data.DATA)
        return visit, notebook

    kept = Kept(open_new)
    yield kept
    kept.close()


@pytest.fixture
def notebook(kept: Kept, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A notebook in JupyterLab in which the dataset ``data`` is there; nothing was used yet."""
    usage.path().unlink(missing_ok=True)
    visit, notebook = kept.get()
    # Another test may have left it in a smaller window.
    notebook.page.set_viewport_size(WINDOW)
    yield notebook
    if request.node.stash.get(FAILED, False):
        kept.close()
    else:
        notebook.clear()
    visit.check()


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    """A new workspace with an empty table."""
    return notebook.show("project = dr.explore(data)\nproject")


def write_notebook(folder: Folder, name: str, *cells: str) -> str:
    """Write a notebook of code cells into the folder that JupyterLab serves."""
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {
                "cell_type": "code",
                "id": f"c{n}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": cell,
            }
            for n, cell in enumerate(cells)
        ],
    }
    (folder.root / name).write_text(json.dumps(notebook))
    return name


def open_notebook(visit: Visit, server: Server, name: str) -> Notebook:
    """Open a notebook in JupyterLab, alone in its own workspace."""
    page = visit.page()
    space = name.replace(".", "-")
    page.goto(f"http://{HOST}:{server.port}/lab/workspaces/{space}/tree/{name}?token={server.token}")
    notebook = Notebook(page)
    notebook.is_open()
    if page.locator("#jp-left-stack").is_visible():
        notebook.command("application:toggle-left-area")
    return notebook


def in_reports(folder: Folder, code: str) -> dict[str, Any]:
    """Run Python beside the data, such as to save a report, and return its variables."""
    variables: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.root)
        patch.setenv("DYNREPORTS_REPORTS", str(folder.reports))
        exec(code, variables)
    return variables


def page_address(server: Server, report: str | None) -> str:
    path = "/" if report is None else f"/r/{quote(report, safe='')}"
    return f"http://{HOST}:{server.port}{path}?token={server.token}"


def open_page(visit: Visit, server: Server, report: str) -> Desk:
    """Open a published report as a reader does, and wait for its figures."""
    page = visit.page()
    page.goto(page_address(server, report))
    desk = Desk(page, page.locator(".dr-root"))
    desk.is_ready()
    return desk
