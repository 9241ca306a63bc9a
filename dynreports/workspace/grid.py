"""The grid of one freeform table: ipyaggrid's community grid, as a host for our own rows.

ipyaggrid evaluates strings inside ``grid_options``, so nothing that comes from data or people ever goes
there. Columns, rows and totals travel as JSON in the synced ``payload``, drawn through the grid's API.
"""

from __future__ import annotations

from typing import Any

import traitlets
from ipyaggrid.community import Grid


class FreeformGrid(Grid):  # type: ignore[misc]  # ipyaggrid is not typed
    """An empty community grid with one more synced trait."""

    payload = traitlets.Dict().tag(sync=True)

    def __init__(self, payload: dict[str, Any]) -> None:
        # Before the model is opened in the browser, so that it never lacks its payload there.
        self.set_trait("payload", payload)
        super().__init__(
            grid_data=[],
            grid_options={"columnDefs": []},
            columns_fit="",
            theme="ag-theme-balham",
            sync_grid=False,
            compress_data=False,
        )

    def __repr__(self) -> str:
        return f"<FreeformGrid {self.payload.get('id')!r}>"
