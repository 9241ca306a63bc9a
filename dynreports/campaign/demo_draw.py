"""Small random draws that the demo data is made of: whole arrays at a time, never a loop over events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Small = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# Milliseconds: the unit of every time in the demo data.
SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def weekday(time: int) -> int:
    """Weekday (Monday 0) of a time in milliseconds since 1970, which began on a Thursday."""
    return (time // DAY + 3) % 7


def choose(rng: np.random.Generator, weights: Sequence[float], size: int) -> Ints:
    """Draw positions in `weights`, each as often as its weight says."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(edges[:-1] / edges[-1], rng.random(size), side="right").astype(np.int64)


def chance(rng: np.random.Generator, odds: float | Floats, size: int) -> Flags:
    """Draw `size` flags that are true with the given odds, one for all or one for each."""
    return np.asarray(rng.random(size) < odds, dtype=np.bool_)


def span(rng: np.random.Generator, mean: float, size: int) -> Ints:
    """Draw waiting times (exponential) in milliseconds."""
    return (rng.exponential(mean, size)).astype(np.int64)


def expand(counts: Ints) -> tuple[Ints, Ints]:
    """Repeat each position as often as its count; also give which repetition each one is (from 0)."""
    rows = np.repeat(np.arange(counts.size, dtype=np.int64), counts)
    starts = np.cumsum(counts) - counts
    return rows, np.arange(rows.size, dtype=np.int64) - np.repeat(starts, counts)


def awake(rng: np.random.Generator, time: Ints) -> Ints:
    """Shift reading times forward: most of the night to the morning, some of the day to the evening."""
    hour = (time // HOUR) % 24
    to_morning = (hour < 6) & chance(rng, 0.85, time.size)
    to_evening = (hour >= 8) & (hour < 19) & chance(rng, 0.18, time.size)
    shift = np.where(to_morning, (6 - hour) * HOUR + span(rng, 1.5 * HOUR, time.size), 0)
    shift = np.where(to_evening, (19 - hour) * HOUR + span(rng, 0.7 * HOUR, time.size), shift)
    return time + shift
