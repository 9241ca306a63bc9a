"""What the values of a field are called when they are counted: ``recipient_id`` holds recipients."""

from __future__ import annotations

from dynreports.semantics.locales import ENGLISH, Locale
from dynreports.semantics.text import phrase

_TAILS = {"id", "key", "code", "no", "nr", "number", "uuid", "guid"}
_IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women"}


def counted(count: int, field: str, locale: Locale = ENGLISH) -> str:
    """Return how many values of a field there are, in words.

    Examples
    --------
    >>> counted(2, "person"), counted(1, "recipient_id"), counted(1200, "city")
    ('2 people', '1 recipient', '1,200 cities')
    """
    one, many = noun(field)
    return f"{locale.count(count)} {one if count == 1 else many}"


def noun(field: str) -> tuple[str, str]:
    """Return what one value of a field is called, and several.

    A name that can't be bent by the rules of English stays as it is: ``("value of 城市", "values of 城市")``.
    """
    words = phrase(field).split()
    while len(words) > 1 and words[-1].lower() in _TAILS:
        words.pop()
    if not words or not (words[-1].isascii() and words[-1].isalpha()):
        return f"value of {field}", f"values of {field}"
    return " ".join(words), " ".join([*words[:-1], _plural(words[-1])])


def _plural(word: str) -> str:
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("y") and low[-2:-1] not in {"a", "e", "i", "o", "u", ""}:
        return f"{word[:-1]}ies"
    return f"{word}es" if low.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
