"""Draws the tables of one workspace: what is known or quick at once, what takes long bit by bit.

Whatever comes in between, a table ends with the payload that counting it in one go would give: the outcome of
a job is drawn only while its request is the one that the document asks.
"""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Iterable, Sequence

import msgspec

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.query import Engine
from dynreports.engine.request import BlockResult, TableRequest
from dynreports.engine.streaming import step, steps
from dynreports.engine.watch import Watched, watching
from dynreports.errors import DynReportsError
from dynreports.project.model import Table
from dynreports.project.session import Session
from dynreports.views import pending
from dynreports.views import table as drawn
from dynreports.views.payload import Progress, TablePayload
from dynreports.workspace.background import BACKGROUND, Job

LARGE = 200_000
"""From so many records on, figures are counted beside what people do."""
MOMENT = 0.06
"""Seconds that a gesture waits for its figures, so that what is quick does not flicker."""
LONG = 0.05
"""Seconds after which what has come since is shown, and the rest comes later."""
_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Part:
    """What is there after a step."""

    result: BlockResult
    columns: frozenset[int]
    progress: Progress


@dataclasses.dataclass(frozen=True)
class Outcome:
    """All figures of a table, and the queries that they took."""

    result: BlockResult
    queries: tuple[Watched, ...]
    seconds: float


class Drawing:
    """The tables on the screen of one workspace.

    Parameters
    ----------
    session
        What is drawn. Its lock is held whenever this is used.
    send
        Takes what is to be drawn of a table.
    learn
        Is told the figures that are about to be drawn.
    drew
        Is told which queries the figures of a table took, and how many seconds beside the gesture (0: none).
    """

    def __init__(
        self,
        session: Session,
        send: Callable[[TablePayload], None],
        learn: Callable[[str, BlockResult], None],
        drew: Callable[[str, Sequence[Watched], float], None],
    ) -> None:
        self._session = session
        self._send = send
        self._learn = learn
        self._drew = drew
        self._revision = 0
        self._shown: dict[str, TablePayload] = {}
        self._ready: dict[str, TablePayload] = {}
        self._jobs: dict[str, _TableJob] = {}
        self._asked: dict[str, TableRequest] = {}

    @property
    def is_slow(self) -> bool:
        """Whether figures may take so long that people would notice."""
        return len(self._session.dataset.content) >= LARGE

    def ready(self, table_id: str) -> TablePayload | None:
        """Return the figures of a table that were drawn last; ``None``: it never had any."""
        return self._ready.get(table_id)

    def is_waiting(self, table_id: str) -> bool:
        """Whether figures of a table are on their way."""
        return table_id in self._jobs

    def loading(self, table: Table) -> TablePayload:
        """Return the frame of a table, before anything was counted."""
        return drawn.loading(table, self._session.dataset, self._next())

    def draw(self, tables: Iterable[Table]) -> None:
        """Draw tables as the document has them now. What was on its way for them is stopped."""
        tables = list(tables)
        for table in tables:
            self._let_go(table.id)
        tables.sort(key=lambda each: each.id != self._session.current_table)
        jobs = [job for table in tables if (job := self._begun(table)) is not None]
        until = time.monotonic() + MOMENT
        for job in jobs:
            if not job.settle(max(0.0, until - time.monotonic())):
                heads = self.loading(job.table)
                self._show(pending.waiting(heads, self._shown.get(job.table.id)))

    def stop(self, table: Table) -> None:
        """Count no further: what is there of the figures stays, the rest stays empty."""
        if self._let_go(table.id):
            self._show(msgspec.structs.replace(pending.stopped(self._shown[table.id]), revision=self._next()))

    def forget(self, table_ids: Iterable[str]) -> None:
        """Let go of tables that are gone."""
        for each in list(table_ids):
            self._let_go(each)
            for known in (self._shown, self._ready, self._asked):
                known.pop(each, None)

    def drawn_ids(self) -> set[str]:
        """Return the ids of the tables that were drawn."""
        return {*self._shown, *self._jobs}

    def close(self) -> None:
        """Count nothing any more."""
        self.forget(self.drawn_ids())

    def _begun(self, table: Table) -> _TableJob | None:
        """Draw a table at once where that is quick, or else begin to count."""
        session = self._session
        try:
            request = session.request(table.id)
            version = session.dataset.version
            if self.is_slow and session.results.known(version, request) is None:
                job = _TableJob(self, table, request, version, self._asked.get(table.id))
                self._jobs[table.id] = job
                BACKGROUND.submit(job)
                return job
            with watching() as queries:
                result = session.result(table.id)
            self.finish(table, request, Outcome(result, tuple(queries), 0.0))
        except Exception as error:
            self.fail(table, error)
        return None

    def _let_go(self, table_id: str) -> bool:
        job = self._jobs.pop(table_id, None)
        if job is not None:
            job.stop()
        return job is not None

    def _next(self) -> int:
        self._revision += 1
        return self._revision

    # ---- what jobs find --------------------------------------------------------------------------

    def part(self, table: Table, part: Part) -> None:
        """Draw what is there of the figures."""
        self._learn(table.id, part.result)
        payload = self._payload(table, part.result)
        self._show(pending.partly(payload, part.columns, part.progress))

    def finish(self, table: Table, request: TableRequest, outcome: Outcome) -> None:
        """Draw all figures of a table."""
        self._asked[table.id] = request
        self._learn(table.id, outcome.result)
        payload = self._payload(table, outcome.result)
        self._ready[table.id] = payload
        self._show(payload)
        self._jobs.pop(table.id, None)
        self._drew(table.id, outcome.queries, outcome.seconds)

    def fail(self, table: Table, error: Exception) -> None:
        """Draw that a table can't be computed."""
        if not isinstance(error, DynReportsError):
            _log.error("The table %s can't be computed.", table.id, exc_info=error)
        payload = drawn.failed(table, error, self._session.dataset, self._next())
        self._ready[table.id] = payload
        self._show(payload)
        self._jobs.pop(table.id, None)

    def _payload(self, table: Table, result: BlockResult) -> TablePayload:
        session = self._session
        return drawn.payload(table, result, session.dataset, self._next(), session.project.numbers)

    def _show(self, payload: TablePayload) -> None:
        before = self._shown.get(payload.id)
        if before is None or msgspec.structs.replace(before, revision=payload.revision) != payload:
            self._shown[payload.id] = payload
            self._send(payload)


