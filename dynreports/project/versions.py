"""What a report was at each save: kept beside it, to be compared and restored.

::

    reports/.history/NAME/000012.report.json   the very bytes that were saved: they diff as the report does,
                                               and a version control that has the report has them already
    reports/.history/NAME/versions.jsonl       who saved which revision when, and what they said of it

A version is written before its report, so that none is ever missing; one whose report could not be written
counts no more than that save did.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from dynreports.errors import InvalidInputError, StorageError, UnknownNameError
from dynreports.project import atomic
from dynreports.project.layout import parse, read_current
from dynreports.project.model import Project

ENDING = ".report.json"
FOLDER = ".history"
MOST = 200
"""Versions of a report that are kept; those with a note are kept beyond."""
LONGEST_NOTE = 500
_LOG = "versions.jsonl"
_FILE = re.compile(rf"(\d+){re.escape(ENDING)}")


@dataclasses.dataclass(frozen=True)
class Version:
    """A save of a report: its revision, when (UTC), by whom if that is known, and what they said of it."""

    revision: int
    at: dt.datetime
    author: str | None = None
    note: str = ""

    def __str__(self) -> str:
        by = f" by {self.author}" if self.author else ""
        said = f": {self.note}" if self.note else ""
        return f"Version {self.revision}, {self.at.astimezone():%Y-%m-%d %H:%M}{by}{said}"


class _Line(msgspec.Struct, omit_defaults=True):
    """A line of the log; fields of newer versions are passed over."""

    revision: int
    at: dt.datetime
    author: str | None = None
    note: str = ""


def folder_of(report: Path) -> Path:
    """Return where the versions of a report's file lie."""
    return report.parent / FOLDER / report.name.removesuffix(ENDING)


def prepare(report: Path, content: bytes, revision: int) -> None:
    """Write a version down before its report is. To be called under the report's lock.

    What was saved before there was a history, or by another program, is kept as well.

    Raises
    ------
    StorageError
        If it can't be written.
    """
    folder = folder_of(report)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.explained(error, report) from error
    if folder.is_symlink() or folder.parent.is_symlink():
        message = f"{folder} is a link: no history is kept through it, and {report.name} was not saved."
        raise StorageError(message)
    before = _saved(report)
    try:
        if before is not None and not _file(folder, before[0]).exists():
            atomic.write(_file(folder, before[0]), before[1], durable=False)
        atomic.write(_file(folder, revision), content, durable=False)
    except StorageError as error:
        if isinstance(error.__cause__, OSError):  # said of the report, which people know
            raise atomic.explained(error.__cause__, report) from error
        raise


def note_down(report: Path, version: Version) -> None:
    """Add a version to the log once its report is written, and let go of the oldest ones."""
    folder = folder_of(report)
    lines = {each.revision: each for each in _log(folder)} | {version.revision: version}
    kept = sorted(_revisions(folder))
    for revision in kept[:-MOST]:
        if not (revision in lines and lines[revision].note):
            _file(folder, revision).unlink(missing_ok=True)
            lines.pop(revision, None)
    _write_log(folder, [each for each in lines.values() if _file(folder, each.revision).exists()])


def versions(report: Path) -> list[Version]:
    """Return the versions of a report, the newest first."""
    folder = folder_of(report)
    saved = _saved(report)
    told = {each.revision: each for each in _log(folder)}
    return [
        told.get(each) or Version(each, _modified(_file(folder, each)))
        for each in sorted(_revisions(folder), reverse=True)
        if saved is not None and each <= saved[0]
    ]


def load(report: Path, revision: int) -> Project:
    """Return what a report was at a revision.

    Raises
    ------
    UnknownNameError
        If that one is not kept.
    StorageError
        If its file can't be read.
    """
    known = [each.revision for each in versions(report)]
    if revision not in known:
        kept = f"Kept: {_ranges(known)}." if known else "None is kept: it was not saved yet."
        message = f"There is no version {revision} of {report.name.removesuffix(ENDING)!r}. {kept}"
        raise UnknownNameError(message)
    content = _file(folder_of(report), revision).read_bytes()
    return read_current(content) or parse(content).project


def annotate(report: Path, revision: int, note: str) -> Version:
    """Say something of a version, in place of what was said. To be called under the report's lock."""
    plain = plain_note(note)
    found = {each.revision: each for each in versions(report)}
    if revision not in found:
        load(report, revision)
    changed = dataclasses.replace(found[revision], note=plain)
    _write_log(folder_of(report), (found | {revision: changed}).values())
    return changed


def plain_note(note: str) -> str:
    """Return a note as it is kept: on one line.

    Raises
    ------
    InvalidInputError
        If it is too long.
    """
    plain = " ".join(note.split())
    if len(plain) > LONGEST_NOTE:
        message = f"A note has at most {LONGEST_NOTE} characters; this one has {len(plain)}."
        raise InvalidInputError(message)
    return plain


# ---- files --------------------------------------------------------------------------------------


def _file(folder: Path, revision: int) -> Path:
    return folder / f"{revision:06}{ENDING}"


def _revisions(folder: Path) -> list[int]:
    if not folder.is_dir():
        return []
    found = (_FILE.fullmatch(each.name) for each in folder.iterdir())
    return [int(each[1]) for each in found if each is not None]


def _saved(report: Path) -> tuple[int, bytes] | None:
    """Return the revision and the content of a report's file; ``None``: it is not there, or can't be read."""
    try:
        content = report.read_bytes()
        project = read_current(content) or parse(content).project
    except (OSError, StorageError):
        return None
    return project.revision, content


def _modified(path: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)


def _log(folder: Path) -> list[Version]:
    """Return the lines of the log; one that can't be read (it was merged by hand) is passed over."""
    try:
        lines = (folder / _LOG).read_bytes().splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            each = msgspec.json.decode(line, type=_Line)
        except (msgspec.MsgspecError, ValueError):
            continue
        found.append(Version(each.revision, each.at, each.author, each.note))
    return found


def _write_log(folder: Path, lines: Iterable[Version]) -> None:
    ordered = sorted(lines, key=lambda each: each.revision)
    rendered = (
        msgspec.json.encode(_Line(each.revision, each.at, each.author, each.note)) for each in ordered
    )
    atomic.write(folder / _LOG, b"".join(line + b"\n" for line in rendered), durable=False)


def _ranges(numbers: list[int]) -> str:
    """Return numbers in few words: ``1-4, 7``."""
    found: list[list[int]] = []
    for each in sorted(numbers):
        if found and each == found[-1][1] + 1:
            found[-1][1] = each
        else:
            found.append([each, each])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)
