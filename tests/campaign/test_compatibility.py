"""Which metric fits which dimension: derived from what records carry, and equal to the reference's matrix."""

from __future__ import annotations

import pytest

from dynreports.campaign.catalog.page import catalog
from dynreports.semantics.component import Ref

WHOLE = catalog()
HEAD = {
    "S": ("sent",),
    "D": ("delivered", "rateDelivered"),
    "B": ("bounces", "rateBounces"),
    "H": ("hardBounces", "rateHardBounces"),
    "F": ("softBounces", "rateSoftBounces"),
    "P": ("blacklisted", "rateBlacklisted"),
    "Q": ("quarantine", "rateQuarantine"),
    "O": ("opens",), "OR": ("rateOpens",), "C": ("clicks",), "CTR": ("clickthrough",), "U": ("unsubscribes",),
    "UR": ("rateUnsubscribes",), "M": ("mirrorPage",), "MR": ("rateMirrorPage",), "UO": ("uniqueopens",),
    "UC": ("uniqueclicks",),
}  # fmt: skip
# Part 5.5 of the reference, row by row; Device IP is not in the logs.
MATRIX = """
| Delivery | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
| Campaign | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
| Sender Domain | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
| Recipient Domain | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
| Device | - | - | - | - | - | - | - | y | - | y | - | y | - | y | - | y | y |
| Platform | - | - | - | - | - | - | - | y | - | y | - | y | - | y | - | y | y |
| Browser | - | - | - | - | - | - | - | y | - | y | - | y | - | y | - | y | y |
| Sender IP | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
| Tracking URL | - | - | - | - | - | - | - | - | - | y | - | - | - | - | - | - | y |
| Tracking URL Category | - | - | - | - | - | - | - | - | - | y | - | - | - | - | - | - | y |
| Tracking URL Label | - | - | - | - | - | - | - | y | - | y | - | y | - | y | - | y | y |
| URL Type | - | - | - | - | - | - | - | y | - | y | - | y | - | y | - | y | y |
| Message Type | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
| Variant | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y | y |
"""
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in MATRIX.strip().splitlines()]
EVERYTHING = {each.id for each in WHOLE.metrics}
MAIL_ONLY = {
    "mirrorPage", "rateMirrorPage", "unsubscribes", "uniqueUnsubscribes", "rateUnsubscribes", "offerClicks",
    "rateOfferClicks",
}  # fmt: skip
APP_ONLY = {
    "impressions", "uniqueimpressions", "inappclicks", "uniqueinapp", "inappclickthrough", "dismissal",
    "uniquedismissal", "dismissalrate",
}  # fmt: skip
FAILURES = {
    "bounces", "hardBounces", "softBounces", "blacklisted", "quarantine", "rejected", "unknownUser",
    "invalidDomain", "unreachable", "disabled", "mailBoxFull", "notConnected",
}  # fmt: skip


def fitting(dimension: str) -> set[str]:
    return {each.id for each in WHOLE.metrics if WHOLE.misfit(Ref("dimension", dimension), each.id) is None}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_matrix_of_the_reference(row: list[str]) -> None:
    label, *cells = row
    dimension = WHOLE.find("dimension", label)
    found = fitting(dimension.id)
    for metrics, cell in zip(HEAD.values(), cells, strict=True):
        assert [metric in found for metric in metrics] == [cell == "y"] * len(metrics), (label, metrics)


@pytest.mark.parametrize(
    ("dimension", "metrics"),
    [
        ("recurringDelivery", EVERYTHING),
        ("transactionalDelivery", EVERYTHING),
        ("city", EVERYTHING),
        ("gender", EVERYTHING),
        ("segmentCode", EVERYTHING - APP_ONLY),
        ("failureReason", FAILURES),
        ("mobileApp", EVERYTHING - MAIL_ONLY),
        ("pushPlatform", EVERYTHING - MAIL_ONLY),
        ("inAppAction", {"inappclicks", "uniqueinapp", "dismissal", "uniquedismissal"}),
    ],
)
def test_dimensions_that_are_not_in_the_matrix(dimension: str, metrics: set[str]) -> None:
    assert fitting(dimension) == metrics


@pytest.mark.parametrize("component", [*WHOLE.time_units, *WHOLE.periods, *WHOLE.segments], ids=str)
def test_time_and_ages_fit_everything(component: object) -> None:
    kinds = {"TimeBucket": "time", "NamedPeriod": "period", "Segment": "segment"}
    ref = Ref(kinds[type(component).__name__], component.id)  # type: ignore[arg-type, attr-defined]
    assert all(WHOLE.misfit(ref, each.id) is None for each in WHOLE.metrics)


def test_reasons_say_which_records_are_in_the_way() -> None:
    device, url = Ref("dimension", "device"), Ref("dimension", "trackingUrl")
    assert WHOLE.misfit(device, "delivered") == (
        "Delivered counts messages that arrived, which have no Device."
    )
    assert WHOLE.misfit(url, "opens") == (
        "Open counts opens, unsubscriptions and visits to the mirror page, which have no Tracking URL."
    )
    assert WHOLE.misfit(Ref("dimension", "mobileApp"), "unsubscribes") == (
        "Unsubscribed counts unsubscriptions, which have no Mobile App Name."
    )
