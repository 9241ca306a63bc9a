"""Which components a person uses, and how often: the rail lists those first.

The counts are a person's own: a small file in the folder of their account (or the one that the environment
variable ``DYNREPORTS_USAGE`` names), never part of a report. They hold ids of components, by the name of the
data; no labels, no figures. What can't be read or written is let be.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec
import platformdirs

from dynreports.errors import DynReportsError
from dynreports.project import atomic
from dynreports.semantics.component import Ref

VARIABLE = "DYNREPORTS_USAGE"
_LARGEST = 1_000_000
_log = logging.getLogger(__name__)

Counts = dict[str, int]
"""How often each component was used, by ``kind:id``."""


def path() -> Path:
    """Return the file of the person who runs this process."""
    chosen = os.environ.get(VARIABLE)
    return (
        Path(chosen) if chosen else platformdirs.user_data_path("dynreports", appauthor=False) / "usage.json"
    )


def counts(data: str) -> Counts:
    """Return how often the components of some data were used."""
    return _read().get(data, {})


def note(data: str, components: Iterable[Ref]) -> Counts:
    """Count components as used once more, and return the counts of their data."""
    known = _read()
    found = Counter(known.get(data, {}))
    found.update(f"{each.kind}:{each.id}" for each in components)
    _write(known | {data: dict(found)})
    return dict(found)


def forget(data: str) -> None:
    """Start anew with some data."""
    _write({name: each for name, each in _read().items() if name != data})


def _read() -> dict[str, Counts]:
    try:
        content = path().read_bytes()
        return msgspec.json.decode(content, type=dict[str, Counts]) if len(content) < _LARGEST else {}
    except (OSError, msgspec.MsgspecError):
        return {}


def _write(known: dict[str, Counts]) -> None:
    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(target, msgspec.json.encode(known, order="sorted"), durable=False)
    except (OSError, DynReportsError):
        _log.debug("What was used can't be kept in %s.", target, exc_info=True)
