"""Notebooks of templates and of people's own reports: what is in them, duplicates, and Save As."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

import dynreports as dr
from dynreports.campaign.demo_data import write
from dynreports.errors import DataError
from dynreports.project import notebook, templates
from dynreports.project.storage import Storage
from dynreports.publish import template_notebooks
from dynreports.semantics.dataset import Dataset
from dynreports.workspace import notebooks
from dynreports.workspace.controller import Workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("logs") / "Lumen", recipients=300, deliveries=24, days=30)


@pytest.fixture(scope="module")
def data(logs: Path) -> Dataset:
    return dr.campaign.load(logs)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A served folder with the notebooks of the templates."""
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    template_notebooks.refresh(tmp_path / "templates")
    return tmp_path


def work_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))


def do(project: dr.Project, verb: str, **fields: Any) -> str:
    reply = Workspace(project._session).answer({"verb": verb, **fields})
    assert reply["ok"], reply
    return str(reply["say"])


def test_the_notebooks_of_the_repository_are_those_that_are_served(home: Path) -> None:
    """Made from one source; after a change: `python -m dynreports.publish.template_notebooks …`."""
    shipped = {path.name: path.read_bytes() for path in (ROOT / "notebooks" / "templates").glob("*.ipynb")}
    served = {path.name: path.read_bytes() for path in (home / "templates").iterdir()}
    assert shipped == served
    assert len(served) == len(templates.everything())
    for name, content in served.items():
        made = nbformat.reads(content.decode(), as_version=4)
        nbformat.validate(made)
        assert made.metadata["dynreports"]["template"] == name.removesuffix(".ipynb")
        assert not (home / "templates" / name).stat().st_mode & 0o222


@pytest.mark.parametrize("template", templates.everything(), ids=lambda each: each.id)
def test_they_run_on_loaded_data(
    home: Path, logs: Path, monkeypatch: pytest.MonkeyPatch, template: templates.Template
) -> None:
    """On the demo data they run as notebooks (`make notebooks`); here, on another folder of logs."""
    monkeypatch.setenv("DYNREPORTS_DATA", str(logs))
    scope: dict[str, Any] = {}
    for cell in nbformat.reads(notebook.of_template(template).decode(), as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, scope)
    assert scope["report"].title == template.label
    assert not scope["report"]._session.unsaved
    assert Path(scope["data"].path) == logs


def test_notebooks_are_refreshed_and_what_people_changed_is_kept(home: Path) -> None:
    folder = home / "templates"
    path = folder / "opens.ipynb"
    before = path.read_bytes()

    def change(cells: bool) -> None:
        content = json.loads(before)
        content["metadata"]["older"] = True
        content["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["run\n"]}]
        if cells:
            content["cells"][1]["source"] = ["mine = 1"]
        path.chmod(0o644)
        path.write_text(json.dumps(content))

    change(cells=False)  # what an older version wrote, run and saved
    template_notebooks.refresh(folder)
    assert path.read_bytes() == before
    assert len(list(folder.iterdir())) == 13
    change(cells=True)
    path.with_name("opens-Copy1.ipynb").write_text("{}")
    template_notebooks.refresh(folder)
    assert path.read_bytes() == before
    assert "mine = 1" in path.with_name("opens-Copy2.ipynb").read_text()
    path.unlink()
    template_notebooks.refresh(folder)
    assert path.read_bytes() == before, "what was deleted is there again"


def test_a_duplicate_becomes_a_report_of_ones_own_at_its_first_save(
    home: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_in(home / "templates" / "opens.ipynb", monkeypatch)
    assert dr.template("opens", data)._session.template == "opens"

    copy = home / "templates" / "opens-Copy1.ipynb"
    shutil.copyfile(home / "templates" / "opens.ipynb", copy)
    work_in(copy, monkeypatch)
    project = dr.template("opens", data)
    assert (project.title, project._session.template, project.name) == ("Opens (Copy)", None, None)
    assert dr.template("complaints", data)._session.template == "complaints", "it is no copy of that one"
    project.panels[0].tables[0].remove()
    assert do(project, "save", name="Opens (Copy)", overwrite=False) == "Saved as opens-copy."
    assert [path.name for path in home.glob("*.ipynb")] == [], "the duplicate is its notebook"

    again = dr.template("opens", data)
    assert again.name == "opens-copy"
    assert again == project
    assert notebooks.notebook_of(Storage(), "opens-copy") == copy

    # A second duplicate is another report, whatever people call it, and wherever it lies.
    other = home / "mine" / "Чтение.ipynb"
    other.parent.mkdir()
    shutil.copyfile(home / "templates" / "opens.ipynb", other)
    work_in(other, monkeypatch)
    second = dr.template("opens", data)
    assert second.title == "Чтение"
    assert len(second.panels[0].tables) == len(again.panels[0].tables) + 1
    second.save("Something else")
    assert dr.template("opens", data).name == "something-else"
    work_in(copy, monkeypatch)
    assert dr.template("opens", data).name == "opens-copy"


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("opens-Copy1", "Opens (Copy)"),
        ("opens-Copy2", "Opens (Copy 2)"),
        ("opens", "Opens (Copy)"),  # pasted into another folder
        ("Q3-Copy1", "Q3-Copy1"),
        ("مبيعات", "مبيعات"),
        ("a <b>$x$ `c`", "a <b>$x$ `c`"),
    ],
)
def test_titles_of_duplicates(
    home: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch, stem: str, title: str
) -> None:
    path = home / "elsewhere" / f"{stem}.ipynb"
    path.parent.mkdir()
    shutil.copyfile(home / "templates" / "opens.ipynb", path)
    work_in(path, monkeypatch)
    project = dr.template("opens", data)
    assert project.title == title
    project.save()
    assert dr.template("opens", data).title == title


