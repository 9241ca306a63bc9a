"""The table that people work on in a workspace, from a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynreports.api.table import Table
from dynreports.workspace import current as live

if TYPE_CHECKING:
    import pandas as pd


def current() -> pd.DataFrame:
    """Return what the live table shows, as `Table.frame` does: the table that was last clicked or changed.

    Raises
    ------
    RefusedError
        If no workspace is shown in this notebook, or it has no table.
    """
    return current_table().frame()


def current_table() -> Table:
    """Return a handle on the live table: the one that was last clicked or changed in a workspace.

    Raises
    ------
    RefusedError
        If no workspace is shown in this notebook, or it has no table.
    """
    return Table(*live.table())
