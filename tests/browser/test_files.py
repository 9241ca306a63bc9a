"""Reports as files, opened from the disk by a browser without a network."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Locator, expect

import dynreports as dr
from tests.browser.data import mails
from tests.browser.hostile import LABELS
from tests.browser.notebook import Notebook

COLUMNS = ["Records", "Person"]


def labels(table: Locator) -> list[str]:
    """Return the rows that are shown."""
    found: list[str] = table.locator("tbody tr:not([hidden])").evaluate_all(
        "rows => rows.map(row => row.cells[0].innerText.replace(/\\s+/g, ' ').trim())"
    )
    return found


def test_an_html_file_works_alone(chromium: Browser, tmp_path: Path) -> None:
    frame = mails()
    frame["city"] = frame["city"].where(frame["wave"] != "Wave 01", LABELS[0])
    data = dr.Dataset(
        frame, time="ts", metrics=[dr.count(label="Records"), dr.distinct("person", label="Person")]
    )
    project = dr.Project(f"Mails {LABELS[1]}", data)
    panel = project.panel("All", period=None)
    table = panel.table(rows="Wave", columns=COLUMNS, limit=10, title="Waves")
    first = str(table.frame().index[0])
    table.break_down(first, by="City", limit=2)
    file = project.export(tmp_path / "mails.html")
    context = chromium.new_context(offline=True)
    broken: list[str] = []
    context.on("console", lambda message: broken.append(message.text))
    context.on("weberror", lambda error: broken.append(str(error.error)))
    context.on(
        "request", lambda request: broken.append(request.url) if request.url != file.as_uri() else None
    )
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        expect(page.get_by_role("heading", level=1)).to_have_text(project.title)
        shown = page.get_by_role("table", name="Waves")
        by_size = table.frame()
        rows = labels(shown)
        assert rows[:2] == ["Total", f"1. {first}"]
        assert rows[2].startswith(f"City of {first}")
        assert len(rows) == 1 + 10 + 1 + 2
        # Sorted by people, from the highest: not the order of the records, and by figures, not by their text.
        shown.get_by_role("button", name="Person").click()
        whole = panel.table(rows="Wave", columns=COLUMNS, limit=400, sort="-Person").frame()
        expected = [f"{rank}. {label}" for rank, label in enumerate(whole.index[:10], 1)]
        assert [each for each in labels(shown) if each in expected] == expected
        assert list(whole.index[:10]) != list(by_size.index)
        page.get_by_role("button", name="Next", exact=True).click()
        expect(page.get_by_text(f"11–20 of {len(whole)}")).to_be_visible()
        # A breakdown folds with its row, wherever that stands.
        page.get_by_role("button", name="Previous", exact=True).click()
        while not page.get_by_role("button", name=f"Breakdown of {first}").is_visible():
            page.get_by_role("button", name="Next", exact=True).click()
        before = len(labels(shown))
        page.get_by_role("button", name=f"Breakdown of {first}").click()
        assert len(labels(shown)) == before - 3
        assert broken == []
    finally:
        context.close()
    pd.testing.assert_frame_equal(table.frame(), by_size)


def test_files_from_the_workspace_while_one_goes_on(notebook: Notebook) -> None:
    desk = notebook.show(
        "import threading\nfrom dynreports.views import paper\ngate, made = threading.Event(), paper.pdf\n"
        "paper.pdf = lambda *given: (gate.wait(120), made(*given))[1]\n"
        'project = dr.Project("Files", data)\n'
        'table = project.panel("Mails").table(rows="City", columns=["Sent"], title="Cities")\n'
        'project.panels[0].chart("bar", source=table, title="Towns")\nproject'
    )
    for title in ("Cities", "Towns"):
        desk.button(f"More for {title}").click()
        with desk.page.expect_download() as got:
            desk.root.get_by_role("menuitem", name="Download as picture").click()
        assert got.value.suggested_filename == f"{title.lower()}.png"
        assert Path(got.value.path()).read_bytes().startswith(b"\x89PNG")

    desk.menu("Project", "Download PDF")
    cancel = desk.button("Cancel")
    expect(cancel).to_be_visible()
    desk.rename("report", "Files", "Files of mine")
    cancel.click()
    desk.says("Cancelled.")
    expect(cancel).to_have_count(0)
    expect(desk.root.get_by_role("alert")).to_have_count(0)
    notebook.python("[gate.set(), setattr(paper, 'pdf', made)]")
    with desk.page.expect_download() as got:
        desk.menu("Project", "Download PDF")
    assert got.value.suggested_filename == "files-of-mine.pdf"
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF")
