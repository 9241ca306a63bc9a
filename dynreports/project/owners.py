"""Who works here, and what makes a report their own: reports are signed with the name of who saved them."""

from __future__ import annotations

import getpass
import os

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import templates
from dynreports.project.model import Project
from dynreports.project.names import copy_title

_VARIABLES = ("DYNREPORTS_USER", "JUPYTERHUB_USER")


def user() -> str | None:
    """Return the name of the person who runs this process; ``None``: the system does not know."""
    for each in _VARIABLES:
        if found := os.environ.get(each, "").strip():
            return found
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # containers run as a number without a name
        return None


def owned(project: Project, name: str, title: str | None, notebook: str | None = None) -> Project:
    """Return a project as a report of the person's own that is saved for the first time.

    Parameters
    ----------
    project
        What is saved.
    name
        The name of its file.
    title
        What to call it; ``None``: as before.
    notebook
        The notebook that shows it; ``None``: the one that it had before its first save.

    Raises
    ------
    RefusedError
        If a template has the name.
    """
    if templates.is_name(name):
        label = templates.find(name).label
        message = (
            f"{label!r} is a report that ships, and those can't be changed. "
            f"Save yours under another name, such as {copy_title(label, ())!r}."
        )
        raise RefusedError(message)
    before = (
        None if project.revision else project.notebook
    )  # a copy is not what the original's notebook shows
    mine = replace(project, owner=user(), notebook=notebook or before)
    return mine if title is None else replace(mine, title=" ".join(title.split()))
