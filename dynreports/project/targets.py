"""Where components are dropped, and what an item is when it is dragged by itself."""

from __future__ import annotations

from typing import Literal

import msgspec

from dynreports.project.model import Address
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import Item


class _Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="on"):
    """Where components are dropped."""


class OnRows(_Target, frozen=True, tag="rows"):
    """On the rows: of the table, or (``path``) of the breakdown of a row."""

    table: str
    path: Address = ()


class OnColumns(_Target, frozen=True, tag="columns"):
    """After the last column, or as the first ones."""

    table: str


class OnEdge(_Target, frozen=True, tag="edge"):
    """Before or after a column."""

    table: str
    column: str
    side: Literal["before", "after"]


class OnColumn(_Target, frozen=True, tag="column"):
    """On the middle of a column's header."""

    table: str
    column: str


class OnRow(_Target, frozen=True, tag="row"):
    """On a row, or on several selected ones."""

    table: str
    paths: tuple[Address, ...]


class OnPanel(_Target, frozen=True, tag="panel"):
    """On the drop zone of a panel."""

    panel: str


class OnNewTable(_Target, frozen=True, tag="new_table"):
    """On a panel's free space: a table that does not exist yet."""

    panel: str


class OnAbove(_Target, frozen=True, tag="above"):
    """On the top edge of the columns: a header above all of them."""

    table: str


class OnBetween(_Target, frozen=True, tag="between"):
    """Before or after a static row."""

    table: str
    path: Address
    side: Literal["before", "after"]


Target = OnRows | OnColumns | OnEdge | OnColumn | OnRow | OnPanel | OnNewTable | OnAbove | OnBetween


class ItemOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a dimension or time unit, dragged by itself."""

    by: Ref
    item: Item
