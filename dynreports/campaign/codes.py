"""The codes of the logs, and the words for them."""

from __future__ import annotations

MESSAGE_TYPES = {"email": "Email", "sms": "Mobile (SMS)", "push": "Push notification", "inapp": "In-App"}

GENDERS = {1: "Male", 2: "Female"}
"""0 and missing: not told."""

FAILURE_REASONS = {
    1: "User unknown",
    2: "Invalid domain",
    3: "Unreachable",
    4: "Account disabled",
    5: "Mailbox full",
    6: "Not connected",
    7: "Address not specified",
    8: "Address on denylist",
    9: "Address in quarantine",
    10: "Duplicate",
    20: "Refused",
    25: "Error ignored",
}
"""0: not defined."""

TRACKING_TYPES = {
    1: "click",
    2: "open",
    3: "unsubscribe",
    4: "web visit",
    5: "transaction",
    6: "mirror page",
    10: "social click",
    11: "offer click",
}
"""What was done with an e-mail or SMS."""

ACTIONS = {
    "impression": "push impression",
    "open": "push open",
    "click": "push click",
    "view": "in-app view",
    "button1": "in-app button 1",
    "button2": "in-app button 2",
    "close": "in-app close",
}
"""What was done with a push or in-app message."""

AS_VIEWS = {press: f"{press} as view" for press in ("in-app button 1", "in-app button 2", "in-app close")}
"""What presses in an app that never reports views are called: they tell that the message was seen."""

URL_TYPES = {
    "click": "Click",
    "open": "Open",
    "unsubscribe": "Unsubscription",
    "web visit": "Web visit",
    "transaction": "Transaction",
    "mirror page": "Mirror page",
    "social click": "Social click",
    "offer click": "Offer click",
}
"""Kinds of tracked links."""

IN_APP_ACTIONS = {
    "in-app button 1": "Button 1",
    "in-app button 2": "Button 2",
    "in-app close": "Dismissal",
} | {AS_VIEWS["in-app button 1"]: "Button 1", AS_VIEWS["in-app button 2"]: "Button 2",
     AS_VIEWS["in-app close"]: "Dismissal"}  # fmt: skip
"""What is pressed in in-app messages."""

ATTEMPT, OTHER = "attempt", "other"
EVENTS = (ATTEMPT, *TRACKING_TYPES.values(), *ACTIONS.values(), *AS_VIEWS.values(), OTHER)
"""Every kind of event: a row of the delivery log is an attempt; codes that nobody knows are "other"."""
