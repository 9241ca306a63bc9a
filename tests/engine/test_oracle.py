"""The engine and the planner equal the oracle, in full."""

from __future__ import annotations

import dataclasses
import math

from hypothesis import HealthCheck, given, settings

from dynreports.engine import planner
from dynreports.engine.frames import FrameEngine
from dynreports.engine.request import BlockResult, RowResult, Series
from tests.engine import strategies
from tests.oracle import Oracle


def flat(value):
    """Return a result as nested tuples that compare equal when they show the same; blanks are equal."""
    if isinstance(value, BlockResult | RowResult | Series):
        fields = dataclasses.fields(value)
        shown = [field.name for field in fields if field.name != "periods"]
        return (type(value).__name__, *((name, flat(getattr(value, name))) for name in shown))
    if isinstance(value, tuple):
        return tuple(flat(each) for each in value)
    if isinstance(value, float):
        return "blank" if math.isnan(value) else float(f"{value:.12g}") + 0.0
    return type(value).__name__, value


@given(strategies.tables())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_table_equals_the_oracle(data):
    frame, zone, request = data
    engine = FrameEngine(frame, zone)
    assert flat(planner.answer(request, engine)) == flat(Oracle(frame, zone).answer(request))


@given(strategies.calendars())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_dates_of_several_periods_equal_the_oracle(data):
    frame, zone, request = data
    engine = FrameEngine(frame, zone)
    assert flat(planner.answer(request, engine)) == flat(Oracle(frame, zone).answer(request))


@given(strategies.pairs())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_was_asked_before_changes_nothing(data):
    frame, zone, first, second = data
    engine = FrameEngine(frame, zone)
    planner.answer(first, engine)
    again = planner.answer(second, engine)
    assert flat(again) == flat(planner.answer(second, FrameEngine(frame, zone)))
    assert flat(again) == flat(planner.answer(second, engine))
