"""Settings of columns and rows: how figures are shown, never which figures."""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import UNSET
from msgspec.structs import asdict, replace

from dynreports.errors import RefusedError
from dynreports.project import intents as do
from dynreports.project import tree
from dynreports.project.model import AtItem, AtPosition, Column, Limits, Table
from dynreports.semantics.catalog import Catalog

NARROWEST, WIDEST = 40, 2000
"""Pixels that a column may be wide."""

_NAMING = {"table", "column", "path", "ranks"}


def given(command: do.SetColumn | do.SetRows) -> dict[str, object]:
    """Return the settings that a command changes, by name."""
    return {
        name: value for name, value in asdict(command).items() if value is not UNSET and name not in _NAMING
    }


def with_settings(column: Column, command: do.SetColumn, catalog: Catalog) -> Column:
    """Return the column shown in another way."""
    if isinstance(command.variant, str):
        catalog.metric(column.metric).variant(command.variant)
    if isinstance(command.limits, Limits):
        _check(command.limits)
    return replace(column, **given(command))


def _check(limits: Limits) -> None:
    values = [each for each in (limits.lower, limits.middle, limits.upper) if each is not None]
    if not all(map(math.isfinite, values)) or not limits.lower < limits.upper or values != sorted(values):
        message = (
            f"Limits go up: lower {limits.lower:g}, "
            + ("" if limits.middle is None else f"midpoint {limits.middle:g}, ")
            + f"upper {limits.upper:g} do not. The upper limit must be above the lower one, the midpoint "
            "between the two."
        )
        raise RefusedError(message)


def with_width(table: Table, command: do.SetWidth) -> Table:
    """Return the table with another width of a column, or of its labels."""
    width = command.width
    if width is not None and not NARROWEST <= width <= WIDEST:
        message = f"A column can't be {width} pixels wide. Accepted: {NARROWEST} to {WIDEST}."
        raise RefusedError(message)
    if command.column is None:
        return replace(table, label_width=width)
    wanted = tree.find_column(table, command.column)
    columns = tuple(replace(each, width=width) if each is wanted else each for each in table.columns)
    return replace(table, columns=columns)


def with_row_settings(table: Table, command: do.SetRows) -> Table:
    """Return the table with other settings of the rows of one block."""
    if command.align_dates is not UNSET:
        if command.path:
            message = "Aligning dates applies to the entire table: set it there, not in a breakdown."
            raise RefusedError(message)
        table = replace(table, align_dates=command.align_dates)

    def change(block: tree.Block) -> tree.Block:
        if command.percent_of is not UNSET:
            block = replace(block, percent_of=command.percent_of)
        if command.by_position is not UNSET and command.by_position != block.by_position:
            block = replace(_bound(block, command), by_position=command.by_position)
        return block

    return tree.change_block(table, command.path, change)


def _bound(block: tree.Block, command: do.SetRows) -> tree.Block:
    """Return the block with the breakdowns of rows on the screen bound to ranks, or to items."""
    for item, rank in command.ranks:
        steps: tuple[do.Step, do.Step] = (item, AtPosition(rank))
        if isinstance(item, float) and not math.isfinite(item):
            continue
        # What the row shows is kept: an item's own breakdown goes before that of its rank.
        shown = tree.child_at(block, steps[0]) or tree.child_at(block, steps[1])
        if shown is None:
            continue
        for step in steps:
            block = tree.with_child(block, step, None)
        at = AtPosition(rank) if command.by_position else AtItem(item)
        block = replace(block, breakdowns=(*block.breakdowns, replace(shown, at=at)))
    return block


# ---- in words -----------------------------------------------------------------------------------

_COLUMN_WORDS: dict[str, Callable[[str, object], str]] = {
    "totals": lambda name, on: f"{_shown(on)} totals of {name}",
    "number": lambda name, on: f"{_shown(on)} numbers of {name}",
    "percent": lambda name, on: f"{_shown(on)} percentages of {name}",
    "background": lambda name, value: _BACKGROUNDS[value].format(name),
    "limits": lambda name, limits: f"Set the limits of {name} {_limits(limits)}",
    "percent_limits": lambda name, on: f"Set the limits of {name} to {'percentages' if on else 'numbers'}",
    "variant": lambda name, id: f"Count {name} {'as usual' if id is None else f'with {id}'}",
    "wrap": lambda name, on: f"{'Wrap' if on else 'Cut'} the head of {name}",
    "blank_zero": lambda name, on: f"Show zeros of {name}{' as no value' if on else ''}",
}
_BACKGROUNDS: dict[object, str] = {
    "off": "Hide the background of {}",
    "bar": "Show bars in {}",
    "colors": "Show colours in {}",
    None: "Set the background of {} as usual",
}


def column_words(command: do.SetColumn, name: str) -> str:
    """Return what a command does to the column of a name."""
    changes = given(command)
    if len(changes) != 1:
        return f"Change the settings of {name}"
    [(setting, value)] = changes.items()
    return _COLUMN_WORDS[setting](name, value)


def row_words(command: do.SetRows, name: str) -> str:
    """Return what a command does to the rows of a name."""
    match given(command):
        case {"by_position": on, **rest} if not rest:
            return f"Break down {name} by {'position' if on else 'item'}"
        case {"percent_of": of, **rest} if not rest:
            return f"Show percentages of the {of} in {name}"
        case {"align_dates": on, **rest} if not rest:
            return f"{'Align the' if on else 'Show the real'} dates of {name}"
    return f"Change the row settings of {name}"


def _shown(on: object) -> str:
    return "Hide" if on is False else "Show"


def _limits(limits: object) -> str:
    if not isinstance(limits, Limits):
        return "from the figures"
    values = (limits.upper, limits.middle, limits.lower)
    return "to " + ", ".join(f"{each:g}" for each in values if each is not None)
