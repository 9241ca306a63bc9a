"""What the workspace costs on the screen, in JupyterLab and Chromium: measured by hand, on a quiet machine.

``python -m tests.benchmarks.screen [ROWS ...]`` (1,000,000 without any): a drop into a table of ten columns,
50 rows and one open breakdown until it is drawn, with the figures on the screen known and with every figure
forgotten; a workspace of ten panels with four tables each until those in sight stand there, and until all do;
frames that are dropped while 400 rows of 20 columns scroll, beside a plain ipyaggrid of the same figures; and
the heap after 500 gestures.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, expect, sync_playwright

from dynreports.publish.folder import prepare
from dynreports.publish.servers import free_port, lab
from tests.browser import data
from tests.browser.conftest import Visit, open_notebook, write_notebook
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook
from tests.browser.servers import CHROMIUM, LAB_OPTIONS, started
from tests.browser.watch import WATCH

WARM_UP, ROUNDS = 4, 9
GESTURES = 500
# Browsers go on compiling what runs again, some kB with each gesture: that would hide what is left behind.
NOT_COMPILED = "--js-flags=--jitless"
FRAMES = ["-*", "devtools.timeline", "disabled-by-default-devtools.timeline.frame", "toplevel"]
BIG = """
import dynreports as dr
from dynreports.engine.frames import engine_for
from tests.benchmarks.gestures import dataset
big = dataset({rows})
labels = [each.label for each in big.catalog.metrics]
# The tenth is the largest of the distinct counts, which no other figure knows.
nine, tenth = [*labels[:4], *labels[5:10]], labels[4]
"""
TEN = """
project = dr.Project("Ten", big)
table = project.panel("Ten").table(rows="delivery", columns=nine, limit=50)
table.break_down("Delivery 7", by="city")
project"""
FORTY = """
engine_for(big).clear_results()
project = dr.Project("Forty", big)
for number in range(10):
    panel = project.panel(f"Panel {number}", period=None)
    for at in range(4):
        panel.table(rows="delivery" if at % 2 else "city", columns=labels[at : at + 2], limit=10)
project"""
WIDE = """
import numpy as np, pandas as pd, dynreports as dr
random = np.random.default_rng(1)
frame = pd.DataFrame({"place": [f"Place {n}" for n in range(400)] * 25})
for n in range(20):
    frame[f"value {n}"] = random.integers(0, 1000, len(frame))
wide = dr.Dataset(frame, infer=False, dimensions=["place"],
    metrics=[dr.sum(f"value {n}", label=f"Value {n}") for n in range(20)])
