"""Reports as documents: templates, copies, titles, deleting and taking it back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from dynreports.errors import ConflictError, InvalidInputError, RefusedError, UnknownNameError
from dynreports.project import deleted, shelf, templates
from dynreports.project.model import DataReference, Panel, Project
from dynreports.project.names import copy_title, file_name, free_name
from dynreports.project.storage import Storage

DATA = DataReference(name="demo", path="../data/campaign", reader="campaign")


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "reports")


def titles(storage: Storage) -> list[str]:
    return [each.title for each in shelf.entries(storage) if each.kind == "custom"]


def test_templates_come_first_and_in_their_own_order(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DYNREPORTS_USER", "ada")
    name = shelf.create(storage, DATA, "Aardvark")
    found = shelf.entries(storage)
    assert [each.kind for each in found] == ["template"] * 13 + ["custom"]
    assert found[0].title == "Delivery summary"  # not by the alphabet: Bounce summary would be first
    assert all(each.description and each.modified is None for each in found[:13])
    own = found[-1]
    assert (own.name, own.title, own.owner, own.data) == (name, "Aardvark", "ada", "demo")
    assert own.modified is not None


def test_a_copy_of_a_template_is_a_report_of_ones_own(storage: Storage) -> None:
    name = shelf.create(storage, DATA, template="opens")
    again = shelf.create(storage, DATA, template="Opens")
    assert set(titles(storage)) == {"Opens (Copy)", "Opens (Copy 2)"}
    saved = storage.load(name).project
    assert (saved.template, saved.revision, saved.data) == ("opens", 1, DATA)
    assert saved.panels == templates.document("opens", DATA).panels
    shelf.rename(storage, again, "Reading")
    assert storage.load(again).project.title == "Reading"
    assert again == "opens-copy-2", "links and notebooks go by the name"
    assert shelf.duplicate(storage, again) == "reading-copy"
    assert shelf.duplicate(storage, "reading-copy") == "reading-copy-2"


def test_templates_can_be_neither_changed_nor_deleted(storage: Storage) -> None:
    for change in (lambda: shelf.rename(storage, "opens", "Mine"), lambda: shelf.delete(storage, "opens")):
        with pytest.raises(RefusedError, match="Duplicate it"):
            change()
    assert shelf.create(storage, DATA, "Opens") == "opens-2", "a template's name is taken"
    with pytest.raises(UnknownNameError, match="Did you mean: bounce-summary"):
        shelf.create(storage, DATA, template="bounce sumary")


def test_deleting_is_taken_back_with_what_was_not_saved(storage: Storage) -> None:
    name = shelf.create(storage, DATA, "Keep me")
    saved = storage.load(name).project
    storage.write_draft(name, replace(saved, title="Not saved"))
    content = storage.path(name).read_bytes()
    token = shelf.delete(storage, name)
    assert titles(storage) == []
    with pytest.raises(UnknownNameError):
        shelf.delete(storage, name)
    # Another report takes the name meanwhile: neither is lost.
    assert shelf.create(storage, DATA, "Keep me") == name
    assert storage.load(name).draft is None
    assert shelf.restore(storage, token) == "keep-me-2"
    assert storage.path("keep-me-2").read_bytes() == content
    draft = storage.load("keep-me-2").draft
    assert draft is not None
    assert draft.project.title == "Not saved"
    with pytest.raises(UnknownNameError, match="deleted report"):
        shelf.restore(storage, token)


@pytest.mark.parametrize(
    "token", ["../opens~0123456789ab", "", "x", "/etc/passwd~0123456789ab", ".x~0123456789ab"]
)
def test_a_token_leads_nowhere_else(storage: Storage, token: str) -> None:
    shelf.create(storage, DATA, "Here")
    with pytest.raises(UnknownNameError):
        shelf.restore(storage, token)


def test_what_was_deleted_long_ago_is_let_go(storage: Storage) -> None:
    old, new = (shelf.delete(storage, shelf.create(storage, DATA, each)) for each in ("Old", "New"))
    away = storage.folder / deleted.FOLDER
    past = time.time() - deleted.KEPT.total_seconds() - 60
    os.utime(away / f"{old}.report.json", (past, past))
    shelf.delete(storage, shelf.create(storage, DATA, "Third"))
    with pytest.raises(UnknownNameError):
        shelf.restore(storage, old)
    assert shelf.restore(storage, new) == "new"


LONG = "Ein sehr langer Titel " * 40
NAMES = [
    ("Quarter review", "quarter-review"),
    ("Отчёт за квартал", "отчёт-за-квартал"),
    ("四半期レポート", "四半期レポート"),
    ("تقرير الربع", "تقرير-الربع"),
    ("हिन्दी रिपोर्ट", "हिन्दी-रिपोर्ट"),
    ("รายงานไตรมาส", "รายงานไตรมาส"),
    ("a/b\\c: *?\"<>|", "a-b-c"),
    ("../../etc/passwd", "etc-passwd"),
    ("..", "report"),
    ("🎉", "report"),
    ("👍🏽️", "report"),
    ("CON", "con-report"),
    ("__js__:alert(1)", "js-alert-1"),
    ("=1+1", "1-1"),
    ("<img src=x onerror=alert(1)>", "img-src-x-onerror-alert-1"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_names_for_any_title(storage: Storage, title: str, name: str) -> None:
    assert shelf.create(storage, DATA, title) == name
    assert shelf.create(storage, DATA, title) == f"{name}-2"
    assert storage.load(name).project.title == " ".join(title.split())
    copy = shelf.duplicate(storage, name)
    assert storage.load(copy).project.title == copy_title(" ".join(title.split()), ())
    found = {path.parent for path in storage.folder.rglob("*.json") if ".history" not in path.parts}
    assert found == {storage.folder}


@pytest.mark.parametrize("title", [LONG, "長" * 300, "हि" * 200, "🎉" * 300 + "a"])
def test_very_long_titles(storage: Storage, title: str) -> None:
    names = [shelf.create(storage, DATA, title) for _ in range(12)]
    assert len(set(names)) == 12
    for each in names:
        assert file_name(each) == each, "a name is a name again"
        assert len(f".{each}.report.json.lock".encode()) < 256
        assert storage.load(each).project.title == " ".join(title.split())


def test_a_cut_name_keeps_marks_with_their_letters() -> None:
    # 150 bytes less the room for a number, in the middle of a letter and its vowel sign.
    assert free_name("हि" * 200, ()) == "हि" * 23


def test_titles_need_something_to_see(storage: Storage) -> None:
    name = shelf.create(storage, DATA, "Seen")
    with pytest.raises(InvalidInputError, match="visible"):
        shelf.rename(storage, name, " \t ")
    with pytest.raises(UnknownNameError):
        shelf.rename(storage, "nobody", "X")


def test_renaming_does_not_overwrite_a_save_in_between(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = shelf.create(storage, DATA, "Shared")
    load = storage.load

    def late(name: str) -> object:
        found = load(name)
        storage.save(name, replace(found.project, title="Theirs"), expected_revision=1)
        return found

    monkeypatch.setattr(storage, "load", late)
    with pytest.raises(ConflictError):
        shelf.rename(storage, name, "Mine")
    assert load(name).project.title == "Theirs"


def test_two_thousand_reports(storage: Storage, measured: Callable[[str], None]) -> None:
    whole = templates.document("delivery-summary", DATA)
    for number in range(2_000):
        path = storage.path(f"r{number}")
        if number == 0:
            storage.save("r0", whole)
            content = path.read_bytes()
        path.write_bytes(content)
    best = min(_timed(lambda: shelf.entries(storage)) for _ in range(3))
    assert len(shelf.entries(storage)) == 2_013
    measured(f"2,000 reports like Delivery summary are listed in {best * 1000:.0f} ms (goal: under 300)")


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def test_unreadable_files_are_listed_with_their_problem(storage: Storage) -> None:
    shelf.create(storage, DATA, "Good")
    storage.path("bad").write_text('{"schema": 1, "title": "Bad", "panels": 3}')
    storage.save("newer", Project(title="Newer", data=DATA, panels=(Panel("p1"),)))
    text = storage.path("newer").read_text().replace('"schema": 1', '"schema": 99')
    storage.path("newer").write_text(text)
    problems = {each.name: each.problem for each in shelf.entries(storage) if each.kind == "custom"}
    assert problems["bad"]
    assert problems["good"] is None
    assert problems["newer"] is None
    assert shelf.restore(storage, shelf.delete(storage, "bad")) == "bad", "what can't be read can be deleted"
