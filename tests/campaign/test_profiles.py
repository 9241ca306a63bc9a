"""Profiles in reports: who opened and clicked, by age, gender and city, and by what was frozen at sending."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import dynreports as dr
from dynreports.semantics.dataset import Dataset
from tests.campaign.folders import Logs, shown

Load = Callable[[Logs], Dataset]
OPEN, CLICK = 2, 1

# Who, gender, city, born, loyalty when the message was sent, loyalty now, segment code.
PEOPLE = [
    (1, 1, "Paris", "2003-01-01", "gold", "gold", "VIP"),
    (2, 2, "Paris", "1990-01-01", "gold", "silver", "VIP"),
    (3, 2, "Rome", "1970-01-01", "silver", "gold", "NEW"),
    (4, 0, None, None, "bronze", "gold", None),
]


@pytest.fixture
def data(logs: Logs, load: Load) -> Dataset:
    logs.other["profiles"] = [
        {"recipient_id": who, "gender": gender, "city": city, "birth_date": born, "cus_loyalty": now}
        for who, gender, city, born, _, now, _ in PEOPLE
    ]
    for who, _, _, _, loyalty, _, code in PEOPLE:
        for name in ("A", "B")[: 1 + (who < 3)]:
            logs.send(name, who, cus_loyalty=loyalty, segment_code=code)
    logs.track("A", 1, OPEN, times=2)
    logs.track("A", 2, CLICK)
    logs.track("A", 3, OPEN)
    logs.track("A", 4, OPEN)
    logs.track("B", 1, CLICK, times=3)
    return load(logs)


def test_opens_and_clicks_by_gender_and_city(data: Dataset) -> None:
    columns = ["Open", "Unique opens", "Click"]
    assert shown(data, "Gender", columns) == {
        "Male": (2, 1, 3),  # who opened one message and clicked another has an open, so none is implied
        "Female": (2, 2, 1),
        "None": (1, 1, 0),
        "total": (5, 4, 4),
    }
    assert shown(data, "City", columns) == {
        "Paris": (3, 2, 4), "Rome": (1, 1, 0), "N/A": (1, 1, 0), "total": (5, 4, 4),
    }  # fmt: skip


def test_age_segments_beside_each_other(data: Dataset) -> None:
    young, rest = "Age: From 18 to 25", "Age: Greater than 50"
    columns = ["Unique opens", ("Unique opens", {"segment": young}), ("Unique opens", {"segment": rest})]
    table = dr.Project("Test", data).panel("P").table("Delivery", columns)
    assert table.frame().to_numpy().tolist() == [[4, 1, 1], [1, 1, 0]]
    assert table.total().tolist() == table.grand_total().tolist() == [4, 1, 1]


def test_a_custom_field_is_frozen_at_sending_and_breaks_a_delivery_down(data: Dataset) -> None:
    table = dr.Project("Test", data).panel("P").table("Delivery", ["Delivered", "Unique opens"])
    table.break_down("A", by="Loyalty")
    found = table.frame(at="A")
    assert dict(zip(found.index, found.to_numpy().tolist(), strict=True)) == {
        "gold": [2, 2], "silver": [1, 1], "bronze": [1, 1],
    }  # fmt: skip
    assert table.total(at="A").tolist() == table.frame().loc["A (DM1)"].tolist() == [4, 4]


def test_a_segment_code_breaks_a_delivery_down(data: Dataset) -> None:
    table = (
        dr.Project("Test", data).panel("P").table("Delivery", ["Delivered", "Click", "Click through rate"])
    )
    table.break_down("A", by="Segment Code")
    found = table.frame(at="A")
    assert dict(zip(found.index, found.to_numpy().tolist(), strict=True)) == {
        "VIP": [2, 1, 0.5], "NEW": [1, 0, 0], "N/A": [1, 0, 0],
    }  # fmt: skip
