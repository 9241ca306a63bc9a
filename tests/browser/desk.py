"""A workspace or page on the screen, in the words of the person who uses it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from playwright.sync_api import Locator, Page, expect

Value = TypeVar("Value")
PATIENCE = 20.0

# What a person reads in a table. Cells are matched by row and column, wherever the grid has put them.
_READ = r"""(table) => {
  const text = (node, selector) => node?.querySelector(selector)?.textContent ?? null;
  const left = (node) => node.getBoundingClientRect().left;
  const heads = [...table.querySelectorAll(".ag-header-viewport .ag-header-cell[col-id]")]
    .sort((a, b) => left(a) - left(b));
  const columns = heads.map((head) => head.getAttribute("col-id"));
  const cellsOf = (place, id) => columns.map((column) => {
    const row = [...table.querySelectorAll(`${place} .ag-row`)].find((each) => each.getAttribute("row-id") === id);
    return row?.querySelector(`.ag-cell[col-id="${column}"]`) ?? null;
  });
  const line = (row, place) => {
    const label = row.querySelector(".dr-lab");
    const cells = cellsOf(place, row.getAttribute("row-id"));
    // The grid puts a row in place before it draws the cells: such a row is not there yet.
    if (!label) return { kind: "drawing", depth: 0, label: null, range: null, figures: [], outOf: [] };
    const isHead = label.classList.contains("dr-lab-total");
    return {
      kind: isHead ? "total" : "item",
      depth: label.querySelectorAll(".dr-gutter").length,
      number: text(label, ".dr-no"),
      label: isHead ? text(label, ".dr-name > .dr-ell") : text(label, ".dr-ell"),
      range: text(label, ".dr-range"),
      open: label.querySelector("[data-act=twist]")?.getAttribute("aria-expanded") ?? null,
      selected: row.classList.contains("ag-row-selected"),
      figures: cells.map((cell) => text(cell, isHead ? "b" : ".dr-fig")),
      percents: cells.map((cell) => text(cell, ".dr-pc")),
      outOf: cells.map((cell) => (isHead ? text(cell, "small") : null)),
    };
  };
  // What stands over a head, from the top down.
  const middle = (box) => (box.left + box.right) / 2;
  const levels = [...table.querySelectorAll(".ag-header-viewport .dr-level[data-first]")]
    .map((level) => ({ box: level.getBoundingClientRect(), label: text(level, ".dr-ell") }))
    .sort((a, b) => a.box.top - b.box.top);
  const over = (head) => levels
    .filter(({ box }) => box.left < middle(head.getBoundingClientRect()) && middle(head.getBoundingClientRect()) < box.right)
    .map(({ label }) => label);
  const lines = (place) => [...table.querySelectorAll(`${place} .ag-row`)]
    .sort((a, b) => a.getAttribute("row-index") - b.getAttribute("row-index"));
  const [total] = lines(".ag-pinned-left-floating-top");
  return {
    levels: levels.map(({ label }) => label),
    heads: heads.map((head) => ({
      label: text(head, ".dr-head-label"),
      chips: over(head),
      sort: head.getAttribute("aria-sort"),
    })),
    total: total ? line(total, ".ag-floating-top-container") : null,
    rows: lines(".ag-pinned-left-cols-container").map((row) => line(row, ".ag-center-cols-container")),
  };
}"""


def until(probe: Callable[[], Value], wanted: Value) -> None:
    """Look again and again until a value is as wanted."""
    deadline = time.monotonic() + PATIENCE
    found = probe()
    while found != wanted and time.monotonic() < deadline:
        time.sleep(0.05)
        found = probe()
    assert found == wanted


def is_focused(place: Locator) -> bool:
    return place.count() > 0 and place.first.evaluate("(node) => node === document.activeElement")


class Grid:
    """A freeform table as it stands on the screen."""

    def __init__(self, desk: Desk, item: Locator) -> None:
        self.desk = desk
        self.item = item
        self.root = item.locator("[data-dr-table]")

    def read(self) -> dict[str, Any]:
        return self.root.evaluate(_READ)

    def heads(self) -> list[str]:
        return [each["label"] for each in self.read()["heads"]]

    def rows(self, depth: int = 0) -> list[tuple[str, ...]]:
        """Return label and figures of the items of one depth."""
        found = [each for each in self.read()["rows"] if each["kind"] == "item" and each["depth"] == depth]
        return [(each["label"], *each["figures"]) for each in found]

    def blocks(self) -> list[list[tuple[str, ...]]]:
        """Return the breakdowns from the top down: the head of each with its totals, then its items."""
        found: list[list[tuple[str, ...]]] = []
        open_at: dict[int, list[tuple[str, ...]]] = {}
        for each in self.read()["rows"]:
            line = (each["label"], *each["figures"])
            if each["kind"] == "total":
                open_at[each["depth"]] = [line]
                found.append(open_at[each["depth"]])
            elif each["kind"] == "item" and each["depth"]:
                open_at[each["depth"]].append(line)
        return found

    def totals(self) -> list[str]:
        total = self.read()["total"]
        return total["figures"] if total else []

    # ---- saying what must be there ------------------------------------------------------------

    def has_heads(self, *labels: str) -> None:
        until(self.heads, list(labels))

    def has_rows(self, rows: list[tuple[str, ...]], depth: int = 0) -> None:
        until(lambda: self.rows(depth), rows)

    def has_totals(self, *figures: str) -> None:
        until(self.totals, list(figures))

    def has_blocks(self, *blocks: list[tuple[str, ...]]) -> None:
        until(self.blocks, list(blocks))

    def has_range(self, range: str) -> None:
        until(lambda: self.read()["total"]["range"], range)

    # ---- parts ----------------------------------------------------------------------------------

    def head(self, label: str) -> Locator:
        return self.root.locator(".ag-header-cell", has=self.desk.page.get_by_text(label, exact=True))

    def label(self, label: str) -> Locator:
        """The label of an item."""
        name = self.desk.page.get_by_text(label, exact=True)
        return self.root.locator(".dr-lab-item", has=name)

    def label_cell(self, label: str) -> Locator:
        """The cell of the grid that the label of an item stands in."""
        return self.root.locator(".ag-cell", has=self.desk.page.get_by_text(label, exact=True))

    def total_label(self) -> Locator:
        return self.root.locator(".ag-floating-top .dr-lab-total")

    def select(self, first: str, *others: str) -> None:
        """Select one row, and others with Ctrl."""
        self.label(first).locator(".dr-ell").click()
        for each in others:
            self.label(each).locator(".dr-ell").click(modifiers=["Control"])

    def act(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press a control of the grid by its name."""
        holder = within or self.root
        holder.hover()
        holder.get_by_role("button", name=name, exact=isinstance(name, str)).click()


