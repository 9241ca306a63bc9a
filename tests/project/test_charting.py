"""Charts and texts in the document: adding, binding, locking, setting, copies, and their labels."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dynreports.errors import RefusedError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project import tiles, tree
from dynreports.project.layout import parse, render
from dynreports.project.model import AtPosition, Chart, Goals, LockItems, LockPositions, Place, Project, Text
from dynreports.project.same import content
from dynreports.project.session import Session
from dynreports.project.tiles import Box
from dynreports.project.wording import PAST
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.dataset import Dataset

from .conftest import drop


def make(project: Project, catalog: Catalog, *commands: do.Command) -> Project:
    for command in commands:
        project = do.apply(project, command, catalog)
    return project


@pytest.fixture
def charted(project: Project, catalog: Catalog) -> Project:
    """The table ``t2`` (columns ``c3``, ``c4``), the chart ``v5`` of it and the text ``n6``."""
    return make(project, catalog, do.AddChart("p1", "line"), do.AddText("p1", "Words"))


def chart(project: Project, id: str = "v5") -> Chart:
    return tree.find_chart(project, id)


def test_a_chart_draws_the_nearest_table(project: Project, catalog: Catalog) -> None:
    assert chart(make(project, catalog, do.AddChart("p1", "bar"))).source == "t2"
    two = make(project, catalog, do.AddTable("p1"), do.AddChart("p1", "bar"))
    assert chart(two, "v6").source == "t5"
    hidden = make(two, catalog, do.ShowTable("t5", hidden=True), do.AddChart("p1", "bar"))
    assert chart(hidden, "v7").source == "t2"
    assert chart(hidden, "v7").title == "Bar (2)"
    assert chart(make(project, catalog, do.AddChart("p1", "bar", None))).source is None
    blank = make(project, catalog, do.AddPanel(), do.AddChart("p5", "bar"))
    assert chart(blank, "v6").source is None
    with pytest.raises(UnknownNameError, match="t2"):
        do.apply(project, do.AddChart("p1", "bar", "t3"), catalog)


def test_old_files_are_read_and_defaults_are_left_out(charted: Project) -> None:
    text = render(charted).decode()
    assert '{"type": "chart", "id": "v5", "kind": "line", "title": "Line", "source": "t2"}' in text
    assert parse(render(charted)).project == charted


def test_settings_one_by_one(charted: Project, catalog: Catalog) -> None:
    changed = make(
        charted, catalog, do.SetChart("v5", threshold=5.0, max_items=3), do.SetChart("v5", legend=False)
    )
    assert chart(changed) == replace(chart(charted), threshold=5.0, max_items=3, legend=False)
    assert do.apply(charted, do.SetChart("v5", legend=True), catalog) is charted


@pytest.mark.parametrize(
    "command",
    [
        do.SetChart("v5", max_items=0), do.SetChart("v5", max_items=401), do.SetChart("v5", abbreviate=4),
        do.SetChart("v5", threshold=float("nan")), do.SetChart("v5", goals=Goals(3, 2, 1)),
        do.SetChart("v5", title=" "), do.LockChart("v5", "items"),
        do.LockChart("v5", LockItems(rows=(float("inf"),))), do.LockChart("v5", LockPositions(rows=(0,))),
        do.LockChart("v5", LockItems(block=("Paris",))), do.Visualize("t2", ()), do.Visualize("t2", ((),)),
        do.Visualize("t2", (("Paris",), ("Rome", "x"))),
        do.Visualize("t2", (("Paris",), (AtPosition(1),))), do.AddText("p1", "x" * 20_001),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(charted: Project, catalog: Catalog, command: do.Command) -> None:
    with pytest.raises(RefusedError):
        do.apply(charted, command, catalog)


def test_the_title_follows_the_type_until_somebody_writes_one(charted: Project, catalog: Catalog) -> None:
    bar = make(charted, catalog, do.SetChart("v5", type="horizontal bar"))
    assert (chart(bar).kind, chart(bar).title) == ("horizontal bar", "Horizontal Bar")
    named = make(charted, catalog, do.RenameItem("v5", "Mine"), do.SetChart("v5", type="area"))
    assert chart(named).title == "Mine"


def test_binding_anew_unlocks(charted: Project, catalog: Catalog) -> None:
    locked = make(charted, catalog, do.LockChart("v5", LockItems(rows=("Paris",))), do.AddTable("p1"))
    assert chart(make(locked, catalog, do.BindChart("v5", "t7"))).lock is None
    assert do.apply(locked, do.BindChart("v5", "t2"), catalog) is locked


def test_a_table_that_goes_leaves_its_charts(charted: Project, catalog: Catalog) -> None:
    left = make(charted, catalog, do.RemoveItem("t2"))
    assert [each.id for _, each in tree.items(left)] == ["v5", "n6"]
    assert chart(left).source == "t2"
    assert chart(content(left), "v2").source is None


def test_copies_of_panels_draw_their_own_tables(charted: Project, catalog: Catalog) -> None:
    locked = make(charted, catalog, do.LockChart("v5", LockItems(columns=("c4",), total=True)))
    twice = make(locked, catalog, do.DuplicatePanel("p1"))
    table, copy, text = twice.panels[1].items
    assert isinstance(copy, Chart)
    assert isinstance(text, Text)
    assert copy.source == table.id != "t2"
    assert copy.lock is not None
    assert copy.lock.columns == (table.columns[1].id,)
    one = make(locked, catalog, do.DuplicateItem("v5"))
    assert chart(one, "v7") == replace(chart(locked), id="v7", title="Line (2)")
    assert len({each.id for _, each in tree.items(twice)}) == 6


def test_a_report_says_the_same_whatever_its_ids_are(charted: Project, catalog: Catalog) -> None:
    again = make(charted, catalog, do.AddTable("p1"), do.RemoveItem("t7"), do.DuplicateItem("v5"))
    again = make(again, catalog, do.RemoveItem("v5"), do.RenameItem("v8", "Line"))
    moved = make(again, catalog, do.PlaceItem("v8", 0, 8, 12, None))
    assert content(moved) == content(charted)
    other = make(charted, catalog, do.LockChart("v5", LockItems(rows=("Paris",))))
    assert content(other) != content(charted)


def test_rows_are_visualized_above_their_table(project: Project, catalog: Catalog) -> None:
    one = make(project, catalog, do.Visualize("t2", (("Paris",),)))
    assert [each.id for _, each in tree.items(one)] == ["v5", "t2"]
    assert (chart(one).kind, chart(one).lock) == ("line", LockItems(rows=("Paris",)))
    several = make(project, catalog, do.Visualize("t2", (("Paris",), (None,)), ("c4",)))
    assert chart(several).kind == "bar"
    assert chart(several).lock == LockItems(rows=("Paris", None), columns=("c4",))
    placed = make(project, catalog, do.PlaceItem("t2", 6, 0, 6, 5), do.Visualize("t2", (("Paris",),)))
    assert tiles.boxes(placed.panels[0].items) == {"v5": Box(6, 0, 6, 8), "t2": Box(6, 8, 6, 5)}


def test_numbers_stand_side_by_side(project: Project, catalog: Catalog) -> None:
    number = do.AddChart("p1", "summary number")
    found = tiles.boxes(make(project, catalog, *[number] * 7).panels[0].items)
    places = [(found[f"v{n}"].x, found[f"v{n}"].y) for n in range(5, 12)]
    assert places == [(0, 8), (2, 8), (4, 8), (6, 8), (8, 8), (10, 8), (0, 11)]


def test_hidden_tables_stand_nowhere(charted: Project, catalog: Catalog) -> None:
    hidden = make(charted, catalog, do.ShowTable("t2", hidden=True))
    assert tiles.boxes(hidden.panels[0].items) == {"v5": Box(0, 0, 12, 8), "n6": Box(0, 8, 12, 8)}
    with pytest.raises(RefusedError):
        do.apply(hidden, do.PlaceItem("t2", 0, 0, 6, None), catalog)
    shown = make(hidden, catalog, do.PlaceItem("v5", 6, 0, 6, 9), do.ShowTable("t2"))
    assert tiles.boxes(shown.panels[0].items)["t2"].y >= 9
    assert shown.panels[0].items[0].place == Place(6, 0, 6, 9)


# ---- what is selected ---------------------------------------------------------------------------


@pytest.fixture
def session(charted: Project, dataset: Dataset) -> Session:
    return Session(charted, dataset)


def test_locking_takes_what_is_selected(session: Session) -> None:
    told: list[object] = []
    session.subscribe(told.append)
    session.select(do.Select("t2", (("Rome",), (None,)), ("c4",)))
    session.select(do.Select("t2", (("Rome",), (None,)), ("c4",)))
    assert told == [frozenset()]
    assert not session.undo_label
    session.apply(do.LockChart("v5", "items"))
    assert chart(session.project).lock == LockItems(rows=("Rome", None), columns=("c4",))
    assert session.undo_label == "Lock Line to its cells"
    session.select(do.Select("t2"))
    session.apply(do.LockChart("v5", "positions"))
    assert chart(session.project).lock == LockPositions(rows=(2, 3), columns=("c4",))
    session.undo()
    session.undo()
    assert chart(session.project).lock is None


def test_locking_without_a_selection_takes_what_is_shown(session: Session) -> None:
    session.apply(do.LockChart("v5", "items"))
    assert chart(session.project).lock == LockItems(rows=("Paris", "Rome", None))
    session.select(do.Select("t2", ((),), ("c3",)))
    session.apply(do.LockChart("v5", None))
    session.apply(do.LockChart("v5", "items"))
    assert chart(session.project).lock == LockItems(total=True, columns=("c3",))


def test_a_selection_ends_with_what_was_selected(session: Session) -> None:
    table = tree.find_table(session.project, "t2")
    session.apply(drop("dimension:device", do.OnRow("t2", (("Paris",),))))
    session.select(do.Select("t2", (("Paris", "Mobile"), ("Rome",))))
    assert session.selections.of(table) is None  # the table of before has no such block
    table = tree.find_table(session.project, "t2")
    assert session.selections.of(table) == LockItems(block=("Paris",), rows=("Mobile",))
    session.apply(do.RemoveBreakdown("t2", ("Paris",)))
    assert session.selections.of(tree.find_table(session.project, "t2")) is None
    with pytest.raises(UnknownNameError):
        session.select(do.Select("t2", (), ("c99",)))


# ---- words --------------------------------------------------------------------------------------

LABELS = [
    (do.AddChart("p1", "bar stacked"), "Add the chart Bar Stacked to Freeform"),
    (do.Visualize("t2", (("Paris",),)), "Visualize Paris as Line"),
    (do.Visualize("t2", (("Paris",), ("Rome",))), "Visualize 2 rows as Bar"),
    (do.BindChart("v5", "t2"), "Draw Freeform Table in Line"),
    (do.LockChart("v5", LockItems()), "Lock Line to its cells"),
    (do.LockChart("v5", None), "Let Line follow the selection"),
    (do.ShowTable("t2", hidden=True), "Hide Freeform Table"),
    (do.ShowTable("t2"), "Show Freeform Table"),
    (do.AddText("p1"), "Add a text to Freeform"),
    (do.SetText("n6", "x"), "Write Text"),
    (do.SetChart("v5", type="horizontal bar"), "Draw Line as Horizontal Bar"),
    (do.SetChart("v5", title="New"), "Rename Line to New"),
    (do.SetChart("v5", percentages=True), "Show Line in percent"),
    (do.SetChart("v5", percentages=False), "Show Line in figures"),
    (do.SetChart("v5", stacked_100=True), "Draw Line as parts of 100%"),
    (do.SetChart("v5", legend=False), "Hide the legend of Line"),
    (do.SetChart("v5", max_items=5), "Show 5 items in Line"),
    (do.SetChart("v5", max_items=None), "Show all items in Line"),
    (do.SetChart("v5", others=False), "Hide the other rows in Line"),
    (do.SetChart("v5", dual_axis=True), "Draw Line on two axes"),
    (do.SetChart("v5", normalized=True), "Draw Line scaled to the same height"),
    (do.SetChart("v5", zero=False), "Draw Line around its figures"),
    (do.SetChart("v5", threshold=25.0), "Set the threshold of Line"),
    (do.SetChart("v5", threshold=None), "Remove the threshold from Line"),
    (do.SetChart("v5", granularity="week"), "Show Line by week"),
    (do.SetChart("v5", granularity=None), "Show Line by what its period suggests"),
    (do.SetChart("v5", axes=False), "Hide the axes of Line"),
    (do.SetChart("v5", axis_titles=True), "Show the axis titles of Line"),
    (do.SetChart("v5", hide_title=True), "Hide the title of Line"),
    (do.SetChart("v5", goals=Goals(1, 2, 3.5)), "Set the goals of Line to 1, 2 and 3.5"),
    (do.SetChart("v5", goals=None), "Set the goals of Line to the usual ones"),
    (do.SetChart("v5", summarize="mean"), "Show the mean in Line"),
    (do.SetChart("v5", change="difference"), "Show the change in Line as a difference"),
    (do.SetChart("v5", abbreviate=1), "Cut down the figure of Line"),
    (do.SetChart("v5", abbreviate=None), "Write the figure of Line in full"),
    (do.SetChart("v5", trend=False), "Hide the trend of Line"),
    (do.SetChart("v5", trend=False, zero=True), "Change the settings of Line"),
    (do.FilterMarks("v5", ((("Paris",), "c3"), ((None,), "c4"))), "Filter Freeform by Paris, Nowhere"),
    (do.RemoveItem("n6"), "Remove Text"),
    (do.CollapseItem("v5", True), "Collapse Line"),
]


@pytest.mark.parametrize(("command", "expected"), LABELS)
def test_labels(charted: Project, catalog: Catalog, command: do.Command, expected: str) -> None:
    label = do.label(command, charted, catalog)
    assert label == expected
    assert do.said(label).split()[0] in PAST.values()
