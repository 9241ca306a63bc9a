"""Names of reports, and the names of their files: no name leads out of the folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from dynreports.errors import InvalidInputError
from dynreports.semantics.text import slug

UNTITLED = "Untitled report"
"""What a report is called until it is saved under a name, or renamed."""
_LONGEST = 150  # bytes; leaves room for the endings within the 255 that file systems take
_NUMBER = 8  # bytes that a number at the end of a name can take
_COPY = re.compile(r" \(Copy(?: \d+)?\)$")
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


def free_name(title: str, taken: Collection[str]) -> str:
    """Return a name that no other report has, for any title: too long ones are cut, taken ones numbered.

    Examples
    --------
    >>> free_name("Quarter review", ["quarter-review"]), free_name("🎉", [])
    ('quarter-review-2', 'report')
    """
    plain = slug(title) if any(each.isalnum() for each in title) else "report"
    plain = _cut(plain, _LONGEST - _NUMBER)
    if plain in _RESERVED:
        plain = f"{plain}-report"
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}-{number}", number + 1
    return name


def _cut(name: str, most: int) -> str:
    """Cut a name to so many bytes, between letters: a mark stays with the letter that it is on."""
    content = name.encode(errors="replace")
    if len(content) <= most:
        return name
    kept = content[:most].decode(errors="ignore")
    while kept and unicodedata.category(name[len(kept)]).startswith("M"):
        kept = kept[:-1]
    return kept.rstrip("-")


def copy_title(title: str, taken: Iterable[str]) -> str:
    """Return the title of a copy; the copy of a copy is one more copy of the first.

    Examples
    --------
    >>> copy_title("Opens", []), copy_title("Opens (Copy)", ["opens (copy)"])
    ('Opens (Copy)', 'Opens (Copy 2)')
    """
    base = _COPY.sub("", title)
    folded = {each.casefold() for each in taken}
    found, number = f"{base} (Copy)", 2
    while found.casefold() in folded:
        found, number = f"{base} (Copy {number})", number + 1
    return found
