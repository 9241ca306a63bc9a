"""Hostile text in data, heads, totals, titles and components: shown as it is, in all three places."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server
from tests.browser import hostile
from tests.browser.conftest import Visit, in_reports, open_page, page_address
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

LABELS, LONG, TITLES = hostile.LABELS, hostile.LONG, hostile.TITLES


@pytest.fixture(scope="session")
def hostile_folder(folder: Folder) -> Folder:
    hostile.write(folder.root)
    return folder


def test_in_jupyterlab(hostile_folder: Folder, notebook: Notebook) -> None:
    desk = notebook.show(f"{hostile.CODE}\nproject")
    shows_it_as_text(desk)
    expect(desk.root.get_by_role("heading", name=TITLES[0], exact=True).first).to_be_visible()

    # Through a gesture: chip, preview, targets, live region, undo, menus, toasts.
    desk.look_for("img src")
    segment = desk.root.get_by_role("listbox", name="Segments").get_by_role(
        "option", name=LABELS[0], exact=True
    )
    with desk.dragging_element(segment):
        desk.point(f"Filter {TITLES[1]} by {LABELS[0]}")
        desk.page.mouse.up()
    desk.says(f"Filtered {TITLES[1]} by {LABELS[0]}.")
    desk.table(TITLES[2]).has_totals(*[f"{len(hostile.VALUES)}"] * 5)
    desk.undo()
    grid = desk.table(TITLES[2])
    grid.label(LABELS[2]).first.hover()
    grid.root.get_by_role("button", name=f"Actions for {LABELS[2]}", exact=True).click()
    expect(desk.root.get_by_role("menu", name=f"Actions for {LABELS[2]}")).to_be_visible()
    desk.press("Escape")
    for label in (*LABELS, LONG):
        desk.look_for(label[:40])
        expect(desk.component(label).first).to_be_visible()
    is_harmless(desk.page)


def test_titles_that_are_typed(notebook: Notebook) -> None:
    desk = notebook.show(
        'project = dr.Project("Mails", data)\nproject.panel("Mails").table(rows="City")\nproject'
    )
    for what, old in (("report", "Mails"), ("panel", "Mails"), ("table", "Freeform Table")):
        desk.rename(what, old, LABELS[0])
    expect(desk.root.get_by_role("heading", name=LABELS[0], exact=True)).to_have_count(3)
    assert (
        notebook.python("[project.title, project.panels[0].title, project.panels[0].tables[0].title]")
        == [LABELS[0]] * 3
    )
    is_harmless(desk.page)


def test_on_a_page(hostile_folder: Folder, pages_server: Server, visit: Visit) -> None:
    in_reports(hostile_folder, f"{hostile.CODE}\nproject.save('hostile')\nproject.publish()")
    desk = open_page(visit, pages_server, "hostile")
    shows_it_as_text(desk)
    expect(desk.root.get_by_role("heading", level=1)).to_have_text(TITLES[0])
    is_harmless(desk.page)


def test_in_the_address(pages_server: Server, visit: Visit) -> None:
    page = visit.page()
    page.goto(page_address(pages_server, LABELS[0]))
    expect(page.get_by_role("alert")).to_contain_text("There is no such report")
    expect(page.get_by_role("alert")).to_contain_text("<img src=x onerror")
    visit.broken.clear()  # Chromium logs the 404
    is_harmless(page)


def test_as_static_html(hostile_folder: Folder, visit: Visit) -> None:
    html = in_reports(hostile_folder, f"{hostile.CODE}\nhtml = project._repr_html_()")["html"]
    page = visit.page()
    page.set_content(f"<!doctype html><meta charset=utf-8>{html}", wait_until="load")
    heads = page.locator("table").first.locator("thead th")
    assert heads.evaluate_all("(all) => all.slice(1).map((each) => each.textContent)") == LABELS[:5]
    names = (
        page.locator("table")
        .first.locator("tbody th")
        .evaluate_all("(all) => all.map((each) => each.textContent)")
    )
    for number, value in enumerate(hostile.VALUES, 1):
        assert f"{number}. {value}" in names
    assert page.locator("img, script, h2 *, h3 *").count() == 0
    is_harmless(page)


def shows_it_as_text(desk: Desk) -> None:
    """Every label of the three tables stands where it belongs, letter by letter."""
    first, second = desk.table(TITLES[2]), desk.table(TITLES[0])
    third = desk.table(LONG[:199])
    values = hostile.VALUES
    first.has_heads(*LABELS[:5])
    second.has_heads(*LABELS[5:10])
    third.has_heads(*LABELS[10:], LONG, LABELS[0])
    assert third.read()["heads"][-1]["chips"] == [LABELS[1]]
    assert [label for label, *_ in first.rows()] == values
    assert [figures[0] for _, *figures in first.rows()] == [
        str(len(values) - at) for at in range(len(values))
    ]
    [head, *items] = first.blocks()[0]
    assert head[0] == f"{LABELS[0]} (2)"
    assert [item[0] for item in items] == [values[0][::-1]]
    assert first.read()["total"]["label"] == LABELS[0]
    assert [label for label, *_ in second.rows()] == values[:5]


def is_harmless(page: Page) -> None:
    assert page.evaluate("window.__pwned") is None
    assert page.locator(".dr-root").locator("img, script").count() == 0
