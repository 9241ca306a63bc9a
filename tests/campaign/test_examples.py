"""The worked examples of the reference that are about rows without a value, channels, units and services.

Those about opens, clicks, bounces and periods are in test_events.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import dynreports as dr
from dynreports.errors import DataError, InvalidInputError, UnknownNameError
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from tests.campaign.folders import Logs, day, shown, write_csv

Load = Callable[[Logs], Dataset]
OPEN, CLICK = 2, 1


def test_e11_an_incompatible_pair_keeps_its_numbers_on_n_a(logs: Logs, load: Load) -> None:
    for person in range(5):
        logs.send("A", person)
    logs.track("A", 1, CLICK, platform="Windows")
    figures = {
        "Processed/sent": (5, None, 5),
        "Delivered": (5, None, 5),
        "Delivered rate": (1.0, None, 1.0),
        "Unique clicks": (0, 1, 1),
        "Click through rate": (0.0, None, 0.2),
    }
    data = load(logs)
    found = shown(data, "Platform", list(figures))
    assert list(found) == ["N/A", "Windows", "total"]
    assert [found["N/A"], found["Windows"], found["total"]] == list(zip(*figures.values(), strict=True))
    # What reads as None on Windows: everything but the clicks.
    platform = Ref("dimension", "platform")
    unfit = [
        label for label in figures if data.catalog.misfit(platform, data.catalog.find("metric", label).id)
    ]
    assert unfit == ["Processed/sent", "Delivered", "Delivered rate", "Click through rate"]


def test_e12_deleted_deliveries_are_rows_of_their_own(logs: Logs, load: Load) -> None:
    for name, deleted in (("A", True), ("B", False), ("C", True)):
        logs.delivery(name, deleted=deleted)
    for name, count in (("A", 3), ("B", 2), ("C", 1)):
        for person in range(count):
            logs.send(name, person)
    table = dr.Project("Test", load(logs)).panel("P").table("Delivery", ["Delivered"])
    frame = table.frame()
    assert list(zip(frame.index, frame["Delivered"], strict=True)) == [
        ("Deleted", 3), ("B (DM2)", 2), ("Deleted", 1),
    ]  # fmt: skip
    assert table.total()["Delivered"] == table.grand_total()["Delivered"] == 6
    # Two of the same name are told apart by their ids, wherever an item is named.
    with pytest.raises(
        InvalidInputError, match=r"'Deleted' is the label of 2 items. Say which one: Deleted \(DM1\)"
    ):
        table.break_down("Deleted", by="Message Type")
    table.break_down("Deleted (DM3)", by="Message Type")
    assert table.frame(at="Deleted (DM3)")["Delivered"].to_dict() == {"Email": 1}
    assert table.search("DM1").frame()["Delivered"].to_dict() == {"Deleted": 3}


def test_e17_a_search_keeps_named_items_and_none_obeys_its_box(logs: Logs, load: Load) -> None:
    for domain, count in (("alpha", 5), ("beta", 3), (None, 2)):
        for _ in range(count):
            logs.send("A", len(logs.sends), recipient_domain=domain)
    table = dr.Project("Test", load(logs)).panel("P").table("Recipient Domain", ["Delivered"])
    expected = {
        ("a", True): ({"alpha": 5, "beta": 3, "N/A": 2}, 10),
        ("a", False): ({"alpha": 5, "beta": 3}, 8),
        ("alp", False): ({"alpha": 5}, 5),
    }
    for (text, include_missing), (rows, total) in expected.items():
        table.search(text, include_missing=include_missing)
        assert table.frame()["Delivered"].to_dict() == rows
        assert (table.total()["Delivered"], table.grand_total()["Delivered"]) == (total, 10)


def test_e18_push(logs: Logs, load: Load) -> None:
    logs.delivery("Push", message_type="push", mobile_app="Shop", push_platform="iOS")
    for person in range(1, 5):
        logs.send("Push", person, status=1 if person < 4 else 2)
    for person in (1, 2, 3):
        logs.track("Push", person, None, action="impression")
    logs.track("Push", 1, None, action="click", times=2)
    logs.track("Push", 1, None, action="open")
    logs.track("Push", 2, None, action="click")
    figures = {
        "Processed/sent": 4, "Delivered": 3, "Delivered rate": 0.75, "Bounces + Errors": 1,
        "Bounce + Error rate": 0.25, "Impressions": 3, "Unique impressions": 3, "Click": 3,
        "Unique clicks": 2, "Click through rate": 0.666667, "Open": 1, "Unique opens": 1,
        "Open rate": 0.333333,
    }  # fmt: skip
    data = load(logs)
    for rows, item in (("Mobile App Name", "Shop"), ("Push Platform", "iOS"), ("Delivery", "Push (DM1)")):
        found = shown(data, rows, list(figures))
        assert found == {item: tuple(figures.values()), "total": tuple(figures.values())}


IN_APP = {
    "Delivered": 10, "Processed/sent": 10, "Impressions": 8, "Unique impressions": 6, "In-App clicks": 12,
    "Unique In-App clicks": 4, "In-App dismissal": 16, "Unique In-App dismissals": 6,
    "In-App click through rate": 1.5, "In-App dismissal rate": 2.0,
}  # fmt: skip


def in_app(logs: Logs, name: str, views: bool, **delivery: object) -> None:
    """E19: 8 views by 6 people, 12 clicks on either button by 4, 16 dismissals by 6."""
    logs.delivery(name, message_type="inapp", **delivery)
    for person in range(10):
        logs.send(name, person)
    for number in range(8 if views else 0):
        logs.track(name, number % 6, None, action="view")
    for number in range(12):
        logs.track(name, number % 4, None, action="button1" if number < 5 else "button2")
    for number in range(16):
        logs.track(name, number % 6, None, action="close")


def test_e19_in_app(logs: Logs, load: Load) -> None:
    in_app(logs, "Banner", views=True)
    data = load(logs)
    found = shown(data, "Delivery", list(IN_APP))
    assert found == {"Banner (DM1)": tuple(IN_APP.values()), "total": tuple(IN_APP.values())}
    by_action = shown(data, "In-App Message Actions", ["In-App clicks", "In-App dismissal", "Impressions"])
    assert by_action == {
        "Button 1": (5, 0, None),
        "Button 2": (7, 0, None),
        "Dismissal": (0, 16, None),
        "N/A": (0, 0, 8),
        "total": (12, 16, 8),
    }


def test_e19_what_is_pressed_in_an_app_without_views_was_seen(logs: Logs, load: Load) -> None:
    in_app(logs, "Banner", views=False)
    figures = IN_APP | {
        "Impressions": 28, "In-App click through rate": 0.428571, "In-App dismissal rate": 0.571429,
    }  # fmt: skip
    assert shown(load(logs), "Delivery", list(figures))["total"] == tuple(figures.values())


def test_an_app_that_reports_views_reports_them_of_all_its_deliveries(logs: Logs, load: Load) -> None:
    in_app(logs, "Seen", views=True, mobile_app="Shop")
    in_app(logs, "Not seen", views=False, mobile_app="Shop")
    in_app(logs, "Silent", views=False, mobile_app="Game")
    in_app(logs, "Alone", views=False)
    by_delivery = shown(load(logs), "Delivery", ["Impressions", "In-App clicks"])
    assert by_delivery == {
        "Alone (DM4)": (28, 12), "Silent (DM3)": (28, 12), "Seen (DM1)": (8, 12), "Not seen (DM2)": (0, 12),
        "total": (64, 48),
    }  # fmt: skip


def test_rates_of_in_app_messages_are_not_of_push_impressions(logs: Logs, load: Load) -> None:
    in_app(logs, "Banner", views=True)
    logs.delivery("Push", message_type="push")
    logs.send("Push", 1)
    logs.track("Push", 1, None, action="impression", times=100)
    found = shown(load(logs), "Delivery", ["Impressions", "In-App click through rate"])
    assert found["total"] == (108, 1.5)


def test_unique_figures_by_the_delivery_log(logs: Logs, tmp_path: Path) -> None:
    """E8 with the other key: one person who got three messages counts three times."""
    for name, opens in (("RC1", 6), ("RC2", 2), ("RC3", 2)):
        logs.delivery(name, execution_type="recurring", parent_name="R1", parent_label="Digest")
        logs.send(name, 1)
        logs.track(name, 1, OPEN, times=opens)
    folder = write_csv(tmp_path, logs.tables())
    columns = ["Open", "Unique opens"]
    by_key = {
        key: shown(dr.campaign.load(folder, unique_key=key), "Recurring Delivery", columns)["total"]
        for key in ("recipient", "deliveryLog")
    }
    assert by_key == {"recipient": (10, 1), "deliveryLog": (10, 3)}
    with pytest.raises(UnknownNameError, match="deliveryLog"):
        dr.campaign.load(folder, unique_key="person")


def test_a_report_keeps_how_its_data_is_read(
    logs: Logs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("A", "B"):
        logs.send(name, 1)
        logs.track(name, 1, OPEN)
    (tmp_path / "logs").mkdir()
    data = dr.campaign.load(write_csv(tmp_path / "logs", logs.tables()), unique_key="deliveryLog")
    project = dr.Project("Kept", data)
    table = project.panel("P").table("Delivery", ["Unique opens"])
    project.save("kept")
    again = dr.open("kept")
    assert again.panels[0].tables[0].total()["Unique opens"] == table.total()["Unique opens"] == 2
    assert "unique_key='deliveryLog'" in project.to_python()
    assert "unique_key='deliveryLog'" in table.to_pandas_code()


# ---- organizational units -----------------------------------------------------------------------


@pytest.fixture
def units(logs: Logs, load: Load) -> Dataset:
    logs.other["org_units"] = [
        {"org_unit": unit, "parent": parent}
        for unit, parent in (("All", None), ("G", "All"), ("GC", "G"), ("H", "All"))
    ]
    for unit, count in (("All", 1), ("G", 2), ("GC", 4), ("H", 8)):
        logs.delivery(unit, org_unit=unit)
        for person in range(count):
            logs.send(unit, person, recipient_domain=f"{unit.lower()}.example")
    return load(logs)


@pytest.mark.parametrize(
    ("own", "seen", "strictly"),
    [("All", 15, 15), ("G", 7, 6), ("GC", 7, 4), ("H", 9, 8), (["GC", "H"], 15, 12)],
)
def test_units_see_themselves_what_is_below_and_what_is_above(
    units: Dataset, own: str | list[str], seen: int, strictly: int
) -> None:
    for strict, expected in ((False, seen), (True, strictly)):
        data = dr.campaign.visible_to(units, own, strict=strict)
        table = dr.Project("Test", data).panel("P").table("Delivery", ["Processed/sent"], limit=1)
        assert table.total()["Processed/sent"] == table.grand_total()["Processed/sent"] == expected


def test_nothing_of_other_units_can_be_reached(units: Dataset) -> None:
    data = dr.campaign.visible_to(units, "GC")
    hidden = "h.example"
    table = dr.Project("Test", data).panel("P").table("Recipient Domain", ["Delivered"])
    assert set(table.frame().index) == {"all.example", "g.example", "gc.example"}
    with pytest.raises(UnknownNameError) as refused:
        table.break_down(hidden, by="Day")
    assert hidden not in str(refused.value).partition(":")[2]
    assert table.search("h.ex").frame().empty
    assert not any(hidden in set(data.frame[name].astype("str")) for name in data.frame)
    assert hidden not in set(data.frame["recipient_domain"].cat.categories)
    assert data.catalog.refs() == units.catalog.refs()
    data.refresh()
    assert dr.Project("Test", data).panel("P").table("Delivery", ["Delivered"]).total()["Delivered"] == 7


def test_what_only_others_have_is_a_field_without_values(logs: Logs, load: Load) -> None:
    """A unit none of whose people ever did a thing still has its dimension, with no rows."""
    logs.other["org_units"] = [{"org_unit": "All", "parent": None}, {"org_unit": "G", "parent": "All"}]
    for name, unit in (("A", None), ("B", "G")):
        logs.delivery(name, org_unit=unit)
        logs.send(name, 1)
    logs.track("A", 1, CLICK, platform="Windows")
    data = dr.campaign.visible_to(load(logs), "G", strict=True)
    assert data.fields["platform"] == "text"
    assert shown(data, "Platform", ["Delivered"]) == {"N/A": (1,), "total": (1,)}


def test_a_saved_report_of_a_unit_does_not_open_with_the_data_of_all(
    units: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    data = dr.campaign.visible_to(units, "GC")
    project = dr.Project("Mine", data)
    project.panel("P").table("Delivery", ["Delivered"])
    project.save()
    with pytest.raises(DataError, match="data"):
        dr.open("mine")
    opened = dr.open("mine", data=data)
    assert opened.panels[0].tables[0].total()["Delivered"] == 7


def test_who_has_no_unit_sees_nothing_and_is_told(units: Dataset) -> None:
    with pytest.raises(InvalidInputError, match="sees nothing"):
        dr.campaign.visible_to(units, [])
    with pytest.raises(UnknownNameError, match="Did you mean"):
        dr.campaign.visible_to(units, "GD")


def test_deliveries_without_a_unit_are_the_roots(logs: Logs, load: Load) -> None:
    logs.other["org_units"] = [{"org_unit": "All", "parent": None}, {"org_unit": "G", "parent": "All"}]
    for name, unit in (("A", None), ("B", "G")):
        logs.delivery(name, org_unit=unit)
        logs.send(name, 1)
    data = load(logs)
    found = [
        shown(dr.campaign.visible_to(data, "G", strict=strict), "Delivery", ["Delivered"])["total"]
        for strict in (False, True)
    ]
    assert found == [(2,), (1,)]


def test_units_above_themselves_and_data_without_units_are_errors(logs: Logs, load: Load) -> None:
    logs.send("A", 1)
    with pytest.raises(DataError, match="have no org_unit"):
        dr.campaign.visible_to(load(logs), "All")
    logs.deliveries["A"]["org_unit"] = "G"
    logs.other["org_units"] = [{"org_unit": "G", "parent": "H"}, {"org_unit": "H", "parent": "G"}]
    with pytest.raises(InvalidInputError, match="is above itself"):
        dr.campaign.visible_to(load(logs), "G")


# ---- services -----------------------------------------------------------------------------------


def history(logs: Logs, folder: Path, *changes: tuple[int, int, float]) -> Dataset:
    """Write (who, 1 or 0, hours before day 3) as the history of one service."""
    logs.other["services"] = [{"service_id": 7, "label": "Newsletter"}]
    logs.other["subscriptions"] = [
        {
            "service_id": 7,
            "recipient_id": who,
            "event_date": day(3) - (day(2) - day(1)) * (hours / 24),
            "action": action,
        }
        for who, action, hours in changes
    ]
    logs.send("A", 1)
    return dr.campaign.services(write_csv(folder, logs.tables()))


def test_e22_thirteen_join(logs: Logs, tmp_path: Path) -> None:
    data = history(logs, tmp_path, *((who, 1, 5.0) for who in range(13)))
    summary = dr.campaign.service_summary(data, "Newsletter", now=day(3).isoformat())
    assert summary.subscribed == 13
    assert list(summary.texts().loc["24H"]) == ["13", "0", "+13 (0%)", "100.00%"]
    assert list(summary.table.index) == [
        "6H",
        "12H",
        "24H",
        "48H",
        "1 week",
        "2 weeks",
        "1 month",
        "6 months",
    ]


def test_e22_ten_join_and_four_leave(logs: Logs, tmp_path: Path) -> None:
    members = [(who, 1, 2_000.0) for who in range(100)]
    joining = [(who, 1, 10.0) for who in range(100, 110)]
    data = history(logs, tmp_path, *members, *joining, *((who, 0, 20.0) for who in range(4)))
    summary = dr.campaign.service_summary(data, now=day(3).isoformat())
    assert summary.subscribed == 106
    assert list(summary.texts().loc["24H"]) == ["10", "4", "+6 (6.00%)", "96.23%"]
    assert list(summary.texts().loc["12H"]) == ["10", "0", "+10 (10.42%)", "100.00%"]
    assert list(summary.texts().loc["6 months"]) == ["110", "4", "+106 (0%)", "96.23%"]


def test_what_changes_nothing_counts_as_nothing(logs: Logs, tmp_path: Path) -> None:
    changes = [
        (1, 0, 9.0),
        (1, 1, 8.0),
        (1, 1, 7.0),
        (1, 0, 6.0),
        (1, 0, 5.0),
        (1, 1, 4.0),
        (2, 1, 3.0),
        (2, 1, 0.0),
    ]
    data = history(logs, tmp_path, *changes)
    summary = dr.campaign.service_summary(data, "Newsletter", now=day(3).isoformat())
    assert list(summary.table.loc["24H"])[:3] == [3, 1, 2]
    columns = ["Number of subscriptions", "Number of unsubscriptions", "Evolution"]
    assert shown(data, "Service", columns) == {"Newsletter (7)": (3, 1, 2), "total": (3, 1, 2)}
