"""How soon pages and files are there: ``python -m tests.benchmarks.pages [--rounds 3]``, by hand.

Over a folder of a million events, Delivery summary is published and visited with Chromium, beside stock Voilà
with a notebook of one slider, in turns. *Cold*: a browser that was never there, *warm*: its second visit.
Before each visit the kernels that wait for readers are ready; *new kernel*: none waits. It takes minutes,
tells every figure as it is taken, and prints a table for docs/performance.md: medians.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection

import nbformat.v4
import psutil
from playwright.sync_api import Browser, BrowserContext, sync_playwright

import dynreports as dr
from dynreports.campaign.demo_data import write
from dynreports.project.storage import Storage
from dynreports.publish.config import Config, Pages
from dynreports.publish.folder import Folder, prepare
from dynreports.publish.servers import HOST, Server, free_port, lab, pages
from dynreports.publish.warm_kernels import REFILL_SECONDS
from dynreports.workspace.home import Home
from tests.browser.conftest import write_notebook
from tests.browser.notebook import Notebook
from tests.browser.servers import CHROMIUM, LAB_OPTIONS, started

PATIENCE = 60_000.0
REST_SECONDS = 20.0
SLIDER = "import ipywidgets\nipywidgets.IntSlider(description='here')"
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime
  - performance.getEntriesByType("navigation")[0].responseStart"""
FILES = """
import sys, time, json
import dynreports as dr
from dynreports.project import tree
from dynreports.views import paper, snapshot
project = dr.open("quarter")
for _, table in tree.tables(project._session.project):
    project._session.result(table.id)
found = []
for make in (paper.pdf, paper.pdf, snapshot.document):
    wall, cpu = time.perf_counter(), time.process_time()
    size = len(make(project._session))
    found.append((time.perf_counter() - wall, time.process_time() - cpu, size))
print(json.dumps([found, len(project.data.frame)]))
"""

Times = dict[str, list[float]]


def main(rounds: int) -> None:
    """Measure everything, and print it."""
    times: Times = {}
    with tempfile.TemporaryDirectory() as root:
        folder = prepare(root, notebooks=False)
        # About a million events, as in the goals.
        write(folder.campaign, recipients=32_000, deliveries=60, days=120)
        os.environ["DYNREPORTS_REPORTS"] = str(folder.reports)
        project = dr.template("delivery-summary", dr.campaign.load(folder.campaign))
        project.save("quarter")
        project.publish(period=True)
        try:
            _files(folder, times)
            _listing(folder, times)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(**CHROMIUM)
                _visits(browser, folder, times, rounds)
                _home(browser, folder, times, rounds)
                browser.close()
        finally:
            # What was measured before something failed is not lost.
            _tell(times, rounds)


def _tell(times: Times, rounds: int) -> None:
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {rounds} rounds\n")
    print("| | median | goal |\n|---|---:|---:|")
    for what, found in times.items():
        label, _, goal = what.partition("|")
        print(f"| {label} | {_shown(statistics.median(found))} | {goal} |", flush=True)


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _note(times: Times, what: str, seconds: float) -> None:
    times.setdefault(what, []).append(seconds)
    print(f"{what.partition('|')[0]}: {_shown(seconds)} (load {os.getloadavg()[0]:.1f})", flush=True)


