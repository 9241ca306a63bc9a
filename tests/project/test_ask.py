"""From a document to a question: what each part of a table becomes."""

from __future__ import annotations

import pandas as pd
import pytest

from dynreports.engine.request import BlockRequest, ChildRequest, TableRequest
from dynreports.errors import UnknownNameError
from dynreports.project import commands as do
from dynreports.project.ask import predicate, series_unit, table_request
from dynreports.project.model import (
    AtPosition,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    Project,
    SegmentFilter,
    ValueFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.period import Preset
from dynreports.semantics.predicate import And, Comparison, InItems, Not, Or, Within

from .conftest import drop

OPEN, CLICK = Comparison("event", "==", "open"), Comparison("event", "==", "click")
MAY = Within("ts", "2026-05-01T00:00:00+00:00", "2026-06-01T00:00:00+00:00")


def ask(
    project: Project, dataset: Dataset, *commands: do.Command, pages: dict[do.Address, int] | None = None
) -> TableRequest:
    for command in commands:
        project = do.apply(project, command, dataset.catalog)
    return table_request(project, "t2", dataset, pages or {}, lambda: MAY)


def test_a_plain_table(project: Project, dataset: Dataset) -> None:
    request = ask(project, dataset)
    assert [column.expression for column in request.columns] == [
        Aggregate("count", None, OPEN),
        Aggregate("count", None, CLICK),
    ]
    assert request.block == BlockRequest(by=FieldKey("city"), sort=0, limit=50, missing_label="Nowhere")
    assert (request.where, request.period, request.series, request.time_field) == (None, None, "day", "ts")


def test_a_table_without_rows_or_columns(blank: Project, dataset: Dataset) -> None:
    assert ask(blank, dataset, do.AddPanel(table=True)).block == BlockRequest(
        by=None, sort=None, descending=False
    )


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (SegmentFilter("mobile-only"), Comparison("device", "==", "Mobile")),
        (ItemFilter("city", ("Paris", None)), InItems(FieldKey("city"), ("Paris", None))),
        (ValueFilter("city"), Not(InItems(FieldKey("city"), (None,)))),
        (MetricFilter("open"), OPEN),
        (MetricFilter("click-rate"), Or((CLICK, OPEN))),
        (MetricFilter("records"), None),
        (MetricFilter("people"), None),
    ],
)
def test_filters(catalog: Catalog, filter: object, expected: object) -> None:
    assert predicate(filter, catalog) == expected  # type: ignore[arg-type]


def test_panel_filters_combine_with_and(project: Project, dataset: Dataset) -> None:
    request = ask(project, dataset, drop("segment:early metric:open metric:records", do.OnPanel("p1")))
    assert request.where == And((Comparison("who", "<", 5), OPEN))


def test_periods_of_panel_and_column(project: Project, dataset: Dataset) -> None:
    request = ask(
        project,
        dataset,
        do.SetPeriod("p1", Preset("last-month")),
        drop("period:today segment:early", do.OnColumn("t2", "c4")),
    )
    assert request.period == MAY
    assert request.columns[0].period is None
    assert request.columns[1].period == Within("ts", "2026-06-14T00:00:00+00:00", "2026-06-15T00:00:00+00:00")
    assert request.columns[1].where == Comparison("who", "<", 5)


def test_breakdowns_carry_their_page_search_and_place(project: Project, dataset: Dataset) -> None:
    request = ask(
        project,
        dataset,
        drop("dimension:device", do.OnRow("t2", (("Paris",), (AtPosition(2),), ("Rome",)))),
        do.SetSearch("t2", ("Paris",), "mob", False),
        do.CollapseBreakdown("t2", ("Rome",), True),
        pages={("Paris",): 3, (AtPosition(2),): 2, (): 4},
    )
    device = FieldKey("device")
    assert request.block.page == 4
    assert request.block.children == (
        ChildRequest(
            BlockRequest(device, 0, search="mob", include_missing=False, page=3, limit=5), item="Paris"
        ),
        ChildRequest(BlockRequest(device, 0, page=2, limit=5), position=2),
        # Rome's own breakdown is closed: at rank 2 it shows none, not that of the rank.
        ChildRequest(None, item="Rome"),
    )


def test_time_reads_in_its_own_order(project: Project, dataset: Dataset) -> None:
    under_city = ask(project, dataset, drop("time:day", do.OnRow("t2", (("Paris",),)))).block
    assert (under_city.sort, under_city.descending) == (0, True)
    assert (under_city.children[0].block.sort, under_city.children[0].block.descending) == (None, False)

    days = do.apply(project, drop("time:day", do.OnRows("t2")), dataset.catalog)
    by_day = ask(days, dataset, drop("dimension:city", do.OnRow("t2", (("2026-05-01",),)))).block
    assert (by_day.by, by_day.sort, by_day.descending) == (TimeKey("ts", "day"), None, False)
    assert (by_day.children[0].block.sort, by_day.children[0].block.descending) == (0, True)

    newest = ask(days, dataset, do.SetSort("t2", None, True)).block
    assert (newest.sort, newest.descending) == (None, True)
    clicked = ask(
        days, dataset, do.SetSort("t2", "c4", True), drop("time:hour", do.OnRow("t2", (("2026-05-01",),)))
    ).block
    assert (clicked.sort, clicked.children[0].block.sort) == (1, 1)


@pytest.mark.parametrize(
    ("days", "unit"),
    [(2, "hour"), (3, "day"), (184, "day"), (185, "week"), (366, "week"), (3650, "month"), (36500, "year")],
)
def test_sparklines_have_few_enough_points(days: int, unit: str) -> None:
    end = pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(days=days)
    assert series_unit(Within("ts", "2026-01-01T00:00:00+00:00", end.isoformat())) == unit


def test_data_without_time_has_no_sparklines(project: Project) -> None:
    from .conftest import frame

    plain = Dataset(frame().drop(columns="ts"), dimensions=["city"], infer=False)
    table = do.apply(project, do.RemoveColumn("t2", "c3"), plain.catalog)
    table = do.apply(table, do.RemoveColumn("t2", "c4"), plain.catalog)
    request = table_request(table, "t2", plain, {}, lambda: None)
    assert (request.series, request.time_field, request.block.sort) == (None, None, None)


def test_a_component_that_the_data_lost_is_named(project: Project, dataset: Dataset) -> None:
    project = do.apply(
        project, do.AddColumn("t2", "people", (PeriodFilter(Preset("today")),)), dataset.catalog
    )
    less = Dataset(
        dataset.frame, time="ts", dimensions=["city"], metrics=dataset.declared.metrics[:3], infer=False
    )
    with pytest.raises(UnknownNameError, match="metric named 'people'"):
        table_request(project, "t2", less, {}, lambda: None)
