"""Publishing from the workspace, and what readers of a published report are told and allowed."""

from __future__ import annotations

import os
from typing import Any

import msgspec

from dynreports.errors import RefusedError
from dynreports.project import commands as do
from dynreports.project.rights import Rights
from dynreports.project.session import Session
from dynreports.publish import published
from dynreports.publish.published import Published
from dynreports.workspace.listing import shown

BRAND_VARIABLE = "DYNREPORTS_BRAND"
"""Whose pages these are: the page server hands it to the kernels that it starts."""


def publish(session: Session, command: do.Publish) -> dict[str, Any]:
    """Freeze what is saved of the report, and return what the reply says of it."""
    if session.unsaved or session.name is None:
        message = "There are unsaved changes. Save the report first: what is saved is published."
        raise RefusedError(message)
    rights = Rights(
        period=command.period,
        segments=command.segments,
        download=command.download,
        explore=command.explore,
        records=command.records,
    )
    listed = published.publish(session, rights=rights, note=command.note)
    return {"say": f"Published {listed.about.title} at {published.address(listed.name)}."}


def withdraw(session: Session) -> str:
    """Take the published version from its readers."""
    if session.storage is None or session.name is None:
        message = "This report was never saved, so nothing of it is published."
        raise RefusedError(message)
    published.withdraw(session.storage, session.name)
    return "Withdrawn: readers do not find it any more."


def standing(session: Session) -> dict[str, Any]:
    """Return how it stands with the publication of a report, for its author."""
    usual = msgspec.to_builtins(Rights())
    if session.storage is None or session.name is None:
        return {"address": None, "published": None, "rights": usual}
    address = published.address(session.name)
    about = published.about(session.storage, session.name)
    if about is None:
        return {"address": address, "published": None, "rights": usual}
    told = {
        "when": shown(about.moment),
        "author": about.author,
        "revision": about.revision,
        "note": about.note,
    }
    return {"address": address, "published": told, "rights": msgspec.to_builtins(about.rights)}


def reading(found: Published, *, exploring: bool = False) -> dict[str, Any]:
    """Return what readers of a published report are told: twin of ``Reading`` in sync/publishing.ts."""
    about = found.about
    return {
        "brand": os.environ.get(BRAND_VARIABLE, "Reports"),
        "address": f"{_base()}{published.address(found.name)[1:]}",
        "home": _base(),
        "author": about.author,
        "when": shown(about.moment),
        "revision": about.revision,
        "note": about.note,
        "rights": msgspec.to_builtins(about.rights),
        "exploring": exploring,
    }


def check_export(session: Session, command: do.Export) -> None:
    """Raise unless whoever is at the screen may have the file. What is on the screen may always be printed.

    Raises
    ------
    RefusedError
        If its author keeps the figures of a published report on the page.
    """
    if session.rights is not None and not session.rights.download and command.format != "html":
        message = "The author of this report lets it be read and printed, not downloaded."
        raise RefusedError(message)


def _base() -> str:
    return os.environ.get("VOILA_BASE_URL", "/")
