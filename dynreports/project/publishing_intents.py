"""What can be asked of the published version of a report; part of `dynreports.project.intents`."""

from __future__ import annotations

import msgspec


class _Intent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that a person does."""


class Publish(_Intent, frozen=True, tag="publish"):
    """Freeze what is saved as the version that readers get; the fields say what they may do with it."""

    note: str
    period: bool
    segments: bool
    download: bool
    explore: bool
    records: bool


class Withdraw(_Intent, frozen=True, tag="withdraw"):
    """Take the published version from its readers."""
