"""Every spec that we draw is valid Vega-Lite: it is not checked while people wait."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

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
            if len(rows["columns"]) > 2 and (kind.endswith("stacked") or kind == "donut"):
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
