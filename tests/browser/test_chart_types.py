"""What is drawn of every type is what its table says, in the workspace, on a page for readers and in a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server
from tests.browser import data
from tests.browser.conftest import Visit, in_reports, open_page
from tests.browser.desk import until
from tests.browser.notebook import Notebook
from tests.browser.test_charts import Drawn

MAILS = data.mails()
CHARTS = """
project = dr.Project("Types", data)
panel = project.panel("Types")
cities = panel.table(rows="City", columns=["Sent", "Opens"], limit=5, title="Cities")
three = panel.table(rows="City", columns=["Sent", "Opens", "Revenue"], limit=5, title="Three").hide()
one = panel.table(rows="Device", columns=["Sent"], title="One").hide()
weeks = panel.table(rows="Week", columns=["Sent", "Opens"], limit=50, title="Weeks").hide()
for kind in ("bar", "bar stacked", "horizontal bar", "horizontal bar stacked", "combo"):
    panel.chart(kind, source=cities)
panel.chart("scatter", source=three)
panel.chart("donut", source=one)
panel.chart("flow", source=cities, others=False)
panel.chart("bullet", source=one, goals=(100, 200, 600)).lock(rows=["Mobile", "Tablet"])
for kind in ("line", "area", "area stacked"):
    panel.chart(kind, source=weeks)
