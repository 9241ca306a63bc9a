"""The charts of one workspace on their way to the browser: drawn again only when what they draw changed.

Each has a model of its own, as tables have: a page with many charts is sent the one that changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import msgspec
import traitlets
from ipywidgets import Widget

from dynreports.errors import DynReportsError
from dynreports.project import tree
from dynreports.project.model import Chart
from dynreports.project.session import Session
from dynreports.views import charts as views
from dynreports.views.charts import importing
from dynreports.views.payload import ChartPayload, to_wire
from dynreports.views.state import table_colors

_log = logging.getLogger(__name__)


class ChartModel(Widget):  # type: ignore[misc]  # ipywidgets is not typed
    """What the browser draws of one chart."""

    payload = traitlets.Dict().tag(sync=True)


class Charts:
    """The model of every chart, with what the browser was sent last.

    It is used while the lock of the session is held.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last = 0
        self._drawn: dict[str, tuple[object, ChartPayload]] = {}
        self._models: dict[str, ChartModel] = {}

    def loading(self) -> dict[str, ChartModel]:
        """Return all charts as the browser knows them; those it does not know yet as being computed."""
        known = {}
        for _, chart in tree.charts(self._session.project):
            importing.begin()
            if chart.id not in self._models:
                self._models[chart.id] = ChartModel(payload=self._empty(chart))
            known[chart.id] = self._models[chart.id]
        return known

    def close(self) -> None:
        """Take all charts off the page."""
        self._forget(set(self._models))

    def _empty(self, chart: Chart) -> dict[str, Any]:
        return to_wire(
            ChartPayload(
                id=chart.id,
                revision=self._revision(),
                status="loading",
                type=chart.kind,
                settings=views.settings(chart),
            )
        )

    def _forget(self, ids: set[str]) -> None:
        for each in ids:
            self._models.pop(each).close()
            self._drawn.pop(each, None)

    def _revision(self) -> int:
        self._last += 1
        return self._last

    def drawn(self, is_waiting: Callable[[str], bool]) -> dict[str, ChartModel]:
        """Return all charts, with what is to be drawn of them now; one that looks the same is not sent again.

        Parameters
        ----------
        is_waiting
            Says whether the figures of a table are on their way: its charts stay as they are till then.
        """
        found = self.loading()
        project = self._session.project
        colors = table_colors(project)
        for _, chart in tree.charts(project):
            if chart.source is not None and is_waiting(chart.source):
                continue
            key = self._key(chart, colors)
            known = self._drawn.get(chart.id)
            if known is None or known[0] != key:
                payload = self._payload(chart, colors)
                if known is None or not _is_same(known[1], payload):
                    found[chart.id].payload = to_wire(payload)
                self._drawn[chart.id] = (key, payload)
        self._forget(self._models.keys() - found.keys())
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
        look = colors[table.id], session.project.locale
        return chart, table, request, selected, look, dataset.version, id(dataset.catalog)

    def _payload(self, chart: Chart, colors: dict[str, int]) -> ChartPayload:
        try:
            return views.payload(self._session, chart, colors, self._revision())
        except Exception as error:
            _log.exception("The chart %s can't be drawn.", chart.id)
            return views.failed(self._session, chart, colors, self._revision(), error)


def _is_same(a: ChartPayload, b: ChartPayload) -> bool:
    return msgspec.structs.replace(a, revision=b.revision) == b
