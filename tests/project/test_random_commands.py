"""Any sequence of commands: pure, refused without trace, undone, redone, and the same after JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from dynreports.errors import DynReportsError
from dynreports.project import commands as do
from dynreports.project import tiles, tree
from dynreports.project.chart_model import CHART_TYPES, Goals, LockItems, LockPositions
from dynreports.project.drops import RULES
from dynreports.project.history import History
from dynreports.project.layout import parse, render
from dynreports.project.model import (
    PAGE_SIZES,
    AtPosition,
    DataReference,
    ItemFilter,
    Limits,
    Lock,
    MetricFilter,
    Panel,
    PeriodFilter,
    Project,
    SegmentFilter,
    ShiftFilter,
    Table,
    ValueFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.period import Bound, Fixed, Preset, Rolling
from dynreports.semantics.search import HOWS, JOINED, NameRule

START = Project(title="Random", data=DataReference("events"))

REFS = [
    Ref("dimension", "city"), Ref("dimension", "device"), Ref("metric", "open"), Ref("metric", "click-rate"),
    Ref("metric", "records"), Ref("segment", "early"), Ref("segment", "mobile-only"), Ref("time", "day"),
    Ref("time", "month"), Ref("period", "last-month"), Ref("dimension", "gone"),
]  # fmt: skip
texts = st.text(max_size=12) | st.sampled_from(
    ["<img onerror=1>", "a\nb", "\u202eabc", "x" * 300, "__js__:1"]
)
items = (
    st.none() | st.booleans() | st.integers() | st.floats() | texts
    | st.sampled_from(["Paris", "Rome", "Mobile", 2**70, 1e300, -0.0])
)  # fmt: skip
steps = st.sampled_from(["Paris", "Rome", None, "Mobile"]) | items | st.builds(AtPosition, st.integers(1, 5))
paths = st.lists(steps, max_size=3).map(tuple)
flags = st.booleans()
periods = (
    st.none() | st.sampled_from(["today", "last-30-days", "nonsense"]).map(Preset)
    | st.just(Fixed("2026-01-01", "2026-02-01"))
    | st.just(Rolling(Bound("start", "month", -1, "month"), Bound("end", "day")))
)  # fmt: skip
others_period = st.sampled_from(["previous-period", "same-period-last-year"]).map(
    ShiftFilter
) | periods.filter(lambda each: each is not None).map(PeriodFilter)
row_filters = (
    st.sampled_from([SegmentFilter("early"), ItemFilter("city", ("Paris",)), MetricFilter("open")])
    | st.just(PeriodFilter(Preset("today"))) | st.just(SegmentFilter("gone"))
)  # fmt: skip
sides = st.sampled_from(["before", "after"])
rules = st.lists(st.builds(NameRule, st.sampled_from(list(HOWS)), texts), max_size=3).map(tuple)
indexes = st.integers(-1, 2)
places = st.tuples(
    st.integers(-1, 8), st.integers(-1, 30), st.integers(0, 12), st.none() | st.integers(0, 20)
)  # fmt: skip


@st.composite
def commands(draw: st.DrawFn, project: Project) -> do.Command:
    """Draw a command about what is there, and now and then about what is not."""
    tables = [table for _, table in tree.tables(project)]
    panels = [panel.id for panel in project.panels]
    if not tables and draw(st.integers(0, 3)):
        return do.AddPanel(table=True)
    table = draw(st.sampled_from([*tables, None])) if tables else None
    name = table.id if table else "t99"
    ids = [column.id for column in table.columns] if table else []

    def panel() -> str:
        return draw(st.sampled_from([*panels, *panels, "p99"]))

    def column() -> str:
        return draw(st.sampled_from([*ids, *ids, *ids, "c99"]))

    def item(letter: str) -> str:
        there = [each.id for _, each in tree.items(project) if each.id.startswith(letter)]
        return draw(st.sampled_from([*there, *there, f"{letter}99"]))

    def chart() -> str:
        return item("v")

    def path() -> do.Address:
        return draw(st.sampled_from(_addresses(table))) if table and draw(flags) else draw(paths)

    def row() -> do.Address:
        return (*path(), draw(steps))

    def given_row() -> do.Address:
        rows = (
            [(*each, row.id) for each in _addresses(table) for row in tree.block_at(table, each).static]
            if table
            else []
        )
        return draw(st.sampled_from(rows)) if rows and draw(st.integers(0, 4)) else row()

    def before() -> str | None:
        return draw(st.none() | st.just(column()))

    def some_filter() -> ItemFilter | SegmentFilter:
        some = st.lists(items, max_size=2).map(tuple)
        return draw(st.builds(ItemFilter, st.just("city"), some) | st.just(SegmentFilter("early")))

    targets = [
        lambda: do.OnRows(name, path()), lambda: do.OnRows(name), lambda: do.OnColumns(name),
        lambda: do.OnColumn(name, column()), lambda: do.OnEdge(name, column(), draw(sides)),
        lambda: do.OnPanel(panel()), lambda: do.OnRow(name, (row(), row())), lambda: do.OnRow(name, (row(),)),
        lambda: do.OnNewTable(panel()), lambda: do.OnAbove(name), lambda: do.OnRows(name),
        lambda: do.OnBetween(name, given_row(), draw(sides)),
    ]  # fmt: skip
    others = [
        lambda: do.AddPanel(draw(flags)), lambda: do.RemovePanel(panel()),
        lambda: do.RenamePanel(panel(), draw(texts)), lambda: do.AddTable(panel()),
        lambda: do.CollapsePanel(panel(), draw(flags)), lambda: do.RemoveItem(name),
        lambda: do.SetPeriod(draw(st.none() | st.just(panel())), draw(periods)),
        lambda: do.FilterPanel(panel(), draw(st.sampled_from([some_filter(), ValueFilter("device")]))),
        lambda: do.RemoveFilter(panel(), draw(indexes)), lambda: do.RenameItem(name, draw(texts)),
        lambda: do.CollapseItem(name, draw(flags)), lambda: do.RemoveColumn(name, column()),
        lambda: do.AddColumn(name, "open", (some_filter(), PeriodFilter(Preset("today"))), before()),
        lambda: do.RemoveColumnFilter(name, column(), draw(indexes)),
        lambda: do.MoveColumn(name, column(), before()), lambda: do.SetSort(name, before(), draw(flags)),
        lambda: do.SetLimit(name, path(), draw(st.sampled_from([*PAGE_SIZES, 3]))),
        lambda: do.SetSearch(name, path(), draw(texts), draw(flags)),
        lambda: do.SetSearch(name, path(), "", draw(flags), draw(rules), draw(st.sampled_from(JOINED))),
        lambda: do.KeepRows(name, (row(), row())), lambda: do.ShowAllRows(name, path()),
        lambda: do.CollapseBreakdown(name, path(), draw(flags)), lambda: do.RemoveBreakdown(name, path()),
        lambda: do.SetLocale(draw(st.sampled_from(["en", "fr", "nl", "de"]))),
        lambda: do.RenameProject(draw(texts)), lambda: do.DuplicatePanel(panel()),
        lambda: do.MovePanel(panel(), draw(st.none() | st.just(panel()))), lambda: do.DuplicateItem(name),
        lambda: do.PlaceItem(name, *draw(places)), lambda: do.PlaceItem(name, *draw(places)),
        lambda: do.MoveItem(name, panel()), lambda: do.MoveItem(item("v"), panel(), *draw(places)[:2]),
        lambda: _set_column(draw, name, column()),
        lambda: do.SetWidth(name, before(), draw(st.none() | st.integers(0, 2500))),
        lambda: _set_rows(draw, name, path()),
        lambda: do.AddChart(panel(), draw(types), draw(st.just(name) | st.just(UNSET) | st.none())),
        lambda: do.Visualize(name, (row(),), draw(st.just(()) | st.just((column(),)))),
        lambda: do.SetChart(chart(), **_some(draw, _CHART)),
        lambda: do.BindChart(chart(), name), lambda: do.LockChart(chart(), _lock(draw, path, column)),
        lambda: do.LockChart(chart(), draw(st.sampled_from(["items", "positions", None]))),
        lambda: do.ShowTable(name, draw(flags)), lambda: do.AddText(panel(), draw(texts)),
        lambda: do.SetText(item("n"), draw(texts)), lambda: do.RemoveItem(item("v")),
        lambda: do.DuplicateItem(item("v")), lambda: do.PlaceItem(item("v"), *draw(places)),
        lambda: do.RenameItem(item("n"), draw(texts)), lambda: do.CollapseItem(item("v"), draw(flags)),
        lambda: do.AddRows(name, path(), tuple(draw(st.lists(row_filters, max_size=2)))),
        lambda: do.RemoveRow(name, given_row()), lambda: do.RemoveLevel(name, tuple(ids[:2]), draw(indexes)),
        lambda: do.AddPeriodColumn(name, column(), draw(others_period)),
        lambda: do.CompareColumn(name, column(), draw(others_period)),
    ]  # fmt: skip
    if draw(flags):
        return draw(st.sampled_from(others))()
    target = draw(st.sampled_from(targets))()
    kinds = [kind for kind, places in RULES.items() if str(target.__struct_config__.tag) in places]
    possible = st.sampled_from([ref for ref in REFS if ref.kind in kinds])
    count = draw(st.sampled_from([1, 1, 1, 2]))
    refs = st.lists(
        possible if draw(st.integers(0, 4)) else st.sampled_from(REFS), min_size=count, max_size=count
    )
    single = [do.ItemOf(Ref("dimension", "city"), "Paris"), do.ItemOf(Ref("time", "day"), "2026-05-01")]
    dragged = draw(st.lists(st.sampled_from(single), max_size=2, unique=True))
    return do.Drop(() if dragged and draw(flags) else tuple(draw(refs)), target, tuple(dragged))


types = st.sampled_from(CHART_TYPES)
_CHART = {
    "type": types, "percentages": flags, "legend": flags, "max_items": st.none() | st.integers(-1, 500),
    "threshold": st.none() | st.floats(), "granularity": st.sampled_from([None, "hour", "week"]),
    "goals": st.none() | st.builds(Goals, st.floats(0, 2), st.floats(1, 3), st.floats(2, 9)), "zero": flags,
    "title": texts, "abbreviate": st.none() | st.integers(-1, 4),
    "summarize": st.sampled_from(["sum", "mean"]),
}  # fmt: skip


def _lock(draw: st.DrawFn, path: Callable[[], do.Address], column: Callable[[], str]) -> Lock:
    columns = draw(st.just(()) | st.just((column(),)))
    if draw(flags):
        rows = draw(st.lists(st.integers(0, 5), max_size=3).map(tuple))
        return LockPositions(block=path(), columns=columns, rows=rows, total=draw(flags))
    return LockItems(block=path(), columns=columns, rows=draw(st.lists(items, max_size=2).map(tuple)))


limits = st.none() | st.builds(Limits, st.floats(), st.floats(), st.none() | st.floats()) | st.builds(
    Limits, st.floats(5, 1e6), st.floats(-5, 4), st.none() | st.floats(4, 5)
)  # fmt: skip
_COLUMN = {
    "totals": flags, "number": flags, "percent": st.none() | flags, "percent_limits": flags, "wrap": flags,
    "blank_zero": flags, "background": st.sampled_from(["off", "bar", "colors", None]), "limits": limits,
}  # fmt: skip
_ROWS = {"by_position": flags, "percent_of": st.sampled_from(["column", "row"]), "align_dates": flags}


def _some(draw: st.DrawFn, settings: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(list(settings)), min_size=1, max_size=3, unique=True))
    return {name: draw(settings[name]) for name in names}


def _set_column(draw: st.DrawFn, table: str, column: str) -> do.SetColumn:
    return do.SetColumn(table, column, **_some(draw, _COLUMN))


def _set_rows(draw: st.DrawFn, table: str, path: do.Address) -> do.SetRows:
    ranks = draw(st.lists(st.tuples(items, st.integers(1, 4)), max_size=3).map(tuple))
    return do.SetRows(table, path, ranks=ranks, **_some(draw, _ROWS))


def _addresses(block: tree.Block, above: do.Address = ()) -> list[do.Address]:
    found = [above]
    for each in block.breakdowns:
        step = each.at if isinstance(each.at, AtPosition) else each.at.item
        found += _addresses(each, (*above, step))
    return found


def check_sound(project: Project) -> None:
    """Check what must hold in every document, however it came to be."""
    ids = [panel.id for panel in project.panels]
    for _, table in tree.tables(project):
        columns = [column.id for column in table.columns]
        ids += [table.id, *columns]
        assert table.sort is None or table.sort.column in {None, *columns}
        assert tree.count_breakdowns(table) <= 200
        _check_blocks(table, [])
    ids += [item.id for _, item in tree.items(project) if not isinstance(item, Table)]
    assert len(ids) == len(set(ids))
    assert all(int(each[1:]) <= project.last_id for each in ids)

    for panel in project.panels:
        assert len(tiles.boxes(panel.items)) < 2 or _cells(panel) == len(set(_covered(panel)))


def _covered(panel: Panel) -> list[tuple[int, int]]:
    """Return the cells of the panel's grid that its items cover."""
    return [
        (x, y)
        for box in tiles.boxes(panel.items).values()
        for x in range(box.x, box.x + box.w)
        for y in range(box.y, box.y + box.h)
    ]


