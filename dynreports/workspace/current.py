"""Which workspace people work in: the one of this kernel in which a table was last touched."""

from __future__ import annotations

import weakref

from dynreports.errors import RefusedError
from dynreports.project.session import Session

_last: weakref.ref[Session] | None = None


def use(session: Session) -> None:
    """Note that people work in this session's workspace now."""
    global _last
    _last = weakref.ref(session)


def table() -> tuple[Session, str]:
    """Return the table that people work on, as its session and id.

    Raises
    ------
    RefusedError
        If no workspace is shown, or it has no table.
    """
    session = None if _last is None else _last()
    if session is None:
        message = "No workspace is shown yet. Show one first: end a cell with dr.explore(frame) or a project."
        raise RefusedError(message)
    table_id = session.current_table
    if table_id is None:
        message = f"{session.project.title!r} has no table. Add one, then ask again."
        raise RefusedError(message)
    return session, table_id
