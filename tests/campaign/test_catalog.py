"""The catalog is what docs/campaign.md says, and is offered as far as the logs allow."""

from __future__ import annotations

import doctest
from collections.abc import Iterable
from pathlib import Path

import pytest

from dynreports.campaign.catalog import DIMENSIONS, METRICS, SEGMENTS, components
from dynreports.campaign.events import SOURCES
from dynreports.campaign.tables import OPTIONAL, REQUIRED
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension
from dynreports.semantics.metric import Metric

DOCS = Path(__file__).parents[2] / "docs" / "campaign.md"
EVERYTHING = frozenset({"event", "event_date", "person", "status", "is_retry", "count", *SOURCES})


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows))


def dimension(each: Dimension) -> list[str]:
    label = f"{each.label} (in {each.group})" if each.group else each.label
    return [label, f"`{each.id}`", each.description]


def metric(each: Metric) -> list[str]:
    shown = (
        f"percent, {each.decimals} decimal{'s' * (each.decimals > 1)}"
        if each.format == "percent"
        else "count"
    )
    return [each.label, f"`{each.id}`", shown, each.definition()]


TABLES = {
    "dimensions": table(("dimension", "id", "meaning"), map(dimension, DIMENSIONS)),
    "metrics": table(("metric", "id", "shown as", "meaning"), map(metric, METRICS)),
    "segments": table(
        ("segment", "id", "who"), ([each.label, f"`{each.id}`", each.description] for each in SEGMENTS)
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_documented_tables_are_those_of_the_catalog(kind: str) -> None:
    assert TABLES[kind] in DOCS.read_text(encoding="utf-8"), f"docs/campaign.md should hold:\n{TABLES[kind]}"


def test_the_documented_folder_is_the_one_that_is_read() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name, columns in (*REQUIRED.items(), *OPTIONAL.items()):
        (line,) = (each for each in text.splitlines() if each.startswith(f"| `{name}`"))
        needed = line.split("|")[2]
        assert needed.strip() == ", ".join(f"`{each}`" for each in columns)


def test_the_documented_examples_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(DOCS), module_relative=False)
    assert results.attempted
    assert results.failed == 0


def test_events_with_every_column_have_every_component() -> None:
    found = components(EVERYTHING)
    assert (found.dimensions, found.metrics, found.segments) == (DIMENSIONS, METRICS, SEGMENTS)
    assert found.switched_off == ()
    Catalog(dimensions=found.dimensions, metrics=found.metrics, segments=found.segments, time="event_date")


@pytest.mark.parametrize("lacking", sorted(SOURCES))
def test_a_missing_column_switches_off_what_needs_it_and_says_so(lacking: str) -> None:
    full, found = components(EVERYTHING), components(EVERYTHING - {lacking})
    (reason,) = found.switched_off
    assert reason.startswith(f"Switched off, as there is no {SOURCES[lacking]}: ")
    left = {each.label for part in (found.dimensions, found.metrics, found.segments) for each in part}
    for part in (full.dimensions, full.metrics, full.segments):
        for each in part:
            assert (each.label in left) != (each.label in reason.partition(": ")[2].rstrip(".").split(", "))


def test_custom_fields_are_profile_dimensions_of_their_own() -> None:
    found = components(EVERYTHING | {"cus_loyalty", "cus_city", "cus_favourite_shop", "cus_favouriteShop"})
    custom = found.dimensions[len(DIMENSIONS) :]
    assert [(each.id, each.label, each.field) for each in custom] == [
        ("cusCity", "City (2)", "cus_city"),
        ("cusFavouriteShop", "Favourite shop", "cus_favouriteShop"),
        ("cusFavouriteShop (2)", "Favourite shop (2)", "cus_favourite_shop"),
        ("cusLoyalty", "Loyalty", "cus_loyalty"),
    ]
    assert {each.group for each in custom} == {"Profile"}
