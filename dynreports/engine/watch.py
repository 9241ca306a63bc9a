"""What queries cost: noted by engines while somebody watches, in one place.

An engine asks `watched` once a query. Without anybody watching that is one look-up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from dynreports.engine.query import Query

T = TypeVar("T")


class Effort(NamedTuple):
    """Counters of an engine: records that passes went over, figures found in the cache, figures computed."""

    scanned: int
    cached: int
    computed: int


@dataclass(frozen=True)
class Watched:
    """One query, how long it took in seconds, and what it cost."""

    query: Query
    seconds: float
    effort: Effort


_log: ContextVar[list[Watched] | None] = ContextVar("dynreports_watch", default=None)


@contextmanager
def watching() -> Iterator[list[Watched]]:
    """Collect the queries that are answered inside. Whoever watches further out sees them as well."""
    outer = _log.get()
    inner: list[Watched] = []
    token = _log.set(inner)
    try:
        yield inner
    finally:
        _log.reset(token)
        if outer is not None:
            outer.extend(inner)


def watched(query: Query, effort: Callable[[], Effort], work: Callable[[], T]) -> T:
    """Answer a query, and note what it cost if anybody watches.

    Parameters
    ----------
    query
        What is asked.
    effort
        Returns the counters of the engine as they stand.
    work
        Answers the query.
    """
    log = _log.get()
    if log is None:
        return work()
    before, start = effort(), time.perf_counter()
    try:
        return work()
    finally:
        seconds = time.perf_counter() - start
        spent = Effort(*(now - then for now, then in zip(effort(), before, strict=True)))
        log.append(Watched(query, seconds, spent))
