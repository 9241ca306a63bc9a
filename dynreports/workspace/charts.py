"""The charts of one workspace on their way to the browser: drawn again only when what they draw changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import msgspec

from dynreports.errors import DynReportsError
from dynreports.project import tree
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.views import charts as views
from dynreports.views.charts import importing
from dynreports.views.payload import ChartPayload, to_wire
from dynreports.views.state import table_colors

_log = logging.getLogger(__name__)


class Charts:
    """What the browser was sent last of every chart.

    It is used while the lock of the session is held.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last = 0
        self._drawn: dict[str, tuple[object, ChartPayload]] = {}
        self._wire: dict[str, dict[str, Any]] = {}

    def loading(self) -> dict[str, dict[str, Any]]:
        """Return all charts as the browser knows them; those it does not know yet as being computed."""
        known = {}
        for _, chart in tree.charts(self._session.project):
            importing.begin()
            known[chart.id] = self._wire.get(chart.id) or to_wire(
                ChartPayload(
                    id=chart.id,
                    revision=self._revision(),
                    status="loading",
                    type=chart.kind,
                    settings=views.settings(chart),
                )
            )
        return known

    def _revision(self) -> int:
        self._last += 1
        return self._last

    def drawn(self, is_waiting: Callable[[str], bool]) -> dict[str, dict[str, Any]]:
        """Return all charts as they are now; one that looks the same is the very same object.

        Parameters
        ----------
        is_waiting
            Says whether the figures of a table are on their way: its charts stay as they are till then.
        """
        as_before = self.loading()
        project = self._session.project
        colors = table_colors(project)
        found: dict[str, dict[str, Any]] = {}
        for _, chart in tree.charts(project):
            if chart.source is not None and is_waiting(chart.source):
                found[chart.id] = as_before[chart.id]
                continue
            key = self._key(chart, colors)
            known = self._drawn.get(chart.id)
            if known is None or known[0] != key:
                payload = self._payload(chart, colors)
                if known is None or not _is_same(known[1], payload):
                    self._wire[chart.id] = to_wire(payload)
                self._drawn[chart.id] = (key, payload)
            found[chart.id] = self._wire[chart.id]
        for gone in self._drawn.keys() - found.keys():
            del self._drawn[gone], self._wire[gone]
        return found

    def _key(self, chart: Chart, colors: dict[str, int]) -> object:
        """Return everything that the picture of a chart depends on."""
        session = self._session
        dataset = session.dataset
        table = next((each for _, each in tree.tables(session.project) if each.id == chart.source), None)
        if table is None:
            return chart, None
        try:
            request: object = session.request(table.id)
        except DynReportsError as error:
            request = str(error)
        selected = session.selections.of(table)
        return chart, table, request, selected, colors[table.id], dataset.version, id(dataset.catalog)

    def _payload(self, chart: Chart, colors: dict[str, int]) -> ChartPayload:
        try:
            return views.payload(self._session, chart, colors, self._revision())
        except Exception as error:
            _log.exception("The chart %s can't be drawn.", chart.id)
            return views.failed(self._session, chart, colors, self._revision(), error)


def _is_same(a: ChartPayload, b: ChartPayload) -> bool:
    return msgspec.structs.replace(a, revision=b.revision) == b
