"""From the home page to the readers: create, publish, go on working; what readers get on a screen, a phone and paper."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat.v4
import pypdf
import pytest
from playwright.sync_api import WebSocketRoute, expect

from dynreports.project.storage import Storage
from dynreports.publish import published
from dynreports.publish.folder import Folder
from dynreports.publish.servers import HOST, Server
from tests.browser import data
from tests.browser.conftest import Visit, in_reports, open_page, page_address, write_notebook
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

MAILS = data.mails()
METRICS = ["Sent", "People", "Open rate"]
# What is wider than its card.
BEYOND = """[...document.querySelectorAll(".dr-card")].flatMap((card) =>
  [...card.querySelectorAll(".dr-paper table, .dr-plot-svg svg")]
    .filter((each) => each.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)
    .map((each) => `${card.ariaLabel}: ${each.tagName}`))"""
# What stands there when the snapshot goes.
AT_THE_END = """new MutationObserver(() => {
  const snapshot = document.getElementById("snapshot")
  if (snapshot) window.hadSnapshot = true
  if (snapshot || !window.hadSnapshot || window.liveAtTheEnd) return
  const root = document.querySelector(".dr-root")
  window.liveAtTheEnd = root?.querySelector("[data-status=ready]") ? root.dataset.mode : "nothing yet"
}).observe(document, { childList: true, subtree: true })"""
READY = re.compile(rb'"revision": \d+, "status": "ready"')
LOADING = b'"revision":0,"status":"loading"'
REPORT = f"""{data.DATA}
project = dr.Project("Quarter", data)
panel = project.panel("Cities", period="last month")
panel.table(rows="City", columns={METRICS}, title="By city").break_down("Paris", by="Device")
project.save("quarter")
"""


@pytest.fixture(scope="module")
def quarter(folder: Folder) -> str:
    in_reports(folder, f"{REPORT}project.publish(period=True, segments=True, note='For Monday')")
    return "quarter"


def test_from_home_to_readers(notebook: Notebook, folder: Folder, visit: Visit, pages_server: Server) -> None:
    in_reports(folder, REPORT.replace('"quarter"', '"draft"').replace('"Quarter"', '"Draft"'))
    notebook.run(f"{data.DATA}\ndr.home(data)")
    page = notebook.page
    root = page.locator(".jp-OutputArea .dr-root")
    expect(root).to_have_attribute("data-mode", "home")
    page.get_by_role("searchbox", name="Search reports").fill("draft")
    page.get_by_role("button", name="Draft", exact=True).click()
    desk = Desk(page, root)
    desk.is_ready()

    # Publish, with what readers may do.
    page.get_by_role("button", name="Project", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Publish…")).click()
    dialog = page.get_by_role("dialog", name="Publish report")
    expect(dialog).to_contain_text("/r/draft")
    dialog.get_by_text("Choose other dates").click()
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog).to_have_count(0)

    # Readers get what was published, and go on with it while the author changes and saves the report.
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    reader = open_page(visit, pages_server, "draft")
    expect(reader.root.get_by_role("heading", level=1)).to_have_text("Draft")
    desk.rename("report", "Draft", "Not for readers yet")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("There are unsaved changes")).to_have_count(0)
    assert Storage(folder.reports).load("draft").project.title == "Not for readers yet"
    reader.page.reload()
    reader.is_ready()
    expect(reader.root.get_by_role("heading", level=1)).to_have_text("Draft")
    reader.table("By city").has_rows(data.rows(may, "city", METRICS))
    expect(reader.root.get_by_role("button", name=re.compile("^Period: Last month"))).to_be_visible()
    expect(reader.root.get_by_role("button", name=re.compile("segment"))).to_have_count(0)

    # Back on the home page it is marked, and can't be deleted before it is withdrawn.
    page.get_by_role("button", name="Close, and go back to the reports").click()
    expect(root).to_have_attribute("data-mode", "home")
    page.get_by_role("searchbox", name="Search reports").fill("not for readers")
    expect(page.get_by_role("row", name=re.compile("Not for readers yet"))).to_contain_text("Published")
    page.get_by_role("checkbox", name="Select Not for readers yet").check()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("alert")).to_contain_text("withdraw it first")
    page.get_by_role("button", name="Duplicate").click()
    copy = page.get_by_role("checkbox", name="Select Not for readers yet (Copy)")
    copy.check()
    page.get_by_role("button", name="Delete").click()
    expect(copy).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(copy).to_be_visible()


def test_readers_choose_dates_and_segments_and_explore_a_copy(
    visit: Visit, pages_server: Server, quarter: str, folder: Folder
) -> None:
    desk = open_page(visit, pages_server, quarter)
    page, table = desk.page, desk.table("By city")
    expect(desk.root).to_contain_text("For Monday")
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    desk.root.get_by_role("button", name="Add a segment to Cities").click()
    page.get_by_role("menuitem", name="Young").click()
    young = may[may["age"] < 30]
    table.has_totals(*(data.figure(each, young) for each in METRICS))
    desk.root.get_by_role("button", name="Remove Young").click()
    table.has_rows(data.rows(may, "city", METRICS))
    with page.expect_download() as download:
        desk.root.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "quarter.csv"

    before = {path: path.read_bytes() for path in folder.reports.rglob("*.json")}
    desk.root.get_by_role("link", name="Explore a copy").click()
    expect(page.locator(".dr-root")).to_have_attribute("data-mode", "workspace")
    copy = Desk(page, page.locator(".dr-root"))
    copy.is_ready()
    copy.rename("report", "Quarter", "Mine")
    expect(page.get_by_text("A copy to explore: nothing is saved")).to_be_visible()
    page.get_by_role("button", name="Project", exact=True).click()
    for entry in ("Save", "Save As…", "Open…", "Publish…"):
        item = page.get_by_role("menuitem", name=re.compile(f"^{re.escape(entry)}"))
        expect(item.first).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    assert {path: path.read_bytes() for path in folder.reports.rglob("*.json")} == before
    page.get_by_role("link", name="Back to the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quarter")


def test_on_a_phone_and_on_paper(visit: Visit, pages_server: Server, quarter: str, folder: Folder) -> None:
    page = visit.page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(page_address(pages_server, quarter))
    desk = Desk(page, page.locator(".dr-root"))
    desk.is_ready()
    expect(page.locator("#snapshot")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390  # the table scrolls, not the page
    for each in page.locator(".dr-pub-bar .dr-btn").all():
        box = each.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 36
    page.goto(page_address(pages_server, None))
    expect(page.get_by_role("link", name="Quarter")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(page_address(pages_server, quarter))
    desk.is_ready()
    expect(page.locator("#snapshot")).to_have_count(0)
    # The browser's key prints what is made for paper.
    page.keyboard.press("Control+p")
    paper = page.frame_locator(".dr-print-frame")
    expect(paper.get_by_role("heading", level=1, include_hidden=True)).to_have_text("Quarter")
    expect(paper.locator("thead th").first).to_have_text("City")
    (folder.logs / "printed.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Explore a copy")).to_be_hidden()
    expect(page.get_by_text("By city")).to_be_visible()
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).overflowY") != "hidden"


def test_the_menu_of_the_browser_prints_all_of_it(visit: Visit, pages_server: Server, folder: Folder) -> None:
    wide = f"""{data.DATA}