panel.chart("summary number", source=cities)
panel.chart("summary change", source=cities, change="difference")
project
"""
# Marks, read back from where they were drawn: bars and bands by their length, points by where they are, slices by
# their angle. Axes are read by their grid, which lies where figures are; one without by how its labels lie apart.
READ = r"""(plot) => {
  const number = (text) => parseFloat(text.replace(/,/g, "")) * ({ k: 1e3, M: 1e6 }[text.slice(-1)] ?? 1);
  const box = (node) => node.getBoundingClientRect();
  const middle = (node, way) => (way === "x" ? box(node).left + box(node).width / 2 : box(node).top + box(node).height / 2);
  const isFigure = (text) => /^-?[\d,.]+[kM]?$/.test(text.textContent);
  const spread = (nodes, way) => Math.max(...nodes.map((each) => middle(each, way))) - Math.min(...nodes.map((each) => middle(each, way)));
  const labels = (way) => [...plot.querySelectorAll(".role-axis-label")].map((group) => [...group.querySelectorAll("text")])
    .filter((texts) => texts.length > 1 && texts.every(isFigure) && spread(texts, way) > 40)
    .map((texts) => texts.toSorted((a, b) => middle(a, way) - middle(b, way)));
  const grid = (way) => [...plot.querySelectorAll(".role-axis-grid line")]
    .filter((line) => (way === "y" ? box(line).width > box(line).height : box(line).height > box(line).width))
    .map((line) => middle(line, way)).sort((a, b) => a - b);
  const scale = (way, which = 0) => {
    const texts = labels(way)[which];
    const ends = [texts[0], texts.at(-1)];
    const values = ends.map((text) => number(text.textContent));
    const lines = grid(way);
    // Below an axis without a grid, labels stand where their figures are.
    const at = which === 0 && lines.length === texts.length ? [lines[0], lines.at(-1)] : ends.map((text) => middle(text, way));
    // Labels lie as far beside their figure as that of 0 does beside the first axis' 0, where bars begin.
    const off = which === 0 ? 0 : at[values.indexOf(0)] - zero(way);
    return (place) => values[0] + ((place - (at[0] - off)) / (at[1] - at[0])) * (values[1] - values[0]);
  };
  const zero = (way) => grid(way)[labels(way)[0].findIndex((text) => number(text.textContent) === 0)];
  const all = (kind) => [...plot.querySelectorAll(`.mark-${kind}.role-mark path`)];
  const way = plot.dataset.axis === "y" ? "x" : "y";
  const length = (from, to) => Math.abs(scale(way)(to) - scale(way)(from));
  const found = {};
  if (plot.dataset.axis === "grid") return { stages: all("rect").map((node) => box(node).height) };
  if (all("rect").length)
    found.bars = all("rect").filter((bar) => /^var\(--dr-c\d\)$/.test(bar.getAttribute("fill"))).map((bar) =>
      way === "y" ? length(box(bar).top, box(bar).bottom) : length(box(bar).left, box(bar).right));
  if (all("symbol").length)
    found.points = all("symbol").map((dot) => [
      scale("y", found.bars ? 1 : 0)(middle(dot, "y")), labels("x").length ? scale("x")(middle(dot, "x")) : null]);
  if (all("area").length)
    found.bands = all("area").flatMap((area) => {
      const matrix = area.getScreenCTM();
      const spots = area.getAttribute("d").match(/-?[\d.]+(e-?\d+)?,-?[\d.]+(e-?\d+)?/g).map((pair) => {
        const [x, y] = pair.split(",").map(Number);
        return new DOMPoint(x, y).matrixTransform(matrix).y;
      });
      const half = spots.length / 2;
      return spots.slice(0, half).map((top, index) => length(top, spots[spots.length - 1 - index]));
    });
  if (all("arc").length)
    found.parts = all("arc").map((arc) => {
      const [x0, y0, , , , , sweep, x1, y1] = arc.getAttribute("d").match(/-?\d[\d.]*(e-?\d+)?/g).map(Number);
      const turn = (Math.atan2(x1, -y1) - Math.atan2(x0, -y0)) / (2 * Math.PI) * (sweep ? 1 : -1);
      return turn < 0 ? turn + 1 : turn;
    });
  return found;
}"""


def near(found: list[float], wanted: list[float], within: float = 0.6) -> bool:
    """Whether the same figures were drawn, in whatever order."""
    pairs = zip(sorted(found), sorted(wanted), strict=False)
    return len(found) == len(wanted) and all(abs(a - b) <= within for a, b in pairs)


def test_every_type_draws_the_cells_of_its_table(notebook: Notebook) -> None:
    desk = notebook.show(data.DATA, CHARTS)
    cells: dict[str, list[list[float]]] = {
        name: notebook.python(
            f"[[float(each) for each in {name}.frame()[c]] for c in {name}.frame().columns]"
        )
        for name in ("cities", "three", "one", "weeks")
    }
    # The frames are those that pandas makes of the mails.
    top = data.rows(MAILS, "city", ["Sent", "Opens"], most=5)
    assert cells["cities"] == [[float(row[column]) for row in top] for column in (1, 2)]

    def read(title: str) -> dict[str, Any]:
        chart = Drawn(desk, title)
        chart.plot.first.scroll_into_view_if_needed()
        until(chart.is_drawn, True)
        return chart.plot.first.evaluate(READ)

    sent, opens = cells["cities"]
    for title in ("Bar", "Bar Stacked", "Horizontal Bar", "Horizontal Bar Stacked"):
        found = read(title)
        assert near(found["bars"], [*sent, *opens]), (title, found)
    combo = read("Combo")
    assert near(combo["bars"], sent), combo
    assert near([high for high, _ in combo["points"]], opens), combo
    dots = read("Scatter")["points"]
    assert near([up for up, _ in dots], cells["three"][0]), dots
    assert near([right for _, right in dots], cells["three"][1]), dots
    [devices] = cells["one"]
    # A flow has no axis: its stages are as high as cells in the same measure.
    stages = read("Flow")["stages"]
    assert near([each / max(stages) for each in stages], [each / max(sent) for each in [*sent, *opens]], 0.01)
    slices = read("Donut")["parts"]
    assert near(slices, [each / sum(devices) for each in devices], 0.005), slices
    assert near(read("Bullet")["bars"], [max(devices), min(devices)])
    sent, opens = cells["weeks"]
    assert near([high for high, _ in read("Line")["points"]], [*sent, *opens])
    for title in ("Area", "Area Stacked"):
        assert near(read(title)["bands"], [*sent, *opens]), title
    total = data.figure("Sent", MAILS)
    expect(Drawn(desk, "Summary Number").item.locator("output")).to_have_text(total)
    change = Drawn(desk, "Summary Change").item
    first, second = (float(row[1]) for row in top[:2])
    expect(change.locator("output")).to_have_text(f"+{first - second:,.0f}")
    # The direction is said and has a sign: it is never colour alone.
    expect(change.locator(".dr-change")).to_contain_text(f"more than {top[1][0]} ({second:,.0f})")
    flow = Drawn(desk, "Flow")
    flow.plot.scroll_into_view_if_needed()
    flow.plot.focus()
    desk.press("Home", "ArrowDown", "ArrowRight")
    said = f"{100 * int(top[1][2]) / int(top[1][1]):.1f}% of Sent"
    for each in (top[1][0], top[1][2], said):
        expect(flow.item.locator(".dr-chart-tip")).to_contain_text(each)
    desk.press("Enter")
    desk.root.get_by_role("menuitem", name="Select in Cities").click()
    # It follows what is selected: one row, and its figures above the stages.
    until(lambda: len(read("Flow")["stages"]), 2)
    expect(flow.plot.locator("text").filter(has_text=said)).to_have_count(1)


def test_what_is_chosen_filters_becomes_a_segment_and_is_kept_by_rank(notebook: Notebook) -> None:
    desk = notebook.show(
        data.DATA,
        """
