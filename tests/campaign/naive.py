"""What campaign tables must show, in loops over the rows of the logs: no engine, no events, no pandas.

Every metric is written here a second time, from the reference, as what it counts among some log rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]
OPENS, CLICKS, LEAVE, MIRROR = {2}, {1, 10, 11}, {3}, {6}
IMPLY = OPENS | CLICKS | LEAVE | MIRROR
TYPES = {"email": "Email", "sms": "Mobile (SMS)", "push": "Push notification", "inapp": "In-App"}
REASONS = {1: "User unknown", 2: "Invalid domain", 3: "Unreachable", 4: "Account disabled",
           5: "Mailbox full", 6: "Not connected", 8: "Address on denylist", 20: "Refused"}  # fmt: skip
PRESSES = {"button1": "Button 1", "button2": "Button 2", "close": "Dismissal"}


def facts(tables: dict[str, list[Row]]) -> list[Row]:
    """Return every row that counts, sends and reactions, with what is known of it."""
    deliveries = {each["delivery_id"]: each for each in tables["deliveries"]}
    profiles = {each["recipient_id"]: each for each in tables["profiles"]}
    messages: dict[int, Row] = {}
    for send in tables["delivery_log"]:
        messages.setdefault(send["message_id"], send)
    with_views = {
        app(deliveries[each["delivery_id"]]) for each in tables["tracking_log"] if each["action"] == "view"
    }
    found = []
    for log in ("delivery_log", "tracking_log"):
        for row in tables[log]:
            message = messages.get(row["message_id"], {})
            if message.get("is_proof") or message.get("is_seed"):
                continue
            delivery = deliveries[row["delivery_id"]]
            known = {"send": log == "delivery_log", "delivery": delivery, "message": message}
            known["profile"] = profiles.get(row["recipient_id"], {})
            known["seen"] = row.get("action") in PRESSES and app(delivery) not in with_views
            found.append(row | known)
    return found


def app(delivery: Row) -> Any:
    return delivery["mobile_app"] or ("alone", delivery["delivery_id"])


# ---- items --------------------------------------------------------------------------------------


def parent(kind: str) -> Callable[[Row], str | None]:
    def item(row: Row) -> str | None:
        delivery = row["delivery"]
        is_kind = delivery["execution_type"] == kind
        return f"{delivery['parent_label']} ({delivery['parent_name']})" if is_kind else None

    return item


def of_reaction(field: str) -> Callable[[Row], str | None]:
    return lambda row: None if row["send"] else row[field]


def delivery_key(row: Row) -> tuple[str, str]:
    """Deleted deliveries have one label, and are rows of their own."""
    delivery = row["delivery"]
    name = delivery["name"]
    return ("Deleted" if delivery["deleted"] else f"{delivery['label']} ({name})", name)


ITEMS: dict[str, Callable[[Row], Any]] = {
    "Delivery": delivery_key,
    "Message Type": lambda row: TYPES[row["delivery"]["message_type"]],
    "Recurring Delivery": parent("recurring"),
    "Transactional Delivery": parent("transactional"),
    "Recipient Domain": lambda row: row["message"].get("recipient_domain"),
    "Loyalty": lambda row: row["message"].get("cus_loyalty"),
    "Platform": of_reaction("platform"),
    "Tracking URL": of_reaction("url"),
    "Failure Reason": lambda row: REASONS.get(row["failure_reason"]) if row["send"] else None,
    "In-App Message Actions": lambda row: None if row["send"] else PRESSES.get(row["action"]),
    "City": lambda row: row["profile"].get("city"),
    "Day": lambda row: f"{row['event_date']:%b} {row['event_date'].day}, {row['event_date'].year}",
}


def age(row: Row) -> int | None:
    born = row["profile"].get("birth_date")
    if born is None:
        return None
    day, birth = row["event_date"].date(), dt.date.fromisoformat(born)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def born(row: Row) -> int | None:
    return int(row["profile"]["birth_date"][:4]) if row["profile"].get("birth_date") else None


SEGMENTS: dict[str, Callable[[Row], bool]] = {
    "Age: Less than 25": lambda row: age(row) is not None and age(row) < 25,
    "Age: From 18 to 25": lambda row: age(row) is not None and 18 <= age(row) <= 25,
    "Age: Generation X": lambda row: born(row) is not None and 1966 <= born(row) <= 1976,
    "All recipients": lambda row: True,
}


# ---- figures ------------------------------------------------------------------------------------


def who(row: Row, unique_key: str) -> Any:
    if unique_key == "deliveryLog" and row["message_id"] is not None:
        return "message", row["message_id"]
    for field in ("recipient_id", "device_app_id", "message_id"):
        if row.get(field) is not None:
            return field, row[field]
    return None


def figures(rows: Iterable[Row], unique_key: str) -> dict[str, float]:
    """Return every metric of some rows."""
    rows = list(rows)
    sends = [row for row in rows if row["send"]]
    mail = [row for row in rows if not row["send"] and row["action"] is None]
    acts = [row for row in rows if not row["send"] and row["action"] is not None]

    def net(test: Callable[[Row], bool]) -> int:
        total = 0
        for row in sends:
            if not row["is_retry"] and test(row):
                total += row["count"]
        return total

    def people(of: Iterable[Row]) -> int:
        return len({who(row, unique_key) for row in of} - {None})

    def kinds(wanted: set[int]) -> list[Row]:
        return [row for row in mail if row["tracking_url_type"] in wanted]

    def actions(*wanted: str) -> list[Row]:
        return [row for row in acts if row["action"] in wanted]

    failed = net(lambda row: row["status"] == 2)
    arrived = net(lambda row: row["status"] == 1)
    push_opens, push_clicks = actions("open"), actions("click")
    views = [row for row in acts if row["action"] == "view" or row["seen"]]
    seen = actions("impression") + views
    presses, closes = actions("button1", "button2"), actions("close")
    found: dict[str, float] = {
        "Processed/sent": arrived + failed,
        "Delivered": arrived,
        "Bounces + Errors": failed,
        "Hard bounce": net(lambda row: row["status"] == 2 and row["failure_type"] == 2),
        "Soft bounce": net(lambda row: row["status"] == 2 and row["failure_type"] == 1),
        "On denylist": net(lambda row: row["failure_type"] == 2 and row["failure_reason"] == 8),
        "Quarantine": net(lambda row: row["is_quarantine"]),
        "Rejected": net(lambda row: row["failure_type"] == 2 and row["failure_reason"] == 20),
    }
    for code in range(1, 7):
        found[REASONS[code]] = net(lambda row, c=code: row["status"] == 2 and row["failure_reason"] == c)
    found = {name: max(value, 0) for name, value in found.items()}
    found |= {
        "Open": len(kinds(OPENS)) + people(kinds(IMPLY)) - people(kinds(OPENS)) + len(push_opens),
        "Unique opens": people(kinds(IMPLY) + push_opens),
        "Click": len(kinds(CLICKS)) + len(push_clicks),
        "Unique clicks": people(kinds(CLICKS) + push_clicks),
        "Mirror page": len(kinds(MIRROR)),
        "Unsubscribed": len(kinds(LEAVE)),
        "Unique unsubscription": people(kinds(LEAVE)),
        "Offer clicks": len(kinds({11})),
        "Impressions": len(seen),
        "Unique impressions": people(seen),
        "In-App clicks": len(presses),
        "Unique In-App clicks": people(presses),
        "In-App dismissal": len(closes),
        "Unique In-App dismissals": people(closes),
    }
    sent, delivered = found["Processed/sent"], found["Delivered"]
    for name, part, whole in (
        ("Delivered rate", "Delivered", sent), ("Bounce + Error rate", "Bounces + Errors", sent),
        ("Hard bounce rate", "Hard bounce", sent), ("Soft bounce rate", "Soft bounce", sent),
        ("Denylist rate", "On denylist", sent), ("Quarantine rate", "Quarantine", sent),
        ("Rejected rate", "Rejected", sent), ("Open rate", "Unique opens", delivered),
        ("Click through rate", "Unique clicks", delivered), ("Mirror page rate", "Mirror page", delivered),
        ("Unsubscribe rate", "Unique unsubscription", delivered),
        ("Offer click rate", "Offer clicks", delivered),
        ("In-App click through rate", "In-App clicks", len(views)),
        ("In-App dismissal rate", "In-App dismissal", len(views)),
    ):  # fmt: skip
        found[name] = found[part] / whole if whole else 0.0
    return found


def table(rows: Iterable[Row], dimension: str, unique_key: str, missing: str = "N/A") -> list[Any]:
    """Return (label, figures) of every item with a row, in no order."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(ITEMS[dimension](row), []).append(row)
    return [(label_of(item, missing), figures(members, unique_key)) for item, members in groups.items()]


def label_of(item: Any, missing: str) -> str:
    if item is None:
        return missing
    return item[0] if isinstance(item, tuple) else str(item)
