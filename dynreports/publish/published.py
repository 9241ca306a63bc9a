"""Published reports: a version that stands still for its readers, while its author goes on with the report.

One file holds the frozen document, who published it when, and what readers may do with it; a snapshot of
its figures, made at the same time, lies beside it::

    reports/NAME.report.json            what the author works on
    reports/published/NAME.page.json    what readers get
    reports/published/NAME.html         its figures when it was published
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from dynreports.campaign.channels import channels
from dynreports.errors import DynReportsError, RefusedError, StorageError, unknown_name
from dynreports.project import atomic
from dynreports.project.layout import parse, render, written
from dynreports.project.model import Project
from dynreports.project.names import file_name
from dynreports.project.owners import user
from dynreports.project.rights import Rights
from dynreports.project.storage import Storage, read_file

if TYPE_CHECKING:
    from dynreports.project.session import Session

FOLDER = "published"
ENDING = ".page.json"
SNAPSHOT_ENDING = ".html"
SCHEMA = 1
_log = logging.getLogger(__name__)


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a published report without its content.

    Attributes
    ----------
    title
        What readers see.
    author, moment
        Who published it, and when (UTC).
    revision
        Which revision of the report it is.
    note
        What its author says about it.
    rights
        What readers may do.
    channels
        Which channels it is about; none: all of them.
    """

    title: str
    author: str
    moment: dt.datetime
    revision: int
    note: str = ""
    rights: Rights = Rights()
    channels: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: int
    about: About
    report: msgspec.Raw


class _Head(msgspec.Struct, frozen=True):
    """The part of a file that a list needs: the report itself is passed over."""

    schema: int
    about: About


class Listed(msgspec.Struct, frozen=True):
    """A line of the list of published reports."""

    name: str
    about: About


class Published(msgspec.Struct, frozen=True):
    """A published report as its readers get it."""

    name: str
    about: About
    project: Project


def address(name: str) -> str:
    """Return the path of a published report on the page server: short, and the same for ever."""
    return f"/r/{quote(file_name(name), safe='')}"


def path(storage: Storage, name: str) -> Path:
    """Return the file of a published report, which always lies in the folder of published reports."""
    return storage.folder / FOLDER / f"{file_name(name)}{ENDING}"


def snapshot_path(storage: Storage, name: str) -> Path:
    """Return the file of its snapshot; there may be none."""
    return storage.folder / FOLDER / f"{file_name(name)}{SNAPSHOT_ENDING}"


def publish(session: Session, *, rights: Rights | None = None, note: str = "") -> Listed:
    """Freeze what was last saved of a report as the version that its readers get.

    Parameters
    ----------
    session
        The report; what was not saved of it is not published.
    rights
        What readers may do; ``None``: as when it was last published, or what is usual.
    note
        What to say about this version.

    Raises
    ------
    RefusedError
        If the report was never saved, or only this notebook has its data.
    StorageError
        If it can't be written; readers then go on with the version that they have.
    """
    storage = session.storage
    if storage is None or session.name is None:
        message = "Only a saved report can be published. Save it first."
        raise RefusedError(message)
    name = session.name
    project = storage.load(name).project
    if project.data.path is None:
        message = (
            f"{project.title!r} is about the data {project.data.name!r}, which only this notebook has. "
            "Readers need it in a file: write it with frame.to_parquet('data/NAME.parquet'), and build the "
            "report on that."
        )
        raise RefusedError(message)
    told = About(
        title=project.title,
        author=user() or "",
        moment=dt.datetime.now(dt.UTC).replace(microsecond=0),
        revision=project.revision,
        note=" ".join(note.split()),
        rights=_known_rights(storage, name) if rights is None else rights,
        channels=channels(each.filters for each in project.panels),
    )
    report = json.loads(render(project))
    content = written({"schema": SCHEMA, "about": msgspec.to_builtins(told), "report": report})
    from dynreports.project.session import Session

    picture = _picture(Session(project, session.data, read_only=True), told)
    _write(storage, name, content, picture)
    return Listed(name, told)


def _picture(frozen: Session, told: About) -> bytes | None:
    """Return what readers see while the live page starts; ``None``: they wait for it."""
    who = f" by {told.author}" if told.author else ""
    try:
        # Imported here, like Session: lists of what is published draw nothing.
        from dynreports.views import snapshot

        return snapshot.document(frozen, footer=f"Published{who}, revision {told.revision}").encode()
    except DynReportsError:
        _log.exception("%s is published without a snapshot.", told.title)
        return None


def _write(storage: Storage, name: str, content: bytes, picture: bytes | None) -> None:
    """Write both files. In between, readers have the new report without a picture, never one of the other."""
    target, beside = path(storage, name), snapshot_path(storage, name)
    try:
        target.parent.mkdir(exist_ok=True)
        if target.parent.is_symlink():
            message = f"{target.parent} is a link: nothing is published through it."
            raise StorageError(message)
        beside.unlink(missing_ok=True)
    except OSError as error:
        raise atomic.explained(error, target) from error
    atomic.write(target, content)
    if picture is not None:
        atomic.write(beside, picture)


def _known_rights(storage: Storage, name: str) -> Rights:
    known = about(storage, name)
    return Rights() if known is None else known.rights


def withdraw(storage: Storage, name: str) -> None:
    """Take a published report from its readers; the report itself stays as it is.

    Raises
    ------
    UnknownNameError
        If it is not published.
    """
    target = path(storage, name)
    if not os.path.lexists(target):
        raise unknown_name("published report", name, (each.name for each in published(storage)))
    try:
        target.unlink()
        snapshot_path(storage, name).unlink(missing_ok=True)
    except OSError as error:
        raise atomic.explained(error, target) from error


def published(storage: Storage) -> list[Listed]:
    """Return all published reports by title; files that can't be read are left out."""
    found = []
    for each in sorted((storage.folder / FOLDER).glob(f"[!.]*{ENDING}")):
        try:
            head = msgspec.json.decode(read_file(each)[0], type=_Head)
        except (msgspec.MsgspecError, OSError, StorageError, UnicodeDecodeError):
            continue
        found.append(Listed(each.name.removesuffix(ENDING), head.about))
    return sorted(found, key=lambda each: (each.about.title.casefold(), each.name))


def about(storage: Storage, name: str) -> About | None:
    """Return what is known of a published report, ``None`` if there is none that can be read.

    Any text may be asked for, also one that is no name.
    """
    try:
        head = msgspec.json.decode(read_file(path(storage, name))[0], type=_Head)
    except (msgspec.MsgspecError, OSError, DynReportsError, UnicodeDecodeError):
        return None
    return head.about


def load(storage: Storage, name: str) -> Published:
    """Return a published report.

    Raises
    ------
    UnknownNameError
        If nothing is published under the name; only names of what is are told.
    StorageError
        If its file can't be read.
    """
    target = path(storage, name)
    try:
        found = msgspec.json.decode(read_file(target)[0], type=_File)
        project = parse(bytes(found.report)).project
    except FileNotFoundError:
        raise unknown_name("published report", name, (each.name for each in published(storage))) from None
    except (msgspec.MsgspecError, DynReportsError, UnicodeDecodeError) as error:
        message = f"The published report {target.name} can't be read: {error}. Publish it again."
        raise StorageError(message) from error
    return Published(file_name(name), found.about, project)