project = dr.Project("Wide", data)
panel = project.panel("Cities", period="last month")
table = panel.table(rows="City", columns={METRICS * 5}, title="Wide table")
panel.table(rows="Wave", columns=["Sent"], limit=50, title="Long table")
panel.chart("bar", source=table, title="Chart far below")
project.save("wide")
project.publish()"""
    in_reports(folder, wide)
    desk = open_page(visit, pages_server, "wide")
    page = desk.page
    expect(page.locator(".dr-plot-svg svg")).to_have_count(1)
    expect(page.locator(".dr-paper")).to_have_count(0)
    page.set_viewport_size({"width": 688, "height": 900})  # between the margins of A4
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tables = page.locator(".dr-paper:not(.dr-paper-figures)")
    expect(tables.locator("thead th:not(:first-child)")).to_have_text(
        ["↓ Sent", *(METRICS * 5)[1:], "↓ Sent"]
    )
    expect(page.locator(".dr-paper").first.locator("table").nth(1)).to_be_visible()
    expect(page.locator(".dr-table:visible")).to_have_count(0)
    assert page.evaluate(BEYOND) == []
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    first = page.locator(".dr-paper table").first
    expect(first.locator("tbody th").nth(1)).to_contain_text(data.rows(may, "city", METRICS)[0][0])
    expect(first.locator("tbody tr").nth(1).locator("td").first).to_contain_text(
        data.rows(may, "city", METRICS)[0][1]
    )
    # A drawing that is not there, as what draws has not come yet, is said in figures.
    figures = page.locator(".dr-paper-figures")
    expect(figures).to_be_hidden()
    page.locator(".dr-plot-svg svg").evaluate("(svg) => svg.remove()")
    expect(figures).to_be_visible()
    expect(page.locator(".dr-chart")).to_be_hidden()
    expect(figures).to_contain_text(data.rows(may, "city", METRICS)[0][0])
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".dr-paper")).to_have_count(0)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1200, "height": 900})
    # Chromium itself tells the page before it prints.
    (folder.logs / "menu.pdf").write_bytes(pdf := page.pdf(prefer_css_page_size=True))
    text = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert text.count("Open rate") >= 5


def test_the_home_page_as_a_page_and_a_report_on_a_delivery(
    visit: Visit, lab_server: Server, folder: Folder
) -> None:
    code = "import dynreports as dr\ndr.home(dr.campaign.demo(recipients=300, deliveries=8, days=40))"
    write_notebook(folder, "campaigns.ipynb", code)
    page = visit.page()
    place = f"http://{HOST}:{lab_server.port}/voila/render/campaigns.ipynb"
    page.goto(f"{place}?token={lab_server.token}")
    expect(page.get_by_role("button", name="Delivery summary", exact=True)).to_be_visible()
    page.get_by_role("button", name="Campaigns").click()
    page.get_by_role("button", name=re.compile(r"^Reports on .*\(DM")).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The dynamic report opens in a new browser tab. It begins with ")
    dialog.get_by_label("Report").select_option("Opens")
    name = dialog.get_by_role("heading").inner_text().removeprefix("Reports on ").rpartition(" (")[0]
    with visit.context.expect_page() as opened:
        dialog.get_by_role("button", name="Open report").click()
    report = Desk(opened.value, opened.value.locator(".dr-root"))
    report.is_ready()
    expect(report.root.get_by_role("heading", level=1)).to_have_text("Opens")
    expect(report.root.get_by_role("button", name=f"Remove Delivery: {name}")).to_be_visible()
    report.page.get_by_role("button", name="Close, and go back to the reports").click()
    expect(report.page.get_by_role("button", name="Campaigns")).to_be_visible()
    report.page.close(run_before_unload=True)


def test_a_snapshot_at_once_and_the_live_page_soon(
    visit: Visit, pages_server: Server, quarter: str, folder: Folder, measured: Callable[[str], None]
) -> None:
    minimal = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.IntSlider(description='here')")]
    )
    minimal.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python"}
    nbformat.write(minimal, folder.pages / "minimal.ipynb")
    page = visit.page()
    page.add_init_script(AT_THE_END)
    stock = f"http://{HOST}:{pages_server.port}/voila/render/minimal.ipynb?token={pages_server.token}"
    assert published.snapshot_path(Storage(folder.reports), quarter).exists()

    for round_ in ("first", "second"):
        with timed() as plain:
            page.goto(stock, wait_until="commit")
            expect(page.locator(".jupyter-widgets")).to_be_visible()
        with timed() as live:
            page.goto(page_address(pages_server, quarter), wait_until="commit")
            frame = page.frame_locator("#snapshot iframe")
            expect(frame.get_by_role("heading", level=1)).to_have_text("Quarter")
            expect(page.locator("#snapshot")).to_have_count(0)
        # Its front end came from the server, where browsers keep it, and not with the figures.
        assert page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name).join()").count(
            "/front-end/"
        )
        # It took the place of the snapshot with its figures: nobody saw an empty page between them.
        assert page.evaluate("window.liveAtTheEnd") == "page"
        expect(page.locator(".dr-root [role=grid]").first).to_be_visible()
        painted = page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            " - performance.getEntriesByType('navigation')[0].responseStart"
        )
        measured(
            f"published page, {round_} visit: snapshot painted {painted:.0f} ms after the response (goal: 300), "
            f"live after {live():.1f} s (goal: 5 cold, 2.5 warm); a slider in Voilà takes {plain():.1f} s"
        )


def test_a_live_page_that_does_not_come_is_told_and_prints_its_snapshot(
    visit: Visit, pages_server: Server, quarter: str, folder: Folder
) -> None:
    page = visit.page()
    page.clock.install()
    page.route_web_socket("**/channels**", lambda _: None)  # nothing comes, and nothing is said of it
    page.goto(page_address(pages_server, quarter))
    frame = page.frame_locator("#snapshot iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Quarter")
    expect(page.get_by_role("status")).to_contain_text("The live page is starting…")
    expect(page.locator("body[data-kernel-id]")).to_be_attached()
    page.wait_for_load_state("load")

    # What is seen through a window of the page is on paper as a whole.
    page.evaluate("() => { window.prints = 0; window.print = () => { window.prints += 1 } }")
    frame.get_by_role("button", name="Print").click()
    page.wait_for_function("window.prints === 1")
    (folder.logs / "waiting.pdf").write_bytes(pdf := page.pdf(prefer_css_page_size=True))
    text = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    may = data.between(MAILS, "2026-05-01", "2026-06-01")
    for label, *figures in data.rows(may, "city", METRICS):
        assert label in text
        assert all(figure in text for figure in figures)
    assert "live page" not in text
    expect(page.locator("#paper")).to_have_count(0)

    page.clock.fast_forward(61_000)
    late = page.locator(".drp-late")
    expect(late).to_contain_text(
        re.compile(r"^\s*Figures of .* (AM|PM)\. The live page has not started yet; reload")
    )
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    page.close(run_before_unload=True)


def test_a_live_page_without_figures_comes_after_ten_seconds(
    visit: Visit, pages_server: Server, quarter: str
) -> None:
    page = visit.page()
    page.clock.install()
    page.route_web_socket("**/channels**", _count_for_ever)
    page.goto(page_address(pages_server, quarter))
    root = page.locator("#rendered_cells .dr-root[data-mode=page]")
    expect(root.locator("[data-status=loading]").first).to_be_attached()
    expect(page.locator("#snapshot")).to_have_count(1)
    page.clock.fast_forward(11_000)
    expect(page.locator("#snapshot")).to_have_count(0)
    expect(root.get_by_role("heading", level=1)).to_have_text("Quarter")
    expect(root.locator("[data-status=loading]").first).to_be_visible()
    page.close(run_before_unload=True)


def _count_for_ever(socket: WebSocketRoute) -> None:
    """Tell a page of all figures that they are being counted."""
    server = socket.connect_to_server()

    def tell(message: str | bytes) -> None:
        if isinstance(message, bytes):
            message = READY.sub(lambda found: LOADING.ljust(len(found.group())), message)
        socket.send(message)

    server.on_message(tell)


def test_figures_that_jupyter_drops_come_all_the_same(
    visit: Visit, pages_server: Server, folder: Folder, tmp_path: Path
) -> None:
    # They were counted while the page was made, which takes the states of all models at an earlier moment.
    frame = """import dynreports as dr
