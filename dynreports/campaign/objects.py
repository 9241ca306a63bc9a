"""Campaigns, programs and deliveries as things to open a report from: what they are called, when they were,
and whether their figures are all there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from dynreports.campaign import codes
from dynreports.campaign.folders import read_tables
from dynreports.campaign.freshness import recent, under_way
from dynreports.campaign.tables import Table
from dynreports.errors import DataError
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset

DELETED = "Deleted"
PARENT = "parent"
_TABLES = ("deliveries", "campaigns", "programs")


@dataclasses.dataclass(frozen=True)
class Delivery:
    """A delivery that was sent, or the parent of such.

    Attributes
    ----------
    id, label
        "DM1042" and what people call it; one that was deleted reads Deleted.
    channel
        "Email", "Mobile (SMS)", "Push notification" or "In-App".
    kind
        "single", "recurring" or "transactional" for what was sent; "parent" for what executions belong to.
    execution
        For a parent, of what its executions are: "recurring" or "transactional".
    sent, last
        When it was sent; for a parent, its first and last execution. UTC.
    campaign, campaign_label, parent
        The campaign and the parent that it belongs to.
    why
        Why its figures are not complete, in a sentence; empty: they are.
    """

    id: str
    label: str
    channel: str
    kind: str
    execution: str | None = None
    sent: dt.datetime | None = None
    last: dt.datetime | None = None
    campaign: str | None = None
    campaign_label: str | None = None
    parent: str | None = None
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether no more results are expected."""
        return not self.why


