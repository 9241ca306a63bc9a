"""Figures of what people did with e-mails, SMS and push notifications: one metric over the channels.

An e-mail or SMS that was clicked was opened, whether its open was seen or not. Push notifications report
their opens themselves: nothing is implied there.
"""

from __future__ import annotations

from dynreports.campaign.catalog.making import people, rate, times
from dynreports.campaign.catalog.messages import DELIVERED
from dynreports.semantics.metric import Metric

_OPENS = ("open",)
_CLICKS = ("click", "social click", "offer click")
_IMPLY_OPEN = (*_OPENS, *_CLICKS, "unsubscribe", "mirror page")
_PUSH_OPENS, _PUSH_CLICKS = ("push open",), ("push click",)

_unique_opens = people(
    "Unique opens", "uniqueopens", (*_IMPLY_OPEN, *_PUSH_OPENS),
    "Different people who opened. Who clicks, unsubscribes or visits the mirror page has opened.",
)  # fmt: skip
_implied = people("implied", "implied", _IMPLY_OPEN, "") - people("seen", "seen", _OPENS, "")
_opens = (times("opens", "opens", (*_OPENS, *_PUSH_OPENS), "") + _implied).named(
    "Open",
    id="opens",
    description="Opens, and one for each person who clicked an e-mail or SMS without an open on record.",
)
_clicks = times(
    "Click", "clicks", (*_CLICKS, *_PUSH_CLICKS), "Clicks on links, and push notifications acted on."
)
_unique_clicks = people(
    "Unique clicks", "uniqueclicks", (*_CLICKS, *_PUSH_CLICKS), "Different people who clicked."
)
_mirror = times("Mirror page", "mirrorPage", ("mirror page",), "Clicks on the link to the mirror page.")
_unsubscribes = times("Unsubscribed", "unsubscribes", ("unsubscribe",), "Clicks on the link to unsubscribe.")
_leavers = people(
    "Unique unsubscription", "uniqueUnsubscribes", ("unsubscribe",), "Different people who unsubscribed."
)
_offers = times("Offer clicks", "offerClicks", ("offer click",), "Clicks on links of offers.")

REACTIONS: tuple[Metric, ...] = (
    _opens,
    _unique_opens,
    rate("Open rate", "rateOpens", _unique_opens, DELIVERED),
    _clicks,
    _unique_clicks,
    rate("Click through rate", "clickthrough", _unique_clicks, DELIVERED),
    _mirror,
    rate("Mirror page rate", "rateMirrorPage", _mirror, DELIVERED),
    _unsubscribes,
    _leavers,
    rate("Unsubscribe rate", "rateUnsubscribes", _leavers, DELIVERED, decimals=2),
    _offers,
    rate("Offer click rate", "rateOfferClicks", _offers, DELIVERED),
)  # fmt: skip
