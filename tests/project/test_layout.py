"""The text of a project file: what it looks like, what is accepted, what older and newer versions become."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from dynreports.errors import StorageError
from dynreports.project import commands as do
from dynreports.project.layout import MIGRATIONS, parse, render
from dynreports.project.model import (
    SCHEMA,
    AtPosition,
    DataReference,
    ItemFilter,
    Panel,
    PeriodFilter,
    Project,
    SegmentFilter,
)
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.metric import distinct, mean
from dynreports.semantics.period import Bound, Fixed, Preset, Rolling
from dynreports.semantics.predicate import field

from .conftest import clicks, drop, opens

FILES = Path(__file__).parent / "files"


@pytest.fixture
def full(project: Project, catalog: Catalog) -> Project:
    """A project with at least one of everything that a file can hold."""
    project = replace(
        project,
        revision=3,
        data=DataReference(
            "events",
            path="../data/events.parquet",
            time="ts",
            timezone="Europe/Paris",
            dimensions=(Dimension("city", "City", caption="city_name", group="Profile"),),
            metrics=((clicks / opens).named("Rate", format="percent"), distinct("who"), mean("delay")),
            segments=(
                Segment("Young", where=field("age").between(18, 25) & ~field("gender").isin(["F", "M"])),
                Segment("Rest", where=field("city").is_null() | field("url").contains("<img onerror=1>")),
            ),
        ),
    )
    for command in (
        do.SetPeriod("p1", Rolling(Bound("start", "month", -1, "month"), Bound("end", "day"))),
        drop("segment:early metric:open dimension:city", do.OnPanel("p1")),
        do.FilterPanel("p1", ItemFilter("city", ("Paris", None, True, 7, 0.5))),
        do.AddColumn(
            "t2", "people", (SegmentFilter("early"), PeriodFilter(Fixed("2026-05-01", "2026-06-01")))
        ),
        drop("dimension:device", do.OnRow("t2", (("Paris",), (None,), (AtPosition(2),)))),
        drop("time:day", do.OnRow("t2", (("Paris", "Mobile"),))),
        do.SetSearch("t2", ("Paris",), "“mob” \\ \n ünï", False),
        do.CollapseBreakdown("t2", (None,), True),
        do.SetSort("t2", "c4", False),
        do.SetLimit("t2", (), 25),
        do.AddPanel(table=True, title="Second"),
        do.SetPeriod("p6", Preset("last-30-days")),
        do.CollapsePanel("p6", True),
    ):
        project = do.apply(project, command, catalog)
    return project


# ---- writing ----------------------------------------------------------------------------------


def test_a_file_gives_back_the_project_and_then_the_same_bytes(full: Project) -> None:
    content = render(full)
    assert parse(content).project == full
    assert render(parse(content).project) == content


def test_the_version_is_always_written_and_comes_first(blank: Project) -> None:
    assert render(blank).startswith(b'{\n  "schema": 1,\n  "title": "Review",\n  "revision": 0,\n')


def test_small_changes_are_small_differences(full: Project, catalog: Catalog) -> None:
    def lines_changed(*commands: do.Command) -> int:
        after = full
        for command in commands:
            after = do.apply(after, command, catalog)
        old, new = (render(each).decode().splitlines() for each in (full, after))
        return sum(
            line[0] in "+-" and line[:3] not in ("+++", "---") for line in difflib.unified_diff(old, new)
        )

    assert lines_changed(do.RenamePanel("p1", "Other")) <= 2
    assert lines_changed(do.SetSort("t2", "c3", False)) <= 2
    assert lines_changed(do.MoveColumn("t2", "c3", "c5")) <= 2
    assert lines_changed(do.SetLimit("t2", ("Paris", "Mobile"), 25)) <= 2


def test_lines_are_short_enough_to_read(full: Project) -> None:
    long = [line for line in render(full).decode().splitlines() if len(line) > 120]
    assert long == []


def test_what_no_file_can_hold_is_refused(blank: Project) -> None:
    infinite = Panel(id="p1", filters=(ItemFilter("city", (float("inf"),)),))
    for wrong in (replace(blank, title="\ud800"), replace(blank, panels=(infinite,))):
        with pytest.raises(StorageError, match="value that a file can't"):
            render(wrong)


def test_the_example_of_the_documentation_is_a_project() -> None:
    text = (Path(__file__).parents[2] / "docs" / "project-file.md").read_text(encoding="utf-8")
    example = text.split("```json\n")[1].split("```")[0].encode()
    assert render(parse(example).project).split() == example.split()


# ---- reading ----------------------------------------------------------------------------------


def change(content: bytes, *path: str | int, value: object) -> bytes:
    raw = json.loads(content)
    place = raw
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(raw).encode()


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        (("colour",), "red", "unknown field `colour`"),
        (("panels", 0, "items", 0, "columns", 1, "colour"), "red", r"\$.panels\[0\].items\[0\].columns\[1\]"),
        (("panels", 0, "items", 0, "limit"), "many", r"Expected `int`, got `str` - at `\$.panels\[0\]"),
        (("panels", 0, "items", 0, "type"), "pie", r"Invalid value 'pie'"),
        (("title",), None, "Expected `str`, got `null`"),
        (("schema",), 0, '"schema" must be a number from 1'),
        (("schema",), None, '"schema" must be a number from 1'),
        (("schema",), True, '"schema" must be a number from 1'),
        (
            ("panels", 0, "period"),
            {"type": "fixed", "start": "2026-02-01", "end": "2026-01-01"},
            "before it ends",
        ),
    ],
)
def test_every_field_is_checked_and_the_place_is_named(
    full: Project, path: tuple[str | int, ...], value: object, part: str
) -> None:
    with pytest.raises(StorageError, match=part):
        parse(change(render(full), *path, value=value))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"schema": 1', b"[" * 100_000])
def test_what_is_no_project_is_refused(content: bytes) -> None:
    with pytest.raises(StorageError):
        parse(content)


def test_a_file_cut_anywhere_is_refused(full: Project) -> None:
    content = render(full).rstrip()
    for length in range(0, len(content), 37):
        with pytest.raises(StorageError):
            parse(content[:length])


# ---- versions ---------------------------------------------------------------------------------


def test_the_file_of_version_1_is_still_read(full: Project) -> None:
    """A file as version 1 wrote it. When the version grows, add a file and a test; leave this one."""
    content = (FILES / "v1.report.json").read_bytes()
    assert parse(content).schema == 1
    assert parse(content).project == full


def test_a_file_is_written_as_ever(full: Project) -> None:
    """Another way to write the same report shows up in everybody's git diff: change it on purpose only."""
    assert render(full) == (FILES / "written.report.json").read_bytes()


