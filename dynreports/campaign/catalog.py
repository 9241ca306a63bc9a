"""The first catalog of campaigns: e-mail figures by delivery, time, device and profile.

Each component is one entry of a table below; `components` gives those that the columns of the events allow.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from dynreports.campaign import codes
from dynreports.campaign.events import SOURCES
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.inference import distinguished
from dynreports.semantics.metric import Metric, aggregates_of, count, distinct
from dynreports.semantics.metric import sum as total
from dynreports.semantics.predicate import And, Predicate, field, fields_of
from dynreports.semantics.text import humanise

# ---- dimensions -------------------------------------------------------------------------------

_PROFILE = "Profile"

DIMENSIONS = (
    Dimension("delivery", "Delivery", caption="delivery_label", description="A delivery, by label and ID."),
    Dimension("campaign", "Campaign", caption="campaign_label", description="The delivery's campaign."),
    Dimension("messageType", "Message Type", "message_type", description="E-mail, SMS, push or in-app."),
    Dimension("recipientDomain", "Recipient Domain", "recipient_domain", description="Of the address."),
    Dimension("device", "Device", description="The device of the open or click."),
    Dimension("platform", "Platform", description="The operating system of the open or click."),
    Dimension("browser", "Browser", description="The browser of the open or click."),
    Dimension("trackingUrl", "Tracking URL", "url", description="The address behind the link."),
    Dimension("trackingUrlLabel", "Tracking URL Label", "url_label", description="What the link is called."),
    Dimension("trackingUrlCategory", "Tracking URL Category", "url_category", description="Of the link."),
    Dimension("failureReason", "Failure Reason", "failure_reason", description="Why the message failed."),
    Dimension("variant", "Variant", description="The variant of an A/B test."),
    Dimension("recurringDelivery", "Recurring Delivery", "recurring", "recurring_label",
              description="The parent of recurring deliveries, by label and ID."),
    Dimension("transactionalDelivery", "Transactional Delivery", "transactional", "transactional_label",
              description="The parent of transactional messages, by label and ID."),
    Dimension("senderDomain", "Sender Domain", "sender_domain", description="The domain that sent it."),
    Dimension("senderIp", "Sender IP", "sender_ip", description="The address that sent it."),
    Dimension("mobileApp", "Mobile App Name", "mobile_app", description="Of push and in-app messages."),
    Dimension("pushPlatform", "Push Platform", "push_platform", description="iOS or Android."),
    Dimension("city", "City", group=_PROFILE, description="Where the recipient lives."),
    Dimension("country", "Country/region", group=_PROFILE, description="Where the recipient lives."),
    Dimension("gender", "Gender", group=_PROFILE, missing="None", description="None: not told."),
    Dimension("state", "State", group=_PROFILE, description="Where the recipient lives."),
    Dimension("segmentCode", "Segment Code", "segment_code", group=_PROFILE,
              description="What the workflow called the recipient's group."),
)  # fmt: skip

_CUSTOM = "A field of the profile, as it was when the message was sent."

# ---- metrics ----------------------------------------------------------------------------------

_EVENT = field("event")
_STATUS, _FAILURE = field("status"), field("failure_type")
_OPENS = ("open",)
_CLICKS = ("click", "social click", "offer click")
# Whoever does one of these has the message before them, whether or not its open was seen.
_IMPLY_OPEN = (*_OPENS, *_CLICKS, "unsubscribe", "mirror page")


def _messages(label: str, id: str, where: Predicate, description: str) -> Metric:
    """Count messages, each once, by its last attempt; one that negates an earlier success takes it back."""
    last = (_EVENT == codes.ATTEMPT) & (field("is_retry") == False)  # noqa: E712  (a predicate, not a test)
    return total("count", where=last & where, label=label, id=id, description=description)


def _times(label: str, id: str, events: Sequence[str], description: str) -> Metric:
    return count(where=_EVENT.isin(events), label=label, id=id, description=description)


def _people(label: str, id: str, events: Sequence[str], description: str) -> Metric:
    return distinct("person", where=_EVENT.isin(events), label=label, id=id, description=description)


def _rate(label: str, id: str, part: Metric, whole: Metric, decimals: int = 1) -> Metric:
    description = f"{part.label} divided by {whole.label}."
    return (part / whole).named(label, id=id, format="percent", decimals=decimals, description=description)


_delivered = _messages(
    "Delivered", "delivered", _STATUS == 1, "Messages that arrived, less those that failed later."
)
_bounces = _messages("Bounces + Errors", "bounces", _STATUS == 2, "Messages that failed for good.")
_sent = (_delivered + _bounces).named(
    "Processed/sent", id="sent", description="Messages that were sent: Delivered plus Bounces + Errors."
)
_hard = _messages("Hard bounce", "hardBounces", (_STATUS == 2) & (_FAILURE == 2),
                  "Failures that will not pass, such as an unknown address.")  # fmt: skip
_soft = _messages("Soft bounce", "softBounces", (_STATUS == 2) & (_FAILURE == 1),
                  "Failures that may pass, such as a full mailbox.")  # fmt: skip
_quarantine = _messages("Quarantine", "quarantine", field("is_quarantine") == True,  # noqa: E712
                        "Messages to addresses that are in quarantine.")  # fmt: skip
# A complaint leaves the message delivered, so its status does not matter.
_denylist = _messages("On denylist", "blacklisted",
                      (_FAILURE == 2) & (field("failure_reason") == codes.FAILURE_REASONS[8]),
                      "Complaints, and messages to addresses on the denylist.")  # fmt: skip

_unique_opens = _people("Unique opens", "uniqueopens", (*_IMPLY_OPEN, "push open"),
                        "Different people who opened. Who clicks has opened.")  # fmt: skip
_implied = _people("Implied", "implied", _IMPLY_OPEN, "") - _people("Seen", "seen", _OPENS, "")
_opens = (_times("Open", "opens", (*_OPENS, "push open"), "") + _implied).named(
    "Open", id="opens", description="Opens, and one for each person who clicked without an open on record."
)
_clicks = _times("Click", "clicks", (*_CLICKS, "push click"), "Clicks on links.")
_unique_clicks = _people(
    "Unique clicks", "uniqueclicks", (*_CLICKS, "push click"), "Different people who clicked."
)
_mirror = _times("Mirror page", "mirrorPage", ("mirror page",), "Clicks on the link to the mirror page.")
_unsubscribes = _times("Unsubscribed", "unsubscribes", ("unsubscribe",), "Clicks on the link to unsubscribe.")
_leavers = _people(
    "Unique unsubscription", "uniqueUnsubscribes", ("unsubscribe",), "Different people who unsubscribed."
)

METRICS = (
    _sent,
    _delivered,
    _unique_opens,
    _opens,
    _rate("Open rate", "rateOpens", _unique_opens, _delivered),
    _clicks,
    _unique_clicks,
    _rate("Click through rate", "clickthrough", _unique_clicks, _delivered),
    _bounces,
    _rate("Delivered rate", "rateDelivered", _delivered, _sent),
    _rate("Bounce + Error rate", "rateBounces", _bounces, _sent, decimals=2),
    _hard,
    _rate("Hard bounce rate", "rateHardBounces", _hard, _sent, decimals=2),
    _soft,
    _rate("Soft bounce rate", "rateSoftBounces", _soft, _sent, decimals=2),
    _quarantine,
    _rate("Quarantine rate", "rateQuarantine", _quarantine, _sent, decimals=2),
    _denylist,
    _rate("Denylist rate", "rateBlacklisted", _denylist, _sent),
    _mirror,
    _rate("Mirror page rate", "rateMirrorPage", _mirror, _delivered),
    _unsubscribes,
    _leavers,
    _rate("Unsubscribe rate", "rateUnsubscribes", _leavers, _delivered, decimals=2),
)

# ---- segments ---------------------------------------------------------------------------------

_AGE, _BORN = field("age"), field("birth_year")

SEGMENTS = (
    Segment("Age: Silent Generation", _BORN <= 1945, "silent", description="Born 1945 or before."),
    Segment("Age: Boomers 1", _BORN.between(1946, 1954), "boomers1", description="Born 1946 to 1954."),
    Segment("Age: Boomers 2", _BORN.between(1955, 1965), "boomers2", description="Born 1955 to 1965."),
    Segment("Age: Generation X", _BORN.between(1966, 1976), "genX", description="Born 1966 to 1976."),
    Segment(
        "Age: Generation Y (Millennials)", _BORN.between(1977, 1994), "genY", description="Born 1977 to 1994."
    ),
    Segment("Age: Generation Z", _BORN >= 1995, "genZ", description="Born 1995 or after."),
    Segment("Age: From 18 to 25", _AGE.between(18, 25), "a18_25", description="18 to 25 years old."),
    Segment("Age: From 26 to 30", _AGE.between(26, 30), "a26_30", description="26 to 30 years old."),
    Segment("Age: From 31 to 40", _AGE.between(31, 40), "a31_40", description="31 to 40 years old."),
    Segment("Age: From 41 to 50", _AGE.between(41, 50), "a41_50", description="41 to 50 years old."),
    Segment("Age: Greater than 50", _AGE > 50, "gt50", description="51 years or older."),
    Segment("Age: Less than 25", _AGE < 25, "lt25", description="Up to 24 years old."),
    Segment("Age: Less than 30", _AGE < 30, "lt30", description="Up to 29 years old."),
    Segment("Age: Less than 40", _AGE < 40, "lt40", description="Up to 39 years old."),
    Segment("Age: Less than 50", _AGE < 50, "lt50", description="Up to 49 years old."),
    Segment("All recipients", And(()), "all", description="Everyone."),
)

# ---- what the logs allow ----------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Components:
    """The components that the events allow, and which are switched off, and why, in sentences."""

    dimensions: tuple[Dimension, ...]
    metrics: tuple[Metric, ...]
    segments: tuple[Segment, ...]
    switched_off: tuple[str, ...]


def components(columns: Iterable[str]) -> Components:
    """Return the components that events with these columns allow."""
    present = frozenset(columns)
    lacking: dict[str, list[str]] = {}

    def fits(component: Dimension | Metric | Segment) -> bool:
        absent = _fields(component) - present
        for source in sorted({SOURCES[name] for name in absent}):
            lacking.setdefault(source, []).append(component.label)
        return not absent

    dimensions = [each for each in DIMENSIONS if fits(each)]
    custom = [_custom(name) for name in sorted(present) if name.startswith("cus_")]
    return Components(
        dimensions=(*dimensions, *distinguished(custom, taken=DIMENSIONS)),
        metrics=tuple(each for each in METRICS if fits(each)),
        segments=tuple(each for each in SEGMENTS if fits(each)),
        switched_off=tuple(
            f"Switched off, as there is no {source}: {', '.join(labels)}."
            for source, labels in lacking.items()
        ),
    )


def _fields(component: Dimension | Metric | Segment) -> frozenset[str]:
    match component:
        case Dimension(field=name, caption=caption):
            return frozenset({name, caption or name})
        case Segment(where=where):
            return fields_of(where)
        case Metric(expression=expression):
            return frozenset().union(*(fields_of(each.where) for each in aggregates_of(expression)))


def _custom(name: str) -> Dimension:
    words = name.removeprefix("cus_").split("_")
    id = "cus" + "".join(word[:1].upper() + word[1:] for word in words)
    return Dimension(id, humanise(" ".join(words)), name, group=_PROFILE, description=_CUSTOM)