class _TableJob(Job):
    """One table being counted."""

    def __init__(
        self, drawing: Drawing, table: Table, request: TableRequest, version: int, before: TableRequest | None
    ) -> None:
        session = drawing._session
        engine = engine_for(session.dataset)
        super().__init__(lambda hear: _counted(request, engine, before, hear), session.lock, self)
        self.table = table
        self._drawing = drawing
        self._request = request
        self._version = version

    def part(self, found: Part) -> None:
        self._drawing.part(self.table, found)

    def done(self, found: Outcome | Exception) -> None:
        if isinstance(found, Exception):
            self._drawing.fail(self.table, found)
            return
        self._drawing._session.results.keep(self._version, self._request, found.result)
        self._drawing.finish(self.table, self._request, found)


def _counted(
    request: TableRequest, engine: Engine, before: TableRequest | None, hear: Callable[[Part], None]
) -> Outcome:
    """Count a table step by step; what takes no time is not told bit by bit."""
    began = told = time.monotonic()
    with watching() as queries:
        found = steps(request, before)
        # The request itself is the last step: where its lines take no time, it brings the last columns.
        if request.series is None or not planner.is_costly(request):
            found = found[:-1]
        for index, columns in enumerate(found):
            result = planner.answer(step(request, columns), engine)
            if index == 0 or time.monotonic() - told >= LONG:
                told = time.monotonic()
                hear(Part(result, columns, Progress(index + 1, len(found) + 1)))
        result = planner.answer(request, engine)
    return Outcome(result, tuple(queries), time.monotonic() - began)
