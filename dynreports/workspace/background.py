"""Work beside what people do: one thread for all workspaces of a kernel, which counts what takes long.

Gestures go on meanwhile. What they make superfluous is stopped, and what people wait for comes before what is
nice to have. A job computes from values that never change, and hands what it found to its `Listener` under
the lock of the session: nobody else ever sees half a gesture.
"""

from __future__ import annotations

import contextvars
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from dynreports.engine.turns import stoppable, waiting
from dynreports.errors import StoppedError

_log = logging.getLogger(__name__)


class Lock(Protocol):
    """The lock of a session."""

    def acquire(self, blocking: bool = True) -> bool: ...

    def release(self) -> None: ...


class Job:
    """One piece of work.

    Parameters
    ----------
    work
        Computes. It is given what tells of a part of it that is ready: the last part is what counts.
    lock, listener
        Are told of parts and of the outcome, one after the other, with the lock held. An outcome is a value
        or an exception. Once the job is stopped nothing is told any more.
    idle
        Whether nobody waits for it: it begins again later when something else comes up.
    """

    def __init__(
        self,
        work: Callable[[Callable[[Any], None]], Any],
        lock: Lock,
        listener: Listener,
        *,
        idle: bool = False,
    ) -> None:
        self.idle = idle
        self._work = work
        self._lock = lock
        self._listener = listener
        self._mark = threading.Event()
        self._stopped = False
        self._over = threading.Event()
        self._part: list[Any] = []
        self._outcome: list[Any] = []
        # Messages to the browser belong to the gesture that began the work.
        self._context = contextvars.copy_context()

    def stop(self) -> bool:
        """Let go of the work, with the lock held: it tells nothing any more. Return whether it was on."""
        was_on = not self._stopped
        self._stopped = True
        self._mark.set()
        return was_on

    def give_way(self) -> None:
        """Interrupt the work; it begins again later."""
        self._mark.set()

    def begin_again(self) -> None:
        """Make work that gave way ready for another turn."""
        self._mark.clear()

    def settle(self, seconds: float) -> bool:
        """Wait a moment, with the lock held; tell what is there, and return whether anything was."""
        with waiting():
            self._over.wait(seconds)
        return self._tell()

    def run(self) -> bool:
        """Work, and return whether it has to begin again later."""
        if self._stopped:
            return False
        try:
            with stoppable(self._mark):
                found = self._work(self._hear)
        except StoppedError:
            return not self._stopped
        except Exception as error:
            found = error
        self._outcome.append(found)
        self._over.set()
        self._context.run(self._tell_in_turn, True)
        return False

    def _hear(self, part: Any) -> None:
        self._part[:] = [part]
        self._context.run(self._tell_in_turn, False)

    def _tell_in_turn(self, wait: bool) -> None:
        # Work does not wait to tell of a part: there will be another one.
        if self._lock.acquire(blocking=wait):
            try:
                self._tell()
            finally:
                self._lock.release()

    def _tell(self) -> bool:
        if self._stopped:
            return False
        if self._outcome:
            self._stopped = True
            self._listener.done(self._outcome[0])
            return True
        if self._part:
            self._listener.part(self._part.pop())
            return True
        return False


class Listener(Protocol):
    """Who is told what a job found."""

    def part(self, found: Any, /) -> None:
        """Take a part of the outcome."""
        ...

    def done(self, found: Any, /) -> None:
        """Take the outcome, or the exception that the work ended with."""
        ...


class Whole(Listener):
    """Is told of the outcome alone.

    Parameters
    ----------
    told
        Takes the outcome, or the exception that the work ended with.
    """

    def __init__(self, told: Callable[[Any], None]) -> None:
        self._told = told

    def part(self, found: Any, /) -> None:
        """Take nothing: it comes whole."""

    def done(self, found: Any, /) -> None:
        """Pass the outcome on."""
        self._told(found)


class Background:
    """The thread, begun with the first job. It never keeps a kernel from ending."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._ready = threading.Condition()
        self._now: Job | None = None
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Have a job done: after those that people wait for, before those that nobody waits for."""
        with self._ready:
            if not job.idle and self._now is not None and self._now.idle:
                self._now.give_way()
            self._put(job)
            # A kernel that was forked from another one has no thread, but remembers one.
            if self._thread is None or not self._thread.is_alive():
                self._now = None
                self._thread = threading.Thread(target=self._work, name="dynreports", daemon=True)
                self._thread.start()
            self._ready.notify()

    def _put(self, job: Job) -> None:
        waiting = [each for each in self._jobs if each.idle]
        urgent = [each for each in self._jobs if not each.idle]
        self._jobs = deque([*urgent, *waiting, job] if job.idle else [*urgent, job, *waiting])

    def _work(self) -> None:
        while True:
            with self._ready:
                self._now = None
                while not self._jobs:
                    self._ready.wait()
                job = self._now = self._jobs.popleft()
            try:
                if job.run():
                    with self._ready:
                        job.begin_again()
                        self._put(job)
            except Exception:
                # What one workspace does with its figures must keep nobody else from getting theirs.
                _log.exception("Telling of what was counted failed.")


BACKGROUND = Background()
