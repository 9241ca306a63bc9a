"""Files are made beside what people do: gestures go on meanwhile, and a file can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dynreports.errors import StoppedError
from dynreports.project import commands as do
from dynreports.project.session import Session
from dynreports.project.still import still
from dynreports.workspace import files
from dynreports.workspace.background import Background, Job, Whole

Made = Callable[[Any], None]
"""Takes the part of a reply that carries a file, or the exception that came instead."""

_FILES = Background()  # figures that people wait for are counted in another thread


class Exporting:
    """The file that is being made for one workspace: the last one that was asked for.

    Parameters
    ----------
    session
        What it is a file of. Its lock is held whenever this is used.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._making: tuple[Job, Made] | None = None

    def begin(self, wanted: do.Export, made: Made) -> None:
        """Make a file of the report as it stands now; one that was being made is let go."""
        self.stop()
        report = still(self._session)
        job = Job(lambda _: files.export(report, wanted), self._session.lock, Whole(made))
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
