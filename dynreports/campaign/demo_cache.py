"""Demo campaigns in the cache folder of the user: made once, then read."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import platformdirs

from dynreports._version import __version__
from dynreports.campaign.demo_data import write
from dynreports.campaign.loading import load
from dynreports.errors import ConflictError
from dynreports.semantics.dataset import Dataset


def demo(*, recipients: int, deliveries: int, days: int, seed: int) -> Dataset:
    """Return the demo dataset of these arguments as of today; see `dynreports.campaign.demo`."""
    today = dt.datetime.now(dt.UTC).date()
    name = f"demo-{__version__}-{recipients}-{deliveries}-{days}-{seed}-{today.isoformat()}"
    folder = Path(platformdirs.user_cache_dir("dynreports")) / name
    if not folder.is_dir():
        # Another process may make it meanwhile; it appears whole or not at all.
        with contextlib.suppress(ConflictError):
            write(folder, recipients=recipients, deliveries=deliveries, days=days, seed=seed, end=today)
    return load(folder)
