"""Charts on the screen: where they come from, what they draw, how they are set, read and chosen in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from dynreports.publish.folder import Folder
from tests.browser import data, hostile
from tests.browser.conftest import Kept
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook
from tests.browser.test_access import barriers, settled

MAILS = data.mails()
CHARTS = """
project = dr.Project("Mails", data)
panel = project.panel("Mails")
cities = panel.table(rows="City", columns=["Sent", "Opens"], limit=5, title="Cities")
weeks = panel.table(rows="Week", columns=["Sent"], limit=50, title="Weeks")
panel.chart("bar", source=cities, title="By city")
panel.chart("line", source=weeks, title="By week")
project
"""

EVIL = f"""
import pandas as pd
evil = dr.Dataset(pd.read_parquet("hostile.parquet"), metrics=[dr.count(label={hostile.LABELS[1]!r})])
project = dr.Project("Evil", evil)
panel = project.panel("Evil")
table = panel.table(rows="Value", columns=[{hostile.LABELS[1]!r}], limit=25, title="Values")
panel.chart("horizontal bar", source=table, title={hostile.LABELS[0]!r})
project
"""

# Bars and lines as they are drawn: where they end, read back by the ticks of their axis of figures.
_READ = r"""(plot) => {
  const number = (text) => parseFloat(text.replace(/,/g, "")) * ({ k: 1e3, M: 1e6 }[text.slice(-1)] ?? 1);
  const axes = [...plot.querySelectorAll(".role-axis-label")].map((group) => [...group.querySelectorAll("text")]
    .filter((text) => getComputedStyle(text).opacity !== "0"));
  const ticks = axes.find((texts) => texts.length > 1 && texts.every((text) => /^[\d,.]+[kM]?$/.test(text.textContent)))
    .map((text) => {
      const { top, height } = text.getBoundingClientRect();
      return [number(text.textContent), top + height / 2];
    });
  const [[low, from], [high, to]] = [ticks[0], ticks.at(-1)];
  const value = (y) => low + ((y - from) / (to - from)) * (high - low);
  return [...plot.querySelectorAll(".mark-rect.role-mark path")].map((bar) => {
    const { top, bottom } = bar.getBoundingClientRect();
    return Math.round(value(top) - value(bottom));
  });
}"""


class Drawn:
    """A chart as it stands on the screen."""

    def __init__(self, desk: Desk, title: str) -> None:
        self.desk = desk
        self.item = desk.root.get_by_role("region", name=title, exact=True)
        self.plot = self.item.locator(".dr-plot")

    def bars(self) -> list[int]:
        return self.plot.evaluate(_READ) if self.is_drawn() else []

    def is_drawn(self) -> bool:
        """Whether the figures that Python sent last are on the screen."""
        chart = self.item.locator("[data-dr-chart]")
        return bool(self.plot.count()) and (
            self.plot.get_attribute("data-drawn") == chart.get_attribute("data-revision")
        )

    def labels(self) -> list[str]:
        texts = self.plot.locator(".role-axis-label text").all_text_contents()
        return [text for text in texts if not re.fullmatch(r"[\d,.]+[kM%]?", text)]

    def press(self, name: str) -> None:
        self.item.hover()
        self.item.get_by_role("button", name=re.compile(f"^{name}")).click()

    def settings(self) -> Locator:
        self.press("Visualization settings")
        return self.desk.root.get_by_role("dialog", name=re.compile("^Visualization settings"))

    def source(self) -> Locator:
        self.press("Data source")
        return self.desk.root.get_by_role("dialog", name=re.compile("^Data source"))

    def at(self, x: float, y: float = 0.5) -> tuple[float, float]:
        box = self.plot.bounding_box()
        assert box is not None
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def figures(column: int, rows: list[tuple[str, ...]]) -> list[int]:
    return [int(row[column].replace(",", "")) for row in rows]


def bars_of(rows: list[tuple[str, ...]], columns: int) -> list[int]:
    return sorted(value for column in range(1, columns + 1) for value in figures(column, rows))


@pytest.fixture
def desk(notebook: Notebook) -> Desk:
    return notebook.show(CHARTS)


def test_what_is_drawn_is_what_the_table_shows(desk: Desk, notebook: Notebook) -> None:
    rows = data.rows(MAILS, "city", ["Sent", "Opens"], most=5)
    chart = Drawn(desk, "By city")
    until(lambda: sorted(chart.bars()), bars_of(rows, 2))
    until(lambda: [label for label in chart.labels() if label], [row[0] for row in rows])

    # A series is switched off and on in the legend; what is left keeps its colour.
    fills = chart.plot.locator(".mark-rect.role-mark path").evaluate_all(
        "(all) => all.map((e) => e.getAttribute('fill'))"
    )
    assert set(fills) == {"var(--dr-c1)", "var(--dr-c2)"}
    chart.item.get_by_role("button", name="Sent", exact=True).click()
    until(lambda: sorted(chart.bars()), sorted(figures(2, rows)))
    expect(chart.plot.locator(".mark-rect.role-mark path").first).to_have_attribute("fill", "var(--dr-c2)")
    chart.item.get_by_role("button", name="Sent", exact=True).click()

    # The tip has all series at a place, as the table writes them.
    desk.page.mouse.move(*chart.at(0.16, 0.3))
    tip = chart.item.locator(".dr-chart-tip")
    expect(tip).to_contain_text(rows[0][0])
    for value in rows[0][1:]:
        expect(tip).to_contain_text(value)

    # It follows its table: fewer rows, another order; and what is selected there.
    notebook.python("cities.select(['Paris', 'Lyon']) and None")
    two = [row for row in rows if row[0] in ("Paris", "Lyon")]
    until(lambda: sorted(chart.bars()), bars_of(two, 2))
    notebook.python("cities.select() and None")
    desk.table("Cities").head("Opens").locator(".dr-head-label").click(modifiers=["Control"])
    until(lambda: sorted(chart.bars()), sorted(figures(2, rows)))
    desk.table("Cities").select("Lille")
    until(lambda: sorted(chart.bars()), bars_of([row for row in rows if row[0] == "Lille"], 2))

    # A lock keeps it to these rows, whatever is selected.
    dialog = chart.source()
    dialog.get_by_role("checkbox", name=re.compile("^Lock selection")).click(force=True)
    expect(dialog.get_by_role("radio", name=re.compile("Selected items"))).to_be_checked()
    desk.press("Escape")
    desk.table("Cities").select("Nantes")
    expect(chart.item.get_by_role("button", name="Data source of By city: Cities, locked")).to_be_visible()
    until(lambda: sorted(chart.bars()), bars_of([row for row in rows if row[0] == "Lille"], 2))

    # Another table; one that is hidden is brought back by its chart.
    chart.source().get_by_role("combobox").select_option(label="Weeks")
    expect(chart.item.get_by_role("button", name="Data source of By city: Weeks")).to_be_visible()
    desk.press("Escape")
    desk.table("Weeks").item.hover()
    desk.button("More for Weeks").click()
    desk.root.get_by_role("menuitem", name="Hide: its charts stay").click()
    expect(desk.table("Weeks").item).to_have_count(0)
    chart.source().get_by_role("checkbox", name=re.compile("^Show the data source")).click(force=True)
    desk.press("Escape")
    expect(desk.table("Weeks").item).to_be_visible()

    # A source that is removed is missed, and another one chosen.
    desk.table("Weeks").item.hover()
    desk.button("Remove Weeks").click()
    expect(chart.item.get_by_text("This chart has no source")).to_be_visible()
    chart.item.get_by_role("button", name="Use this table").click()
    until(lambda: bool(chart.bars()), True)


def test_dropping_visualizing_and_setting(desk: Desk) -> None:
    # From the rail onto a table, and by Insert and its keys into the panel.
    desk.root.get_by_role("tab", name="Visualizations").click()
    entry = desk.root.locator(".dr-pane").get_by_role("button", name="Add Horizontal Bar", exact=True)
    with desk.dragging_element(entry):
        assert desk.targets() == [
            "Draw Cities as horizontal bar",
            "Draw Weeks as horizontal bar",
            "Add horizontal bar to Mails",
        ]
        desk.point("Draw Cities as horizontal bar")
        desk.page.mouse.up()
    added = Drawn(desk, "Horizontal Bar")
    until(added.is_drawn, True)
    expect(added.item.get_by_role("button", name="Data source of Horizontal Bar: Cities")).to_be_visible()
    desk.undo()
    expect(added.item).to_have_count(0)
    entry.click()
    until(added.is_drawn, True)
    desk.undo()
    desk.press("Alt+2")
    until(Drawn(desk, "Line").is_drawn, True)
    desk.undo()

    # Visualize: one row over time, several beside each other, above their table.
    table = desk.table("Cities")
    table.act("Visualize Paris", within=table.label("Paris"))
    line = Drawn(desk, "Line")
    until(line.is_drawn, True)
    expect(line.item.get_by_role("button", name="Data source of Line: Cities, locked")).to_be_visible()
    table.select("Lyon", "Lille")
    table.act("Actions for Lyon", within=table.label("Lyon"))
    desk.root.get_by_role("menuitem", name="Visualize 2 rows").click()
    bar = Drawn(desk, "Bar")
    rows = [row for row in data.rows(MAILS, "city", ["Sent", "Opens"]) if row[0] in ("Lyon", "Lille")]
    until(lambda: sorted(bar.bars()), bars_of(rows, 2))

    # Settings apply at once, and each is one step.
    dialog = bar.settings()
    settled(dialog)
    assert barriers(desk.page) == []
    dialog.get_by_role("checkbox", name="Legend visible").click(force=True)
    expect(bar.item.get_by_role("list", name="Series")).to_have_count(0)
    dialog.get_by_role("checkbox", name="Limit max items").click(force=True)
    box = dialog.get_by_role("textbox", name="Limit max items")
    box.fill("1")
    box.press("Enter")
    # What is left is one item of its own, as these figures add up; until nobody wants it.
    until(lambda: [each for each in bar.labels() if each][1:], ["Others"])
    dialog.get_by_role("checkbox", name=re.compile("^Show the rest as one item")).click(force=True)
    until(lambda: len([each for each in bar.labels() if each]), 1)
    dialog.get_by_role("radio", name="Horizontal Bar", exact=True).click(force=True)
    # Nobody gave it a title: it is called what it is.
    expect(Drawn(desk, "Horizontal Bar").plot).to_have_attribute("data-axis", "y")
    desk.press("Escape")
    desk.undo()
    expect(bar.plot).to_have_attribute("data-axis", "x")


def test_choosing_in_a_chart(desk: Desk, notebook: Notebook) -> None:
    # A stretch of time becomes the period: its end is that of the last week, not its start.
    line = Drawn(desk, "By week")
    until(line.is_drawn, True)
    line.plot.scroll_into_view_if_needed()
    mouse = desk.page.mouse
    mouse.move(*line.at(0.35))
    mouse.down()
    mouse.move(*line.at(0.5), steps=4)
    expect(line.plot).to_have_attribute("data-choosing", "true")
    mouse.up()
    desk.root.get_by_role("menuitem", name=re.compile("^Set the period to ")).click()
    expect(desk.panel("Mails").get_by_role("button", name=re.compile("^Period: Custom"))).to_be_visible()
    until(lambda: len(desk.table("Weeks").rows()) < 8 and line.is_drawn(), True)
    # What it did is named in words where it is taken back, in the menu as on the button.
    done = re.compile(r"^Undo: set the period of Mails to \w+ \d+, \d+ – \w+ \d+, \d+$")
    expect(desk.button(done)).to_be_enabled()
    desk.root.get_by_role("toolbar").get_by_role("button", name="Edit", exact=True).click()
    desk.root.get_by_role("menuitem", name=done).click()
    expect(desk.panel("Mails").get_by_role("button", name=re.compile("^Period: Custom"))).to_have_count(0)

    # A click chooses a category: in the table, and by keyboard as well.
    bars = Drawn(desk, "By city")
    until(bars.is_drawn, True)
    bars.plot.scroll_into_view_if_needed()
    mouse.click(*bars.at(0.2, 0.8))
    menu = desk.root.get_by_role("menu")
    expect(menu).to_be_visible()
    assert barriers(desk.page) == []
    desk.root.get_by_role("menuitem", name="Select in Cities").click()
    until(lambda: [row["label"] for row in desk.table("Cities").read()["rows"] if row["selected"]], ["Paris"])
    until(lambda: [label for label in bars.labels() if label], ["Paris"])
    # The chart follows: it draws what is selected, and all five cities once nothing is.
    desk.table("Cities").label("Paris").locator(".dr-ell").click()
    until(lambda: len([label for label in bars.labels() if label]), 5)
    bars.plot.focus()
    desk.press("ArrowRight")
    desk.says(re.compile("^Paris: Sent "))
    desk.press("ArrowUp")
    desk.says(re.compile("^Paris: Opens "))
    desk.press("Shift+ArrowRight", "Enter")
    expect(desk.root.get_by_role("menuitem", name=re.compile("^Only Paris and "))).to_be_visible()
    desk.press("Escape")
    expect(menu).to_have_count(0)

    # The figures behind it, as a table that is reached by keys.
    bars.item.hover()
    bars.item.get_by_role("button", name="Figures of By city").click()
    dialog = desk.root.get_by_role("dialog", name="Figures of By city")
    settled(dialog)
    assert barriers(desk.page) == []
    rows = data.rows(MAILS, "city", ["Sent", "Opens"], most=5)
    expect(dialog.get_by_role("row")).to_have_count(len(rows) + 1)
    expect(dialog.get_by_role("row").nth(1)).to_have_text("".join(rows[0]))
    desk.press("Escape")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_charts_are_within_reach(notebook: Notebook, theme: str) -> None:
    notebook.theme(theme)
    desk = notebook.show(CHARTS)
    chart = Drawn(desk, "By city")
    until(chart.is_drawn, True)
    assert barriers(desk.page) == []
    # Colours are the theme's own: nothing is drawn again when it changes.
    fill = chart.plot.locator(".mark-rect.role-mark path").first.evaluate(
        "(bar) => getComputedStyle(bar).fill"
    )
    assert fill == ("rgb(67, 80, 200)" if theme.endswith("Light") else "rgb(127, 149, 252)")
    notebook.theme("JupyterLab Light")


def test_hostile_labels_stay_text(notebook: Notebook, kept: Kept, folder: Folder) -> None:
    hostile.write(folder.root)
    desk = notebook.show(EVIL)
    chart = Drawn(desk, hostile.LABELS[0])
    until(chart.is_drawn, True)
    found: Any = "".join(chart.plot.locator("text").all_text_contents())
    assert hostile.LABELS[0][:20] in found
    chart.plot.scroll_into_view_if_needed()
    desk.page.mouse.move(*chart.at(0.5, 0.03))
    expect(chart.item.locator(".dr-chart-tip")).to_contain_text(hostile.LABELS[0])
    chart.press("Figures of")
    expect(desk.root.get_by_role("dialog", name=re.compile("^Figures of"))).to_contain_text(hostile.LABELS[1])
    desk.press("Escape")
    assert desk.root.locator("img, script").count() == 0
    assert desk.page.evaluate("window.__pwned") is None
    visit, _ = kept.get()
    assert visit.strangers == []
