"""The reports that ship: documents in this folder in the form of saved reports, which nobody can change.

``index.json`` lists them in the order in which people see them; ``ID.report.json`` is what each shows.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec.structs import replace

from dynreports.errors import unknown_name
from dynreports.project.layout import parse
from dynreports.project.model import DataReference, Filter, Project
from dynreports.semantics.text import slug

ENDING = ".report.json"


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report that ships.

    Attributes
    ----------
    id
        Its label in kebab case: "delivery-summary".
    label, description
        What it is called, and what is in it, in a line.
    answers
        The question that it answers.
    next
        The ids of reports to go on with.
    """

    id: str
    label: str
    description: str
    answers: str
    next: tuple[str, ...]


@cache
def everything() -> tuple[Template, ...]:
    """Return all reports that ship, in the order in which people see them."""
    return msgspec.json.decode(_read("index.json"), type=tuple[Template, ...])


def find(name: str) -> Template:
    """Return a report that ships, by its id or label.

    Raises
    ------
    UnknownNameError
        If there is none; the nearest ones are named.
    """
    wanted = slug(name)
    for each in everything():
        if each.id == wanted:
            return each
    raise unknown_name("template", name, (each.id for each in everything()))


def is_name(name: str) -> bool:
    """Whether a report of this name ships, so that no other one can have it."""
    return any(each.id == name for each in everything())


def document(id: str, data: DataReference) -> Project:
    """Return a report that ships as a document about some data, not saved yet.

    Parameters
    ----------
    id
        The id or label of the template.
    data
        How the document names its data.
    """
    found = find(id)
    return replace(_shipped(found.id), data=data, template=found.id)


def filters(id: str) -> tuple[tuple[Filter, ...], ...]:
    """Return the filters of each panel of a report that ships, by its id."""
    return tuple(each.filters for each in _shipped(id).panels)


@cache
def _shipped(id: str) -> Project:
    return parse(_read(f"{id}{ENDING}")).project


def _read(name: str) -> bytes:
    return (files(__package__) / name).read_bytes()
