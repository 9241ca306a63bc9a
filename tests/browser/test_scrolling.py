"""A table that is longer and wider than its frame: what is drawn of it, and what the pointer marks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook

ROWS, COLUMNS = 120, 14
CELLS = ROWS * (COLUMNS + 1)
LONG = f"""
import numpy as np, pandas as pd
frame = pd.DataFrame({{"place": [f"Place {{n}}" for n in range({ROWS})]}})
for at in range({COLUMNS}):
    frame[f"value {{at}}"] = np.random.default_rng(at).permutation({ROWS}) + 1_000 * at
wide = dr.Dataset(frame, infer=False, dimensions=["place"],
    metrics=[dr.sum(f"value {{at}}", label=f"Value {{at}}") for at in range({COLUMNS})])
project = dr.Project("Long", wide)
table = project.panel("Long").table(rows="place", columns=[f"Value {{at}}" for at in range({COLUMNS})], limit={ROWS})
project"""

UNDER = """() => {
  const { x, y, width, height } = document.querySelector(".ag-body-viewport").getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2).closest(".ag-row")?.getAttribute("row-id");
}"""

# Whether a figure stands in the middle of the rows; and how many frames show none.
SHOWN = """() => {
  const { x, y, width, height } = document.querySelector(".ag-body-viewport").getBoundingClientRect();
  return document.elementFromPoint(x + (3 * width) / 4, y + height / 2).closest(".ag-cell") !== null;
}"""
WATCH = f"""() => {{
  window.__blank = 0;
  const look = () => {{
    if (!document.querySelector(".ag-body-viewport")) return;
    window.__blank += !({SHOWN})();
    requestAnimationFrame(look);
  }};
  look();
}}"""


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    return notebook.show(LONG)


def cells(desk: Desk) -> Locator:
    return desk.table().root.locator(".ag-body-viewport .ag-cell")


def point(desk: Desk) -> None:
    """Point at the middle of the rows."""
    desk.table().root.locator(".ag-body-viewport").hover()


def test_all_of_a_table_is_drawn_while_the_pointer_is_over_it(desk: Desk) -> None:
    """Then browsers scroll it alone; and other rows are right at once."""
    assert cells(desk).count() < CELLS / 2
    point(desk)
    expect(cells(desk)).to_have_count(CELLS)
    desk.table().head("Value 3").locator(".dr-head-label").click()
    expect(desk.button("Undo: sort by Value 3, descending")).to_be_enabled()
    first = desk.table().root.locator('.ag-center-cols-container .ag-row[row-index="0"] .ag-cell').nth(3)
    expect(first).to_contain_text(f"{3_000 + ROWS - 1:,}")
    expect(cells(desk)).to_have_count(CELLS)
    desk.page.mouse.move(2, 2)
    until(lambda: cells(desk).count() < CELLS / 2, True)


def test_what_is_in_view_stays_there_while_the_rest_is_drawn(desk: Desk) -> None:
    """Also where somebody has scrolled to the last column."""
    columns = desk.table().root.locator(".ag-center-cols-viewport")
    columns.evaluate("(box) => box.scrollTo(box.scrollWidth, 0)")
    desk.page.wait_for_function(SHOWN)
    desk.page.evaluate(WATCH)
    point(desk)
    expect(cells(desk)).to_have_count(CELLS)
    assert desk.page.evaluate("window.__blank") == 0


def test_the_row_that_comes_to_rest_under_the_pointer_is_marked(desk: Desk) -> None:
    """In all parts of the grid; those that pass are not."""
    root = desk.table().root
    under_label = root.locator(".ag-pinned-left-cols-container .ag-row-hover")
    under_figures = root.locator(".ag-center-cols-container .ag-row-hover")

    def rows() -> list[str | None]:
        return [each.get_attribute("row-id") for part in (under_label, under_figures) for each in part.all()]

    point(desk)
    expect(under_figures).to_have_count(1)
    expect(under_label).to_have_count(1)
    before = rows()
    for _ in range(10):
        desk.page.mouse.wheel(0, 120)
    until(lambda: rows() != before and rows() == [desk.page.evaluate(UNDER)] * 2, True)


def test_what_scrolls_lets_nothing_shine_through(desk: Desk) -> None:
    """Or else browsers paint it again in each step."""
    boxes = desk.table().root.locator(".ag-body-viewport, .ag-center-cols-viewport")
    for box in boxes.all():
        colour = box.evaluate("(box) => getComputedStyle(box).backgroundColor")
        assert colour.startswith("rgb("), colour
    # The scroll bar lies over the last row.
    bar = desk.table().root.locator(".ag-body-horizontal-scroll-viewport")
    expect(bar).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_figures_are_cut_off_where_a_column_is_narrower_than_they_are(notebook: Notebook, desk: Desk) -> None:
    grid = desk.table().root.locator(".dr-grid")
    cell = cells(desk).nth(COLUMNS)
    overflow = "(cell) => getComputedStyle(cell).overflowX"
    assert cell.evaluate(overflow) == "visible"
    notebook.python("table.column('Value 2').width(56) and None")
    expect(grid).to_contain_class("dr-tight")
    assert cell.evaluate(overflow) == "hidden"
