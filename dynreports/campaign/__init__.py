"""E-mail campaigns on top of datasets: ``load`` their logs, or make up a ``demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dynreports.semantics.dataset import Dataset

__all__ = ["demo", "load"]


def load(folder: str | Path) -> Dataset:
    """Return the logs of a folder as one dataset, with the components that campaign reports are made of.

    Parameters
    ----------
    folder
        Holds ``delivery_log``, ``tracking_log`` and ``deliveries``, and may hold ``campaigns`` and
        ``profiles``, each as ``NAME.parquet``, ``NAME.csv`` or ``NAME/*.parquet``. Times are UTC.

    Raises
    ------
    DataError
        If a table or a column is missing, or can't be read.
    """
    from dynreports.campaign.loading import load as read

    return read(folder)


def demo(*, recipients: int = 20_000, deliveries: int = 60, days: int = 120, seed: int = 7) -> Dataset:
    """Return made-up campaigns: equal arguments give equal data on the same day.

    It is made once and kept in the cache folder of this machine's user.

    Parameters
    ----------
    recipients, deliveries, days
        How many people, messages to them, and days up to yesterday there are.
    seed
        Another seed, another draw of the same story.
    """
    from dynreports.campaign.demo_cache import demo as make

    return make(recipients=recipients, deliveries=deliveries, days=days, seed=seed)
