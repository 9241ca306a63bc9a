"""State lives in Python: reloaded pages, second views and second workspaces show it as it is."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import data
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

MAILS = data.mails()
MANY = 25
START = 'project = dr.Project("Mails", data)\nproject.panel("Mails").table(rows="City", columns=["Sent"])\n'
SECOND = """
from dynreports.workspace.controller import Workspace
other = Workspace(project._session)
other
"""


def test_a_reload_of_the_page_keeps_the_state(notebook: Notebook) -> None:
    desk = notebook.show(f"{START}project")
    desk.drop("Opens", onto="Add Opens after Sent")
    desk.drop("Device", onto="Break down Lyon by Device")
    desk.says("Broke down Lyon by Device. 3 rows.")
    notebook.command("docmanager:save")
    blocks = desk.table().blocks()

    notebook.reload()
    [desk] = notebook.desks(1)
    desk.is_ready()
    desk.table().has_rows(data.rows(MAILS, "city", ["Sent", "Opens"]))
    desk.table().has_blocks(*blocks)
    desk.is_unsaved()

    # It is live, with its history.
    desk.drop("Gender", onto="Replace City with Gender")
    desk.table().has_rows(data.rows(MAILS, "gender", ["Sent", "Opens"]))
    desk.undo()
    desk.undo()
    desk.table().has_blocks()
    desk.table().has_rows(data.rows(MAILS, "city", ["Sent", "Opens"]))


def test_a_reload_of_a_notebook_that_was_not_saved(notebook: Notebook) -> None:
    notebook.run("")
    notebook.command("docmanager:save")
    notebook.show(f"{START}project").drop("Opens", onto="Add Opens after Sent")
    notebook.reload()
    desk = notebook.show("project")
    desk.table().has_rows(data.rows(MAILS, "city", ["Sent", "Opens"]))


def test_many_workspaces_come_back(notebook: Notebook) -> None:
    """Each model starts within the two seconds that anywidget gives it, and the front end is loaded once."""
    # In one cell: JupyterLab draws the output of cells out of view only when it comes into view.
    notebook.run(
        f"for _ in range({MANY}):\n"
        '    made = dr.Project("Mails", data)\n'
        '    made.panel("Mails").table(rows="City", columns=["Sent"])\n'
        "    display(made)"
    )
    notebook.command("docmanager:save")
    notebook.reload()
    for desk in notebook.desks(MANY):
        desk.is_ready()
    styles = notebook.page.locator("head style").evaluate_all(
        "(all) => all.filter((style) => style.textContent.includes('.dr-shell')).length"
    )
    assert styles == 1
    notebook.desks(MANY)[-1].table().has_rows(data.rows(MAILS, "city", ["Sent"]))


def test_two_views_of_a_workspace_stay_in_step(notebook: Notebook) -> None:
    notebook.run(f"{START}project", "project")
    above, below = notebook.desks(2)
    stays_in_step(above, below)
    # What only the screen needs is each view's own.
    above.look_for("city")
    expect(below.root.get_by_role("searchbox", name="Search components")).to_have_value("")
    with below.dragging("Young"):
        expect(above.overlay()).to_have_count(0)


def test_two_workspaces_over_a_session_stay_in_step(notebook: Notebook) -> None:
    notebook.run(f"{START}project", SECOND)
    above, below = notebook.desks(2)
    stays_in_step(above, below)


def test_python_and_the_screen_stay_in_step(notebook: Notebook) -> None:
    desk = notebook.show(f"{START}project")
    notebook.python('project.panels[0].tables[0].break_down("Paris", by="Device") and None')
    paris = MAILS[MAILS["city"] == "Paris"]
    desk.table().has_blocks([("Device", data.figure("Sent", paris)), *data.rows(paris, "device", ["Sent"])])
    desk.drop("People", onto="Replace Sent with People")
    desk.says("Replaced Sent with People.")
    assert notebook.python("project.panels[0].tables[0].frame().People.to_list()") == [
        int(people) for _, people in data.rows(MAILS, "city", ["People"])
    ]


def stays_in_step(above: Desk, below: Desk) -> None:
    for each in (above, below):
        each.is_ready()
        each.table().has_rows(data.rows(MAILS, "city", ["Sent"]))
    above.drop("Opens", onto="Add Opens after Sent")
    below.table().has_rows(data.rows(MAILS, "city", ["Sent", "Opens"]))
    below.drop("Device", onto="Replace City with Device")
    above.table().has_rows(data.rows(MAILS, "device", ["Sent", "Opens"]))
    below.undo()
    above.table().has_rows(data.rows(MAILS, "city", ["Sent", "Opens"]))
    above.table().select("Lyon")
    assert not any(each["selected"] for each in below.table().read()["rows"])
