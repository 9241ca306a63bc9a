"""Keys and items: what records are grouped by, and the identity of one group.

An *item* is one group of a key. Its identity is a JSON scalar: the stored value for a field
(``None`` where the record has none), the ISO start of the bucket for a time unit
(``"2026-05-16"`` from day upwards, with offset below a day: ``"2026-05-16T10:00:00+02:00"``).
"""

from __future__ import annotations

from typing import Literal

import msgspec

Item = bool | int | float | str | None
TimeUnit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
TIME_UNITS: tuple[TimeUnit, ...] = ("minute", "hour", "day", "week", "month", "quarter", "year")


class FieldKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="field", omit_defaults=True):
    """Group by the values of a field; ``caption`` is a field that holds the label of each value.

    Values without a label read as they are, or all of them as ``uncaptioned`` ("Deleted").
    """

    field: str
    caption: str | None = None
    uncaptioned: str | None = None


class TimeKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="time"):
    """Group by calendar buckets of a date-time field, in the dataset's time zone. Weeks start on Sunday."""

    field: str
    unit: TimeUnit


Key = FieldKey | TimeKey
