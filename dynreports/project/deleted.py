"""Deleted reports: kept for a while beside the others, so that deleting can be taken back."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import shutil
from pathlib import Path

from dynreports.errors import StorageError, unknown_name
from dynreports.project import atomic, versions
from dynreports.project.names import free_name
from dynreports.project.storage import DRAFT_ENDING, ENDING, Storage

FOLDER = ".deleted"
KEPT = dt.timedelta(days=30)
_TOKEN = re.compile(r"(?P<name>[^/\\\0.][^/\\\0]*)~[0-9a-f]{12}")


def put_away(storage: Storage, name: str) -> str:
    """Take a report out of the folder with what was left unsaved of it, and return what brings it back.

    Raises
    ------
    UnknownNameError
        If there is no such report.
    StorageError
        If its file can't be moved; it is where it was.
    """
    path = storage.path(name)
    if not os.path.lexists(path):
        raise unknown_name("report", name, storage.names())
    plain = path.name.removesuffix(ENDING)
    token = f"{plain}~{secrets.token_hex(6)}"
    away = _folder(storage)
    try:
        away.mkdir(exist_ok=True)
        _sweep(away)
        with storage.locked(name):
            path.rename(away / f"{token}{ENDING}")
            os.utime(away / f"{token}{ENDING}", follow_symlinks=False)  # kept from now on
            draft = storage.draft_path(name)
            if draft.exists():
                draft.rename(away / f"{token}{DRAFT_ENDING}")
            history = versions.folder_of(path)
            if history.is_dir() and not history.is_symlink():
                history.rename(away / f"{token}{versions.FOLDER}")
    except OSError as error:
        raise atomic.explained(error, path) from error
    return token


def bring_back(storage: Storage, token: str) -> str:
    """Put a deleted report back, and return its name: a new one if another report has taken its own.

    Raises
    ------
    UnknownNameError
        If it is not kept (any more).
    """
    match = _TOKEN.fullmatch(token)
    source = _folder(storage) / f"{token}{ENDING}"
    if match is None or not source.is_file():
        kept = (each.name.removesuffix(ENDING) for each in _folder(storage).glob(f"*{ENDING}"))
        raise unknown_name("deleted report", token, kept)
    taken = set(storage.names())
    name = match["name"] if match["name"] not in taken else free_name(match["name"], taken)
    target = storage.path(name)
    try:
        with storage.locked(name):
            if os.path.lexists(target):
                message = f"There is a report named {name!r} by now. Try again."
                raise StorageError(message)
            source.rename(target)
            os.utime(target)
            draft = source.with_name(f"{token}{DRAFT_ENDING}")
            if draft.is_file():
                storage.draft_path(name).parent.mkdir(exist_ok=True)
                draft.rename(storage.draft_path(name))
            _bring_history(source.with_name(f"{token}{versions.FOLDER}"), target)
    except OSError as error:
        raise atomic.explained(error, target) from error
    return name


def _bring_history(source: Path, report: Path) -> None:
    target = versions.folder_of(report)
    if source.is_dir():
        target.parent.mkdir(exist_ok=True)
        if target.is_dir():  # of a report of that name that was deleted by hand
            shutil.rmtree(target)
        source.rename(target)


def _folder(storage: Storage) -> Path:
    away = storage.folder / FOLDER
    if away.is_symlink():
        message = f"{away} is a link: nothing is deleted through it."
        raise StorageError(message)
    return away


def _sweep(away: Path) -> None:
    """Let go of what was deleted too long ago."""
    oldest = (dt.datetime.now(dt.UTC) - KEPT).timestamp()
    for each in away.iterdir():
        if each.name.endswith((ENDING, DRAFT_ENDING)) and each.lstat().st_mtime < oldest:
            each.unlink(missing_ok=True)
        elif each.name.endswith(versions.FOLDER) and each.lstat().st_mtime < oldest:
            shutil.rmtree(each, ignore_errors=True)
