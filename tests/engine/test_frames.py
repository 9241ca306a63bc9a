"""What the engine promises beside its figures: names, versions, caches, and what only larger data reach."""

from __future__ import annotations

import dataclasses
import gc

import numpy as np
import pandas as pd
import pytest

from dynreports.engine.cache import BytesCache
from dynreports.engine.frames import FrameEngine, engine_for
from dynreports.engine.query import Query
from dynreports.errors import InvalidInputError, UnknownNameError
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import InItems, IsNull, Predicate, Within, field

COUNT = Aggregate("count")
NAMED = FieldKey("id", "name")


@pytest.fixture
def engine() -> FrameEngine:
    frame = pd.DataFrame(
        {
            "id": [1, 1, 2, 3, 4, None],
            "name": ["Spring", "Spring again", "Summer", "spring", None, "nobody"],
            "time": pd.to_datetime(
                ["2026-05-16T10:20", "2026-05-17", "2026-06-01", None, None, None], utc=True, format="ISO8601"
            ),
        }
    )
    return FrameEngine(frame, "Europe/Paris", version=3)


def test_items_come_in_label_order_with_the_missing_item_last(engine):
    assert list(engine.items(NAMED)) == [
        (4, "4", None),
        (1, "Spring", "1"),  # the caption of the first record that has one
        (3, "spring", "3"),
        (2, "Summer", "2"),
        (None, None, None),
    ]
    assert len(engine.items(NAMED)[:2]) == 2


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Spring", 1),
        ("spring", 3),
        ("SUMMER", 2),
        ("Summer (2)", 2),
        ("4", 4),
        (3, 3),
        ("N/A", None),
        (None, None),
    ],
)
def test_an_item_is_found_by_label_by_caption_or_by_identity(engine, text, item):
    assert engine.find_item(NAMED, text) == item


def test_an_unknown_or_ambiguous_item_is_refused_with_names(engine):
    with pytest.raises(UnknownNameError, match="Did you mean: Summer"):
        engine.find_item(NAMED, "Sumer")
    with pytest.raises(InvalidInputError, match=r"2 items.*Spring \(1"):
        engine.find_item(NAMED, "SPRING")
    with pytest.raises(UnknownNameError, match="id"):
        engine.answer(Query(FieldKey("idd"), None, (COUNT,)))


def test_calendar_items_are_found_by_label(engine):
    assert engine.find_item(TimeKey("time", "month"), "jun 2026") == "2026-06-01"
    assert engine.find_item(TimeKey("time", "hour"), "May 16, 2026 12:00 PM") == "2026-05-16T12:00:00+02:00"


def test_the_span_of_the_data_contains_its_last_record(engine):
    span = engine.span("time")
    assert engine.answer(Query(None, span, (COUNT,))).values[COUNT] == [3]
    assert FrameEngine(pd.DataFrame({"time": pd.to_datetime([None])}), "UTC").span("time") is None


def test_items_that_are_asked_for_are_answered_even_without_records(engine):
    mean = Aggregate("mean", "id")
    answer = engine.answer(Query(FieldKey("name"), None, (COUNT, mean), ("Summer", "Winter", None)))
    assert answer.items == ["Summer", "Winter", None]
    assert answer.values[COUNT].tolist() == [1, 0, 1]
    assert np.isnan(answer.values[mean]).tolist() == [False, True, False]


@pytest.mark.parametrize("count", [0, 1])
def test_a_frame_of_next_to_nothing_answers(count):
    frame = pd.DataFrame({"a": ["x"], "b": [1.0], "time": pd.to_datetime(["2026-05-16"], utc=True)})[:count]
    engine = FrameEngine(frame, "Europe/Paris")
    for key in (FieldKey("a"), FieldKey("b"), TimeKey("time", "day"), TimeKey("time", "minute")):
        assert len(engine.answer(Query(key, None, (COUNT, Aggregate("distinct", "b")))).groups) == count
    for op in ("sum", "mean", "min", "max"):
        value = engine.answer(Query(None, None, (Aggregate(op, "b"),))).values[Aggregate(op, "b")][0]
        assert value == (1.0 if count else 0.0) if op == "sum" or count else np.isnan(value)


