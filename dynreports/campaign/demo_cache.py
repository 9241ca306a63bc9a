"""Demo campaigns in the cache folder of the user: made once a day, then read.

The folder keeps its name from day to day, so that a report saved over it can be opened tomorrow.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import platformdirs
from filelock import FileLock

from dynreports._version import __version__
from dynreports.campaign.demo_data import write
from dynreports.campaign.loading import load
from dynreports.errors import DataError
from dynreports.semantics.dataset import Dataset


def demo(*, recipients: int, deliveries: int, days: int, seed: int) -> Dataset:
    """Return the demo dataset of these arguments as of today; see `dynreports.campaign.demo`."""
    today = dt.datetime.now(dt.UTC).date()
    home = Path(platformdirs.user_cache_dir("dynreports")) / f"demo-{recipients}-{deliveries}-{days}-{seed}"
    folder, draft, stamp = home / "Lumen", home / "draft", home / "made"
    wanted = f"{__version__} {today.isoformat()}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        # One process makes or replaces the files, while no other one reads them.
        with FileLock(home / "lock"):
            if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
                shutil.rmtree(draft, ignore_errors=True)
                write(
                    draft,
                    recipients=recipients,
                    deliveries=deliveries,
                    days=days,
                    seed=seed,
                    end=today - dt.timedelta(days=1),
                )
                stamp.unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                draft.rename(folder)
                stamp.write_text(wanted, encoding="utf-8")
            return load(folder)
    except OSError as error:
        message = (
            f"The demo data can't be kept in {home}: {error}. Make it in a folder of your own with "
            "dynreports.campaign.demo_data.write(folder), and load that."
        )
        raise DataError(message) from error
