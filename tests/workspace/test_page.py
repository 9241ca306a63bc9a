"""What a reader sees for an address."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynreports.errors import DataError
from dynreports.project.model import DataReference, Project
from dynreports.project.storage import Storage
from dynreports.workspace.page import Words, page


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    storage = Storage(tmp_path)
    for name, title in (("first", "First <b>look</b>"), ("ärger & co", "Second")):
        storage.save(name, Project(title=title, data=DataReference(name="demo")))
    return storage


def shown(found: object) -> str:
    assert isinstance(found, Words)
    return found._repr_html_()


def load(storage: Storage, name: str) -> str:
    return storage.load(name).project.title


@pytest.fixture(autouse=True)
def query(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("QUERY_STRING", raising=False)
    return monkeypatch


def test_named_report_is_opened(storage: Storage, query: pytest.MonkeyPatch) -> None:
    query.setenv("QUERY_STRING", "token=abc&report=%C3%A4rger%20%26%20co")
    assert page(lambda name: load(storage, name), storage) == "Second"


def test_without_a_name_reports_are_links_that_work(storage: Storage) -> None:
    html = shown(page(lambda name: name, storage))
    assert html.count('target="_self"') == 2  # Jupyter opens other links in a new tab
    assert "?report=first" in html
    assert "?report=%C3%A4rger-co" in html


def test_labels_are_text(storage: Storage) -> None:
    html = shown(page(lambda name: name, storage))
    assert "First &lt;b&gt;look&lt;/b&gt;" in html
    assert "<b>" not in html


def test_no_reports_says_how_to_make_one(tmp_path: Path) -> None:
    assert "no saved reports yet" in shown(page(lambda name: name, Storage(tmp_path)))


def test_report_that_cannot_be_read_is_named_and_no_link(storage: Storage) -> None:
    (storage.folder / "broken.report.json").write_text("{")
    html = shown(page(lambda name: name, storage))
    assert "broken" in html
    assert "?report=broken" not in html


def test_unknown_name_offers_the_nearest_and_the_list(storage: Storage, query: pytest.MonkeyPatch) -> None:
    query.setenv("QUERY_STRING", "report=frist")
    html = shown(page(lambda name: load(storage, name), storage))
    assert "There is no such report" in html
    assert "Did you mean: first?" in html
    assert 'href="?"' in html


def test_hostile_name_is_shown_as_text(storage: Storage, query: pytest.MonkeyPatch) -> None:
    query.setenv("QUERY_STRING", "report=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    html = shown(page(lambda name: load(storage, name), storage))
    assert "<img" not in html


@pytest.mark.parametrize("name", ["../first", "a/b", "", ".hidden", "x" * 300])
def test_names_that_are_no_names_stay_in_the_folder(
    storage: Storage, query: pytest.MonkeyPatch, name: str
) -> None:
    query.setenv("QUERY_STRING", f"report={name}")
    found = page(lambda name: load(storage, name), storage)
    assert isinstance(found, Words)


def test_missing_data_is_said_in_words(storage: Storage, query: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> object:
        message = "The folder data/campaign is gone."
        raise DataError(message)

    query.setenv("QUERY_STRING", "report=first")
    html = shown(page(fail, storage))
    assert "This report cannot be shown" in html
    assert "The folder data/campaign is gone." in html


def test_mistakes_of_ours_reach_the_error_page_of_the_server(
    storage: Storage, query: pytest.MonkeyPatch
) -> None:
    query.setenv("QUERY_STRING", "report=first")
    with pytest.raises(ZeroDivisionError):
        page(lambda name: 1 / 0, storage)
