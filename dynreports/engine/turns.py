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


class _Counts:
    """How many gestures are being answered just now, and how many of them wait for what is in our hands."""

    lock = threading.Lock()
    gestures = 0
    waiting = 0


_mark: ContextVar[threading.Event | None] = ContextVar("dynreports_mark", default=None)


@contextmanager
def stoppable(mark: threading.Event) -> Iterator[None]:
    """Work in the background: until it is done, or until somebody sets the mark."""
    token = _mark.set(mark)
    try:
        yield
    finally:
        _mark.reset(token)


@contextmanager
def gesture() -> Iterator[None]:
    """Answer a gesture: work in the background rests meanwhile, where the gesture does not wait for it.

    Python runs one thread at a time, and takes turns so seldom that a gesture of 20 ms would take 100.
    """
    with _counted("gestures"):
        yield


@contextmanager
def waiting() -> Iterator[None]:
    """Wait for work in the background while a gesture is being answered."""
    with _counted("waiting"):
        yield


@contextmanager
def _counted(what: str) -> Iterator[None]:
    with _Counts.lock:
        setattr(_Counts, what, getattr(_Counts, what) + 1)
    try:
        yield
    finally:
        with _Counts.lock:
            setattr(_Counts, what, getattr(_Counts, what) - 1)


def checkpoint() -> None:
    """Go on, or raise `StoppedError` if this work is in the background and nobody wants it any more."""
    mark = _mark.get()
    if mark is None:
        return
    while not mark.is_set() and _Counts.gestures > _Counts.waiting:
        time.sleep(_BREATH)
    if mark.is_set():
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
        if self._lock.acquire(blocking=False):
            return
        with self._counting:
            self._waiting += 1
        try:
            with waiting():
                self._lock.acquire()
        finally:
            with self._counting:
                self._waiting -= 1
