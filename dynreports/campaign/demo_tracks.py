"""What people do with the messages of one delivery of the demo data: opens, clicks, opt-outs, dismissals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dynreports.campaign.demo_draw import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Floats,
    Ints,
    awake,
    chance,
    choose,
    expand,
    span,
    weekday,
)
from dynreports.campaign.demo_names import (
    ACTIONS,
    AGENTS,
    APP_AGENTS,
    APP_WITHOUT_VIEWS,
    DOMAINS,
    KINDS,
    LINKS,
    LOCAL_CLICKS,
    LOYALTY_OPENS,
    MIRROR,
    OPEN,
    OPTOUT,
    PHONE_CLICKS,
    VARIANT_CLICKS,
    VARIANT_OPENS,
    WEEKDAY_OPENS,
)
from dynreports.campaign.demo_people import People
from dynreports.campaign.demo_plan import Delivery
from dynreports.campaign.demo_sends import REAL, Messages, install_phone

_IMPRESSION, _OPENED, _CLICKED, _VIEW, _BUTTON1, _BUTTON2, _CLOSE = range(len(ACTIONS))


@dataclass(frozen=True)
class Tracks:
    """The tracking log of one delivery, one element for each row; -1 is "none".

    `message` is a position in the messages, `link` in the plan's links, `agent` in AGENTS,
    `action` in ACTIONS.
    """

    message: Ints
    time: Ints
    link: Ints
    agent: Ints
    action: Ints


def track(
    rng: np.random.Generator, delivery: Delivery, messages: Messages, people: People, stop: int
) -> Tracks:
    """Follow one delivery until `stop`, rows in the order of time; marks who opts out in the people."""
    if delivery.channel == "email":
        parts = _email(rng, delivery, messages, people, stop)
    elif delivery.channel == "sms":
        parts = [_sms(rng, delivery, messages, people)]
    elif delivery.channel == "push":
        parts = _push(rng, delivery, messages, people)
    else:
        parts = _in_app(rng, delivery, messages, people)
    message, time, link, agent, action = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("message", "time", "link", "agent", "action")
    )
    order = np.argsort(time, kind="stable")
    order = order[: np.searchsorted(time[order], stop)]
    return Tracks(message[order], time[order], link[order], agent[order], action[order])


def _rows(message: Ints, time: Ints, link: Ints | int, agent: Ints, action: int = -1) -> Tracks:
    return Tracks(message, time, np.broadcast_to(link, time.shape), agent, np.full(time.size, action))


def _email(
    rng: np.random.Generator, delivery: Delivery, messages: Messages, people: People, stop: int
) -> list[Tracks]:
    """Draw openers first; all else is done by them, and one in twelve clickers reads without images."""
    rates = delivery.rates
    message = messages.delivered
    message = message[chance(rng, _open_odds(delivery, messages, people, message), message.size)]
    who = messages.who[message]
    n = message.size
    first = awake(rng, messages.arrived[message] + _delay(rng, n))
    clicks = rates.clicks * np.sqrt(people.engagement[who])
    if delivery.kind == "ab":
        clicks *= np.asarray(VARIANT_CLICKS)[messages.variant[message]]
    if delivery.city >= 0:
        clicks *= np.where(people.place[who] == delivery.city, LOCAL_CLICKS, 1.0)
    clicker = chance(rng, clicks, n)
    seen = ~(clicker & chance(rng, 0.08, n))  # else no row says "open": the click implies it
    opens, turn = expand(np.where(seen, rng.geometric(0.68, n), 0))
    again = awake(rng, first[opens] + span(rng, 30 * HOUR, opens.size) + MINUTE)
    open_time = np.where(turn > 0, again, first[opens])
    clicks_of, turn = expand(np.where(clicker, rng.geometric(0.7, n), 0))
    click_time = first[clicks_of] + (turn + 1) * span(rng, 4 * MINUTE, clicks_of.size) + 5 * SECOND
    later = chance(rng, 0.12, clicks_of.size)  # comes back to the mail on another day
    click_time[later] = awake(rng, click_time[later] + span(rng, 2 * DAY, int(later.sum())))
    mirror = np.flatnonzero(chance(rng, 0.018, n))
    mirror_time = first[mirror] + span(rng, MINUTE, mirror.size) + 5 * SECOND
    leaver = np.flatnonzero((messages.test[message] == REAL) & chance(rng, rates.optouts, n))
    leave_time = first[leaver] + span(rng, 3 * MINUTE, leaver.size) + 10 * SECOND
    gone = leave_time < stop
    left = who[leaver[gone]]  # one message each: nobody appears twice
    people.optout[left] = np.minimum(people.optout[left], leave_time[gone])
    leaves, turn = expand(np.where(chance(rng, 0.08, leaver.size), 2, 1))
    leave_time = leave_time[leaves] + turn * 20 * SECOND
    leaves = leaver[leaves]
    return [
        _rows(message[opens], open_time, OPEN, _agent(rng, people, who[opens], 0.06)),
        _rows(
            message[clicks_of],
            click_time,
            _link(rng, delivery, clicks_of.size),
            _agent(rng, people, who[clicks_of]),
        ),
        _rows(message[mirror], mirror_time, MIRROR, _agent(rng, people, who[mirror])),
        _rows(message[leaves], leave_time, OPTOUT, _agent(rng, people, who[leaves])),
    ]


def _open_odds(delivery: Delivery, messages: Messages, people: People, message: Ints) -> Floats:
    """How likely each message is to be opened."""
    who = messages.who[message]
    odds = delivery.rates.opens * people.engagement[who]
    if delivery.execution != "transactional":
        odds *= WEEKDAY_OPENS[weekday(delivery.sent)]
    odds *= np.asarray(LOYALTY_OPENS)[people.loyalty_at(who, messages.sent[message])]
    odds *= np.asarray([each.opens for each in DOMAINS])[people.domain[who]]
    if delivery.kind == "ab":
        odds *= np.asarray(VARIANT_OPENS)[messages.variant[message]]
    return np.where(messages.test[message] == REAL, np.minimum(odds, 0.95), 0.7)


def _delay(rng: np.random.Generator, size: int) -> Ints:
    """Time from delivery to the first reading: mostly hours, for a fourth days to weeks."""
    mean = np.where(chance(rng, 0.75, size), 3.5 * HOUR, 50.0 * HOUR)
    return (rng.exponential(1.0, size) * mean).astype(np.int64) + 30 * SECOND


def _agent(rng: np.random.Generator, people: People, who: Ints, unknown: float = 0.015) -> Ints:
    """What each event is read with: mostly the main one of the person; sometimes it can't be told."""
    agent = np.where(chance(rng, 0.85, who.size), people.agent[who], people.second_agent[who])
    return np.where(chance(rng, unknown, who.size), -1, agent)


