"""The grid of one freeform table: ipyaggrid's community grid, as a host for our own rows.

ipyaggrid evaluates strings inside ``grid_options``, so nothing that comes from data or people ever goes there.
Columns, rows and totals travel as JSON in the synced ``payload``; our shell draws them through the grid's API.
"""

from __future__ import annotations

from typing import Any

import traitlets
from ipyaggrid.community import Grid


class FreeformGrid(Grid):  # type: ignore[misc]
    """An empty community grid with one more synced trait."""

    payload = traitlets.Dict().tag(sync=True)

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__(
            grid_data=[],
            grid_options={"columnDefs": []},
            columns_fit="",
            theme="ag-theme-balham",
            sync_grid=False,
            compress_data=False,
        )
        self.payload = payload
