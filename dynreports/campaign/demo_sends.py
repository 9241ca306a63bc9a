"""The sending of one delivery of the demo data: who gets it, when, and with what result."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dynreports.campaign.demo_draw import (
    DAY,
    HOUR,
    MINUTE,
    Flags,
    Floats,
    Ints,
    Small,
    chance,
    choose,
    expand,
    span,
)
from dynreports.campaign.demo_names import (
    DOMAINS,
    FAILING_DOMAIN,
    FAILING_FACTOR,
    FAILING_REASONS,
    FAILURES,
    HOURS,
    REASONS,
    VARIANTS,
)
from dynreports.campaign.demo_people import TESTERS, People
from dynreports.campaign.demo_plan import Delivery, Plan

# What becomes of a message, in the order of the rates in FAILURES.
HARD, SOFT, IGNORED, RECOVERED, NEGATED, FINE = range(6)
REAL, PROOF, SEED = range(3)
_FAILING = [each.name for each in DOMAINS].index(FAILING_DOMAIN)


@dataclass(frozen=True)
class Messages:
    """The messages of one delivery, one element each.

    `who` is a position in the people, or -1 for an app install that nobody logged in to (`install`);
    `arrived` is when it was delivered, 0 for those that never were or were negated later.
    """

    who: Ints
    install: Ints
    test: Small
    sent: Ints
    variant: Small
    arrived: Ints

    @property
    def delivered(self) -> Ints:
        """Positions of the messages that were delivered for good."""
        return np.flatnonzero(self.arrived)


@dataclass(frozen=True)
class Attempts:
    """The delivery log of one delivery, one element for each row; `message` is a position in the messages."""

    message: Ints
    time: Ints
    status: Small
    failure: Small
    reason: Small
    quarantine: Flags
    retry: Flags
    count: Small


def send(
    rng: np.random.Generator, what: Plan, delivery: Delivery, people: People, members: Flags
) -> tuple[Messages, Attempts]:
    """Send one delivery to the `members` of its organizational unit."""
    who, install, test, sent = _audience(rng, delivery, people, members)
    early = sent < what.stop
    who, install, test, sent = who[early], install[early], test[early], sent[early]
    outcome = _outcomes(rng, what, delivery, people, who, test, sent)
    late = span(rng, 1.5 * DAY, sent.size) + 6 * HOUR  # until a delivered message turns out to have failed
    outcome[(outcome == NEGATED) & (sent + late >= what.stop)] = FINE
    attempts, arrived = _attempts(rng, what, delivery, people.domain[who], outcome, sent, late)
    complained = (outcome[attempts.message] == FINE) & (test[attempts.message] == REAL)
    complained &= chance(rng, delivery.rates.complaints, complained.size)
    attempts.failure[complained] = 2  # a complaint keeps its status: it was delivered
    attempts.reason[complained] = 8
    variant = np.full(who.size, -1, dtype=np.int8)
    if delivery.kind == "ab":
        variant = rng.integers(0, len(VARIANTS), who.size).astype(np.int8)
    return Messages(who, install, test, sent, variant, arrived), attempts


def _audience(
    rng: np.random.Generator, delivery: Delivery, people: People, members: Flags
) -> tuple[Ints, Ints, Small, Ints]:
    """Draw who gets a delivery, and when: (who, install, test, sent)."""
    share = delivery.rates.audience
    if delivery.kind == "trans":
        size = int(share * people.size * (delivery.until - delivery.sent) / (30 * DAY)) + 1
        sent = _orders(rng, delivery, size)
        who = rng.integers(0, people.size - TESTERS, size)
        known = people.joined[who] < sent
        who, sent = who[known], sent[known]
        return who, np.full(who.size, -1), np.zeros(who.size, dtype=np.int8), sent
    open_to = members & (people.joined < delivery.sent)
    if delivery.channel == "email":
        open_to &= people.optout > delivery.sent
    elif delivery.channel != "sms":
        open_to &= people.app_user
        if delivery.phone >= 0:
            open_to &= people.phone == delivery.phone
    open_to[people.testers] = False
    who = np.flatnonzero(open_to & chance(rng, share, people.size))
    install = np.full(who.size, -1)
    if delivery.channel in ("push", "inapp"):
        anonymous = np.flatnonzero(chance(rng, share * 0.5, people.installs))
        if delivery.phone >= 0:
            anonymous = anonymous[install_phone(anonymous) == delivery.phone]
        install = np.concatenate([install, anonymous])
        who = np.concatenate([who, np.full(anonymous.size, -1)])
    sent = _sending(rng, delivery, who.size)
    test = np.zeros(who.size, dtype=np.int8)
    if delivery.channel in ("email", "sms"):  # the proofs go out first, the seeds with the rest
        half = TESTERS // 2
        who = np.concatenate([people.testers, who])
        install = np.concatenate([np.full(TESTERS, -1), install])
        test = np.concatenate([np.repeat(np.asarray([PROOF, SEED], dtype=np.int8), half), test])
        proofs = delivery.sent - 2 * HOUR + rng.integers(0, 40 * MINUTE, half)
        sent = np.concatenate([proofs, _sending(rng, delivery, TESTERS - half), sent])
    return who, install, test, sent


def _sending(rng: np.random.Generator, delivery: Delivery, size: int) -> Ints:
    """When the messages leave: evenly, or (in-app) when people next open the app."""
    length = delivery.until - delivery.sent
    if delivery.channel == "inapp":
        return delivery.sent + np.minimum(span(rng, 3 * DAY, size), length - 1)
    return delivery.sent + rng.integers(0, length, size)


def _orders(rng: np.random.Generator, delivery: Delivery, size: int) -> Ints:
    """When people ask for a transactional message: more at weekends and in the evening."""
    days = (delivery.until - delivery.sent) // DAY
    first = delivery.sent // DAY
    weights = [1.35 if (first + day + 3) % 7 >= 5 else 1.0 for day in range(days)]
    return (
        delivery.sent
        + choose(rng, weights, size) * DAY
        + choose(rng, HOURS, size) * HOUR
        + rng.integers(0, HOUR, size)
    )


def _outcomes(
    rng: np.random.Generator,
    what: Plan,
    delivery: Delivery,
    people: People,
    who: Ints,
    test: Small,
    sent: Ints,
) -> Small:
    """Draw what becomes of each message; proofs and seeds always arrive."""
    factor: Floats = np.full(who.size, max(delivery.rates.failures, 1e-9))
    if delivery.channel == "email":
        domain = people.domain[who]
        factor *= np.asarray([each.failures for each in DOMAINS])[domain]
        failing = (domain == _FAILING) & (sent >= failing_from(what))
        factor[failing] = FAILING_FACTOR
    elif delivery.phone == 1:
        factor *= 2.5
    bounds = np.cumsum(FAILURES[delivery.channel])
    outcome = np.searchsorted(bounds, rng.random(who.size) / factor, side="right").astype(np.int8)
    outcome[test != REAL] = FINE
    return outcome


def install_phone(install: Ints) -> Ints:
    """Platform of app installs: a position in PHONES."""
    return install % 2


def failing_from(what: Plan) -> int:
    """When the failing domain begins to fail (milliseconds): half way."""
    return what.start + (what.stop - what.start) // DAY // 2 * DAY


def _attempts(
    rng: np.random.Generator,
    what: Plan,
    delivery: Delivery,
    domain: Ints,
    outcome: Small,
    sent: Ints,
    late: Ints,
) -> tuple[Attempts, Ints]:
    """Write each message's rows: one, or its retries, or the pair that negates it."""
    counts = np.asarray([1, 3, 1, 2, 3, 1], dtype=np.int64)[outcome]
    counts += (outcome == RECOVERED) & chance(rng, 0.3, outcome.size)
    message, turn = expand(counts)
    kind, last = outcome[message], turn == counts[message] - 1
    wait = span(rng, 2 * HOUR, outcome.size) + 20 * MINUTE
    negation = (kind == NEGATED) & (turn > 0)
    time = sent[message] + np.where(negation, late[message], 0)
    retried = (kind == SOFT) | (kind == RECOVERED)
    time = np.minimum(np.where(retried, time + turn * wait[message], time), what.stop - 1)
    failed = (kind <= IGNORED) | ((kind == RECOVERED) & ~last) | (negation & last)
    failure = np.where(~failed | (kind == IGNORED), 0, np.where(retried, 1, 2)).astype(np.int8)
    reason = _reasons(rng, what, delivery, domain, sent, outcome)[message]
    reason = np.where(failed, reason, 0).astype(np.int8)
    arrived = np.where((outcome == FINE) | (outcome == RECOVERED), sent, 0)
    recovered = last & (kind == RECOVERED)
    arrived[message[recovered]] = time[recovered]
    rows = Attempts(
        message=message,
        time=time,
        status=np.where(failed, 2, 1).astype(np.int8),
        failure=failure,
        reason=reason,
        quarantine=failed & last & ((reason == 1) | ((reason == 5) & chance(rng, 0.3, message.size))),
        retry=retried & ~last,
        count=np.where(negation & ~last, -1, 1).astype(np.int8),
    )
    return rows, arrived


def _reasons(
    rng: np.random.Generator, what: Plan, delivery: Delivery, domain: Ints, sent: Ints, outcome: Small
) -> Small:
    """Draw the failure reason that each message would have: one for all its attempts."""
    hard, soft, ignored = (
        np.asarray(list(each), dtype=np.int8)[choose(rng, list(each.values()), outcome.size)]
        for each in REASONS[delivery.channel]
    )
    if delivery.channel == "email":
        failing = (domain == _FAILING) & (sent >= failing_from(what)) & chance(rng, 0.85, sent.size)
        hard[failing & (outcome == HARD)] = FAILING_REASONS[0]
        soft[failing] = FAILING_REASONS[1]
    retried = (outcome == SOFT) | (outcome == RECOVERED)
    return np.where(retried, soft, np.where(outcome == IGNORED, ignored, hard)).astype(np.int8)
