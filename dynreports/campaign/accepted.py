"""Which codes the columns of the logs may hold, and what becomes of those that nobody knows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from dynreports.campaign import codes

Code = int | str


@dataclasses.dataclass(frozen=True)
class Accepted:
    """The codes of a column: as they may be written (text in lower case) -> as they are read.

    ``otherwise`` is what others are read as: a code, ``None`` for no value, or ``KEPT`` for themselves; rows
    with others are left out where ``drops``. ``done`` says so, in the past tense. ``missing`` stands for
    no value at all.
    """

    values: Mapping[Code, Code]
    done: str
    otherwise: Code | None = None
    missing: Code | None = None
    drops: bool = False

    @property
    def is_words(self) -> bool:
        """Whether codes are read as words, not as numbers."""
        return any(isinstance(each, str) for each in self.values.values())

    @property
    def shown(self) -> str:
        """The codes that people should write."""
        return ", ".join(str(each) for each in dict.fromkeys(self.values.values()))


KEPT = "kept"


def _themselves(values: object) -> dict[Code, Code]:
    return {each: each for each in values}  # type: ignore[attr-defined]


_LEFT_OUT = "left out"
_NO_FIGURE = "kept, but counted in no figure"

ACCEPTED: Mapping[tuple[str, str], Accepted] = {
    ("delivery_log", "status"): Accepted(_themselves((1, 2)), _LEFT_OUT, 0, 0, drops=True),
    ("delivery_log", "failure_type"): Accepted(_themselves((0, 1, 2)), "read as 0, ignored", 0, 0),
    ("delivery_log", "failure_reason"): Accepted(
        _themselves((0, *codes.FAILURE_REASONS)), "kept, and shown by their numbers", KEPT, 0
    ),
    ("delivery_log", "count"): Accepted(_themselves((1, -1)), "read as 1", 1, 1),
    ("tracking_log", "tracking_url_type"): Accepted(_themselves(codes.TRACKING_TYPES), _NO_FIGURE, 0, 0),
    ("tracking_log", "action"): Accepted(
        _themselves(codes.ACTIONS) | {1: "open", 2: "click", 7: "impression"}, _NO_FIGURE
    ),
    ("deliveries", "message_type"): Accepted(
        _themselves(codes.MESSAGE_TYPES)
        | {0: "email", 1: "sms", 2: "Phone", 3: "Direct mail", 4: "Fax", 40: "push", 120: "Other"}
        | {"in-app": "inapp", "phone": "Phone", "direct mail": "Direct mail", "fax": "Fax", "other": "Other"},
        "kept as they are",
        KEPT,
    ),
    ("deliveries", "execution_type"): Accepted(
        _themselves(("single", "recurring", "transactional"))
        | {0: "single", 1: "recurring", 2: "transactional"},
        "read as not told: neither recurring nor transactional",
    ),
    ("deliveries", "state"): Accepted(
        _themselves((0, 45, 55, 75, 85, 87, 95)), "kept, but taken for finished", KEPT, 95
    ),
    ("profiles", "gender"): Accepted(
        _themselves((0, 1, 2)) | {"male": 1, "m": 1, "female": 2, "f": 2, "unspecified": 0},
        "read as not told",
        0,
        0,
    ),
    ("subscriptions", "action"): Accepted(
        _themselves((0, 1)) | {"subscribe": 1, "unsubscribe": 0}, _LEFT_OUT, -1, -1, drops=True
    ),
}
"""By table and column."""

FLAGS: Mapping[Code, bool] = {
    1: True, 0: False, "true": True, "false": False, "yes": True, "no": False, "t": True, "f": False,
    "y": True, "n": False,
}  # fmt: skip
"""How marks may be written."""
