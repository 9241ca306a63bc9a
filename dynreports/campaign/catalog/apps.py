"""Figures of messages in apps: impressions of push notifications, and everything about in-app messages.

An app that never reports views shows its messages all the same: what was pressed in them tells that they were
seen, so those presses are its impressions (see `dynreports.campaign.events`).
"""

from __future__ import annotations

from dynreports.campaign import codes
from dynreports.campaign.catalog.making import people, rate, times
from dynreports.semantics.metric import Metric

_VIEWS = ("in-app view", *codes.AS_VIEWS.values())
_SEEN = ("push impression", *_VIEWS)
_PRESSES = tuple(
    name for press in ("in-app button 1", "in-app button 2") for name in (press, codes.AS_VIEWS[press])
)
_CLOSES = ("in-app close", codes.AS_VIEWS["in-app close"])

_clicks = times("In-App clicks", "inappclicks", _PRESSES, "Presses of button 1 or 2 of in-app messages.")
_dismissals = times("In-App dismissal", "dismissal", _CLOSES, "In-app messages that were closed.")
_views = times("In-App impressions", "inappviews", _VIEWS, "")
_of_views = "{} divided by the impressions of in-app messages; 0 where there are none."

APPS: tuple[Metric, ...] = (
    times(
        "Impressions", "impressions", _SEEN,
        "Push notifications and in-app messages that were seen; of an app that never reports views, "
        "presses and dismissals.",
    ),
    people("Unique impressions", "uniqueimpressions", _SEEN, "Different people who saw a message in an app."),
    _clicks,
    people("Unique In-App clicks", "uniqueinapp", _PRESSES, "Different people who pressed a button."),
    rate("In-App click through rate", "inappclickthrough", _clicks, _views, 2,
         _of_views.format(_clicks.label)),
    _dismissals,
    people("Unique In-App dismissals", "uniquedismissal", _CLOSES, "Different people who closed a message."),
    rate("In-App dismissal rate", "dismissalrate", _dismissals, _views, 2,
         _of_views.format(_dismissals.label)),
)  # fmt: skip
