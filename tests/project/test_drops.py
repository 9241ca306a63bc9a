"""Every pair of component and target: done as the rules say, or refused with the reason."""

from __future__ import annotations

import itertools

import pytest

from dynreports.errors import RefusedError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project.drops import PLACES, RULES
from dynreports.project.model import (
    AtItem,
    ItemFilter,
    MetricFilter,
    PeriodFilter,
    Project,
    SegmentFilter,
    Sort,
    Table,
    ValueFilter,
)
from dynreports.project.wording import PAST
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension, Ref
from dynreports.semantics.metric import count
from dynreports.semantics.period import Preset

from .conftest import drop

COMPONENT = {
    "dimension": "device",
    "metric": "people",
    "segment": "early",
    "time": "day",
    "period": "last-month",
}
TARGETS: dict[str, do.Target] = {
    "rows:empty": do.OnRows("t5"),
    "rows": do.OnRows("t2"),
    "columns": do.OnColumns("t2"),
    "edge": do.OnEdge("t2", "c3", "after"),
    "column": do.OnColumn("t2", "c3"),
    "row": do.OnRow("t2", (("Paris",),)),
    "panel": do.OnPanel("p1"),
    "new_table": do.OnNewTable("p1"),
    "above": do.OnAbove("t2"),
    "between": do.OnBetween("t5", ("s6",), "after"),
}
TOPS = ("columns", "edge", "column", "above")


def dropped(kind: str, place: str) -> do.Drop:
    """A drop of one thing; a dimension that becomes columns comes with its items, as the session has it."""
    if kind == "item":
        return do.Drop((), TARGETS[place], (do.ItemOf(Ref("dimension", "device"), "Mobile"),))
    command = drop(f"{kind}:{COMPONENT[kind]}", TARGETS[place])
    if kind not in ("dimension", "time") or place not in TOPS:
        return command
    items = ("Phone", "Tablet") if kind == "dimension" else ("2026-05-01", "2026-05-02")
    by = command.components[0]
    return do.Drop(command.components, command.target, tuple(do.ItemOf(by, each) for each in items))


def table_of(project: Project, item: int = 0) -> Table:
    return project.panels[0].items[item]


@pytest.mark.parametrize(("kind", "place"), [*itertools.product(RULES, PLACES)])
def test_the_rules_say_exactly_what_is_possible(
    project: Project, catalog: Catalog, kind: str, place: str
) -> None:
    start = do.apply(project, do.AddTable("p1"), catalog)
    if place == "between":
        start = do.apply(start, drop("segment:mobile-only", do.OnRows("t5")), catalog)
    command = dropped(kind, place)
    if place in RULES[kind]:  # type: ignore[index]
        assert do.apply(start, command, catalog) != start
        assert "{" not in do.label(command, start, catalog)
    else:
        with pytest.raises(RefusedError, match="can't be dropped on"):
            do.apply(start, command, catalog)


def test_every_phrase_can_be_told_afterwards() -> None:
    for phrases in RULES.values():
        for phrase in phrases.values():
            assert phrase.split()[0] in PAST
            assert "{name}" in phrase


def test_components_that_do_not_exist_are_refused(project: Project, apply) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean: device"):
        apply(project, drop("dimension:devise", do.OnRows("t2")))


def test_nothing_and_too_much_are_refused(project: Project, apply) -> None:
    with pytest.raises(RefusedError, match="Nothing"):
        apply(project, do.Drop((), do.OnRows("t2")))
    for place in ("rows", "row"):
        with pytest.raises(RefusedError, match="Only one dimension"):
            apply(project, drop("dimension:device time:day", TARGETS[place]))
    with pytest.raises(RefusedError, match="Only one metric"):
        apply(project, drop("metric:people metric:records", TARGETS["column"]))
    with pytest.raises(RefusedError, match="Only one period"):
        apply(project, drop("period:today period:last-month", TARGETS["panel"]))
    with pytest.raises(RefusedError, match="Only one"):
        apply(project, drop("dimension:device time:day", TARGETS["new_table"]))


# ---- rows -------------------------------------------------------------------------------------


def test_new_rows_take_away_search_and_breakdowns_but_not_the_sort(project: Project, apply) -> None:
    start = apply(
        project,
        drop("time:day", TARGETS["row"]),
        do.SetSearch("t2", (), "a", True),
        do.SetSort("t2", "c4", False),
    )
    table = table_of(apply(start, drop("dimension:device", TARGETS["rows"])))
    assert table == Table(
        id="t2", rows=Ref("dimension", "device"), columns=table_of(start).columns, sort=Sort("c4", False)
    )


def test_rows_of_time_start_in_the_order_of_time(project: Project, apply) -> None:
    days = apply(project, drop("time:day", TARGETS["rows"]))
    assert table_of(days).sort is None
    clicked = apply(days, do.SetSort("t2", "c4", True), drop("time:week", TARGETS["rows"]))
    assert table_of(clicked).sort == Sort("c4", True)
    assert table_of(apply(days, drop("dimension:device", TARGETS["rows"]))).sort == Sort("c3")


