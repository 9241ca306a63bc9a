"""Every type that a frame stores values in is read as what it is."""

from __future__ import annotations

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from dynreports.engine.columns import read
from dynreports.engine.frames import FrameEngine
from dynreports.engine.query import Query
from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import field

MOMENT = pd.Timestamp("2026-05-16T10:30:00", tz="UTC")
COUNT = Aggregate("count")
SERIES = {
    "str": (pd.Series(["b", None, "a"], dtype="str"), "text", ["b", "a"]),
    "object text": (pd.Series(["b", None, "a"], dtype=object), "text", ["b", "a"]),
    "arrow text": (pd.Series(["b", None, "a"], dtype=pd.ArrowDtype(pa.string())), "text", ["b", "a"]),
    "arrow dictionary": (
        pd.Series(pd.array(pa.array(["b", None, "a"]).dictionary_encode())).astype(
            pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))
        ),
        "text",
        ["b", "a"],
    ),
    "category": (pd.Series(["b", None, "a"], dtype="category"), "text", ["b", "a"]),
    "numbers as category": (pd.Series([2, None, 1], dtype=pd.CategoricalDtype([2, 1, 5])), "number", [2, 1]),
    "int8": (pd.Series([100, -128, 127], dtype="int8"), "number", [100, -128, 127]),
    "uint64": (pd.Series([2**64 - 1, 0, 5], dtype="uint64"), "number", [2**64 - 1, 0, 5]),
    "large int64": (pd.Series([2**62, -(2**62), 7]), "number", [2**62, -(2**62), 7]),
    "Int64": (pd.Series([3, None, 1], dtype="Int64"), "number", [3, 1]),
    "float64": (pd.Series([1.5, np.nan, -0.0]), "number", [1.5, 0.0]),
    "float32": (pd.Series([1.5, np.nan, 2.0], dtype="float32"), "number", [1.5, 2.0]),
    "Float64": (pd.Series([1.5, None, 2.0], dtype="Float64"), "number", [1.5, 2.0]),
    "arrow decimal": (
        pd.Series([decimal.Decimal("1.50"), None], dtype=pd.ArrowDtype(pa.decimal128(5, 2))),
        "number",
        [1.5],
    ),
    "object numbers": (
        pd.Series([1, 2.5, None, decimal.Decimal(3)], dtype=object),
        "number",
        [1.0, 2.5, 3.0],
    ),
    "object whole": (pd.Series([1, None, 3], dtype=object), "number", [1, 3]),
    "bool": (pd.Series([True, False]), "bool", [True, False]),
    "boolean": (pd.Series([True, None], dtype="boolean"), "bool", [True]),
    "arrow bool": (pd.Series([True, None], dtype="bool[pyarrow]"), "bool", [True]),
    "object bool": (pd.Series([False, None], dtype=object), "bool", [False]),
    "time": (pd.Series([MOMENT, pd.NaT]), "time", ["2026-05-16T10:30:00+00:00"]),
    "time in another zone": (
        pd.Series([MOMENT.tz_convert("Asia/Tokyo")]),
        "time",
        ["2026-05-16T10:30:00+00:00"],
    ),
    "seconds": (
        pd.Series([MOMENT.tz_localize(None)], dtype="datetime64[s]"),
        "time",
        ["2026-05-16T10:30:00+00:00"],
    ),
    "nanoseconds": (
        pd.Series(pd.to_datetime(["2026-05-16T10:30:00.123456789Z"])),
        "time",
        ["2026-05-16T10:30:00.123456789+00:00"],
    ),
    "arrow time": (
        pd.Series([MOMENT, None], dtype=pd.ArrowDtype(pa.timestamp("ms", "Asia/Tokyo"))),
        "time",
        ["2026-05-16T10:30:00+00:00"],
    ),
    "arrow date": (
        pd.Series([dt.date(2026, 5, 16), None], dtype=pd.ArrowDtype(pa.date32())),
        "time",
        ["2026-05-16"],
    ),
    "dates": (pd.Series([dt.date(2026, 5, 16), None], dtype=object), "time", ["2026-05-16"]),
    "times as category": (
        pd.Series([MOMENT, pd.NaT], dtype="category"),
        "time",
        ["2026-05-16T10:30:00+00:00"],
    ),
    "period": (pd.Series([pd.Period("2026-05", "M"), pd.NaT]), "time", ["2026-05-01"]),
    "timedelta": (pd.Series([pd.Timedelta("90s"), pd.NaT]), "number", [90.0]),
    "mixture": (pd.Series([1, "a", None, True], dtype=object), "text", ["1", "a", "True"]),
    "lists": (pd.Series([[1], [1], None], dtype=object), "text", ["[1]"]),
    "intervals": (pd.Series(pd.cut([1, 2], [0, 1, 2])), "text", ["(0, 1]", "(1, 2]"]),
    "nothing": (pd.Series([None, None], dtype=object), "nothing", []),
    "arrow nothing": (pd.Series([None], dtype=pd.ArrowDtype(pa.null())), "nothing", []),
    "all missing text": (pd.Series([None, None], dtype="str"), "text", []),
    "empty": (pd.Series([], dtype="float64"), "number", []),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_is_read_as_items(name):
    series, kind, items = SERIES[name]
    assert read(series, "x", "UTC").kind == kind
    engine = FrameEngine(pd.DataFrame({"x": series}), "UTC")
    answer = engine.answer(Query(FieldKey("x"), None, (COUNT, Aggregate("distinct", "x"))))
    found = dict(zip(answer.items, answer.values[COUNT].astype(int).tolist(), strict=True))
    assert {item for item in found if item is not None} == set(items)
    assert {type(item) for item in found if item is not None} == {type(item) for item in items}
    assert found.get(None, 0) == int(series.isna().sum())
    assert engine.answer(Query(None, None, (Aggregate("distinct", "x"),))).values.popitem()[1] == len(items)


