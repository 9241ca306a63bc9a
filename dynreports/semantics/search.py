"""Searches of rows by rules: what the name of an item has to be like, without writing a predicate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from dynreports.semantics.keys import Key
from dynreports.semantics.predicate import And, InItems, Matches, Or, Predicate, Reads
from dynreports.semantics.text import slug

How = Literal[
    "contains", "contains-all", "contains-any", "does-not-contain", "does-not-contain-any",
    "equals", "does-not-equal", "starts-with", "ends-with",
]  # fmt: skip
HOWS: dict[How, str] = {
    "contains": "contains",
    "contains-all": "contains all of",
    "contains-any": "contains any of",
    "does-not-contain": "does not contain",
    "does-not-contain-any": "does not contain any of",
    "equals": "equals",
    "does-not-equal": "does not equal",
    "starts-with": "starts with",
    "ends-with": "ends with",
}
"""What the kinds of rules are called; those with "of" take the text word by word, the others as a phrase."""
Joined = Literal["all", "any"]
JOINED: tuple[Joined, ...] = ("all", "any")


class NameRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the label or identity of an item has to be like; case does not matter."""

    how: How
    text: str


def parse_how(name: object) -> How | None:
    """Return the kind of rule that a person names, ``None`` for any other text or value.

    Examples
    --------
    >>> parse_how("Starts with"), parse_how("contains all of"), parse_how("is like")
    ('starts-with', 'contains-all', None)
    """
    wanted = slug(name).removesuffix("-of") if isinstance(name, str) else ""
    return next((each for each in HOWS if each == wanted), None)


def kept_by_rules(
    key: Key, rules: Iterable[NameRule], joined: Joined, *, include_missing: bool
) -> Predicate | None:
    """Return the records whose item the rules keep, ``None`` (every record) when there is no rule.

    Records without a value have no name that a rule could be about: they follow ``include_missing`` alone.
    """
    parts = tuple(_held(key, each) for each in rules)
    if not parts:
        return None
    held: Predicate = parts[0] if len(parts) == 1 else And(parts) if joined == "all" else Or(parts)
    missing = InItems(key, (None,))
    return held | missing if include_missing else held & ~missing


def _held(key: Key, rule: NameRule) -> Predicate:
    def contains(text: str) -> Predicate:
        return Matches(key, text, include_missing=False)

    def terms(joined: Callable[[tuple[Predicate, ...]], Predicate]) -> Predicate:
        found = tuple(contains(each) for each in rule.text.split())
        return found[0] if len(found) == 1 else joined(found)

    match rule.how:
        case "contains-all":
            return terms(And)
        case "contains-any":
            return terms(Or)
        case "does-not-contain-any":
            return ~terms(Or)
        case "does-not-contain":
            return ~contains(rule.text)
        case "equals":
            return Reads(key, "is", rule.text)
        case "does-not-equal":
            return ~Reads(key, "is", rule.text)
        case "starts-with":
            return Reads(key, "starts", rule.text)
        case "ends-with":
            return Reads(key, "ends", rule.text)
    return contains(rule.text)
