"""A chart, from Python."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from dynreports.api.item import Item
from dynreports.errors import DynReportsError, InvalidInputError, unknown_name
from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.chart_model import CHART_TYPES, ChartType, Goals, Lock, LockItems, LockPositions
from dynreports.project.chart_model import Chart as Document
from dynreports.views import charts as views
from dynreports.views.charts import static
from dynreports.views.charts.drawing import draw

if TYPE_CHECKING:
    import pandas as pd

    from dynreports.api.table import Table

_SETTINGS = tuple(each for each in do.SetChart.__struct_fields__ if each not in ("chart", "title"))


class Chart(Item):
    """A handle on a chart. It holds no figures: whatever changes its table, it stays up to date."""

    def __repr__(self) -> str:
        chart = self._document
        sources = (each.title for _, each in tree.tables(self._session.project) if each.id == chart.source)
        return f"<Chart {chart.title!r}: {chart.kind} of {next(sources, 'a table that is not there')}>"

    @property
    def _document(self) -> Document:
        return tree.find_chart(self._session.project, self._id)

    @property
    def type(self) -> ChartType:
        """What it is drawn as."""
        return self._document.kind

    @property
    def source(self) -> Table | None:
        """The table that it draws; ``None``: it is not there any more."""
        from dynreports.api.table import Table

        known = {each.id for _, each in tree.tables(self._session.project)}
        source = self._document.source
        return Table(self._session, source) if source in known and source is not None else None

    # ---- what is drawn --------------------------------------------------------------------------

    def spec(self) -> dict[str, Any] | None:
        """Return the Vega-Lite spec that is drawn, with its figures; ``None`` for summaries, which are text.

        Raises
        ------
        DynReportsError
            If the chart can't be drawn: its table is gone, or its figures can't be drawn this way.
        """
        return views.complete(self._session, self._document)

    def value(self) -> float | None:
        """Return the figure of a summary number, or the change of a summary change; unrounded.

        A change in percent is a fraction: 0.5 is 50 % more. ``None``: there is no figure, or it is another
        type of chart.
        """
        return views.value(self._session, self._document)

    def frame(self) -> pd.DataFrame:
        """Return the figures behind the chart, unrounded: a row per category or time, a column per series."""
        return views.frame(self._session, self._document)

    def svg(
        self,
        *,
        theme: Literal["light", "dark"] = "light",
        width: int | None = None,
        height: int | None = None,
    ) -> str:
        """Return the chart as a picture in SVG; sizes in pixels, not given: what suits its type."""
        return static.svg(self._session, self._id, theme=theme, width=width, height=height)

    def png(
        self,
        *,
        theme: Literal["light", "dark"] = "light",
        width: int | None = None,
        height: int | None = None,
        scale: float = 2.0,
    ) -> bytes:
        """Return the chart as a picture in PNG, with so many dots to a pixel."""
        return static.png(self._session, self._id, theme=theme, width=width, height=height, scale=scale)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        try:
            return {"image/svg+xml": self.svg(), "text/plain": f"{self!r}\n{self.summary()}"}
        except DynReportsError as error:
            return {"text/plain": f"{self!r}\n{error}"}

    def summary(self) -> str:
        """Return in sentences what the chart shows."""
        return draw(self._session, self._document).summary

    # ---- changes --------------------------------------------------------------------------------

    def settings(self, **changes: Any) -> Chart:
        """Change how it is drawn: only the settings that are given.

        Parameters
        ----------
        changes
            ``type``, ``percentages``, ``stacked_100``, ``legend``, ``max_items``, ``others``, ``dual_axis``,
            ``normalized``, ``zero``, ``threshold``, ``granularity``, ``axes``, ``axis_titles``,
            ``hide_title``, ``goals`` (low, mid, high), ``summarize``, ``change``, ``abbreviate``, ``trend``.
        """
        for name in changes:
            if name not in _SETTINGS:
                raise unknown_name("setting", name, _SETTINGS)
        given = dict(changes)
        if "type" in given:
            given["type"] = type_named(given["type"])
        if given.get("goals") is not None:
            given["goals"] = _goals(given["goals"])
        try:
            command = msgspec.convert({"verb": "set_chart", "chart": self._id, **given}, do.SetChart)
        except msgspec.ValidationError as error:
            message = f"That is no setting of a chart: {error}."
            raise InvalidInputError(message) from error
        self._apply(command)
        return self

    def bind(self, table: Table) -> Chart:
        """Draw another table."""
        self._apply(do.BindChart(self._id, table._id))
        return self

    def lock(
        self,
        by: Literal["positions", "items"] | Lock = "items",
        *,
        rows: Sequence[Any] | EllipsisType = ...,
        columns: Sequence[str] = (),
        total: bool = False,
        block: Any = (),
    ) -> Chart:
        """Keep the chart to some cells of its table.

        Parameters
        ----------
        by
            Whether the items stay the same, wherever they stand, or the positions, whatever stands there. A
            `Lock` of the document is taken as it is.
        rows
            Labels or positions of rows, by which these are named; tuples for rows of breakdowns of one row.
            Not given: what is drawn now, or (with ``columns`` or ``total``) all rows or none.
        columns
            Labels of columns; none: all.
        block
            The row whose breakdown is meant, where no rows are named.
        total
            Whether the total row is among the cells. Alone, it is all that the chart reads.
        """
        if str(by) not in ("positions", "items"):
            message = f"A chart can't be locked by {by!r}. Accepted: 'positions', 'items'."
            raise InvalidInputError(message)
        if isinstance(by, (LockItems, LockPositions)):
            self._apply(do.LockChart(self._id, by))
            return self
        if rows is ... and not columns and not total and block == ():
            self._apply(do.LockChart(self._id, by))
            return self
        table = self.source
        if table is None:
            message = "The table of the chart is not there any more: bind it to another one first."
            raise InvalidInputError(message)
        lock = table._lock(by, () if rows is ... else rows, columns, total, block)
        self._apply(do.LockChart(self._id, lock))
        return self

    def unlock(self) -> Chart:
        """Let the chart follow what is selected in its table."""
        self._apply(do.LockChart(self._id, None))
        return self


def type_named(name: object) -> ChartType:
    """Return the type of a name; case does not matter.

    Raises
    ------
    UnknownNameError
        If there is no such type.
    """
    for each in CHART_TYPES:
        if isinstance(name, str) and name.casefold() == each:
            return each
    raise unknown_name("chart", str(name), CHART_TYPES)


def _goals(given: object) -> Goals:
    if isinstance(given, Goals):
        return given
    if (
        isinstance(given, Sequence)
        and len(given) == 3
        and all(isinstance(one, (int, float)) for one in given)
    ):
        return Goals(*map(float, given))
    message = f"goals are three numbers: low, mid and high; got {given!r}."
    raise InvalidInputError(message)