def test_save_as_writes_a_notebook_next_to_ones_own(
    home: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_in(home / "templates" / "opens.ipynb", monkeypatch)
    project = dr.template("opens", data)
    said = do(project, "save", name="Reading <now>", overwrite=False)
    assert said == "Saved as reading-now. Its notebook is reading-now.ipynb."
    path = home / "reading-now.ipynb"  # not among the templates
    made = nbformat.read(path, as_version=4)
    nbformat.validate(made)
    assert made.cells[0].source == "# Reading \\<now\\>"
    scope: dict[str, Any] = {}
    exec(made.cells[1].source, scope)
    assert scope["report"] == project
    assert notebooks.notebook_of(Storage(), "reading-now") == path

    # From one's own notebook: beside it. Somebody else's notebook of that name is left alone.
    (home / "team").mkdir()
    (home / "team" / "again.ipynb").write_text("theirs")
    work_in(home / "team" / "mine.ipynb", monkeypatch)
    assert do(project, "save", name="Again", overwrite=False).endswith("Its notebook is again-2.ipynb.")
    assert (home / "team" / "again.ipynb").read_text() == "theirs"
    assert notebooks.notebook_of(Storage(), "again") == home / "team" / "again-2.ipynb"
    assert notebooks.notebook_of(Storage(), "reading-now") == path
    assert do(project, "save", name=None, overwrite=False) == "Saved as again."
    assert do(project, "save", name="Reading <now>", overwrite=True).endswith("is reading-now.ipynb.")
    assert len(list(home.rglob("*.ipynb"))) == 13 + 3


def test_no_notebook_where_it_could_not_open_the_report(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd

    work_in(home / "mine.ipynb", monkeypatch)
    bound = dr.Project("Bound", pd.DataFrame({"city": ["Paris"]}))
    assert do(bound, "save", name="Bound", overwrite=False) == "Saved as bound."
    assert list(home.glob("*.ipynb")) == []


def test_a_notebook_that_can_not_be_written_does_not_lose_the_report(
    home: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_in(home / "gone" / "mine.ipynb", monkeypatch)
    project = dr.template("opens", data)
    said = do(project, "save", name="Kept", overwrite=False)
    assert said.startswith("Saved as kept, but without a notebook: ")
    assert dr.open("kept") == project
    assert notebooks.notebook_of(Storage(), "kept") is None


def test_the_usual_folder_of_logs(home: Path, logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "templates")
    monkeypatch.delenv("DYNREPORTS_DATA", raising=False)
    with pytest.raises(DataError, match="DYNREPORTS_DATA"):
        dr.campaign.load()
    (home / "data").mkdir()
    (home / "data" / "campaign").symlink_to(logs)
    assert len(dr.campaign.load().frame) == len(dr.campaign.load(logs).frame)
    monkeypatch.setenv("DYNREPORTS_DATA", str(home / "nowhere"))
    with pytest.raises(DataError, match="nowhere"):
        dr.campaign.load()


def test_what_is_no_notebook_says_nothing() -> None:
    for content in (
        b"",
        b"[]",
        b'{"metadata": 3}',
        b'{"metadata": {"dynreports": {"template": []}}}',
        b"\xff",
    ):
        assert notebook.read(content) == (notebook.Mark(), False)
