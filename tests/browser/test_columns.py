"""Columns by hand: widths, order, and heads of metrics that the data has lost, in JupyterLab."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Desk, Grid, until
from tests.browser.notebook import Notebook

TABLE = """
project = dr.Project("Mails", data)
panel = project.panel("Mails")
columns = ["Sent", "Opens", "People", "Open rate", "Revenue"]
panel.table(rows="City", columns=columns).break_down("Paris", by="Device")
project
"""
BROKEN = """
old = dr.Dataset(mails, time="ts", name="mails")
project = dr.Project("Quarter review", old)
project.panel("Overview").table(rows="City", columns=["Records", "Sum of euros"], title="Cities")
project.save("mended", overwrite=True)
project = dr.open("mended", data=dr.Dataset(mails.drop(columns="euros"), time="ts", name="mails"))
project
"""
WIDTH = "panel.tables[0]._document.columns[0].width"


def width(grid: Grid, column: str) -> float:
    box = grid.head(column).bounding_box()
    assert box is not None
    return box["width"]


def drag_edge(desk: Desk, grid: Grid, column: str, by: float) -> None:
    box = grid.head(column).locator(".ag-header-cell-resize").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x + by, y, steps=4)
    desk.page.mouse.up()


def test_widths_and_order(notebook: Notebook) -> None:
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    desk = notebook.show(f"{data.DATA}{TABLE}")
    grid = desk.table()
    # Five columns and a breakdown are in view without scrolling.
    scrolls = "(node) => node.scrollWidth > node.clientWidth + 1"
    assert not grid.root.locator(".ag-center-cols-viewport").evaluate(scrolls)

    before = width(grid, "Sent")
    drag_edge(desk, grid, "Sent", 40)
    until(lambda: round(width(grid, "Sent") - before), 40)
    until(lambda: notebook.python(f"str({WIDTH})"), str(round(before + 40)))
    grid.head("Sent").focus()
    desk.press("Shift+ArrowRight", "Shift+ArrowRight")
    until(lambda: notebook.python(f"str({WIDTH})"), str(round(before + 72)))
    # Keys in a row are one step.
    desk.undo()
    until(lambda: round(width(grid, "Sent") - before), 40)
    grid.head("Sent").locator(".ag-header-cell-resize").dblclick()
    until(lambda: notebook.python(f"str({WIDTH})"), "None")
    until(lambda: round(width(grid, "Sent") - before), 0)

    grid.head("Sent").focus()
    desk.press("Control+ArrowRight")
    grid.has_heads("Opens", "Sent", "People", "Open rate", "Revenue")
    expect(grid.head("Sent")).to_be_focused()
    desk.press("Control+ArrowLeft")
    grid.has_heads("Sent", "Opens", "People", "Open rate", "Revenue")
    desk.drag_head(grid, "Revenue", "Move Revenue before Sent")
    grid.has_heads("Revenue", "Sent", "Opens", "People", "Open rate")


def test_a_metric_that_is_gone_is_replaced_on_its_head(notebook: Notebook) -> None:
    desk = notebook.show(f"{data.DATA}{BROKEN}")
    grid = desk.table("Cities")
    expect(desk.root.get_by_role("alert")).to_contain_text("does not have “Sum of euros” any more")
    grid.has_heads("Records", "Sum of euros")
    expect(grid.head("Sum of euros")).to_contain_text("Not in the data")
    desk.drop("Average age", onto="Replace Sum of euros with Average age")
    grid.has_heads("Records", "Average age")
    expect(desk.root.get_by_role("alert")).to_have_count(0)
    desk.undo()
    grid.act("Remove Sum of euros", within=grid.head("Sum of euros"))
    until(grid.totals, [f"{len(data.mails()):,}"])
    expect(desk.button(re.compile("^Undo"))).to_be_enabled()
