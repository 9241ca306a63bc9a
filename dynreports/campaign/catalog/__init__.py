"""The catalog of campaigns: every dimension, metric and segment, and those that a folder of logs allows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from dynreports.campaign.catalog.apps import APPS
from dynreports.campaign.catalog.dimensions import DIMENSIONS, MOST_CUSTOM, custom_dimensions
from dynreports.campaign.catalog.messages import MESSAGES
from dynreports.campaign.catalog.reactions import REACTIONS
from dynreports.campaign.catalog.records import RECORDS
from dynreports.campaign.catalog.segments import SEGMENTS
from dynreports.campaign.events import SOURCES
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.metric import Metric, aggregates_of
from dynreports.semantics.predicate import fields_of

METRICS: tuple[Metric, ...] = (*MESSAGES, *REACTIONS, *APPS)

__all__ = ["DIMENSIONS", "METRICS", "RECORDS", "SEGMENTS", "Components", "components"]


@dataclasses.dataclass(frozen=True)
class Components:
    """The components that the events allow, and which are switched off, and why, in sentences."""

    dimensions: tuple[Dimension, ...]
    metrics: tuple[Metric, ...]
    segments: tuple[Segment, ...]
    switched_off: tuple[str, ...]


def components(columns: Iterable[str]) -> Components:
    """Return the components that events with these columns allow."""
    names = list(columns)
    present = frozenset(names)
    lacking: dict[str, list[str]] = {}

    def fits(component: Dimension | Metric | Segment) -> bool:
        absent = _fields(component) - present
        for source in sorted({SOURCES[name] for name in absent}):
            lacking.setdefault(source, []).append(component.label)
        return not absent

    dimensions = [each for each in DIMENSIONS if fits(each)]
    custom, beyond = custom_dimensions(names)
    metrics = tuple(each for each in METRICS if fits(each))
    segments = tuple(each for each in SEGMENTS if fits(each))
    notes = [
        f"Switched off, as there is no {source}: {', '.join(labels)}." for source, labels in lacking.items()
    ]
    if beyond:
        notes.append(
            f"The profile has more than {MOST_CUSTOM} fields of its own; left out: {', '.join(beyond)}."
        )
    return Components((*dimensions, *custom), metrics, segments, tuple(notes))


def _fields(component: Dimension | Metric | Segment) -> frozenset[str]:
    match component:
        case Dimension(field=name, caption=caption):
            return frozenset({name, caption or name})
        case Segment(where=where):
            return fields_of(where)
        case Metric(expression=expression):
            aggregates = aggregates_of(expression)
            counted = frozenset(each.field for each in aggregates if each.field is not None)
            return counted.union(*(fields_of(each.where) for each in aggregates))