project = dr.Project("Wide", wide)
project.panel("Wide").table(rows="place", columns=[f"Value {n}" for n in range(20)], limit=400)
project"""
# The same figures in a plain grid.
STOCK = """
import ipyaggrid
plain = frame.groupby("place", as_index=False).sum()
options = {"columnDefs": [{"field": each} for each in plain]}
ipyaggrid.Grid(grid_data=plain, grid_options=options, height=600)"""
SMALL = """
project = dr.Project("Small", data)
project.panel("Mails", period=None).table(rows="City", columns=["Sent", "People"])
project"""
FORGET = "[project._session.results.clear(), engine_for(big).clear_results()] and None"
# What the table showed before the gesture is known, as it is when people work; the new column is not.
KNOW = "project._session.result(table._id) and None"
# All tables that a person sees have all their figures, and have been painted.
SEEN = """() => {
  const isSeen = (box) => box.bottom > 0 && box.top < innerHeight;
  const tables = [...document.querySelectorAll("[data-dr-table]")];
  const seen = tables.filter((each) => isSeen(each.getBoundingClientRect()));
  return seen.length > 0
    && seen.every((each) => each.dataset.status === "ready" && !each.querySelector(".dr-pending"));
}"""


def say(words: str) -> None:
    print(f"{words}  [load {os.getloadavg()[0]:.1f}]", flush=True)


@contextmanager
def notebooks(*flags: str) -> Iterator[Any]:
    """JupyterLab and a browser with these flags; gives what opens a new notebook in a window of its own."""
    with tempfile.TemporaryDirectory() as root:
        folder = prepare(root, notebooks=False)
        data.write(folder.root)
        with (
            started(lab(folder, free_port(0)), folder, extra=LAB_OPTIONS) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(**{**CHROMIUM, "args": [*CHROMIUM["args"], *flags]})

            def fresh(name: str) -> Notebook:
                visit = Visit(browser.new_context(viewport={"width": 1440, "height": 1000}))
                return open_notebook(visit, server, write_notebook(folder, f"{name}.ipynb"))

            yield browser, fresh
            browser.close()


def redraw(notebook: Notebook, rows: int) -> None:
    """A drop of the tenth column: beside nine that are known, and with every figure forgotten before."""
    desk = notebook.show(BIG.format(rows=rows), TEN)
    label, before = notebook.python("[tenth, nine[0]]")
    desk.look_for(label)
    for known in (True, False):
        took = []
        for _ in range(WARM_UP + ROUNDS):
            notebook.python(FORGET)
            if known:
                notebook.python(KNOW)
            desk.page.wait_for_timeout(500)
            with desk.dragging(label):
                desk.point(f"Add {label} after {before}")
                desk.page.evaluate(WATCH, label)
                desk.page.mouse.up()
            desk.page.wait_for_timeout(1_000)
            took.append(desk.page.evaluate("window.__took"))
            desk.undo()
            expect(desk.table().head(label)).to_have_count(0)
        took = took[WARM_UP:]
        say(
            f"{rows:,} records, 10 columns, 50 rows, a breakdown, {'nine known' if known else 'none known'}: "
            f"{statistics.median(took):.0f} ms ({min(took):.0f} to {max(took):.0f})"
        )


def opening(notebook: Notebook, rows: int) -> None:
    """From running the cell to the last figure in sight, and to the last of forty tables."""
    seen, every, cost = [], [], []
    session = notebook.page.context.new_cdp_session(notebook.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for _ in range(3):
        notebook.clear()
        notebook.run(BIG.format(rows=rows))
        before, start = busy(session), time.perf_counter()
        notebook.run(FORTY)
        [desk] = notebook.desks(1)
        notebook.page.wait_for_function(SEEN, polling=20)
        seen.append(time.perf_counter() - start)
        expect(desk.root.locator('[data-dr-table][data-status="ready"]')).to_have_count(40, timeout=120_000)
        every.append(time.perf_counter() - start)
        cost.append(busy(session) - before)
    median = statistics.median
    say(
        f"{rows:,} records, 10 panels of 4 tables: {median(seen):.2f} s until those in sight stand there "
        f"(at most {max(seen):.2f} s of 3), {median(every):.1f} s until all do; "
        f"{median(cost):.1f} s of processor time in the page"
    )


def busy(session: CDPSession) -> float:
    """Return the processor time of the page's main thread so far, in seconds."""
    found = session.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in found if each["name"] == "TaskDuration")


def scrolling(notebook: Notebook, browser: Any) -> None:
    """Frames while the table scrolls from end to end, at once and drawn ahead, and while a plain one does."""
    desk = notebook.show(WIDE)
    table = desk.table().root
    _scroll(desk.page, browser, table, "400 rows x 20 columns")
    desk.page.mouse.move(2, 2)
    _to_the_top(table)
    table.hover()
    start = time.perf_counter()
    expect(table.locator(".ag-body-viewport .ag-cell")).to_have_count(400 * 21, timeout=60_000)
    say(f"drawn ahead in {time.perf_counter() - start:.1f} s")
    _scroll(desk.page, browser, table, "400 rows x 20 columns, drawn ahead")
    notebook.run(STOCK)
    grid = desk.page.locator(".jp-OutputArea .ag-root-wrapper:not(.dr-root *)")
    expect(grid.locator(".ag-center-cols-container .ag-row").first).to_be_visible()
    _scroll(desk.page, browser, grid, "the same in a plain ipyaggrid")


