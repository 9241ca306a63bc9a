"""The catalog is what docs/campaign.md says, and is offered as far as the logs allow."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from dynreports.campaign.catalog import DIMENSIONS, METRICS, SEGMENTS, components
from dynreports.campaign.catalog.page import catalog, page
from dynreports.campaign.events import SOURCES
from dynreports.campaign.tables import OPTIONAL, REQUIRED
from dynreports.semantics.catalog import Catalog, ref_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "campaign.md"
EVERYTHING = tuple({"event", "event_date", "person", "status", "is_retry", "count", *SOURCES})
WHOLE = catalog()

# Ids, labels, formats and decimals of the reference, 5.1 to 5.5, in our order; formulas by hand.
MESSAGES = "event == 'attempt' and is_retry == false and "
OPENERS = "'open', 'click', 'social click', 'offer click', 'unsubscribe', 'mirror page'"
CLICKS = "'click', 'social click', 'offer click'"
AS_VIEWS = "'in-app view', 'in-app button 1 as view', 'in-app button 2 as view', 'in-app close as view'"
PRESSES = "'in-app button 1', 'in-app button 1 as view', 'in-app button 2', 'in-app button 2 as view'"
CLOSES = "'in-app close', 'in-app close as view'"


def messages(where: str) -> str:
    return f"max(sum(count where {MESSAGES}{where}), 0)"


GOLDEN = [
    ("sent", "Processed/sent", None,
     f"max(sum(count where {MESSAGES}status == 1) + sum(count where {MESSAGES}status == 2), 0)"),
    ("delivered", "Delivered", None, messages("status == 1")),
    ("rateDelivered", "Delivered rate", 1, "[Delivered] / [Processed/sent]"),
    ("bounces", "Bounces + Errors", None, messages("status == 2")),
    ("rateBounces", "Bounce + Error rate", 2, "[Bounces + Errors] / [Processed/sent]"),
    ("hardBounces", "Hard bounce", None, messages("status == 2 and failure_type == 2")),
    ("rateHardBounces", "Hard bounce rate", 2, "[Hard bounce] / [Processed/sent]"),
    ("softBounces", "Soft bounce", None, messages("status == 2 and failure_type == 1")),
    ("rateSoftBounces", "Soft bounce rate", 2, "[Soft bounce] / [Processed/sent]"),
    ("blacklisted", "On denylist", None,
     messages("failure_type == 2 and failure_reason == 'Address on denylist'")),
    ("rateBlacklisted", "Denylist rate", 1, "[On denylist] / [Processed/sent]"),
    ("quarantine", "Quarantine", None, messages("is_quarantine == true")),
    ("rateQuarantine", "Quarantine rate", 2, "[Quarantine] / [Processed/sent]"),
    ("rejected", "Rejected", None, messages("failure_type == 2 and failure_reason == 'Refused'")),
    ("rateRejected", "Rejected rate", 2, "[Rejected] / [Processed/sent]"),
    *((id, label, None, messages(f"status == 2 and failure_reason == {label!r}")) for id, label in (
        ("unknownUser", "User unknown"), ("invalidDomain", "Invalid domain"), ("unreachable", "Unreachable"),
        ("disabled", "Account disabled"), ("mailBoxFull", "Mailbox full"), ("notConnected", "Not connected"),
    )),
    ("opens", "Open", None,
     f"count(where event in ('open', 'push open')) + "
     f"(distinct(person where event in ({OPENERS})) - distinct(person where event in ('open')))"),
    ("uniqueopens", "Unique opens", None, f"distinct(person where event in ({OPENERS}, 'push open'))"),
    ("rateOpens", "Open rate", 1, "[Unique opens] / [Delivered]"),
    ("clicks", "Click", None, f"count(where event in ({CLICKS}, 'push click'))"),
    ("uniqueclicks", "Unique clicks", None, f"distinct(person where event in ({CLICKS}, 'push click'))"),
    ("clickthrough", "Click through rate", 1, "[Unique clicks] / [Delivered]"),
    ("mirrorPage", "Mirror page", None, "count(where event in ('mirror page'))"),
    ("rateMirrorPage", "Mirror page rate", 1, "[Mirror page] / [Delivered]"),
    ("unsubscribes", "Unsubscribed", None, "count(where event in ('unsubscribe'))"),
    ("uniqueUnsubscribes", "Unique unsubscription", None, "distinct(person where event in ('unsubscribe'))"),
    ("rateUnsubscribes", "Unsubscribe rate", 2, "[Unique unsubscription] / [Delivered]"),
    ("offerClicks", "Offer clicks", None, "count(where event in ('offer click'))"),
    ("rateOfferClicks", "Offer click rate", 1, "[Offer clicks] / [Delivered]"),
    ("impressions", "Impressions", None, f"count(where event in ('push impression', {AS_VIEWS}))"),
    ("uniqueimpressions", "Unique impressions", None,
     f"distinct(person where event in ('push impression', {AS_VIEWS}))"),
    ("inappclicks", "In-App clicks", None, f"count(where event in ({PRESSES}))"),
    ("uniqueinapp", "Unique In-App clicks", None, f"distinct(person where event in ({PRESSES}))"),
    ("inappclickthrough", "In-App click through rate", 2,
     f"[In-App clicks] / count(where event in ({AS_VIEWS}))"),
    ("dismissal", "In-App dismissal", None, f"count(where event in ({CLOSES}))"),
    ("uniquedismissal", "Unique In-App dismissals", None, f"distinct(person where event in ({CLOSES}))"),
    ("dismissalrate", "In-App dismissal rate", 2, f"[In-App dismissal] / count(where event in ({AS_VIEWS}))"),
]  # fmt: skip
GOLDEN_DIMENSIONS = """browser Browser|campaign Campaign|delivery Delivery|device Device
failureReason Failure Reason|inAppAction In-App Message Actions|messageType Message Type
mobileApp Mobile App Name|platform Platform|pushPlatform Push Platform|recipientDomain Recipient Domain
recurringDelivery Recurring Delivery|senderDomain Sender Domain|senderIp Sender IP|trackingUrl Tracking URL
trackingUrlCategory Tracking URL Category|trackingUrlLabel Tracking URL Label
transactionalDelivery Transactional Delivery|urlType URL Type|variant Variant
city City|country Country/region|gender Gender|segmentCode Segment Code|state State"""
GOLDEN_SEGMENTS = [
    ("silent", "Age: Silent Generation", "birth_year <= 1945"),
    ("boomers1", "Age: Boomers 1", "1946 <= birth_year <= 1954"),
    ("boomers2", "Age: Boomers 2", "1955 <= birth_year <= 1965"),
    ("genX", "Age: Generation X", "1966 <= birth_year <= 1976"),
    ("genY", "Age: Generation Y (Millennials)", "1977 <= birth_year <= 1994"),
    ("genZ", "Age: Generation Z", "birth_year >= 1995"),
    ("a18_25", "Age: From 18 to 25", "18 <= age <= 25"),
    ("a26_30", "Age: From 26 to 30", "26 <= age <= 30"),
    ("a31_40", "Age: From 31 to 40", "31 <= age <= 40"),
    ("a41_50", "Age: From 41 to 50", "41 <= age <= 50"),
    ("gt50", "Age: Greater than 50", "age > 50"),
    ("lt25", "Age: Less than 25", "age < 25"),
    ("lt30", "Age: Less than 30", "age < 30"),
    ("lt40", "Age: Less than 40", "age < 40"),
    ("lt50", "Age: Less than 50", "age < 50"),
    ("all", "All recipients", "true"),
]


def test_metrics_are_those_of_the_reference() -> None:
    found = [
        (
            each.id,
            each.label,
            each.decimals if each.format == "percent" else None,
            WHOLE.formula(ref_of(each)),
        )
        for each in METRICS
    ]
    assert found == GOLDEN
    assert all(each.decimals == 0 for each in METRICS if each.format == "number")


def test_dimensions_and_segments_are_those_of_the_reference() -> None:
    pairs = GOLDEN_DIMENSIONS.replace("\n", "|").split("|")
    assert [f"{each.id} {each.label}" for each in DIMENSIONS] == pairs
    profile = {"city", "country", "gender", "segmentCode", "state"}
    assert {each.id for each in DIMENSIONS if each.group == "Profile"} == profile
    found = [(each.id, each.label, WHOLE.formula(ref_of(each))) for each in SEGMENTS]
    assert found == GOLDEN_SEGMENTS


def test_retries_are_a_way_to_count_sent_and_bounces_alone() -> None:
    found = {each.id: [(one.id, one.label) for one in each.variants] for each in METRICS if each.variants}
    assert found == {id: [("retries", "Include Retries")] for id in ("sent", "bounces")}


def test_every_component_has_a_definition() -> None:
    refs = WHOLE.refs()
    assert len(refs) > 100
    for ref in refs:
        text = WHOLE.definition(ref)
        assert len(text) > 8, ref
        assert text[0].isupper(), ref
    stated = [each for kind in (METRICS, DIMENSIONS, SEGMENTS) for each in kind]
    assert all(each.description.endswith(".") for each in stated)
    assert len({each.description for each in stated}) == len(stated)


def test_the_page_of_components_is_up_to_date() -> None:
    text = (ROOT / "docs" / "campaign-components.md").read_text(encoding="utf-8")
    assert text == page(), "Run python -m dynreports.campaign.catalog.page docs/campaign-components.md"


def test_the_documented_folder_is_the_one_that_is_read() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name, columns in (*REQUIRED.items(), *OPTIONAL.items()):
        (line,) = (each for each in text.splitlines() if each.startswith(f"| `{name}`"))
        needed = line.split("|")[2]
        assert needed.strip() == ", ".join(f"`{each}`" for each in columns)


def test_the_documented_examples_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(DOCS), module_relative=False)
    assert results.attempted
    assert results.failed == 0


def test_events_with_every_column_have_every_component() -> None:
    found = components(EVERYTHING)
    assert (found.dimensions, found.metrics, found.segments) == (DIMENSIONS, METRICS, SEGMENTS)
    assert found.switched_off == ()
    Catalog(dimensions=found.dimensions, metrics=found.metrics, segments=found.segments, time="event_date")


@pytest.mark.parametrize("lacking", sorted(SOURCES.keys() - {"org_unit"}))  # no component reads units
def test_a_missing_column_switches_off_what_needs_it_and_says_so(lacking: str) -> None:
    full, found = components(EVERYTHING), components({*EVERYTHING} - {lacking})
    (reason,) = found.switched_off
    assert reason.startswith(f"Switched off, as there is no {SOURCES[lacking]}: ")
    left = {each.label for part in (found.dimensions, found.metrics, found.segments) for each in part}
    for part in (full.dimensions, full.metrics, full.segments):
        for each in part:
            assert (each.label in left) != (each.label in reason.partition(": ")[2].rstrip(".").split(", "))


def test_custom_fields_are_profile_dimensions_of_their_own() -> None:
    found = components({*EVERYTHING, "cus_loyalty", "cus_city", "cus_favourite_shop", "cus_favouriteShop"})
    custom = found.dimensions[len(DIMENSIONS) :]
    assert [(each.id, each.label, each.field) for each in custom] == [
        ("cusCity", "City (2)", "cus_city"),
        ("cusFavouriteShop", "Favourite shop", "cus_favouriteShop"),
        ("cusFavouriteShop (2)", "Favourite shop (2)", "cus_favourite_shop"),
        ("cusLoyalty", "Loyalty", "cus_loyalty"),
    ]
    assert {each.group for each in custom} == {"Profile"}


def test_a_profile_has_at_most_twenty_fields_of_its_own() -> None:
    names = [f"cus_field_{number:02}" for number in range(23)]
    found = components([*EVERYTHING, *names])
    assert [each.field for each in found.dimensions[len(DIMENSIONS) :]] == names[:20]
    (note,) = found.switched_off
    assert note.endswith("left out: cus_field_20, cus_field_21, cus_field_22.")
