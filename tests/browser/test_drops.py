"""Every drop target by mouse, in JupyterLab. The figures afterwards are those of pandas."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook

MAILS = data.mails()
PARIS = MAILS[MAILS["city"] == "Paris"]
YOUNG = MAILS[MAILS["age"] < 30]
MAY = data.between(MAILS, "2026-05-01", "2026-06-01")
TABLE = """
project = dr.Project("Mails", data)
table = project.panel("Mails").table(rows="City", columns=["Sent", "People"])
project
"""


@pytest.fixture
def filled(notebook: Notebook) -> Desk:
    """A workspace with a table of mails and people by city."""
    return notebook.show(TABLE)


# ---- an empty table and an empty panel ----------------------------------------------------------


def test_dimension_on_empty_rows_and_metric_on_empty_columns(desk: Desk) -> None:
    desk.drop("City", onto="Show City in the rows")
    desk.says("Showing City in the rows. 7 rows.")
    desk.drop("Sent", onto="Add Sent as a column")
    desk.says("Added Sent as a column.")

    table = desk.table()
    table.has_heads("Sent")
    table.has_rows(data.rows(MAILS, "city", ["Sent"]))
    table.has_totals(data.figure("Sent", MAILS))
    desk.is_unsaved()


def test_a_metric_first(desk: Desk) -> None:
    desk.drop("People", onto="Add People as a column")
    desk.table().has_totals(data.figure("People", MAILS))
    desk.drop("Device", onto="Show Device in the rows")
    desk.table().has_rows(data.rows(MAILS, "device", ["People"]))
    desk.table().has_totals(data.figure("People", MAILS))


def test_several_metrics_at_once(desk: Desk) -> None:
    desk.drop("City", onto="Show City in the rows")
    desk.drop("Sent", "Opens", "Open rate", onto="Add 3 components as a column")

    metrics = ["Sent", "Opens", "Open rate"]
    desk.table().has_heads(*metrics)
    desk.table().has_rows(data.rows(MAILS, "city", metrics))
    desk.table().has_totals(*(data.figure(each, MAILS) for each in metrics))


def test_a_component_on_an_empty_panel(desk: Desk) -> None:
    desk.button("Add a panel").click()
    desk.says("Added a blank panel.")
    desk.drop("Gender", onto="Add a table of Gender to Blank Panel")

    panel = desk.panel("Blank Panel")
    new = desk.table_in(panel)
    new.has_heads("Sent")
    new.has_rows(data.rows(MAILS, "gender", ["Sent"]))


def test_a_time_unit_in_the_rows(desk: Desk) -> None:
    desk.drop("Month", onto="Show Month in the rows")
    desk.drop("Sent", onto="Add Sent as a column")

    months = MAILS.assign(month=MAILS["ts"].dt.strftime("%b %Y")).groupby("month", sort=False)
    figures = {str(month): data.figure("Sent", part) for month, part in months}
    desk.table().has_rows([(month, figures[month]) for month in ("Apr 2026", "May 2026", "Jun 2026")])


# ---- rows and columns ---------------------------------------------------------------------------


def test_replace_the_rows(filled: Desk) -> None:
    filled.drop("Device", onto="Replace City with Device")
    filled.says("Replaced City with Device. 3 rows.")
    filled.table().has_rows(data.rows(MAILS, "device", ["Sent", "People"]))


@pytest.mark.parametrize(
    ("onto", "heads"),
    [
        ("Add Opens before Sent", ["Opens", "Sent", "People"]),
        ("Add Opens after Sent", ["Sent", "Opens", "People"]),
        ("Add Opens after People", ["Sent", "People", "Opens"]),
        ("Replace People with Opens", ["Sent", "Opens"]),
    ],
)
def test_a_metric_on_a_column(filled: Desk, onto: str, heads: list[str]) -> None:
    filled.drop("Opens", onto=onto)
    table = filled.table()
    table.has_heads(*heads)
    table.has_rows(data.rows(MAILS, "city", heads, sort="Sent"))
    table.has_totals(*(data.figure(each, MAILS) for each in heads))


def test_a_column_to_another_place(filled: Desk) -> None:
    filled.drag_head(filled.table(), "People", onto="Move People before Sent")
    filled.table().has_heads("People", "Sent")
    filled.table().has_rows(data.rows(MAILS, "city", ["People", "Sent"], sort="Sent"))


def test_a_segment_filters_a_column_and_no_other(filled: Desk) -> None:
    filled.drop("Young", onto="Filter People by Young")
    table = filled.table()
    table.has_totals(data.figure("Sent", MAILS), data.figure("People", YOUNG))
    young = dict(data.rows(YOUNG, "city", ["People"]))
    table.has_rows([(city, sent, young[city]) for city, sent in data.rows(MAILS, "city", ["Sent"])])
    assert table.read()["heads"][1]["chips"] == ["Young"]

    table.act("Remove the filter Young from People")
    table.has_totals(data.figure("Sent", MAILS), data.figure("People", MAILS))


def test_a_period_on_a_column(filled: Desk) -> None:
    filled.look_for("last month")
    filled.drop("Last month", onto="Set the period of Sent to Last month")
    table = filled.table()
    table.has_totals(data.figure("Sent", MAY), data.figure("People", MAILS))
    assert table.read()["heads"][0]["chips"] == ["Last month"]


# ---- breakdowns ---------------------------------------------------------------------------------


def test_break_down_one_row(filled: Desk) -> None:
    filled.drop("Device", onto="Break down Paris by Device")
    filled.says("Broke down Paris by Device. 3 rows.")
    # The total is the row's own figure: people with two devices count once.
    head = ("Device", data.figure("Sent", PARIS), data.figure("People", PARIS))
    filled.table().has_blocks([head, *data.rows(PARIS, "device", ["Sent", "People"])])
    filled.table().has_rows(data.rows(MAILS, "city", ["Sent", "People"]))


def test_break_down_several_selected_rows(filled: Desk) -> None:
    table = filled.table()
    table.select("Paris", "Lille")
    filled.drop("Gender", onto="Break down 2 rows by Gender")
    blocks = []
    for city in ("Paris", "Lille"):
        part = MAILS[MAILS["city"] == city]
        head = ("Gender", data.figure("Sent", part), data.figure("People", part))
        blocks.append([head, *data.rows(part, "gender", ["Sent", "People"])])
    table.has_blocks(*blocks)

    filled.undo()
    table.has_blocks()


def test_break_down_a_row_of_a_breakdown(filled: Desk) -> None:
    filled.drop("Device", onto="Break down Paris by Device")
    filled.drop("Gender", onto="Break down Tablet by Gender")
    part = PARIS[PARIS["device"] == "Tablet"]
    head = ("Gender", data.figure("Sent", part), data.figure("People", part))
    filled.table().has_rows(data.rows(PARIS, "device", ["Sent", "People"]), depth=1)
    filled.table().has_rows(data.rows(part, "gender", ["Sent", "People"]), depth=2)
    assert filled.table().blocks()[1][0] == head


# ---- the panel ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "onto", "chip", "part"),
    [
        ("Young", "Filter Mails by Young", "Young", YOUNG),
        ("Opens", "Keep only records that count as Opens", "Opens", MAILS[MAILS["event"] == "open"]),
        ("City", "Keep only records with a value of City", "City: any value", MAILS.dropna(subset="city")),
    ],
)
def test_a_component_on_the_panel(
    filled: Desk, component: str, onto: str, chip: str, part: pd.DataFrame
) -> None:
    filled.drop(component, onto=onto)
    table = filled.table()
    table.has_rows(data.rows(part, "city", ["Sent", "People"]))
    # "Out of" is the panel's own total: it is filtered, too.
    people = data.figure("People", part)
    table.has_totals(data.figure("Sent", part), people)
    assert table.read()["total"]["outOf"][1] == f"out of {people}"

    filled.button(f"Remove {chip}").click()
    table.has_totals(data.figure("Sent", MAILS), data.figure("People", MAILS))


def test_a_period_on_the_panel(filled: Desk) -> None:
    filled.look_for("last month")
    filled.drop("Last month", onto="Set the period of Mails to Last month")
    filled.table().has_rows(data.rows(MAY, "city", ["Sent", "People"]))
    expect(filled.button(re.compile(r"^Period: Last month\W+May 1, 2026 12:00 AM"))).to_be_visible()


# ---- rows and columns that are put there --------------------------------------------------------


def test_rows_that_are_put_there_and_columns_side_by_side(filled: Desk) -> None:
    filled.drop("Young", onto="Replace City with Young")
    figures = [("Young", data.figure("Sent", YOUNG), data.figure("People", YOUNG))]
    filled.table().has_rows(figures)
    filled.drop("Opens", onto="Add Opens after Young")
    filled.table().has_rows([*figures, ("Opens", data.figure("Opens", MAILS), data.figure("Opens", MAILS))])
    filled.undo()

    filled.drop("Device", onto="Split Sent by the top items of Device")
    table = filled.table()
    table.has_heads("Sent", "Sent", "Sent", "Sent", "People")
    filled.undo()
    table.has_heads("Sent", "People")
    filled.drop("Young", onto="Stack Young above the columns of Freeform Table")
    young = (data.figure("Sent", YOUNG), data.figure("People", YOUNG))
    table.has_totals(*young)


def test_one_head_stands_over_columns_that_share_it(filled: Desk) -> None:
    table = filled.table()
    filled.drop("Young", onto="Stack Young above the columns of Freeform Table")
    until(lambda: table.read()["levels"], ["Young"])
    filled.drop("Opens", onto="Add Opens before Sent")
    filled.drop("Device", onto="Split People by the top items of Device")
    table.has_heads("Opens", "Sent", "People", "People", "People", "People")
    devices = [f"Device: {each}" for each in ("Mobile", "Desktop", "Tablet")]
    chips = [[], ["Young"], *([each, "Young"] for each in devices), ["Young"]]
    until(lambda: [each["chips"] for each in table.read()["heads"]], chips)
    # Up from a column to what stands over it, and on; Delete takes it from all that stand under it.
    table.head("Sent").focus()
    filled.press("ArrowUp", "Delete")
    filled.says("Removed Young from Sent.")
    until(lambda: [each["chips"] for each in table.read()["heads"]][1], [])
    expect(table.head("Sent")).to_be_focused()
    filled.undo()
    filled.drag_head(table, "Sent", onto="Move Sent before Opens")
    table.has_heads("Sent", "Opens", "People", "People", "People", "People")
    until(lambda: table.read()["levels"].count("Young"), 5)
    filled.undo()
    table.head("Sent").locator(".dr-head-label").click()
    until(lambda: table.read()["heads"][1]["sort"], "ascending")


# ---- what can't be ------------------------------------------------------------------------------


def test_what_can_be_done_lights_up_and_nothing_else(filled: Desk) -> None:
    cities = ("Paris", "Lyon", "Lille", "Nantes", "Rennes", "Brest", "N/A")
    with filled.dragging("Young"):
        assert filled.targets() == [
            "Filter Mails by Young",
            "Stack Young above the columns of Freeform Table",
            "Add a column of Young before Sent",
            "Filter Sent by Young",
            "Add a column of Young after Sent",
            "Add a column of Young before People",
            "Filter People by Young",
            "Add a column of Young after People",
            "Replace City with Young",
            "Break down all 7 rows by Young",
            *(f"Break down {city} by Young" for city in cities),
            "Add a table of Young to Mails",
        ]
    with filled.dragging("City"):
        # These rows are cities already.
        assert filled.targets() == [
            "Keep only records with a value of City",
            "Stack the top items of City above the columns of Freeform Table",
            "Add the top items of City before Sent",
            "Split Sent by the top items of City",
            "Add the top items of City after Sent",
            "Add the top items of City before People",
            "Split People by the top items of City",
            "Add the top items of City after People",
            "Add a table of City to Mails",
        ]
    with filled.dragging("Device", "Gender"):
        assert filled.targets() == ["Keep only records with a value of Device and Gender"]


def test_a_drop_beside_the_targets_does_nothing(filled: Desk, notebook: Notebook) -> None:
    before = notebook.python("[project._session.undo_label, project._session.project.last_id]")
    with filled.dragging("Young"):
        filled.hover(filled.root.get_by_role("heading", level=1))
        filled.page.mouse.up()
    with filled.dragging("Device"):
        filled.point("Break down Paris by Device")
        filled.page.keyboard.press("Escape")
    filled.table().has_blocks()
    assert notebook.python("[project._session.undo_label, project._session.project.last_id]") == before


def test_a_refused_drop_leaves_no_trace(filled: Desk, notebook: Notebook) -> None:
    filled.drop("Young", onto="Filter Sent by Young")
    filled.says("Filtered Sent by Young.")
    before = notebook.python("project._session.undo_label")
    filled.drop("Young", onto="Filter Sent by Young")
    filled.refuses("That is not possible here")
    assert notebook.python("project._session.undo_label") == before
    assert filled.table().read()["heads"][0]["chips"] == ["Young"]
