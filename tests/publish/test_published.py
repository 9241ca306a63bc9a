"""Publishing without a server: what is frozen, what readers may do, what never leaves the folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from ipywidgets.widgets.widget import _instances

import dynreports as dr
from dynreports.cli import main
from dynreports.errors import DataError, InvalidInputError, RefusedError, StorageError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project.rights import Rights
from dynreports.project.storage import Storage
from dynreports.publish import published
from dynreports.publish.published import FOLDER
from dynreports.semantics.component import Ref
from dynreports.workspace import kept_data
from dynreports.workspace.controller import Workspace
from dynreports.workspace.home import Home
from dynreports.workspace.page import Words, explored, page, read, rehearse


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("DYNREPORTS_USER", "ana")
    frame = pd.DataFrame({"city": ["Paris", "Rome"], "ts": pd.to_datetime(["2026-05-01"] * 2)})
    frame.to_parquet(tmp_path / "data.parquet")
    return Storage()


@pytest.fixture
def project(storage: Storage) -> dr.Project:
    data = dr.Dataset(
        storage.folder.parent / "data.parquet",
        segments=[dr.Segment("Parisian", where=dr.field("city") == "Paris")],
    )
    project = dr.Project("Plan", data)
    project.panel("Cities").table(rows="City", columns=["Records"])
    project.save()
    return project


def reader(storage: Storage, name: str = "plan") -> Workspace:
    return read(published.load(storage, name), storage)


def refused(workspace: Workspace, **intent: object) -> str:
    reply = workspace.answer(intent)
    assert reply is not None
    assert not reply["ok"], intent
    return str(reply["error"]["message"])


def done(workspace: Workspace, **intent: object) -> None:
    reply = workspace.answer(intent)
    assert reply is not None
    assert reply["ok"], reply["error"]


# ---- what is frozen -----------------------------------------------------------------------------


def test_readers_keep_their_version_while_the_author_goes_on(storage: Storage, project: dr.Project) -> None:
    assert project.publish(note="  For  the team ") == "/r/plan"
    about = published.load(storage, "plan").about
    assert (about.author, about.revision, about.note) == ("ana", 1, "For the team")
    project.rename("Secret")
    project.panels[0].tables[0].remove()
    project.save()
    shown = reader(storage).session.project
    assert (shown.title, len(shown.panels[0].items)) == ("Plan", 1)
    project.publish()
    assert reader(storage).session.project.title == "Secret"
    assert published.load(storage, "plan").about.revision == 2


def test_what_was_not_saved_is_saved_before_it_is_published(storage: Storage, project: dr.Project) -> None:
    project.rename("Fresh")
    project.publish()
    assert published.load(storage, "plan").project.title == "Fresh"
    assert storage.load("plan").project.title == "Fresh"


def test_rights_stay_as_they_were_unless_they_are_given(storage: Storage, project: dr.Project) -> None:
    published.publish(project._session, rights=Rights(period=True, download=False))
    published.publish(project._session)
    assert published.load(storage, "plan").about.rights == Rights(period=True, download=False)


def test_data_that_only_a_notebook_has_is_refused_in_words(storage: Storage) -> None:
    project = dr.explore(pd.DataFrame({"a": [1, 2]}))
    with pytest.raises(RefusedError, match="only this notebook has"):
        project.publish()
    assert published.published(storage) == []


def test_withdrawn_reports_are_gone_for_readers_alone(storage: Storage, project: dr.Project) -> None:
    project.publish()
    published.snapshot_path(storage, "plan").write_text("old")
    project.withdraw()
    assert published.about(storage, "plan") is None
    assert not list((storage.folder / FOLDER).iterdir())
    assert storage.load("plan").project.title == "Plan"
    with pytest.raises(UnknownNameError):
        project.withdraw()


def test_a_snapshot_is_never_of_another_version(storage: Storage, project: dr.Project) -> None:
    picture = published.snapshot_path(storage, "plan")
    project.publish()
    assert "<title>Plan" in picture.read_text()
    assert "Published by ana, revision 1" in picture.read_text()
    project.rename("Next")
    project.save()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dynreports.views.snapshot.document", no_snapshot)
        published.publish(project._session)
    assert not picture.exists()
    assert published.load(storage, "plan").project.title == "Next"


def no_snapshot(*_: object, **__: object) -> str:
    message = "The front end is not built."
    raise StorageError(message)


# ---- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../plan", "..", "a/b", "", "\\", "x" * 300, "\0"])
def test_no_name_leads_out_of_the_folder(storage: Storage, project: dr.Project, name: str) -> None:
    project.publish()
    assert published.about(storage, name) is None
    with pytest.raises(InvalidInputError):
        published.load(storage, name)


def test_unpublished_reports_are_not_even_named(storage: Storage, project: dr.Project) -> None:
    project.publish()
    project.save_as("Secret plan")
    with pytest.raises(UnknownNameError) as error:
        published.load(storage, "secret-plan")
    assert "plan" in str(error.value)
    assert "secret-plan," not in str(error.value).replace("named 'secret-plan'", "")


def test_links_are_not_followed(storage: Storage, project: dr.Project, tmp_path: Path) -> None:
    project.publish()
    secret = tmp_path / "elsewhere.json"
    secret.write_bytes(published.path(storage, "plan").read_bytes())
    published.path(storage, "link").symlink_to(secret)
    assert published.about(storage, "link") is None
    assert [each.name for each in published.published(storage)] == ["plan"]
    with pytest.raises(StorageError):
        published.load(storage, "link")


def test_broken_files_are_left_out_and_said(storage: Storage, project: dr.Project) -> None:
    project.publish()
    path = published.path(storage, "plan")
    content = json.loads(path.read_text())
    path.write_text(json.dumps(content | {"report": {"schema": 1, "title": 5}}))
    with pytest.raises(StorageError, match="Publish it again"):
        published.load(storage, "plan")
    path.write_text("{")
    assert published.published(storage) == []


# ---- what readers may do ------------------------------------------------------------------------


def test_readers_look_and_change_nothing(storage: Storage, project: dr.Project) -> None:
    project.publish(download=False)
    before = {path: path.read_bytes() for path in storage.folder.rglob("*") if path.is_file()}
    workspace = reader(storage)
    panel = workspace.session.project.panels[0]
    table = panel.items[0].id
    done(workspace, verb="sort", table=table, column=None, descending=False)
    done(workspace, verb="set_limit", table=table, path=[], limit=5)
    assert workspace.shell.state["reading"]["brand"] == "Reports"
    segment = {"kind": "segment", "id": "parisian"}
    for intent in (
        {"verb": "set_period", "panel": panel.id, "period": None},
        {"verb": "drop", "components": [segment], "target": {"on": "panel", "panel": panel.id}},
        {"verb": "rename_project", "title": "Mine"},
        {"verb": "save", "name": None, "overwrite": True},
        {"verb": "save", "name": "plan", "overwrite": True},
        {"verb": "open", "name": "plan"},
        {"verb": "reports"},
        {"verb": "new"},
        {"verb": "publish", "note": "", **dict.fromkeys(Rights.__struct_fields__, True)},
        {"verb": "withdraw"},
        {"verb": "export", "format": "csv", "table": None},
        {"verb": "clear"},
    ):
        refused(workspace, **intent)
    done(workspace, verb="export", format="html", table=None)  # what is on the screen may be printed
    assert {path: path.read_bytes() for path in storage.folder.rglob("*") if path.is_file()} == before


def test_dates_and_segments_where_the_author_allows_it(storage: Storage, project: dr.Project) -> None:
    project.publish(period=True, segments=True)
    workspace = reader(storage)
    [panel] = workspace.session.project.panels
    target = {"on": "panel", "panel": panel.id}
    done(workspace, verb="set_period", panel=panel.id, period={"type": "preset", "id": "last-month"})
    done(workspace, verb="drop", components=[{"kind": "segment", "id": "parisian"}], target=target)
    assert [each["label"] for each in workspace.shell.state["panels"][0]["chips"]] == ["Parisian"]
    refused(workspace, verb="drop", components=[{"kind": "dimension", "id": "city"}], target=target)
    done(workspace, verb="remove_filter", panel=panel.id, index=0)
    assert workspace.session.project.panels[0].filters == ()
    assert reader(storage).session.project.panels[0].period is None  # the next reader's page is as published


def test_filters_that_are_no_segments_stay(storage: Storage, project: dr.Project) -> None:
    session = project._session
    [panel] = session.project.panels
    session.apply(do.Drop((Ref("dimension", "city"),), do.OnPanel(panel.id)))
    project.publish(segments=True)
    refused(reader(storage), verb="remove_filter", panel=panel.id, index=0)


def test_a_copy_to_explore_is_changed_and_never_saved(storage: Storage, project: dr.Project) -> None:
    project.publish()
    found = published.load(storage, "plan")
    workspace = explored(found, storage)
    done(workspace, verb="rename_project", title="Mine")
    for verb in ("reports", "new", "withdraw"):
        refused(workspace, verb=verb)
    refused(workspace, verb="save", name="plan", overwrite=True)
    refused(workspace, verb="open", name="plan")
    refused(workspace, verb="code", table=workspace.session.project.panels[0].items[0].id, form="pandas")
    assert storage.load("plan").project.title == "Plan"
    project.publish(explore=False)
    with pytest.raises(RefusedError, match="not explored"):
        explored(published.load(storage, "plan"), storage)


# ---- kernels that wait ----------------------------------------------------------------------------


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_data, "_kept", [])


@pytest.mark.usefixtures("nothing_kept")
def test_what_was_rehearsed_is_there_until_its_files_change(
    storage: Storage, project: dr.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse(storage)  # nothing is published yet
    project.publish()
    monkeypatch.setenv("SCRIPT_NAME", "/r/plan")
    rehearse(storage)
    assert not _instances  # the first reader would get them, too
    data = reader(storage).session.data
    assert reader(storage).session.data is data
    [table] = reader(storage).session.project.panels[0].items
    assert [row.label for row in reader(storage).session.result(table.id).rows] == ["Paris", "Rome"]

    path = storage.folder.parent / "data.parquet"
    frame = pd.DataFrame({"city": ["Lyon"], "ts": pd.to_datetime(["2026-05-01"])})
    frame.to_parquet(path)
    assert [row.label for row in reader(storage).session.result(table.id).rows] == ["Lyon"]
    path.unlink()
    with pytest.raises(DataError):
        reader(storage)
    rehearse(storage)  # what is wrong is for readers to be told
    monkeypatch.setenv("SCRIPT_NAME", "/r/plan")
    assert isinstance(page(storage), Words)


# ---- addresses, home, command line --------------------------------------------------------------


def test_the_page_of_an_address(
    storage: Storage, project: dr.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.publish(explore=False)
    monkeypatch.setenv("VOILA_BASE_URL", "/reports/")
    monkeypatch.setenv("SCRIPT_NAME", "/reports/r/plan")
    shown = page(storage)
    assert isinstance(shown, Workspace)
    assert shown.shell.state["reading"]["address"] == "/reports/r/plan"
    monkeypatch.setenv("SCRIPT_NAME", "/reports/")
    assert [each["address"] for each in page(storage).shell.home["reports"]] == ["/reports/r/plan"]
    for path, query, words in (
        ("/reports/r/plam", "", "Did you mean: plan?"),
        ("/reports/r/plan", "explore", "not explored"),
        ("/reports/r/%3Cimg%20src%3Dx%3E", "", "&lt;img src=x&gt;"),
    ):
        monkeypatch.setenv("SCRIPT_NAME", path)
        monkeypatch.setenv("QUERY_STRING", query)
        sorry = page(storage)
        assert isinstance(sorry, Words)
        assert words in sorry.html


def test_home_marks_what_is_published_and_readers_see_nothing_else(
    storage: Storage, project: dr.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.publish()
    project.save_as("Secret plan")
    home = Home(storage=storage)
    marks = {each["name"]: each["address"] for each in home.shell.home["reports"] if each["kind"] == "custom"}
    assert marks == {"plan": "/r/plan", "secret-plan": None}
    reply = home.answer({"verb": "delete", "names": ["plan"]})
    assert "withdraw it first" in reply["error"]["message"]
    monkeypatch.setenv("DYNREPORTS_AUDIENCE", "readers")
    readers = dr.home()
    assert [each["name"] for each in readers.shell.home["reports"]] == ["plan"]
    for verb in ("create", "delete", "open", "restore"):
        assert not readers.answer({"verb": verb})["ok"]


def test_from_the_command_line(
    storage: Storage, project: dr.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ["--folder", str(storage.folder.parent)]
    assert main(["publish", "plan", "--period", "--no-download", "--note", "Hello", *folder]) == 0
    assert capsys.readouterr().out == "Published 'Plan', revision 1: /r/plan\n"
    about = published.load(storage, "plan").about
    assert (about.note, about.rights) == ("Hello", Rights(period=True, download=False))
    assert main(["withdraw", "plan", *folder]) == 0
    assert main(["withdraw", "plan", *folder]) == 1
    assert "There is no published report named 'plan'" in capsys.readouterr().err


def test_two_thousand_published_reports(
    storage: Storage, project: dr.Project, measured: Callable[[str], None]
) -> None:
    project.publish()
    content = published.path(storage, "plan").read_bytes()
    for n in range(2000):
        published.path(storage, f"plan {n}").write_bytes(content)
    start = time.perf_counter()
    assert len(published.published(storage)) == 2001
    took = (time.perf_counter() - start) * 1000
    measured(f"2,001 published reports are listed in {took:.0f} ms (goal: under 300)")
