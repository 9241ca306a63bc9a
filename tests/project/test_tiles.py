"""Where items stand: they float up, push others down, and never lie over each other."""

from __future__ import annotations

import pytest

from dynreports.errors import RefusedError
from dynreports.project import commands as do
from dynreports.project import tiles
from dynreports.project.model import Place, Project, Table
from dynreports.project.tiles import Box
from dynreports.semantics.catalog import Catalog

A, B, C = (Table(id=each) for each in ("t1", "t2", "t3"))


def place(items: tuple[Table, ...], name: str, *where: int | None) -> tuple[Table, ...]:
    item = next(each for each in items if each.id == name)
    return tiles.placed(items, item, Place(*where))  # type: ignore[arg-type]


def test_without_places_items_stand_below_each_other() -> None:
    assert tiles.boxes((A, B)) == {"t1": Box(0, 0, 12, 8), "t2": Box(0, 8, 12, 8)}
    assert tiles.settled((A, B, C)) == (A, B, C)


def test_beside_each_other() -> None:
    items = place((A, B, C), "t1", 0, 0, 6, None)
    assert tiles.boxes(items)["t2"] == Box(0, 8, 12, 8)  # too wide to come beside it
    items = place(items, "t2", 6, 0, 6, None)
    assert tiles.boxes(items) == {"t1": Box(0, 0, 6, 8), "t2": Box(6, 0, 6, 8), "t3": Box(0, 8, 12, 8)}
    assert [each.place for each in items] == [Place(0, 0, 6), Place(6, 0, 6), None]


def test_the_one_that_is_moved_pushes_the_others_down() -> None:
    items = place((A, B, C), "t3", 0, 0, 12, None)
    assert [each.id for each in items] == ["t3", "t1", "t2"]
    assert all(each.place is None for each in items)  # the order says it all
    items = place(items, "t3", 0, 16, 12, None)
    assert [each.id for each in items] == ["t1", "t3", "t2"]
    items = place(items, "t1", 0, 1000, 12, None)
    assert [each.id for each in items] == ["t3", "t2", "t1"]


def test_two_low_items_beside_a_high_one() -> None:
    items = place((A, B, C), "t1", 0, 0, 8, 16)
    items = place(items, "t2", 8, 0, 4, 8)
    items = place(items, "t3", 8, 3, 4, 8)
    assert tiles.boxes(items) == {"t1": Box(0, 0, 8, 16), "t2": Box(8, 0, 4, 8), "t3": Box(8, 8, 4, 8)}


def test_what_floats_up_when_one_goes(project: Project, catalog: Catalog) -> None:
    for command in (
        do.AddTable("p1"),
        do.AddTable("p1"),
        do.PlaceItem("t2", 0, 0, 6, None),
        do.PlaceItem("t5", 6, 0, 6, None),
        do.RemoveItem("t5"),
    ):
        project = do.apply(project, command, catalog)
    [panel] = project.panels
    assert tiles.boxes(panel.items) == {"t2": Box(0, 0, 6, 8), "t6": Box(0, 8, 12, 8)}
    assert panel.items == tiles.settled(panel.items)


def test_copies(project: Project, catalog: Catalog) -> None:
    doubled = do.apply(project, do.DuplicateItem("t2"), catalog).panels[0].items
    assert [each.title for each in doubled] == ["Freeform Table", "Freeform Table (2)"]
    original, copy = doubled
    assert [each.metric for each in copy.columns] == [each.metric for each in original.columns]
    assert {each.id for each in copy.columns}.isdisjoint(each.id for each in original.columns)
    assert copy.sort is not None
    assert copy.sort.column == copy.columns[0].id
    half = do.apply(project, do.PlaceItem("t2", 0, 0, 6, 5), catalog)
    half = do.apply(half, do.DuplicateItem("t2"), catalog)
    assert list(tiles.boxes(half.panels[0].items).values()) == [Box(0, 0, 6, 5), Box(0, 5, 6, 5)]
    twice = do.apply(half, do.DuplicatePanel("p1"), catalog)
    assert [each.title for each in twice.panels] == ["Freeform", "Freeform (2)"]
    first, second = (list(tiles.boxes(each.items).values()) for each in twice.panels)
    assert first == second


def test_panels_change_places(project: Project, catalog: Catalog) -> None:
    project = do.apply(project, do.AddPanel(title="Second"), catalog)
    first, second = (each.id for each in project.panels)
    moved = do.apply(project, do.MovePanel(second, first), catalog)
    assert [each.title for each in moved.panels] == ["Second", "Freeform"]
    assert do.apply(moved, do.MovePanel(second, None), catalog) == project
    assert do.apply(project, do.MovePanel(first, first), catalog) is project


@pytest.mark.parametrize(
    "where", [(-1, 0, 6, None), (8, 0, 6, None), (0, 0, 0, None), (0, 0, 13, 1), (0, -1, 1, 1), (0, 0, 1, 0)]
)
def test_places_that_are_none(where: tuple[int, int, int, int | None]) -> None:
    with pytest.raises(RefusedError):
        place((A,), "t1", *where)


def test_an_item_moves_into_another_panel(project: Project, catalog: Catalog) -> None:
    def make(*commands: do.Command) -> Project:
        made = project
        for each in commands:
            made = do.apply(made, each, catalog)
        return made

    start = (do.AddChart("p1", "bar"), do.AddPanel(table=True))
    before = make(*start)
    first, second = before.panels
    table, chart = first.items
    # Another one of its name stands there already; its chart stays, and goes on drawing it.
    moved = make(*start, do.MoveItem(table.id, second.id))
    assert [each.title for each in moved.panels[1].items] == ["Freeform Table", "Freeform Table (2)"]
    assert moved.panels[1].items[1].columns == table.columns
    assert moved.panels[0].items == (chart,)
    assert moved.panels[0].items[0].source == table.id
    half = (*start, do.PlaceItem(chart.id, 6, 0, 6, 5))
    # It keeps its size: at a place that is named it pushes others down, else it comes last.
    there = make(*half, do.MoveItem(chart.id, second.id, 0, 0)).panels[1].items
    assert list(tiles.boxes(there).items()) == [
        (chart.id, Box(0, 0, 6, 5)),
        (second.items[0].id, Box(0, 5, 12, 8)),
    ]
    last = make(*half, do.MoveItem(chart.id, second.id)).panels[1].items
    assert tiles.boxes(last)[chart.id] == Box(6, 8, 6, 5)
    with pytest.raises(RefusedError, match="in Freeform already"):
        make(*start, do.MoveItem(table.id, "p1"))
