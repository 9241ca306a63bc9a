"""Every spec that we draw is valid Vega-Lite: it is not checked while people wait."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pandas as pd
import pytest

import dynreports as dr
from dynreports.project.chart_model import CHART_TYPES, NUMBERS
from dynreports.views.charts.importing import altair

from .charted import data, drawing, panel

__all__ = ["data", "panel"]

_TABLES: tuple[dict[str, Any], ...] = (
    {"rows": "City", "columns": ["Visits", "Paid"]},
    {"rows": "Day", "columns": ["Visits", "People", "Mobile rate"]},
)
_SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"percentages": True, "stacked_100": True, "axis_titles": True, "threshold": 50},
    {"dual_axis": True, "max_items": 1, "zero": False},
    {"axes": False},
)


def test_specs_are_valid(panel: Any) -> None:
    specs = {}
    for rows in _TABLES:
        table = panel.table(title=rows["rows"], **rows)
        for kind in (each for each in CHART_TYPES if each not in NUMBERS):
            if len(rows["columns"]) > 2 and (kind.endswith("stacked") or kind in {"donut", "flow"}):
                continue  # rates are not drawn that way
            for settings in _SETTINGS:
                spec = drawing(panel.chart(kind, source=table, **settings)).spec
                specs[json.dumps(spec, sort_keys=True)] = spec
    assert len(specs) > 30
    for spec in specs.values():
        assert spec is not None
        (altair().LayerChart if "layer" in spec else altair().Chart).validate(spec)  # raises what is wrong


def test_a_wrong_spec_would_be_found(panel: Any) -> None:
    spec = drawing(panel.chart("bar", source=panel.table(rows="City", columns=["Visits"]))).spec
    assert spec is not None
    spec["layer"][0]["encoding"]["x"]["axis"]["labelAngel"] = 40
    with pytest.raises(jsonschema.ValidationError, match="labelAngel"):
        altair().LayerChart.validate(spec)


def _axes(spec: Any, way: str) -> Any:
    return spec["layer"][0]["encoding"][way]["axis"]


def test_labels_have_the_room_that_the_place_of_a_chart_has(panel: Any) -> None:
    table = panel.table(rows="City", columns=["Visits"])
    bars, lying = panel.chart("bar", source=table), panel.chart("horizontal bar", source=table)
    assert _axes(drawing(bars).spec, "x")["labelAngle"] == 0
    assert _axes(drawing(lying).spec, "y")["labelLimit"] == 160
    wide = bars.svg()
    bars.place(0, 0, 1, 8)
    lying.place(0, 8, 4, 8)
    assert _axes(drawing(bars).spec, "x")["labelAngle"] == -40
    assert _axes(drawing(lying).spec, "y")["labelLimit"] == 74
    assert _axes(drawing(lying).spec, "y")["labelOverlap"] == "greedy"
    # A picture has a size of its own.
    assert bars.svg() == wide


@pytest.mark.parametrize("kind", ["bar stacked", "horizontal bar stacked"])
def test_hundreds_of_bars_are_seen(kind: str) -> None:
    many = pd.DataFrame({"city": [f"City {index}" for index in range(400)] * 2})
    data = dr.Dataset(many, metrics=[dr.count(label="Visits"), dr.count(label="Others")])
    panel = dr.Project("Many", data).panel("P")
    table = panel.table(rows="City", columns=["Visits", "Others"], limit=400)
    drawn = panel.chart(kind, source=table).svg(width=300, height=300)
    # An edge in the colour of the ground would be wider than the bars that it is around.
    bars = re.findall(r'<path aria-label="[^"]*"[^>]*>', drawn)
    assert len([each for each in bars if 'fill="#4350c8"' in each]) == 400
    assert not [each for each in bars if 'stroke-width="1"' in each]
    few = panel.chart(kind, source=panel.table(rows="City", columns=["Visits", "Others"], limit=5)).svg()
    assert 'stroke-width="1"' in few
