"""Ages on the day of an event, and years of birth, without a Python object per event."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dynreports.campaign.columns import Array, Rows

_AT_ONCE = 1 << 18


def age(births: Array, at: Rows, moments: Array) -> pd.arrays.IntegerArray:
    """Return whole years from birth to the day of the event.

    Parameters
    ----------
    births
        Dates of birth, one per profile.
    at
        The profile of each event, -1 for none.
    moments
        When each event happened.
    """
    # Dates as numbers such as 20260614: a difference without its last four digits is an age.
    born = np.append(_as_number(births.astype("datetime64[D]")), np.int32(0))
    calendar, first = _calendar(moments)
    found, missing = np.zeros(len(at), dtype=np.int16), np.empty(len(at), dtype=bool)
    for start in range(0, len(at), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        birth = born[at[part]]
        days = moments[part].astype("datetime64[D]").astype(np.int64) - first
        today = calendar.take(days, mode="clip")
        missing[part] = (birth == 0) | (today == 0) | (days < 0)
        found[part] = np.where(missing[part], 0, (today - birth) // 10_000)
    return pd.arrays.IntegerArray(found, missing)


def birth_year(births: Array, at: Rows) -> pd.arrays.IntegerArray:
    """Return the year of birth of whom each event is about."""
    years = np.append((_as_number(births.astype("datetime64[D]")) // 10_000).astype(np.int16), np.int16(0))
    found = years[at]
    return pd.arrays.IntegerArray(found, found == 0)


def _calendar(moments: Array) -> tuple[NDArray[np.int32], int]:
    """Return each day from the first to the last as a number, and which day the first is: each once."""
    known = moments[~np.isnat(moments)] if np.isnat(moments).any() else moments
    if not len(known):
        return np.zeros(1, dtype=np.int32), 0
    first, last = known.min().astype("datetime64[D]"), known.max().astype("datetime64[D]")
    return _as_number(np.arange(first, last + 1)), int(first.astype(np.int64))


def _as_number(days: Array) -> NDArray[np.int32]:
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    number = (
        (years.astype(np.int64) + 1970) * 10_000
        + ((months - years).astype(np.int64) + 1) * 100
        + ((days - months).astype(np.int64) + 1)
    )
    return np.where(np.isnat(days), 0, number).astype(np.int32)