@pytest.mark.parametrize("name", SERIES)
def test_every_item_is_found_again(name):
    engine = FrameEngine(pd.DataFrame({"x": SERIES[name][0]}), "UTC")
    for each in engine.items(FieldKey("x")):
        assert engine.find_item(FieldKey("x"), each.item) == each.item
        if each.label is not None:
            assert engine.find_item(FieldKey("x"), each.label) == each.item


@pytest.mark.parametrize(
    ("series", "where", "words"),
    [
        (pd.Series(["a"]), field("x") == 1, "text"),
        (pd.Series([1]), field("x") == "1", "numbers"),
        (pd.Series([1]), field("x") == True, "numbers"),  # noqa: E712
        (pd.Series([True]), field("x") == 1, "True and False"),
        (pd.Series([True]), field("x") < True, "more or less"),
        (pd.Series([MOMENT]), field("x") == 3, "dates"),
        (pd.Series([MOMENT]), field("x") == "yesterday", "no date"),
    ],
)
def test_what_cannot_be_compared_is_said_not_silently_empty(series, where, words):
    engine = FrameEngine(pd.DataFrame({"x": series}), "UTC")
    with pytest.raises(InvalidInputError, match=words):
        engine.answer(Query(None, where, (COUNT,)))


def test_text_has_no_sum_and_no_calendar():
    engine = FrameEngine(pd.DataFrame({"x": ["a"]}), "UTC")
    with pytest.raises(InvalidInputError, match="no numbers"):
        engine.answer(Query(None, None, (Aggregate("sum", "x"),)))
    with pytest.raises(InvalidInputError, match="no dates"):
        engine.answer(Query(TimeKey("x", "day"), None, (COUNT,)))


def test_dates_are_compared_in_the_zone_of_the_dataset():
    engine = FrameEngine(pd.DataFrame({"x": [pd.Timestamp("2026-05-15T23:00:00Z")]}), "Europe/Paris")
    for where, expected in ((field("x") >= "2026-05-16", 1), (field("x") >= "2026-05-16T00:00:00+00:00", 0)):
        assert engine.answer(Query(None, where, (COUNT,))).values[COUNT] == [expected]
