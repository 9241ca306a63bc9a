"""Figures of campaigns: the worked examples of the reference, E1 to E20, through files and the engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import dynreports as dr
from dynreports.semantics.dataset import Dataset
from tests.campaign.folders import Logs, day, shown

Load = Callable[[Logs], Dataset]
OPEN, CLICK, MIRROR = 2, 1, 6
D1, D2, D3 = (f"Jun {number}, 2026" for number in (1, 2, 3))


def test_e1_unique_figures_are_counted_anew_in_the_total(logs: Logs, load: Load) -> None:
    for person in (1, 2):
        logs.send("A", person)
    logs.track("A", 1, OPEN, at=1, times=2)
    logs.track("A", 1, OPEN, at=2, times=3)
    logs.track("A", 2, OPEN, at=1)
    assert shown(load(logs), "Day", ["Open", "Unique opens", "Delivered", "Open rate"]) == {
        D1: (3, 2, 2, 1.0),
        D2: (3, 1, 0, 0.0),
        "total": (6, 2, 2, 1.0),
    }


def test_e2_one_person_over_links(logs: Logs, load: Load) -> None:
    logs.send("A", 1)
    for url in ("U1", "U2", "U3"):
        logs.track("A", 1, CLICK, url=url)
    found = shown(load(logs), "Tracking URL", ["Click", "Unique clicks"])
    assert found.pop("N/A") == (0, 0)  # the sending
    assert found == {"U1": (1, 1), "U2": (1, 1), "U3": (1, 1), "total": (3, 1)}


def test_e3_a_click_implies_an_open(logs: Logs, load: Load) -> None:
    for person in (1, 2, 3, 4):
        logs.send("A", person)
    logs.track("A", 1, OPEN, times=3)
    logs.track("A", 2, CLICK, times=2)
    logs.track("A", 3, OPEN)
    logs.track("A", 3, CLICK)
    logs.track("A", 4, MIRROR)
    figures = {
        "Open": 6,
        "Unique opens": 4,
        "Click": 3,
        "Unique clicks": 2,
        "Mirror page": 1,
        "Delivered": 4,
        "Open rate": 1.0,
        "Click through rate": 0.5,
        "Mirror page rate": 0.25,
    }
    found = shown(load(logs), "Delivery", list(figures))
    assert found == {"A (DM1)": tuple(figures.values()), "total": tuple(figures.values())}


def test_e4_implied_opens_by_day(logs: Logs, load: Load) -> None:
    logs.send("A", 1)
    logs.track("A", 1, OPEN, at=1)
    for number in (1, 2, 3):
        logs.track("A", 1, CLICK, at=number)
    assert shown(load(logs), "Day", ["Open", "Unique opens", "Click"]) == {
        D1: (1, 1, 1),
        D2: (1, 1, 1),
        D3: (1, 1, 1),
        "total": (1, 1, 3),
    }


def test_e5_implied_opens_by_url(logs: Logs, load: Load) -> None:
    logs.send("A", 1)
    logs.track("A", 1, OPEN)
    logs.track("A", 1, CLICK, url="U1")
    data, metrics = load(logs), ["Open", "Unique opens", "Click"]
    # Opens have no link (table of 5.5), but who clicks has opened: such an open has the link of the click.
    assert shown(data, "Tracking URL", metrics) == {
        "U1": (1, 1, 1),
        "N/A": (1, 1, 0),
        "total": (1, 1, 1),
    }
    of_link = [(metric, {"item": ("Tracking URL", "U1")}) for metric in metrics]
    table = dr.Project("E5", data).panel("P", period=None).table("Delivery", of_link)
    assert table.total().tolist() == [1, 1, 1]


def test_e6_a_message_counts_once_whatever_its_attempts(logs: Logs, load: Load) -> None:
    failed = {"status": 2, "failure_type": 1}
    for _ in range(2):
        logs.send("A", 1, is_retry=True, **failed)
        logs.send("A", 3, is_retry=True, **failed)
    logs.send("A", 1, is_retry=False)
    logs.send("A", 2, is_retry=False)
    logs.send("A", 3, is_retry=False, **failed)
    columns = ["Processed/sent", "Delivered", "Bounces + Errors"]
    data = load(logs)
    assert shown(data, "Delivery", columns)["total"] == (3, 2, 1)
    table = dr.Project("Test", data).panel("P").table("Delivery", columns)
    for name in ("Processed/sent", "Bounces + Errors"):
        table.column(name).settings(variant="retries")
    for figures in (table.total(), table.grand_total(), table.frame().loc["A (DM1)"]):
        assert figures.tolist() == [7, 2, 5]


def test_e7_a_later_failure_takes_the_success_back(logs: Logs, load: Load) -> None:
    for person in (1, 2, 3):
        logs.send("A", person, count=1)
    logs.send("A", 3, at=2, count=-1)
    logs.send("A", 3, at=2, status=2, failure_type=2, failure_reason=1, count=1)
    columns = ["Processed/sent", "Delivered", "Bounces + Errors", "Delivered rate"]
    data = load(logs)
    by_day = shown(data, "Day", columns)
    assert by_day["total"] == shown(data, "Delivery", columns)["A (DM1)"] == (3, 2, 1, 0.666667)
    assert by_day[D1] == (3, 3, 0, 1.0)
    # The -1 is not shown, and yet the rows of Delivered add to 3 and the total is 2.
    assert by_day[D2] == (0, 0, 1, 0.0)
    table = dr.Project("Test", data).panel("P").table("Day", columns)
    assert table.why("Delivered").startswith("A row that would be below 0 shows 0;")


def test_e8_a_recurring_parent_counts_people_once(logs: Logs, load: Load) -> None:
    for name, sent, delivered, opens in (("RC1", 20, 20, 6), ("RC2", 40, 30, 2), ("RC3", 40, 40, 2)):
        logs.delivery(name, execution_type="recurring", parent_id=9, parent_name="R1", parent_label="Digest")
        for person in range(sent):
            logs.send(name, person + 1, status=1 if person < delivered else 2)
        logs.track(name, 1, OPEN, times=opens)
    columns = ["Processed/sent", "Delivered", "Open", "Unique opens"]
    data = load(logs)
    total = (100, 90, 10, 1)
    assert shown(data, "Recurring Delivery", columns) == {"Digest (R1)": total, "total": total}
    assert shown(data, "Delivery", columns) == {
        "RC1 (DM1)": (20, 20, 6, 1),
        "RC2 (DM2)": (40, 30, 2, 1),
        "RC3 (DM3)": (40, 40, 2, 1),
        "total": total,
    }


@pytest.mark.parametrize(
    ("first", "end", "expected"), [(1, 3, (20, 1, 0.05)), (1, 6, (50, 2, 0.02)), (40, 41, (0, 1, 0.0))]
)
def test_e9_the_period_selects_events(
    logs: Logs, load: Load, first: int, end: int, expected: tuple[float, ...]
) -> None:
    for number in range(5):
        for person in range(10):
            logs.send("A", number * 10 + person + 1, at=number + 1)
    for number in (2, 4, 40):
        logs.track("A", 1, OPEN, at=number)
    period = tuple(day(number).date().isoformat() for number in (first, end))
    found = shown(load(logs), "Delivery", ["Delivered", "Open", "Open rate"], period=period)
    assert found["total"][:2] == expected[:2]
    assert found["total"][2] == pytest.approx(1 / expected[0] if expected[0] else 0)


def test_e10_other_messages_have_no_transactional_delivery(logs: Logs, load: Load) -> None:
    logs.delivery("Marketing", execution_type="single")
    logs.delivery("C1", execution_type="transactional", parent_name="T1", parent_label="Confirmation")
    for person in range(6):
        logs.send("Marketing", person)
    for person in range(2):
        logs.send("C1", person)
    assert shown(load(logs), "Transactional Delivery", ["Processed/sent", "Delivered rate"]) == {
        "N/A": (6, 1.0),
        "Confirmation (T1)": (2, 1.0),
        "total": (8, 1.0),
    }


def test_e13_kinds_of_failures(logs: Logs, load: Load) -> None:
    outcomes = [(1, 0, 0)] * 3 + [(1, 2, 8)] + [(2, 2, 1)] * 3 + [(2, 1, 5)] * 2 + [(2, 0, 6)]
    for person, (status, kind, reason) in enumerate(outcomes):
        logs.send("A", person, status=status, failure_type=kind, failure_reason=reason)
    data = load(logs)
    figures = {
        "Processed/sent": 10,
        "Delivered": 4,
        "Bounces + Errors": 6,
        "Hard bounce": 3,
        "Soft bounce": 2,
        "On denylist": 1,
        "Denylist rate": 0.1,
    }
    assert shown(data, "Delivery", list(figures))["total"] == tuple(figures.values())
    by_reason = shown(data, "Failure Reason", ["Bounces + Errors"])
    assert by_reason == {
        "User unknown": (3,),
        "Mailbox full": (2,),
        "Not connected": (1,),
        "Address on denylist": (0,),
        "N/A": (0,),
        "total": (6,),
    }


def test_a_complaint_that_is_taken_back_with_its_message_does_not_count(logs: Logs, load: Load) -> None:
    for count in (1, -1):
        logs.send("A", 1, failure_type=2, failure_reason=8, count=count)
    logs.send("A", 2, count=1)
    assert shown(load(logs), "Delivery", ["On denylist", "Delivered"])["total"] == (0, 1)


def test_e16_segments(logs: Logs, load: Load) -> None:
    births = ["1965-12-31", "1966-01-01", "2001-06-01", "2001-06-02", "1976-06-01", "1976-06-02", None]
    logs.other["profiles"] = [
        {"recipient_id": person, "birth_date": born} for person, born in enumerate(births, start=1)
    ]
    for person in range(1, len(births) + 1):
        logs.send("A", person)
    data = load(logs)
    members = {
        "Age: Boomers 2": 1,
        "Age: Generation X": 3,
        "Age: From 18 to 25": 2,  # 25 on the day, and 24 for one day more
        "Age: Less than 25": 1,
        "Age: Less than 30": 2,
        "Age: From 41 to 50": 2,  # 50 on the day, and 49
        "Age: Greater than 50": 2,
        "Age: Less than 50": 3,
        "All recipients": 7,
    }
    found = {
        label: int(shown(data, "Delivery", ["Delivered"], segments=[label])["total"][0]) for label in members
    }
    assert found == members


def test_e20_proofs_seeds_and_what_they_do_are_left_out(logs: Logs, load: Load) -> None:
    for person in (1, 2, 3):
        logs.send("A", person, is_proof=False, is_seed=False)
    logs.send("A", 101, is_proof=True, is_seed=False)
    logs.send("A", 102, is_proof=False, is_seed=True)
    for person in (1, 101, 102):
        logs.track("A", person, OPEN)
    columns = ["Processed/sent", "Open", "Unique opens"]
    assert shown(load(logs), "Delivery", columns)["total"] == (3, 1, 1)


def test_reactions_without_a_message_survive_proofs_without_one(logs: Logs, load: Load) -> None:
    logs.send("A", 1, is_proof=False)
    logs.send("A", 101, is_proof=True, message_id=None)
    logs.track("A", 1, OPEN, message_id=None)
    logs.track("A", 1, CLICK)
    assert shown(load(logs), "Delivery", ["Open", "Click"])["total"] == (1, 1)


def test_reactions_take_what_only_the_message_knows(logs: Logs, load: Load) -> None:
    logs.send("A", 1, recipient_domain="a.example", cus_loyalty="gold")
    logs.send("A", 2, recipient_domain="b.example", cus_loyalty="none")
    logs.track("A", 2, OPEN)
    logs.track("A", 2, CLICK, message_id=5)  # of no known message
    data = load(logs)
    domains = shown(data, "Recipient Domain", ["Delivered", "Open", "Click"])
    assert domains == {"a.example": (1, 0, 0), "b.example": (1, 1, 0), "N/A": (0, 1, 1), "total": (2, 1, 1)}
    assert shown(data, "Loyalty", ["Delivered"])["gold"] == (1,)


def test_people_are_recipients_else_devices_else_messages(logs: Logs, load: Load) -> None:
    logs.delivery("Card", message_type="push")
    for person in (1, "x", "y", "z"):
        logs.send("Card", person)
    for row in logs.sends[1:]:
        row["recipient_id"] = None
    for who, device in ((1, None), (1, None), ("x", "d1"), ("y", "d1"), ("z", None), ("z", None)):
        logs.track("Card", who, None, action="open", device_app_id=device)
        logs.tracks[-1]["recipient_id"] = who if who == 1 else None
    assert shown(load(logs), "Delivery", ["Open", "Unique opens"])["total"] == (6, 3)


@pytest.mark.parametrize("ids", [(-1, -2), (2**40, 5), ("Ann", "Bob"), ("0012", "12")])
def test_every_kind_of_recipient_id_is_a_person(logs: Logs, load: Load, ids: tuple[object, object]) -> None:
    logs.other["profiles"] = [
        {"recipient_id": ids[0], "city": "Paris"},
        {"recipient_id": ids[1], "city": "Rome"},
    ]
    for who in ids:
        logs.send("A", who)
        logs.track("A", who, OPEN, times=2)
    logs.track("A", None, OPEN, message_id=None)  # nobody that could be told from others
    found = shown(load(logs), "City", ["Open", "Unique opens"])
    assert found == {"Paris": (2, 1), "Rome": (2, 1), "N/A": (1, 0), "total": (5, 2)}


def test_channels_are_counted_apart_in_opens_and_together_in_people(logs: Logs, load: Load) -> None:
    logs.delivery("Mail")
    logs.delivery("Push", message_type="push")
    logs.send("Mail", 1)
    logs.send("Push", 1)
    logs.track("Mail", 1, CLICK)  # an open of the mail, which the open of the push must not stand in for
    logs.track("Push", 1, None, action="open")
    found = shown(load(logs), "Message Type", ["Open", "Unique opens", "Click"])
    assert found == {"Email": (1, 1, 1), "Push notification": (1, 1, 0), "total": (2, 1, 1)}


def test_no_value_reads_n_a_and_an_untold_gender_none(logs: Logs, load: Load) -> None:
    logs.other["profiles"] = [
        {"recipient_id": 1, "gender": 0, "city": None},
        {"recipient_id": 2, "gender": 2, "city": "Lyon"},
    ]
    for person in (1, 2, 3):
        logs.send("A", person)
    data = load(logs)
    assert shown(data, "Gender", ["Delivered"]) == {"None": (2,), "Female": (1,), "total": (3,)}
    assert shown(data, "City", ["Delivered"]) == {"N/A": (2,), "Lyon": (1,), "total": (3,)}


def test_unknown_codes_are_named_not_lost(logs: Logs, load: Load) -> None:
    logs.send("A", 1, status=2, failure_type=2, failure_reason=77)
    logs.track("A", 1, 99)
    data = load(logs)
    assert shown(data, "Failure Reason", ["Bounces + Errors"])["Reason 77"] == (1,)
    assert set(data.frame["event"]) == {"attempt", "other"}
