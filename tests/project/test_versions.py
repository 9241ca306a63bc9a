"""Versions: kept at each save, compared in words, restored as a step that can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dynreports as dr
from dynreports.errors import DynReportsError, InvalidInputError, UnknownNameError
from dynreports.project import atomic, shelf, versions
from dynreports.project import commands as do
from dynreports.project.differences import ELSE, differences
from dynreports.project.model import Project
from dynreports.project.same import content
from dynreports.project.storage import Storage
from dynreports.semantics.catalog import Catalog
from tests.project import test_random_commands as random


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("DYNREPORTS_USER", "ada")
    return tmp_path / "reports"


@pytest.fixture
def project() -> dr.Project:
    frame = pd.DataFrame({"town": ["Paris", "Lyon", "Paris"], "device": ["a", "b", "b"], "n": [1, 2, 3]})
    project = dr.Project("Towns", dr.Dataset(frame))
    project.panel("All").table(rows="Town", columns=["Records"], title="Per town")
    return project


def test_each_save_is_a_version_and_its_bytes_are_those_of_the_file(
    project: dr.Project, folder: Path
) -> None:
    path = project.save("towns")
    first = path.read_bytes()
    project.rename("Cities")
    project.save()
    found = project.versions()
    assert [(each.revision, each.author, each.note) for each in found] == [(2, "ada", ""), (1, "ada", "")]
    assert found[0].at >= found[1].at
    kept = folder / ".history" / "towns"
    assert (kept / "000001.report.json").read_bytes() == first
    assert (kept / "000002.report.json").read_bytes() == path.read_bytes()
    assert len((kept / "versions.jsonl").read_text().splitlines()) == 2
    assert project.note("before the review", 1).note == "before the review"
    assert [each.note for each in project.versions()] == ["", "before the review"]
    assert [each.name for each in Storage().list()] == ["towns"]


def test_versions_are_compared_in_words_and_restored(project: dr.Project) -> None:
    with pytest.raises(InvalidInputError, match="never saved"):
        project.versions()
    project.save("towns")
    table = project.panels[0].tables[0]
    table.limit(5).sort("Records")
    project._session.apply(do.AddColumn(table._id, "sum-of-n"))
    project.save()
    assert project.compare(1, 2) == [
        "column Sum of n added to Per town",
        "Per town is sorted by Records, ascending",
        "rows on a page of Per town changed from 50 to 5",
    ]
    assert project.compare(2) == []
    project.rename("Cities")
    assert project.compare(1)[0] == "report renamed from “Towns” to “Cities”"
    project.restore(1)
    assert project.title == "Towns"
    assert project.compare(1) == []
    assert project.panels[0].tables[0].columns == ["Records"]
    project.undo()
    assert project.title == "Cities"
    project.redo()
    project.save()  # over the newer revision: what was restored is a new one
    assert [each.revision for each in project.versions()] == [3, 2, 1]
    with pytest.raises(UnknownNameError, match=r"no version 9 .*Kept: 1-3\."):
        project.restore(9)


def test_what_was_saved_without_a_history_is_its_first_version(project: dr.Project, folder: Path) -> None:
    path = project.save("towns")
    for each in (folder / ".history" / "towns").iterdir():
        each.unlink()
    old = path.read_bytes()
    again = dr.open("towns", data=project.data)
    again.rename("Cities")
    again.save()
    assert [(each.revision, each.author) for each in again.versions()] == [(2, "ada"), (1, None)]
    assert (folder / ".history" / "towns" / "000001.report.json").read_bytes() == old
    assert again.compare(1, 2) == ["report renamed from “Towns” to “Cities”"]


def test_a_save_that_fails_leaves_no_version(
    project: dr.Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.save("towns")
    before = project.versions()
    project.rename("Cities")
    write = atomic.write

    def full(path: Path, content: bytes, **options: bool) -> None:
        if path.parent == folder:
            raise OSError(28, "No space left on device")
        write(path, content, **options)

    monkeypatch.setattr(atomic, "write", full)
    with pytest.raises(OSError, match="No space"):
        project.save()
    monkeypatch.undo()
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(folder))
    assert project.versions() == before
    project.save()
    assert [each.revision for each in project.versions()] == [2, 1]


def test_a_log_that_was_merged_by_hand_is_read_as_far_as_it_can_be(project: dr.Project, folder: Path) -> None:
    project.save("towns")
    log = folder / ".history" / "towns" / "versions.jsonl"
    line = json.loads(log.read_text()) | {"mood": "good"}
    log.write_text(f"<<<<<<< mine\n{json.dumps(line)}\nnonsense\n")
    [found] = project.versions()
    assert found.author == "ada"


def test_the_oldest_go_but_those_with_a_note(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST", 3)
    storage = Storage()
    saved = storage.save("towns", random.START)
    for _ in range(4):
        versions.annotate(storage.path("towns"), 1, "keep me")
        saved = storage.save("towns", saved, expected_revision=saved.revision)
    assert [each.revision for each in versions.versions(storage.path("towns"))] == [5, 4, 3, 1]


def test_a_deleted_report_comes_back_with_its_versions(project: dr.Project, folder: Path) -> None:
    project.save("towns")
    project.rename("Cities")
    project.save()
    storage = Storage()
    token = shelf.delete(storage, "towns")
    assert not (folder / ".history" / "towns").exists()
    shelf.restore(storage, token)
    assert [each.revision for each in versions.versions(storage.path("towns"))] == [2, 1]


def _after(data: st.DataObject, start: Project, most: int, catalog: Catalog) -> Project:
    project = start
    for _ in range(data.draw(st.integers(0, most))):
        try:
            project = do.apply(project, data.draw(random.commands(project)), catalog)
        except DynReportsError:
            continue
    return project


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_states_that_say_the_same_have_no_differences_and_others_have(
    data: st.DataObject, catalog: Catalog
) -> None:
    before = _after(data, random.START, 12, catalog)
    after = _after(data, before, 4, catalog)
    found = differences(before, after, catalog)
    assert (found == []) == (content(before) == content(after))
    assert ELSE not in found  # every difference has words of its own
    back = differences(after, before, catalog)
    assert (back == []) == (found == [])
    assert ELSE not in back
    assert differences(before, before, catalog) == []
