"""Reports from Python: make, open, change, show and save them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dynreports.api import naming
from dynreports.api.panel import Panel
from dynreports.api.publishing import Publishing
from dynreports.errors import InvalidInputError, unknown_name
from dynreports.project import commands as do
from dynreports.project import model, restoring
from dynreports.project.same import content
from dynreports.project.session import Session
from dynreports.project.storage import Storage
from dynreports.project.versions import Version
from dynreports.semantics import periods
from dynreports.semantics.catalog import ref_of
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.formula import OnZero
from dynreports.semantics.locales import locale_of
from dynreports.semantics.metric import Format
from dynreports.semantics.nouns import counted
from dynreports.semantics.predicate import Predicate
from dynreports.views import csv, html
from dynreports.workspace.opening import fresh, open_session, reference

if TYPE_CHECKING:
    from dynreports.workspace.controller import Workspace


class Project(Publishing):
    """A report: panels of tables over one dataset. Displayed in a notebook, it is the workspace.

    Parameters
    ----------
    title
        What people see; the name of its file is given when it is saved.
    data
        A `Dataset`, or anything that one can be made of: a DataFrame, a path.
    locale
        As in which language numbers are written: "en", "fr", "nl" or "de".
    """

    __hash__ = None  # type: ignore[assignment]  # equality is by content, and the content changes

    def __init__(self, title: str, data: object, *, locale: str = "en") -> None:
        plain = " ".join(title.split())
        if not plain:
            message = "A title needs at least one visible character."
            raise InvalidInputError(message)
        dataset = data if isinstance(data, Dataset) else Dataset(data)
        storage = Storage()
        about, tag = reference(dataset, storage.folder), locale_of(locale).tag
        document = model.Project(title=plain, data=about, locale=tag)
        self._bind(Session(document, dataset, storage=storage))

    def _bind(self, session: Session) -> None:
        self._session = session
        self._shown: Workspace | None = None

    @classmethod
    def _of(cls, session: Session) -> Project:
        project = cls.__new__(cls)
        project._bind(session)
        return project

    def __repr__(self) -> str:
        panels = self._session.project.panels
        items = sum(len(each.items) for each in panels)
        return f"<Project {self.title!r}: {counted(len(panels), 'panel')}, {counted(items, 'item')}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Project):
            return NotImplemented
        return content(self._session.project) == content(other._session.project)

    # ---- content --------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The title of the report."""
        return self._session.project.title

    @property
    def name(self) -> str | None:
        """The name under which it is saved; ``None``: it never was."""
        return self._session.name

    @property
    def data(self) -> Dataset:
        """The data that it is about."""
        return self._session.data

    @property
    def panels(self) -> list[Panel]:
        """The panels, in order."""
        return [Panel(self._session, each.id) for each in self._session.project.panels]

    def __getitem__(self, title: str) -> Panel:
        """Return the first panel of a title."""
        panels = self._session.project.panels
        for each in panels:
            if each.title == title:
                return Panel(self._session, each.id)
        raise unknown_name("panel", title, (each.title for each in panels))

    def panel(self, title: str = "Freeform", period: object = None, segments: Sequence[Any] = ()) -> Panel:
        """Add a panel.

        Parameters
        ----------
        title
            What to call it.
        period
            A preset such as ``"last 30 days"``, a pair of dates of which **the end is not included**, or
            ``None`` for all dates.
        segments
            Labels of the segments that filter it.
        """
        if isinstance(segments, str):
            message = f"segments must be a list; got {segments!r}. Write segments=[{segments!r}]."
            raise InvalidInputError(message)
        parsed = periods.parse(period)
        with self._session.group(f"Add the panel {title}"):
            self._session.apply(do.AddPanel(table=False, title=title))
            panel = self.panels[-1]
            self._session.apply(do.SetPeriod(panel._id, parsed))
            for each in naming.panel_filters([("segment", one) for one in segments], self._session.dataset):
                self._session.apply(do.FilterPanel(panel._id, each))
        return panel

    def add_metric(
        self,
        label: str,
        formula: str,
        *,
        format: Format = "number",
        decimals: int | None = None,
        description: str = "",
        on_zero: OnZero = "zero",
        shared: bool = False,
    ) -> None:
        """Add a metric of the report's own, or (``shared``) to the catalog of the data, for everybody.

        Parameters
        ----------
        label
            What to call it.
        formula
            Over metrics in brackets, numbers, ``count()``, ``sum([field])``, ``distinct([field])`` and such,
            with ``+ - * /``, parentheses and ``where [segment]``: ``"[Open] where [Young] / [Delivered]"``.
        format, decimals
            ``"number"`` or ``"percent"``, and how many decimals people see; not given: 1 for percent, else 0.
        description
            What it means; not given: what the formula says.
        on_zero
            What its divisions by 0 give: ``"zero"`` or ``"blank"``.

        Raises
        ------
        FormulaError
            If the formula can't be read; it says where, and what was accepted.
        """
        shown = (1 if format == "percent" else 0) if decimals is None else decimals
        self._session.apply(do.SaveMetric(None, label, formula, format, shown, description, on_zero, shared))

    def add_segment(
        self, label: str, where: Predicate, *, description: str = "", shared: bool = False
    ) -> None:
        """Add a segment: the records that match ``where``. ``shared``: to the catalog of the data."""
        self._session.apply(do.SaveSegment(None, label, where, description, shared))

    @property
    def catalog_file(self) -> Path:
        """The file of metrics and segments that are shared by everybody who works with this data."""
        return self._session.live.shared.path

    def delete(self, label: str) -> None:
        """Delete a metric or segment of the report's own, or a shared one, that nothing uses here."""
        found = self._session.dataset.catalog.find_any(label, ("metric", "segment"))
        self._session.apply(do.RemoveComponent(ref_of(found)))

    def rename(self, title: str) -> None:
        """Give the report another title."""
        self._session.apply(do.RenameProject(title))

    def write_numbers(self, locale: str) -> None:
        """Write numbers as in another language: "en", "fr", "nl" or "de"."""
        self._session.apply(do.SetLocale(locale))

    def undo(self) -> None:
        """Take the last change back, whoever made it: Python or a gesture in the workspace."""
        self._session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._session.redo()

    def refresh(self) -> None:
        """Read the data again."""
        self._session.refresh()

    # ---- saving ---------------------------------------------------------------------------------

    def save(self, name: str | None = None, *, overwrite: bool = False, note: str = "") -> Path:
        """Save the report, and return its file.

        Parameters
        ----------
        name
            What to call it; ``None``: as before, or by its title. A template is saved as a copy.
        overwrite
            Save also over another report of that name, or over what somebody else saved meanwhile.
        note
            What to say of this version, for `versions`.

        Raises
        ------
        ConflictError
            If the name is taken, or the report was saved by somebody else since it was opened.
        StorageError
            If it can't be written; the last good file is intact.
        """
        if name is None and self._session.name is None:
            name = self._session.suggested
        saved = self._session.save(name, overwrite=overwrite, note=note)
        assert self._session.storage is not None  # noqa: S101  # it has just been saved there
        return self._session.storage.path(saved)

    def save_as(self, name: str, *, overwrite: bool = False, note: str = "") -> Path:
        """Save under another name, and go on with that one; the other file stays as it is."""
        return self.save(name, overwrite=overwrite, note=note)

    def versions(self) -> list[Version]:
        """Return what was saved under the report's name, the newest first: revision, time, author, note."""
        return restoring.kept(self._session)

    def compare(self, before: int, after: int | None = None) -> list[str]:
        """Return in words what was done between two versions; none: they say the same.

        Parameters
        ----------
        before, after
            Revisions, as `versions` lists them; ``after`` not given: the report as it stands now.
        """
        return restoring.compared(self._session, before, after)

    def restore(self, revision: int) -> None:
        """Put an earlier version in place of the report as it stands. It can be undone; saving keeps it."""
        restoring.restore(self._session, revision)

    def note(self, note: str, revision: int | None = None) -> Version:
        """Say something of a version, the last one unless its revision is given."""
        return restoring.annotate(self._session, note, revision)

    def to_python(self) -> str:
        """Return Python that builds an equal report, as the variable ``project``."""
        from dynreports.project.code.python import python_code

        return python_code(self._session.project, self._session.dataset)

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the report as CSV: per panel its period and filters, per table all rows, unrounded.

        Breakdowns that are open have columns of their own. Text that a spreadsheet would take for a formula
        gets an apostrophe in front.

        Parameters
        ----------
        path
            The file to write it to, as well; an existing one is replaced.
        """
        text = csv.project(self._session)
        if path is not None:
            Path(path).write_text(text, encoding=csv.ENCODING, newline="")
        return text

    def export(self, path: str | os.PathLike[str]) -> Path:
        """Write the report to a file of the kind that its name ends with, and return its path.

        Parameters
        ----------
        path
            ``.html``: the page of readers as one file that needs neither a kernel nor the network. ``.pdf``,
            ``.png``: the same on paper, and as one picture. ``.xlsx``:
            a workbook, with a sheet for each table. ``.csv``: per panel its period and filters, per table all
            rows, unrounded. An existing file is replaced.

        Raises
        ------
        InvalidInputError
            If the name ends with anything else, or its folder is not there.
        StorageError
            If the file can't be written.
        """
        from dynreports.publish.export import export

        return export(self._session, path)

    # ---- showing --------------------------------------------------------------------------------

    def _repr_html_(self) -> str:
        return html.project(self._session)

    def _ipython_display_(self) -> None:
        if _in_kernel():
            self._workspace()._ipython_display_()
        else:
            print(repr(self))  # noqa: T201  # what a terminal shows of an object

    def page(self, *, records: bool = False) -> Workspace:
        """Return the report as those see it who only read it: as it was last saved, without any tools.

        Readers sort, search, page and open rows each for themselves; nothing of it is saved.

        Parameters
        ----------
        records
            Whether readers may list the records behind a figure: every field of the data, of every person.
        """
        from dynreports.workspace.controller import Workspace

        session = self._session
        if session.name is None:
            shown = Session(
                session.project, session.data, storage=session.storage, read_only=True, notice=session.notice
            )
        else:
            shown = open_session(session.name, session.data, storage=session.storage, read_only=True)
        return Workspace(shown, page=True, records=records)

    def _workspace(self) -> Workspace:
        """Return the live workspace: one for all places where the report is displayed."""
        if self._shown is None:
            from dynreports.workspace.controller import Workspace

            self._shown = Workspace(self._session)
        return self._shown


def _in_kernel() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return hasattr(get_ipython(), "kernel")


def explore(source: object, *, locale: str = "en", **options: Any) -> Project:
    """Return a workspace over any data, with one empty table.

    Parameters
    ----------
    source
        A dataset, a pandas or polars DataFrame, a pyarrow Table, or the path of a file or folder.
    locale
        As in which language numbers are written: "en", "fr", "nl" or "de".
    options
        Those of `Dataset`.
    """
    if isinstance(source, Dataset) and options:
        message = f"Options ({', '.join(options)}) belong to the dataset: Dataset(source, ...)."
        raise InvalidInputError(message)
    dataset = source if isinstance(source, Dataset) else Dataset(source, **options)
    return Project._of(fresh(dataset, Storage(), locale))


def open(name: str, data: object = None, *, draft: bool = True) -> Project:
    """Open a saved report.

    Parameters
    ----------
    name
        The name under which it was saved.
    data
        A dataset or DataFrame for it; ``None``: what the report names, where that lies in a file.
    draft
        Whether to go on with changes that were never saved, such as when a kernel died.

    Raises
    ------
    UnknownNameError
        If there is no such report.
    DataError
        If its data is not there.
    """
    return Project._of(open_session(name, data, take_draft=draft))
