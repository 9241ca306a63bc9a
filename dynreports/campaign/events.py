"""One frame of events out of the logs: a row per attempt to send, and a row per thing that people did.

Rows of the tracking log take what they do not carry (domain, variant, segment code, custom fields) from the
delivery log through the message; deliveries, campaigns and profiles are looked up by their keys.
Proofs and seeds are left out of everything (reference 5.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dynreports.campaign.codes import ACTIONS, FAILURE_REASONS, GENDERS, MESSAGE_TYPES, TRACKING_TYPES

Frames = Mapping[str, pd.DataFrame]
_FROM_MESSAGE = ("recipient_domain", "sender_domain", "sender_ip", "variant", "segment_code")
_FROM_TRACKING = ("url", "url_label", "url_category", "browser", "device", "platform")
_FROM_PROFILE = ("city", "state", "country", "birth_date")


def event_frame(logs: Frames) -> pd.DataFrame:
    """Build the frame of events.

    Parameters
    ----------
    logs
        The tables of a folder of campaign logs by name (design: "Campaign log files").

    Returns
    -------
    pandas.DataFrame
        Columns ``event`` ("attempt", "open", "click", ...), ``event_date``, ``person`` (whom unique figures
        count), the columns of both logs, and what is known of the delivery, the campaign and the profile.
    """
    sends, tracks = _without_tests(logs["delivery_log"], logs["tracking_log"])
    message = _rows_of(sends.get("message_id"), tracks.get("message_id"))
    columns: dict[str, Any] = {
        "event": pd.concat([_constant("attempt", len(sends)), _track_kind(tracks)], ignore_index=True),
        "event_date": pd.concat([sends["event_date"], tracks["event_date"]], ignore_index=True),
        "person": _person(sends, tracks),
    }
    custom = [name for name in sends.columns if str(name).startswith("cus_")]
    for name in (*_FROM_MESSAGE, *custom):
        if name in sends:
            columns[name] = _stacked(sends[name], _taken(sends[name], message))
    for name in _FROM_TRACKING:
        if name in tracks:
            columns[name] = _stacked(_blank(tracks[name], len(sends)), tracks[name])
    columns |= _attempt_columns(sends, len(tracks))
    frame = pd.DataFrame(columns, copy=False)
    delivery = pd.concat([sends["delivery_id"], tracks["delivery_id"]], ignore_index=True)
    recipient = pd.concat([sends["recipient_id"], tracks["recipient_id"]], ignore_index=True)
    for name, values in (_of_delivery(logs, delivery) | _of_profile(logs, recipient)).items():
        frame[name] = values
    if "birth_date" in frame:
        frame["age"] = _age(frame["birth_date"], frame["event_date"])
    return frame


def _without_tests(sends: pd.DataFrame, tracks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    tests = np.zeros(len(sends), dtype=bool)
    for mark in ("is_proof", "is_seed"):
        if mark in sends:
            tests |= sends[mark].fillna(False).to_numpy(dtype=bool)
    if tests.any() and "message_id" in tracks:
        of_tests = tracks["message_id"].isin(sends.loc[tests, "message_id"])
        tracks = tracks.loc[~of_tests].reset_index(drop=True)
    return sends.loc[~tests].reset_index(drop=True), tracks


def _rows_of(known: pd.Series[Any] | None, wanted: pd.Series[Any] | None) -> np.ndarray:
    """Return, for each wanted key, the position of the first row that carries it; -1: none does."""
    if known is None or wanted is None:
        return np.full(0 if wanted is None else len(wanted), -1)
    first = known.drop_duplicates()
    places = pd.Index(first).get_indexer(pd.Index(wanted))
    return np.where(places < 0, -1, first.index.to_numpy()[places])


def _taken(values: pd.Series[Any], places: np.ndarray) -> pd.Series[Any]:
    """Return the value at each place, missing where the place is -1."""
    if not len(values):
        return _blank(values, len(places))
    taken = values.take(np.where(places < 0, 0, places)).reset_index(drop=True)
    return taken if (places >= 0).all() else taken.mask(places < 0)


def _stacked(upper: pd.Series[Any], lower: pd.Series[Any]) -> pd.Series[Any]:
    """Put one column under another; categories stay categories."""
    if isinstance(upper.dtype, pd.CategoricalDtype) or isinstance(lower.dtype, pd.CategoricalDtype):
        return pd.Series(
            pd.api.types.union_categoricals([upper.astype("category"), lower.astype("category")])
        )
    return pd.concat([upper, lower], ignore_index=True)


def _blank(like: pd.Series[Any], length: int) -> pd.Series[Any]:
    return like.iloc[:0].reindex(range(length))


def _constant(text: str, length: int) -> pd.Series[Any]:
    return pd.Series(np.full(length, text, dtype=object), dtype="str")


def _track_kind(tracks: pd.DataFrame) -> pd.Series[Any]:
    """Name what was done: by the type of link for e-mail and SMS, by the action for push and in-app."""
    kind = pd.Series(pd.NA, index=tracks.index, dtype="str")
    if "tracking_url_type" in tracks:
        kind = tracks["tracking_url_type"].map(TRACKING_TYPES).astype("str")
    if "action" in tracks:
        kind = kind.where(kind.notna(), tracks["action"].astype("str").map(ACTIONS).astype("str"))
    return kind


def _person(sends: pd.DataFrame, tracks: pd.DataFrame) -> np.ndarray:
    """Number whom unique figures count: the recipient, else device and app, else the message (reference 6.1)."""
    parts = []
    for log in (sends, tracks):
        who = pd.Series(log["recipient_id"]).astype("str")
        if "device_app_id" in log:
            who = who.where(who.notna(), "device " + log["device_app_id"].astype("str"))
        if "message_id" in log:
            who = who.where(who.notna(), "message " + log["message_id"].astype("str"))
        parts.append(who)
    return pd.factorize(pd.concat(parts, ignore_index=True))[0].astype(np.int32)


def _attempt_columns(sends: pd.DataFrame, tracks: int) -> dict[str, Any]:
    """Return the columns that only attempts have, with ``count`` 1 where the log has no such column."""
    found: dict[str, Any] = {}
    codes = {name: sends.get(name) for name in ("status", "failure_type", "failure_reason")}
    for name, values in codes.items():
        if values is not None:
            labelled = values.map(FAILURE_REASONS).astype("category") if name == "failure_reason" else values
            found[name] = _stacked(labelled, _blank(labelled, tracks))
    weight = sends["count"].to_numpy() if "count" in sends else np.ones(len(sends), dtype=np.int8)
    found["count"] = np.concatenate([weight, np.zeros(tracks, dtype=np.int8)])
    for mark in ("is_retry", "is_quarantine"):
        marked = (
            sends[mark].fillna(False).to_numpy(dtype=bool)
            if mark in sends
            else np.zeros(len(sends), dtype=bool)
        )
        found[mark] = np.concatenate([marked, np.zeros(tracks, dtype=bool)])
    return found


def _of_delivery(logs: Frames, delivery: pd.Series[Any]) -> dict[str, Any]:
    deliveries = logs["deliveries"]
    rows = _rows_of(deliveries["delivery_id"], delivery)
    found: dict[str, pd.Series[Any]] = {
        "delivery": deliveries["name"],
        "delivery_label": deliveries["label"],
        "message_type": deliveries["message_type"].astype("str").map(MESSAGE_TYPES),
    }
    for kind in ("recurring", "transactional"):
        if {"execution_type", "parent_name", "parent_label"} <= set(deliveries):
            of_kind = deliveries["execution_type"].astype("str") == kind
            found[kind] = deliveries["parent_name"].where(of_kind)
            found[f"{kind}_label"] = deliveries["parent_label"].where(of_kind)
    found |= {name: deliveries[name] for name in ("mobile_app", "push_platform") if name in deliveries}
    if "campaigns" in logs and "campaign_id" in deliveries:
        campaigns = logs["campaigns"]
        row = _rows_of(campaigns["campaign_id"], deliveries["campaign_id"])
        found |= {
            "campaign": _taken(campaigns["name"], row),
            "campaign_label": _taken(campaigns["label"], row),
        }
    return {name: _taken(values.astype("category"), rows) for name, values in found.items()}


def _of_profile(logs: Frames, recipient: pd.Series[Any]) -> dict[str, Any]:
    if "profiles" not in logs:
        return {}
    profiles = logs["profiles"]
    rows = _rows_of(profiles["recipient_id"], recipient)
    found = {name: profiles[name] for name in _FROM_PROFILE if name in profiles}
    if "gender" in profiles:
        found["gender"] = profiles["gender"].map(GENDERS)
    return {
        name: _taken(values if name == "birth_date" else values.astype("category"), rows)
        for name, values in found.items()
    }


def _age(born: pd.Series[Any], moment: pd.Series[Any]) -> pd.Series[Any]:
    """Return whole years from birth to the event."""
    when = moment.dt.tz_localize(None) if moment.dt.tz is not None else moment
    before_birthday = (when.dt.month * 100 + when.dt.day) < (born.dt.month * 100 + born.dt.day)
    return (when.dt.year - born.dt.year - before_birthday).astype("Int16")
