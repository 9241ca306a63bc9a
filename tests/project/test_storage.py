"""Reports as files: names, revisions, drafts, damage. What only a real disk shows is in test_disk.py."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from dynreports.errors import ConflictError, InvalidInputError, StorageError, UnknownNameError
from dynreports.project.layout import render
from dynreports.project.model import SCHEMA, Project
from dynreports.project.names import file_name
from dynreports.project.storage import NameTakenError, Storage


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "reports")


# ---- where ------------------------------------------------------------------------------------


def test_the_folder_is_the_argument_the_variable_or_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DYNREPORTS_REPORTS", raising=False)
    assert Storage().folder == tmp_path / "reports"
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "other"))
    assert Storage().folder == tmp_path / "other"
    assert Storage("here").folder == tmp_path / "here"


def test_nothing_is_made_before_the_first_save(storage: Storage, project: Project) -> None:
    assert storage.list() == []
    storage.write_draft("x", project)
    assert not storage.folder.exists()
    storage.save("x", project)
    assert storage.path("x").exists()


# ---- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Quarter review", "quarter-review"), (" Ä ö ", "ä-ö"), ("a.b_c", "a-b-c"), ("x.json", "x-json"),
     ("تقرير", "تقرير"), ("..x..", "x"), ("～a", "a"), ("q1\n2026", "q1-2026"), ("😀 1", "1")],
)  # fmt: skip
def test_names_become_file_names(name: str, expected: str) -> None:
    assert file_name(name) == expected


@pytest.mark.parametrize(
    "name",
    ["", " ", "..", ".", "../x", "a/b", "/etc/passwd", "..\\x", "C:\\x", "a\0b", "-", "…", "😀", "CON", "nul",
     "Lpt1", "x" * 200, "é" * 100, "\ud800"],
)  # fmt: skip
def test_hostile_names_never_reach_the_disk(storage: Storage, project: Project, name: str) -> None:
    for use in (
        lambda: storage.save(name, project),
        lambda: storage.load(name),
        lambda: storage.write_draft(name, project),
        lambda: storage.draft(name),
        lambda: storage.remove_draft(name),
    ):
        with pytest.raises(InvalidInputError, match="can't be called"):
            use()
    assert not storage.folder.exists()


def test_links_do_not_lead_out_of_the_folder(storage: Storage, project: Project, tmp_path: Path) -> None:
    storage.save("x", project)
    secret = tmp_path / "secret.json"
    secret.write_bytes(render(replace(project, title="Secret")))
    storage.path("y").symlink_to(secret)
    with pytest.raises(StorageError, match="it is a link"):
        storage.load("y")
    with pytest.raises(StorageError):
        storage.save("y", project, expected_revision=0)
    assert json.loads(secret.read_bytes())["title"] == "Secret"
    assert [each.problem is None for each in storage.list()] == [True, False]

    (tmp_path / "elsewhere").mkdir()
    (storage.folder / ".drafts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="link"):
        storage.write_draft("x", project)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert storage.load("x").draft is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_what_is_not_a_file_is_not_waited_for(storage: Storage, project: Project) -> None:
    storage.save("x", project)
    os.mkfifo(storage.path("pipe"))
    storage.path("folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(StorageError):
            storage.load(name)
    assert len(storage.list()) == 3


# ---- saving and opening -----------------------------------------------------------------------


def test_what_is_saved_is_loaded(storage: Storage, project: Project) -> None:
    saved = storage.save("Quarter review", project)
    assert saved == replace(project, revision=1)
    opened = storage.load("quarter-review")
    assert (opened.project, opened.name, opened.read_only, opened.draft) == (
        saved,
        "quarter-review",
        False,
        None,
    )
    again = storage.save("quarter-review", replace(saved, title="New"), expected_revision=1)
    assert again.revision == 2
    assert storage.load("Quarter Review").project.title == "New"


def test_the_list_tells_title_time_and_revision(storage: Storage, project: Project) -> None:
    storage.save("b", replace(project, title="Second"))
    storage.save("a", project)
    storage.path("broken").write_text("{")
    first, second, broken = storage.list()
    assert [str(each) for each in (first, second, broken)] == ["a", "b", "broken"]
    assert (second.title, second.revision, second.problem) == ("Second", 1, None)
    assert abs(first.modified.timestamp() - time.time()) < 60
    assert broken.problem is not None


def test_an_unknown_report_is_answered_with_the_nearest(storage: Storage, project: Project) -> None:
    storage.save("quarter-review", project)
    with pytest.raises(UnknownNameError, match="Did you mean: quarter-review"):
        storage.load("quarter-revew")


def test_a_save_over_a_newer_revision_is_refused(storage: Storage, project: Project) -> None:
    mine = theirs = storage.save("x", project)
    theirs = storage.save("x", replace(theirs, title="Theirs"), expected_revision=1)
    before = storage.path("x").read_bytes()
    with pytest.raises(
        ConflictError, match=r"revision 2; yours: 1.*Open theirs, save yours .*, or overwrite"
    ):
        storage.save("x", replace(mine, title="Mine"), expected_revision=1)
    assert storage.path("x").read_bytes() == before
    assert storage.save("x", mine, expected_revision=1, overwrite=True).revision == 3
    with pytest.raises(NameTakenError, match="Choose another name"):
        storage.save("x", project)


def test_a_report_that_was_deleted_is_saved_again(storage: Storage, project: Project) -> None:
    saved = storage.save("x", project)
    storage.path("x").unlink()
    assert storage.save("x", saved, expected_revision=1).revision == 2


def test_a_damaged_file_says_what_to_do_and_is_not_overwritten(storage: Storage, project: Project) -> None:
    saved = storage.save("x", project)
    damaged = storage.path("x").read_bytes()[:200]
    storage.path("x").write_bytes(damaged)
    for use in (lambda: storage.load("x"), lambda: storage.save("x", saved, expected_revision=1)):
        with pytest.raises(StorageError, match=r"x.report.json can't be read.*restore it from a backup"):
            use()
    assert storage.path("x").read_bytes() == damaged
    assert storage.save("x", saved, expected_revision=1, overwrite=True).revision == 2


def test_a_newer_version_opens_for_reading(storage: Storage, project: Project) -> None:
    storage.save("x", project)
    raw = json.loads(storage.path("x").read_bytes()) | {"schema": SCHEMA + 1, "theme": "dark"}
    storage.path("x").write_text(json.dumps(raw))
    opened = storage.load("x")
    assert opened.read_only
    assert "newer version of dynreports" in (opened.notice or "")
    assert "theme" in (opened.notice or "")
    assert opened.project.panels == project.panels


def test_files_have_the_rights_that_people_expect(storage: Storage, project: Project) -> None:
    storage.save("x", project)
    umask = os.umask(0)
    os.umask(umask)
    assert storage.path("x").stat().st_mode & 0o777 == 0o666 & ~umask


# ---- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_found_again_on_opening(storage: Storage, project: Project) -> None:
    saved = storage.save("x", project)
    storage.write_draft("x", replace(saved, title="Draft"))
    opened = storage.load("x")
    assert opened.draft is not None
    assert opened.draft.project.title == "Draft"
    assert abs(opened.draft.modified.timestamp() - time.time()) < 60
    assert [each.name for each in storage.list()] == ["x"]
    storage.remove_draft("x")
    storage.remove_draft("x")
    assert storage.load("x").draft is None


def test_a_draft_of_what_is_saved_is_none(storage: Storage, project: Project) -> None:
    storage.write_draft("x", storage.save("x", project))
    assert storage.load("x").draft is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"schema": 99}'])
def test_a_damaged_draft_does_not_keep_a_report_from_opening(
    storage: Storage, project: Project, content: bytes
) -> None:
    saved = storage.save("x", project)
    storage.write_draft("x", replace(saved, title="Draft"))
    next((storage.folder / ".drafts").iterdir()).write_bytes(content)
    assert storage.load("x").draft is None


def test_a_draft_is_cheap(storage: Storage, project: Project, measured) -> None:
    storage.save("x", project)
    started = time.perf_counter()
    for number in range(50):
        storage.write_draft("x", replace(project, last_id=number))
    measured(f"draft of a small project: {(time.perf_counter() - started) / 50 * 1000:.2f} ms")
