"""Settings of columns and rows, by mouse and by keyboard, in JupyterLab."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser import data
from tests.browser.desk import Desk, Grid, until
from tests.browser.notebook import Notebook
from tests.browser.test_access import barriers, settled

MAILS = data.mails()
CITIES = """
project = dr.Project("Mails", data)
panel = project.panel("Mails")
panel.table(rows="City", columns=["Sent", "Opens", "Open rate"], limit=5).break_down("Paris", by="Device")
project
"""

COUNTED = """
from dynreports.semantics.metric import Metric, Variant

mailing = pd.DataFrame(
    [(f"2026-{day}", city, event) for day, city, event, times in [
        ("04-01", "Oslo", "sent", 2), ("04-02", "Oslo", "sent", 6), ("04-02", "Oslo", "retry", 3),
        ("05-01", "Bergen", "sent", 5), ("05-02", "Moss", "sent", 1), ("05-02", "Moss", "retry", 2),
        ("04-01", "Oslo", "open", 4), ("05-02", "Moss", "open", 1),
    ] for _ in range(times)],
    columns=["ts", "city", "event"],
)
mailing["ts"] = pd.to_datetime(mailing["ts"])
first = dr.count(where=event == "sent").expression
retries = Variant("retries", "Include Retries", dr.count(where=event.isin(["sent", "retry"])).expression)
counted = dr.Dataset(
    mailing, time="ts", name="mailing", infer=False, as_of="2026-05-03",
    dimensions=[dr.Dimension("city", label="City")],
    metrics=[
        Metric(id="sent", label="Mails that left for people of the city", expression=first, variants=(retries,)),
        dr.count(label="Opens", where=event == "open"),
    ],
)
project = dr.Project("Counted", counted)
panel = project.panel("Counted", period=None)
SENT = "Mails that left for people of the city"
"""


def cells(grid: Grid, column: int, part: str = "percents") -> list[str | None]:
    return [each[part][column] for each in grid.read()["rows"] if each["depth"] == 0]


def open_settings(desk: Desk, grid: Grid, column: str) -> Locator:
    grid.act(f"Settings of {column}", within=grid.head(column))
    dialog = desk.root.get_by_role("dialog", name=f"Column settings of {column}")
    settled(dialog)
    return dialog


def heats(grid: Grid) -> Locator:
    return grid.root.locator(".dr-heat")


def test_a_column_by_mouse(notebook: Notebook) -> None:
    desk = notebook.show(f"{data.DATA}{CITIES}")
    grid = desk.table()
    rates = data.rows(MAILS, "city", ["Open rate", "Sent"], sort="Sent", most=5)
    whole = sum(MAILS["event"] == "open") / sum(MAILS["event"] == "sent")

    dialog = open_settings(desk, grid, "Open rate")
    assert cells(grid, 2) == [None] * 5
    dialog.get_by_text("Percent", exact=True).click()
    top = MAILS[MAILS["city"] == rates[0][0]]
    own = sum(top["event"] == "open") / sum(top["event"] == "sent")
    until(lambda: cells(grid, 2)[0], f"{100 * own / whole:.1f}%")

    dialog.get_by_text("Background", exact=True).click()
    expect(grid.root.locator(".ag-row-first .dr-bar")).to_have_count(3)
    dialog.get_by_text("Conditional formatting", exact=True).click()
    expect(heats(grid)).not_to_have_count(0)
    assert barriers(desk.page) == []
    expect(dialog.get_by_role("textbox", name="Upper limit")).to_be_disabled()

    dialog.get_by_text("Custom", exact=True).click()
    upper = dialog.get_by_role("textbox", name="Upper limit (%)")
    expect(upper).to_be_enabled()
    upper.fill("-5")
    expect(dialog.get_by_text("Numbers that go down")).to_be_visible()
    upper.fill("99.5")
    dialog.get_by_role("textbox", name="Lower limit (%)").fill("1")
    dialog.get_by_role("button", name="Set limits").click()
    until(lambda: notebook.python("str(panel.tables[0]._document.columns[2].limits.upper)"), "99.5")

    dialog.get_by_text("Number", exact=True).click()
    dialog.get_by_text("Show totals", exact=True).click()
    until(lambda: (cells(grid, 2, "figures")[0], grid.totals()[2]), ("", ""))
    desk.press("Escape")
    expect(dialog).to_have_count(0)
    undo = desk.button(re.compile("^Undo"))
    expect(undo).to_have_attribute("aria-label", "Undo: hide totals of Open rate")
    for _ in range(7):
        desk.undo()
    until(lambda: cells(grid, 2, "percents"), [None] * 5)


def test_columns_and_rows_by_keyboard(notebook: Notebook) -> None:
    desk = notebook.show(f"{data.DATA}{CITIES}")
    grid = desk.table()
    grid.head("Sent").focus()
    desk.press("Shift+F10")
    desk.root.get_by_role("menuitem", name="Column settings…").click()
    dialog = desk.root.get_by_role("dialog", name="Column settings of Sent")
    settled(dialog)
    desk.tab_to(dialog.get_by_role("checkbox", name="Percent", exact=True))
    desk.press("Space")
    until(lambda: cells(grid, 0), [None] * 5)
    desk.press("Space")
    until(lambda: cells(grid, 0)[0] is not None, True)
    desk.press("Escape")

    # The gear of the rows, then of the breakdown alone.
    grid.act("Row settings of City", within=grid.total_label())
    dialog = desk.root.get_by_role("dialog", name="Row settings of City", exact=True)
    settled(dialog)
    assert barriers(desk.page) == []
    desk.tab_to(dialog.get_by_role("radio", name="Calculate percentages by column"))
    desk.press("ArrowDown")
    [(city, sent, opens)] = data.rows(MAILS, "city", ["Sent", "Opens"], most=1)
    until(lambda: cells(grid, 0)[0], f"{100 * int(sent) / (int(sent) + int(opens)):.1f}%")
    assert city
    dialog.get_by_text("Breakdown by position").click()
    expect(desk.button(re.compile("^Undo: .*by position"))).to_be_enabled()
    # Keys are heard at once, though it takes a frame or two until the focus is back where it was.
    desk.press("Escape", "Control+z")
    expect(desk.button(re.compile("^Redo: .*by position"))).to_be_enabled()
    desk.redo()
    grid.head("Opens").click()
    grid.head("Opens").click()
    until(lambda: next(each["open"] for each in grid.read()["rows"] if each["depth"] == 0), "true")

    head = grid.root.locator(".ag-row:not(.ag-floating-top .ag-row) .dr-lab-total").first
    grid.act(re.compile("^Row settings of Device of"), within=head)
    dialog = desk.root.get_by_role("dialog", name=re.compile("^Row settings of Device"))
    expect(dialog.get_by_text("Align dates")).to_have_count(0)
    desk.press("Escape")
    grid.act(re.compile("^Remove the breakdown Device"), within=head)
    until(grid.blocks, [])


_LINES = """(node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}"""


def looks(grid: Grid) -> list[tuple[str | None, str, int] | None]:
    """How full each cell of the first level is of which colour, from the top down."""
    found = grid.root.locator(".ag-center-cols-container").evaluate(
        """(rows) => [...rows.querySelectorAll(".ag-row")]
          .sort((a, b) => a.getAttribute("row-index") - b.getAttribute("row-index"))
          .flatMap((row) => [...row.querySelectorAll(".ag-cell")].slice(-1))
          .map((cell) => [cell.querySelector(".dr-fig")?.textContent, cell.querySelector(".dr-heat")])
          .map(([text, heat]) => heat && [text, heat.classList.contains("dr-low") ? "low" : "high", Math.round(parseFloat(heat.style.getPropertyValue("--dr-share")))])"""
    )
    return [None if each is None else tuple(each) for each in found]


def test_heads_zeros_and_retries_by_mouse(notebook: Notebook) -> None:
    desk = notebook.show(f'{COUNTED}panel.table(rows="City", columns=[SENT, "Opens"])\nproject')
    grid, sent = desk.table(), "Mails that left for people of the city"
    first = [("Oslo", "8", "4"), ("Bergen", "5", "0"), ("Moss", "1", "1")]
    grid.has_rows(first)

    # A narrow column: its head takes two lines, or is cut after one.
    label = grid.head(sent).locator(".dr-head-label")

    def lines() -> int:
        return label.evaluate(_LINES)

    desk.page.set_viewport_size({"width": 1000, "height": 900})
    until(lines, 2)
    dialog = open_settings(desk, grid, sent)
    dialog.get_by_text("Wrap header text", exact=True).click()
    until(lines, 1)
    assert label.evaluate("(node) => node.scrollWidth > node.clientWidth")

    # Another way to count, computed anew: the total and the percentages, too.
    dialog.get_by_text("Include Retries", exact=True).click()
    grid.has_rows([("Oslo", "11", "4"), ("Bergen", "5", "0"), ("Moss", "3", "1")])
    grid.has_totals("19", "5")
    until(lambda: cells(grid, 0), ["57.9%", "26.3%", "15.8%"])
    assert barriers(desk.page) == []
    desk.press("Escape")
    expect(dialog).to_have_count(0)

    # Nobody in Bergen opened: that is no figure then, and neither is the share of it.
    dialog = open_settings(desk, grid, "Opens")
    dialog.get_by_text("Interpret zero as no value", exact=True).click()
    until(lambda: cells(grid, 1, "figures"), ["4", "", "1"])
    until(lambda: cells(grid, 1), ["80.0%", None, "20.0%"])
    desk.press("Escape")
    expect(dialog).to_have_count(0)
    undo = desk.button(re.compile("^Undo"))
    expect(undo).to_have_attribute("aria-label", "Undo: show zeros of Opens as no value")
    desk.undo()
    until(lambda: cells(grid, 1, "figures"), ["4", "0", "1"])
    desk.undo()
    grid.has_rows(first)
    desk.undo()
    until(lines, 2)


def test_limits_and_dates_by_keyboard(notebook: Notebook) -> None:
    desk = notebook.show(f'{COUNTED}panel.table(rows="City", columns=[SENT, "Opens"])\nproject')
    grid = desk.table()
    grid.head("Opens").focus()
    choose(desk, "Column settings…")
    dialog = desk.root.get_by_role("dialog", name="Column settings of Opens")
    settled(dialog)
    desk.tab_to(dialog.get_by_role("radio", name="Bar graph"))
    desk.press("ArrowDown")
    until(lambda: looks(grid), [("4", "high", 100), ("0", "low", 100), ("1", "low", 50)])
    desk.tab_to(dialog.get_by_role("checkbox", name="Use percent limits"))
    desk.press("Space")
    expect(dialog.get_by_role("textbox", name="Upper limit")).to_have_value("80.0%")
    desk.tab_to(dialog.get_by_role("radio", name="Auto-generated"))
    desk.press("ArrowDown")
    for name, text in (("Upper limit (%)", "90"), ("Midpoint (%)", "50"), ("Lower limit (%)", "0")):
        desk.tab_to(dialog.get_by_role("textbox", name=name))
        desk.press("Control+a")
        desk.page.keyboard.type(text)
    desk.press("Enter")
    # 80, 0 and 20 %: between the limits that were typed, not between those of the figures.
    until(lambda: looks(grid), [("4", "high", 75), ("0", "low", 100), ("1", "low", 60)])
    expect(dialog.get_by_role("textbox", name="Lower limit (%)")).to_be_focused()
    desk.press("Escape")
    expect(dialog).to_have_count(0)
    for _ in range(4):
        desk.undo()
    until(lambda: looks(grid), [None] * 3)

    # Two periods side by side: each starts in the first row, or stands at its own dates.
    desk = notebook.show(
        f"""{COUNTED}april, may = ("2026-04-01", "2026-04-04"), ("2026-05-01", "2026-05-04")
panel.table(rows="Day", columns=[(SENT, {{"period": april}}), (SENT, {{"period": may}})])
project"""
    )
    grid = desk.table()
    beside, alone = [("2", "5"), ("6", "1")], [("2", "–"), ("6", "–"), ("–", "5"), ("–", "1")]

    def figures() -> list[tuple[str, ...]]:
        return sorted(row[1:] for row in grid.rows())

    until(figures, beside)
    grid.total_label().click()
    choose(desk, "Row settings…")
    dialog = desk.root.get_by_role("dialog", name="Row settings of Day", exact=True)
    settled(dialog)
    desk.tab_to(dialog.get_by_role("checkbox", name=re.compile("^Align dates")))
    desk.press("Space")
    until(figures, sorted(alone))
    desk.press("Escape")
    expect(dialog).to_have_count(0)
    desk.undo()
    until(figures, beside)


def choose(desk: Desk, item: str) -> None:
    """Open the menu of what has the focus, and choose from it, by keyboard."""
    desk.press("Shift+F10")
    found = desk.root.get_by_role("menuitem", name=item)
    expect(found).to_be_visible()
    desk.page.keyboard.type(item.removesuffix("…"))
    expect(found).to_be_focused()
    desk.press("Enter")
