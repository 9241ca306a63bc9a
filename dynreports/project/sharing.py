"""Saving, changing and deleting metrics and segments for everybody. None of it is a step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dynreports.errors import ConflictError, RefusedError
from dynreports.project import intents as do
from dynreports.project import own
from dynreports.project.model import Project, SegmentFilter
from dynreports.project.shared import Shared
from dynreports.semantics.component import Ref

if TYPE_CHECKING:
    from dynreports.project.session import Session

Change = do.SaveMetric | do.SaveSegment | do.RemoveComponent


def is_about_shared(command: object, session: Session) -> bool:
    """Whether a command changes what is in the catalog of the data, not the document."""
    if isinstance(command, do.SaveMetric | do.SaveSegment) and command.shared:
        return True
    return isinstance(command, do.RemoveComponent) and _is_shared(session, command.component)


def apply(session: Session, command: do.Command) -> str:
    """Change the catalog of the data by a command, and return what was done as a sentence.

    A component of the report that is saved there goes out of the document: that is a step of undo, after
    which the report has its own one again, too.

    Raises
    ------
    RefusedError, InvalidInputError
        If the component is not right, or its name is taken.
    ConflictError
        If somebody else changed it meanwhile.
    StorageError
        If the file can't be written.
    """
    assert isinstance(command, Change)  # noqa: S101  # the caller has looked
    known = session.live.shared.content
    if isinstance(command, do.RemoveComponent):
        ref, label = command.component, session.dataset.catalog.label(command.component)
        session.live.shared.change(lambda now: _without(session, now, known, ref))
        said = f"Deleted {label} from the catalog of the data."
    else:
        ref = _ref(command)
        moved = own.find(session.project, ref) if command.id is not None else None
        _check_label(session, command)
        session.live.shared.change(lambda now: _with(session, now, known, command, moved))
        said = f"Saved {command.label} in the catalog of the data."
        if moved is not None:
            with session.group(f"Save {command.label} in the catalog of the data"):
                session.put(own.without(session.project, ref))
    session.subscribers.tell("all")
    if isinstance(command, do.SaveSegment) and command.panel is not None:
        label = " ".join(command.label.split())
        made = next(each for each in session.live.shared.content.segments if each.label == label)
        session.apply(do.FilterPanel(command.panel, SegmentFilter(made.id)))
    return said


def _is_shared(session: Session, ref: Ref) -> bool:
    return session.live.shared.content.find(ref) is not None and own.find(session.project, ref) is None


def _ref(command: do.SaveMetric | do.SaveSegment) -> Ref:
    return Ref("metric" if isinstance(command, do.SaveMetric) else "segment", command.id or "")


def _check_label(session: Session, command: do.SaveMetric | do.SaveSegment) -> None:
    own.plain_label(command.label, _ref(command), session.dataset.catalog)


def _with(
    session: Session,
    now: Shared,
    known: Shared,
    command: do.SaveMetric | do.SaveSegment,
    moved: own.Own | None,
) -> Shared:
    ref = _ref(command)
    if moved is None and command.id is not None:
        _check_unchanged(now, known, ref)
    document = _as_document(session, now)
    if moved is not None and now.find(ref) is None:
        document = own.with_component(document, moved)
    catalog, _ = own.catalog_of(document, session.data.catalog)
    made = own.change(document, _without_panel(replace(command, shared=False)), catalog)
    return Shared(metrics=made.metrics, segments=made.segments)


def _without_panel(command: do.SaveMetric | do.SaveSegment) -> do.SaveMetric | do.SaveSegment:
    return replace(command, panel=None) if isinstance(command, do.SaveSegment) else command


def _without(session: Session, now: Shared, known: Shared, ref: Ref) -> Shared:
    _check_unchanged(now, known, ref)
    document = _as_document(session, now)
    catalog = session.dataset.catalog
    for project in (session.project, document):
        own.check_unused(project, ref, catalog)
    left = own.without(document, ref)
    return Shared(metrics=left.metrics, segments=left.segments)


def _as_document(session: Session, content: Shared) -> Project:
    """Return a document without panels that holds shared components as its own."""
    return Project(title="", data=session.project.data, metrics=content.metrics, segments=content.segments)


def _check_unchanged(now: Shared, known: Shared, ref: Ref) -> None:
    if now.find(ref) is None:
        message = "Somebody else deleted it from the catalog of the data meanwhile. Refresh, and look again."
        raise RefusedError(message)
    if now.find(ref) != known.find(ref):
        message = "Somebody else changed it in the catalog of the data meanwhile. Refresh to see how."
        raise ConflictError(message)