def test_the_first_metric_sorts_the_table_and_later_ones_do_not(blank: Project, apply) -> None:
    table = apply(blank, do.AddPanel(table=True), drop("metric:open", do.OnColumns("t2")))
    assert table_of(table).sort == Sort("c3")
    assert table_of(apply(table, drop("metric:click", do.OnEdge("t2", "c3", "before")))).sort == Sort("c3")


def test_the_dimension_of_a_breakdown_can_be_replaced(project: Project, apply) -> None:
    nested = apply(
        project,
        drop("dimension:device", TARGETS["row"]),
        drop("time:day", do.OnRow("t2", (("Paris", "Mobile"),))),
    )
    changed = apply(nested, drop("time:month", do.OnRows("t2", ("Paris",))))
    [breakdown] = table_of(changed).breakdowns
    assert (breakdown.by, breakdown.breakdowns) == (Ref("time", "month"), ())
    assert apply(nested, drop("dimension:device", do.OnRows("t2", ("Paris",)))) is nested
    with pytest.raises(RefusedError, match="City"):
        apply(nested, drop("dimension:city", do.OnRows("t2", ("Paris",))))
    with pytest.raises(RefusedError, match="not broken down"):
        apply(nested, drop("time:month", do.OnRows("t2", ("Rome",))))


# ---- breakdowns -------------------------------------------------------------------------------


def test_several_rows_are_broken_down_at_once(project: Project, apply) -> None:
    changed = apply(project, drop("dimension:device", do.OnRow("t2", (("Paris",), (None,), ("Paris",)))))
    assert [each.at for each in table_of(changed).breakdowns] == [AtItem("Paris"), AtItem(None)]
    assert {each.limit for each in table_of(changed).breakdowns} == {5}


def test_another_dimension_takes_the_place_of_a_breakdown(project: Project, apply) -> None:
    start = apply(project, drop("dimension:device", do.OnRow("t2", (("Paris",), ("Rome",)))))
    changed = apply(start, drop("time:day", do.OnRow("t2", (("Paris",),))))
    assert [each.by.id for each in table_of(changed).breakdowns] == ["day", "device"]
    assert apply(start, drop("dimension:device", do.OnRow("t2", (("Rome",),)))) is start


def test_a_parent_and_its_child_selected_together(project: Project, apply) -> None:
    start = apply(project, drop("dimension:device", TARGETS["row"]))
    changed = apply(start, drop("time:day", do.OnRow("t2", (("Paris",), ("Paris", "Mobile")))))
    [breakdown] = table_of(changed).breakdowns
    assert (breakdown.by.id, breakdown.breakdowns) == ("day", ())


def test_no_dimension_breaks_down_its_own_items(project: Project, apply) -> None:
    nested = apply(project, drop("dimension:device", TARGETS["row"]))
    for path in (("Rome",), ("Paris", "Mobile")):
        with pytest.raises(RefusedError, match="City already"):
            apply(nested, drop("dimension:city", do.OnRow("t2", (path,))))
    with pytest.raises(RefusedError, match="Device already"):
        apply(nested, drop("dimension:device", do.OnRow("t2", (("Rome",), ("Paris", "Mobile")))))


def test_breakdowns_need_rows_and_parents(project: Project, apply) -> None:
    start = apply(project, do.AddTable("p1"))
    with pytest.raises(RefusedError, match="no rows"):
        apply(start, drop("time:day", do.OnRow("t5", (("Paris",),))))
    with pytest.raises(RefusedError, match="not broken down"):
        apply(start, drop("time:day", do.OnRow("t2", (("Paris", "Mobile"),))))
    for paths in ((), ((),)):
        with pytest.raises(RefusedError, match="No row"):
            apply(start, drop("time:day", do.OnRow("t2", paths)))
    with pytest.raises(RefusedError, match="finite"):
        apply(start, drop("time:day", do.OnRow("t2", ((float("nan"),),))))


def test_at_most_two_hundred_breakdowns(project: Project, apply) -> None:
    rows = tuple((number,) for number in range(200))
    full = apply(project, drop("time:day", do.OnRow("t2", rows)))
    assert len(table_of(full).breakdowns) == 200
    with pytest.raises(RefusedError, match="at most 200"):
        apply(full, drop("time:day", do.OnRow("t2", ((200,),))))
    assert apply(full, drop("time:month", do.OnRow("t2", ((0,),)))) != full


# ---- columns ----------------------------------------------------------------------------------


def test_several_metrics_become_several_columns_in_order(project: Project, apply) -> None:
    changed = apply(project, drop("metric:people metric:records", do.OnEdge("t2", "c4", "before")))
    assert [column.metric for column in table_of(changed).columns] == ["open", "people", "records", "click"]
    assert [column.id for column in table_of(changed).columns] == ["c3", "c5", "c6", "c4"]


def test_a_replaced_metric_keeps_place_id_and_filters(project: Project, apply) -> None:
    start = apply(project, drop("segment:early", TARGETS["column"]))
    [column, _] = table_of(apply(start, drop("metric:people", TARGETS["column"]))).columns
    assert (column.id, column.metric, column.filters) == ("c3", "people", (SegmentFilter("early"),))


