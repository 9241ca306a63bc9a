"""The data of the last report that this kernel opened for readers: there again while its files are the same.

A kernel that waits for readers has read the data of a report before anybody asks. Who asks gets it only if no
file of it was written since: never older figures than without it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from dynreports.project.model import DataReference
from dynreports.semantics.dataset import Dataset
from dynreports.workspace.opening import find

Stamp = tuple[tuple[str, int, int, int], ...]
"""Path, time of writing, size and number of each file."""


@dataclasses.dataclass(frozen=True)
class _Kept:
    wanted: DataReference
    folder: Path
    day: dt.date
    stamp: Stamp
    dataset: Dataset


_kept: list[_Kept] = []


def data_of(wanted: DataReference, folder: Path) -> Dataset:
    """Return the data that a report in a folder names.

    Raises
    ------
    DataError
        As `opening.find` does.
    """
    stamp = None if wanted.path is None else _stamp(folder / wanted.path)
    # What is too old to be reported on, and what is still arriving, may differ from one day to the next.
    day = dt.datetime.now().astimezone().date()
    for each in _kept:
        if (each.wanted, each.folder, each.day, each.stamp) == (wanted, folder, day, stamp):
            return each.dataset
    dataset = find(wanted, folder)
    _kept[:] = [] if stamp is None else [_Kept(wanted, folder, day, stamp, dataset)]
    return dataset


def _stamp(path: Path) -> Stamp | None:
    """Return what changes when a file, or one in a folder, is written; ``None``: it can't be told."""
    try:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        found = [(str(each), each.stat()) for each in files]
    except OSError:
        return None
    return tuple((name, each.st_mtime_ns, each.st_size, each.st_ino) for name, each in found)
