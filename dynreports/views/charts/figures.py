"""From what a chart reads to its marks: flat rows of numbers and words, one per mark.

Names of fields are our own and always the same; whatever data and people say is only ever a value. ``k`` is
the key of the mark, ``s`` of its series, ``c`` its category (a rank of four digits and the label, so that two
rows of the same label stay two), ``t`` its time (milliseconds of the wall clock, read as UTC), ``v`` what is
drawn, ``a`` the axis that it is read on; ``text``, ``share`` and ``title`` are for people.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dynreports.project.model import Chart
from dynreports.semantics.shares import share
from dynreports.views.charts import moments
from dynreports.views.charts.reading import Measure, Reading, Row
from dynreports.views.charts.times import Timeline, epoch
from dynreports.views.payload import SeriesEntry, wire_path

Mark = dict[str, Any]
Adds = Callable[[], Sequence[bool]]
RANK = 4
"""Digits in front of a category."""
COLORS = 7
"""Colours of series; the eighth is for what is left over."""
REST = 8
TOTAL = "Total"
OTHERS = "Others"
_HOST = re.compile(r"https?://[^/\s]+(?=/)")


@dataclass(frozen=True)
class Category:
    """A place on the axis of categories: a row, all rows left over, the total, or a time.

    ``values`` by measure.
    """

    label: str
    title: str
    values: tuple[float, ...]
    row: Row | None = None
    start: str | None = None
    end: str | None = None

    @property
    def is_rest(self) -> bool:
        """Whether it stands for the rows that are not drawn."""
        return self.row is None and self.label == OTHERS


def axes_of(chart: Chart, measures: Sequence[Measure]) -> tuple[int, ...]:
    """Return by measure which axis it is read on: figures of different units never share one."""
    if chart.percentages or chart.normalized or chart.stacked_100:
        return (0,) * len(measures)
    units = {each.unit for each in measures}
    if chart.kind == "combo" and len(measures) > 1 and len(units) == 1:
        return (*(0 for _ in measures[1:]), 1)
    if chart.dual_axis and len(measures) == 2:
        return (0, 1)
    return tuple(int(each.unit != measures[0].unit) for each in measures)


def entries(labels: Sequence[str]) -> tuple[SeriesEntry, ...]:
    """Return the series of some labels in order: each with a colour and a dash of its own."""
    return tuple(
        SeriesEntry(f"s{index}", label, index % COLORS + 1, (index + index // COLORS) % 4)
        for index, label in enumerate(labels)
    )


# ---- categories ---------------------------------------------------------------------------------


def category(rank: int, label: str) -> str:
    """Return the category of a mark: two rows of the same label stay two."""
    return f"{rank:0{RANK}}{label}"


def categories(chart: Chart, reading: Reading, adds: Adds) -> list[Category]:
    """Return the rows that a chart compares, with what is left over where that is known.

    Parameters
    ----------
    adds
        Returns by measure whether the rows of the table add up to its total.
    """
    if not reading.rows:
        return [Category(TOTAL, TOTAL, reading.total)] if reading.is_total else []
    drawn = reading.rows[: chart.max_items]
    names = without_host([each.label for each in drawn])
    found = [Category(name, each.label, each.values, each) for name, each in zip(names, drawn, strict=True)]
    if chart.others and chart.max_items is not None:
        rest = remainder(reading, drawn, adds)
        if rest is not None and any(each and not math.isnan(each) for each in rest):
            found.append(Category(OTHERS, OTHERS, rest))
    return found


def without_host(labels: Sequence[str]) -> list[str]:
    """Return labels for an axis: addresses of one host without it, as nothing else of them would be seen.

    Examples
    --------
    >>> without_host(["https://a.example/one", "https://a.example/two", "N/A"])
    ['/one', '/two', 'N/A']
    >>> without_host(["https://a.example/one", "https://b.example/one"])
    ['https://a.example/one', 'https://b.example/one']
    """
    hosts = [_HOST.match(each) for each in labels]
    if len({each[0] for each in hosts if each}) != 1:
        return list(labels)
    return [label[host.end() :] if host else label for label, host in zip(labels, hosts, strict=True)]


def remainder(reading: Reading, drawn: Sequence[Row], adds: Adds) -> tuple[float, ...] | None:
    """Return by measure what all rows that are not drawn come to; ``nan`` where rows don't add up.

    Of rows that were chosen by hand: what the chosen ones come to that are not drawn. ``None``: none is left,
    or the rows were put there, and may overlap.
    """
    if reading.by is None:
        return None
    if reading.is_chosen:
        left = reading.rows[len(drawn) :]
        sums = (_sum(left, index) if each.is_additive else math.nan for index, each in _all(reading))
        return tuple(sums) if left else None
    if len(drawn) >= reading.count:
        return None
    return tuple(
        reading.total[index] - _sum(drawn, index) if does_add and measure.is_amount else math.nan
        for (index, measure), does_add in zip(_all(reading), adds(), strict=True)
    )


def _all(reading: Reading) -> Iterator[tuple[int, Measure]]:
    return iter(enumerate(reading.measures))


def _sum(rows: Sequence[Row], index: int) -> float:
    return math.fsum(each.values[index] for each in rows if not math.isnan(each.values[index]))


def times(found: Timeline, now_year: int) -> list[Category]:
    """Return the buckets of a timeline as categories; each line is a measure."""
    return [
        Category(
            moments.short(point.start, found.unit),
            moments.long(point.start, found.unit, now_year),
            tuple(line.values[index] for line in found.lines),
            point.row,
            point.start.isoformat(),
            point.end.isoformat(),
        )
        for index, point in enumerate(found.points)
    ]


def wrapped(label: str, width: int) -> str:
    """Return a label on at most three lines of so many letters."""
    return textwrap.fill(label, width, max_lines=3, placeholder="…", break_on_hyphens=False)


def compared(
    chart: Chart, reading: Reading, places: Sequence[Category], width: int | None = None
) -> list[Mark]:
    """Return the marks of bars, or of lines over categories.

    Parameters
    ----------
    width
        How many letters of a label stand on a line of the axis; ``None``: all.
    """
    axes = axes_of(chart, reading.measures)
    heights = [_height(index, places) for index in range(len(reading.measures))]
    marks = []
    for index, measure in enumerate(reading.measures):
        for rank, place in enumerate(places):
            value = place.values[index]
            drawn = _drawn(chart, value, reading.total[index], heights[index])
            marks.append(
                _mark(rank, index, measure, value, reading.total[index])
                | {
                    "c": category(rank, place.label if not width else wrapped(place.label, width)),
                    "t": None,
                    "v": drawn,
                    "a": axes[index],
                    "title": place.title,
                    "start": place.start,
                    "end": place.end,
                }
                | _address(place.row, measure)
            )
    return marks


def _height(index: int, places: Sequence[Category]) -> float:
    return max(
        (abs(each.values[index]) for each in places if not math.isnan(each.values[index])), default=0.0
    )


def _drawn(chart: Chart, value: float, total: float, height: float) -> float | None:
    """Return the value that is drawn: the figure, its share of the total, or of the highest of its series."""
    if math.isnan(value):
        return None
    if chart.normalized:
        return value / height if height else 0.0
    if chart.percentages:
        return share(value, total)
    return value


# ---- over time ----------------------------------------------------------------------------------


def over_time(chart: Chart, reading: Reading, found: Timeline, now_year: int) -> list[Mark]:
    """Return the marks of lines and areas."""
    axes = axes_of(chart, reading.measures)
    marks = []
    for number, line in enumerate(found.lines):
        measure = reading.measures[line.measure]
        total = reading.total[line.measure]
        there = [abs(each) for each in line.values if not math.isnan(each)]
        for index, (point, value) in enumerate(zip(found.points, line.values, strict=True)):
            marks.append(
                _mark(index, number, measure, value, total)
                | {
                    "c": None,
                    "t": epoch(point.start),
                    "v": _drawn(chart, value, total, max(there, default=0.0)),
                    "a": axes[line.measure],
                    "title": moments.long(point.start, found.unit, now_year),
                    "start": point.start.isoformat(),
                    "end": point.end.isoformat(),
                }
                | _address(line.row or point.row, measure)
            )
    return marks


def line_labels(reading: Reading, found: Timeline, dimension: str) -> list[str]:
    """Return what lines are called: ``Open``, or of a chosen row ``Open [City: Paris]``."""
    return [
        reading.measures[each.measure].label
        if each.row is None
        else f"{reading.measures[each.measure].label} [{dimension}: {each.row.label}]"
        for each in found.lines
    ]


# ---- dots ---------------------------------------------------------------------------------------


def dots(chart: Chart, reading: Reading) -> list[Mark]:
    """Return the marks of a scatter plot: ``v`` up, ``x`` to the right, ``r`` as large as it is."""
    marks = []
    for rank, row in enumerate(reading.rows[: chart.max_items]):
        value = row.values[0]
        across = row.values[1] if len(row.values) > 1 else math.nan
        size = row.values[2] if len(row.values) > 2 else math.nan
        texts = (m.text(v) for v, m in zip(row.values, reading.measures, strict=True))
        marks.append(
            _mark(rank, 0, reading.measures[0], value, reading.total[0])
            | {
                "c": category(rank, row.label),
                "t": None,
                "v": _number(value),
                "x": _number(across),
                "r": _number(size),
                "a": 0,
                "title": row.label,
                "texts": list(texts),
                "start": None,
                "end": None,
            }
            | _address(row, reading.measures[0])
        )
    return marks


# ---- parts of marks -----------------------------------------------------------------------------


def _mark(place: int, series: int, measure: Measure, value: float, total: float) -> Mark:
    part = share(value, total) if measure.is_amount else None
    return {
        "k": f"s{series}-{place}",
        "s": f"s{series}",
        "i": place,
        "figure": _number(value),
        "text": measure.text(value),
        "share": None if part is None else measure.percent(part),
    }


def _address(row: Row | None, measure: Measure) -> Mark:
    path = None if row is None else list(wire_path(row.path))
    return {"path": path, "column": measure.column.id}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
