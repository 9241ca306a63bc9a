"""The workspace: binds a session to what the browser shows of it. Intents come in, synced state goes out.

Several workspaces may share one session, and one workspace may have several views: all stay in step.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from dynreports.engine.turns import gesture
from dynreports.engine.watch import Watched, watching
from dynreports.errors import (
    ConflictError,
    DynReportsError,
    InvalidInputError,
    RefusedError,
    StoppedError,
    StorageError,
)
from dynreports.project import commands as do
from dynreports.project import restoring, tree
from dynreports.project.charting import nearest_to
from dynreports.project.drops import to_wire as rules
from dynreports.project.model import Table
from dynreports.project.session import Session
from dynreports.project.storage import NameTakenError, Storage
from dynreports.project.subscribers import Changed
from dynreports.semantics.nouns import counted
from dynreports.views import state as views
from dynreports.views.misfits import misfits
from dynreports.views.payload import BlockHead, TablePayload, to_wire
from dynreports.workspace import current, files, opening, publishing, questions, saving, usage, versions
from dynreports.workspace.asking import Asking
from dynreports.workspace.charts import Charts
from dynreports.workspace.drawing import Drawing
from dynreports.workspace.exporting import Exporting
from dynreports.workspace.grid import FreeformGrid
from dynreports.workspace.later import GONE, Later
from dynreports.workspace.paths import Paths
from dynreports.workspace.shell import Reply, Shell, refusal

_LARGEST_INTENT = 1_000_000
_Beside = (
    do.Export | do.Reports | do.New | do.Open | do.ForgetUsage | do.Publish | do.Withdraw
    | do.Restore | do.Annotate
)  # fmt: skip
Answer = str | dict[str, Any] | None
"""What is said of a verb that was done, or more parts of the reply."""
_log = logging.getLogger(__name__)


class Workspace:
    """A session in a Jupyter front end.

    Parameters
    ----------
    session
        What is shown. It may be shared.
    page
        Show it as a page to read: no rail, no toolbar, nothing to drop on.
    records
        Whether the records behind the figures may be seen; ``None``: in a workspace, but not on a page.
    reading
        For readers of a published report: what they are told of it (see workspace/publishing.py).
    """

    def __init__(
        self,
        session: Session,
        *,
        page: bool = False,
        records: bool | None = None,
        reading: dict[str, Any] | None = None,
    ) -> None:
        self.session = session
        self._page = page
        self._reading = reading
        self._records = not page if records is None else records
        is_author = not page and reading is None
        self._asking = Asking(session, records=self._records, history=is_author)
        self._paths = Paths()
        self._later = Later(session.lock)
        self._exporting = Exporting(session, lambda far: self.shell.send({"type": "making", **far}))
        self._to_say: dict[str, do.Address] = {}
        self._charts = Charts(session)
        self._drawing = Drawing(session, self._send, self._paths.learn, self._drew)
        self.shell = Shell(self.answer, session.lock, rules=rules())
        self._push_data()
        self._push_document()
        self._end = session.subscribe(self._changed)

    @property
    def grids(self) -> dict[str, FreeformGrid]:
        """The grid of each table, by the table's id."""
        grids: dict[str, FreeformGrid] = self.shell.grids
        return grids

    def fill(self) -> None:
        """Compute and send the figures of every table that has none yet."""
        with self.session.lock:
            known = self._drawing.drawn_ids()
            self._drawing.draw(table for table_id, table in self._tables() if table_id not in known)
            self._push_charts()

    def close(self) -> None:
        """Take everything off the page, and stop following the session."""
        self._end()
        with self.session.lock:
            self._drawing.close()
            self._later.close()
            self._exporting.stop()
            self._charts.close()
        for grid in self.grids.values():
            grid.close()
        self.shell.close()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        current.use(self.session)
        # First the frame, then the figures: people see at once that something comes.
        display(self.shell)  # type: ignore[no-untyped-call]
        self.fill()

    # ---- what comes in --------------------------------------------------------------------------

    def answer(self, intent: object, later: Callable[[Reply], None] | None = None) -> Reply | None:
        """Do what an intent says, and return the reply to the browser. It never raises.

        An intent that is not understood, not possible or goes wrong changes nothing.

        Parameters
        ----------
        intent
            What the browser sent.
        later
            Takes a reply that takes long, while others are answered; there is then none (``None``) at once.
        """
        start = time.perf_counter()
        with self.session.lock, gesture(), watching() as queries:
            reply = self._answer(intent, later)
        verb = intent.get("verb") if isinstance(intent, dict) else None
        if verb != "performance":
            self._asking.noted(verb, time.perf_counter() - start, queries)
        return reply

    def _answer(self, intent: object, later: Callable[[Reply], None] | None) -> Reply | None:
        try:
            asked = self._paths.restored(_sized(intent))
            question = questions.decode(asked)
            if isinstance(question, questions.AddsUp) and later is not None and self._drawing.is_slow:
                if not self._asking.is_counted(question.table):
                    return _answered(GONE)
                work = self._asking.marks(question.table)
                self._later.ask(question.table, work, lambda found: later(_answered(found)))
                return None
            if question is not None:
                return _answered(self._asking.answer(question))
            command = do.decode(asked)
            if isinstance(command, do.Export) and later is not None:
                publishing.check_export(self.session, command)
                self._exporting.begin(command, lambda made: later(_replied(made)))
                return None
            done = self._do(command)
            return {"ok": True, "error": None, **(done if isinstance(done, dict) else {"say": done})}
        except Exception as error:
            return _refused(error, intent)

    def _do(self, command: do.Command | do.SessionVerb) -> Answer:
        session = self.session
        match command:
            case do.Undo():
                return session.undo()
            case do.Redo():
                return session.redo()
            case do.Refresh():
                session.refresh()
                return "Read the data again."
            case do.StopExport():
                return "Cancelled." if self._exporting.stop() else "There is no file to cancel."
            case do.Stop(table):
                self._drawing.stop(tree.find_table(session.project, table))
                return "Stopped counting."
            case do.Count(table):
                self._drawing.draw([tree.find_table(session.project, table)])
                return None
            case do.UseTable(table):
                current.use(session)
                session.use_table(table)
                return None
            case do.Select():
                session.select(command)
                return None
            case do.TurnPage(table, path, page):
                session.set_page(table, path, page)
                return f"Page {page}."
            case do.Save(name, overwrite, note):
                return saving.save(session, name, overwrite=overwrite, note=note)
        if isinstance(command, _Beside):
            return self._beside(command)
        said = self._apply(command)
        return f"{said}{self._rows_said(command)}"

    def _apply(self, command: do.Command) -> str:
        """Apply a command, and go on with the table that it is about, or that it makes."""
        session = self.session
        current.use(session)
        before = {table.id for _, table in tree.tables(session.project)}
        table = getattr(command.target if isinstance(command, do.Drop) else command, "table", None)
        if table in before:
            session.use_table(table)
        if isinstance(command, do.AddChart):
            command = nearest_to(command, session.project, session.current_table)
        said = session.apply(session.as_dropped(command) if isinstance(command, do.Drop) else command)
        if isinstance(command, do.Drop):
            self.shell.usage = usage.note(session.dataset.name, command.components)
        made = [table.id for _, table in tree.tables(session.project) if table.id not in before]
        if made:
            session.use_table(made[0])
        return said

    def _beside(self, command: _Beside) -> Answer:
        """Do what is about files and other reports, not about what is in this one."""
        session = self.session
        if isinstance(command, do.Export):
            publishing.check_export(session, command)
            return {"say": None, **files.export(session, command)}
        if self._page or self._reading is not None:
            message = "This page is for reading one report."
            raise RefusedError(message)
        match command:
            case do.Reports():
                saved = (session.storage or Storage()).list()
                return {"say": None, "reports": views.report_states(saved)}
            case do.ForgetUsage():
                usage.forget(session.dataset.name)
                self.shell.usage = {}
                return "Components are listed by name again."
            case do.New():
                opening.begin(session)
                return "Began a new report."
            case do.Open(name):
                opening.switch(session, name)
                return f"Opened {session.project.title}."
            case do.Publish():
                return publishing.publish(session, command)
            case do.Withdraw():
                return publishing.withdraw(session)
            case do.Restore(revision):
                return restoring.restore(session, revision)
            case do.Annotate(revision, note):
                return versions.annotate(session, revision, note)

    def _rows_said(self, command: do.Command) -> str:
        """Say how many rows came of a drop on rows, to those who can't see them: now, or with the figures."""
        match command:
            case do.Drop(target=do.OnRows(table, path) | do.OnRow(table, (path,))):
                if not self._drawing.is_waiting(table):
                    return self._rows(table, path)
                self._to_say[table] = path
        return ""

    def _rows(self, table: str, path: do.Address) -> str:
        payload = self._drawing.ready(table)
        heads = () if payload is None else (payload.total, *payload.rows)
        count = next(
            (each.count for each in heads if isinstance(each, BlockHead) and each.path == path), None
        )
        return "" if count is None else f" {counted(count, 'row')}."

    # ---- what goes out --------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        if changed == "all" or self.session.dataset.catalog is not self._catalog:
            self._push_data()
        tables = dict(self._tables())
        again = [table for each, table in tables.items() if changed == "all" or each in changed]
        self._later.forget(each.id for each in again)
        # Grids that are there come before the shell around them: people look at the figures, and a browser
        # that has begun to draw the shell draws no grid meanwhile.
        there = frozenset(self.grids)
        self._drawing.draw(table for table in again if table.id in there)
        self._push_document()
        self._drawing.draw(table for table in again if table.id not in there)
        self._push_charts()

    def _tables(self) -> Iterable[tuple[str, Table]]:
        return ((table.id, table) for _, table in tree.tables(self.session.project))

    def _push_data(self) -> None:
        dataset = self.session.dataset
        self._catalog = dataset.catalog
        with self.shell.hold_sync():
            self.shell.catalog = views.catalog_state(dataset)
            self.shell.presets = views.preset_states(dataset)
            self.shell.usage = usage.counts(dataset.name)

    def _push_document(self) -> None:
        tables = dict(self._tables())
        shown = {each: table for each, table in tables.items() if not table.hidden}
        gone = [grid for table_id, grid in self.grids.items() if table_id not in shown]
        with self.shell.hold_sync():
            if gone or shown.keys() != self.grids.keys():
                self.shell.grids = {
                    each: self.grids.get(each) or self._grid(table) for each, table in shown.items()
                }
            self.shell.charts = self._charts.loading()
            self.shell.revision += 1
            worked_on = tables.get(self.session.current_table or "")
            self.shell.misfits = {} if self._page else misfits(worked_on, self.session.dataset.catalog)
            self.shell.state = views.shell_state(
                self.session, page=self._page, records=self._records, reading=self._reading
            )
        for grid in gone:
            grid.close()
        left = self._drawing.drawn_ids() - tables.keys()
        self._drawing.forget(left)
        self._later.forget(left)
        for table_id in left:
            self._paths.forget(table_id)

    def _grid(self, table: Table) -> FreeformGrid:
        return FreeformGrid(to_wire(self._drawing.loading(table)))

    def _send(self, payload: TablePayload) -> None:
        if payload.id in self.grids:  # hidden tables are only there for their charts
            self.grids[payload.id].payload = to_wire(payload)
        if payload.status == "error":
            self._push_charts()

    def _push_charts(self) -> None:
        self.shell.charts = self._charts.drawn(self._drawing.is_waiting)

    def _drew(self, table_id: str, queries: Sequence[Watched], seconds: float) -> None:
        self._asking.drew(table_id, queries)
        if seconds:
            self._push_charts()
            self._asking.noted("count", seconds, queries)
        path = self._to_say.pop(table_id, None)
        if path is not None and (said := self._rows(table_id, path)):
            self.shell.send({"type": "say", "say": said.strip()})


