"""Who works with an engine now: work in the background lets others go first, and can be stopped.

A thread that runs inside `stoppable` is in the background. It stops at the next `checkpoint`: between two
queries and between two pieces of a pass, never while something is being kept, so that an engine holds the
same after work that was stopped as if that work had never begun, but for figures that are right and known.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dynreports.errors import StoppedError

_BREATH = 0.000_5
_mark: ContextVar[threading.Event | None] = ContextVar("dynreports_mark", default=None)


@contextmanager
def stoppable(mark: threading.Event) -> Iterator[None]:
    """Work in the background: until it is done, or until somebody sets the mark."""
    token = _mark.set(mark)
    try:
        yield
    finally:
        _mark.reset(token)


def checkpoint() -> None:
    """Go on, or raise `StoppedError` if this work is in the background and nobody wants it any more."""
    mark = _mark.get()
    if mark is not None and mark.is_set():
        message = "This work was stopped."
        raise StoppedError(message)


class Turns:
    """A lock that one thread may take several times. Work in the background waits until nobody else does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        self._waiting = 0
        self._counting = threading.Lock()

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner != me:
            self._take()
            self._owner = me
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._owner = None
            self._lock.release()

    def _take(self) -> None:
        if _mark.get() is not None:
            # A lock is not fair: who asks again at once would get it before those who wait.
            while self._waiting:
                checkpoint()
                time.sleep(_BREATH)
            self._lock.acquire()
            return
        with self._counting:
            self._waiting += 1
        try:
            self._lock.acquire()
        finally:
            with self._counting:
                self._waiting -= 1