@dataclasses.dataclass(eq=False)
class Source:
    content: pd.DataFrame
    timezone: str = "UTC"
    version: int = 1


def test_a_dataset_has_one_engine_per_version():
    source = Source(pd.DataFrame({"a": [1]}))
    first = engine_for(source)
    assert engine_for(source) is first
    assert engine_for(Source(source.content)) is not first
    source.content, source.version = pd.DataFrame({"a": [1, 2]}), 2
    second = engine_for(source)
    assert second.version == 2
    assert second.answer(Query(None, None, (COUNT,))).values[COUNT] == [2]


def test_an_engine_goes_with_its_dataset():
    from dynreports.engine import frames

    source = Source(pd.DataFrame({"a": [1]}))
    engine_for(source)
    before = len(frames._engines)
    del source
    gc.collect()
    assert len(frames._engines) == before - 1


def test_a_figure_is_computed_once(monkeypatch):
    engine = FrameEngine(pd.DataFrame({"a": ["x", "y"], "b": [1, 2]}), "UTC")
    ran = []
    run = engine._passes.run
    monkeypatch.setattr(
        engine._passes, "run", lambda by, tasks, **more: ran.append(list(tasks)) or run(by, tasks, **more)
    )
    one, other = Aggregate("sum", "b", field("a") == "x"), Aggregate("distinct", "b")
    engine.answer(Query(FieldKey("a"), None, (one,)))
    engine.answer(Query(FieldKey("a"), None, (one, other)))
    engine.answer(Query(FieldKey("a"), field("a") == "x", (Aggregate("sum", "b"),)))  # the same conjunction
    engine.answer(Query(None, None, (one, other)))  # totals came along with the rows
    computed = [task.op for tasks in ran for task in tasks if task.op != "count"]
    assert computed == ["sum", "distinct"]


def test_a_bounded_cache_forgets_what_was_used_longest_ago():
    cache: BytesCache[str] = BytesCache(10)
    cache.put("a", "A", 4)
    cache.put("b", "B", 4)
    assert cache.get("a") == "A"
    cache.put("c", "C", 4)
    assert (cache.get("a"), cache.get("b"), cache.get("c"), cache.used) == ("A", None, "C", 8)
    cache.put("c", "CC", 6)
    cache.put("d", "D", 11)
    assert (cache.get("c"), cache.get("d"), cache.used) == ("CC", None, 10)


COUNTED = 300_000


@pytest.fixture(scope="module")
def large() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    numbers = rng.integers(0, 100_000, COUNTED)
    return pd.DataFrame(
        {
            "kind": pd.Categorical(rng.choice(["a", "b", "c", None], COUNTED, p=[0.6, 0.35, 0.03, 0.02])),
            "many": pd.Series(numbers).map("item {}".format),
            "number": numbers,
            "wide": rng.integers(-(2**40), 2**40, COUNTED),
            "amount": np.where(rng.random(COUNTED) < 0.1, np.nan, rng.integers(0, 400, COUNTED) / 4),
            "time": pd.Timestamp("2026-01-01", tz="UTC")
            + pd.to_timedelta(np.sort(rng.integers(0, 10**7, COUNTED)), unit="s"),
        }
    )


