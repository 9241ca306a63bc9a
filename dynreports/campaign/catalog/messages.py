"""Figures of messages of every channel: sent, delivered, and the ways to fail."""

from __future__ import annotations

from dynreports.campaign import codes
from dynreports.campaign.catalog.making import messages, net, rate
from dynreports.semantics.metric import Metric, Variant
from dynreports.semantics.predicate import Comparison, Predicate, field

_STATUS, _TYPE = field("status"), field("failure_type")
_FAILED, _HARD, _SOFT = _STATUS == 2, _TYPE == 2, _TYPE == 1
RETRIES = "retries"
"""The variant of a metric that counts every attempt to send a message."""


def _because(code: int) -> Predicate:
    return Comparison("failure_reason", "==", codes.FAILURE_REASONS[code])


def _with_retries(metric: Metric, expression: Metric, description: str) -> Metric:
    variant = Variant(RETRIES, "Include Retries", expression.at_least(0).expression, description)
    return metric.with_variants(variant)


_arrived, _failed = net(_STATUS == 1), net(_FAILED)
_attempted = net(_FAILED, retries=True)

DELIVERED = messages(
    "Delivered", "delivered", _arrived, "Messages that arrived, less those that failed later."
)
BOUNCES = _with_retries(
    messages("Bounces + Errors", "bounces", _failed, "Messages that failed for good."),
    _attempted,
    "Attempts that failed: each retry counts.",
)
SENT = _with_retries(
    messages(
        "Processed/sent", "sent", _arrived + _failed, "Messages that were sent: those that arrived or failed."
    ),
    _arrived + _attempted,
    "Attempts to send: each retry counts.",
)
_hard = messages(
    "Hard bounce", "hardBounces", net(_FAILED & _HARD),
    "Messages that failed for a reason that stays, such as an unknown address.",
)  # fmt: skip
_soft = messages(
    "Soft bounce", "softBounces", net(_FAILED & _SOFT),
    "Messages that failed for a reason that may pass, such as a full mailbox.",
)  # fmt: skip
# A complaint leaves the message delivered, so the status does not matter.
_denylist = messages(
    "On denylist", "blacklisted", net(_HARD & _because(8)),
    "Messages whose recipients complained or are on the denylist, whether they arrived or not.",
)  # fmt: skip
_quarantine = messages(
    "Quarantine", "quarantine", net(field("is_quarantine") == True),  # noqa: E712  (a predicate, not a test)
    "Messages to addresses that are in quarantine.",
)  # fmt: skip
_rejected = messages(
    "Rejected", "rejected", net(_HARD & _because(20)), "Messages that the receiving side refused for good."
)

_REASONS = (
    (1, "unknownUser", "the address does not exist"),
    (2, "invalidDomain", "the domain of the address does not exist"),
    (3, "unreachable", "the receiving side could not be reached"),
    (4, "disabled", "the account was disabled"),
    (5, "mailBoxFull", "the mailbox was full"),
    (6, "notConnected", "the phone was off or not connected"),
)
_by_reason = [
    messages(codes.FAILURE_REASONS[code], id, net(_FAILED & _because(code)), f"Messages that failed: {why}.")
    for code, id, why in _REASONS
]

MESSAGES: tuple[Metric, ...] = (
    SENT,
    DELIVERED,
    rate("Delivered rate", "rateDelivered", DELIVERED, SENT),
    BOUNCES,
    rate("Bounce + Error rate", "rateBounces", BOUNCES, SENT, decimals=2),
    _hard,
    rate("Hard bounce rate", "rateHardBounces", _hard, SENT, decimals=2),
    _soft,
    rate("Soft bounce rate", "rateSoftBounces", _soft, SENT, decimals=2),
    _denylist,
    rate("Denylist rate", "rateBlacklisted", _denylist, SENT),
    _quarantine,
    rate("Quarantine rate", "rateQuarantine", _quarantine, SENT, decimals=2),
    _rejected,
    rate("Rejected rate", "rateRejected", _rejected, SENT, decimals=2),
    *_by_reason,
)
