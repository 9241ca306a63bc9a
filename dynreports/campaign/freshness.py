"""How far the logs reach, how far back they are kept, and which deliveries are not over yet."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dynreports.campaign.tables import Array, Table

_LOGS = ("delivery_log", "tracking_log")
_SETTLED = np.timedelta64(7, "D")
"""A delivery's results can still turn for a week: retries take 3.5 days, and bounces can come later still."""
_UNDER_WAY = (45, 55, 75)
"""States of deliveries that are ready, in progress or paused."""
_NAMED = 3


def newest(tables: Mapping[str, Table], now: dt.datetime) -> np.datetime64 | None:
    """Return when the newest event was, not after now: a wrong date must not make the rest look old."""
    last = [moments.max() for moments in _moments(tables)]
    if not last:
        return None
    clock = np.datetime64(now.astimezone(dt.UTC).replace(tzinfo=None), "ms")
    found: np.datetime64 = min(max(last), clock)
    return found


def _moments(tables: Mapping[str, Table]) -> list[Array]:
    found = [tables[log].times("event_date") for log in _LOGS]
    return [each for each in found if len(each)]


def too_old(tables: Mapping[str, Table], since: np.datetime64 | None) -> int:
    """Count the events before a moment."""
    if since is None:
        return 0
    return sum(int(np.count_nonzero(each < since)) for each in _moments(tables) if each.min() < since)


def cutoff(until: np.datetime64 | None, years: float | None) -> np.datetime64 | None:
    """Return the start of the day from which events are kept: so many years before the newest one."""
    if until is None or years is None:
        return None
    day = until.astype("datetime64[D]")
    months, into_month = day.astype("datetime64[M]"), day - day.astype("datetime64[M]")
    back = months - np.timedelta64(round(years * 12), "M")
    length = (back + 1).astype("datetime64[D]") - back.astype("datetime64[D]")
    start = back.astype("datetime64[D]") + min(into_month, length - np.timedelta64(1, "D"))
    return np.datetime64(start, "ms")


@dataclasses.dataclass(frozen=True)
class Incomplete:
    """What is not over yet: in a few words, and in a sentence that names it."""

    words: str
    note: str


def incomplete(deliveries: Table, until: np.datetime64 | None) -> Incomplete | None:
    """Tell which deliveries still get results: those under way, and those of the last week of the logs."""
    if until is None or not len(deliveries):
        return None
    late = under_way(deliveries) | recent(deliveries, until)
    for mark in ("is_master", "is_template", "is_fcp"):
        late &= ~deliveries.flags(mark)
    rows = np.flatnonzero(late)
    if not len(rows):
        return None
    labels, ids = deliveries.coded("label"), deliveries.coded("name")
    names = [f"{labels.words[labels.codes[row]]} ({ids.words[ids.codes[row]]})" for row in rows[-_NAMED:]]
    more = f", and {len(rows) - len(names):,} more" if len(rows) > len(names) else ""
    count = f"{len(rows):,} {'delivery' if len(rows) == 1 else 'deliveries'}"
    return Incomplete(
        f"{count} incomplete",
        f"Figures of {count} are incomplete, as logs are still arriving: {', '.join(names)}{more}.",
    )


def under_way(deliveries: Table) -> NDArray[np.bool_]:
    """Return which deliveries are ready, in progress or paused."""
    if "state" not in deliveries:
        return np.zeros(len(deliveries), dtype=bool)
    found: NDArray[np.bool_] = np.isin(deliveries.numbers("state", missing=95), _UNDER_WAY)
    return found


def recent(deliveries: Table, until: np.datetime64) -> NDArray[np.bool_]:
    """Return which deliveries were sent in the last week of the logs."""
    if "sent_date" not in deliveries:
        return np.zeros(len(deliveries), dtype=bool)
    sent = deliveries.times("sent_date")
    found: NDArray[np.bool_] = (sent > until - _SETTLED) & (sent <= until)
    return found
