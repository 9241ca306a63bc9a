"""What campaign log files hold: the documented tables and columns, and what may be in them.

Whatever reads, checks or documents the files goes by this one list.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

Kind = Literal["id", "time", "code", "flag", "text"]
"""What a column holds: identities, moments, codes of `codes.CODES`, marks (true or false), or text."""

CUSTOM = "cus_"
"""How the names of custom profile fields begin."""
CHECKED_TEXT = "segment_code"
"""The one text that has a form: it is no longer than `LONGEST_CODE`."""
LONGEST_CODE = 64
MOST_CUSTOM = 20
"""How many custom profile fields a log may have."""


@dataclasses.dataclass(frozen=True)
class Column:
    """A documented column; one that is ``required`` must be there and hold something."""

    name: str
    kind: Kind
    required: bool = False


@dataclasses.dataclass(frozen=True)
class TableSchema:
    """A documented table; a folder without one that is ``required`` can't be read."""

    name: str
    columns: tuple[Column, ...]
    required: bool = False
    custom: bool = False
    """Whether it may have custom profile fields, too."""

    def find(self, name: str) -> Column | None:
        """Return a column by its name, a custom field included; ``None`` where it is not documented."""
        if self.custom and name.startswith(CUSTOM):
            return Column(name, "text")
        return next((each for each in self.columns if each.name == name), None)


def _columns(required: str, **kinds: str) -> tuple[Column, ...]:
    must = required.split()
    found = [Column(name, kind, name in must) for kind in _KINDS for name in kinds.get(kind, "").split()]
    return tuple(
        sorted(found, key=lambda each: (not each.required, must.index(each.name) if each.required else 0))
    )


_KINDS: tuple[Kind, ...] = ("id", "time", "code", "flag", "text")

TABLES: Mapping[str, TableSchema] = {
    each.name: each
    for each in (
        TableSchema(
            "delivery_log",
            _columns(
                "delivery_id recipient_id event_date status",
                id="message_id delivery_id recipient_id device_app_id",
                time="event_date",
                code="status failure_type failure_reason count",
                flag="is_quarantine is_retry is_proof is_seed",
                text="recipient_domain sender_domain sender_ip variant segment_code",
            ),
            required=True,
            custom=True,
        ),
        TableSchema(
            "tracking_log",
            _columns(
                "delivery_id recipient_id event_date tracking_url_type",
                id="message_id delivery_id recipient_id device_app_id",
                time="event_date",
                code="tracking_url_type action",
                text="url url_label url_category browser device platform offer",
            ),
            required=True,
        ),
        TableSchema(
            "deliveries",
            _columns(
                "delivery_id name label message_type",
                id="delivery_id campaign_id program_id parent_id master_id",
                time="sent_date",
                code="message_type execution_type state",
                flag="is_master is_template is_fcp deleted",
                text="name label parent_name parent_label mobile_app push_platform workflow org_unit geo_unit"
                " html",
            ),
            required=True,
        ),
        TableSchema(
            "campaigns",
            _columns(
                "campaign_id name label",
                id="campaign_id program_id",
                time="start end",
                text="name label org_unit",
            ),
        ),
        TableSchema(
            "programs",
            _columns("program_id name label", id="program_id", time="start end", text="name label"),
        ),
        TableSchema(
            "profiles",
            _columns(
                "recipient_id",
                id="recipient_id",
                time="birth_date",
                code="gender",
                text="external_id city state country org_unit",
            ),
            custom=True,
        ),
        TableSchema("services", _columns("service_id label", id="service_id", text="label")),
        TableSchema(
            "subscriptions",
            _columns(
                "service_id recipient_id event_date action",
                id="service_id recipient_id",
                time="event_date",
                code="action",
            ),
        ),
        TableSchema("org_units", _columns("org_unit parent", text="org_unit parent")),
    )
}


def required_columns(*, tables_required: bool) -> dict[str, tuple[str, ...]]:
    """Return the columns that each table must have, of the tables that must or may be there."""
    return {
        name: tuple(each.name for each in schema.columns if each.required)
        for name, schema in TABLES.items()
        if schema.required == tables_required
    }
