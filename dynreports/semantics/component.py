"""The components that people drag: dimensions, metrics, segments, time units and periods."""

from __future__ import annotations

from typing import Literal

import msgspec

from dynreports.semantics.keys import FieldKey, Key, TimeKey, TimeUnit
from dynreports.semantics.predicate import Predicate
from dynreports.semantics.text import slug

Kind = Literal["dimension", "metric", "segment", "time", "period"]
KINDS: tuple[Kind, ...] = ("dimension", "metric", "segment", "time", "period")


class Ref(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A component by its kind and stable id; ids are unique within a kind."""

    kind: Kind
    id: str


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What figures are broken down by.

    Attributes
    ----------
    id
        The stable name; also the field, where none is given.
    label
        What people see and type.
    field
        The field of the data whose values are the items.
    caption
        A field that holds the label of each value; items then read ``Label (value)``.
    uncaptioned
        What items without such a label are called; each stays an item of its own. Not given: their value.
    unit
        For a date-time field: the calendar bucket.
    group
        The entry of the rail that the dimension is nested under ("Profile").
    missing
        The label of the item of records without a value.
    """

    id: str
    label: str = ""
    field: str = ""
    caption: str | None = None
    unit: TimeUnit | None = None
    group: str | None = None
    description: str = ""
    missing: str = "N/A"
    uncaptioned: str | None = None

    def __post_init__(self) -> None:
        if not self.label:
            msgspec.structs.force_setattr(self, "label", self.id)
        if not self.field:
            msgspec.structs.force_setattr(self, "field", self.id)

    @property
    def key(self) -> Key:
        """What the records are grouped by."""
        if self.unit:
            return TimeKey(self.field, self.unit)
        return FieldKey(self.field, self.caption, self.uncaptioned)


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named set of records. ``Segment("Young women", where=...)``: the id is made from the label."""

    label: str
    where: Predicate
    id: str = ""
    group: str | None = None
    description: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", slug(self.label))


class TimeBucket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A calendar unit of the dataset's time, to break figures down by: Day, Week, Month."""

    id: TimeUnit
    label: str
    field: str
    group: str | None = None
    description: str = ""

    @property
    def key(self) -> TimeKey:
        """What the records are grouped by."""
        return TimeKey(self.field, self.id)
