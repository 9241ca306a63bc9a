"""Earlier states of the report that a session holds: listed, compared with one another, put back."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from dynreports.errors import InvalidInputError, RefusedError
from dynreports.project import versions
from dynreports.project.differences import differences
from dynreports.project.session import Session
from dynreports.project.storage import Storage
from dynreports.project.versions import Version


def kept(session: Session) -> list[Version]:
    """Return what was saved under the report's name, the newest first.

    Raises
    ------
    InvalidInputError
        If it was never saved.
    """
    return versions.versions(_file(session))


def compared(session: Session, before: int, after: int | None = None) -> list[str]:
    """Return in words what was done between two versions; ``after`` ``None``: the report as it stands now.

    Raises
    ------
    InvalidInputError, UnknownNameError, StorageError
        If the report was never saved, or a version is not kept or can't be read.
    """
    path = _file(session)
    old = versions.load(path, before)
    new = session.project if after is None else versions.load(path, after)
    return differences(old, new, session.dataset.catalog)


def restore(session: Session, revision: int) -> str:
    """Put a version in place of the document, as a step that can be undone, and return what was done.

    Whose the report is and its file stay.

    Raises
    ------
    RefusedError
        If the report is open for reading.
    InvalidInputError, UnknownNameError, StorageError
        If the report was never saved, or the version is not kept or can't be read.
    """
    if session.read_only:
        message = "This report is open for reading, so nothing in it can be restored."
        raise RefusedError(message)
    version = versions.load(_file(session), revision)
    now, label = session.project, f"Restore version {revision}"
    with session.group(label):
        session.put(
            replace(
                version,
                revision=now.revision,
                last_id=max(now.last_id, version.last_id),
                owner=now.owner,
                notebook=now.notebook,
                template=now.template,
            )
        )
    return f"Restored version {revision}."


def annotate(session: Session, note: str, revision: int | None = None) -> Version:
    """Say something of a version, of the last one unless its revision is given.

    Raises
    ------
    RefusedError
        If the report is open for reading.
    InvalidInputError, UnknownNameError
        If the report was never saved, the version is not kept, or the note is too long.
    """
    if session.read_only:
        message = "This report is open for reading, so nothing can be noted of it."
        raise RefusedError(message)
    storage, name = _saved(session)
    with storage.locked(name):
        last = session.project.revision if revision is None else revision
        return versions.annotate(storage.path(name), last, note)


def _file(session: Session) -> Path:
    storage, name = _saved(session)
    return storage.path(name)


def _saved(session: Session) -> tuple[Storage, str]:
    if session.storage is None or session.name is None:
        message = "The report was never saved, so there are no versions of it: save it first."
        raise InvalidInputError(message)
    return session.storage, session.name
