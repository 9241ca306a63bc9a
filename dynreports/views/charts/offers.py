"""Which types and settings make sense for what a chart reads, and why others don't."""

from __future__ import annotations

from dynreports.project.chart_model import CHART_TYPES, NUMBERS, OVER_TIME, STACKED, ChartType
from dynreports.project.model import Chart
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import TIME_UNITS
from dynreports.semantics.text import listed
from dynreports.views.charts.reading import Reading

_BARS = ("bar", "bar stacked", "horizontal bar", "horizontal bar stacked")
_AXES = (*OVER_TIME, *_BARS, "combo", "scatter")
_NO_PARTS = "Averages and rates are no parts of a whole: only counts and sums can be {}."


def reason(kind: ChartType, reading: Reading, dataset: Dataset) -> str | None:
    """Return why what is read can't be drawn as a type; ``None``: it can."""
    measures = reading.measures
    if kind in OVER_TIME and reading.unit is None and dataset.time is None:
        return "This data has no date-time field, so there is nothing to draw over time."
    if kind in STACKED and not all(each.is_amount for each in measures):
        return _NO_PARTS.format("stacked")
    if kind == "donut" and not all(each.is_amount for each in measures):
        return _NO_PARTS.format("slices of a donut")
    if kind == "scatter" and len(measures) < 2:
        return "A scatter plot needs two columns: one for how high, one for how far right its dots are."
    if kind == "flow":
        return _no_flow(reading)
    return None


def _no_flow(reading: Reading) -> str | None:
    """Return why columns are no stages."""
    rates = [each.label for each in reading.measures if not each.is_amount]
    if rates:
        return (
            f"Averages, rates and changes are no stages of a flow: only counts and sums are. "
            f"Take {listed(rates)} out of the columns that are drawn, or choose bars."
        )
    if len(reading.measures) < 2:
        return "A flow needs two columns or more: each is a stage, in their order."
    return None


def types(reading: Reading | None, dataset: Dataset) -> dict[str, str | None]:
    """Return for each type why it can't be drawn."""
    return {kind: None if reading is None else reason(kind, reading, dataset) for kind in CHART_TYPES}


def settings(chart: Chart, reading: Reading) -> dict[str, str | None]:
    """Return the settings that mean something for a type, and why they can't be set."""
    kind, measures = chart.kind, reading.measures
    found: dict[str, str | None] = {"type": None, "title": None, "hide_title": None}
    if kind in NUMBERS:
        found |= {"abbreviate": None, "trend": None}
        return found | ({"summarize": None} if kind == "summary number" else {"change": None})
    amounts = all(each.is_amount for each in measures)
    found["legend"] = None
    if kind in (*_BARS, "area", "area stacked", "donut", "bullet"):
        found["percentages"] = None if amounts else _NO_PARTS.format("shown as shares of a total")
    if kind in STACKED:
        found["stacked_100"] = None
    if kind not in OVER_TIME and kind != "bullet":
        all_times = reading.unit is not None and reading.is_gapless and kind in (*_BARS, "combo")
        found["max_items"] = "All times of the page are drawn." if all_times else None
    if kind == "flow":
        found |= {"others": None, "axes": None}
    if kind in (*_BARS, "combo"):
        found["others"] = _no_others(chart, reading)
    if kind in ("line", "area", "bar", "horizontal bar"):
        found["dual_axis"] = None if len(measures) == 2 else "Two axes need exactly two columns."
        several = "Scaling to the same height needs two columns or more."
        found["normalized"] = None if len(measures) > 1 else several
    if kind in _AXES:
        found |= {"axes": None, "axis_titles": None, "threshold": None}
        found["zero"] = "Stacks always start at zero." if kind in STACKED else None
    if kind in OVER_TIME:
        by_rows = "The rows of the table are times already: choose another time unit there."
        found["granularity"] = by_rows if reading.unit is not None else None
    if kind == "bullet":
        found["goals"] = None
    return found


def _no_others(chart: Chart, reading: Reading) -> str | None:
    if chart.max_items is None:
        return "All rows of the page are drawn: limit the items first."
    if not any(each.is_additive for each in reading.measures):
        return "These figures don't add up, so what is left over is not known."
    return None


def granularities() -> tuple[str, ...]:
    """Return the time units that trends can be drawn by."""
    return TIME_UNITS
