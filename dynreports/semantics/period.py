"""Periods: half-open ``[start, end)``, in the dataset's zone; fixed, or rolling with the date of viewing."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import TimeUnit

MUST_START_BEFORE_END = (
    "It must start before it ends. The end is not included, so one day ends with the start of the next."
)


def moment(text: str) -> dt.datetime:
    """Return the date-time that an ISO text stands for; a date stands for its midnight."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        message = (
            f"{text!r} is not a date. Accepted: 2026-01-31, 2026-01-31T18:30:00, 2026-01-31T18:30:00+02:00."
        )
        raise InvalidInputError(message) from None


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="fixed"):
    """From ``start`` up to, not including, ``end``: ISO dates or date-times, local to the dataset's zone.

    January 2026 is ``Fixed("2026-01-01", "2026-02-01")``.
    """

    start: str
    end: str

    def __post_init__(self) -> None:
        start, end = moment(self.start), moment(self.end)
        if (start.tzinfo is None) == (end.tzinfo is None) and start >= end:
            message = f"The period starts {self.start} and ends {self.end}. {MUST_START_BEFORE_END}"
            raise InvalidInputError(message)


class Bound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One end of a rolling period: start or end of the current ``unit``, moved by ``offset`` units.

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

Shift = Literal["previous-period", "same-period-last-year"]
"""How a period is moved back to compare with it."""


class NamedPeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A period that ships with the product: what people call it, and what it stands for."""

    id: str
    label: str
    group: str
    period: Rolling
    description: str = ""
