"""One frame of events out of the logs: a row per attempt to send, and a row per thing that people did.

Rows of the tracking log take what they do not carry (domain, variant, segment code, custom fields) from the
delivery log through the message; deliveries, campaigns and profiles are looked up by their ids.
Proofs, seeds and what they did are left out of everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dynreports.campaign import codes
from dynreports.campaign.tables import Array, Rows, Table, category, positions, taken

Tables = Mapping[str, Table]
Columns = dict[str, Any]

_OF_MESSAGE = ("recipient_domain", "sender_domain", "sender_ip", "variant", "segment_code")
_OF_REACTION = ("url", "url_label", "url_category", "browser", "device", "platform")
_OF_DELIVERY = ("mobile_app", "push_platform", "org_unit")
RECIPIENT, DELIVERY_LOG = UNIQUE_KEYS = ("recipient", "deliveryLog")
"""Whom unique figures count: people, or messages sent to them."""
_OF_PROFILE = ("city", "state", "country")
_AGES_AT_ONCE = 1_000_000

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


def event_frame(tables: Tables, unique_key: str = RECIPIENT) -> tuple[pd.DataFrame, list[str]]:
    """Build the frame of events.

    Parameters
    ----------
    tables
        The tables of a folder of campaign logs by name.
    unique_key
        One of `UNIQUE_KEYS`.

    Returns
    -------
    tuple
        The frame, and sentences on what the logs could not tell. Its columns: ``event`` (one of
        `codes.EVENTS`), ``event_date``, ``person`` (whom unique figures count), ``status``, ``is_retry`` and
        ``count`` (1, or -1 for an attempt that negates an earlier one), and those of `SOURCES` with a value.
    """
    rows = _Rows(tables["delivery_log"], tables["tracking_log"])
    moments = rows.both(rows.sends.times("event_date"), rows.tracks.times("event_date"))
    columns: Columns = {
        "event": _event(rows, tables["deliveries"]),
        "event_date": pd.DatetimeIndex(moments).tz_localize("UTC"),
        "person": _person(rows, unique_key),
    }
    columns |= _of_attempts(rows)
    columns |= _of_messages(rows)
    columns |= {
        name: rows.of_tracks(rows.tracks.labels(name)) for name in _OF_REACTION if name in rows.tracks
    }
    columns |= {
        "url_type": _renamed(columns["event"], codes.URL_TYPES),
        "in_app_action": _renamed(columns["event"], codes.IN_APP_ACTIONS),
    }
    columns |= _of_deliveries(tables, rows)
    columns |= _of_profiles(tables, rows, moments)
    kept = {name: values for name, values in columns.items() if name in _ALWAYS or _has_values(values)}
    return pd.DataFrame(kept, copy=False), rows.notes


class _Rows:
    """The events that count: rows of the delivery log, and under them rows of the tracking log."""

    def __init__(self, sends: Table, tracks: Table) -> None:
        self.sends, self.tracks = sends, tracks
        self.notes: list[str] = []
        is_test = sends.flags("is_proof") | sends.flags("is_seed")
        message = self._messages(has_tests=bool(is_test.any()))
        self._kept_sends = np.flatnonzero(~is_test).astype(np.int32)
        self._kept_tracks = np.flatnonzero(~np.append(is_test, False)[message]).astype(np.int32)
        self._message: Rows = message[self._kept_tracks]
        self.sent = len(self._kept_sends)
        self.reacted = len(self._kept_tracks)

    def _messages(self, *, has_tests: bool) -> Rows:
        """Return the row of the delivery log that each row of the tracking log is about; -1: not known."""
        for log in (self.tracks, self.sends):
            if "message_id" not in log and len(self.tracks):
                tests = ", and those of proofs and seeds are counted" if has_tests else ""
                self.notes.append(
                    f"There is no message_id in {log.name}: what only the delivery log tells, such as the "
                    f"recipient's domain, is not known of opens and clicks{tests}."
                )
                return np.full(len(self.tracks), -1, dtype=np.int32)
        return positions(self.sends.ids("message_id"), self.tracks.ids("message_id"))

    def both(self, sends: Array, tracks: Array) -> Array:
        """Put a column of the tracking log under one of the delivery log."""
        return np.concatenate((sends[self._kept_sends], tracks[self._kept_tracks]))

    def numbers_of_sends(self, values: Array) -> Array:
        """Return a column of the delivery log, 0 for reactions."""
        return np.concatenate((values[self._kept_sends], np.zeros(self.reacted, dtype=values.dtype)))

    def of_tracks(self, values: pd.Categorical) -> pd.Categorical:
        """Return a column of the tracking log, without values for attempts."""
        nothing = np.full(self.sent, -1, dtype=values.codes.dtype)
        return category(np.concatenate((nothing, values.codes[self._kept_tracks])), values.dtype)

    def of_sends(self, values: pd.Categorical) -> pd.Categorical:
        """Return a column of the delivery log, without values for reactions."""
        nothing = np.full(self.reacted, -1, dtype=values.codes.dtype)
        return category(np.concatenate((values.codes[self._kept_sends], nothing)), values.dtype)

    def of_message(self, values: pd.Categorical) -> pd.Categorical:
        """Return a column of the delivery log, for attempts and for what came of the message."""
        parts = (taken(values, self._kept_sends), taken(values, self._message))
        return category(np.concatenate([part.codes for part in parts]), values.dtype)

    def ids(self, name: str, events: Array | None = None) -> pd.Series[Any]:
        """Return the ids in a column of both logs, of all events or some; missing where a log has none."""
        sends, tracks = self._kept_sends, self._kept_tracks
        if events is not None:
            sends, tracks = sends[events[events < self.sent]], tracks[events[events >= self.sent] - self.sent]
        logs = ((self.sends, sends), (self.tracks, tracks))
        parts = [log.ids(name).iloc[kept] if name in log else None for log, kept in logs]
        texts = any(part is not None and not pd.api.types.is_integer_dtype(part.dtype) for part in parts)
        kind: Any = "str" if texts else "Int64"
        full: list[pd.Series[Any]] = [
            pd.Series(index=range(len(kept)), dtype=kind) if part is None else part.astype(kind)
            for part, (_, kept) in zip(parts, logs, strict=True)
        ]
        return pd.concat(full, ignore_index=True)

    @cached_property
    def recipient(self) -> pd.Series[Any]:
        """Who each event is about."""
        return self.ids("recipient_id")


_PLACES = {name: position for position, name in enumerate(codes.EVENTS)}
_ALWAYS = ("event", "event_date", "status", "is_retry", "count")


def _has_values(values: Any) -> bool:
    if isinstance(values, pd.Categorical):
        return bool((values.codes >= 0).any())
    return not isinstance(values, pd.arrays.IntegerArray) or not bool(values.isna().all())


# ---- what happened, and to whom ---------------------------------------------------------------


def _event(rows: _Rows, deliveries: Table) -> pd.Categorical:
    """Name what was done: by the type of link for e-mail and SMS, by the action for push and in-app."""
    kinds = _tracked(rows.tracks)
    _see_presses(kinds, rows.tracks, deliveries)
    attempts = np.full(len(rows.sends), _PLACES[codes.ATTEMPT], dtype=np.int8)
    return category(rows.both(attempts, kinds), pd.CategoricalDtype(list(codes.EVENTS)))


def _tracked(tracks: Table) -> NDArray[np.int8]:
    kinds = np.full(len(tracks), _PLACES[codes.OTHER], dtype=np.int8)
    if "action" in tracks:
        actions = tracks.labels("action", codes.ACTIONS.get)
        table = [_PLACES[each] for each in actions.categories] + [_PLACES[codes.OTHER]]
        kinds = np.array(table, dtype=np.int8)[actions.codes]
    if "tracking_url_type" in tracks:
        types = tracks.numbers("tracking_url_type")
        for number, name in codes.TRACKING_TYPES.items():
            kinds[types == number] = _PLACES[name]
    return kinds


def _see_presses(kinds: NDArray[np.int8], tracks: Table, deliveries: Table) -> None:
    """Let the presses in an app that never reports views stand for views, too. Changes ``kinds``.

    Deliveries that name no app are apps of their own.
    """
    presses = np.isin(kinds, [_PLACES[each] for each in codes.AS_VIEWS])
    if not presses.any():
        return
    at = positions(deliveries.ids("delivery_id"), tracks.ids("delivery_id"))
    own = np.arange(len(deliveries) + 1)  # the last place: of deliveries that are not listed
    if "mobile_app" in deliveries:
        named = deliveries.labels("mobile_app").codes
        own[:-1] = np.where(named < 0, own[:-1], len(own) + named.astype(np.intp))
    app = own[at]
    seen = np.unique(app[kinds == _PLACES["in-app view"]])
    unseen = presses & ~np.isin(app, seen)
    for press, as_view in codes.AS_VIEWS.items():
        kinds[unseen & (kinds == _PLACES[press])] = _PLACES[as_view]


def _renamed(values: pd.Categorical, names: Mapping[str, str]) -> pd.Categorical:
    """Return other names of the events that have one, and no value for the rest."""
    labels = list(dict.fromkeys(names.values()))
    table = [labels.index(names[each]) if each in names else -1 for each in codes.EVENTS]
    return category(np.array(table, dtype=np.int8)[values.codes], pd.CategoricalDtype(labels))


def _person(rows: _Rows, unique_key: str) -> Array | pd.arrays.IntegerArray:
    """Number whom unique figures count: the recipient, else device and app, else the message.

    By `DELIVERY_LOG` the message comes first. Those of the first kind are positive; of the other two, even
    and odd, negative.
    """
    order = ["recipient_id", "device_app_id", "message_id"]
    if unique_key == DELIVERY_LOG:
        order = ["message_id", "recipient_id", "device_app_id"]
    first, *others = order
    who = _numbered(rows.recipient if first == "recipient_id" else rows.ids(first))
    for turn, column in enumerate(others):
        nobody = np.flatnonzero(who == -1)
        if len(nobody):
            found = pd.factorize(rows.ids(column, nobody))[0]
            who[nobody] = np.where(found < 0, -1, -2 - 2 * found - turn)
    unknown = who == -1
    if who.min(initial=0) > -(2**31) and who.max(initial=0) < 2**31:
        who = who.astype(np.int32)
    return pd.arrays.IntegerArray(who, unknown) if unknown.any() else who


def _numbered(ids: pd.Series[Any]) -> NDArray[np.int64]:
    """Return a number from 0 for each id, -1 for none: whole numbers stay what they are."""
    if pd.api.types.is_integer_dtype(ids.dtype):
        numbers = ids.to_numpy(dtype=np.int64, na_value=-1)
        if ids.min() is pd.NA or ids.min() >= 0:
            return numbers
    return pd.factorize(ids)[0].astype(np.int64)


def _of_attempts(rows: _Rows) -> Columns:
    sends = rows.sends
    ones = np.ones(len(sends), dtype=np.int16)
    found: Columns = {
        "status": rows.numbers_of_sends(_small(sends.numbers("status"))),
        "is_retry": rows.numbers_of_sends(sends.flags("is_retry")),
        "count": rows.numbers_of_sends(
            _small(sends.numbers("count", missing=1) if "count" in sends else ones)
        ),
    }
    if "failure_type" in sends:
        found["failure_type"] = rows.numbers_of_sends(_small(sends.numbers("failure_type")))
    if "failure_reason" in sends:
        found["failure_reason"] = rows.of_sends(sends.labels("failure_reason", _reason))
    if "is_quarantine" in sends:
        found["is_quarantine"] = rows.numbers_of_sends(sends.flags("is_quarantine"))
    return found


def _small(numbers: NDArray[np.int16]) -> Array:
    fits = numbers.min(initial=0) >= -128 and numbers.max(initial=0) <= 127
    return numbers.astype(np.int8) if fits else numbers


def _reason(code: Any) -> str | None:
    return None if code == 0 else codes.FAILURE_REASONS.get(code, f"Reason {code}")


# ---- what is known of it ----------------------------------------------------------------------


def _of_messages(rows: _Rows) -> Columns:
    sends = rows.sends
    found = {name: rows.of_message(sends.labels(name)) for name in _OF_MESSAGE if name in sends}
    custom = [name for name in sends.columns if name.startswith("cus_")]
    return found | {name: rows.of_message(sends.values(name)) for name in custom}


def _of_deliveries(tables: Tables, rows: _Rows) -> Columns:
    deliveries = tables["deliveries"]
    at = positions(deliveries.ids("delivery_id"), rows.ids("delivery_id"))
    unknown = int((at < 0).sum())
    if unknown:
        rows.notes.append(
            f"{unknown:,} events are of deliveries that deliveries does not list: they show as N/A."
        )
    found: dict[str, pd.Categorical] = {
        "delivery": deliveries.labels("name"),
        "delivery_label": _delivery_labels(deliveries),
        "message_type": deliveries.labels("message_type", lambda each: codes.MESSAGE_TYPES.get(each, each)),
    }
    found |= {name: deliveries.labels(name) for name in _OF_DELIVERY if name in deliveries}
    if all(each in deliveries for each in ("execution_type", "parent_name", "parent_label")):
        execution = np.asarray(deliveries.labels("execution_type"), dtype=object)
        for kind in ("recurring", "transactional"):
            of_kind = np.where(execution == kind, np.arange(len(deliveries)), -1)
            found[kind] = taken(deliveries.labels("parent_name"), of_kind)
            found[f"{kind}_label"] = taken(deliveries.labels("parent_label"), of_kind)
    if "campaigns" in tables and "campaign_id" in deliveries:
        campaigns = tables["campaigns"]
        of_campaign = positions(campaigns.ids("campaign_id"), deliveries.ids("campaign_id"))
        found["campaign"] = taken(campaigns.labels("name"), of_campaign)
        found["campaign_label"] = taken(campaigns.labels("label"), of_campaign)
    return {name: taken(values, at) for name, values in found.items()}


def _delivery_labels(deliveries: Table) -> pd.Categorical:
    """Return what deliveries are called; those that were deleted have no label any more."""
    found = deliveries.labels("label")
    rows = np.where(deliveries.flags("deleted"), -1, np.arange(len(deliveries)))
    return taken(found, rows)


def _of_profiles(tables: Tables, rows: _Rows, moments: Array) -> Columns:
    profiles = tables.get("profiles")
    if profiles is None:
        return {}
    at = positions(profiles.ids("recipient_id"), rows.recipient)
    found: Columns = {name: taken(profiles.labels(name), at) for name in _OF_PROFILE if name in profiles}
    if "gender" in profiles:
        found["gender"] = taken(profiles.labels("gender", codes.GENDERS.get), at)
    if "birth_date" in profiles:
        found |= _ages(profiles.times("birth_date"), at, moments)
    return found


def _ages(births: Array, at: Rows, moments: Array) -> Columns:
    """Return whole years from birth to the day of the event, and the year of birth."""
    # Dates as numbers such as 20260614: a difference without its last four digits is an age.
    born = np.append(_as_number(births.astype("datetime64[D]")), 0)
    age, year = np.zeros((2, len(at)), dtype=np.int16)
    has_age = np.zeros(len(at), dtype=bool)
    has_year = np.zeros(len(at), dtype=bool)
    for start in range(0, len(at), _AGES_AT_ONCE):
        part = slice(start, start + _AGES_AT_ONCE)
        birth, today = born[at[part]], _days_as_numbers(moments[part])
        has_year[part], has_age[part] = birth > 0, (birth > 0) & (today > 0)
        year[part] = birth // 10_000
        age[part] = np.where(has_age[part], (today - birth) // 10_000, 0)
    return {
        "age": pd.arrays.IntegerArray(age, ~has_age),
        "birth_year": pd.arrays.IntegerArray(year, ~has_year),
    }


def _days_as_numbers(moments: Array) -> NDArray[np.int32]:
    """Return the day of each moment as a number. Different days are few: each is worked out once."""
    days = moments.astype("datetime64[D]")
    known = days[~np.isnat(days)]
    if not len(known):
        return np.zeros(len(days), dtype=np.int32)
    first, last = known.min(), known.max()
    calendar = np.append(_as_number(np.arange(first, last + 1)), np.int32(0))
    return calendar[np.where(np.isnat(days), len(calendar) - 1, (days - first).astype(np.int64))]


def _as_number(days: Array) -> NDArray[np.int32]:
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    number = (
        (years.astype(np.int64) + 1970) * 10_000
        + ((months - years).astype(np.int64) + 1) * 100
        + ((days - months).astype(np.int64) + 1)
    )
    return np.where(np.isnat(days), 0, number).astype(np.int32)
