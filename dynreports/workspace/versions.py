"""Earlier versions of a report for its authors: twin of widgets/src/sync/versions.ts."""

from __future__ import annotations

from typing import Any

from dynreports.project import restoring
from dynreports.project.session import Session
from dynreports.project.versions import Version
from dynreports.workspace import questions as ask
from dynreports.workspace.listing import shown


def answer(question: ask.Versions | ask.Differences, session: Session) -> dict[str, Any]:
    """Return the versions there are, or what was done between two of them, as JSON.

    Raises
    ------
    DynReportsError
        If the report was never saved, or a version is not there (any more).
    """
    match question:
        case ask.Versions():
            return {
                "versions": [_state(each) for each in restoring.kept(session)],
                "current": session.project.revision,
            }
        case ask.Differences(before, after):
            return {"lines": restoring.compared(session, before, after)}


def annotate(session: Session, revision: int, note: str) -> dict[str, Any]:
    """Note something of a version, and return the part of the reply that says how it is listed now."""
    found = restoring.annotate(session, note, revision)
    said = f"Noted of version {revision}: {found.note}" if found.note else f"Version {revision} has no note."
    return {"say": said, "data": _state(found)}


def _state(version: Version) -> dict[str, Any]:
    return {
        "revision": version.revision,
        "when": shown(version.at),
        "author": version.author or "",
        "note": version.note,
    }
