"""Figures that take long: heads at once, a way out, and gestures that go on meanwhile, in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Grid, until
from tests.browser.notebook import Notebook

MAILS = data.mails()

# Sums of euros take until the test lets them through, as they would over very many records. Whoever no longer
# wants them stops, as in any pass: the button to cancel comes after a second, so nothing may end by itself.
GATED = """
import threading, time
from dynreports.engine.frames import FrameEngine
from dynreports.engine.turns import checkpoint
from dynreports.workspace import drawing

gate, plain, large = threading.Event(), FrameEngine.answer, drawing.LARGE

def gated(engine, query):
    while any(each.field == "euros" for each in query.measures) and not gate.is_set():
        checkpoint()
        time.sleep(0.01)
    return plain(engine, query)

drawing.LARGE, FrameEngine.answer = 0, gated
"""
TABLE = """
project = dr.Project("Mails", data)
project.panel("P").table(rows="City", columns=["Sent"])
project
"""
FREE = "gate.set()"
UNDONE = "[setattr(FrameEngine, 'answer', plain), setattr(drawing, 'LARGE', large)]"


def rows(*metrics: str, frame: pd.DataFrame = MAILS) -> list[tuple[str, ...]]:
    return data.rows(frame, "city", list(metrics))


def cancel(grid: Grid) -> None:
    """Cancel, once what is known is there: until then the table still changes its height."""
    expect(grid.desk.root.get_by_text("Counting… 1 of 2 steps are done")).to_be_visible()
    grid.desk.button("Cancel").click()
    expect(grid.root).to_have_attribute("data-status", "stopped")


def test_counting_that_takes_long_is_shown_cancelled_and_taken_up_again(notebook: Notebook) -> None:
    desk = notebook.show(TABLE)
    grid = desk.table()
    grid.has_rows(rows("Sent"))
    # Not in a cell: cells may be run once more where the kernel was not there yet, and this is done once.
    notebook.python(f"exec({GATED!r})")
    try:
        desk.drop("Revenue", onto="Add Revenue after Sent")
        # The head stands at once over empty cells, what is known beside it.
        grid.has_heads("Sent", "Revenue")
        expect(grid.root).to_have_attribute("data-status", "loading")
        until(lambda: [row[:2] for row in grid.rows()], rows("Sent"))
        assert grid.root.locator(".dr-pending").count() > 0
        expect(desk.root.get_by_role("progressbar", name="Counting")).to_be_visible()
        cancel(grid)
        desk.says("Stopped counting.")
        until(lambda: [row[:2] for row in grid.rows()], rows("Sent"))

        # The next gesture does not wait for what nobody wants any more: figures that are quick are there.
        desk.drop("Opens", onto="Replace Revenue with Opens")
        grid.has_heads("Sent", "Opens")
        grid.has_rows(rows("Sent", "Opens"))
        expect(grid.root).to_have_attribute("data-status", "ready")
        # Taken back, Revenue is counted again, and cancelled; the gesture itself can be taken back there.
        desk.undo()
        cancel(grid)
        desk.button("Undo last change").click()
        grid.has_heads("Sent")
        grid.has_rows(rows("Sent"))
        desk.redo()
        cancel(grid)
        desk.button("Count them").click()
        expect(grid.root).to_have_attribute("data-status", "loading")
        notebook.python(FREE)
        grid.has_rows(rows("Sent", "Revenue"))
        expect(grid.root).to_have_attribute("data-status", "ready")
    finally:
        notebook.python(FREE)
        notebook.python(UNDONE)


# Python answers nothing until there is a file.
HELD = """
import pathlib, threading, time
held = threading.Event()
def hold():
    with project._session.lock:
        held.set()
        while not pathlib.Path({free!r}).exists():
            time.sleep(0.01)
threading.Thread(target=hold, daemon=True).start()
held.wait(30)
"""
FULL = "__import__('dynreports.project.dropping').project.dropping.__dict__.update(MOST_COLUMNS={most})"


def test_heads_stand_before_python_has_answered_and_go_where_it_refuses(
    notebook: Notebook, tmp_path: Path
) -> None:
    desk = notebook.show(TABLE)
    grid = desk.table()
    grid.has_rows(rows("Sent"))
    notebook.python(f"exec({HELD.format(free=str(tmp_path / 'free'))!r}, globals())")
    try:
        desk.drop("Revenue", onto="Add Revenue before Sent")
        # No figure that is there is taken for one of the new column.
        grid.has_heads("Revenue", "Sent")
        until(lambda: [(row[0], row[-1]) for row in grid.rows()], rows("Sent"))
        assert grid.root.locator(".dr-pending").count() > 0
    finally:
        (tmp_path / "free").touch()
    grid.has_rows(rows("Revenue", "Sent"))
    notebook.python(FULL.format(most=2))
    try:
        desk.drop("Opens", onto="Add Opens after Sent")
        desk.refuses("A table can have at most 2 columns.")
        grid.has_heads("Revenue", "Sent")
        grid.has_rows(rows("Revenue", "Sent"))
    finally:
        notebook.python(FULL.format(most=200))
