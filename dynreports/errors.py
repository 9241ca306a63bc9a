"""One root exception, and one "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DynReportsError(Exception):
    """Root of every error that dynreports raises on purpose."""


class InvalidInputError(DynReportsError, ValueError):
    """A value, definition or file does not have the accepted form."""


class UnknownNameError(DynReportsError, LookupError):
    """A name (component, column, panel, table, report) does not exist."""


class DataError(DynReportsError):
    """The data cannot be read, or lacks what a report needs."""


class RefusedError(DynReportsError):
    """A gesture or command is impossible here; nothing was changed."""


class StoppedError(DynReportsError):
    """Work was stopped before it was done, because somebody asked for that; nothing was changed."""


class StorageError(DynReportsError):
    """A project could not be read from, or written to, its file."""


class ConflictError(StorageError):
    """The file was saved by somebody else since it was opened; nothing was overwritten."""


def unknown_name(kind: str, name: object, accepted: Iterable[object]) -> UnknownNameError:
    """Build the error for a name that does not exist, with the nearest names that do.

    Parameters
    ----------
    kind
        What the name stands for, in the singular ("metric", "column", "report").
    name
        The name that was given.
    accepted
        Every name that would have been accepted.
    """
    names = sorted({str(each) for each in accepted})
    by_folded = {each.casefold(): each for each in names}
    close = [by_folded[each] for each in get_close_matches(str(name).casefold(), by_folded, n=3, cutoff=0.5)]
    message = f"There is no {kind} named {_short(repr(name))}."
    if close:
        message += f" Did you mean: {', '.join(map(_short, close))}?"
    elif names:
        more = f", and {len(names) - 10} more" if len(names) > 10 else ""
        shown = ", ".join(map(_short, names[:10])) + more
        message += f" Accepted: {shown}."
    else:
        message += f" There are no {kind}s here."
    return UnknownNameError(message)


def _short(name: str) -> str:
    """Keep a message readable: labels come from data, and one of them can be a book."""
    return name if len(name) <= 100 else f"{name[:99]}…"
