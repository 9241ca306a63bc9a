"""The text of a project file: one item a line where it can be, the same bytes for the same project.

Reading goes the other way: JSON, migrations from older versions, then validation of every field. A file
of a newer version is read as far as it is understood, and says what was left out.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dynreports.errors import DynReportsError, StorageError
from dynreports.project.model import SCHEMA, Project

Raw = dict[str, Any]
Migration = Callable[[Raw], Raw]

MIGRATIONS: dict[int, Migration] = {}
"""By version: how a file of that version becomes one of the next. Version 1 is the first."""

_WIDTH = 110
_MOST_LEFT_OUT = 1000


@dataclasses.dataclass(frozen=True)
class Parsed:
    """A project as read. ``left_out`` names what a newer version wrote and this one does not know."""

    project: Project
    schema: int
    left_out: tuple[str, ...] = ()


def render(project: Project) -> bytes:
    """Return the content of the file of a project."""
    if project.schema != SCHEMA:
        message = f"A project of version {project.schema} can't be written by this version ({SCHEMA})."
        raise StorageError(message)
    raw = {"schema": SCHEMA, "title": project.title, "revision": project.revision}
    return written(raw | msgspec.to_builtins(project))


def written(raw: Raw) -> bytes:
    """Return JSON as the content of a file: one item a line where it can be.

    Raises
    ------
    StorageError
        If it holds what a file can't: an infinite number, text that is not valid Unicode.
    """
    try:
        return (_lines(raw, 0) + "\n").encode()
    except ValueError as error:
        message = f"The project holds a value that a file can't: {error}."
        raise StorageError(message) from error


def _lines(value: Any, depth: int) -> str:
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if (depth and len(flat) + 2 * depth <= _WIDTH) or not isinstance(value, (dict, list, tuple)) or not value:
        return flat
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        named = ((json.dumps(key, ensure_ascii=False), each) for key, each in value.items())
        parts = (f"{pad}{key}: {_lines(each, depth + 1)}" for key, each in named)
        return "{\n" + ",\n".join(parts) + f"\n{end}}}"
    return "[\n" + ",\n".join(f"{pad}{_lines(each, depth + 1)}" for each in value) + f"\n{end}]"


_DECODER = msgspec.json.Decoder(Project)


def read_current(content: bytes) -> Project | None:
    """Return the project of a good file of this version, in a third of the time; ``None``: ask `parse`."""
    try:
        project = _DECODER.decode(content)
    except (msgspec.MsgspecError, DynReportsError, RecursionError, ValueError):
        return None
    return project if project.schema == SCHEMA else None


def parse(content: bytes, migrations: Mapping[int, Migration] = MIGRATIONS, current: int = SCHEMA) -> Parsed:
    """Return the project of a file's content.

    Parameters
    ----------
    content
        The bytes of the file.
    migrations, current
        How older versions are brought up to the current one.

    Raises
    ------
    StorageError
        If the content is not a project; the message says what is wrong, and where in the file.
    """
    raw = _json(content)
    schema = raw.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        message = f'it has no version: "schema" must be a number from 1, and is {schema!r}'
        raise StorageError(message)
    for version in range(schema, current):
        raw = migrations[version](raw) | {"schema": version + 1}
    if schema <= current:
        return Parsed(_validated(raw), schema)
    left_out: list[str] = []
    return Parsed(_understood(raw, left_out), schema, tuple(left_out))


def _json(content: bytes) -> Raw:
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        message = f"it is not complete JSON ({error})"
        raise StorageError(message) from error
    if not isinstance(raw, dict):
        message = "it holds no project"
        raise StorageError(message)
    return raw


def _validated(raw: Raw) -> Project:
    try:
        return msgspec.convert(raw, Project)
    except (msgspec.ValidationError, DynReportsError, RecursionError) as error:
        raise StorageError(str(error).rstrip(".")) from error


def _understood(raw: Raw, left_out: list[str]) -> Project:
    """Drop what is unknown, one part after the other, until the rest is a project of our version."""
    raw["schema"] = SCHEMA
    for _ in range(_MOST_LEFT_OUT):
        try:
            return msgspec.convert(raw, Project)
        except msgspec.ValidationError as error:
            left_out.append(_drop_unknown(raw, str(error)))
    message = "it is of a much newer version, and too little of it is understood"
    raise StorageError(message)


def _drop_unknown(raw: Raw, problem: str) -> str:
    """Remove the part that a validation error is about, and return its place."""
    place = found[1] if (found := re.search(r"at `\$\.?([^`]*)`$", problem)) else ""
    found_steps = re.findall(r"\[(\d+)\]|([^.\[\]]+)", place)
    steps: list[str | int] = [int(index) if index else name for index, name in found_steps]
    if field := re.search(r"unknown field `([^`]*)`", problem):
        steps.append(field[1])
    # The smallest part that can go: a member of a list, or a field that is unknown.
    while steps and not field and not isinstance(steps[-1], int):
        steps.pop()
    if not steps:
        message = f"it is of a newer version that can't be read: {problem}"
        raise StorageError(message)
    parent: Any = raw
    for step in steps[:-1]:
        parent = parent[step]
    del parent[steps[-1]]
    return place or str(steps[-1])