@dataclasses.dataclass(frozen=True)
class Campaign:
    """A campaign, or a program of campaigns.

    Attributes
    ----------
    id, label
        "CP201" or "PG11", and what people call it.
    start, end
        Its first and last day.
    program, program_label
        The program that a campaign belongs to.
    campaigns
        The ids of the campaigns of a program.
    deliveries
        How many deliveries it has.
    why
        Why its figures are not complete, in a sentence; empty: they are.
    """

    id: str
    label: str
    start: dt.date | None
    end: dt.date | None
    deliveries: int
    program: str | None = None
    program_label: str | None = None
    campaigns: tuple[str, ...] = ()
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether no more results are expected."""
        return not self.why


@dataclasses.dataclass(frozen=True)
class Objects:
    """What there is in some data."""

    deliveries: tuple[Delivery, ...]
    campaigns: tuple[Campaign, ...]
    programs: tuple[Campaign, ...]


def deliveries(data: Dataset) -> tuple[Delivery, ...]:
    """Return the deliveries of campaign data, the newest first, each parent by its last execution.

    Raises
    ------
    DataError
        If it is no campaign data.
    """
    return objects(data).deliveries


def campaigns(data: Dataset) -> tuple[Campaign, ...]:
    """Return the campaigns of campaign data, the newest first."""
    return objects(data).campaigns


def programs(data: Dataset) -> tuple[Campaign, ...]:
    """Return the programs of campaign data, the newest first."""
    return objects(data).programs


_KNOWN: WeakKeyDictionary[Dataset, tuple[int, Objects]] = WeakKeyDictionary()


def objects(data: Dataset) -> Objects:
    """Return campaigns, programs and deliveries: read once for each version of the data."""
    data = data.origin
    known = _KNOWN.get(data)
    if known is None or known[0] != data.version:
        known = data.version, _read(data)
        _KNOWN[data] = known
    return known[1]


def _read(data: Dataset) -> Objects:
    if Ref("dimension", "delivery") not in data.catalog:
        message = f"The data {data.name!r} has no deliveries. Accepted: what dr.campaign.load returns."
        raise DataError(message)
    if data.path is None:  # part of other data: what it was read from would tell of the rest
        return Objects(_of_events(data), (), ())
    tables = read_tables(data.path, data.options.get("columns"), _TABLES)
    table = tables["deliveries"]
    labels = _labels(tables.get("campaigns"), "campaign_id")
    found = _sent(table, labels, _until(data))
    found += _parents(table, found)
    found.sort(key=lambda each: (_moment(each.last or each.sent), each.id), reverse=True)
    of_program = _labels(tables.get("programs"), "program_id")
    made = _campaigns(tables.get("campaigns"), found, of_program)
    return Objects(tuple(found), made, _programs(tables.get("programs"), made, found))


def _moment(at: dt.datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()


def _until(data: Dataset) -> np.datetime64 | None:
    newest = data.freshness()
    if newest is None:
        return None
    now = pd.Timestamp(data.now())
    found: np.datetime64 = min(newest, now).tz_convert("UTC").tz_localize(None).to_datetime64()
    return found


# ---- deliveries ---------------------------------------------------------------------------------


def _sent(table: Table, campaigns: dict[Any, tuple[str, str]], until: np.datetime64 | None) -> list[Delivery]:
    """Return what was sent: no templates, proofs or parents."""
    rows = np.flatnonzero(~(table.flags("is_master") | table.flags("is_template") | table.flags("is_fcp")))
    going = under_way(table)
    late = going if until is None else recent(table, until)
    gone = table.flags("deleted")
    texts = {name: values(table, name) for name in ("name", "label", "message_type", "execution_type")}
    sent, of, parents = (
        _moments(table, "sent_date"),
        values(table, "campaign_id"),
        values(table, "parent_name"),
    )
    found = []
    for row in rows.tolist():
        campaign = campaigns.get(of[row], (None, None))
        moment = sent[row]
        why = ""
        if going[row]:
            why = "it is still being sent"
        elif late[row]:
            why = f"it was sent {_day(moment)}, in the last week of the logs"
        kind = texts["message_type"][row]
        found.append(
            Delivery(
                id=str(texts["name"][row]),
                label=DELETED if gone[row] or texts["label"][row] is None else str(texts["label"][row]),
                channel=codes.MESSAGE_TYPES.get(kind, str(kind)),
                kind=texts["execution_type"][row] or "single",
                sent=moment,
                campaign=campaign[0],
                campaign_label=campaign[1],
                parent=parents[row],
                why=why,
            )
        )
    return found


def _parents(table: Table, executions: Sequence[Delivery]) -> list[Delivery]:
    """Return what executions belong to, also where it has no row of its own."""
    words = dict(zip(values(table, "parent_name"), values(table, "parent_label"), strict=True))
    found = []
    for id, label in words.items():
        own = [each for each in executions if each.parent == id]
        if id is None or not own:
            continue
        moments = [each.sent for each in own if each.sent is not None]
        late = [each for each in own if each.why]
        found.append(
            Delivery(
                id=str(id),
                label=str(label or id),
                channel=own[0].channel,
                kind=PARENT,
                execution=own[0].kind,
                sent=min(moments, default=None),
                last=max(moments, default=None),
                campaign=_only(each.campaign for each in own),
                campaign_label=_only(each.campaign_label for each in own),
                why=_why_parts(late, "executions"),
            )
        )
    return found


def _only(values: Any) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _why_parts(late: Sequence[Delivery], many: str) -> str:
    """Say that some of many deliveries, or executions, are not over."""
    if not late:
        return ""
    newest = max(late, key=lambda each: _moment(each.sent))
    name = f"{newest.label} ({newest.id})"
    if len(late) == 1:
        return f"results of {name} are still arriving"
    return f"results of {len(late):,} of its {many} are still arriving, {name} the newest of them"


def _of_events(data: Dataset) -> tuple[Delivery, ...]:
    """Return the deliveries that events are about: of data that has no folder."""
    names = [
        "delivery",
        "message_type",
        "event_date",
        "event",
        "delivery_label",
        "campaign",
        "campaign_label",
    ]
    events = pd.DataFrame({name: data.content[name] for name in names if name in data.fields})
    attempts = events[events["event"] == codes.ATTEMPT]
    found = []
    for id, own in attempts.groupby("delivery", observed=True):
        row = own.iloc[0]
        told = {name: None if pd.isna(row.get(name)) else str(row.get(name)) for name in names}
        found.append(
            Delivery(
                id=str(id),
                label=told["delivery_label"] or DELETED,
                channel=told["message_type"] or "",
                kind="single",
                sent=own["event_date"].min().to_pydatetime(warn=False),
                campaign=told["campaign"],
                campaign_label=told["campaign_label"],
            )
        )
    return tuple(sorted(found, key=lambda each: (_moment(each.sent), each.id), reverse=True))


# ---- campaigns and programs -----------------------------------------------------------------------


def _campaigns(
    table: Table | None, sent: Sequence[Delivery], programs: dict[Any, tuple[str, str]]
) -> tuple[Campaign, ...]:
    if table is None:
        return ()
    found = []
    starts, ends, of = _moments(table, "start"), _moments(table, "end"), values(table, "program_id")
    names, labels = values(table, "name"), values(table, "label")
    for row in range(len(table)):
        own = [each for each in sent if each.campaign == names[row] and each.kind != PARENT]
        program = programs.get(of[row], (None, None))
        found.append(
            Campaign(
                id=str(names[row]),
                label=str(labels[row] or names[row]),
                start=_date(starts[row]),
                end=_date(ends[row]),
                deliveries=len(own),
                program=program[0],
                program_label=program[1],
                why=_why_parts([each for each in own if each.why], "deliveries"),
            )
        )
    return _newest(found)


def _programs(
    table: Table | None, campaigns: Sequence[Campaign], sent: Sequence[Delivery]
) -> tuple[Campaign, ...]:
    if table is None:
        return ()
    found = []
    starts, ends = _moments(table, "start"), _moments(table, "end")
    names, labels = values(table, "name"), values(table, "label")
    for row in range(len(table)):
        own = [each for each in campaigns if each.program == names[row]]
        ids = {each.id for each in own}
        late = [each for each in sent if each.campaign in ids and each.why and each.kind != PARENT]
        found.append(
            Campaign(
                id=str(names[row]),
                label=str(labels[row] or names[row]),
                start=_date(starts[row]),
                end=_date(ends[row]),
                deliveries=sum(each.deliveries for each in own),
                campaigns=tuple(each.id for each in own),
                why=_why_parts(late, "deliveries"),
            )
        )
    return _newest(found)


def _newest(found: list[Campaign]) -> tuple[Campaign, ...]:
    return tuple(
        sorted(found, key=lambda each: (each.end or each.start or dt.date.min, each.id), reverse=True)
    )


# ---- columns ------------------------------------------------------------------------------------


def _labels(table: Table | None, key: str) -> dict[Any, tuple[str, str]]:
    """Return the name and label of campaigns or programs by the key that others name them by."""
    if table is None:
        return {}
    keys, names, labels = values(table, key), values(table, "name"), values(table, "label")
    found: dict[Any, tuple[str, str]] = {}
    for each, name, label in zip(keys, names, labels, strict=True):
        found.setdefault(each, (str(name), str(label or name)))
    return found


def values(table: Table, column: str) -> list[Any]:
    """Return a column of a small table, ``None`` where there is no value."""
    if column not in table:
        return [None] * len(table)
    coded = table.coded(column)
    words = [*coded.words, None]
    return [words[code] for code in coded.codes.tolist()]


def _moments(table: Table, column: str) -> list[dt.datetime | None]:
    if column not in table:
        return [None] * len(table)
    found = pd.DatetimeIndex(table.times(column)).tz_localize("UTC")
    return [None if pd.isna(each) else each.to_pydatetime(warn=False) for each in found]


def _date(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else moment.date()


def _day(moment: dt.datetime | None) -> str:
    return "" if moment is None else f"{moment:%b} {moment.day}"
