"""Any sequence of commands: pure, refused without trace, undone, redone, and the same after JSON."""

from __future__ import annotations

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dynreports.errors import DynReportsError
from dynreports.project import commands as do
from dynreports.project import tree
from dynreports.project.history import History
from dynreports.project.layout import parse, render
from dynreports.project.model import (
    PAGE_SIZES,
    AtPosition,
    DataReference,
    ItemFilter,
    PeriodFilter,
    Project,
    SegmentFilter,
    ValueFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.period import Bound, Fixed, Preset, Rolling

START = Project(title="Random", data=DataReference("events"))

REFS = [
    Ref("dimension", "city"), Ref("dimension", "device"), Ref("metric", "open"), Ref("metric", "click-rate"),
    Ref("metric", "records"), Ref("segment", "early"), Ref("segment", "mobile-only"), Ref("time", "day"),
    Ref("time", "month"), Ref("period", "last-month"), Ref("dimension", "gone"),
]  # fmt: skip
texts = st.text(max_size=12) | st.sampled_from(["<img onerror=1>", "a\nb", "\u202eabc", "x" * 300, "__js__:1"])
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
components = st.lists(st.sampled_from(REFS), min_size=1, max_size=3).map(tuple)


@st.composite
def commands(draw: st.DrawFn, project: Project) -> do.Command:
    """Draw a command about what is there, and now and then about what is not."""
    tables = [table for _, table in tree.tables(project)]
    panel = draw(st.sampled_from([*(panel.id for panel in project.panels), "p99"]))
    table = draw(st.sampled_from([*tables, None])) if tables else None
    name = table.id if table else "t99"
    ids = [column.id for column in table.columns] if table else []
    column = draw(st.sampled_from([*ids, "c99"]))
    path = draw(st.sampled_from([*_addresses(table), *_addresses(table)])) if table and draw(flags) else draw(paths)
    before = draw(st.none() | st.sampled_from([*ids, "c99"]))
    index = draw(st.integers(-1, 2))
    targets = [
        do.OnRows(name, path), do.OnRows(name), do.OnColumns(name), do.OnColumn(name, column),
        do.OnEdge(name, column, "before"), do.OnEdge(name, column, "after"), do.OnPanel(panel),
        do.OnRow(name, ((*path, draw(steps)), (*path, draw(steps)))), do.OnNewTable(panel),
    ]  # fmt: skip
    some_filter = draw(
        st.builds(ItemFilter, st.just("city"), st.lists(items, max_size=2).map(tuple))
        | st.just(SegmentFilter("early"))
    )
    drops = [do.Drop(draw(components), target) for target in targets]
    others = [
        do.AddPanel(draw(flags)), do.RemovePanel(panel), do.RenamePanel(panel, draw(texts)), do.AddTable(panel),
        do.CollapsePanel(panel, draw(flags)), do.SetPeriod(draw(st.sampled_from([panel, None])), draw(periods)),
        do.FilterPanel(panel, draw(st.sampled_from([some_filter, ValueFilter("device")]))), do.RemoveFilter(panel, index),
        do.RemoveTable(name), do.RenameTable(name, draw(texts)), do.CollapseTable(name, draw(flags)),
        do.AddColumn(name, "open", (some_filter, PeriodFilter(Preset("today"))), before), do.RemoveColumn(name, column),
        do.RemoveColumnFilter(name, column, index), do.MoveColumn(name, column, before),
        do.SetSort(name, before, draw(flags)), do.SetLimit(name, path, draw(st.sampled_from([*PAGE_SIZES, 3]))),
        do.SetSearch(name, path, draw(texts), draw(flags)), do.CollapseBreakdown(name, path, draw(flags)),
        do.RemoveBreakdown(name, path), do.RenameProject(draw(texts)),
    ]  # fmt: skip
    return draw(st.sampled_from([*drops, *drops, *others, do.AddPanel(table=True)]))


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
        assert table.rows is not None or not table.breakdowns
        _check_blocks(table, [])
    assert len(ids) == len(set(ids))
    assert all(int(each[1:]) <= project.last_id for each in ids)


def _check_blocks(block: tree.Block, above: list[Ref | None]) -> None:
    by = getattr(block, "by", None) or getattr(block, "rows", None)
    assert by not in above
    assert len({repr(each.at) for each in block.breakdowns}) == len(block.breakdowns)
    for each in block.breakdowns:
        _check_blocks(each, [*above, by])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_sequence_of_commands(data: st.DataObject, catalog: Catalog) -> None:
    history = History(START)
    states = [START]
    for _ in range(data.draw(st.integers(1, 25))):
        command = data.draw(commands(history.project))
        before, picture = history.project, msgspec.json.encode(history.project)
        label = do.label(command, before, catalog)
        assert label
        assert do.said(label)
        try:
            after = do.apply(before, command, catalog)
        except DynReportsError as error:
            assert str(error)
            after = before
        assert msgspec.json.encode(before) == picture
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
