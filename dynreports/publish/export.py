"""A report as a file: which kinds there are, and writing one. All are made from the views of the screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from dynreports.campaign.progress import Progress
from dynreports.errors import InvalidInputError, StorageError
from dynreports.project import atomic
from dynreports.project.session import Session
from dynreports.views import csv, paper, snapshot, xlsx
from dynreports.views.steps import Told


def _csv(session: Session, told: Told) -> bytes:
    return csv.project(session, told).encode(csv.ENCODING)


def _html(session: Session, told: Told) -> bytes:
    return snapshot.document(session, told).encode()


WRITERS: Mapping[str, Callable[[Session, Told], bytes]] = MappingProxyType(
    {".html": _html, ".pdf": paper.pdf, ".xlsx": xlsx.project, ".csv": _csv, ".png": paper.png}
)
"""What makes a whole report a file, and tells how far it is, by the ending of its name."""


def export(session: Session, path: str | os.PathLike[str]) -> Path:
    """Write a report to a file of the kind that its name ends with, and return its path.

    A file that is there is replaced in one step: whoever opens it finds the old one or the new one, whole.
    What takes over a second shows a bar of progress.

    Raises
    ------
    InvalidInputError
        If the name ends otherwise than ``.csv``, ``.xlsx`` and so on, or its folder is not there.
    StorageError
        If the file can't be written.
    """
    target = Path(path).expanduser()
    make = WRITERS[suffix_of(target)]
    if not target.parent.is_dir():
        message = f"There is no folder {str(target.parent)!r} to write {target.name} to."
        raise InvalidInputError(message)
    if target.is_dir():
        message = f"{str(target)!r} is a folder. Accepted: the name of a file."
        raise InvalidInputError(message)
    with Progress(f"Writing {target.name}", "part") as progress:
        content = make(session, progress.at)
    try:
        atomic.write(target, content)
    except StorageError as error:
        reason = getattr(error.__cause__, "strerror", None) or str(error.__cause__)
        message = f"{target} was not written: {reason}. What was there before is intact."
        raise StorageError(message) from error
    return target


def suffix_of(path: Path) -> str:
    """Return the ending that says which kind of file is wanted."""
    suffix = path.suffix.lower()
    if suffix in WRITERS:
        return suffix
    accepted = ", ".join(WRITERS)
    close = get_close_matches(suffix, WRITERS, n=1, cutoff=0.4)
    hint = f" Did you mean {path.with_suffix(close[0]).name!r}?" if close and path.name != suffix else ""
    said = f"ends with {path.suffix!r}" if path.suffix else "has no ending"
    message = f"{path.name!r} {said}, which is no kind of file that reports are written to.{hint} "
    raise InvalidInputError(f"{message}Accepted: {accepted}.")
