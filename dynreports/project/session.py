"""The one live thing: a project, its history, its data and its figures.

The API's handles and any number of workspaces hold the same session and subscribe to it. Gestures may come in
another thread than that of cells, and figures in a third: whoever changes a session holds its lock meanwhile.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockResult, TableRequest
from dynreports.errors import DynReportsError, InvalidInputError, RefusedError, StorageError
from dynreports.project import commands as do
from dynreports.project import sharing, tree
from dynreports.project.ask import table_request
from dynreports.project.changes import changed_tables, pages_left
from dynreports.project.history import History
from dynreports.project.live_data import LiveData
from dynreports.project.locking import locked
from dynreports.project.model import Project
from dynreports.project.names import UNTITLED, copy_title, file_name
from dynreports.project.owners import owned
from dynreports.project.places import Ranks, as_dropped, located, ranks_at, row_at, with_places
from dynreports.project.results import Results
from dynreports.project.rights import Rights
from dynreports.project.selections import Selections, with_cells
from dynreports.project.shared import shared_file
from dynreports.project.storage import Storage
from dynreports.project.subscribers import Changed, Subscribers
from dynreports.project.tops import filled
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.predicate import Within


class Session:
    """A project at work.

    Parameters
    ----------
    project, dataset
        The document and the data that it is about.
    storage, name
        Where the project is saved, and under which name; ``None``: never saved.
    saved
        What the file holds, where that is not ``project`` (a draft was taken up).
    read_only
        Whether people may only look: sort, page, search, open and close.
    notice
        What to tell people about this project, such as why it can only be read.
    template
        The template that it is, until it is saved as a report of people's own.
    rights
        What people may do with a report that they can only read; ``None``: look.
    """

    def __init__(
        self,
        project: Project,
        dataset: Dataset,
        *,
        storage: Storage | None = None,
        name: str | None = None,
        saved: Project | None = None,
        read_only: bool = False,
        notice: str | None = None,
        template: str | None = None,
        rights: Rights | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self.live = LiveData(dataset, shared_file(dataset, storage))
        self.storage = storage
        self.name = name
        self.read_only = read_only
        self.notice = notice
        self.template = template
        self.rights = rights
        self.draft_problem: str | None = None
        self._history = History(project)
        self._saved = saved or project
        self._pages: dict[str, dict[do.Address, int]] = {}
        self.results = Results()
        self.subscribers = Subscribers()
        self._group: str | None = None
        self._used_table: str | None = None
        self.selections = Selections()

    # ---- the document ---------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The document as it stands."""
        return self._history.project

    @property
    def dataset(self) -> Dataset:
        """The data, with the metrics and segments that the document adds to its catalog."""
        return self.live.of(self.project)[0]

    @dataset.setter
    def dataset(self, dataset: Dataset) -> None:
        self.live = LiveData(dataset, shared_file(dataset, self.storage))

    @property
    def data(self) -> Dataset:
        """The data as it was given."""
        return self.live.given

    @property
    def problems(self) -> list[str]:
        """What is wrong with metrics and segments that the document adds, in sentences."""
        return self.live.of(self.project)[1]

    @property
    def unsaved(self) -> bool:
        """Whether the document differs from what was last saved (or, never saved, from how it began)."""
        return not self.read_only and replace(self.project, revision=self._saved.revision) != self._saved

    @property
    def suggested(self) -> str:
        """The title to propose where people save the report under another name."""
        title = self.project.title
        is_original = self.name is None and (self.template is None or title != self._saved.title)
        return title if is_original else copy_title(title, (title,))

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again."""
        return self._history.redo_label

    @locked
    def apply(self, command: do.Command) -> str:
        """Change the document by a command, and return what was done as a sentence.

        Raises
        ------
        RefusedError, UnknownNameError
            If the command is impossible here; nothing was changed.
        """
        if self.read_only and not self._may(command):
            message = "This report is open for reading: it can be sorted, searched and paged, not changed."
            raise RefusedError(message)
        if sharing.is_about_shared(command, self):
            return sharing.apply(self, command)
        before, command = self.project, with_cells(command, self.project, self.selections, self.result)
        command = filled(with_places(command, self.locate, self._ranks), before, self.dataset, self.request)
        after = do.apply(before, command, self.dataset.catalog)
        if after is before:
            return "Nothing changed."
        label = do.label(command, before, self.dataset.catalog, self._row_name)
        if self._group is None:
            self._history.push(after, label)
            self._settle(before)
        else:
            self._history.project = after
        return do.said(label)

    def _may(self, command: do.Command) -> bool:
        is_allowed = self.rights is not None and self.rights.permit(command, self.project)
        return is_allowed or isinstance(command, do.VIEW_ONLY)

    @contextmanager
    def group(self, label: str) -> Iterator[None]:
        """Make all commands inside one step of undo. If one of them fails, none of them was done."""
        with self.lock:
            yield from self._grouped(label)

    def _grouped(self, label: str) -> Iterator[None]:
        if self._group is not None:
            yield
            return
        before, self._group = self.project, label
        try:
            yield
            after = self.project
        except BaseException:
            after = before
            raise
        finally:
            self._group = None
            self._history.project = before
            if after != before:
                self._history.push(after, label)
                self._settle(before)

    def put(self, project: Project) -> None:
        """Put another state in place of the document, within a `group`, which makes it a step of undo."""
        self._history.project = project

    def undo(self) -> str:
        """Take the last step back, and return what was taken back."""
        return self._travel(self._history.undo, self.undo_label, "undo")

    def redo(self) -> str:
        """Do again what was taken back last, and return it."""
        return self._travel(self._history.redo, self.redo_label, "redo")

    @locked
    def _travel(self, move: Callable[[], bool], label: str | None, verb: str) -> str:
        before = self.project
        if not move():
            message = f"There is nothing to {verb}."
            raise RefusedError(message)
        self._history.project = replace(self.project, revision=before.revision, owner=before.owner)
        self._settle(before)
        return f"{verb.capitalize()}: {label}."

    # ---- figures --------------------------------------------------------------------------------

    def request(self, table_id: str) -> TableRequest:
        """Return what has to be asked to show a table."""
        dataset = self.dataset

        def span() -> Within | None:
            return None if dataset.time is None else engine_for(dataset).span(dataset.time)

        return table_request(self.project, table_id, dataset, self._pages.get(table_id, {}), span)

    def result(self, table_id: str, *, lines: bool = True) -> BlockResult:
        """Return the figures of a table as it stands. Errors are those of this table alone.

        Parameters
        ----------
        table_id
            Which table.
        lines
            Whether each column's figures over time are needed, too.

        Raises
        ------
        DynReportsError
            If the table uses what the data does not have, or its figures can't be computed.
        """
        return self.answer(self.request(table_id), lines=lines)

    def answer(self, request: TableRequest, *, lines: bool = True) -> BlockResult:
        """Return the figures that a request asks for; those that were asked for lately are known."""
        version = self.dataset.version
        found = self.results.known(version, request)
        if found is None and not lines:
            request = dataclasses.replace(request, series=None)
            found = self.results.known(version, request)
        if found is None:
            found = planner.answer(request, engine_for(self.dataset))
            self.results.keep(version, request, found)
        return found

    @locked
    def refresh(self) -> None:
        """Read the data again; when that fails, everything stays as it was."""
        self.data.refresh()
        self.live.shared.reload()
        self.results.clear()
        self.subscribers.tell("all")

    @locked
    def become(self, other: Session) -> None:
        """Go on as another session: its report, data and history; those who follow this one follow that."""
        vars(self).update(vars(other) | {"subscribers": self.subscribers, "lock": self.lock})
        self.subscribers.tell("all")

    # ---- what is looked at ----------------------------------------------------------------------

    @locked
    def set_page(self, table_id: str, path: do.Address, page: int) -> None:
        """Turn to a page (from 1) of a table or breakdown. Not an edit: it is neither undone nor saved."""
        if page < 1:
            message = f"Pages count from 1; got {page}."
            raise InvalidInputError(message)
        address = self.locate(table_id, path)
        tree.block_at(tree.find_table(self.project, table_id), address)
        self._pages.setdefault(table_id, {})[address] = page
        self.subscribers.tell(frozenset({table_id}))

    @locked
    def select(self, command: do.Select) -> None:
        """Note which cells are selected. Not an edit: it is neither undone nor saved."""
        if self.selections.select(command, self.project, self.locate):
            self.subscribers.tell(frozenset())

    @property
    def current_table(self) -> str | None:
        """The table that people work on: the last one they touched, or the first; ``None``: none is shown."""
        ids = [table.id for _, table in tree.tables(self.project) if not table.hidden]
        return self._used_table if self._used_table in ids else next(iter(ids), None)

    @locked
    def use_table(self, table_id: str) -> None:
        """Note that people work on a table now. Not an edit: it is neither undone nor saved."""
        tree.find_table(self.project, table_id)
        if self._used_table != table_id:
            self._used_table = table_id
            self.subscribers.tell(frozenset())

    def page(self, table_id: str, path: do.Address = ()) -> int:
        """Return the page that a table or breakdown stands on; the result tells how many there are."""
        return self._pages.get(table_id, {}).get(self.locate(table_id, path), 1)

    def locate(self, table_id: str, path: do.Address) -> do.Address:
        """Return the address of a row on the screen: ranks stand for rows that are broken down by rank."""
        table = tree.find_table(self.project, table_id)
        return located(table, path, lambda: self._shown(table_id))

    def as_dropped(self, command: do.Drop) -> do.Drop:
        """Return a drop from the screen with its rows as the document names them: by item or by rank."""
        return as_dropped(command, self.project, self.locate, self._shown)

    def _shown(self, table_id: str) -> BlockResult | None:
        try:
            return self.result(table_id)
        except DynReportsError:
            return None

    def _ranks(self, table_id: str, path: do.Address) -> Ranks:
        return ranks_at(self._shown(table_id), path)

    def _row_name(self, table_id: str, path: do.Address) -> str | None:
        try:
            shown = self.results.known(self.dataset.version, self.request(table_id))
        except DynReportsError:
            return None
        row = row_at(shown, path)
        return None if row is None else row.label

    # ---- saving ---------------------------------------------------------------------------------

    @locked
    def save(
        self, name: str | None = None, *, overwrite: bool = False, notebook: str | None = None, note: str = ""
    ) -> str:
        """Save under the project's own name (``None``) or another one; return the name of the report.

        Raises
        ------
        ConflictError
            If the report was saved by somebody else since it was opened, or the other name is taken.
        StorageError
            If the file can't be written; the last good one is intact.
        """
        if self.read_only:
            message = "This report is open for reading, so it can't be saved."
            raise RefusedError(message)
        if self.storage is None:
            raise StorageError("There is no folder to save reports in.")
        if name is None and self.name is None:
            message = "The report was never saved: give it a name."
            raise InvalidInputError(message)
        target = self.name if name is None else file_name(name)
        assert target is not None  # noqa: S101  # one of the two was given
        if target == self.name:
            project, expected = self.project, self.project.revision
        else:
            is_copy = self.name is not None or self.template is not None
            untitled = self.project.title == (self._saved.title if is_copy else UNTITLED)
            project, expected = owned(self.project, target, name if untitled else None, notebook), None
        saved = self.storage.save(target, project, expected_revision=expected, overwrite=overwrite, note=note)
        self.forget_draft()
        self.name, self.template = target, None
        self._history.retitle(saved.title)
        self._saved = self._history.project = saved
        self.subscribers.tell(frozenset())
        return target

    def _draft_name(self) -> str:
        return self.name or file_name(f"untitled {self.project.title}"[:80])

    def _keep_draft(self) -> None:
        if self.storage is not None and not self.read_only:
            unsaved = self.project if self.unsaved else None
            self.draft_problem = self.storage.keep_draft(self._draft_name, unsaved)

    def forget_draft(self) -> None:
        """Let go of what was never saved."""
        if self.storage is not None:
            self.draft_problem = self.storage.keep_draft(self._draft_name, None) or self.draft_problem

    # ---- telling others -------------------------------------------------------------------------

    def subscribe(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call ``callback`` after every change; return what ends the subscription."""
        return self.subscribers.add(callback)

    def _settle(self, before: Project) -> None:
        """Put right what depends on the document, after it went from ``before`` to the present one."""
        changed = changed_tables(before, self.project)
        for table_id in changed & self._pages.keys():
            self._pages[table_id] = pages_left(self._pages[table_id], table_id, before, self.project)
        self._keep_draft()
        self.subscribers.tell(changed)