def _cells(panel: Panel) -> int:
    return sum(box.w * box.h for box in tiles.boxes(panel.items).values())


def _check_blocks(block: tree.Block, above: list[Ref | None]) -> None:
    by = block.rows
    assert by is None or by not in above
    assert by is None or not block.static
    assert by is not None or block.static or (not above and not block.breakdowns)
    assert len({repr(each.at) for each in block.breakdowns}) == len(block.breakdowns)
    for each in block.breakdowns:
        _check_blocks(each, [*above, by])


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_sequence_of_commands(data: st.DataObject, catalog: Catalog) -> None:
    history = History(START)
    states = [START]
    for _ in range(data.draw(st.integers(1, 25))):
        command = data.draw(commands(history.project))
        before, picture = history.project, repr(history.project)
        label = do.label(command, before, catalog)
        assert label
        assert do.said(label)
        try:
            after = do.apply(before, command, catalog)
        except DynReportsError:
            after = before
        assert repr(before) == picture
        if after is before:
            continue
        assert after != before
        check_sound(after)
        # Whatever a command makes, the file gives back: the same value, and then the same bytes.
        content = render(after)
        again = parse(content).project
        assert repr(again) == repr(after)
        assert render(again) == content
        history.push(after, label)
        states.append(after)
    for expected in reversed(states[:-1]):
        assert history.undo()
        assert history.project is expected
    assert not history.undo()
    for expected in states[1:]:
        assert history.redo()
        assert history.project is expected
    assert not history.redo()


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_commands_survive_the_way_through_the_browser(data: st.DataObject, project: Project) -> None:
    command = data.draw(commands(project))
    sent = msgspec.to_builtins(command)
    if "nan" not in repr(command) and "inf" not in repr(command):
        assert do.decode(msgspec.json.decode(msgspec.json.encode(sent))) == command
