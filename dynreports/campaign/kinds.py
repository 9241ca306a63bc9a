"""What each row of the tracking log tells that somebody did."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dynreports.campaign import codes
from dynreports.campaign.columns import Coded, looked_up, positions
from dynreports.campaign.rows import EventRows
from dynreports.campaign.tables import Table
from dynreports.engine.columns import count_codes

Kinds = NDArray[np.int8]
"""A place in `codes.EVENTS` per row."""

_PLACES = {name: position for position, name in enumerate(codes.EVENTS)}


def event_kinds(rows: EventRows, deliveries: Table) -> Kinds:
    """Name what was done: by the type of link for e-mail and SMS, by the action for push and in-app."""
    kinds = _tracked(rows.tracks)
    _see_presses(kinds, rows.tracks, deliveries)
    attempts = np.full(len(rows.sends), _PLACES[codes.ATTEMPT], dtype=np.int8)
    return rows.both(attempts, kinds)


def _tracked(tracks: Table) -> Kinds:
    kinds = np.full(len(tracks), _PLACES[codes.OTHER], dtype=np.int8)
    if "action" in tracks:
        actions = tracks.coded("action")
        of_word = {word: _PLACES[name] for word, name in codes.ACTIONS.items()}
        table = [of_word.get(each, _PLACES[codes.OTHER]) for each in actions.words]
        kinds = looked_up(np.array([*table, _PLACES[codes.OTHER]], dtype=np.int8), actions.codes)
    if "tracking_url_type" in tracks:
        types = tracks.numbers("tracking_url_type")
        found = np.full(256, -1, dtype=np.int8)
        for number, name in codes.TRACKING_TYPES.items():
            found[number] = _PLACES[name]
        named = looked_up(found, types.view(np.uint8))  # types that nobody knows are read as 0
        np.copyto(kinds, named, where=named >= 0)
    return kinds


def _see_presses(kinds: Kinds, tracks: Table, deliveries: Table) -> None:
    """Let the presses in an app that never reports views stand for views, too. Changes ``kinds``.

    Deliveries that name no app are apps of their own.
    """
    view = _PLACES["in-app view"]
    is_press = np.zeros(len(codes.EVENTS), dtype=bool)
    is_press[[_PLACES[each] for each in codes.AS_VIEWS]] = True
    wanted = is_press.copy()
    wanted[view] = True
    rows = np.flatnonzero(looked_up(wanted, kinds))
    in_app = kinds[rows]
    if not is_press[in_app].any():
        return
    at = positions(deliveries.ids("delivery_id"), tracks.ids("delivery_id").at(rows))
    own = np.arange(len(deliveries) + 1)  # the last place: of deliveries that are not listed
    if "mobile_app" in deliveries:
        named = deliveries.coded("mobile_app").codes
        own[:-1] = np.where(named < 0, own[:-1], len(own) + named.astype(np.intp))
    app = own[at]
    unseen = is_press[in_app] & ~np.isin(app, np.unique(app[in_app == view]))
    table = np.arange(len(codes.EVENTS), dtype=np.int8)
    for press, as_view in codes.AS_VIEWS.items():
        table[_PLACES[press]] = _PLACES[as_view]
    kinds[rows[unseen]] = table[in_app[unseen]]


def renamed(kinds: Kinds, names: Mapping[str, str]) -> pd.Categorical:
    """Return other names of the events that have one, and no value for the rest."""
    labels = list(dict.fromkeys(names.values()))
    table = [labels.index(names[each]) if each in names else -1 for each in codes.EVENTS]
    return Coded(looked_up(np.array(table, dtype=np.int8), kinds), labels).category()


def occur(kinds: Kinds) -> frozenset[str]:
    """Return which events there are."""
    return frozenset(codes.EVENTS[place] for place in np.flatnonzero(count_codes(kinds.view(np.uint8), 256)))
