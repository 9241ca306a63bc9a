"""The first catalog of campaigns: e-mail figures by delivery, time, device and profile (reference 5)."""

from __future__ import annotations

from collections.abc import Collection

from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.metric import Metric, aggregates_of, count, distinct
from dynreports.semantics.metric import sum as total
from dynreports.semantics.predicate import field, fields_of

_DIMENSIONS = (
    Dimension("delivery", "Delivery", caption="delivery_label", description="A delivery, by label and ID."),
    Dimension("campaign", "Campaign", caption="campaign_label", description="The campaign of the delivery."),
    Dimension("messageType", "Message Type", "message_type"),
    Dimension(
        "recipientDomain", "Recipient Domain", "recipient_domain", description="The domain of the address."
    ),
    Dimension("device", "Device", description="The device of the open or click."),
    Dimension("platform", "Platform", description="The operating system of the open or click."),
    Dimension("browser", "Browser", description="The browser of the open or click."),
    Dimension("trackingUrl", "Tracking URL", "url", description="The address behind the link."),
    Dimension("trackingUrlLabel", "Tracking URL Label", "url_label"),
    Dimension("trackingUrlCategory", "Tracking URL Category", "url_category"),
    Dimension("failureReason", "Failure Reason", "failure_reason", description="Why the message bounced."),
    Dimension("variant", "Variant", description="The variant of an A/B test."),
    Dimension("recurringDelivery", "Recurring Delivery", "recurring", caption="recurring_label"),
    Dimension(
        "transactionalDelivery", "Transactional Delivery", "transactional", caption="transactional_label"
    ),
    Dimension("senderDomain", "Sender Domain", "sender_domain"),
    Dimension("senderIp", "Sender IP", "sender_ip"),
    Dimension("mobileApp", "Mobile App Name", "mobile_app"),
    Dimension("pushPlatform", "Push Platform", "push_platform"),
    Dimension("city", "City", group="Profile"),
    Dimension("country", "Country/region", "country", group="Profile"),
    Dimension("gender", "Gender", group="Profile", missing="None"),
    Dimension("state", "State", group="Profile"),
    Dimension("segmentCode", "Segment Code", "segment_code", group="Profile"),
)

_EVENT = field("event")
_LAST = (_EVENT == "attempt") & (field("is_retry") == False)  # noqa: E712  (a predicate, not a test)
_OPENS = _EVENT.isin(["open", "push open"])
_CLICKS = _EVENT.isin(["click", "social click", "offer click"])
_ALL_CLICKS = _EVENT.isin(["click", "social click", "offer click", "push click"])
_IMPLY_OPEN = _EVENT.isin(
    ["open", "click", "unsubscribe", "mirror page", "social click", "offer click", "push open"]
)


def _metrics() -> tuple[Metric, ...]:
    delivered = total("count", where=_LAST & (field("status") == 1), label="Delivered", id="delivered",
                      description="Messages that arrived, less those that failed later.")  # fmt: skip
    bounces = total("count", where=_LAST & (field("status") == 2), label="Bounces + Errors", id="bounces",
                    description="Messages that failed for good.")  # fmt: skip
    sent = (delivered + bounces).named(
        "Processed/sent", id="sent", description="Delivered + Bounces + Errors."
    )
    hard = total("count", where=_LAST & (field("status") == 2) & (field("failure_type") == 2), label="Hard bounce",
                 id="hardBounces", description="Failures that will not pass, such as an unknown address.")  # fmt: skip
    soft = total("count", where=_LAST & (field("status") == 2) & (field("failure_type") == 1), label="Soft bounce",
                 id="softBounces", description="Failures that may pass, such as a full mailbox.")  # fmt: skip
    quarantine = count(where=_LAST & (field("is_quarantine") == True), label="Quarantine", id="quarantine",  # noqa: E712
                       description="Messages to addresses that were then put in quarantine.")  # fmt: skip
    denylist = count(
        where=(_EVENT == "attempt") & (field("failure_type") == 2) & (field("failure_reason") == "Address on denylist"),
        label="On denylist", id="blacklisted", description="Complaints, and addresses on the denylist.",
    )  # fmt: skip
    unique_opens = distinct("person", where=_IMPLY_OPEN, label="Unique opens", id="uniqueopens",
                            description="People who opened. A click implies an open.")  # fmt: skip
    opened = distinct("person", where=_OPENS)
    opens = (count(where=_OPENS) + unique_opens - opened).named(
        "Open",
        id="opens",
        description="Opens, and one for each person who clicked without an open on record.",
    )
    clicks = count(where=_ALL_CLICKS, label="Click", id="clicks", description="Clicks on links.")
    unique_clicks = distinct("person", where=_ALL_CLICKS, label="Unique clicks", id="uniqueclicks",
                             description="People who clicked.")  # fmt: skip
    mirror = count(where=_EVENT == "mirror page", label="Mirror page", id="mirrorPage",
                   description="Clicks on the link to the mirror page.")  # fmt: skip
    unsubscribed = count(where=_EVENT == "unsubscribe", label="Unsubscribed", id="unsubscribes",
                         description="Clicks on the link to unsubscribe.")  # fmt: skip
    leavers = distinct("person", where=_EVENT == "unsubscribe", label="Unique unsubscription",
                       id="uniqueUnsubscribes", description="People who unsubscribed.")  # fmt: skip
    return (
        sent,
        delivered,
        unique_opens,
        opens,
        _rate("Open rate", "rateOpens", unique_opens, delivered, 1, "Unique opens / delivered."),
        clicks,
        unique_clicks,
        _rate(
            "Click through rate", "clickthrough", unique_clicks, delivered, 1, "Unique clicks / delivered."
        ),
        bounces,
        _rate("Delivered rate", "rateDelivered", delivered, sent, 1, "Delivered / processed."),
        _rate("Bounce + Error rate", "rateBounces", bounces, sent, 2, "Bounces + errors / processed."),
        hard,
        soft,
        _rate("Hard bounce rate", "rateHardBounces", hard, sent, 2, "Hard bounces / processed."),
        _rate("Soft bounce rate", "rateSoftBounces", soft, sent, 2, "Soft bounces / processed."),
        quarantine,
        _rate("Quarantine rate", "rateQuarantine", quarantine, sent, 2, "Quarantine / processed."),
        denylist,
        _rate("Denylist rate", "rateBlacklisted", denylist, sent, 2, "On denylist / processed."),
        mirror,
        _rate("Mirror page rate", "rateMirrorPage", mirror, delivered, 1, "Mirror page / delivered."),
        unsubscribed,
        leavers,
        _rate(
            "Unsubscribe rate",
            "rateUnsubscribes",
            leavers,
            delivered,
            2,
            "Unique unsubscription / delivered.",
        ),
    )


