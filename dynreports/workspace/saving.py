"""Saving from the screen: a report that is saved under a new name gets a notebook of its own, too."""

from __future__ import annotations

from dynreports.errors import StorageError
from dynreports.project.names import file_name
from dynreports.project.session import Session
from dynreports.workspace import notebooks


def save(session: Session, name: str | None, *, overwrite: bool, note: str = "") -> str:
    """Save a report, and return what was done as a sentence.

    Saved for the first time or under another name, it gets a notebook that opens it, next to the one that
    people work in. A duplicate of a template's notebook is the notebook of its report already; data that only
    a notebook has could not be opened from another one.

    Parameters
    ----------
    session
        What to save.
    name
        The name to save it under; ``None``: its own, or the one that is proposed.
    overwrite
        Save also over another report of that name, or over what somebody else saved meanwhile.
    note
        What people say of this version.
    """
    if name is None and session.name is None:
        name = session.suggested
    target = session.name if name is None else file_name(name)
    project, storage = session.project, session.storage
    has_own = session.name is None and project.notebook is not None
    wanted = target != session.name and not has_own and project.data.path is not None
    if not wanted or target is None or storage is None or notebooks.current() is None:
        return f"Saved as {session.save(name, overwrite=overwrite, note=note)}."
    path = notebooks.notebook_of(storage, target) or notebooks.place(storage, target)
    linked = notebooks.relative(path, storage)
    saved = session.save(name, overwrite=overwrite, notebook=linked, note=note)
    try:
        notebooks.write(path, saved, session.project.title)
    except StorageError as error:
        return f"Saved as {saved}, but without a notebook: {error}"
    return f"Saved as {saved}. Its notebook is {path.name}."
