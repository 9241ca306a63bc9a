"""What all parts of the document are made of: the base of its values, and the places in it."""

from __future__ import annotations

import msgspec

from dynreports.semantics.keys import Item


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Part of the document."""


class AtItem(Part, frozen=True, tag="item"):
    """The row of an item, wherever it stands."""

    item: Item


class AtPosition(Part, frozen=True, tag="position"):
    """The row at a rank (from 1), whatever item stands there."""

    position: int


Step = Item | AtPosition
Address = tuple[Step, ...]
"""Where a row or a block stands: items from the top down. A rank stands for a breakdown by position.

The browser only sends items; `Session.locate` puts ranks where the row on the screen is broken down by rank.
"""


class Place(Part, frozen=True):
    """Where an item stands in its panel: columns of twelve and rows of the grid, from 0 at the top left.

    ``h`` ``None``: as high as its content.
    """

    x: int = 0
    y: int = 0
    w: int = 12
    h: int | None = None