from dynreports.campaign.demo_data import write
write(LOGS, recipients=300, deliveries=8, days=40)
project = dr.template("Delivery summary", dr.campaign.load(LOGS))
project.save("deliveries", overwrite=True)
project.publish(period=True)""".replace("LOGS", repr(str(tmp_path / "logs")))
    in_reports(folder, frame)
    forgetful = visit.page()
    lost: list[int] = []
    forgetful.route_web_socket("**/channels**", lambda socket: _lose(socket, lost))
    forgetful.goto(page_address(pages_server, "deliveries"))
    desk = Desk(forgetful, forgetful.locator(".dr-root"))
    desk.is_ready()
    expect(forgetful.locator("#snapshot")).to_have_count(0)
    expect(forgetful.locator("[data-status=ready]")).to_have_count(16)
    assert sum(lost) == 16
    forgetful.close(run_before_unload=True)


def _lose(socket: WebSocketRoute, lost: list[int]) -> None:
    """Tell a page the states of all models as they were before their figures were counted."""
    server = socket.connect_to_server()

    def tell(message: str | bytes) -> None:
        if isinstance(message, bytes) and b'"method": "update_states"' in message:
            message, count = READY.subn(lambda found: LOADING.ljust(len(found.group())), message)
            lost.append(count)
        socket.send(message)

    server.on_message(tell)


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    start = time.perf_counter()
    end: list[float] = []
    yield lambda: end[0] - start
    end.append(time.perf_counter())
