"""Services that people subscribe to: who came, who left, and how a service developed.

A subscription of somebody who is subscribed already, and a cancellation of somebody who is not, change
nothing and count as nothing.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dynreports.campaign.folders import read_tables
from dynreports.campaign.tables import Array, Ids, Table, positions, taken
from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.errors import DataError
from dynreports.semantics.component import Dimension, Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.metric import Aggregate, Metric, count
from dynreports.semantics.metric import sum as total
from dynreports.semantics.period import moment
from dynreports.semantics.predicate import InItems, Predicate, Within, all_of, field

_CHANGE = field("change")
DIMENSIONS = (
    Dimension("service", "Service", caption="service_label", description="The service, by label and ID."),
)
METRICS: tuple[Metric, ...] = (
    count(where=_CHANGE == 1, label="Number of subscriptions", id="subscriptions",
          description="People who subscribed and were not subscribed before."),
    count(where=_CHANGE == -1, label="Number of unsubscriptions", id="unsubscriptions",
          description="People who were subscribed and left."),
    total("change", label="Evolution", id="evolution", description="Subscriptions less unsubscriptions."),
)  # fmt: skip
WINDOWS: dict[str, pd.DateOffset] = {
    "6H": pd.DateOffset(hours=6),
    "12H": pd.DateOffset(hours=12),
    "24H": pd.DateOffset(hours=24),
    "48H": pd.DateOffset(hours=48),
    "1 week": pd.DateOffset(weeks=1),
    "2 weeks": pd.DateOffset(weeks=2),
    "1 month": pd.DateOffset(months=1),
    "6 months": pd.DateOffset(months=6),
}
"""The times before a moment that a summary looks back on."""


def services(folder: str | Path) -> Dataset:
    """Return the subscription history of a folder; see `dynreports.campaign.services`."""
    root = Path(folder).expanduser().resolve()
    return Dataset(
        lambda: _history(root),
        time="event_date",
        timezone="UTC",
        dimensions=DIMENSIONS,
        metrics=METRICS,
        name=f"{root.name} services",
        infer=False,
    )


def _history(folder: Path) -> pd.DataFrame:
    tables = read_tables(folder)
    history = tables.get("subscriptions")
    if history is None:
        message = f"{folder} has no subscriptions. Accepted: subscriptions.parquet or subscriptions.csv."
        raise DataError(message)
    service = history.ids("service_id")
    columns: dict[str, Any] = {
        "event_date": pd.DatetimeIndex(history.times("event_date")).tz_localize("UTC"),
        "service": history.labels("service_id"),
        "service_label": _labels(tables.get("services"), history, service),
        "change": _changes(service, history.ids("recipient_id"), history),
    }
    return pd.DataFrame(columns, copy=False)


def _labels(known: Table | None, history: Table, service: Ids) -> pd.Categorical:
    if known is None:
        return history.labels("service_id")
    return taken(known.labels("label"), positions(known.ids("service_id"), service))


def _changes(service: Ids, recipient: Ids, history: Table) -> Array:
    """Return 1 where somebody came, -1 where somebody left, 0 where nothing changed."""
    who, _ = pd.factorize(pd.MultiIndex.from_arrays([service.numbers, recipient.numbers, recipient.lacking]))
    order = np.lexsort((np.arange(len(who)), history.times("event_date"), who))
    is_member = history.numbers("action")[order] == 1
    before = np.append(False, is_member[:-1])
    before[np.append(True, np.diff(who[order]) != 0)[: len(before)]] = False  # nobody begins as a member
    changes = np.empty(len(who), dtype=np.int8)
    changes[order] = is_member.astype(np.int8) - before[: len(is_member)].astype(np.int8)
    return changes


@dataclasses.dataclass(frozen=True)
class ServiceSummary:
    """How a service stands, and how it got there.

    Attributes
    ----------
    subscribed
        How many people are subscribed to date.
    table
        By window: ``Subscriptions``, ``Unsubscriptions``, ``Evolution`` (their difference), ``Evolution
        rate`` (of the members before; 0 where there were none) and ``Loyalty`` (1 less those who left as a
        part of the members at the end). Unrounded.
    """

    subscribed: int
    table: pd.DataFrame

    def texts(self) -> pd.DataFrame:
        """Return the table as people read it: ``+6 (6.00%)``, ``96.23%``."""
        table = self.table
        evolution = [
            f"{int(net):+,} ({'0%' if not part else f'{part:.2%}'})"
            for net, part in zip(table["Evolution"], table["Evolution rate"], strict=True)
        ]
        found = {
            "Subscriptions": [f"{each:,}" for each in table["Subscriptions"]],
            "Unsubscriptions": [f"{each:,}" for each in table["Unsubscriptions"]],
            "Evolution": evolution,
            "Loyalty": [f"{each:.2%}" for each in table["Loyalty"]],
        }
        return pd.DataFrame(found, index=table.index)


def service_summary(data: Dataset, service: str | None = None, now: str | None = None) -> ServiceSummary:
    """Return how a service stands; see `dynreports.campaign.service_summary`."""
    at = pd.Timestamp(data.now() if now is None else moment(now))
    at = at.tz_localize(data.timezone) if at.tzinfo is None else at.tz_convert(data.timezone)
    only: Predicate | None = None
    if service is not None:
        key = data.catalog.key(Ref("dimension", "service"))
        only = InItems(key, (engine_for(data).find_item(key, service),))
    rows = {name: _row(data, only, at - window, at) for name, window in WINDOWS.items()}
    came, left = _came_and_left(data, only, _ALWAYS, at)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS)).rename_axis("Period")
    return ServiceSummary(came - left, table.astype(_COLUMNS))


_ALWAYS = pd.Timestamp("1700-01-01", tz="UTC")
_COLUMNS = {
    "Subscriptions": "int64",
    "Unsubscriptions": "int64",
    "Evolution": "int64",
    "Evolution rate": "float64",
    "Loyalty": "float64",
}


def _row(data: Dataset, only: Predicate | None, start: pd.Timestamp, end: pd.Timestamp) -> tuple[float, ...]:
    came, left = _came_and_left(data, only, start, end)
    before = int(np.subtract(*_came_and_left(data, only, _ALWAYS, start)))
    after = before + came - left
    loyalty = 1 - left / after if after else float(not left)
    return came, left, came - left, (came - left) / before if before else 0.0, loyalty


def _came_and_left(
    data: Dataset, only: Predicate | None, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[int, int]:
    assert data.time is not None  # noqa: S101  # a history has dates
    came, left = (_aggregate(each) for each in METRICS[:2])
    where = all_of((only, Within(data.time, start.isoformat(), end.isoformat())))
    values = engine_for(data).answer(Query(None, where, (came, left))).values
    return int(values[came][0]), int(values[left][0])


def _aggregate(metric: Metric) -> Aggregate:
    assert isinstance(metric.expression, Aggregate)  # noqa: S101
    return metric.expression
