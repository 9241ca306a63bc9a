"""Where items stand in a panel: in a grid of twelve columns, whose rows are as high as what is in them.

Every item floats up as far as others let it, so there are no holes and nothing lies over anything else. An
item without a place spans all columns, below what comes before it in the document. Hidden tables have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project.model import PanelItem, Place, Table

COLUMNS = 12
NATURAL = 8
"""How many rows of the grid an item takes that is as high as its content."""
_MOST_HIGH = 60
_MOST_DOWN = 100_000


class Box(NamedTuple):
    """A place that is resolved: no other item stands there."""

    x: int
    y: int
    w: int
    h: int


Boxes = dict[str, Box]


def boxes(items: Sequence[PanelItem]) -> Boxes:
    """Return where each item stands, by its id."""
    bottom, wanted = 0, []
    for each in filter(is_shown, items):
        box = _box(each.place, bottom)
        bottom = max(bottom, box.y + box.h)
        wanted.append((each.id, box))
    return _packed(sorted(wanted, key=lambda each: (each[1].y, each[1].x)))


def is_shown(item: PanelItem) -> bool:
    """Whether an item stands in the panel: tables that are only there for their charts do not."""
    return not (isinstance(item, Table) and item.hidden)


def placed(items: Sequence[PanelItem], item: PanelItem, place: Place) -> tuple[PanelItem, ...]:
    """Return the items in reading order, one of them at another place or of another size.

    What stood there moves down; what can, moves up.

    Raises
    ------
    RefusedError
        If the place reaches beyond the twelve columns, or is higher or lower than there is room for.
    """
    _check(place)
    wanted = boxes(items) | {item.id: _box(place, 0)}
    # At the same height the one that is moved comes first: it pushes the other down.
    order = sorted(wanted.items(), key=lambda each: (each[1].y, each[0] != item.id, each[1].x))
    return _arranged([replace(each, place=place) if each is item else each for each in items], _packed(order))


def settled(items: Sequence[PanelItem]) -> tuple[PanelItem, ...]:
    """Return the items in reading order, with places as they are now: after one has gone, others float up."""
    return _arranged(items, boxes(items))


def _arranged(items: Sequence[PanelItem], found: Boxes) -> tuple[PanelItem, ...]:
    """Give the items their boxes as places; none to those that stand there without one."""
    bottom = 0
    arranged: list[PanelItem] = []
    for each in sorted(filter(is_shown, items), key=lambda each: (found[each.id].y, found[each.id].x)):
        box, height = found[each.id], None if each.place is None else each.place.h
        is_implied = height is None and box == _box(None, bottom)
        bottom = max(bottom, box.y + box.h)
        arranged.append(replace(each, place=None if is_implied else Place(box.x, box.y, box.w, height)))
    return (*arranged, *(each for each in items if not is_shown(each)))


def _check(place: Place) -> None:
    if place.x < 0 or place.w < 1 or place.x + place.w > COLUMNS:
        message = (
            f"A panel has {COLUMNS} columns: columns {place.x} to {place.x + place.w} are not among them."
        )
        raise RefusedError(message)
    if not 0 <= place.y <= _MOST_DOWN or not (place.h is None or 1 <= place.h <= _MOST_HIGH):
        message = f"An item is 1 to {_MOST_HIGH} rows of the grid high, and at most {_MOST_DOWN:,} rows down."
        raise RefusedError(message)


def _box(place: Place | None, bottom: int) -> Box:
    if place is None:
        return Box(0, bottom, COLUMNS, NATURAL)
    width = min(max(place.w, 1), COLUMNS)
    return Box(min(max(place.x, 0), COLUMNS - width), max(place.y, 0), width, max(place.h or NATURAL, 1))


def _packed(order: Sequence[tuple[str, Box]]) -> Boxes:
    """Let the items float up, one after the other: each to what stands already in its columns."""
    found: Boxes = {}
    for name, box in order:
        above = [
            each.y + each.h for each in found.values() if each.x < box.x + box.w and box.x < each.x + each.w
        ]
        found[name] = box._replace(y=max(above, default=0))
    return found
