"""A published report as a Voilà page: right figures, to look at and not to touch."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server
from tests.browser import data
from tests.browser.conftest import Visit, in_reports, open_page, page_address
from tests.browser.desk import Desk

MAILS = data.mails()
MAY = data.between(MAILS, "2026-05-01", "2026-06-01")
METRICS = ["Sent", "People", "Open rate"]
SAVED = f"""{data.DATA}
project = dr.Project("Mails in May", data)
panel = project.panel("Cities", period="last month")
panel.table(rows="City", columns={METRICS}).break_down("Paris", by="Device")
project.panel("Waves", segments=["Young"]).table(rows="Wave", columns=["Sent"], limit=10, title="Young waves")
project.save("mails-in-may")
project.publish(explore=False)
"""


@pytest.fixture(scope="module")
def report(folder: Folder) -> str:
    in_reports(folder, SAVED)
    return "mails-in-may"


@pytest.fixture
def reader(visit: Visit, pages_server: Server, report: str) -> Desk:
    return open_page(visit, pages_server, report)


def test_figures_sort_paging_and_breakdown(reader: Desk) -> None:
    cities, waves = reader.table(), reader.table("Young waves")
    expect(reader.root.get_by_role("heading", level=1)).to_have_text("Mails in May")
    expect(reader.root).to_contain_text("Last month · May 1 – May 31")
    cities.has_heads(*METRICS)
    cities.has_rows(data.rows(MAY, "city", METRICS))
    cities.has_totals(*(data.figure(each, MAY) for each in METRICS))
    paris = MAY[MAY["city"] == "Paris"]
    head = ("Device", *(data.figure(each, paris) for each in METRICS))
    cities.has_blocks([head, *data.rows(paris, "device", METRICS)])

    # Sort: by a click on the head, and again the other way round.
    cities.head("People").click()
    cities.has_rows(data.rows(MAY, "city", METRICS, sort="People"))
    cities.head("Open rate").click()
    cities.has_rows(data.rows(MAY, "city", METRICS, sort="Open rate"))

    # Close and open.
    cities.act("Close the breakdown of Paris")
    cities.has_blocks()
    cities.act("Open the breakdown of Paris")
    cities.has_blocks([head, *data.rows(paris, "device", METRICS, sort="Open rate")])

    # Pages, in a table whose panel has a filter.
    young = MAILS[MAILS["age"] < 30]
    all_waves = data.rows(young, "wave", ["Sent"])
    waves.has_rows(all_waves[:10])
    waves.act("Next page")
    waves.has_rows(all_waves[10:20])
    waves.act("Next page")
    waves.has_rows(all_waves[20:])
    waves.has_range(f"21–{len(all_waves)} of {len(all_waves)}")
    expect(waves.root.get_by_role("button", name="Next page")).to_be_disabled()


def test_nothing_can_be_changed_or_saved(reader: Desk, folder: Folder) -> None:
    file = folder.reports / "mails-in-may.report.json"
    before = file.read_bytes()
    root = reader.root
    for gone in (
        ".dr-rail",
        ".dr-pane",
        ".dr-toolbar",
        "[data-dr-zone]",
        "[data-dr-empty]",
        "[draggable=true]",
    ):
        expect(root.locator(gone)).to_have_count(0)
    expect(root.get_by_role("textbox")).to_have_count(0)
    expect(
        root.get_by_role("button", name=re.compile("Remove|Rename|Save|Undo|Add|Period|Search"))
    ).to_have_count(0)

    reader.table().head("Sent").focus()
    reader.press("Delete", "Control+z", "Alt+a", "Alt+w", "Control+s")
    reader.table().label("Lyon").first.click(button="right")
    # Readers may copy what they see and keep rows to look at; nothing else is in the menu.
    expect(root.get_by_role("menu")).to_be_visible()
    for entry in root.get_by_role("menuitem").all():
        expect(entry).to_have_text(re.compile("^(Copy|Explain|Only) "))
    reader.press("Escape")
    reader.table().has_heads(*METRICS)
    assert file.read_bytes() == before
    assert not list(folder.reports.rglob("*draft*mails*"))


def test_each_reader_has_a_page_of_his_own(
    reader: Desk, visit: Visit, pages_server: Server, report: str
) -> None:
    reader.table().head("People").click()
    reader.table().has_rows(data.rows(MAY, "city", METRICS, sort="People"))
    other = open_page(visit, pages_server, report)
    other.table().has_rows(data.rows(MAY, "city", METRICS))


def test_a_report_that_is_not_there(visit: Visit, pages_server: Server, report: str, folder: Folder) -> None:
    in_reports(folder, "import dynreports as dr\ndr.open('mails-in-may').save_as('Not for readers')")
    page = visit.page()
    for name in ("mails-in-mai", "not-for-readers"):
        answer = page.goto(page_address(pages_server, name))
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("alert")).to_contain_text("There is no such report")
    visit.broken.clear()  # Chromium logs each 404
    expect(page.get_by_role("main")).to_contain_text("What there is")
    assert "Not for readers" not in page.get_by_role("main").inner_text()
    page.goto(page_address(pages_server, "mails-in-mai"))
    visit.broken.clear()
    expect(page.get_by_role("alert")).to_contain_text("Did you mean: mails-in-may?")

    # All reports: the same list as authors have, of what is published and with nothing to change.
    every = follow(page, "All reports")
    expect(every.get_by_role("heading", name="Reports")).to_be_visible()
    expect(every.get_by_role("link", name="Not for readers")).to_have_count(0)
    expect(every.get_by_role("checkbox", name=re.compile("^Select"))).to_have_count(0)
    opened = follow(every, "Mails in May")
    expect(opened).to_have_url(re.compile("/r/mails-in-may$"))
    desk = Desk(opened, opened.locator(".dr-root"))
    desk.is_ready()
    desk.table().has_totals(*(data.figure(each, MAY) for each in METRICS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(visit: Visit, pages_server: Server, report: str, scheme: str) -> None:
    page = visit.page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(page_address(pages_server, report))
    desk = Desk(page, page.locator(".dr-root"))
    desk.is_ready()
    card = desk.table().root.locator(".dr-lab-item").first
    paper = float(card.evaluate(BRIGHTNESS.replace("WHAT", "background")))
    ink = float(card.evaluate(BRIGHTNESS.replace("WHAT", "color")))
    assert (paper > 0.8 and ink < 0.4) if scheme == "light" else (paper < 0.3 and ink > 0.6)


def follow(page: Page, link: str) -> Page:
    """Click a link, which opens where it stands, not in a tab of its own."""
    page.get_by_role("link", name=link).click()
    expect(page.get_by_role("link", name=link)).to_have_count(0)
    assert len(page.context.pages) == 1
    return page


BRIGHTNESS = """(node) => {
  const read = (style) => style.match(/[\\d.]+/g).map(Number);
  for (let at = node; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    const [r, g, b, alpha = 1] = read("WHAT" === "color" ? style.color : style.backgroundColor);
    if (alpha > 0.5) return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  }
  return 1;
}"""


def test_names_are_told_apart_on_a_phone(visit: Visit, pages_server: Server, folder: Folder) -> None:
    code = f"""{data.DATA}
named = mails.assign(sending="Weekly digest of spring " + mails["wave"].astype(str))
named.to_parquet("named.parquet")
project = dr.Project("Digests", dr.read("named.parquet", time="ts"))
project.panel("All", period=None).table(rows="Sending", columns=["Records"], title="Digests")
project.save("digests")
project.publish()"""
    in_reports(folder, code)
    page = visit.page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(page_address(pages_server, "digests"))
    desk = Desk(page, page.locator(".dr-root"))
    desk.is_ready()
    expect(page.locator("#snapshot")).to_have_count(0)
    names = desk.table("Digests").root.locator(".dr-lab-item .dr-ell")
    expect(names.first).to_be_visible()
    cut = "all => all.filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth)"
    assert names.evaluate_all(f"({cut})") == []