def _rate(label: str, id: str, part: Metric, whole: Metric, decimals: int, description: str) -> Metric:
    return (part / whole).named(label, id=id, format="percent", decimals=decimals, description=description)


def _segments() -> tuple[Segment, ...]:
    age, born = field("age"), field("birth_date")
    generations = (
        ("silent", "Silent Generation", None, 1945),
        ("boomers1", "Boomers 1", 1946, 1954),
        ("boomers2", "Boomers 2", 1955, 1965),
        ("genX", "Generation X", 1966, 1976),
        ("genY", "Generation Y (Millennials)", 1977, 1994),
        ("genZ", "Generation Z", 1995, None),
    )
    found = []
    for id, label, first, last in generations:
        parts = [] if first is None else [born >= f"{first}-01-01"]
        parts += [] if last is None else [born < f"{last + 1}-01-01"]
        where = parts[0] if len(parts) == 1 else parts[0] & parts[1]
        found.append(Segment(f"Age: {label}", where, id=id))
    spans = ((18, 25), (26, 30), (31, 40), (41, 50))
    found += [
        Segment(f"Age: From {low} to {high}", age.between(low, high), id=f"a{low}_{high}")
        for low, high in spans
    ]
    found.append(Segment("Age: Greater than 50", age > 50, id="gt50"))
    found += [Segment(f"Age: Less than {limit}", age < limit, id=f"lt{limit}") for limit in (25, 30, 40, 50)]
    found.append(Segment("All recipients", ~_EVENT.is_null(), id="all"))
    return tuple(found)


def components(
    columns: Collection[str],
) -> tuple[tuple[Dimension, ...], tuple[Metric, ...], tuple[Segment, ...], list[str]]:
    """Return the components that the columns of the events allow, and which were switched off and why."""
    custom = [
        Dimension(f"cus{name[4:].title().replace('_', '')}", name[4:].replace("_", " ").capitalize(), name, group="Profile",
                  description="A field of the profile, as it was when the message was sent.")
        for name in columns if name.startswith("cus_")
    ]  # fmt: skip
    missing: list[str] = []

    def fits(label: str, needed: Collection[str]) -> bool:
        absent = sorted(set(needed) - set(columns))
        if absent:
            missing.append(f"{label} is switched off: the logs have no {', '.join(absent)}.")
        return not absent

    dimensions = [
        each
        for each in (*_DIMENSIONS, *custom)
        if fits(each.label, [each.field, *([each.caption] if each.caption else [])])
    ]
    metrics = [
        each
        for each in _metrics()
        if fits(
            each.label, {name for part in aggregates_of(each.expression) for name in fields_of(part.where)}
        )
    ]
    segments = [each for each in _segments() if fits(each.label, fields_of(each.where))]
    return tuple(dimensions), tuple(metrics), tuple(segments), missing
