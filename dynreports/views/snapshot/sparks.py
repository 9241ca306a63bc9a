"""Sparklines as inline SVG, drawn as widgets/src/grid/spark.ts draws them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dynreports.views.markup import Markup, el

_HIGH = 18


def spark(series: Sequence[float | None] | None) -> Markup | None:
    """Return a line over the period, interrupted where there is no value; ``None`` where there are none."""
    runs = _runs(series or ())
    if not runs:
        return None
    lines = ["L".join(f"{x:g} {y:g}" for x, y in run) for run in runs]
    line = "".join(f"M{each}" for each in lines)
    area = "".join(f"M{each}V{_HIGH}H{run[0][0]:g}z" for each, run in zip(lines, runs, strict=True))
    return el(
        "svg",
        el("path", class_="dr-spark-area", d=area),
        el("path", class_="dr-spark-line", d=line),
        class_="dr-spark", viewBox=f"0 0 100 {_HIGH}", preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip


def _runs(series: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    values = [each for each in series if each is not None and math.isfinite(each)]
    if not values:
        return []
    low = min(0.0, *values)
    span = (max(values) - low) or 1.0
    step = 100 / (len(series) - 1) if len(series) > 1 else 0.0
    runs: list[list[tuple[float, float]]] = []
    is_open = False
    for index, value in enumerate(series):
        if value is None or not math.isfinite(value):
            is_open = False
            continue
        if not is_open:
            runs.append([])
            is_open = True
        y = _HIGH - 1.5 - (value - low) / span * (_HIGH - 2.5)
        runs[-1].append((round(index * step, 1), round(y, 1)))
    return [each if len(each) > 1 else [each[0], (min(100.0, each[0][0] + 1), each[0][1])] for each in runs]
