"""Saving from the screen: the note, names, and two people with one report."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from dynreports.publish.folder import Folder
from tests.browser.desk import Desk
from tests.browser.notebook import Notebook

START = 'project = dr.Project("{0}", data)\nproject.panel("Mails").table(rows="City", columns=["Sent"])\n'


def save_as(desk: Desk, name: str) -> None:
    desk.menu("Project", "Save As…")
    dialog = desk.root.get_by_role("dialog", name="Save report as")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("button", name="Save", exact=True).click()


def test_the_note_of_unsaved_changes(notebook: Notebook, folder: Folder) -> None:
    desk = notebook.show(f"{START.format('Noted')}project")
    desk.is_unsaved()
    save_as(desk, "Noted")
    desk.says("Saved as noted.")
    desk.is_unsaved(False)
    expect(desk.button("Save")).to_have_count(0)

    desk.drop("Opens", onto="Add Opens after Sent")
    desk.is_unsaved()
    # Back to what was saved, and there again.
    desk.undo()
    desk.is_unsaved(False)
    desk.redo()
    desk.is_unsaved()
    desk.button("Save").click()
    desk.is_unsaved(False)
    saved = json.loads((folder.reports / "noted.report.json").read_text())
    assert len(saved["panels"][0]["items"][0]["columns"]) == 2


def test_a_name_that_is_taken(notebook: Notebook) -> None:
    desk = notebook.show(f"{START.format('First')}project.save('Taken')\n{START.format('Second')}project")
    save_as(desk, "Taken")
    dialog = desk.root.get_by_role("dialog", name="Save report as")
    expect(dialog.get_by_role("alert")).to_contain_text("taken")
    dialog.get_by_role("textbox", name="Name").fill("Not taken")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_have_count(0)
    assert notebook.python("[project.name, dr.open('taken').title]") == ["not-taken", "First"]


def test_two_people_save_one_report(notebook: Notebook) -> None:
    notebook.run(
        f"{START.format('Shared')}project.save('Shared')\nmine, theirs = dr.open('shared'), dr.open('shared')\nmine",
        "theirs",
    )
    mine, theirs = notebook.desks(2)
    for each in (mine, theirs):
        each.is_ready()
    theirs.drop("People", onto="Add People after Sent")
    theirs.button("Save").click()
    theirs.is_unsaved(False)

    mine.drop("Opens", onto="Replace Sent with Opens")
    mine.button("Save").click()
    question = mine.root.get_by_role("alertdialog")
    expect(question).to_contain_text("Somebody else saved this report")
    question.get_by_role("button", name="Cancel").click()
    mine.is_unsaved()
    assert notebook.python("dr.open('shared', draft=False).panels[0].tables[0].columns") == ["Sent", "People"]

    # Mine under another name; or over theirs.
    mine.button("Save").click()
    question.get_by_role("button", name="Save mine as…").click()
    dialog = mine.root.get_by_role("dialog", name="Save report as")
    dialog.get_by_role("textbox", name="Name").fill("Mine")
    dialog.get_by_role("button", name="Save", exact=True).click()
    mine.is_unsaved(False)
    assert notebook.python("[mine.name, dr.open('mine').panels[0].tables[0].columns]") == ["mine", ["Opens"]]
    assert notebook.python("dr.open('shared', draft=False).panels[0].tables[0].columns") == ["Sent", "People"]


def test_replacing_what_somebody_else_saved(notebook: Notebook) -> None:
    desk = notebook.show(
        f"{START.format('Race')}project.save('Race')\n"
        "other = dr.open('race')\nother.panels[0].tables[0].remove()\nother.save()\nproject"
    )
    desk.drop("Opens", onto="Add Opens after Sent")
    desk.button("Save").click()
    desk.root.get_by_role("alertdialog").get_by_role("button", name="Replace theirs").click()
    desk.is_unsaved(False)
    assert notebook.python("dr.open('race').panels[0].tables[0].columns") == ["Sent", "Opens"]


def test_a_folder_that_is_gone(notebook: Notebook, folder: Folder) -> None:
    desk = notebook.show(f"{START.format('Nowhere')}project")
    away = folder.reports.with_name("reports-away")
    folder.reports.rename(away)
    folder.reports.write_text("a file in the way")
    try:
        save_as(desk, "Nowhere")
        dialog = desk.root.get_by_role("dialog", name="Save report as")
        expect(dialog.get_by_role("alert")).to_be_visible()
        dialog.get_by_role("button", name="Cancel").click()
        desk.is_unsaved()
    finally:
        folder.reports.unlink()
        away.rename(folder.reports)
    save_as(desk, "Nowhere")
    desk.is_unsaved(False)


def test_versions_are_compared_noted_and_restored(notebook: Notebook) -> None:
    desk = notebook.show(f"{START.format('Kept')}project.save('Kept')\nproject")
    desk.drop("Opens", onto="Add Opens after Sent")
    desk.menu("Project", "Save with Note…")
    saving = desk.root.get_by_role("dialog", name="Save with a note")
    saving.get_by_role("textbox", name="Note on this version").fill("With <b>opens</b>")
    saving.get_by_role("button", name="Save", exact=True).click()
    desk.is_unsaved(False)
    desk.rename("report", "Kept", "Kept for good")

    desk.menu("Project", "Versions…")
    dialog = desk.root.get_by_role("dialog", name="Versions")
    listed = dialog.get_by_role("listbox", name="Versions").get_by_role("option")
    expect(listed).to_have_count(2)
    expect(listed.first).to_contain_text("With <b>opens</b>")
    differences = dialog.get_by_role("list", name="Differences").get_by_role("listitem")
    expect(differences).to_have_text(["column Opens added to Freeform Table"])
    compare = dialog.get_by_role("combobox", name="Version 2 compared with")
    compare.select_option("the report as it stands")
    expect(differences).to_have_text(["report renamed from “Kept” to “Kept for good”"])

    listed.first.focus()
    desk.press("ArrowDown")
    expect(dialog.get_by_role("combobox", name="Version 1 compared with")).to_be_visible()
    expect(differences).to_have_count(2)
    dialog.get_by_role("textbox", name="Note").fill("How it began")
    dialog.get_by_role("button", name="Save note").click()
    expect(listed.last).to_contain_text("How it began")
    dialog.get_by_role("button", name="Restore version 1").click()
    expect(dialog).to_have_count(0)
    desk.table().has_heads("Sent")
    desk.is_unsaved()
    desk.undo()
    desk.table().has_heads("Sent", "Opens")
    assert notebook.python("[each.note for each in project.versions()]") == [
        "With <b>opens</b>",
        "How it began",
    ]
