"""Which rows of the logs are events, and columns of both logs put under each other."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dynreports.campaign.columns import Array, Coded, Ids, Rows, joined_ids, looked_up, picked
from dynreports.campaign.linking import link
from dynreports.campaign.tables import Table


class EventRows:
    """The events that count: rows of the delivery log, and under them rows of the tracking log.

    Left out are proofs and seeds with what came of them, and what happened before ``since``.
    """

    def __init__(self, sends: Table, tracks: Table, since: np.datetime64 | None = None) -> None:
        self.sends, self.tracks = sends, tracks
        self.notes: list[str] = []
        is_test = sends.flags("is_proof") | sends.flags("is_seed")
        message = self._messages(has_tests=bool(is_test.any()))
        drop_sends: Array | None = is_test if is_test.any() else None
        drop_tracks: Array | None = None
        if drop_sends is not None:
            drop_tracks = looked_up(np.append(is_test, False), message)
        if since is not None:
            old_sends, old_tracks = sends.times("event_date") < since, tracks.times("event_date") < since
            drop_sends = old_sends if drop_sends is None else drop_sends | old_sends
            drop_tracks = old_tracks if drop_tracks is None else drop_tracks | old_tracks
        # None: every row, so that nothing is copied to leave nothing out.
        self._kept_sends = _kept(drop_sends)
        self._kept_tracks = _kept(drop_tracks)
        self._message: Rows = _of(message, self._kept_tracks)
        self.sent = len(sends) if self._kept_sends is None else len(self._kept_sends)
        self.reacted = len(tracks) if self._kept_tracks is None else len(self._kept_tracks)

    def __len__(self) -> int:
        return self.sent + self.reacted

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
        done = "kept, without what only the delivery log tells"
        return link(self.tracks, "message_id", self.sends, "message_id", done)

    def both(self, sends: Array, tracks: Array) -> Array:
        """Put a column of the tracking log under one of the delivery log."""
        found = np.empty(len(self), dtype=np.result_type(sends, tracks))
        _put(found[: self.sent], sends, self._kept_sends)
        _put(found[self.sent :], tracks, self._kept_tracks)
        return found

    def numbers_of_sends(self, values: Array) -> Array:
        """Return a column of the delivery log, 0 for reactions."""
        found = np.zeros(len(self), dtype=values.dtype)
        _put(found[: self.sent], values, self._kept_sends)
        return found

    def of_tracks(self, values: Coded) -> pd.Categorical:
        """Return a column of the tracking log, without values for attempts."""
        found = np.full(len(self), -1, dtype=values.codes.dtype)
        _put(found[self.sent :], values.codes, self._kept_tracks)
        return Coded(found, values.words).category()

    def of_sends(self, values: Coded) -> pd.Categorical:
        """Return a column of the delivery log, without values for reactions."""
        found = np.full(len(self), -1, dtype=values.codes.dtype)
        _put(found[: self.sent], values.codes, self._kept_sends)
        return Coded(found, values.words).category()

    def of_message(self, values: Coded) -> Any:
        """Return a column of the delivery log, for attempts and for what came of the message."""
        found = np.empty(len(self), dtype=values.codes.dtype)
        _put(found[: self.sent], values.codes, self._kept_sends)
        found[self.sent :] = picked(values.codes, self._message)
        return Coded(found, values.words).category()

    def ids(self, name: str, events: Array | None = None) -> Ids:
        """Return the ids in a column of both logs, of all events or some; missing where a log has none."""
        sends, tracks = self._kept_sends, self._kept_tracks
        if events is not None:
            of_sends, of_tracks = events[events < self.sent], events[events >= self.sent] - self.sent
            sends = of_sends if sends is None else sends[of_sends]
            tracks = of_tracks if tracks is None else tracks[of_tracks]
        parts = [
            _ids_of(log.ids(name), kept) if name in log else Ids.none(len(log) if kept is None else len(kept))
            for log, kept in ((self.sends, sends), (self.tracks, tracks))
        ]
        return joined_ids(parts)

    @cached_property
    def moments(self) -> Array:
        """When each event happened, in milliseconds, UTC."""
        return self.both(self.sends.times("event_date"), self.tracks.times("event_date"))

    def linked(self, column: str, target: Table, done: str) -> Rows:
        """Return the row of another table that each event is about, by an id of the same name."""
        return self.both(
            link(self.sends, column, target, column, done), link(self.tracks, column, target, column, done)
        )


def _kept(dropped: Array | None) -> Rows | None:
    if dropped is None or not dropped.any():
        return None
    return np.flatnonzero(~dropped).astype(np.int32)


def _of(values: Array, kept: Rows | None) -> Array:
    return values if kept is None else values[kept]


def _ids_of(ids: Ids, kept: Array | None) -> Ids:
    return ids if kept is None else ids.at(kept)


def _put(into: Array, values: Array, kept: Rows | None) -> None:
    if kept is None:
        into[:] = values
    else:
        values.take(kept, out=into, mode="clip")
