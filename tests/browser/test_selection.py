"""Rows, cells, columns and totals are selected by mouse and keyboard, and Ctrl+C copies."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser import data
from tests.browser.desk import Grid, until
from tests.browser.notebook import Notebook

MAILS = data.mails()
REPORT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period=None)
table = panel.table(rows="City", columns=["Sent", "Opens", "People"])
project"""
CHOSEN = """(lambda found: None if found is None else [list(found.rows), list(found.columns), found.total])(
    project._session.selections.of(project._session.project.panels[0].items[0]))"""


def cell(grid: Grid, row: str, column: str) -> Locator:
    """A figure of the table, by the names of its row and column."""
    at = grid.head(column).get_attribute("col-id")
    if row == "Total":
        return grid.root.locator(f'.ag-floating-top .ag-cell[col-id="{at}"]')
    index = [each["label"] for each in grid.read()["rows"]].index(row)
    return grid.root.locator(
        f'.ag-center-cols-container .ag-row[row-index="{index}"] .ag-cell[col-id="{at}"]'
    )


def test_what_is_selected_and_copied(notebook: Notebook) -> None:
    desk = notebook.show(REPORT)
    grid = desk.table()
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    columns = notebook.python("[each.id for each in project._session.project.panels[0].items[0].columns]")
    sent, opens, people = columns

    def chosen(*wanted: Any) -> None:
        until(lambda: notebook.python(CHOSEN), list(wanted) if wanted else None)

    def copied(text: str) -> None:
        desk.press("Control+c")
        until(lambda: desk.page.evaluate("navigator.clipboard.readText().catch(() => null)"), text)

    rows = data.rows(MAILS, "city", ["Sent", "Opens", "People"])
    # Cells: Shift from the first to the last, Ctrl one more column; what is copied is what stands there.
    cell(grid, "Paris", "Sent").click()
    chosen(["Paris"], [sent], False)
    copied(rows[0][1])
    last = rows[2][0]
    cell(grid, last, "Opens").click(modifiers=["Shift"])
    chosen([each[0] for each in rows[:3]], [sent, opens], False)
    copied("\n".join(["\tSent\tOpens", *("\t".join(each[:3]) for each in rows[:3])]))
    light = "(node) => getComputedStyle(node).backgroundColor"
    lit = cell(grid, "Paris", "Opens").evaluate(light)
    assert lit != cell(grid, "Paris", "People").evaluate(light)
    assert lit == cell(grid, last, "Sent").evaluate(light)

    # A column: its head with Ctrl; without, the head sorts. The total, too.
    grid.head("People").locator(".dr-head-label").click(modifiers=["Control"])
    chosen([], [people], False)
    cell(grid, "Total", "Sent").click(modifiers=["Control"])
    chosen([], [sent, people], True)
    grid.select("Paris")
    chosen(["Paris"], [], False)

    # By keyboard: Space, Shift and arrows, Ctrl+Space; Escape.
    cell(grid, "Paris", "Sent").focus()
    desk.press("Escape")
    chosen()
    desk.press("Space")
    chosen(["Paris"], [sent], False)
    desk.press("Shift+ArrowDown", "Shift+ArrowRight")
    chosen([each[0] for each in rows[:2]], [sent, opens], False)
    expect(cell(grid, rows[1][0], "Opens")).to_be_focused()
    desk.press("Control+Space")
    chosen([], [opens], False)
    desk.press("Shift+Space")
    chosen([rows[1][0]], [], False)
    desk.press("Escape")
    copied(rows[1][2])


def test_a_row_under_the_pointer_is_not_styled_cell_by_cell(notebook: Notebook) -> None:
    """While a table scrolls, rows pass under the pointer."""
    grid = notebook.show(REPORT).table()
    cell(grid, "Paris", "Sent").hover()
    row = grid.root.locator(".ag-row-hover").first
    expect(row).to_be_visible()
    costly = r"""() => [...document.styleSheets]
      .filter((each) => !each.href)
      .flatMap((each) => [...each.cssRules].map((rule) => rule.selectorText ?? ""))
      .filter((each) => /ag-row-hover[^,]*>\s*\*/.test(each))"""
    assert row.page.evaluate(costly) == []
