"""Charts: from the figures of their tables to specs, numbers and words. No Jupyter here.

``payload`` is what the browser draws, ``drawing.draw`` what all else starts from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from dynreports.errors import DynReportsError
from dynreports.project import tree
from dynreports.project.model import Chart, LockItems
from dynreports.project.session import Session
from dynreports.views.charts import offers
from dynreports.views.charts.complete import complete as completed
from dynreports.views.charts.drawing import Drawing, draw, draw_reading
from dynreports.views.charts.reading import Reading, SourceMissingError, read
from dynreports.views.payload import ChartPayload, ChartSource, ChartTable, Failure

if TYPE_CHECKING:
    import pandas as pd

_NO_SETTINGS = {"id", "kind", "source", "lock", "collapsed", "place"}


def payload(session: Session, chart: Chart, colors: Mapping[str, int], revision: int) -> ChartPayload:
    """Return what the browser draws of a chart; of one that can't be drawn, why.

    Parameters
    ----------
    colors
        Which colour is each table's own.
    revision
        A number that grows with every payload.
    """
    reading = None
    try:
        reading = read(session, chart)
        drawing = draw_reading(session, chart, reading)
    except DynReportsError as error:
        return _payload(session, chart, colors, revision, reading, failure=_failure(error))
    return _payload(session, chart, colors, revision, reading, drawing=drawing)


def failed(
    session: Session, chart: Chart, colors: Mapping[str, int], revision: int, error: Exception
) -> ChartPayload:
    """Return what the browser draws of a chart that can't be drawn: why it can't."""
    return _payload(session, chart, colors, revision, _reading(session, chart), failure=_failure(error))


def _failure(error: Exception) -> Failure:
    missing = isinstance(error, SourceMissingError)
    title = "Source missing" if missing else "This chart can't be drawn."
    name = type(error).__name__
    return Failure(title, str(error) or name, "" if missing else f"{name}: {error}")


def _payload(
    session: Session,
    chart: Chart,
    colors: Mapping[str, int],
    revision: int,
    reading: Reading | None,
    *,
    drawing: Drawing | None = None,
    failure: Failure | None = None,
) -> ChartPayload:
    return ChartPayload(
        id=chart.id,
        revision=revision,
        status="error" if drawing is None else "ready",
        type=chart.kind,
        error=failure,
        source=_source(session, chart, colors),
        locked=None if chart.lock is None else "items" if isinstance(chart.lock, LockItems) else "positions",
        spec=None if drawing is None else drawing.spec,
        figures=() if drawing is None else drawing.marks,
        series=drawing.series if drawing is not None and chart.legend else (),
        parts=None if drawing is None else drawing.parts,
        value=None if drawing is None else drawing.value,
        settings=settings(chart),
        offers={} if reading is None else offers.settings(chart, reading),
        granularities=offers.granularities(),
        types=offers.types(reading, session.dataset),
        summary="" if drawing is None else drawing.summary,
        table=ChartTable() if drawing is None else drawing.table,
    )


def settings(chart: Chart) -> dict[str, Any]:
    """Return every setting of a chart by the name that `SetChart` gives it."""
    found = {name: value for name, value in asdict(chart).items() if name not in _NO_SETTINGS}
    return {"type": chart.kind} | found


def _reading(session: Session, chart: Chart) -> Reading | None:
    try:
        return read(session, chart)
    except DynReportsError:
        return None


def _source(session: Session, chart: Chart, colors: Mapping[str, int]) -> ChartSource | None:
    for _, table in tree.tables(session.project):
        if table.id == chart.source:
            return ChartSource(table.id, table.title, colors[table.id])
    return None


def complete(session: Session, chart: Chart) -> dict[str, Any] | None:
    """Return the Vega-Lite spec of a chart with its figures, in light colours; ``None`` for summaries."""
    return completed(draw(session, chart))


def frame(session: Session, chart: Chart) -> pd.DataFrame:
    """Return the figures behind a chart, unrounded: a row per category or time, a column per series."""
    import pandas as pd

    drawing = draw(session, chart)
    index = pd.Index([each.title for each in drawing.places], dtype="str", name=drawing.head)
    rows = [each.values for each in drawing.places]
    return pd.DataFrame(rows, index=index, columns=pd.Index(drawing.names, dtype="str"), dtype="float64")


def value(session: Session, chart: Chart) -> float | None:
    """Return the figure of a summary; ``None`` for other types."""
    return draw(session, chart).number
