"""Names made from text, and text made from names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slug(text: str) -> str:
    """Return a stable id for a label: lower case letters of any alphabet, digits and dashes.

    Examples
    --------
    >>> slug("Bounce + Error rate"), slug("हिन्दी में")
    ('bounce-error-rate', 'हिन्दी-में')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    found: list[str] = []
    for letter in plain:
        # Vowel signs of many alphabets are marks on the letter before them; so are those that style emoji.
        is_mark = unicodedata.category(letter) in ("Mn", "Mc") and found[-1:] not in ([], ["-"])
        if letter.isalnum() or is_mark:
            found.append(letter)
        elif found[-1:] != ["-"]:
            found.append("-")
    return "".join(found).strip("-") or "unnamed"


def words_of(name: str) -> list[str]:
    """Return the words of a field name, as written: at spaces, ``_``, ``-``, ``.`` and camel case.

    Examples
    --------
    >>> words_of("dep_delay"), words_of("customerID")
    (['dep', 'delay'], ['customer', 'ID'])
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return [word for word in re.split(r"[\s_.\-]+", spaced) if word]


def phrase(name: str) -> str:
    """Return a field name as words inside a sentence: ``dep_delay`` reads "dep delay".

    A name that already holds spaces was written for people and stays as it is.
    """
    if any(letter.isspace() for letter in name.strip()):
        return name.strip()
    words = words_of(name)
    kept = [word if len(word) > 1 and word.isupper() else word.lower() for word in words]
    return " ".join(kept) or name


def humanise(name: str) -> str:
    """Return a field name as a label: ``dep_delay`` reads "Dep delay".

    Examples
    --------
    >>> humanise("dep_delay"), humanise("userId"), humanise("Total (USD)")
    ('Dep delay', 'User id', 'Total (USD)')
    """
    text = phrase(name)
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list in a sentence.

    Examples
    --------
    >>> listed(["opens"]), listed(["opens", "clicks", "replies"])
    ('opens', 'opens, clicks and replies')
    """
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end


def unique(name: str, taken: Iterable[str]) -> str:
    """Return ``name``, numbered where it is already taken; case does not make a difference.

    Examples
    --------
    >>> unique("City", ["city", "City (2)"])
    'City (3)'
    """
    folded = {each.casefold() for each in taken}
    result, number = name, 2
    while result.casefold() in folded:
        result, number = f"{name} ({number})", number + 1
    return result