def _files(folder: Folder, times: Times) -> None:
    """Make files in a process of their own."""
    told = subprocess.run(
        [sys.executable, "-c", FILES], cwd=folder.root, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    [first, second, html], events = json.loads(told)
    _note(times, "PDF of Delivery summary, the first one of a kernel|3 s", first[0])
    _note(times, "… processor time|", first[1])
    _note(times, "PDF, the next one|3 s", second[0])
    _note(times, f"HTML of Delivery summary ({html[2] / 1e6:.1f} MB)|", html[0])
    print(f"{events:,} events")


def _listing(folder: Folder, times: Times) -> None:
    """List 2,000 reports as the home page does."""
    with tempfile.TemporaryDirectory() as other:
        storage = Storage(other)
        content = Storage(folder.reports).path("quarter").read_bytes()
        for n in range(2_000):
            storage.path(f"report {n}").write_bytes(content)
        home = Home(storage=storage)
        for _ in range(5):
            start = time.perf_counter()
            assert home.answer({"verb": "list"})["ok"]
            _note(times, "2,000 reports listed|300 ms", time.perf_counter() - start)


def _visits(browser: Browser, folder: Folder, times: Times, rounds: int) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SLIDER)])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python"}
    nbformat.write(notebook, folder.pages / "slider.ipynb")
    lone = Config(pages=Pages(spare=0))
    with (
        started(pages(folder, free_port(0)), folder) as ours,
        started(pages(folder, free_port(0), lone), folder) as cold,
        _stock(folder) as stock,
    ):
        for _ in range(rounds):
            with _context(browser) as context:
                for visit in ("cold", "warm"):
                    seconds, _ = _visit(
                        context, f"{stock}/voila/render/slider.ipynb", ".jupyter-widgets", None
                    )
                    _note(times, f"stock Voilà, a slider, {visit}|", seconds)
            with _context(browser) as context:
                for visit, goal in (("cold", "5 s"), ("warm", "2.5 s")):
                    _ready()
                    seconds, painted = _visit(context, _at(ours, "r/quarter"), ".dr-root", "#snapshot")
                    _note(times, f"snapshot painted after the response, {visit}|300 ms", painted)
                    _note(times, f"published page live, {visit}|{goal}", seconds)
            with _context(browser) as context:
                seconds, _ = _visit(context, _at(cold, "r/quarter"), ".dr-root", "#snapshot")
                _note(times, "published page live, cold, new kernel|", seconds)
            with _context(browser) as context:
                _ready()
                seconds, _ = _visit(context, _at(ours, ""), ".dr-rt", None)
                _note(times, "home page of readers, cold|2 s", seconds)


def _home(browser: Browser, folder: Folder, times: Times, rounds: int) -> None:
    """Show the home page in JupyterLab: first in a kernel that has just started, then once more."""
    name = "home-page.ipynb"
    write_notebook(folder, name, "pass")
    with started(lab(folder, free_port(0)), folder, extra=LAB_OPTIONS) as server:
        for _ in range(rounds):
            with _context(browser) as context:
                page = context.new_page()
                page.goto(
                    f"http://{HOST}:{server.port}/lab/workspaces/bench/tree/{name}?token={server.token}"
                )
                notebook = Notebook(page)
                notebook.is_open()
                notebook.run("pass")
                for visit, goal in (("cold", "2 s"), ("warm", "")):
                    start = time.perf_counter()
                    notebook.run("import dynreports as dr\ndr.home()")
                    page.wait_for_selector(".jp-OutputArea .dr-rt")
                    _note(times, f"home page in JupyterLab, {visit}|{goal}", time.perf_counter() - start)
                    notebook.run("pass")
                notebook.command("kernelmenu:shutdown")
                page.close()


@contextmanager
def _context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def _at(server: Server, path: str) -> str:
    return f"http://{HOST}:{server.port}/{path}?token={server.token}"


def _visit(context: BrowserContext, address: str, there: str, gone: str | None) -> tuple[float, float]:
    """Return the seconds until a page can be used, and those from its response to its first picture."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(there)
    if gone is not None:
        page.wait_for_selector(gone, state="detached")
    seconds = time.perf_counter() - start
    painted = page.evaluate(PAINTED) / 1000
    page.close(run_before_unload=True)
    return seconds, painted


def _ready() -> None:
    """Wait until new kernels for the next readers have been started, and all kernels rest."""
    time.sleep(REFILL_SECONDS + 1)
    deadline = time.monotonic() + REST_SECONDS
    before, now = -1.0, _worked()
    while now - before > 0.1 and time.monotonic() < deadline:
        time.sleep(3)
        before, now = now, _worked()


def _worked() -> float:
    """Return the processor time of all kernels."""
    found = 0.0
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if any("ipykernel" in word for word in each.cmdline()):
                times = each.cpu_times()
                found += times.user + times.system
    return found


@contextmanager
def _stock(folder: Folder) -> Iterator[str]:
    """Serve the same notebook by Voilà as it comes."""
    port = free_port(0)
    process = subprocess.Popen(
        [sys.executable, "-m", "voila", str(folder.pages),
         "--no-browser", f"--port={port}", f"--Voila.ip={HOST}"],
        cwd=folder.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            connection = HTTPConnection(HOST, port, timeout=30)
            try:
                connection.request("GET", "/")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    main(arguments.parse_args().rounds)
