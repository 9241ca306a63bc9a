"""Periods: half-open ``[start, end)``, in the dataset's time zone; fixed, or rolling with the date of viewing."""

from __future__ import annotations

from typing import Literal

import msgspec

from dynreports.semantics.keys import TimeUnit


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="fixed"):
    """From ``start`` up to, not including, ``end``: ISO dates or date-times, local to the dataset's zone."""

    start: str
    end: str


class Bound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One end of a rolling period: start (or end) of the current ``unit``, moved by ``offset`` ``offset_unit``s.

    "End of" a unit is the start of the next one, so that periods stay half-open.
    """

    edge: Literal["start", "end"]
    unit: TimeUnit
    offset: int = 0
    offset_unit: TimeUnit = "day"


class Rolling(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="rolling"):
    """A period that moves with the date of viewing."""

    start: Bound
    end: Bound


class Preset(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="preset"):
    """A rolling period that ships with the product, by its id ("last-30-days")."""

    id: str


Period = Fixed | Rolling | Preset
