"""Files are made beside what people do: gestures go on meanwhile, and a file can be cancelled."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from dynreports.errors import StoppedError
from dynreports.project import commands as do
from dynreports.project.session import Session
from dynreports.project.still import still
from dynreports.views.steps import Told
from dynreports.workspace import files
from dynreports.workspace.background import Background, Job, Whole

Made = Callable[[Any], None]
"""Takes the part of a reply that carries a file, or the exception that came instead."""
HowFar = Callable[[dict[str, Any]], None]
"""Takes how far a file is: twin of ``Making`` in sync/sender.ts."""

_SELDOM = 0.1
"""Seconds between two of these: people see no more."""
_FILES = Background()  # figures that people wait for are counted in another thread


class Exporting:
    """The file that is being made for one workspace: the last one that was asked for.

    Parameters
    ----------
    session
        What it is a file of. Its lock is held whenever this is used.
    how_far
        Is told how far the file is that is being made.
    """

    def __init__(self, session: Session, how_far: HowFar) -> None:
        self._session = session
        self._how_far = how_far
        self._making: tuple[Job, Made] | None = None

    def begin(self, wanted: do.Export, made: Made) -> None:
        """Make a file of the report as it stands now; one that was being made is let go."""
        self.stop()
        report = still(self._session)

        def work(hear: Callable[[Any], None]) -> dict[str, Any]:
            return files.export(report, wanted, _seldom(hear))

        job = Job(work, self._session.lock, _File(made, self._how_far))
        self._making = job, made
        _FILES.submit(job)

    def stop(self) -> bool:
        """Let go of the file that is being made; whoever asked is told. Return whether there was one."""
        job, made = self._making or (None, None)
        self._making = None
        is_on = job is not None and job.stop()
        if is_on and made is not None:
            made(StoppedError("The file was not made: that was cancelled."))
        return is_on


class _File(Whole):
    def __init__(self, made: Made, how_far: HowFar) -> None:
        super().__init__(made)
        self._how_far = how_far

    def part(self, found: Any, /) -> None:
        """Pass on how far it is."""
        self._how_far(found)


def _seldom(hear: Callable[[Any], None]) -> Told:
    """Return what is told of every step, and passes on as many of them as people can see."""
    last = 0.0

    def told(done: float, of: int, doing: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _SELDOM:
            last = time.monotonic()
            hear({"done": done, "of": of, "doing": doing})

    return told
