"""Every verb: what it changes, what it refuses, how it is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from dynreports.errors import InvalidInputError, RefusedError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project import intents
from dynreports.project.model import (
    AtItem,
    AtPosition,
    ItemFilter,
    Limits,
    PeriodFilter,
    Project,
    Search,
    SegmentFilter,
    ShiftFilter,
    Sort,
    Table,
)
from dynreports.project.wording import PAST
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.period import Fixed, Preset
from dynreports.semantics.predicate import field
from dynreports.semantics.search import NameRule

from .conftest import drop
from .test_charting import LABELS as CHART_LABELS

TYPES = Path(__file__).parents[2] / "widgets" / "src" / "sync" / "types.ts"


def table_of(project: Project, panel: int = 0, item: int = 0) -> Table:
    return project.panels[panel].items[item]


# ---- the contract with the browser ------------------------------------------------------------


def intents_in_types_ts() -> dict[str, list[str]]:
    text = TYPES.read_text(encoding="utf-8")
    start = text.index("export type Intent")
    union = text[start : text.index("};\n", start) + 3]
    found = {}
    for body in re.findall(r"\{ (verb: .*?) \}(?: \||;|\n|$)", union):
        fields = re.findall(r"(\w+)\??: ", body)
        found[re.search(r'verb: "(\w+)"', body)[1]] = fields[1:]
    return found


def test_every_intent_of_the_browser_can_be_decoded() -> None:
    structs = {each.__struct_config__.tag: each for each in get_args(intents._INTENT)}
    wanted = intents_in_types_ts()
    assert len(wanted) > 20
    for verb, fields in wanted.items():
        assert verb in structs, verb
        assert list(structs[verb].__struct_fields__)[: len(fields)] == fields, verb


@pytest.mark.parametrize(
    ("intent", "part"),
    [
        ({"verb": "explode"}, "explode"),
        ({"verb": "clear", "force": True}, "unknown field `force`"),
        ({"verb": "remove_panel"}, "panel"),
        ({"verb": "remove_panel", "panel": 7}, "Expected `str`"),
        ({"verb": "drop", "components": [], "target": {"on": "moon"}}, "moon"),
        ({"verb": "drop", "components": [{"kind": "metrics", "id": "a"}], "target": None}, "metrics"),
        ({"verb": "rename_project", "title": "\ud800"}, "surrogates"),
        ({"verb": "set_limit", "table": "t2", "path": [{"a": 1}], "limit": 5}, "path"),
        ({"verb": "set_period", "panel": "", "period": {"type": "fixed", "start": "", "end": ""}}, "a date"),
        ({}, "verb"),
        (None, "null"),
        ([1], "array"),
        (float, "type"),
    ],
)  # fmt: skip
def test_what_can_not_be_understood_is_refused_with_the_reason(intent: object, part: str) -> None:
    with pytest.raises(InvalidInputError, match=re.escape(part)):
        do.decode(intent)


# ---- panels and periods -----------------------------------------------------------------------


def test_ids_come_from_a_counter_and_are_never_reused(blank: Project, apply) -> None:
    project = apply(blank, do.AddPanel(table=True), do.AddTable("p1"), do.RemoveItem("t3"), do.AddTable("p1"))
    assert [panel.id for panel in project.panels] == ["p1"]
    assert [table.id for table in project.panels[0].items] == ["t2", "t4"]
    assert [table.title for table in project.panels[0].items] == ["Freeform Table", "Freeform Table (2)"]


def test_new_panels_take_the_period_of_the_last_one(blank: Project, apply) -> None:
    project = apply(
        blank,
        do.AddPanel(),
        do.SetPeriod("p1", Preset("last-month")),
        do.AddPanel(table=True, title=" A  b "),
    )
    assert [panel.title for panel in project.panels] == ["Blank Panel", "A b"]
    assert project.panels[1].period == Preset("last-month")
    assert len(project.panels[0].items) == 0
    assert len(project.panels[1].items) == 1


def test_a_new_table_has_fifty_rows_and_no_filters(blank: Project, apply) -> None:
    table = table_of(apply(blank, do.AddPanel(table=True)))
    assert (table.limit, table.rows, table.columns, table.sort) == (50, None, (), None)


def test_panels_are_renamed_collapsed_removed_and_cleared(project: Project, apply) -> None:
    assert apply(project, do.RenamePanel("p1", "New")).panels[0].title == "New"
    assert apply(project, do.CollapsePanel("p1", True)).panels[0].collapsed
    assert apply(project, do.RemovePanel("p1")).panels == ()
    assert apply(project, do.Clear()).panels == ()
    with pytest.raises(RefusedError, match="visible"):
        apply(project, do.RenamePanel("p1", " \n "))


def test_a_period_can_be_set_on_all_panels(project: Project, apply) -> None:
    period = Fixed("2026-05-01", "2026-06-01")
    changed = apply(project, do.AddPanel(), do.SetPeriod(None, period))
    assert {panel.period for panel in changed.panels} == {period}
    with pytest.raises(UnknownNameError, match="last-mont"):
        apply(project, do.SetPeriod("p1", Preset("last-mont")))


def test_filters_go_by_their_index(project: Project, apply) -> None:
    filtered = apply(project, drop("segment:early segment:mobile-only", do.OnPanel("p1")))
    assert apply(filtered, do.RemoveFilter("p1", 0)).panels[0].filters == (SegmentFilter("mobile-only"),)
    for index in (-1, 2):
        with pytest.raises(RefusedError, match="not there"):
            apply(filtered, do.RemoveFilter("p1", index))


def test_any_filter_can_be_put_on_a_panel_from_python(project: Project, apply) -> None:
    kept = ItemFilter("city", ("Paris", None))
    assert apply(project, do.FilterPanel("p1", kept)).panels[0].filters == (kept,)
    for wrong, reason in (
        (ItemFilter("city", ()), "at least one"),
        (ItemFilter("city", (float("inf"),)), "finite"),
    ):
        with pytest.raises(RefusedError, match=reason):
            apply(project, do.FilterPanel("p1", wrong))
    with pytest.raises(UnknownNameError):
        apply(project, do.FilterPanel("p1", ItemFilter("town", ("Paris",))))


# ---- tables and columns -----------------------------------------------------------------------


def test_columns_move_before_others_and_to_the_end(project: Project, apply) -> None:
    def ids(changed: Project) -> list[str]:
        return [column.id for column in table_of(changed).columns]

    assert ids(apply(project, do.MoveColumn("t2", "c3", None))) == ["c4", "c3"]
    assert ids(apply(project, do.MoveColumn("t2", "c4", "c3"))) == ["c4", "c3"]
    assert apply(project, do.MoveColumn("t2", "c3", "c4")) is project
    assert apply(project, do.MoveColumn("t2", "c3", "c3")) is project
    with pytest.raises(UnknownNameError):
        apply(project, do.MoveColumn("t2", "c3", "c9"))


def test_the_first_column_left_sorts_when_the_sorting_one_goes(project: Project, apply) -> None:
    assert table_of(project).sort == Sort("c3")
    assert table_of(apply(project, do.RemoveColumn("t2", "c3"))).sort == Sort("c4")
    assert table_of(apply(project, do.RemoveColumn("t2", "c4"))).sort == Sort("c3")
    assert table_of(apply(project, do.RemoveColumn("t2", "c3"), do.RemoveColumn("t2", "c4"))).sort is None


def test_columns_come_with_filters_from_python(project: Project, apply) -> None:
    filters = (SegmentFilter("early"), ItemFilter("device", ("Mobile",)), PeriodFilter(Preset("last-month")))
    changed = apply(project, do.AddColumn("t2", "open", filters, before="c4"))
    assert [column.id for column in table_of(changed).columns] == ["c3", "c5", "c4"]
    assert table_of(changed).columns[1].filters == filters
    assert (
        apply(changed, do.RemoveColumnFilter("t2", "c5", 2)).panels[0].items[0].columns[1].filters
        == filters[:2]
    )


def test_sort_limit_and_search(project: Project, apply) -> None:
    assert table_of(apply(project, do.SetSort("t2", "c4", False))).sort == Sort("c4", False)
    assert table_of(apply(project, do.SetSort("t2", None, False))).sort == Sort(None, False)
    assert table_of(apply(project, do.SetLimit("t2", (), 10))).limit == 10
    assert table_of(apply(project, do.SetSearch("t2", (), " par ", False))).search == Search("par", False)
    assert table_of(apply(project, do.SetLimit("t2", (), 3))).limit == 3
    for limit in (0, 401):
        with pytest.raises(RefusedError, match="1 to 400"):
            apply(project, do.SetLimit("t2", (), limit))
    with pytest.raises(UnknownNameError):
        apply(project, do.SetSort("t2", "c9", True))


def test_breakdowns_have_their_own_limit_search_and_state(project: Project, apply) -> None:
    nested = apply(
        project,
        drop("dimension:device", do.OnRow("t2", (("Paris",),))),
        drop("time:day", do.OnRow("t2", (("Paris", "Mobile"),))),
        do.SetLimit("t2", ("Paris",), 25),
        do.SetSearch("t2", ("Paris", "Mobile"), "05", True),
        do.CollapseBreakdown("t2", ("Paris",), True),
    )
    outer = table_of(nested).breakdowns[0]
    assert (outer.limit, outer.collapsed, outer.at) == (25, True, AtItem("Paris"))
    assert (outer.breakdowns[0].search, outer.breakdowns[0].limit) == (Search("05"), 5)
    assert (
        table_of(apply(nested, do.RemoveBreakdown("t2", ("Paris", "Mobile")))).breakdowns[0].breakdowns == ()
    )
    assert table_of(apply(nested, do.RemoveBreakdown("t2", ("Paris",)))).breakdowns == ()
    for path in (("Rome",), ("Paris", "Desktop")):
        with pytest.raises(RefusedError, match="not broken down"):
            apply(nested, do.SetLimit("t2", path, 25))
    with pytest.raises(RefusedError, match="replaced, not removed"):
        apply(nested, do.RemoveBreakdown("t2", ()))


def test_true_and_one_are_two_rows(project: Project, apply) -> None:
    changed = apply(project, drop("dimension:device", do.OnRow("t2", ((True,), (1,), (AtPosition(1),)))))
    assert [each.at for each in table_of(changed).breakdowns] == [AtItem(True), AtItem(1), AtPosition(1)]
    left = table_of(apply(changed, do.RemoveBreakdown("t2", (1,)))).breakdowns
    assert [repr(each.at) for each in left] == ["AtItem(item=True)", "AtPosition(position=1)"]


# ---- what all commands share ------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        do.RenamePanel("p1", "Freeform"),
        do.CollapseItem("t2", False),
        do.SetPeriod("p1", None),
        do.SetSort("t2", "c3", True),
        do.SetSearch("t2", (), "", True),
        do.RenameProject("Review"),
        do.SetLocale("en-GB"),
        drop("dimension:city", do.OnRows("t2")),
        drop("metric:open", do.OnColumn("t2", "c3")),
    ],
)
def test_a_command_that_changes_nothing_gives_the_same_object(
    project: Project, apply, command: do.Command
) -> None:
    assert apply(project, command) is project


@pytest.mark.parametrize(
    "command",
    [do.RemovePanel("p9"), do.RemoveItem("t9"), do.RenameItem("p1", "x"), do.RemoveColumn("t2", "c9"),
     do.AddTable("t2"), do.AddColumn("t2", "opens")],
)  # fmt: skip
def test_names_that_do_not_exist_are_refused(project: Project, apply, command: do.Command) -> None:
    with pytest.raises(UnknownNameError):
        apply(project, command)


def test_parts_that_did_not_change_are_shared(project: Project, apply) -> None:
    bigger = apply(project, do.AddTable("p1"))
    changed = apply(bigger, do.RenameItem("t5", "Other"))
    assert changed.panels[0].items[0] is project.panels[0].items[0]


LABELS = [
    (do.AddPanel(), "Add a blank panel"),
    (do.AddPanel(table=True), "Add a panel with a table"),
    (do.RemovePanel("p1"), "Remove Freeform"),
    (do.RenamePanel("p1", "New"), "Rename Freeform to New"),
    (do.CollapsePanel("p1", True), "Collapse Freeform"),
    (do.CollapseItem("t2", False), "Expand Freeform Table"),
    (do.SetPeriod("p1", Preset("last-30-days")), "Set the period of Freeform to Last 30 days"),
    (do.SetPeriod(None, None), "Set the period of all panels to All dates"),
    (do.SetPeriod("p1", Fixed("2026-01-01", "2026-01-02")), "Set the period of Freeform to Jan 1, 2026"),
    (do.FilterPanel("p1", ItemFilter("city", ("Rome", None))), "Filter Freeform by Rome, Nowhere"),
    (do.RemoveFilter("p1", 7), "Remove a filter from Freeform"),
    (do.AddTable("p1"), "Add a table to Freeform"),
    (do.RenameItem("t2", "New"), "Rename Freeform Table to New"),
    (do.RemoveColumnFilter("t2", "c3", 7), "Remove a filter from Open"),
    (do.RemoveItem("t2"), "Remove Freeform Table"),
    (do.AddColumn("t2", "open"), "Add Open as a column"),
    (do.RemoveColumn("t2", "c4"), "Remove the column Click"),
    (do.MoveColumn("t2", "c4", "c3"), "Move Click before Open"),
    (do.MoveColumn("t2", "c3", None), "Move Open to the end"),
    (do.SetSort("t2", "c4", True), "Sort by Click, descending"),
    (do.SetSort("t2", None, False), "Sort by City, ascending"),
    (do.SetColumn("t2", "c3", totals=False), "Hide totals of Open"),
    (do.SetColumn("t2", "c3", number=True), "Show numbers of Open"),
    (do.SetColumn("t2", "c3", percent=False), "Hide percentages of Open"),
    (do.SetColumn("t2", "c3", background="colors"), "Show colours in Open"),
    (do.SetColumn("t2", "c3", background="bar"), "Show bars in Open"),
    (do.SetColumn("t2", "c3", background="off"), "Hide the background of Open"),
    (do.SetColumn("t2", "c3", limits=Limits(461, 0.5, 200)), "Set the limits of Open to 461, 200, 0.5"),
    (do.SetColumn("t2", "c3", limits=None), "Set the limits of Open from the figures"),
    (do.SetColumn("t2", "c3", percent_limits=True), "Set the limits of Open to percentages"),
    (do.SetColumn("t2", "c3", variant="retries"), "Count Open with retries"),
    (do.SetColumn("t2", "c3", variant=None), "Count Open as usual"),
    (do.SetColumn("t2", "c3", wrap=False), "Cut the head of Open"),
    (do.SetColumn("t2", "c3", blank_zero=True), "Show zeros of Open as no value"),
    (do.SetColumn("t2", "c3", wrap=False, number=False), "Change the settings of Open"),
    (do.SetWidth("t2", "c3", 200), "Set the width of Open"),
    (do.SetWidth("t2", None, None), "Fit the width of City"),
    (do.SetRows("t2", (), by_position=True), "Break down City by position"),
    (do.SetRows("t2", (), percent_of="row"), "Show percentages of the row in City"),
    (do.SetRows("t2", (), align_dates=False), "Show the real dates of City"),
    (do.SetLimit("t2", (), 10), "Show 10 rows on a page"),
    (do.SetSearch("t2", (), "par", True), "Search City for “par”"),
    (do.SetSearch("t2", (), "", False), "Set the search of City"),
    (
        do.SetSearch("t2", (), "Rome", True, (NameRule("starts-with", " pa "),), "any"),
        "Search City for what contains “Rome” or starts with “pa”",
    ),
    (do.SetSearch("t2", (), "", True, (NameRule("contains", "par"),)), "Search City for “par”"),
    (do.KeepRows("t2", (("Paris",), (None,))), "Keep only Paris, N/A"),
    (do.KeepRows("t2", tuple((each,) for each in "abcde")), "Keep only a, b, c and 2 more"),
    (do.ShowAllRows("t2", ()), "Show all rows of City"),
    (do.CollapseBreakdown("t2", ("Paris",), True), "Collapse Paris"),
    (do.RemoveBreakdown("t2", (None,)), "Remove the breakdown of N/A"),
    (do.SaveMetric(None, "Rate", "1"), "Add the metric Rate"),
    (do.SaveMetric("rate", "Rate", "1"), "Change the metric Rate"),
    (do.SaveSegment(None, "Young", field("who") < 5), "Add the segment Young"),
    (do.RemoveComponent(Ref("segment", "early")), "Delete the segment Early"),
    (do.DuplicateComponent(Ref("metric", "open")), "Duplicate Open"),
    (do.RenameProject("Q2"), "Rename the report to Q2"),
    (do.SetLocale("fr"), "Write numbers as in French"),
    (do.Clear(), "Clear all panels"),
    (do.MovePanel("p1", None), "Move Freeform to the end"),
    (do.DuplicatePanel("p1"), "Duplicate Freeform"),
    (do.PlaceItem("t2", 0, 0, 6, None), "Resize Freeform Table"),
    (do.PlaceItem("t2", 6, 0, 6, None), "Move Freeform Table"),
    (do.DuplicateItem("t2"), "Duplicate Freeform Table"),
    (do.MoveItem("t2", "p1"), "Move Freeform Table to Freeform"),
    (do.AddRows("t2", (), (SegmentFilter("early"),)), "Add Early to Freeform Table"),
    (do.RemoveRow("t2", ("s9",)), "Remove the row s9"),
    (do.RemoveRow("t2", ("s9",), (("s8",),)), "Remove s9, s8"),
    (do.RemoveLevel("t2", ("c3", "c4"), 0), "Remove a filter from 2 columns"),
    (
        do.AddPeriodColumn("t2", "c3", ShiftFilter("same-period-last-year")),
        "Add Open over same period last year",
    ),
    (do.CompareColumn("t2", "c3", PeriodFilter(Preset("last-month"))), "Compare Open with Last month"),
    (drop("segment:early", do.OnAbove("t2")), "Stack Early above the columns of Freeform Table"),
    (drop("segment:early", do.OnBetween("t2", ("s9",), "after")), "Add Early after s9"),
    (drop("dimension:device", do.OnRow("t2", (("Paris",),))), "Break down Paris by Device"),
    (drop("dimension:device", do.OnRow("t2", (("Paris",), ("Rome",)))), "Break down 2 rows by Device"),
    (drop("dimension:device", do.OnRow("t2", ((AtPosition(1),),))), "Break down row 1 by Device"),
    (drop("dimension:device", do.OnRows("t2")), "Replace City with Device"),
    (drop("metric:people", do.OnEdge("t2", "c3", "before")), "Add People before Open"),
    (
        drop("metric:people metric:records", do.OnEdge("t2", "c4", "after")),
        "Add People and Records after Click",
    ),
    (drop("metric:people", do.OnColumn("t2", "c4")), "Replace Click with People"),
    (drop("segment:early", do.OnColumn("t2", "c4")), "Filter Click by Early"),
    (drop("segment:early", do.OnPanel("p1")), "Filter Freeform by Early"),
    (drop("period:yesterday", do.OnColumn("t2", "c3")), "Set the period of Open to Yesterday"),
    (drop("dimension:city", do.OnNewTable("p1")), "Add a table of City to Freeform"),
]


@pytest.mark.parametrize(("command", "expected"), LABELS)
def test_labels(project: Project, catalog: Catalog, command: do.Command, expected: str) -> None:
    label = do.label(command, project, catalog)
    assert label == expected
    assert do.said(label).split()[0] in PAST.values()


def test_rows_are_called_as_on_the_screen(project: Project, catalog: Catalog) -> None:
    command = drop("dimension:device", do.OnRow("t2", (("p",),)))
    assert (
        do.label(command, project, catalog, lambda table, path: f"{table} {path[0]}")
        == "Break down t2 p by Device"
    )


def test_endless_labels_are_cut(project: Project, catalog: Catalog) -> None:
    assert len(do.label(do.RenamePanel("p1", "x" * 10_000), project, catalog)) <= 160


def test_every_command_has_a_label_of_its_own() -> None:
    """Undo names each gesture, in the labels that people see; "Change the report" is for what is gone."""
    named = {type(command) for command, _ in (*LABELS, *CHART_LABELS)}
    assert named == set(get_args(do.Command))
    for command, expected in (*LABELS, *CHART_LABELS):
        assert not re.search(r"\b[ptcvn]\d\b", expected), command
