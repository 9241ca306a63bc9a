"""The notebook that people work in, and notebooks of reports beside it."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

from dynreports.errors import DynReportsError
from dynreports.project import atomic, notebook, templates
from dynreports.project.storage import Storage
from dynreports.semantics.text import slug

SESSION_NAME = "JPY_SESSION_NAME"
"""Where JupyterLab tells a kernel the path of its notebook."""
TEMPLATES = "templates"
"""The folder of the notebooks of templates, beside that of the reports."""
_DUPLICATE = re.compile(r"-Copy(\d+)$")


def current() -> Path | None:
    """Return the notebook of this kernel; ``None``: there is none, or nobody says which."""
    told = os.environ.get(SESSION_NAME, "")
    path = Path(told)
    return path if path.is_absolute() and path.suffix == notebook.ENDING else None


@dataclasses.dataclass(frozen=True)
class Duplicate:
    """A person's copy of the notebook of a template: what its report is to be called, and where it lies."""

    title: str
    notebook: str


def duplicate_of(template: str, storage: Storage) -> Duplicate | None:
    """Return what the notebook of this kernel is, if it was made by duplicating that of a template."""
    path = current()
    if path is None or path.resolve() == _shipped(template, storage).resolve():
        return None
    try:
        mark, _ = notebook.read(path.read_bytes())
    except OSError:
        return None
    if mark.template != template:
        return None
    return Duplicate(_title(path.stem, template), relative(path, storage))


def _title(stem: str, template: str) -> str:
    """Return what a duplicate is called: JupyterLab numbers them as ``opens-Copy1``; people rename them."""
    found = _DUPLICATE.search(stem)
    base = stem[: found.start()] if found else stem
    if slug(base) != template:
        return stem
    number = int(found[1]) if found else 1
    label = templates.find(template).label
    return f"{label} (Copy)" if number == 1 else f"{label} (Copy {number})"


def report_of(duplicate: Duplicate, template: str, storage: Storage) -> str | None:
    """Return the report that was saved from a duplicate; ``None``: it was not saved yet."""
    for each in storage.list():
        if each.template == template and each.notebook == duplicate.notebook and each.problem is None:
            return each.name
    return None


def notebook_of(storage: Storage, name: str) -> Path | None:
    """Return the notebook that shows a saved report, if there is one."""
    try:
        told = storage.load(name).project.notebook
    except DynReportsError:
        return None
    if told is not None:
        path = Path(os.path.normpath(storage.folder / told))
        return path if path.is_file() else None
    path = storage.folder.parent / f"{name}{notebook.ENDING}"
    return path if _shows(path, name) else None


def place(storage: Storage, name: str) -> Path:
    """Return where the notebook of a saved report is to be written: next to people's own.

    That is beside the notebook that is open, or else in the folder that holds the reports. Where another
    notebook has the name, it is numbered.
    """
    folder, number = _home(storage), 1
    while True:
        path = folder / f"{name if number == 1 else f'{name}-{number}'}{notebook.ENDING}"
        if not os.path.lexists(path) or _shows(path, name):
            return path
        number += 1


def write(path: Path, name: str, title: str) -> None:
    """Write the notebook of a saved report. One that shows the report already is left as people have it.

    Raises
    ------
    StorageError
        If it can't be written.
    """
    if _shows(path, name):
        return
    atomic.write(path, notebook.of_report(name, title))


def relative(path: Path, storage: Storage) -> str:
    """Return how a document names a notebook: relative to the folder of reports."""
    return Path(os.path.relpath(path.resolve(), storage.folder.resolve())).as_posix()


def _home(storage: Storage) -> Path:
    path = current()
    if path is None or path.parent.resolve() == (storage.folder.parent / TEMPLATES).resolve():
        return storage.folder.parent
    return path.parent


def _shows(path: Path, name: str) -> bool:
    try:
        return notebook.read(path.read_bytes())[0].report == name
    except OSError:
        return False


def _shipped(template: str, storage: Storage) -> Path:
    return storage.folder.parent / TEMPLATES / f"{template}{notebook.ENDING}"
