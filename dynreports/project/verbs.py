"""What is asked of a session, not of the document: to move through history, turn a page, save."""

from __future__ import annotations

from typing import Literal

import msgspec

from dynreports.project.chart_intents import Select
from dynreports.project.model import Address
from dynreports.project.publishing_intents import Publish, Withdraw


class Intent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that a person does."""


class Undo(Intent, frozen=True, tag="undo"):
    pass


class Redo(Intent, frozen=True, tag="redo"):
    pass


class Refresh(Intent, frozen=True, tag="refresh"):
    pass


class TurnPage(Intent, frozen=True, tag="page"):
    table: str
    path: Address
    page: int


class UseTable(Intent, frozen=True, tag="use_table"):
    """Note that a person works on this table now."""

    table: str


class Stop(Intent, frozen=True, tag="stop"):
    """Count no further for this table."""

    table: str


class Count(Intent, frozen=True, tag="count"):
    """Count what was stopped."""

    table: str


class Save(Intent, frozen=True, tag="save"):
    """Save under the report's own name (``None``), or as another report."""

    name: str | None
    overwrite: bool = False
    note: str = ""


class Restore(Intent, frozen=True, tag="restore"):
    """Put an earlier version in place of the report as it stands."""

    revision: int


class Annotate(Intent, frozen=True, tag="annotate"):
    """Say something of a version, in place of what was said."""

    revision: int
    note: str


class New(Intent, frozen=True, tag="new"):
    """Begin a new report over the same data, in place of the one that is open."""


class Reports(Intent, frozen=True, tag="reports"):
    """List the saved reports."""


class Open(Intent, frozen=True, tag="open"):
    """Open a saved report in place of the one that is open."""

    name: str


class Export(Intent, frozen=True, tag="export"):
    """Get a file: of the whole report, or of one table (or, as a picture, of any item).

    ``html`` is for the printer, ``page`` for readers.
    """

    format: Literal["csv", "html", "page", "pdf", "png", "xlsx"]
    table: str | None = None


class StopExport(Intent, frozen=True, tag="stop_export"):
    """Let go of the file that is being made."""


class ForgetUsage(Intent, frozen=True, tag="forget_usage"):
    """List components as if this person had never used any."""


SessionVerb = (
    Undo | Redo | Refresh | TurnPage | UseTable | Select | Stop | Count
    | Save | Restore | Annotate | New | Reports | Open | Export | StopExport | ForgetUsage
    | Publish | Withdraw
)  # fmt: skip