def _to_the_top(grid: Locator) -> None:
    for box in grid.locator(".ag-body-viewport, .ag-center-cols-viewport").all():
        box.evaluate("(box) => box.scrollTo(0, 0)")
    grid.page.wait_for_timeout(3_000)


def _scroll(page: Page, browser: Any, grid: Locator, what: str) -> None:
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 300)
    for _ in range(5):  # what is compiled once
        page.mouse.wheel(0, 120)
    page.wait_for_timeout(1_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        browser.start_tracing(page=page, path=str(path), categories=FRAMES)
        for _ in range(80):
            page.mouse.wheel(0, 120)
            page.wait_for_timeout(16)
        for _ in range(40):
            page.mouse.wheel(60, 0)
            page.wait_for_timeout(16)
        browser.stop_tracing()
        events = json.loads(path.read_text())["traceEvents"]
    mains = {
        (each["pid"], each["tid"])
        for each in events
        if each.get("name") == "thread_name" and each["args"].get("name") == "CrRendererMain"
    }
    names = [each.get("name") for each in events]
    # What the browser moves by itself it has moved in a frame that the page was late for.
    late = [each["args"]["hasPartialUpdate"] for each in events if each.get("name") == "DroppedFrame"]
    tasks = [
        each
        for each in events
        if each.get("name", "").endswith("RunTask") and (each["pid"], each["tid"]) in mains
    ]
    long = [each["dur"] / 1000 for each in tasks if each.get("dur", 0) > 50_000]
    worked = [each.get("tdur", 0) / 1000 for each in tasks]
    say(
        f"{what} scrolled: {names.count('DrawFrame')} frames drawn, {len(late)} dropped, "
        f"{sum(late)} of them moved all the same; "
        f"{len(long)} tasks over 50 ms (longest {max(long, default=0):.0f} ms); "
        f"of processor time: {sum(each > 50 for each in worked)} (longest {max(worked, default=0):.0f} ms), "
        f"{sum(worked) / 1000:.1f} s in all"
    )


def heap(notebook: Notebook) -> None:
    """What is left in the page after gestures: a column comes by the menu and goes, the table is sorted."""
    desk = notebook.show(data.DATA, SMALL)
    session = desk.page.context.new_cdp_session(desk.page)
    left: list[tuple[int, float, int]] = []
    done = 0
    while done <= GESTURES:
        if done % 100 == 0:
            left.append((done, *used(session)))
        cycle(desk)
        done += 5
    for count, size, nodes in left:
        say(f"after {count} gestures: heap {size:.1f} MB, {nodes:,} nodes")


def cycle(desk: Desk) -> None:
    """Five gestures that leave the report as it was."""
    table = desk.table()
    desk.component("Opens").focus()
    desk.press("Shift+F10")
    desk.page.keyboard.type("after people")
    desk.press("ArrowDown", "Enter")
    table.has_heads("Sent", "People", "Opens")
    table.head("People").locator(".dr-head-label").click()
    expect(desk.button("Undo: sort by People, descending")).to_be_enabled()
    desk.undo()
    expect(desk.button("Redo: sort by People, descending")).to_be_enabled()
    desk.undo()
    table.has_heads("Sent", "People")
    table.select("Paris")


def used(session: CDPSession) -> tuple[float, int]:
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    size = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    return size, session.send("Memory.getDOMCounters")["nodes"]


def main(sizes: list[int]) -> None:
    with notebooks(NOT_COMPILED) as (_, fresh):
        heap(fresh("heap"))
    with notebooks() as (browser, fresh):
        scrolling(fresh("scroll"), browser)
        for rows in sizes:
            notebook = fresh(f"rows-{rows}")
            redraw(notebook, rows)
            opening(notebook, rows)


if __name__ == "__main__":
    main([int(each.replace("_", "")) for each in sys.argv[1:]] or [1_000_000])