project = dr.Project("Chosen", data)
panel = project.panel("Chosen")
cities = panel.table(rows="City", columns=["Sent", "Opens"], limit=5, title="Cities")
panel.chart("bar", source=cities, title="By city")
project
""",
    )
    bars, table = Drawn(desk, "By city"), desk.table("Cities")
    rows = data.rows(MAILS, "city", ["Sent", "Opens"], most=5)
    until(bars.is_drawn, True)

    def choose(entry: str) -> None:
        bars.plot.scroll_into_view_if_needed()
        bars.plot.focus()
        desk.press("Home", "Enter")
        desk.root.get_by_role("menuitem", name=re.compile(entry)).click()

    first = rows[0]
    choose(f"^Only {first[0]} in this panel")
    until(lambda: sorted(bars.bars()), sorted(int(each) for each in first[1:]))
    desk.button(f"Undo: filter Chosen by {first[0]}").click()
    table.has_rows(rows)
    until(lambda: len(bars.bars()), 10)

    choose(f"^New segment of {first[0]}…")
    dialog = desk.root.get_by_role("dialog").filter(has_text="segment").first
    expect(dialog).to_contain_text(first[0])
    desk.press("Escape")
    expect(dialog).to_have_count(0)

    # Locked by rank: the second is drawn, whatever stands there.
    table.select(rows[1][0])
    until(lambda: len(bars.bars()), 2)
    source = bars.source()
    source.get_by_role("checkbox", name=re.compile("^Lock selection")).click(force=True)
    positions = source.get_by_role("radio", name=re.compile("Selected positions"))
    expect(positions).to_be_enabled()  # once it is locked
    positions.click(force=True)
    expect(positions).to_be_checked()
    desk.press("Escape")
    label, figures = notebook.python(
        "[(frame := cities.sort('Sent').frame()).index[1], [int(each) for each in frame.iloc[1]]]"
    )
    assert label != rows[1][0]
    until(lambda: sorted(bars.bars()), sorted(figures))


REPORT = f"""{data.DATA}
project = dr.Project("Drawn", data)
panel = project.panel("Cities", period="last month")
cities = panel.table(rows="City", columns=["Sent", "Opens"], title="Cities").hide()
panel.chart("bar", source=cities, title="By city")
panel.chart("summary number", source=cities, title="Mails")
"""


@pytest.fixture(scope="module")
def drawn(folder: Folder) -> str:
    in_reports(folder, f"{REPORT}project.save('drawn')\nproject.publish(period=True)")
    return "drawn"


def test_readers_see_charts_that_follow_their_dates(visit: Visit, pages_server: Server, drawn: str) -> None:
    desk = open_page(visit, pages_server, drawn)
    expect(desk.page.locator("#snapshot")).to_have_count(0)
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    bars, number = Drawn(desk, "By city"), Drawn(desk, "Mails").item.locator("output")

    def shows(frame: Any) -> None:
        rows = data.rows(frame, "city", ["Sent", "Opens"])
        until(lambda: sorted(bars.bars()), sorted(int(each) for row in rows for each in row[1:]))
        expect(number).to_have_text(data.figure("Sent", frame))

    shows(may)
    expect(bars.item.locator("header")).to_have_count(0)  # nothing to move, set or take away
    bars.plot.focus()
    desk.press("ArrowRight")
    first = data.rows(may, "city", ["Sent", "Opens"])[0]
    expect(bars.item.locator(".dr-chart-tip")).to_contain_text(first[0])
    expect(bars.item.locator(".dr-chart-tip")).to_contain_text(first[1])
    desk.press("Enter")
    expect(desk.root.get_by_role("menu")).to_have_count(0)
    desk.press("Tab")
    desk.root.get_by_role("button", name=re.compile("^Period: Last month")).click()
    dialog = desk.root.get_by_role("dialog", name="Period of Cities")
    dialog.get_by_role("option", name="All dates").click()
    dialog.get_by_role("button", name="Apply").click()
    shows(MAILS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_file_has_its_charts_without_a_network(
    chromium: Browser, tmp_path: Path, theme: Any, folder: Folder
) -> None:
    project = in_reports(folder, REPORT)["project"]
    file = project.export(tmp_path / "drawn.html")
    context = chromium.new_context(offline=True, color_scheme=theme)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url) if request.url != file.as_uri() else None)
    context.on("weberror", lambda error: asked.append(str(error.error)))
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        _has_picture(page, theme)
        assert asked == []
    finally:
        context.close()


def _has_picture(page: Page, theme: str) -> None:
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    rows = data.rows(may, "city", ["Sent", "Opens"])
    chart = page.get_by_role("img", name=re.compile("^Bar of Sent and Opens by City"))
    picture = chart.locator(".dr-wide svg")
    bars = picture.locator('path[fill="var(--dr-c1)"]')
    # As high as their figures, and in the colours of the reader's theme.
    heights = bars.evaluate_all("(all) => all.map((bar) => bar.getBoundingClientRect().height)")
    sent = [int(row[1]) for row in rows]
    highs = sorted(heights)[-len(sent) :]
    assert near([each / max(highs) for each in highs], [each / max(sent) for each in sent], 0.02)
    color = bars.first.evaluate("(bar) => getComputedStyle(bar).fill")
    assert color == ("rgb(67, 80, 200)" if theme == "light" else "rgb(127, 149, 252)")
    page.get_by_text("Figures", exact=True).first.click()
    for row in rows:
        expect(page.get_by_role("row").filter(has_text=row[0]).first).to_contain_text(row[1])
    expect(page.locator(".dr-number")).to_have_text(data.figure("Sent", may))
