"""How the metrics of campaigns are put together: messages, things that were done, people, rates."""

from __future__ import annotations

from collections.abc import Sequence

from dynreports.campaign import codes
from dynreports.semantics.metric import Metric, count, distinct
from dynreports.semantics.metric import sum as total
from dynreports.semantics.predicate import Predicate, field

EVENT = field("event")
_ATTEMPT = EVENT == codes.ATTEMPT
_LAST = _ATTEMPT & (field("is_retry") == False)  # noqa: E712  (a predicate, not a test)


def net(where: Predicate, *, retries: bool = False) -> Metric:
    """Count messages, each by its last attempt; a row that negates an earlier success takes it back.

    The net of a day can be below 0. ``retries``: count every attempt.
    """
    return total("count", where=(_ATTEMPT if retries else _LAST) & where, label="net", id="net")


def messages(label: str, id: str, of: Metric, description: str) -> Metric:
    """Return a count of messages for people: what was taken back can bring a row to 0, not below."""
    return of.at_least(0).named(label, id=id, description=description)


def times(label: str, id: str, events: Sequence[str], description: str) -> Metric:
    """Count how often something was done."""
    return count(where=EVENT.isin(events), label=label, id=id, description=description)


def people(label: str, id: str, events: Sequence[str], description: str) -> Metric:
    """Count the different people who did something."""
    return distinct("person", where=EVENT.isin(events), label=label, id=id, description=description)


def rate(
    label: str, id: str, part: Metric, whole: Metric, decimals: int = 1, description: str = ""
) -> Metric:
    """Divide the figures of a row or total themselves; 0 where there is nothing to divide by."""
    description = description or f"{part.label} divided by {whole.label}; 0 where that is 0."
    return (part / whole).named(label, id=id, format="percent", decimals=decimals, description=description)
