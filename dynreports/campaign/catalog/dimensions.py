"""What campaign figures are broken down by. One entry per dimension; the fields are those of the events."""

from __future__ import annotations

from collections.abc import Iterable

from dynreports.semantics.component import Dimension
from dynreports.semantics.inference import distinguished
from dynreports.semantics.text import humanise

_PROFILE = "Profile"
MOST_CUSTOM = 20
"""How many custom fields of the profile there can be."""

DIMENSIONS = (
    Dimension("browser", "Browser", description="The browser in which the message was opened or clicked."),
    Dimension("campaign", "Campaign", caption="campaign_label",
              description="The campaign that the delivery belongs to, by label and ID."),
    Dimension("delivery", "Delivery", caption="delivery_label", uncaptioned="Deleted",
              description="The delivery that was sent, by label and ID; one that was deleted reads Deleted."),
    Dimension("device", "Device",
              description="The device on which the message was opened, seen or clicked."),
    Dimension("failureReason", "Failure Reason", "failure_reason",
              description="Why the message failed, or what the recipient complained of."),
    Dimension("inAppAction", "In-App Message Actions", "in_app_action",
              description="What was pressed in the in-app message: button 1, button 2, or dismissal."),
    Dimension("messageType", "Message Type", "message_type",
              description="The channel: e-mail, SMS, push notification or in-app message."),
    Dimension("mobileApp", "Mobile App Name", "mobile_app",
              description="The app that shows the push or in-app message."),
    Dimension("platform", "Platform",
              description="The operating system on which the message was opened, seen or clicked."),
    Dimension("pushPlatform", "Push Platform", "push_platform",
              description="The platform that a push notification was sent to: iOS or Android."),
    Dimension("recipientDomain", "Recipient Domain", "recipient_domain",
              description="The domain of the recipient's address."),
    Dimension("recurringDelivery", "Recurring Delivery", "recurring", "recurring_label",
              description="The parent of the executions of a recurring delivery, by label and ID."),
    Dimension("senderDomain", "Sender Domain", "sender_domain",
              description="The domain that the message was sent from."),
    Dimension("senderIp", "Sender IP", "sender_ip",
              description="The IP address that the message was sent from."),
    Dimension("trackingUrl", "Tracking URL", "url", description="The address that a click leads to."),
    Dimension("trackingUrlCategory", "Tracking URL Category", "url_category",
              description="The category that was given to the address of a click."),
    Dimension("trackingUrlLabel", "Tracking URL Label", "url_label",
              description="What the tracked link is called, such as mirror page or open."),
    Dimension("transactionalDelivery", "Transactional Delivery", "transactional", "transactional_label",
              description="The parent of transactional messages, by label and ID."),
    Dimension("urlType", "URL Type", "url_type",
              description="The kind of the tracked link: click, open, unsubscription, mirror page."),
    Dimension("variant", "Variant", description="The variant of an A/B test that was sent."),
    Dimension("city", "City", group=_PROFILE, description="The recipient's city."),
    Dimension("country", "Country/region", group=_PROFILE, description="The recipient's country or region."),
    Dimension("gender", "Gender", group=_PROFILE, missing="None",
              description="The recipient's gender; None: not told."),
    Dimension("segmentCode", "Segment Code", "segment_code", group=_PROFILE,
              description="The code that the workflow gave to the recipient's group: e-mail and SMS only."),
    Dimension("state", "State", group=_PROFILE, description="The recipient's state or province."),
)  # fmt: skip

_CUSTOM = "The field {} of the recipient's profile, as it was when the message was sent."


def custom_dimensions(columns: Iterable[str]) -> tuple[tuple[Dimension, ...], tuple[str, ...]]:
    """Return the dimensions of the custom fields among the columns, and the columns beyond what there can be.

    Values are those of the delivery log: frozen when the message was sent.
    """
    names = [name for name in columns if name.startswith("cus_")]
    found = [_custom(name) for name in sorted(names[:MOST_CUSTOM])]
    return tuple(distinguished(found, taken=DIMENSIONS)), tuple(names[MOST_CUSTOM:])


def _custom(name: str) -> Dimension:
    words = name.removeprefix("cus_").split("_")
    id = "cus" + "".join(word[:1].upper() + word[1:] for word in words)
    label = humanise(" ".join(words))
    return Dimension(id, label, name, group=_PROFILE, description=_CUSTOM.format(label))