JANUARY = Within("time", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00")
ODD = Within("time", "2026-01-01T00:00:01+00:00", "2026-02-03T04:05:06+00:00")


def by_hand(frame: pd.DataFrame, where: Predicate | None) -> pd.Series:
    in_january = frame["time"] < pd.Timestamp("2026-02-01", tz="UTC")
    odd = (frame["time"] >= pd.Timestamp(ODD.start)) & (frame["time"] < pd.Timestamp(ODD.end))
    return {
        str(None): pd.Series(True, index=frame.index),
        str(field("kind") == "a"): frame["kind"] == "a",
        str(InItems(FieldKey("kind"), ("c",))): frame["kind"] == "c",
        str(field("amount") > 50): frame["amount"] > 50,
        str(~(field("amount") > 50)): ~(frame["amount"] > 50),
        str(field("amount") != 50): (frame["amount"] != 50) & frame["amount"].notna(),
        str(IsNull("amount")): frame["amount"].isna(),
        str(JANUARY): in_january,
        str(ODD): odd,
        str(JANUARY & (field("kind") == "b")): in_january & (frame["kind"] == "b"),
        str(JANUARY | (field("wide") < 0)): in_january | (frame["wide"] < 0),
        str(field("number").between(5, 99_000)): frame["number"].between(5, 99_000),
    }[str(where)]


CONDITIONS = [
    None,
    field("kind") == "a",
    InItems(FieldKey("kind"), ("c",)),
    field("amount") > 50,
    ~(field("amount") > 50),
    field("amount") != 50,
    IsNull("amount"),
    JANUARY,
    ODD,
    JANUARY & (field("kind") == "b"),
    JANUARY | (field("wide") < 0),
    field("number").between(5, 99_000),
]


@pytest.mark.parametrize("by", ["kind", "many", "number", None])
def test_many_rows_give_what_pandas_gives(large, by):
    """Sparse and dense selections, lists and flags, short and long codes, in any order of asking."""
    engine = FrameEngine(large, "UTC")
    key = FieldKey(by) if by else None
    for where in [*CONDITIONS, *CONDITIONS[::-1]]:
        kept = large[by_hand(large, where)]
        measures = (
            COUNT,
            Aggregate("sum", "amount"),
            Aggregate("mean", "amount"),
            Aggregate("min", "amount"),
            Aggregate("max", "wide"),
            Aggregate("distinct", "number"),
            Aggregate("count", where=field("kind") == "b"),
            Aggregate("distinct", "wide", field("amount") > 50),
        )
        answer = engine.answer(Query(key, where, measures))
        kept = kept.assign(b=kept["kind"] == "b", w=kept["wide"].where(kept["amount"] > 50))
        groups = (
            kept.groupby(by, observed=True, dropna=False)
            if by
            else kept.groupby(np.zeros(len(kept), dtype=int))
        )
        expected = pd.DataFrame(
            {
                0: groups.size(),
                1: groups["amount"].sum(),
                2: groups["amount"].mean(),
                3: groups["amount"].min(),
                4: groups["wide"].max(),
                5: groups["number"].nunique(),
                6: groups["b"].sum(),
                7: groups["w"].nunique(),
            }
        ).astype(float)
        found = pd.DataFrame({index: answer.values[each] for index, each in enumerate(measures)})
        found.index = (
            pd.Index([np.nan if item is None else item for item in answer.items]) if by else expected.index
        )
        expected.index = pd.Index(expected.index.astype(object))
        found.index = pd.Index(found.index.astype(object))
        pd.testing.assert_frame_equal(
            found.reindex(expected.index), expected, check_names=False, check_index_type=False
        )
        assert len(found) == len(expected)


def test_items_asked_for_one_by_one_are_the_same_before_and_after_rows_are_ordered(large):
    engine = FrameEngine(large, "UTC")
    for _ in range(3):
        for item, share in (("c", "c"), ("b", "b"), ("c", "c")):
            engine.clear_results()
            where = InItems(FieldKey("kind"), (item,))
            answer = engine.answer(Query(FieldKey("kind"), where, (Aggregate("distinct", "number"),)))
            assert answer.values.popitem()[1] == [large[large["kind"] == share]["number"].nunique()]


def test_a_query_prepared_for_many_items_gives_what_each_alone_gives(large):
    measures = (COUNT, Aggregate("distinct", "number"), Aggregate("mean", "amount"), Aggregate("max", "wide"))
    outer, inner = FieldKey("kind"), TimeKey("time", "week")
    prepared, alone = FrameEngine(large, "UTC"), FrameEngine(large, "UTC")
    prepared.prepare(Query(inner, ODD, measures), outer, ("a", "c", None))
    for item in ("a", "b", "c", None):
        query = Query(inner, ODD & InItems(outer, (item,)), measures)
        one, other = prepared.answer(query), alone.answer(query)
        assert one.items == other.items
        for measure in measures:
            np.testing.assert_array_equal(one.values[measure], other.values[measure])
