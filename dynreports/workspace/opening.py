"""Projects and their data: what a document says of its data, and finding that data again."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from dynreports.campaign.scope import Scope, narrowed
from dynreports.errors import DataError
from dynreports.project import commands as do
from dynreports.project import templates
from dynreports.project.model import DataReference, Project
from dynreports.project.names import UNTITLED
from dynreports.project.session import Session
from dynreports.project.storage import Opened, Storage
from dynreports.project.templates.fitting import fitted
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.locales import locale_of
from dynreports.semantics.period import Preset
from dynreports.workspace import notebooks

CAMPAIGN = "campaign"


def reference(dataset: Dataset, folder: Path) -> DataReference:
    """Return how a document saved in ``folder`` names its data.

    A path beside or below the folder is kept relative, so that both can move together. What a reader
    declares by itself is not repeated in the document.
    """
    declared = dataset.declared
    found = DataReference(
        name=dataset.name,
        path=_stored_path(dataset.path, folder),
        reader=dataset.reader,
        options=dataset.options,
    )
    if dataset.reader == CAMPAIGN:
        return found
    return replace(
        found,
        time=declared.time,
        timezone=declared.timezone,
        as_of=declared.as_of,
        infer=declared.infer,
        dimensions=declared.dimensions,
        metrics=declared.metrics,
        segments=declared.segments,
    )


def _stored_path(path: Path | None, folder: Path) -> str | None:
    if path is None:
        return None
    reports = folder.resolve()
    beside = path.is_relative_to(reports.parent)
    return Path(os.path.relpath(path, reports)).as_posix() if beside else str(path)


def bound(data: object, wanted: DataReference) -> Dataset:
    """Return the data that a person gives for a report: a dataset as it is, a frame as it was."""
    if isinstance(data, Dataset):
        return data
    return Dataset(
        data,
        name=wanted.name,
        time=wanted.time,
        timezone=wanted.timezone,
        as_of=wanted.as_of,
        infer=wanted.infer,
        dimensions=wanted.dimensions,
        metrics=wanted.metrics,
        segments=wanted.segments,
    )


def find(wanted: DataReference, folder: Path) -> Dataset:
    """Return the data that a report names.

    Raises
    ------
    DataError
        If the report is about data that only a notebook has, or its file can't be read.
    """
    if wanted.path is None:
        message = (
            f"This report is about the data {wanted.name!r}, which lies in no file: a notebook gave it. "
            "Open it with that data: dr.open(name, data=frame)."
        )
        raise DataError(message)
    path = Path(os.path.normpath(folder / wanted.path))
    if wanted.reader == CAMPAIGN:
        from dynreports.campaign.loading import load

        return load(path, **wanted.options)
    if wanted.reader != "table":
        message = f"This report reads its data with {wanted.reader!r}, which this version does not know."
        raise DataError(message)
    return bound(path, wanted)


def open_session(
    name: str,
    data: object = None,
    *,
    storage: Storage | None = None,
    read_only: bool = False,
    take_draft: bool = True,
) -> Session:
    """Open a saved report with its data.

    Parameters
    ----------
    name
        The name of the report.
    data
        A dataset or frame for it; ``None``: what the report names.
    storage
        The folder of reports; ``None``: the usual one.
    read_only
        Only to look at.
    take_draft
        Whether to go on with changes that were never saved, such as when a kernel died.

    Raises
    ------
    UnknownNameError, StorageError
        If there is no such report, or its file can't be read.
    DataError
        If its data is not there.
    """
    storage = storage or Storage()
    opened = storage.load(name)
    dataset = find(opened.project.data, storage.folder) if data is None else bound(data, opened.project.data)
    project, notice = opened.project, opened.notice
    if take_draft and not read_only and _is_fresh(opened):
        assert opened.draft is not None  # noqa: S101  # a fresh draft is one
        project, notice = opened.draft.project, _draft_notice(opened)
    return Session(
        project,
        dataset,
        storage=storage,
        name=opened.name,
        saved=opened.project,
        read_only=read_only or opened.read_only,
        notice=notice,
    )


def _is_fresh(opened: Opened) -> bool:
    """Whether the draft started from what the file holds now; an older one would undo somebody's save."""
    return opened.draft is not None and opened.draft.project.revision == opened.project.revision


def _draft_notice(opened: Opened) -> str:
    assert opened.draft is not None  # noqa: S101
    clock = opened.draft.modified.astimezone().strftime("%Y-%m-%d %H:%M")
    return (
        f"Changes of {clock} that were never saved were taken up again. "
        f"For the report as it was saved: dr.open({opened.name!r}, draft=False)."
    )


def switch(session: Session, name: str) -> None:
    """Open a saved report in place of the one that a session holds.

    What was not saved of the old one is gone. Data that both are about is not read again.

    Raises
    ------
    UnknownNameError, StorageError, DataError
        If the report or its data can't be opened; the session then stays as it was.
    """
    storage = session.storage or Storage()
    wanted = storage.load(name).project.data
    is_same = wanted == reference(session.dataset, storage.folder)
    found = open_session(name, session.dataset if is_same else None, storage=storage)
    session.forget_draft()
    session.become(found)


def begin(session: Session) -> None:
    """Begin a new report over a session's data, in place of the one that it holds."""
    session.forget_draft()
    session.become(fresh(session.dataset, session.storage, session.project.locale))


def fresh(
    dataset: Dataset, storage: Storage | None, locale: str = "en", *, this_month: bool = False
) -> Session:
    """Return a new report with one empty table, of all dates or (where the data reaches it) this month."""
    storage = storage or Storage()
    tag, data = locale_of(locale).tag, reference(dataset, storage.folder)
    document = Project(title=UNTITLED, data=data, locale=tag)
    document = do.apply(document, do.AddPanel(table=True), dataset.catalog)
    if this_month and _reaches_this_month(dataset):
        document = do.apply(document, do.SetPeriod(None, Preset("this-month")), dataset.catalog)
    return Session(document, dataset, storage=storage)


def _reaches_this_month(dataset: Dataset) -> bool:
    newest, now = dataset.freshness(), dataset.now()
    return newest is not None and (newest.year, newest.month) >= (now.year, now.month)


def template_session(
    name: str, dataset: Dataset, storage: Storage | None = None, scope: Scope | None = None
) -> Session:
    """Return a report that ships over some data, as far as the data has what it shows.

    In a duplicate of the template's notebook it is a report of people's own: the one that was saved from it,
    or else one to be saved.

    Parameters
    ----------
    name
        The id or label of the template.
    dataset
        What it is about.
    storage
        Where it can be saved as a report of one's own; ``None``: in the usual folder.
    scope
        What to narrow it to: every panel gets a filter that can be removed, and the days to begin with.

    Raises
    ------
    UnknownNameError
        If there is no such template.
    """
    storage = storage or Storage()
    found = templates.find(name)
    own = notebooks.duplicate_of(found.id, storage) if scope is None else None
    saved = None if own is None else notebooks.report_of(own, found.id, storage)
    if saved is not None:
        return open_session(saved, dataset, storage=storage)
    document = templates.document(found.id, reference(dataset, storage.folder))
    project, notice = fitted(document, dataset.catalog)
    if scope is not None:
        project = narrowed(project, scope)
    if own is None:
        return Session(project, dataset, storage=storage, notice=notice, template=found.id)
    project = replace(project, title=own.title, notebook=own.notebook)
    return Session(project, dataset, storage=storage, notice=notice)