class Desk:
    """One view of a workspace, or a page to read."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page = page
        self.root = root

    def is_ready(self) -> None:
        """Wait until every table shows its figures, an error, or where to begin."""
        expect(self.root).to_have_attribute("data-mode", re.compile("workspace|page"))
        expect(self.root.locator('[data-dr-table][data-status="loading"]')).to_have_count(0)

    # ---- parts ----------------------------------------------------------------------------------

    def table(self, title: str = "Freeform Table") -> Grid:
        return Grid(self, self.root.get_by_role("region", name=title, exact=True))

    def table_in(self, panel: Locator, title: str = "Freeform Table") -> Grid:
        return Grid(self, panel.get_by_role("region", name=title, exact=True))

    def panel(self, title: str = "Freeform") -> Locator:
        return self.root.get_by_role("region", name=title, exact=True)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.root.get_by_role("button", name=name, exact=isinstance(name, str))

    def component(self, label: str) -> Locator:
        return self.root.locator(".dr-pane").get_by_role("option", name=label, exact=True)

    def overlay(self) -> Locator:
        return self.root.locator(".dr-overlay")

    def targets(self) -> list[str]:
        """Return what can be done with what is dragged, in reading order."""
        return (
            self.overlay()
            .locator(".dr-target")
            .evaluate_all("(all) => all.map((each) => each.getAttribute('aria-label'))")
        )

    def target(self, phrase: str) -> Locator:
        """A target that does this; of several selected rows each does the same."""
        return self.overlay().get_by_role("button", name=phrase, exact=True).first

    # ---- what people do -------------------------------------------------------------------------

    def look_for(self, text: str) -> None:
        """Type into the search of the component list."""
        self.root.get_by_role("searchbox", name="Search components").fill(text)

    @contextmanager
    def dragging(self, *labels: str) -> Iterator[None]:
        """Hold components under the pointer; what is not dropped inside is put back."""
        if len(labels) > 1:
            for label in labels:
                self.component(label).click(modifiers=["Control"])
        with self.dragging_element(self.component(labels[-1])):
            yield

    @contextmanager
    def dragging_element(self, source: Locator) -> Iterator[None]:
        """Hold something that can be dragged under the pointer."""
        self._grab(source)
        try:
            yield
        finally:
            if self.overlay().count():
                self.page.keyboard.press("Escape")
                self.page.mouse.up()
            expect(self.overlay()).to_have_count(0)

    def _grab(self, source: Locator) -> None:
        source.scroll_into_view_if_needed()
        box = source.bounding_box()
        assert box is not None
        x, y = box["x"] + min(60, box["width"] / 2), box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        # The browser takes it for a drag after a few pixels.
        self.page.mouse.move(x + 4, y + 4)
        self.page.mouse.move(x + 12, y + 8, steps=3)
        expect(self.overlay()).to_be_visible()

    def point(self, phrase: str) -> None:
        """Move what is dragged over a target."""
        target = self.target(phrase)
        expect(target).to_be_visible()
        for _ in range(20):
            box = target.bounding_box()
            assert box is not None
            self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
            if target.get_attribute("data-active") is not None:
                return
        expect(target).to_have_attribute("data-active", "true")

    def hover(self, place: Locator) -> None:
        """Move what is dragged over any place."""
        box = place.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)

    def drop(self, *labels: str, onto: str) -> None:
        """Drag components to the target that says what will happen, and let go."""
        with self.dragging(*labels):
            self.point(onto)
            self.page.mouse.up()

    def drag_head(self, grid: Grid, label: str, onto: str) -> None:
        """Drag a column by its head."""
        self._grab(grid.head(label).locator(".dr-head"))
        self.point(onto)
        self.page.mouse.up()
        expect(self.overlay()).to_have_count(0)

    def rename(self, what: str, old: str, new: str) -> None:
        """Give a report, panel or table another title by typing over it."""
        level = {"report": 1, "panel": 2, "table": 3}[what]
        self.root.get_by_role("heading", name=old, exact=True, level=level).get_by_role("button").click()
        box = self.root.get_by_role("textbox", name=f"Title of the {what}")
        box.fill(new)
        box.press("Enter")
        expect(self.root.get_by_role("heading", name=new, exact=True, level=level)).to_be_visible()

    def open_period(self, panel: str) -> Locator:
        """Open the period of a panel, and return its pop-over."""
        self.panel(panel).get_by_role("button", name=re.compile("^Period: ")).click()
        dialog = self.root.get_by_role("dialog", name=f"Period of {panel}")
        expect(dialog).to_be_visible()
        return dialog

    def day(self, dialog: Locator, date: str) -> Locator:
        """A day of the calendar: ``May 4, 2026``."""
        return dialog.get_by_role("gridcell").get_by_role("button", name=re.compile(rf", {date}\b"))

    def menu(self, menu: str, item: str) -> None:
        """Choose from a menu of the toolbar."""
        self.root.get_by_role("toolbar").get_by_role("button", name=menu, exact=True).click()
        # What Undo would take back is part of its name.
        name = re.compile(rf"^{re.escape(item)}(: .+)?$")
        self.root.get_by_role("menuitem", name=name).click()

    def undo(self) -> None:
        self.button(re.compile("^Undo")).click()

    def redo(self) -> None:
        self.button(re.compile("^Redo")).click()

    # ---- by keyboard ----------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, place: Locator, *, key: str = "Tab", most: int = 60) -> None:
        """Press a key until the focus is there."""
        for _ in range(most):
            if is_focused(place):
                return
            self.press(key)
        expect(place).to_be_focused(timeout=1_000)

    def pick_up(self, label: str) -> None:
        """Take the component that has the focus in hand."""
        expect(self.component(label)).to_be_focused()
        self.press("Enter")
        expect(self.overlay()).to_be_visible()

    def walk_to(self, phrase: str) -> None:
        """Walk over the targets to the one that does this."""
        self.tab_to(self.target(phrase), key="ArrowRight")
        expect(self.overlay().get_by_role("status")).to_have_text(phrase)

    # ---- what people are told -------------------------------------------------------------------

    def says(self, words: str) -> None:
        """Wait until the live region says it."""
        expect(self.root.locator('[data-live-announcer="true"].dr-sr')).to_contain_text(words)

    def is_unsaved(self, unsaved: bool = True) -> None:
        expect(self.root.get_by_text("There are unsaved changes")).to_have_count(1 if unsaved else 0)

    def refuses(self, words: str) -> None:
        expect(self.root.get_by_role("alert").filter(has_text=words)).to_be_visible()
