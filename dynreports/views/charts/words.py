"""Charts in sentences, for those who can't see them, and as a reader would sum them up."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dynreports.project.charting import default_title
from dynreports.project.model import Chart
from dynreports.semantics.nouns import counted
from dynreports.semantics.text import listed
from dynreports.views.charts.figures import Category
from dynreports.views.charts.reading import Measure, Reading
from dynreports.views.charts.times import Timeline

_NAMED = 3


def figure(value: float, measure: Measure) -> str:
    """Return a figure as the table writes it."""
    return measure.text(value)


def over_time(
    chart: Chart, reading: Reading, found: Timeline, names: Sequence[str], places: Sequence[Category]
) -> str:
    """Return what a chart over time shows."""
    if not places:
        return f"{default_title(chart.kind)}: there are no records to draw."
    span = places[0].title if len(places) == 1 else f"{places[0].title} to {places[-1].title}"
    said = [f"{default_title(chart.kind)} of {listed(names)} by {found.unit}, {span}."]
    for index, line in enumerate(found.lines[:_NAMED]):
        said += _extremes(names[index], reading.measures[line.measure], places, index)
    if found.left_out:
        said.append(f"{found.left_out} more of the chosen rows are not drawn.")
    return " ".join(said)


def compared(chart: Chart, reading: Reading, places: Sequence[Category], by: str) -> str:
    """Return what a chart of rows shows."""
    names = [each.label for each in reading.measures]
    if not places:
        return f"{default_title(chart.kind)}: there are no rows to draw."
    count = counted(len(places), "item", reading.locale)
    said = [f"{default_title(chart.kind)} of {listed(names)} by {by}, {count}."]
    for index, measure in enumerate(reading.measures[:_NAMED]):
        said += _extremes(measure.label, measure, places, index)
    if reading.unit is None:
        said += not_drawn(reading, places)
    return " ".join(said)


def not_drawn(reading: Reading, places: Sequence[Category]) -> list[str]:
    """Return how many rows of the table are not drawn by themselves, where there are any."""
    left = 0 if reading.is_chosen else reading.count - sum(each.row is not None for each in places)
    if left <= 0 or not reading.rows:
        return []
    rows = "row is not drawn by itself" if left == 1 else "rows are not drawn by themselves"
    return [f"{reading.locale.count(left)} more {rows}."]


def ring_of_columns(reading: Reading, place: Category) -> str:
    """Return what a ring shows whose slices are columns."""
    parts = (
        f"{measure.label} {figure(value, measure)}"
        for value, measure in zip(place.values, reading.measures, strict=True)
    )
    return f"Donut of {place.title}: {', '.join(parts)}."


def _extremes(name: str, measure: Measure, places: Sequence[Category], index: int) -> list[str]:
    there = [each for each in places if not math.isnan(each.values[index])]
    if not there:
        return [f"{name}: no values."]
    high = max(there, key=lambda each: each.values[index])
    low = min(there, key=lambda each: each.values[index])
    if high.values[index] == low.values[index]:
        return [f"{name}: {figure(high.values[index], measure)} throughout."]
    return [
        f"{name}: from {figure(low.values[index], measure)} ({low.title}) "
        f"to {figure(high.values[index], measure)} ({high.title})."
    ]
