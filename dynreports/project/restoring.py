"""Putting an earlier state of a report in place of the present one, as a step that can be undone."""

from __future__ import annotations

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project.model import Project
from dynreports.project.session import Session


def restore(session: Session, version: Project) -> str:
    """Put a version in place of the document, and return what was done. Whose it is and its file stay.

    Raises
    ------
    RefusedError
        If the report is open for reading.
    """
    if session.read_only:
        message = "This report is open for reading, so nothing in it can be restored."
        raise RefusedError(message)
    now, label = session.project, f"Restore version {version.revision}"
    with session.group(label):
        session.put(
            replace(
                version,
                revision=now.revision,
                last_id=max(now.last_id, version.last_id),
                owner=now.owner,
                notebook=now.notebook,
                template=now.template,
            )
        )
    return f"Restored version {version.revision}."
