"""A small dataset with every kind of component, and a project over it."""

from __future__ import annotations

import pandas as pd
import pytest

from dynreports.project import commands as do
from dynreports.project.model import DataReference, Project
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension, Ref, Segment
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.metric import count, distinct
from dynreports.semantics.predicate import field

opens = count(label="Open", where=field("event") == "open")
clicks = count(label="Click", where=field("event") == "click")
TIMES = ("05-01 10", "05-01 11", "05-02 09", "06-01 09")


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ts": pd.to_datetime([f"2026-{at}:00" for at in TIMES * 5]),
            "city": ["Paris", "Paris", "Rome", None] * 5,
            "device": ["Mobile", "Desktop", "Mobile", "Tablet", "Mobile"] * 4,
            "event": ["open", "click", "open", "open", "sent"] * 4,
            "who": list(range(10)) * 2,
        }
    )  # fmt: skip


@pytest.fixture
def dataset() -> Dataset:
    return Dataset(
        frame(),
        time="ts",
        timezone="UTC",
        dimensions=[Dimension("city", "City", missing="Nowhere"), Dimension("device", "Device")],
        metrics=[
            count(label="Records"),
            opens,
            clicks,
            distinct("who", label="People"),
            (clicks / opens).named("Click rate", format="percent"),
        ],
        segments=[
            Segment("Mobile only", where=field("device") == "Mobile"),
            Segment("Early", where=field("who") < 5),
        ],
        name="events",
        as_of="2026-06-14",
        infer=False,
    )


@pytest.fixture
def catalog(dataset: Dataset) -> Catalog:
    return dataset.catalog


@pytest.fixture
def blank() -> Project:
    return Project(title="Review", data=DataReference("events"))


@pytest.fixture
def project(blank: Project, catalog: Catalog) -> Project:
    """One panel ``p1`` with one table ``t2``: City in the rows, Open (``c3``), Click (``c4``)."""
    for command in (
        do.AddPanel(table=True),
        drop("dimension:city", do.OnRows("t2")),
        drop("metric:open metric:click", do.OnColumns("t2")),
    ):
        blank = do.apply(blank, command, catalog)
    return blank


def drop(components: str, target: do.Target) -> do.Drop:
    """Return a drop of components written as ``kind:id``, separated by spaces."""
    refs = (Ref(*each.split(":")) for each in components.split())  # type: ignore[arg-type]
    return do.Drop(tuple(refs), target)


@pytest.fixture
def apply(catalog: Catalog):
    def run(project: Project, *commands: do.Command) -> Project:
        for command in commands:
            project = do.apply(project, command, catalog)
        return project

    return run