def test_a_column_has_each_filter_once_and_one_period(project: Project, apply) -> None:
    start = apply(project, drop("segment:early", TARGETS["column"]), drop("period:today", TARGETS["column"]))
    with pytest.raises(RefusedError, match="Early already"):
        apply(start, drop("segment:early", TARGETS["column"]))
    [column, _] = table_of(apply(start, drop("period:last-month", TARGETS["column"]))).columns
    assert column.filters == (SegmentFilter("early"), PeriodFilter(Preset("last-month")))
    assert apply(start, drop("period:today", TARGETS["column"])) is start


# ---- panels and new tables --------------------------------------------------------------------


def test_anything_but_time_units_filters_a_panel(project: Project, apply) -> None:
    changed = apply(
        project, drop("segment:early metric:open dimension:city period:last-month", TARGETS["panel"])
    )
    assert changed.panels[0].filters == (SegmentFilter("early"), MetricFilter("open"), ValueFilter("city"))
    assert changed.panels[0].period == Preset("last-month")
    with pytest.raises(RefusedError, match="Freeform is filtered by City already"):
        apply(changed, drop("dimension:city", TARGETS["panel"]))


def test_a_new_table_shows_figures_at_once(project: Project, apply) -> None:
    by_city = table_of(apply(project, drop("dimension:city", TARGETS["new_table"])), 1)
    assert (by_city.rows, [each.metric for each in by_city.columns]) == (
        Ref("dimension", "city"),
        ["records"],
    )
    assert by_city.sort == Sort(by_city.columns[0].id)
    by_day = table_of(apply(project, drop("time:day metric:open metric:click", TARGETS["new_table"])), 1)
    assert (by_day.rows, [each.metric for each in by_day.columns]) == (Ref("time", "day"), ["open", "click"])
    assert by_day.sort is None
    of_open = table_of(apply(project, drop("metric:open", TARGETS["new_table"])), 1)
    assert (of_open.rows, of_open.sort) == (None, Sort(of_open.columns[0].id))


def test_data_without_time_has_no_periods(project: Project) -> None:
    catalog = Catalog(dimensions=[Dimension("city", "City")], metrics=[count(label="Open")])
    for command in (
        drop("time:day", TARGETS["rows"]),
        drop("period:today", TARGETS["panel"]),
        do.SetPeriod("p1", Preset("today")),
    ):
        with pytest.raises(RefusedError, match="no date-time field"):
            do.apply(project, command, catalog)


def test_a_table_whose_components_are_gone_can_be_mended(project: Project, catalog: Catalog) -> None:
    nested = do.apply(project, drop("segment:early", do.OnPanel("p1")), catalog)
    less = Catalog(dimensions=[catalog.dimension("device")], metrics=[catalog.metric("people")])
    for command, label in (
        (drop("dimension:device", do.OnRows("t2")), "Replace city with Device"),
        (drop("metric:people", do.OnColumn("t2", "c3")), "Replace open with People"),
        (do.RemoveColumn("t2", "c3"), "Remove the column open"),
        (do.RemoveFilter("p1", 0), "Remove early from Freeform"),
        (do.SetSort("t2", None, False), "Sort by city, ascending"),
    ):
        assert do.label(command, nested, less) == label
        assert do.apply(nested, command, less) != nested


def test_a_list_of_rows_is_broken_down_only_under_rows_that_are_there(
    project: Project, catalog: Catalog
) -> None:
    listed = do.apply(project, drop("segment:early", do.OnRows("t2")), catalog)
    (row,) = listed.panels[0].items[0].static
    with pytest.raises(RefusedError, match="not one that was put there"):
        do.apply(listed, drop("dimension:device", do.OnRow("t2", (("Paris",),))), catalog)
    below = do.apply(listed, drop("dimension:device", do.OnRow("t2", ((row.id,),))), catalog)
    assert below.panels[0].items[0].breakdowns[0].by == Ref("dimension", "device")


def test_items_that_are_dropped_together_are_kept_together(project: Project, apply) -> None:
    device = Ref("dimension", "device")
    both = tuple(do.ItemOf(device, each) for each in ("Mobile", "Tablet"))
    either = ItemFilter("device", ("Mobile", "Tablet"))
    # No record has two devices: one filter after the other would keep nothing.
    assert apply(project, do.Drop((), do.OnPanel("p1"), both)).panels[0].filters[-1] == either
    narrowed = table_of(apply(project, do.Drop((), do.OnColumn("t2", "c3"), both))).columns[0]
    assert narrowed.filters[-1] == either

    table = table_of(project)
    above = table_of(apply(project, do.Drop((), do.OnAbove("t2"), both)))
    assert [each.filters[0] for each in above.columns[: 2 * len(table.columns)]] == [
        ItemFilter("device", (each,)) for each in ("Mobile", "Tablet") for _ in table.columns
    ]
    columns = table_of(apply(project, do.Drop((), do.OnEdge("t2", "c3", "before"), both))).columns
    assert [each.filters[-1].items for each in columns[:2]] == [("Mobile",), ("Tablet",)]
