"""What `report.ipynb` shows to a reader: a saved report, the list of them, or words on what to do.

The address says which report: ``?report=NAME``. Voilà hands it over as the variable ``QUERY_STRING``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, quote

from dynreports.errors import DynReportsError, UnknownNameError
from dynreports.project.storage import Saved, Storage


@dataclass(frozen=True)
class Words:
    """A piece of HTML made here, in the classes of the page server's template; all text in it is escaped."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def page(open_page: Callable[[str], object], storage: Storage | None = None) -> object:
    """Return what the reader of this address is to see.

    Parameters
    ----------
    open_page
        Opens a report by name and returns what shows it.
    storage
        Where the reports lie; not given: where `Storage` looks by default.
    """
    storage = storage or Storage()
    names = parse_qs(os.environ.get("QUERY_STRING", "")).get("report", [])
    try:
        return open_page(names[-1]) if names else _reports(storage.list())
    except UnknownNameError as error:
        return _sorry("There is no such report", str(error), _link("?", "All reports"))
    except DynReportsError as error:
        next_step = "<p>Tell the person who publishes this report.</p>"
        return _sorry("This report cannot be shown", str(error), next_step + _link("?", "All reports"))


def _reports(saved: list[Saved]) -> Words:
    if not saved:
        words = "Build one in JupyterLab and save it; it appears here."
        return Words(f'<div class="drp-list"><h1>There are no saved reports yet</h1><p>{words}</p></div>')
    rows = "".join(f"<li>{_entry(each)}</li>" for each in saved)
    return Words(f'<div class="drp-list"><h1>Reports</h1><ul>{rows}</ul></div>')


def _entry(saved: Saved) -> str:
    if saved.problem:
        return f"<span>{escape(saved.title)}</span><small>cannot be read</small>"
    day = saved.modified.astimezone().strftime("%Y-%m-%d %H:%M")
    link = f"?report={quote(saved.name, safe='')}"
    return f'<a href="{escape(link)}" target="_self">{escape(saved.title)}</a><small>saved {day}</small>'


def _link(address: str, text: str) -> str:
    # Jupyter opens links in a new tab unless they say where.
    link = f'<a class="drp-button" href="{escape(address)}" target="_self">{escape(text)}</a>'
    return f'<p class="drp-acts">{link}</p>'


def _sorry(what: str, words: str, after: str) -> Words:
    return Words(
        f'<div class="drp-note" role="alert"><h1>{escape(what)}</h1><p>{escape(words)}</p>{after}</div>'
    )