def test_there_is_a_migration_from_every_older_version() -> None:
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA))


def test_migrations_run_one_after_the_other(full: Project) -> None:
    def first(raw: dict[str, object]) -> dict[str, object]:
        return {**raw, "caption": raw["title"]}

    def second(raw: dict[str, object]) -> dict[str, object]:
        title = raw.pop("caption")
        return {**raw, "title": f"{title}, moved"}

    # Both steps run before the fields are checked: in between, a file need not be a project.
    raw = json.loads(render(full))
    migrated = parse(json.dumps(raw).encode(), {1: first, 2: second}, current=3)
    assert migrated.schema == 1
    assert migrated.project == replace(full, title="Review, moved", schema=3)


def test_a_newer_file_is_read_as_far_as_it_is_understood(full: Project) -> None:
    raw = json.loads(render(full))
    raw["schema"] = SCHEMA + 1
    raw["theme"] = "dark"
    raw["panels"][0]["items"][0]["columns"][0]["colour"] = "red"
    raw["panels"][0]["items"].insert(0, {"type": "hologram", "id": "v9", "of": "t2"})
    raw["panels"][1]["filters"] = [{"type": "weather", "is": "fine"}, {"type": "segment", "segment": "early"}]
    parsed = parse(json.dumps(raw).encode())
    assert parsed.schema == SCHEMA + 1
    assert len(parsed.left_out) == 4
    assert parsed.project.panels[0] == full.panels[0]
    assert parsed.project.panels[1].filters == (SegmentFilter("early"),)


def test_a_newer_file_of_another_shape_is_refused() -> None:
    for raw in ({"schema": 99}, {"schema": 99, "title": "x", "data": 7}):
        with pytest.raises(StorageError, match="newer version"):
            parse(json.dumps(raw).encode())
