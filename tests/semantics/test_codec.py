"""Structs survive JSON; what is not accepted is refused with its place and what is."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynreports.errors import InvalidInputError
from dynreports.semantics.codec import from_builtins, from_json, to_json
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.keys import TIME_UNITS, FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Metric
from dynreports.semantics.period import Bound, Fixed, Period, Preset, Rolling
from dynreports.semantics.periods import PRESETS
from dynreports.semantics.predicate import (
    And,
    Between,
    Comparison,
    Contains,
    InItems,
    IsIn,
    IsNull,
    Matches,
    Not,
    Or,
    Predicate,
    StartsWith,
    Within,
    field,
)
from dynreports.semantics.wording import (
    expression_as_formula,
    expression_in_words,
    predicate_as_formula,
    predicate_in_words,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
whole = st.integers(-(2**63), 2**63 - 1)
values = st.booleans() | whole | numbers | texts
keys = st.builds(FieldKey, texts, st.none() | texts) | st.builds(TimeKey, texts, st.sampled_from(TIME_UNITS))
simple = st.one_of(
    st.builds(Comparison, texts, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), values),
    st.builds(IsIn, texts, st.lists(values, max_size=4).map(tuple)),
    st.builds(Between, texts, values, values),
    st.builds(IsNull, texts),
    st.builds(Contains, texts, texts),
    st.builds(StartsWith, texts, texts),
    st.builds(Within, texts, texts, texts),
    st.builds(InItems, keys, st.lists(values | st.none(), max_size=4).map(tuple)),
    st.builds(Matches, keys, texts, st.booleans()),
)
predicates = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)
aggregates = st.one_of(
    st.builds(Aggregate, st.just("count"), st.none(), st.none() | predicates),
    st.builds(
        Aggregate, st.sampled_from(["sum", "mean", "min", "max", "distinct"]), texts, st.none() | predicates
    ),
)
expressions = st.recursive(
    aggregates | st.builds(Constant, numbers),
    lambda inner: st.builds(
        Arithmetic, st.sampled_from(["+", "-", "*", "/"]), inner, inner, st.sampled_from(["zero", "blank"])
    ),
    max_leaves=6,
)
metrics = st.builds(Metric, id=texts, label=texts, expression=expressions, decimals=st.integers(0, 6))
units = st.sampled_from(TIME_UNITS)
edges = st.builds(Bound, st.sampled_from(["start", "end"]), units, st.integers(-400, 400), units)
periods = st.one_of(
    st.builds(Rolling, edges, edges),
    st.sampled_from([Preset(each.id) for each in PRESETS]),
    st.tuples(st.dates(), st.dates())
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Fixed(*sorted(day.isoformat() for day in pair))),
)


@given(predicates)
def test_predicates_round_trip(predicate):
    text = to_json(predicate)
    assert from_json(text, Predicate) == predicate
    assert to_json(from_json(text, Predicate)) == text


@given(metrics)
def test_metrics_round_trip(metric):
    assert from_json(to_json(metric), Metric) == metric


@given(periods)
def test_periods_round_trip(period):
    assert from_json(to_json(period), Period) == period


@given(predicates, expressions)
def test_everything_can_be_said(predicate, expression):
    for said in (
        predicate_in_words(predicate),
        predicate_as_formula(predicate),
        expression_in_words(expression),
        expression_as_formula(expression),
    ):
        assert isinstance(said, str)
        assert said


def test_components_round_trip():
    for component in (
        Dimension("city", label="City", caption="city_name", group="Profile"),
        Segment("Young women", where=field("age").between(18, 25) & (field("gender") == "F")),
    ):
        assert from_json(to_json(component), type(component)) == component


def compare(**other):
    return {"type": "compare", "field": "a", "op": "==", "value": 3} | other


def metric(**expression):
    return {"id": "a", "label": "b", "expression": expression}


@pytest.mark.parametrize(
    ("value", "type", "words"),
    [
        (compare(field=1), Predicate, "At field: Expected text, got a whole number."),
        (
            compare(type="compar"),
            Predicate,
            "At type: Invalid value 'compar'. Accepted: compare, in, between",
        ),
        (compare(op="="), Predicate, "At op: Invalid enum value '='. Accepted: !=, <, <=, =="),
        (
            compare(value=None),
            Predicate,
            "At value: Expected true or false, a whole number, a number or text",
        ),
        (compare(x=1), Predicate, "unknown field x"),
        (
            {"type": "and", "parts": [compare(), {"type": "in"}]},
            Predicate,
            r"At parts\[1\]: .* required field",
        ),
        ({"type": "or", "parts": [compare(op="=")]}, Predicate, r"At parts\[0\].op: .*Accepted: !=, <"),
        (
            {"type": "not", "of": {"type": "all"}},
            Predicate,
            "At of.type: Invalid value 'all'. Accepted: compare",
        ),
        (metric(type="aggregate", op="sum"), Metric, "At expression: sum takes a field"),
        (
            metric(type="aggregate", op="median", field="x"),
            Metric,
            "Accepted: count, distinct, max, mean, min, sum[.]",
        ),
    ],
)
def test_refusals_name_place_and_accepted_forms(value, type, words):
    with pytest.raises(InvalidInputError, match=words):
        from_json(json.dumps(value), type)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "This is not JSON"),
        (b"\xff", "This is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"type":"not","of":' * 5000, "nested too deeply"),
    ],
)
def test_refusals_of_what_is_no_json(text, words):
    with pytest.raises(InvalidInputError, match=words):
        from_json(text, Predicate)


def test_from_builtins_checks_alike():
    assert from_builtins({"type": "null", "field": "a"}, Predicate) == IsNull("a")
    with pytest.raises(InvalidInputError, match="At field: Expected text"):
        from_builtins({"type": "null", "field": 1}, Predicate)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (np.int64(3), 3),
        (np.float32(1.5), 1.5),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.datetime64("2026-01-31T10:00", "ns"), "2026-01-31T10:00:00"),
        (np.datetime64("2026-01-31"), "2026-01-31T00:00:00"),
        (pd.Timestamp("2026-01-31"), "2026-01-31T00:00:00"),
        (dt.date(2026, 1, 31), "2026-01-31"),
        (Decimal("1.5"), 1.5),
    ],
)
def test_values_are_stored_as_json_scalars(given, stored):
    comparison = field("x") == given
    assert comparison.value == stored
    assert type(comparison.value) is type(stored)
    assert from_json(to_json(comparison), Predicate) == comparison


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), pd.NaT, pd.NA, [1], object(), 2**64])
def test_values_without_a_json_form_are_refused(value):
    with pytest.raises(InvalidInputError, match="can't be compared with"):
        field("x") == value  # noqa: B015


def test_predicates_have_no_truth_of_their_own():
    with pytest.raises(InvalidInputError, match="not with and, or, not"):
        bool((field("a") == 1) and (field("b") == 2))
