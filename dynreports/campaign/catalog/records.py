"""Which records of the logs carry which fields: what fits what follows from this, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dynreports.campaign import codes
from dynreports.semantics.keys import Item
from dynreports.semantics.records import RecordKind

_LINK = frozenset({"url", "url_category"})
_READING = frozenset({"browser", "device", "platform"})
_OF_LINKS = frozenset({"url_label", "url_type"}) | _LINK
_OF_REACTIONS = _READING | _OF_LINKS | {"in_app_action"}
_OF_APPS = frozenset({"mobile_app", "push_platform"})
_OF_ADDRESSES = frozenset({"recipient_domain", "sender_domain", "sender_ip", "segment_code"})
_REASON = frozenset({"failure_reason"})

_CHANNELS = {"email": _OF_APPS, "sms": _OF_APPS, "push": _OF_ADDRESSES, "inapp": _OF_ADDRESSES}
"""The channels, with the fields that no record of theirs has."""

_MAIL = {
    ("open",): ("opens", _LINK),
    ("click", "social click", "offer click"): ("clicks", frozenset[str]()),
    ("unsubscribe",): ("unsubscriptions", _LINK),
    ("mirror page",): ("visits to the mirror page", _LINK),
}
_PUSH = {
    ("push impression",): ("impressions", _OF_LINKS),
    ("push open",): ("opens", _OF_LINKS),
    ("push click",): ("clicks", _OF_LINKS),
}
_IN_APP = {
    ("in-app view",): ("views", _OF_LINKS | {"in_app_action"}),
    tuple(each for pair in codes.AS_VIEWS.items() for each in pair): ("presses", _OF_LINKS),
}
_REACTIONS = {"email": _MAIL, "sms": _MAIL, "push": _PUSH, "inapp": _IN_APP}


def _kinds() -> Iterator[RecordKind]:
    for channel, absent in _CHANNELS.items():
        name = codes.MESSAGE_TYPES[channel]

        def kind(
            label: str, values: dict[str, Item], lacks: Iterable[str], name: str = name,
            absent: frozenset[str] = absent,
        ) -> RecordKind:
            return RecordKind(label, {"message_type": name} | values, absent.union(lacks), group=name)  # fmt: skip

        attempt: dict[str, Item] = {"event": codes.ATTEMPT}
        arrived: dict[str, Item] = {"status": 1, "failure_type": 0, "failure_reason": None}
        complaint: dict[str, Item] = {
            "status": 1, "failure_type": 2, "failure_reason": codes.FAILURE_REASONS[8],
        }  # fmt: skip
        yield kind(
            "messages that arrived", attempt | arrived | {"is_quarantine": False}, _OF_REACTIONS | _REASON
        )
        yield kind("messages that were complained of", attempt | complaint, _OF_REACTIONS)
        yield kind("messages that failed", attempt | {"status": 2}, _OF_REACTIONS)
        for events, (label, lacks) in _REACTIONS[channel].items():
            for event in events:
                not_pressed = frozenset() if channel == "inapp" else {"in_app_action"}
                yield kind(label, {"event": event}, lacks | _REASON | not_pressed)


RECORDS: tuple[RecordKind, ...] = tuple(_kinds())
