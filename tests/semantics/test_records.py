"""What fits what follows from the records: conditions are decided as far as the records tell."""

from __future__ import annotations

import pandas as pd
import pytest

import dynreports as dr
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.predicate import And, InItems, Or, field
from dynreports.semantics.records import RecordKind, may_hold

FLIGHT = RecordKind("flights", {"kind": "flight", "delay": None}, frozenset({"gate", "seat"}), "air")
BOARDING = RecordKind("boardings", {"kind": "boarding"}, frozenset(), "air")
TRAIN = RecordKind("train rides", {"kind": "train"}, frozenset({"gate"}), "rail")

KIND, DELAY, CITY = field("kind"), field("delay"), field("city")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (None, True),
        (KIND == "flight", True),
        (KIND != "flight", False),
        (KIND.isin(["boarding", "train"]), False),
        (CITY == "Paris", True),
        (~(CITY == "Paris"), True),
        ((CITY == "Paris") & (KIND == "train"), False),
        ((CITY == "Paris") | (KIND == "train"), True),
        (~((CITY == "Paris") | (KIND == "flight")), False),
        (DELAY.is_null(), True),
        (DELAY > 5, False),
        (~(DELAY > 5), True),
        (DELAY.between(0, 9), False),
        (InItems(FieldKey("delay"), (None,)), True),
        (InItems(FieldKey("kind"), ("train", None)), False),
        (And(()), True),
        (Or(()), False),
    ],
)
def test_what_a_kind_of_records_can_match(where: object, expected: bool) -> None:
    assert may_hold(where, FLIGHT.values) is expected  # type: ignore[arg-type]


FLIGHTS, BOARDINGS = dr.count(where=KIND == "flight", label="Flights"), dr.count(
    where=KIND == "boarding", label="Boardings"
)  # fmt: skip
TRAINS = dr.count(where=KIND == "train", label="Trains")
SHARE = (BOARDINGS / FLIGHTS).named("Share")
PER_TRAIN = (BOARDINGS / TRAINS).named("Per train")
TRIPS = (FLIGHTS + TRAINS).named("Trips")


def test_a_metric_fits_when_all_its_records_carry_the_dimension() -> None:
    rows = [{"kind": "flight", "gate": "A", "seat": 1, "city": "Paris", "delay": 1.0}]
    data = dr.Dataset(
        pd.DataFrame(rows),
        dimensions=["gate", "seat", "city"],
        metrics=[FLIGHTS, BOARDINGS, TRAINS, SHARE, PER_TRAIN, TRIPS],
        records=[FLIGHT, BOARDING, TRAIN],
        infer=False,
    )
    misfits = {
        (dimension.id, metric.id): data.catalog.misfit(Ref("dimension", dimension.id), metric.id)
        for dimension in data.catalog.dimensions
        for metric in data.catalog.metrics
    }
    assert {pair for pair, reason in misfits.items() if reason} == {
        ("gate", "flights"), ("gate", "trains"), ("gate", "share"), ("gate", "trips"),
        ("seat", "flights"), ("seat", "share"),
    }  # fmt: skip
    # Trips fit seats in trains; a share needs both of its sides in one and the same group.
    assert misfits["seat", "trips"] is None
    assert misfits["gate", "per-train"] is None
    assert misfits["gate", "share"] == "Share counts flights, which have no Gate."


def test_without_kinds_of_records_everything_fits() -> None:
    data = dr.Dataset(pd.DataFrame({"city": ["Paris"], "n": [1]}))
    assert all(
        data.catalog.misfit(Ref("dimension", "city"), metric.id) is None for metric in data.catalog.metrics
    )
