"""Files that leave the workspace through the browser: made by the views, sent as one gzipped buffer."""

from __future__ import annotations

import gzip
from typing import Any

from dynreports.errors import DynReportsError, InvalidInputError
from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.names import file_name
from dynreports.project.session import Session
from dynreports.views import csv, paper, printed, snapshot, xlsx
from dynreports.views.steps import Told

_TYPES = {
    "csv": "text/csv;charset=utf-8",
    "html": "text/html;charset=utf-8",
    "page": "text/html;charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Jupyter drops what a kernel sends beyond a million bytes a second.
_MOST = 2_500_000


def export(session: Session, wanted: do.Export, told: Told | None = None) -> dict[str, Any]:
    """Return the part of a reply that carries a file, and tell how far it is.

    Raises
    ------
    InvalidInputError
        If the file is larger than what the connection to the browser lets through.
    """
    title = session.project.title
    if wanted.table is not None:
        title = tree.find_item(session.project, wanted.table).title
    content = _content(session, wanted, told)
    ending = ".html" if wanted.format == "page" else f".{wanted.format}"
    packed = gzip.compress(content, compresslevel=6, mtime=0)
    if len(packed) > _MOST:
        message = (
            f"The file has {len(content) / 1e6:,.0f} MB, too much for the way to the browser. In Python, "
            f"project.export({_name(title) + ending!r}) writes it beside the notebook."
        )
        raise InvalidInputError(message)
    return {"file": {"name": _name(title) + ending, "type": _TYPES[wanted.format]}, "buffers": [packed]}


def _content(session: Session, wanted: do.Export, told: Told | None) -> bytes:
    match wanted.format, wanted.table:
        case "html", _:
            return printed.document(session).encode()
        case "page", _:
            return snapshot.document(session, told).encode()
        case "pdf", _:
            return paper.pdf(session, told)
        case "png", item:
            return paper.png(session, told, item_id=item)
        case "xlsx", None:
            return xlsx.project(session, told)
        case "xlsx", str(table):
            return xlsx.table(session, table, told)
        case _, None:
            return csv.project(session, told).encode(csv.ENCODING)
        case _, str(table):
            return csv.table(session, table).encode(csv.ENCODING)


def _name(title: str) -> str:
    try:
        return file_name(title[:60])
    except DynReportsError:
        return "report"
