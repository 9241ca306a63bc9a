"""Questions over all rows of a table: answered beside what people do, and let go when the table changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from dynreports.errors import RefusedError
from dynreports.workspace.background import BACKGROUND, Job, Whole

Answered = Callable[[Any], None]
"""Takes an answer, or the exception that came instead."""
GONE = RefusedError("The table changed before this was answered.")


class Later:
    """What was asked about the tables of one workspace; the last question of each.

    Parameters
    ----------
    lock
        The lock of the session; it is held whenever this is used.
    """

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._asked: dict[str, tuple[Job, Answered]] = {}

    def ask(self, table_id: str, work: Callable[[], Any], answered: Answered) -> None:
        """Have a question about a table answered when nobody waits for figures."""
        self.forget([table_id])
        job = Job(lambda _: work(), self._lock, Whole(answered), idle=True)
        self._asked[table_id] = job, answered
        BACKGROUND.submit(job)

    def forget(self, table_ids: Iterable[str]) -> None:
        """Let go of questions about tables that look different now; whoever asked is told."""
        for each in table_ids:
            job, answered = self._asked.pop(each, (None, None))
            if job is not None and answered is not None and job.stop():
                answered(GONE)

    def close(self) -> None:
        """Answer nothing any more."""
        self.forget(list(self._asked))
