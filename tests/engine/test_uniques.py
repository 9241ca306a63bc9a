"""Distinct counts: with flags, sorted, and together, they equal those that are counted one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dynreports.engine import kernels, uniques
from dynreports.engine.frames import FrameEngine
from dynreports.engine.query import Query
from dynreports.engine.selection import Lookup
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import field

KINDS = [f"kind {number}" for number in range(12)]


def frame(rows: int) -> pd.DataFrame:
    draw = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "group": pd.Categorical.from_codes(draw.integers(-1, 5, rows), list("abcde")),
            "kind": pd.Categorical.from_codes(draw.integers(-1, 12, rows), KINDS),
            "person": pd.array(draw.integers(0, 40, rows), dtype="Int64").astype("Int64"),
            "score": draw.integers(0, 3, rows),
        }
    ).assign(person=lambda each: each["person"].mask(each["score"].eq(0) & each["person"].lt(5)))


def naive(data: pd.DataFrame, kinds: list[str], group: object) -> int:
    found = set()
    for row in data.to_dict("records"):
        of_group = group == "all" or row["group"] == group or (group is None and pd.isna(row["group"]))
        if of_group and row["kind"] in kinds and row["score"] > 0 and not pd.isna(row["person"]):
            found.add(row["person"])
    return len(found)


@pytest.mark.parametrize("rows", [0, 1, 700])
@pytest.mark.parametrize("figures", [2, 8, 11])  # more than are counted at once
@pytest.mark.parametrize("flags", [0, kernels._MOST_FLAGS])
def test_together_equals_one_by_one(
    rows: int, figures: int, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = frame(rows)
    wanted = [KINDS[number : number + 3] for number in range(figures)]
    aggregates = tuple(Aggregate("distinct", "person", field("kind").isin(kinds)) for kinds in wanted)
    counted = []
    monkeypatch.setattr(uniques, "count", lambda *a, of=uniques.count: counted.append(1) or of(*a))
    monkeypatch.setattr(kernels, "_MOST_FLAGS", flags)
    engine = FrameEngine(data, "UTC")
    items = ("a", "b", "c", "d", "e", None)
    for by, names in ((FieldKey("group"), items), (None, ("all",))):
        query = Query(by, field("score") > 0, aggregates, None if by is None else items)
        answer = engine.answer(query)
        for aggregate, kinds in zip(aggregates, wanted, strict=True):
            assert answer.values[aggregate].tolist() == [naive(data, kinds, name) for name in names]
    assert counted or flags or not rows


@pytest.mark.parametrize("different", [50, 1 << 22])  # packed into 32 bits, and into 64
def test_codes_of_any_width(different: int) -> None:
    draw = np.random.default_rng(3)
    groups, marks = draw.integers(0, 300, 900), draw.integers(0, 9, 900).astype(np.uint8)
    entities = draw.choice(draw.integers(0, different, 40), 900)
    counted = [{0, 3}, {8}]
    lookups = [Lookup(marks, np.isin(np.arange(9), list(kinds))) for kinds in counted]
    found = uniques.count(groups, 300, entities, different, marks, lookups)
    rows = list(zip(groups, entities, marks, strict=True))
    for kinds, (by_group, in_all) in zip(counted, found, strict=True):
        pairs = {(group, entity) for group, entity, mark in rows if mark in kinds}
        assert by_group.tolist() == [sum(of == group for of, _ in pairs) for group in range(300)]
        assert in_all.tolist() == [len({entity for _, entity in pairs})]


@pytest.mark.parametrize("flags", [0, kernels._MOST_FLAGS])
@pytest.mark.parametrize("size", [7, 300])
@pytest.mark.parametrize("rows", [0, 1, 100_000])  # more than a piece
def test_entities_of_groups_and_of_all(
    rows: int, size: int, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernels, "_MOST_FLAGS", flags)
    draw = np.random.default_rng(3)
    groups = draw.integers(0, size - 2, rows).astype(np.uint16)  # the last groups have nobody
    entities = draw.choice(np.arange(0, 5_000, 3), rows).astype(np.uint32)
    pairs = set(zip(groups.tolist(), entities.tolist(), strict=True))
    by_group, in_all = kernels.distinct(groups, size, entities, 5_000)
    assert by_group.tolist() == [sum(of == group for of, _ in pairs) for group in range(size)]
    assert in_all.tolist() == [len({entity for _, entity in pairs})]
    assert np.isnan(kernels.distinct(groups, size, entities, 5_000, in_all=False)[1]).all()
    for each in kernels.distinct(None, 1, entities, 5_000):
        assert each.tolist() == in_all.tolist()


def test_entities_of_the_rows_that_count() -> None:
    draw = np.random.default_rng(11)
    groups = draw.integers(0, 6, 100_000).astype(np.uint8)
    entities = draw.integers(0, 900, 100_000).astype(np.uint16)
    for share in (0.0, 0.001, 0.6):
        mask = draw.random(100_000) < share
        by_group, in_all = kernels.flagged(groups, 6, entities, 900, True, mask)
        wanted = kernels.distinct(groups[mask], 6, entities[mask], 900)
        assert (by_group.tolist(), in_all.tolist()) == (wanted[0].tolist(), wanted[1].tolist())