def _link(rng: np.random.Generator, delivery: Delivery, size: int) -> Ints:
    weights = [link.weight for link in LINKS[KINDS[delivery.kind][1]]]
    return np.asarray(delivery.links, dtype=np.int64)[choose(rng, weights, size)]


def _sms(rng: np.random.Generator, delivery: Delivery, messages: Messages, people: People) -> Tracks:
    message = messages.delivered
    odds = delivery.rates.clicks * people.engagement[messages.who[message]]
    message = message[chance(rng, odds, message.size)]
    who = messages.who[message]
    time = awake(rng, messages.arrived[message] + span(rng, 2 * HOUR, message.size) + 10 * SECOND)
    agent = _phones()[people.phone[who]]
    return _rows(message, time, _link(rng, delivery, message.size), agent)


def _phones() -> Ints:
    """The browser of each phone platform."""
    browsers = [
        (place, each) for place, each in enumerate(AGENTS) if each.device == "Mobile" and each.browser
    ]
    first = {each.platform: place for place, each in reversed(browsers)}
    return np.asarray([first["iOS"], first["Android"]], dtype=np.int64)


def _eager(people: People, messages: Messages, message: Ints) -> Floats:
    who = messages.who[message]
    return np.where(who < 0, 0.8, people.engagement[who])


def _push(rng: np.random.Generator, delivery: Delivery, messages: Messages, people: People) -> list[Tracks]:
    """A tap is both an open and a click; a dismissal is a click only."""
    message = messages.delivered
    n = message.size
    odds = delivery.rates.clicks * _eager(people, messages, message) * PHONE_CLICKS[delivery.phone]
    clicker = chance(rng, odds, n)
    shown, turn = expand(np.where(clicker | chance(rng, 0.86, n), rng.geometric(0.92, n), 0))
    first = awake(rng, messages.arrived[message] + span(rng, 90 * MINUTE, n) + 2 * SECOND)
    view_time = first[shown] + turn * span(rng, 5 * HOUR, shown.size)
    clicks, turn = expand(np.where(clicker, rng.geometric(0.85, n), 0))
    click_time = first[clicks] + span(rng, 3 * MINUTE, clicks.size) + turn * HOUR + SECOND
    opened = np.flatnonzero((turn == 0) & chance(rng, 0.65, clicks.size))
    agent = np.full(n, APP_AGENTS[delivery.phone])
    return [
        _rows(message[shown], view_time, -1, agent[shown], _IMPRESSION),
        _rows(message[clicks], click_time, -1, agent[clicks], _CLICKED),
        _rows(message[clicks[opened]], click_time[opened], -1, agent[clicks[opened]], _OPENED),
    ]


def _in_app(rng: np.random.Generator, delivery: Delivery, messages: Messages, people: People) -> list[Tracks]:
    """People see the card once or more, then press a button or close it; one app never reports the seeing."""
    message = messages.delivered
    message = message[chance(rng, 0.8, message.size)]
    n = message.size
    who = messages.who[message]
    phone = np.where(who < 0, install_phone(messages.install[message]), people.phone[who])
    agent = np.asarray(APP_AGENTS)[phone]
    first = messages.arrived[message] + span(rng, 20 * SECOND, n) + SECOND
    views, turn = expand(
        rng.geometric(0.75, n) if delivery.app != APP_WITHOUT_VIEWS else np.zeros(n, np.int64)
    )
    parts = [
        _rows(message[views], first[views] + turn * span(rng, 1.5 * DAY, views.size), -1, agent[views], _VIEW)
    ]
    eager = _eager(people, messages, message)
    for action, share in ((_BUTTON1, 0.09), (_BUTTON2, 0.03), (_CLOSE, 0.55)):
        done = np.flatnonzero(chance(rng, share * (eager if action != _CLOSE else 1.0), n))
        time = first[done] + span(rng, 15 * SECOND, done.size) + 2 * SECOND
        parts.append(_rows(message[done], time, -1, agent[done], action))
    return parts