def _answered(found: Any) -> Reply:
    if isinstance(found, Exception):
        return refusal("There is no answer", found, "refused")
    return {"ok": True, "error": None, "say": None, "data": found}


def _replied(made: Any) -> Reply:
    """Return the reply that carries a file, or says why there is none."""
    if isinstance(made, StoppedError):
        return refusal("Cancelled", made, "stopped")
    if isinstance(made, Exception):
        return _refused(made, "export")
    return {"ok": True, "error": None, "say": None, **made}


def _refused(error: Exception, intent: object) -> Reply:
    """Return the reply to an intent that was not done."""
    match error:
        case NameTakenError():
            return refusal("This name is taken", error, "exists")
        case ConflictError():
            return refusal("Somebody else saved this report", error, "conflict")
        case StorageError():
            return refusal("The report was not saved", error, "error")
        case DynReportsError():
            return refusal("That is not possible here", error, "refused")
    _log.error("An intent failed: %.200r", intent, exc_info=error)
    return refusal("Something went wrong", error, "error")


def _sized(intent: object) -> Any:
    try:
        size = len(msgspec.json.encode(intent))
    except (TypeError, ValueError, RecursionError) as error:
        message = f"The gesture can't be understood: {error}."
        raise InvalidInputError(message) from error
    if size > _LARGEST_INTENT:
        message = f"The gesture is too long: {size:,} bytes; accepted are {_LARGEST_INTENT:,}."
        raise InvalidInputError(message)
    return intent
