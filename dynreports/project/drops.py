"""What can be dropped where, and how it is called: one table for the commands and for the browser.

A pair that is absent is impossible. ``{name}`` is what is dragged, ``{target}`` the label of what it is
dropped on (column, row, dimension, table, panel) and ``{side}`` "before" or "after". Rows that hold nothing
yet are ``rows:empty``. Every phrase starts with an imperative of `wording.PAST`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from dynreports.semantics.component import Kind

DropKind = Kind | Literal["item"]
"""What can be dropped: a component, or one item of a dimension or time unit."""

_TOP = "the top items of {name}"
RULES: dict[DropKind, dict[str, str]] = {
    "dimension": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "columns": f"Add {_TOP} as columns",
        "edge": f"Add {_TOP} {{side}} {{target}}",
        "column": f"Split {{target}} by {_TOP}",
        "above": f"Stack {_TOP} above the columns of {{target}}",
        "row": "Break down {target} by {name}",
        "panel": "Keep only records with a value of {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "time": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "columns": "Add the last items of {name} as columns",
        "edge": "Add the last items of {name} {side} {target}",
        "column": "Split {target} by the last items of {name}",
        "above": "Stack the last items of {name} above the columns of {target}",
        "row": "Break down {target} by {name}",
        "panel": "Keep only records with a value of {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "metric": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "columns": "Add {name} as a column",
        "edge": "Add {name} {side} {target}",
        "column": "Replace {target} with {name}",
        "above": "Stack records that count as {name} above the columns of {target}",
        "row": "Break down {target} by {name}",
        "between": "Add {name} {side} {target}",
        "panel": "Keep only records that count as {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "segment": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "columns": "Add a column of {name}",
        "edge": "Add a column of {name} {side} {target}",
        "column": "Filter {target} by {name}",
        "above": "Stack {name} above the columns of {target}",
        "row": "Break down {target} by {name}",
        "between": "Add {name} {side} {target}",
        "panel": "Filter {target} by {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "period": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "columns": "Add a column of {name}",
        "edge": "Add a column of {name} {side} {target}",
        "column": "Set the period of {target} to {name}",
        "above": "Stack {name} above the columns of {target}",
        "row": "Break down {target} by {name}",
        "between": "Add {name} {side} {target}",
        "panel": "Set the period of {target} to {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "item": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "columns": "Add a column of {name}",
        "edge": "Add a column of {name} {side} {target}",
        "column": "Filter {target} by {name}",
        "above": "Stack {name} above the columns of {target}",
        "row": "Break down {target} by {name}",
        "between": "Add {name} {side} {target}",
        "panel": "Filter {target} by {name}",
        "new_table": "Add a table of {name} to {target}",
    },
}


class Limit(msgspec.Struct, frozen=True):
    """Of several things dropped at once at most one is of these kinds, and then none of the others is."""

    one: tuple[DropKind, ...]
    without: tuple[DropKind, ...] = ()


_STATIC: tuple[DropKind, ...] = ("metric", "segment", "period", "item")
_ONE_LIST = Limit(("dimension", "time"), _STATIC)
_ONE_PERIOD = Limit(("period",))
LIMITS: dict[str, tuple[Limit, ...]] = {
    "rows:empty": (_ONE_LIST,),
    "rows": (_ONE_LIST,),
    "row": (_ONE_LIST,),
    "columns": (_ONE_LIST,),
    "edge": (_ONE_LIST,),
    "above": (_ONE_LIST,),
    "column": (_ONE_LIST, Limit(("metric",)), _ONE_PERIOD),
    "panel": (_ONE_PERIOD,),
    "new_table": (Limit(("dimension", "time"), ("segment", "period", "item")),),
}
"""By place: what can't be dropped on it together. Places that are not here take anything they accept."""

KIND_NAMES: dict[DropKind, str] = {
    "dimension": "dimension",
    "metric": "metric",
    "segment": "segment",
    "time": "time unit",
    "period": "period",
    "item": "item",
}

PLACES = {
    "rows": "the rows",
    "rows:empty": "the rows",
    "columns": "the columns",
    "edge": "the edge of a column",
    "column": "a column",
    "above": "the top of the columns",
    "row": "a row",
    "between": "a place between rows",
    "panel": "a panel's filters",
    "new_table": "an empty place of a panel",
}


def to_wire() -> dict[str, Any]:
    """Return the whole table as the browser takes it."""
    return {"phrases": RULES, "limits": msgspec.to_builtins(LIMITS)}


def refusal(kind: DropKind, place: str) -> str:
    """Return why components of a kind can't be dropped on a place, and where they can."""
    accepted = dict.fromkeys(PLACES[each] for each in RULES[kind])
    article = "An" if KIND_NAMES[kind][0] in "aeiou" else "A"
    said = f"{article} {KIND_NAMES[kind]} can't be dropped on {PLACES[place]}."
    return f"{said} It can go on: {', '.join(accepted)}."


def too_many(kinds: list[DropKind], place: str) -> str | None:
    """Return why things of these kinds can't be dropped together, ``None`` where they can."""
    for limit in LIMITS.get(place, ()):
        found = [each for each in kinds if each in limit.one]
        if len(found) > 1:
            return f"Only one {KIND_NAMES[found[0]]} at a time can be dropped on {PLACES[place]}."
        others = [each for each in kinds if each in limit.without]
        if found and others:
            together = f"A {KIND_NAMES[found[0]]} and a {KIND_NAMES[others[0]]}"
            return f"{together} can't be dropped on {PLACES[place]} together: drop one after the other."
    return None
