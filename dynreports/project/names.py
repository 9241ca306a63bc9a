"""Names of reports, and the names of their files: no name leads out of the folder."""

from __future__ import annotations

from dynreports.errors import InvalidInputError
from dynreports.semantics.text import slug

_LONGEST = 150  # bytes; leaves room for the endings within the 255 that file systems take
_RESERVED = {"con", "prn", "aux", "nul", *(f"{each}{n}" for each in ("com", "lpt") for n in range(1, 10))}


def file_name(name: str) -> str:
    """Return the name of a report as its file has it: "Quarter review" is ``quarter-review``.

    Raises
    ------
    InvalidInputError
        If the name is a path, holds nothing readable, is reserved by an operating system or is too long.

    Examples
    --------
    >>> file_name("Quarter review")
    'quarter-review'
    """
    problem = None
    if any(each in name for each in "/\\\0") or name.strip() in (".", ".."):
        problem = "it must be a name, not a path"
    elif not any(each.isalnum() for each in name):
        problem = "it needs at least one letter or digit"
    plain = "" if problem else slug(name)
    if plain in _RESERVED:
        problem = "some systems reserve it for a device"
    elif len(plain.encode(errors="replace")) > _LONGEST:
        problem = f"it is longer than {_LONGEST} bytes"
    if problem:
        message = f"A report can't be called {name[:60]!r}: {problem}."
        raise InvalidInputError(message)
    return plain
