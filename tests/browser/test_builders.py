"""Calculated metrics and segments by hand: from the rail to the table, by keyboard and by mouse."""

from __future__ import annotations

import pandas as pd
from playwright.sync_api import Locator, expect

from dynreports.publish.folder import Folder
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook
from tests.browser.test_access import barriers, settled

START = """
project = dr.Project("Mails", data)
project.panel("Mails").table(rows="City", columns=["Sent"], limit=3)
project
"""


def dialog(desk: Desk, name: str) -> Locator:
    return desk.root.get_by_role("dialog", name=name)


def mails(folder: Folder) -> pd.DataFrame:
    return pd.read_parquet(folder.root / "mails.parquet")


def test_a_metric_by_keyboard(notebook: Notebook, folder: Folder) -> None:
    desk = notebook.show(START)
    desk.button("New calculated metric").focus()
    desk.press("Enter")
    made = dialog(desk, "New calculated metric")
    expect(made.get_by_role("textbox", name="Name")).to_be_focused()
    desk.page.keyboard.type("Opens each")
    desk.press("Tab")
    desk.page.keyboard.type("op")
    expect(made.get_by_role("option").first).to_have_text("Opensmetric")
    desk.press("Enter")
    desk.page.keyboard.type(" / dist")
    desk.press("Tab")
    desk.page.keyboard.type("pers")
    # What fields there are is asked when the builder opens.
    expect(made.get_by_role("option").first).to_have_text("personfield")
    desk.press("Enter")
    formula = made.get_by_role("combobox", name="Formula")
    expect(formula).to_have_value("[Opens] / distinct([person])")
    data = mails(folder)
    total = (data["event"] == "open").sum() / data["person"].nunique()
    preview = made.get_by_role("region", name="Preview")
    expect(preview).to_contain_text(f"{total:.2f} in all of the panel")
    expect(preview).to_contain_text("Paris")
    # What is wrong is told while it is written, with the nearest name.
    desk.page.keyboard.type(" + [Sentt]")
    expect(made.get_by_text("Did you mean: Sent?")).to_be_visible()
    expect(made.get_by_role("button", name="Save")).to_be_disabled()
    formula.fill("[Opens] / distinct([person])")
    expect(preview).to_contain_text(f"{total:.2f}")
    formula.press("Enter")
    expect(made).to_have_count(0)
    desk.says("Added the metric Opens each.")

    desk.look_for("Opens each")
    desk.drop("Opens each", onto="Add Opens each after Sent")
    grid = desk.table()
    cities = dict(iter(data.groupby("city")))
    rows = [(city, f"{(cities[city]['event'] == 'open').sum() / cities[city]['person'].nunique():.2f}")
            for city in ("Paris", "Lyon", "Lille")]  # fmt: skip
    grid.has_totals(f"{(data['event'] == 'sent').sum():,}", f"{total:.2f}")
    assert [(label, figure) for label, _, figure in grid.rows()] == rows

    # Changed, and refused while it is used.
    desk.component("Opens each").focus()
    desk.press("Shift+F10")
    desk.page.keyboard.type("Change this metric")
    desk.press("ArrowDown", "Enter")
    changed = dialog(desk, "Change the metric")
    changed.get_by_role("combobox", name="Formula").fill("100 * [Opens]")
    changed.get_by_label("Decimals").select_option("0")
    expect(changed.get_by_role("region", name="Preview")).to_contain_text("in all of the panel")
    changed.get_by_role("button", name="Save").click()
    grid.has_totals(f"{(data['event'] == 'sent').sum():,}", f"{100 * (data['event'] == 'open').sum():,}")
    desk.component("Opens each").focus()
    desk.press("Shift+F10")
    desk.page.keyboard.type("Delete this metric")
    desk.press("ArrowDown", "Enter")
    desk.refuses("is used in the table")
    desk.undo()
    grid.has_totals(f"{(data['event'] == 'sent').sum():,}", f"{total:.2f}")


def test_a_segment_by_mouse(notebook: Notebook, folder: Folder) -> None:
    desk = notebook.show(START)
    desk.menu("Insert", "New Segment…")
    made = dialog(desk, "New segment")
    made.get_by_role("textbox", name="Name").fill("<b>Big</b> cities")
    rule = made.get_by_role("group", name="Rule 1")
    rule.get_by_label("Field").select_option("City")
    rule.get_by_label("Condition").select_option("is one of")
    for city in ("Paris", "Lyon"):
        rule.get_by_label("Add a value").fill(city)
        rule.get_by_label("Add a value").press("Enter")
    made.get_by_role("button", name="Add a group").click()
    group = made.get_by_role("group", name="Group of rules")
    group.get_by_label("Field").select_option("Device")
    group.get_by_label("Value").fill("Mob")
    expect(group.locator("datalist option")).to_have_count(1)
    assert group.locator("datalist option").get_attribute("value") == "Mobile"
    group.get_by_label("Value").fill("Mobile")
    group.get_by_role("button", name="Add a rule").click()
    second = group.get_by_role("group", name="Rule 2")
    second.get_by_label("Field").select_option("age")
    second.get_by_label("Condition").select_option("is less than")
    second.get_by_label("Value").fill("30")
    data = mails(folder)
    kept = data[data["city"].isin(["Paris", "Lyon"]) & ((data["device"] == "Mobile") | (data["age"] < 30))]
    preview = made.get_by_role("region", name="Preview")
    expect(preview).to_contain_text(f"{len(kept)} of {len(data)} records")
    expect(preview).to_contain_text(f"{kept['person'].nunique()} People")
    made.get_by_role("button", name="Save").click()
    desk.says("Added the segment <b>Big</b> cities.")
    desk.drop("<b>Big</b> cities", onto="Filter Mails by <b>Big</b> cities")
    desk.table().has_totals(f"{(kept['event'] == 'sent').sum()}")
    desk.undo()
    assert desk.page.evaluate("() => window.__pwned") is None


def test_no_barriers(notebook: Notebook) -> None:
    desk = notebook.show(START)
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        notebook.theme(theme)
        desk.menu("Insert", "New Calculated Metric…")
        made = dialog(desk, "New calculated metric")
        made.get_by_role("combobox", name="Formula").fill("[Opens] / [Se")
        expect(made.get_by_role("listbox").get_by_role("option")).to_have_count(1)
        settled(made)
        assert barriers(desk.page) == []
        desk.press("Escape", "Escape")
        desk.menu("Insert", "New Segment…")
        made = dialog(desk, "New segment")
        made.get_by_role("button", name="Add a group").click()
        settled(made)
        assert barriers(desk.page) == []
        desk.press("Escape")
    notebook.theme("JupyterLab Light")
