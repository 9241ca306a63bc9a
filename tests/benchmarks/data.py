"""Synthetic events: deterministic, shaped like the logs of e-mail campaigns."""

from __future__ import annotations

import numpy as np
import pandas as pd

EVENTS = ["sent", "delivered", "open", "click", "bounce", "unsubscribe", "mirror", "complaint"]
_SHARES = [0.37, 0.35, 0.17, 0.06, 0.02, 0.01, 0.015, 0.005]
DELIVERIES, CITIES, DAYS = 60, 200, 120
START = "2026-01-01"


def events(count: int, seed: int = 7) -> pd.DataFrame:
    """Return ``count`` events of about ``count / 10`` recipients, in order of time.

    Deliveries and cities differ in size by a factor of twenty or so; text columns are categories, times UTC.
    """
    rng = np.random.default_rng(seed)
    recipients = max(1_000, count // 10)
    people = {
        "city": rng.choice(CITIES, recipients, p=_uneven(CITIES)).astype(np.uint8),
        "gender": rng.choice(3, recipients, p=[0.04, 0.47, 0.49]).astype(np.int8),
        "age": rng.integers(18, 90, recipients).astype(np.int8),
    }
    who = rng.integers(0, recipients, count)
    seconds = np.sort(rng.integers(0, DAYS * 86_400, count))
    return pd.DataFrame(
        {
            "delivery": _category(
                rng.choice(DELIVERIES, count, p=_uneven(DELIVERIES)), "Delivery", DELIVERIES
            ),
            "recipient_id": 10_000_000 + who,
            "event": pd.Categorical.from_codes(rng.choice(8, count, p=_SHARES).astype(np.int8), EVENTS),
            "city": _category(people["city"][who], "City", CITIES),
            "gender": pd.Categorical.from_codes(people["gender"][who], ["unknown", "M", "F"]),
            "age": people["age"][who],
            "amount": np.round(rng.gamma(2.0, 20.0, count), 2),
            "time": pd.to_datetime(START, utc=True).as_unit("us") + pd.to_timedelta(seconds, unit="s"),
        }
    )


def _uneven(count: int) -> np.ndarray:
    weights = 1 / np.sqrt(np.arange(1, count + 1))
    return weights / weights.sum()


def _category(codes: np.ndarray, label: str, count: int) -> pd.Categorical:
    names = [f"{label} {number:03d}" for number in range(count)]
    return pd.Categorical.from_codes(codes.astype(np.int16 if count > 127 else np.int8), names)
