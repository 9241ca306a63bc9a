"""A report narrowed to one delivery, campaign or program: which records, over which period."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from dynreports.campaign import objects
from dynreports.campaign.objects import PARENT, Campaign, Delivery
from dynreports.errors import DataError, InvalidInputError, unknown_name
from dynreports.project.model import ItemFilter, Project
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.period import Fixed

_RESULTS = dt.timedelta(days=7)
"""How long a report on a delivery looks at it from the day of sending."""
_DAY = dt.timedelta(days=1)
_OF_PARENT = {"recurring": "recurringDelivery", "transactional": "transactionalDelivery"}
Found = TypeVar("Found", Delivery, Campaign)


@dataclasses.dataclass(frozen=True)
class Scope:
    """What a report is narrowed to.

    Attributes
    ----------
    filter
        The records: those of one item of a dimension, or of several.
    period
        The days to begin with; ``None``: nobody knows when it was.
    label
        What it is called: "Spring sale (DM1042)".
    """

    filter: ItemFilter
    period: Fixed | None
    label: str


def scope(
    data: Dataset, *, delivery: str | None = None, campaign: str | None = None, program: str | None = None
) -> Scope:
    """Return the scope of one delivery, campaign or program, by its id or label.

    Raises
    ------
    InvalidInputError
        If not exactly one of them is named.
    UnknownNameError
        If there is none of that name; the nearest ones are told.
    DataError
        If the data has no deliveries, campaigns or programs to tell apart.
    """
    given = [each for each in (delivery, campaign, program) if each is not None]
    if len(given) != 1:
        message = f"Name one delivery, campaign or program, by its id or label; {len(given)} were named."
        raise InvalidInputError(message)
    if delivery is not None:
        return _of_delivery(data, found("delivery", delivery, objects.deliveries(data)))
    if campaign is not None:
        one = found("campaign", campaign, objects.campaigns(data))
        return _scope(data, one, "campaign", (one.id,), _days(data, one, (one.id,)))
    of = found("program", program or "", objects.programs(data))
    if not of.campaigns:
        message = f"The program {of.label} ({of.id}) has no campaigns, so there is nothing to report on."
        raise DataError(message)
    return _scope(data, of, "campaign", of.campaigns, _days(data, of, of.campaigns))


def narrowed(project: Project, scope: Scope) -> Project:
    """Return a report of which every panel is narrowed to a scope and begins with its period."""
    panels = tuple(
        replace(each, filters=(scope.filter, *each.filters), period=scope.period or each.period)
        for each in project.panels
    )
    return replace(project, panels=panels)


def incomplete(project: Project, data: Dataset) -> list[str]:
    """Say of what the panels of a report are narrowed to, in sentences, what is not complete yet."""
    wanted = {
        (each.dimension, item)
        for panel in project.panels
        for each in panel.filters
        if isinstance(each, ItemFilter) and each.dimension in _DIMENSIONS
        for item in each.items
    }
    if not wanted or Ref("dimension", "delivery") not in data.catalog:
        return []
    return [
        f"Figures of {one.label} ({one.id}) are not complete yet: {one.why}."
        for dimension, one in _everything(data)
        if one.why and (dimension, one.id) in wanted
    ]


_DIMENSIONS = {"delivery", "campaign", *_OF_PARENT.values()}


def _everything(data: Dataset) -> Iterator[tuple[str, Delivery | Campaign]]:
    for each in objects.deliveries(data):
        yield _dimension(each), each
    for one in objects.campaigns(data):
        yield "campaign", one


def _dimension(delivery: Delivery) -> str:
    return _OF_PARENT.get(delivery.execution or "", "delivery") if delivery.kind == PARENT else "delivery"


def found(kind: str, name: str, known: Sequence[Found]) -> Found:
    """Return the delivery, campaign or program of an id, or the only one of a label."""
    wanted = " ".join(name.split()).casefold()
    by_id = [each for each in known if each.id.casefold() == wanted]
    by_label = [
        each for each in known if wanted in (each.label.casefold(), f"{each.label} ({each.id})".casefold())
    ]
    if by_id or len(by_label) == 1:
        return (by_id or by_label)[0]
    if by_label:
        message = (
            f"{len(by_label)} {kind[:-1] + 'ies' if kind.endswith('y') else kind + 's'} are called {name!r}: "
            f"name one by its id: {', '.join(each.id for each in by_label[:10])}."
        )
        raise InvalidInputError(message)
    raise unknown_name(kind, name, [each.id for each in known] + [each.label for each in known])


def _of_delivery(data: Dataset, one: Delivery) -> Scope:
    """Look at a delivery for a week from the day of sending; at a parent until a week after the last one."""
    period = None
    if one.sent is not None:
        end = (one.last or one.sent).date() + _RESULTS
        period = Fixed(one.sent.date().isoformat(), end.isoformat())
    return _scope(data, one, _dimension(one), (one.id,), period)


def _days(data: Dataset, found: Campaign, ids: Sequence[str]) -> Fixed | None:
    """Return the days of a campaign or program, its last one included.

    Where they are not told: from its first delivery until a week after its last one.
    """
    sent = [each.sent.date() for each in objects.deliveries(data) if each.campaign in ids and each.sent]
    start = found.start or min(sent, default=None)
    end = found.end + _DAY if found.end else max(sent, default=dt.date.min) + _RESULTS
    return None if start is None or end <= start else Fixed(start.isoformat(), end.isoformat())


def _scope(
    data: Dataset, found: Delivery | Campaign, dimension: str, items: Sequence[str], period: Fixed | None
) -> Scope:
    if Ref("dimension", dimension) not in data.catalog:
        message = f"No record of {data.name!r} tells its {dimension}, so a report can't be narrowed to one."
        raise DataError(message)
    return Scope(ItemFilter(dimension, tuple(items)), period, f"{found.label} ({found.id})")
