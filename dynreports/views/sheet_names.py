"""Names of sheets: what a spreadsheet takes for one, all different."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 31
# The last are control characters, and halves of a pair that no file can hold.
_FORBIDDEN = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\x7f\ud800-\udfff]")
_RESERVED = {"history"}


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a legal name for each title, all different whatever the case of their letters.

    Examples
    --------
    >>> sheet_names(["Sent/opened", "sent opened", "'", "History"])
    ['Sent opened', 'sent opened (2)', 'Table', 'History (2)']
    """
    found: list[str] = []
    taken = set(_RESERVED)
    for title in titles:
        plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("' ") or "Table"
        number, name = 1, _cut(plain, "")
        while name.casefold() in taken:
            number += 1
            name = _cut(plain, f" ({number})")
        taken.add(name.casefold())
        found.append(name)
    return found


def _cut(title: str, ending: str) -> str:
    """Return the title as far as there is room: spreadsheets count in halves of rare characters."""
    room, kept = _LONGEST - len(ending), ""
    for each in title:
        room -= 2 if ord(each) > 0xFFFF else 1
        if room < 0:
            break
        kept += each
    return kept.rstrip("' ") + ending
