"""The reports of a folder as people see them in a list: templates and their own; copied, renamed, deleted.

Nothing here opens data, and nothing changes a template.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from msgspec.structs import replace

from dynreports.errors import InvalidInputError, RefusedError
from dynreports.project import deleted, templates
from dynreports.project.model import DataReference, Filter, Panel, Project, Table
from dynreports.project.names import copy_title, free_name
from dynreports.project.owners import user
from dynreports.project.storage import NameTakenError, Saved, Storage
from dynreports.semantics.period import Preset

_RACES = 20  # as many people may take the same free name at once before one of them is told


@dataclasses.dataclass(frozen=True)
class Entry:
    """A line of the list.

    Attributes
    ----------
    name, title
        The name of the report or the id of the template, and what people read.
    kind
        "template", or "custom": somebody's own.
    description
        What is in a template, in a line.
    modified, owner
        When it was last saved (UTC), and who saved it first; ``None`` for templates.
    template
        The template that it was made from.
    data
        The name of its data; empty for templates.
    problem
        Why its file can't be read.
    only
        The filters of each panel.
    """

    name: str
    title: str
    kind: str
    description: str = ""
    modified: dt.datetime | None = None
    owner: str | None = None
    template: str | None = None
    data: str = ""
    problem: str | None = None
    only: tuple[tuple[Filter, ...], ...] = ()


def entries(storage: Storage) -> list[Entry]:
    """Return all reports: those that ship in their own order, then people's own by title."""
    shipped = [
        Entry(each.id, each.label, "template", each.description, only=templates.filters(each.id))
        for each in templates.everything()
    ]
    own = sorted(map(_custom, storage.list()), key=lambda each: (each.title.casefold(), each.name))
    return shipped + own


def _custom(saved: Saved) -> Entry:
    return Entry(
        saved.name,
        saved.title,
        "custom",
        modified=saved.modified,
        owner=saved.owner,
        template=saved.template,
        data=saved.data,
        problem=saved.problem,
        only=saved.only,
    )


def create(
    storage: Storage, data: DataReference, title: str | None = None, *, template: str | None = None
) -> str:
    """Write a new report, and return its name.

    Parameters
    ----------
    storage
        The folder of reports.
    data
        What it is about.
    title
        What to call it; ``None``: "New project", or the copy of the template.
    template
        The template to begin with; ``None``: a panel with an empty table, this month.

    Raises
    ------
    UnknownNameError
        If there is no such template.
    """
    if template is None:
        panel = Panel("p1", period=Preset("this-month"), items=(Table("t2"),))
        return _add(
            storage, Project(title=_title(title or "New project"), data=data, panels=(panel,), last_id=2)
        )
    document = templates.document(template, data)
    if title is None:
        title = copy_title(document.title, (each.title for each in storage.list()))
    return _add(storage, replace(document, title=_title(title)))


def duplicate(storage: Storage, name: str, title: str | None = None) -> str:
    """Write a copy of a report of people's own, and return its name.

    Parameters
    ----------
    storage, name
        The folder of reports, and which of them.
    title
        What to call the copy; ``None``: "Opens (Copy)", or "Opens (Copy 2)" where that is taken.
    """
    project = storage.load(name).project
    if title is None:
        title = copy_title(project.title, (each.title for each in storage.list()))
    return _add(storage, replace(project, title=_title(title)))


def rename(storage: Storage, name: str, title: str) -> None:
    """Give a report another title. Its name stays: it is in people's links and notebooks.

    Raises
    ------
    RefusedError
        If it is a template.
    """
    _check_own(storage, name, "renamed")
    project = storage.load(name).project
    storage.save(name, replace(project, title=_title(title)), expected_revision=project.revision)


def delete(storage: Storage, name: str) -> str:
    """Take a report off the list, and return what `restore` brings it back by.

    Raises
    ------
    RefusedError
        If it is a template.
    UnknownNameError
        If there is no such report.
    """
    _check_own(storage, name, "deleted")
    return deleted.put_away(storage, name)


def restore(storage: Storage, token: str) -> str:
    """Bring a deleted report back, and return its name: another one if its own was taken meanwhile."""
    return deleted.bring_back(storage, token)


def _add(storage: Storage, project: Project) -> str:
    """Save a project under a free name that is made from its title."""
    new = replace(project, revision=0, owner=user(), notebook=None)
    taken = {each.id for each in templates.everything()} | set(storage.names())
    for _ in range(_RACES):
        name = free_name(project.title, taken)
        try:
            storage.save(name, new)
        except NameTakenError:  # by somebody else, just now
            taken.add(name)
        else:
            return name
    message = f"No free name was found for {project.title!r}. Try again."
    raise NameTakenError(message)


def _check_own(storage: Storage, name: str, done: str) -> None:
    if templates.is_name(name) and name not in storage.names():
        label = templates.find(name).label
        message = (
            f"{label!r} is a report that ships: it can't be {done}. Duplicate it to have one of your own."
        )
        raise RefusedError(message)


def _title(title: str) -> str:
    plain = " ".join(title.split())
    if not plain:
        message = "A title needs at least one visible character."
        raise InvalidInputError(message)
    return plain
