"""What can be dropped where, and how it is called: one table for the commands and for the browser.

A pair that is absent is impossible. ``{name}`` is what is dragged, ``{target}`` the label of what it is
dropped on (column, row, dimension, panel) and ``{side}`` "before" or "after". Rows that hold no dimension
yet are ``rows:empty``. Every phrase starts with an imperative of `wording.PAST`.
"""

from __future__ import annotations

from dynreports.semantics.component import Kind

RULES: dict[Kind, dict[str, str]] = {
    "dimension": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "row": "Break down {target} by {name}",
        "panel": "Keep only records with a value of {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "time": {
        "rows:empty": "Show {name} in the rows",
        "rows": "Replace {target} with {name}",
        "row": "Break down {target} by {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "metric": {
        "columns": "Add {name} as a column",
        "edge": "Add {name} {side} {target}",
        "column": "Replace {target} with {name}",
        "panel": "Keep only records that count as {name}",
        "new_table": "Add a table of {name} to {target}",
    },
    "segment": {
        "column": "Filter {target} by {name}",
        "panel": "Filter {target} by {name}",
    },
    "period": {
        "column": "Set the period of {target} to {name}",
        "panel": "Set the period of {target} to {name}",
    },
}

KIND_NAMES: dict[Kind, str] = {
    "dimension": "dimension",
    "metric": "metric",
    "segment": "segment",
    "time": "time unit",
    "period": "period",
}

PLACES = {
    "rows": "the rows",
    "rows:empty": "the rows",
    "columns": "the columns",
    "edge": "the edge of a column",
    "column": "a column",
    "row": "a row",
    "panel": "a panel's filters",
    "new_table": "an empty place of a panel",
}


def refusal(kind: Kind, place: str) -> str:
    """Return why components of a kind can't be dropped on a place, and where they can."""
    accepted = dict.fromkeys(PLACES[each] for each in RULES[kind])
    return f"A {KIND_NAMES[kind]} can't be dropped on {PLACES[place]}. It can go on: {', '.join(accepted)}."
