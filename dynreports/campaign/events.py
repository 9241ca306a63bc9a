"""One frame of events out of the logs: a row per attempt to send, and a row per thing that people did.

Rows of the tracking log take what they do not carry (domain, variant, segment code, custom fields) from the
delivery log through the message; deliveries, campaigns and profiles are looked up by their ids.
Proofs, seeds and what they did are left out of everything. A column is made when it is first asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dynreports.campaign import codes
from dynreports.campaign.ages import age, birth_year
from dynreports.campaign.columns import PIECE, Array, Coded, Ids, Rows, category, narrow, picked, positions
from dynreports.campaign.kinds import event_kinds, occur, renamed
from dynreports.campaign.rows import EventRows
from dynreports.campaign.tables import Table
from dynreports.semantics.columns import FieldType
from dynreports.semantics.lazy import LazyFrame

Tables = Mapping[str, Table]
_AT_ONCE = 2
Columns = dict[str, tuple[FieldType, Callable[[], Any]]]

_OF_MESSAGE = ("recipient_domain", "sender_domain", "sender_ip", "variant", "segment_code")
_OF_REACTION = ("url", "url_label", "url_category", "browser", "device", "platform")
_OF_DELIVERY = ("mobile_app", "push_platform", "org_unit")
RECIPIENT, DELIVERY_LOG = UNIQUE_KEYS = ("recipient", "deliveryLog")
"""Whom unique figures count: people, or messages sent to them."""
_OF_PROFILE = ("city", "state", "country")

_OF_ATTEMPT = ("failure_type", "failure_reason", "is_quarantine")
_PARENT = "{} deliveries with parent_name and parent_label"

SOURCES: Mapping[str, str] = {
    **{name: f"{name} in delivery_log" for name in (*_OF_MESSAGE, *_OF_ATTEMPT)},
    **{name: f"{name} in tracking_log" for name in _OF_REACTION},
    **{
        name: f"{name} in deliveries"
        for name in ("delivery", "delivery_label", "message_type", *_OF_DELIVERY)
    },
    "person": "recipient_id, device_app_id or message_id in the logs",
    "url_type": "tracking_url_type in tracking_log",
    "in_app_action": "button or dismissal among the actions of tracking_log",
    **{name: f"{name} in profiles" for name in (*_OF_PROFILE, "gender")},
    **dict.fromkeys(("age", "birth_year"), "birth_date in profiles"),
    **dict.fromkeys(("campaign", "campaign_label"), "campaigns, or campaign_id in deliveries"),
    **dict.fromkeys(("recurring", "recurring_label"), _PARENT.format("recurring")),
    **dict.fromkeys(("transactional", "transactional_label"), _PARENT.format("transactional")),
}
"""What an optional column of the frame is made of."""


@dataclasses.dataclass(frozen=True)
class Events:
    """The frame of events, and sentences on what the logs could not tell."""

    frame: LazyFrame
    rows: EventRows
    notes: tuple[str, ...]


def event_frame(tables: Tables, unique_key: str = RECIPIENT, since: np.datetime64 | None = None) -> Events:
    """Build the frame of events.

    Parameters
    ----------
    tables
        The tables of a folder of campaign logs by name.
    unique_key
        One of `UNIQUE_KEYS`.
    since
        What happened before is left out.

    Returns
    -------
    Events
        The frame's columns: ``event`` (one of `codes.EVENTS`), ``event_date``, ``person`` (whom unique
        figures count), ``status``, ``is_retry`` and ``count`` (1, or -1 for an attempt that negates an
        earlier one), and those of `SOURCES` with a value.
    """
    rows = EventRows(tables["delivery_log"], tables["tracking_log"], since)
    with ThreadPoolExecutor(_AT_ONCE) as pool:  # they look up tables, and hardly need Python's lock
        kinds_later = pool.submit(event_kinds, rows, tables["deliveries"])
        person_later = pool.submit(_person, rows, unique_key)
        deliveries_later = pool.submit(_of_deliveries, tables, rows)
        profiles_later = pool.submit(_of_profiles, tables, rows)
    kinds, person = kinds_later.result(), person_later.result()
    columns: Columns = {
        "event": ("text", lambda: category(kinds, pd.CategoricalDtype(list(codes.EVENTS)))),
        "event_date": ("time", lambda: pd.DatetimeIndex(rows.moments).tz_localize("UTC")),
    }
    if isinstance(person, np.ndarray) or not person.isna().all():
        columns["person"] = "integer", lambda: person
    columns |= _of_attempts(rows)
    columns |= _of_messages(rows)
    columns |= _of_reactions(rows)
    there = occur(kinds)
    for name, names in (("url_type", codes.URL_TYPES), ("in_app_action", codes.IN_APP_ACTIONS)):
        if there & names.keys():
            columns[name] = "text", partial(renamed, kinds, names)
    columns |= deliveries_later.result()
    columns |= profiles_later.result()
    return Events(LazyFrame(len(rows), columns), rows, tuple(rows.notes))


# ---- what happened, and to whom ---------------------------------------------------------------


def _person(rows: EventRows, unique_key: str) -> Array | pd.arrays.IntegerArray:
    """Number whom unique figures count: the recipient, else device and app, else the message.

    By `DELIVERY_LOG` the message comes first. Those of the first kind are positive; of the other two, even
    and odd, negative.
    """
    order = ["recipient_id", "device_app_id", "message_id"]
    if unique_key == DELIVERY_LOG:
        order = ["message_id", "recipient_id", "device_app_id"]
    ids = rows.ids(order[0])
    who = _numbered(ids)
    if ids.missing is None:
        return who
    left = np.flatnonzero(ids.missing)
    for turn, column in enumerate(order[1:]):
        ids = rows.ids(column, left)
        numbers = pd.factorize(ids.numbers)[0]
        found = ~ids.lacking
        who[left[found]] = -2 - 2 * numbers[found] - turn
        left = left[~found]
    if not len(left):
        return who
    who[left] = 0
    unknown = np.zeros(len(rows), dtype=bool)
    unknown[left] = True
    return pd.arrays.IntegerArray(who, unknown)


def _numbered(ids: Ids) -> Array:
    """Return a number from 0 for each id: whole numbers stay what they are."""
    numbers = ids.numbers
    if ids.words is None and numbers.min(initial=0) < 0:
        numbers = pd.factorize(numbers)[0]
    return numbers.astype(np.int32 if numbers.max(initial=0) < 2**31 else np.int64)


def _of_attempts(rows: EventRows) -> Columns:
    sends = rows.sends
    found: Columns = {
        "status": ("integer", lambda: rows.numbers_of_sends(sends.numbers("status"))),
        "is_retry": ("boolean", lambda: rows.numbers_of_sends(sends.flags("is_retry"))),
        "count": ("integer", lambda: rows.numbers_of_sends(sends.numbers("count", missing=1))),
    }
    if "failure_type" in sends:
        found["failure_type"] = "integer", lambda: rows.numbers_of_sends(sends.numbers("failure_type"))
    if "failure_reason" in sends and sends.numbers("failure_reason").any():
        found["failure_reason"] = "text", partial(_reasons, rows)
    if "is_quarantine" in sends:
        found["is_quarantine"] = "boolean", lambda: rows.numbers_of_sends(sends.flags("is_quarantine"))
    return found


def _reasons(rows: EventRows) -> pd.Categorical:
    numbers = rows.sends.numbers("failure_reason")
    places = numbers.view(f"u{numbers.itemsize}")  # small, and not below 0
    known = np.flatnonzero(np.bincount(places)).astype(f"u{numbers.itemsize}")
    table = np.full(1 << 8 * numbers.itemsize, -1, dtype=np.int16)
    table[known] = np.arange(len(known))
    codes_of = Coded(table[places], known.view(numbers.dtype).tolist())
    return rows.of_sends(codes_of.renamed(_reason))


def _reason(code: int) -> str | None:
    return None if code == 0 else codes.FAILURE_REASONS.get(code, f"Reason {code}")


# ---- what is known of it ----------------------------------------------------------------------


def _of_messages(rows: EventRows) -> Columns:
    sends = rows.sends
    names = [name for name in _OF_MESSAGE if name in sends]
    found: Columns = {name: ("text", partial(_of_message, rows, name)) for name in names}
    custom = [name for name in sends.columns if name.startswith("cus_")]
    return found | {name: (sends.type_of(name), partial(_of_message, rows, name)) for name in custom}


def _of_message(rows: EventRows, name: str) -> Any:
    values = rows.sends.coded(name)
    kind = rows.sends.type_of(name)
    if kind == "text":
        return rows.of_message(values.renamed(str))
    return pd.Series(rows.of_message(values)).astype(_PLAIN[kind])


_PLAIN: Mapping[FieldType, Any] = {"boolean": "boolean", "integer": "Int64", "number": "float64"}


def _of_reactions(rows: EventRows) -> Columns:
    tracks = rows.tracks
    return {
        name: ("text", partial(lambda name: rows.of_tracks(tracks.coded(name)), name))
        for name in _OF_REACTION
        if name in tracks
    }


def _of_deliveries(tables: Tables, rows: EventRows) -> Columns:
    deliveries = tables["deliveries"]
    at = rows.linked("delivery_id", deliveries, "kept, shown as N/A under Delivery")
    at = at.astype(narrow(len(deliveries)))
    found = {
        "delivery": deliveries.coded("name"),
        "delivery_label": _delivery_labels(deliveries),
        "message_type": deliveries.coded("message_type").renamed(
            lambda each: codes.MESSAGE_TYPES.get(each, each)
        ),
    }
    found |= {name: deliveries.coded(name) for name in _OF_DELIVERY if name in deliveries}
    if all(each in deliveries for each in ("execution_type", "parent_name", "parent_label")):
        execution = np.array([*deliveries.coded("execution_type").words, ""], dtype=object)
        execution = execution[deliveries.coded("execution_type").codes]
        for kind in ("recurring", "transactional"):
            of_kind = np.where(execution == kind, np.arange(len(deliveries)), -1)
            found[kind] = _taken(deliveries.coded("parent_name"), of_kind)
            found[f"{kind}_label"] = _taken(deliveries.coded("parent_label"), of_kind)
    if "campaigns" in tables and "campaign_id" in deliveries:
        campaigns = tables["campaigns"]
        of_campaign = positions(campaigns.ids("campaign_id"), deliveries.ids("campaign_id"))
        found["campaign"] = _taken(campaigns.coded("name"), of_campaign)
        found["campaign_label"] = _taken(campaigns.coded("label"), of_campaign)
    return _of_rows(found, at)


def _delivery_labels(deliveries: Table) -> Coded:
    """Return what deliveries are called; those that were deleted have no label any more."""
    rows = np.where(deliveries.flags("deleted"), -1, np.arange(len(deliveries)))
    return _taken(deliveries.coded("label"), rows)


def _of_profiles(tables: Tables, rows: EventRows) -> Columns:
    profiles = tables.get("profiles")
    if profiles is None:
        return {}
    at = rows.linked("recipient_id", profiles, "kept, without profile fields")
    found = {name: profiles.coded(name) for name in _OF_PROFILE if name in profiles}
    if "gender" in profiles:
        told = profiles.numbers("gender")
        found["gender"] = Coded(told.astype(np.int8) - np.int8(1), [codes.GENDERS[1], codes.GENDERS[2]])
    columns = _of_rows(found, at)
    if "birth_date" in profiles:
        births = profiles.times("birth_date")
        if _any_used(~np.isnat(births), at):
            columns["age"] = "integer", lambda: age(births, at, rows.moments)
            columns["birth_year"] = "integer", lambda: birth_year(births, at)
    return columns


def _of_rows(values: Mapping[str, Coded], at: Rows) -> Columns:
    """Return columns of another table for the events, those without any value left out."""
    used = _used(len(next(iter(values.values()))), at) if values else None
    return {
        name: ("text", partial(_taken_category, each, at))
        for name, each in values.items()
        if used is not None and bool((each.codes[used] >= 0).any())
    }


def _used(rows: int, at: Rows) -> NDArray[np.bool_]:
    """Return which rows of a table any event is about."""
    used = np.zeros(rows + 1, dtype=bool)
    for start in range(0, len(at), PIECE):
        used[at[start : start + PIECE]] = True  # the last one stands for none
    return used[:-1]


def _any_used(there: NDArray[np.bool_], at: Rows) -> bool:
    return bool((there & _used(len(there), at)).any())


def _taken(values: Coded, at: Array) -> Coded:
    return Coded(picked(values.codes, at), values.words)


def _taken_category(values: Coded, at: Array) -> pd.Categorical:
    return _taken(values, at).category()
