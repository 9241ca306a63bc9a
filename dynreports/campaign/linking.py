"""How tables hang together: rows find the row they name, and those that name nobody are reported."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dynreports.campaign.columns import Rows, positions
from dynreports.campaign.tables import Table

_KEYS = {
    "deliveries": "delivery_id",
    "campaigns": "campaign_id",
    "programs": "program_id",
    "profiles": "recipient_id",
    "services": "service_id",
}
_SMALL_LINKS = (
    ("deliveries", "campaign_id", "campaigns", "kept, shown as N/A under Campaign"),
    ("campaigns", "program_id", "programs", "kept, without a program"),
    ("subscriptions", "service_id", "services", "kept, counted for no service"),
    ("subscriptions", "recipient_id", "profiles", "kept, without profile fields"),
)
"""Table, column, other table (by its key), and what is done with rows that name nothing in it."""


def link(table: Table, column: str, target: Table, key: str, done: str) -> Rows:
    """Return the row of ``target`` that each row of a table names; -1: none. Orphans are reported."""
    if column not in table or key not in target:
        return np.full(len(table), -1, dtype=np.int32)
    wanted = table.ids(column)
    found = positions(target.ids(key), wanted)
    orphans = found < 0
    if orphans.any():
        if wanted.missing is not None:
            orphans &= ~wanted.missing
        table.report(column, f"Not in {target.name}", done, orphans)
    return found


def check_links(tables: Mapping[str, Table]) -> None:
    """Report what is wrong between the smaller tables: keys that are there twice, and orphans."""
    for name, key in _KEYS.items():
        if name in tables:
            _check_key(tables[name], key)
    for name, column, target, done in _SMALL_LINKS:
        if name in tables and target in tables:
            link(tables[name], column, tables[target], _KEYS[target], done)


def _check_key(table: Table, key: str) -> None:
    ids = table.ids(key)
    again = positions(ids, ids) != np.arange(len(table))
    again &= ~ids.lacking
    if again.any():
        table.report(key, "Listed more than once", "the first row was used", again)
    if ids.lacking.any():
        table.report(key, "No identity", "left out", ids.lacking)
