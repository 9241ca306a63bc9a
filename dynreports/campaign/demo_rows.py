"""The columns of the two logs of the demo data, and how a simulated delivery becomes rows of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from dynreports.campaign.demo_draw import Ints, Small
from dynreports.campaign.demo_names import (
    ACTIONS,
    AGENTS,
    DOMAINS,
    LOYALTY,
    OFFER_CLICK,
    SEGMENT_CODES,
    SENDER_DOMAINS,
    SENDER_IPS,
    VARIANTS,
    Link,
)
from dynreports.campaign.demo_people import People, labelled
from dynreports.campaign.demo_plan import Delivery, Plan
from dynreports.campaign.demo_sends import PROOF, SEED, Attempts, Messages
from dynreports.campaign.demo_tracks import Tracks

_TIME = pa.timestamp("ms", tz="UTC")
_DOMAIN_NAMES = tuple(each.name for each in DOMAINS)
_LABEL = pa.dictionary(pa.int32(), pa.string())
SCHEMAS = {
    "delivery_log": pa.schema(
        {
            "message_id": pa.int64(),
            "delivery_id": pa.int64(),
            "recipient_id": pa.int64(),
            "event_date": _TIME,
            "status": pa.int8(),
            "failure_type": pa.int8(),
            "failure_reason": pa.int8(),
            "is_quarantine": pa.bool_(),
            "is_retry": pa.bool_(),
            "count": pa.int8(),
            "recipient_domain": _LABEL,
            "sender_domain": _LABEL,
            "sender_ip": _LABEL,
            "variant": _LABEL,
            "segment_code": _LABEL,
            "is_proof": pa.bool_(),
            "is_seed": pa.bool_(),
            "cus_loyalty": _LABEL,
        }
    ),
    "tracking_log": pa.schema(
        {
            "message_id": pa.int64(),
            "delivery_id": pa.int64(),
            "recipient_id": pa.int64(),
            "event_date": _TIME,
            "tracking_url_type": pa.int8(),
            "url": _LABEL,
            "url_label": _LABEL,
            "url_category": _LABEL,
            "browser": _LABEL,
            "device": _LABEL,
            "platform": _LABEL,
            "action": _LABEL,
            "device_app_id": pa.string(),
            "offer": _LABEL,
        }
    ),
}


def delivery_rows(
    delivery: Delivery, messages: Messages, attempts: Attempts, group: People, first_id: int
) -> pa.Table:
    """Build one delivery's rows of the delivery log, in the order of time."""
    order = np.argsort(attempts.time, kind="stable")
    message = attempts.message[order]
    who = messages.who[message]
    email = delivery.channel == "email"
    sender = int(delivery.execution == "transactional") if email else -1
    lane = (delivery.id % 3 if sender == 0 else 3) if email else -1
    return _table(
        "delivery_log",
        message_id=first_id + message,
        delivery_id=np.full(message.size, delivery.id),
        recipient_id=_recipient(group, who),
        event_date=pa.array(attempts.time[order], _TIME),
        status=attempts.status[order],
        failure_type=attempts.failure[order],
        failure_reason=attempts.reason[order],
        is_quarantine=attempts.quarantine[order],
        is_retry=attempts.retry[order],
        count=attempts.count[order],
        recipient_domain=labelled(group.domain[who] if email else _none(who), _DOMAIN_NAMES),
        sender_domain=labelled(np.full(who.size, sender), SENDER_DOMAINS),
        sender_ip=labelled(np.full(who.size, lane), SENDER_IPS),
        variant=labelled(messages.variant[message], VARIANTS),
        segment_code=labelled(_segment(delivery, group, who), SEGMENT_CODES),
        is_proof=messages.test[message] == PROOF,
        is_seed=messages.test[message] == SEED,
        cus_loyalty=labelled(np.where(who < 0, -1, group.loyalty_at(who, messages.sent[message])), LOYALTY),
    )


def tracking_rows(
    what: Plan, delivery: Delivery, messages: Messages, tracks: Tracks, group: People, first_id: int
) -> pa.Table:
    """Build one delivery's rows of the tracking log."""
    who = messages.who[tracks.message]
    kinds = np.asarray([link.url_type for link in what.links], dtype=np.int8)[tracks.link]
    return _table(
        "tracking_log",
        message_id=first_id + tracks.message,
        delivery_id=np.full(who.size, delivery.id),
        recipient_id=_recipient(group, who),
        event_date=pa.array(tracks.time, _TIME),
        tracking_url_type=pa.array(kinds, pa.int8(), mask=tracks.link < 0),
        url=labelled(tracks.link, [link.path or None for link in what.links]),
        url_label=labelled(tracks.link, [link.label for link in what.links]),
        url_category=labelled(tracks.link, [link.category for link in what.links]),
        browser=labelled(tracks.agent, [each.browser for each in AGENTS]),
        device=labelled(tracks.agent, [each.device for each in AGENTS]),
        platform=labelled(tracks.agent, [each.platform for each in AGENTS]),
        action=labelled(tracks.action, ACTIONS),
        device_app_id=_installs(delivery, messages.install[tracks.message]),
        offer=labelled(tracks.link, [_offer(link) for link in what.links]),
    )


def _offer(link: Link) -> str | None:
    """Name the offer behind a link: each theme has one."""
    return f"Gift, {link.path.split('/')[-2].replace('-', ' ')}" if link.url_type == OFFER_CLICK else None


def _none(like: Ints) -> Ints:
    return np.full(like.size, -1)


def _recipient(group: People, who: Ints) -> pa.Array:
    return pa.array(group.ids[who], pa.int64(), mask=who < 0)


def _segment(delivery: Delivery, group: People, who: Ints) -> Ints | Small:
    """Segment code that the workflow gave: on all texts and some offers."""
    if delivery.kind != "sms" and not (delivery.kind == "single" and delivery.turn % 3 == 0):
        return _none(who)
    return np.digitize(group.engagement[who], (0.65, 1.2))


def _installs(delivery: Delivery, install: Ints) -> pa.Array:
    """Device and app of those without a recipient."""
    used, place = np.unique(install, return_inverse=True)
    app = (delivery.app or "").lower().replace(" ", "-")
    names = [None if number < 0 else f"{app}:{0x5EED0000 + int(number) * 7919:010x}" for number in used]
    return pa.array(names, pa.string()).take(pa.array(place))


def _table(name: str, **columns: object) -> pa.Table:
    """Build a piece of a log with the one order and the types of its columns."""
    return pa.table(columns, schema=SCHEMAS[name])
