"""What readers of published reports are shown: the report of the address, a copy to explore, or words.

The page server renders `report.ipynb`, which ends with `page()`, for all of its own addresses. Voilà tells
the address in the variables ``SCRIPT_NAME`` and ``QUERY_STRING``.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, unquote

from ipywidgets import Widget

from dynreports.errors import DynReportsError, RefusedError
from dynreports.project import tree
from dynreports.project.session import Session
from dynreports.project.storage import Storage
from dynreports.publish import published
from dynreports.publish.published import Published
from dynreports.workspace.controller import Workspace
from dynreports.workspace.home import ReadersHome
from dynreports.workspace.kept_data import data_of
from dynreports.workspace.publishing import reading

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """A piece of HTML made here, in the classes of the page server's template; all text in it is escaped."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def page(storage: Storage | None = None) -> Workspace | ReadersHome | Words:
    """Return what the reader of this address is to see: without a name, the list of what there is.

    Parameters
    ----------
    storage
        Where the reports lie; not given: where `Storage` looks by default.
    """
    storage = storage or Storage()
    base, name = _asked()
    if not name:
        return ReadersHome(storage)
    is_copy = "explore" in parse_qs(os.environ.get("QUERY_STRING", ""), keep_blank_values=True)
    try:
        found = published.load(storage, name)
        return explored(found, storage) if is_copy else read(found, storage)
    except DynReportsError as error:
        return _sorry(str(error), base)


def rehearse(storage: Storage | None = None) -> None:
    """Show a published report to nobody: all is imported then, and its data read and counted.

    It is the report of the address, or, where that is none, the one that was published last. Whatever goes
    wrong is left for its readers to be told.
    """
    storage = storage or Storage()
    _, name = _asked()
    if published.about(storage, name) is None:
        newest = max(published.published(storage), key=lambda each: each.about.moment, default=None)
        if newest is None:
            return
        name = newest.name
    try:
        shown = read(published.load(storage, name), storage)
        for _, table in tree.tables(shown.session.project):
            shown.session.result(table.id)
        shown.fill()
        shown.close()
    except DynReportsError as error:
        _log.info("The page of %r could not be rehearsed: %s", name, error)
    finally:
        Widget.close_all()  # or its widgets would go to the first reader, too


def _asked() -> tuple[str, str]:
    """Return the path under which the pages are, and the name that was asked for: empty for the list."""
    base = os.environ.get("VOILA_BASE_URL", "/")
    name = unquote(os.environ.get("SCRIPT_NAME", "").removeprefix(base).removeprefix("r/").strip("/"))
    return base, "" if name == "r" else name


def read(found: Published, storage: Storage) -> Workspace:
    """Return a published report as its readers see it: what they change is theirs alone, and never saved."""
    rights = found.about.rights
    data = data_of(found.project.data, storage.folder)
    session = Session(found.project, data, read_only=True, rights=rights)
    return Workspace(session, page=True, records=rights.records, reading=reading(found))


def explored(found: Published, storage: Storage) -> Workspace:
    """Return a copy of a published report to change at will. It has no folder, so nothing can be saved.

    Raises
    ------
    RefusedError
        If its author does not allow it.
    """
    rights = found.about.rights
    if not rights.explore:
        message = f"The author of {found.about.title!r} lets it be read, not explored."
        raise RefusedError(message)
    session = Session(found.project, data_of(found.project.data, storage.folder), rights=rights)
    return Workspace(session, records=rights.records, reading=reading(found, exploring=True))


def _sorry(words: str, home: str) -> Words:
    # Jupyter opens links in a new tab unless they say where.
    link = f'<a class="drp-button" href="{escape(home)}" target="_self">All reports</a>'
    return Words(
        '<div class="drp-note" role="alert"><h1>This report cannot be shown</h1>'
        f"<p>{escape(words)}</p><p>Tell the person who publishes this report.</p>"
        f'<p class="drp-acts">{link}</p></div>'
    )
