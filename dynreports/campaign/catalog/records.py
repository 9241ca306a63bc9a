"""Which records of the logs carry which fields: what fits what follows from this, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dynreports.campaign import codes
from dynreports.semantics.keys import Item
from dynreports.semantics.records import RecordKind

_LINK = frozenset({"url", "url_category"})
_OF_LINKS = frozenset({"url_label", "url_type"}) | _LINK
_ACTION = frozenset({"in_app_action"})
_OF_REACTIONS = frozenset({"browser", "device", "platform"}) | _OF_LINKS | _ACTION
_REASON = frozenset({"failure_reason"})

_NO_MAIL = frozenset({"mobile_app", "push_platform"}) | _ACTION
_NO_APP = frozenset({"recipient_domain", "sender_domain", "sender_ip", "segment_code", "browser"})
_CHANNELS = {"email": _NO_MAIL, "sms": _NO_MAIL, "push": _NO_APP | _ACTION, "inapp": _NO_APP}
"""The channels, with the fields that no record of theirs has."""

_ARRIVED: Mapping[str, Item] = {
    "event": codes.ATTEMPT,
    "status": 1,
    "failure_type": 0,
    "failure_reason": None,
    "is_quarantine": False,
}
_COMPLAINT: Mapping[str, Item] = {
    "event": codes.ATTEMPT,
    "status": 1,
    "failure_type": 2,
    "failure_reason": codes.FAILURE_REASONS[8],
}
_FAILED: Mapping[str, Item] = {"event": codes.ATTEMPT, "status": 2}

_CLICKS = ("click", "social click", "offer click")
_PRESSES = tuple(each for pair in codes.AS_VIEWS.items() for each in pair)
_MAIL = (
    ("opens", ("open",), _LINK),
    ("clicks", _CLICKS, frozenset[str]()),
    ("unsubscriptions", ("unsubscribe",), _LINK),
    ("visits to the mirror page", ("mirror page",), _LINK),
)
_PUSH = (
    ("impressions", ("push impression",), _OF_LINKS),
    ("opens", ("push open",), _OF_LINKS),
    ("clicks", ("push click",), _OF_LINKS),
)
_IN_APP = (
    ("views", ("in-app view",), _OF_LINKS | _ACTION),
    ("presses", _PRESSES, _OF_LINKS),
)
_REACTIONS = {"email": _MAIL, "sms": _MAIL, "push": _PUSH, "inapp": _IN_APP}


def _kinds(channel: str) -> Iterator[RecordKind]:
    name = codes.MESSAGE_TYPES[channel]

    def kind(label: str, values: Mapping[str, Item], lacks: frozenset[str]) -> RecordKind:
        return RecordKind(label, {"message_type": name, **values}, lacks | _CHANNELS[channel], group=name)

    yield kind("messages that arrived", _ARRIVED, _OF_REACTIONS | _REASON)
    yield kind("messages that arrived", _COMPLAINT, _OF_REACTIONS)
    yield kind("messages that failed", _FAILED, _OF_REACTIONS)
    for label, events, lacks in _REACTIONS[channel]:
        for event in events:
            yield kind(label, {"event": event}, lacks | _REASON)


RECORDS: tuple[RecordKind, ...] = tuple(each for channel in _CHANNELS for each in _kinds(channel))
