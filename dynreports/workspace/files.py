"""Files that leave the workspace through the browser: made by the views, sent as one gzipped buffer."""

from __future__ import annotations

import gzip
from typing import Any

from dynreports.errors import DynReportsError, InvalidInputError
from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.names import file_name
from dynreports.project.session import Session
from dynreports.views import csv, printed

_TYPES = {"csv": "text/csv;charset=utf-8", "html": "text/html;charset=utf-8"}
# Jupyter drops what a kernel sends beyond a million bytes a second.
_MOST = 2_500_000


def export(session: Session, wanted: do.Export) -> dict[str, Any]:
    """Return the part of a reply that carries a file.

    Raises
    ------
    InvalidInputError
        If the file is larger than what the connection to the browser lets through.
    """
    title = session.project.title
    if wanted.table is not None:
        title = tree.find_table(session.project, wanted.table).title
    if wanted.format == "html":
        content = printed.document(session).encode()
    elif wanted.table is None:
        content = csv.project(session).encode(csv.ENCODING)
    else:
        content = csv.table(session, wanted.table).encode(csv.ENCODING)
    packed = gzip.compress(content, compresslevel=6, mtime=0)
    if len(packed) > _MOST:
        message = (
            f"The file has {len(content) / 1e6:,.0f} MB, too much for the way to the browser. In Python, "
            f"project.to_csv({_name(title) + '.csv'!r}) writes it beside the notebook."
        )
        raise InvalidInputError(message)
    name = f"{_name(title)}.{wanted.format}"
    return {"file": {"name": name, "type": _TYPES[wanted.format]}, "buffers": [packed]}


def _name(title: str) -> str:
    try:
        return file_name(title[:60])
    except DynReportsError:
        return "report"
