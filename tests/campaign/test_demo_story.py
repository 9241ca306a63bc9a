"""The demo data: every rule occurs in it, at believable rates, and the documented effects are there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from dynreports.campaign.demo_data import generate
from dynreports.campaign.demo_truth import ground_truth

DOCS = Path(__file__).parents[2] / "docs" / "demo-data.md"


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    return generate(end=date(2026, 6, 14))


@pytest.fixture(scope="module")
def frames(tables: dict[str, pa.Table]) -> dict[str, pd.DataFrame]:
    return {name: table.to_pandas() for name, table in tables.items()}


@pytest.fixture(scope="module")
def truth(tables: dict[str, pa.Table]) -> dict[str, dict[str, float]]:
    return ground_truth(tables)


def test_every_rule_occurs(frames: dict[str, pd.DataFrame]) -> None:
    sends, tracks, deliveries = frames["delivery_log"], frames["tracking_log"], frames["deliveries"]
    real = sends[~(sends["is_proof"] | sends["is_seed"])]
    outcome = real.groupby("message_id").agg(
        rows=("status", "size"), last=("status", "last"), net=("count", "min")
    )
    assert (
        len(outcome[(outcome["rows"] == 3) & (outcome["last"] == 2) & (outcome["net"] == 1)]) > 100
    )  # gave up
    assert len(outcome[(outcome["rows"] > 1) & (outcome["last"] == 1)]) > 100  # retried, then delivered
    negated = real[real["message_id"].isin(real.loc[real["count"] == -1, "message_id"])]
    assert negated.groupby("message_id")[["status", "count"]].agg(list).map(tuple).drop_duplicates().to_dict(
        "records"
    ) == [{"status": (1, 1, 2), "count": (1, -1, 1)}]
    complaints = real[(real["status"] == 1) & (real["failure_reason"] == 8)]
    assert len(complaints) > 30
    assert (complaints["failure_type"] == 2).all()
    assert ((real["status"] == 2) & (real["failure_reason"] == 8)).sum() > 5  # denied before sending (texts)
    assert ((real["status"] == 2) & (real["failure_type"] == 0)).sum() > 100  # ignored: in neither sub-count
    assert sends["is_proof"].sum() > 100
    assert sends["is_seed"].sum() > 100
    tested = sends.loc[sends["is_proof"], "message_id"]
    assert tracks["message_id"].isin(tested).any()  # the team opens its proofs: those must not count

    kinds = tracks.groupby("message_id")["tracking_url_type"].agg(set)
    assert (kinds.map(lambda each: 2.0 not in each and bool(each & {1.0, 10.0, 11.0}))).sum() > 200
    opens = tracks[tracks["tracking_url_type"] == 2]
    days = opens.assign(day=opens["event_date"].dt.date).groupby("message_id")["day"].nunique()
    assert (days > 1).sum() > 1000  # opens on several days
    delay = (
        opens["event_date"] - opens["message_id"].map(sends.groupby("message_id")["event_date"].min())
    ).dt
    assert (delay.total_seconds() < 86_400).mean() == pytest.approx(0.65, abs=0.15)
    assert (delay.days >= 7).sum() > 100
    assert opens["browser"].isna().any()

    frozen = sends.merge(frames["profiles"], on="recipient_id", suffixes=("", "_now"))
    assert (frozen["cus_loyalty"].astype(object) != frozen["cus_loyalty_now"].astype(object)).any()
    assert frames["profiles"][["birth_date", "city", "country", "cus_loyalty"]].isna().any().all()
    channel = sends["delivery_id"].map(deliveries.set_index("delivery_id")["message_type"])
    assert set(channel[sends["segment_code"].notna()]) == {"email", "sms"}
    assert sends.loc[channel.isin(["push", "inapp"]), "recipient_id"].isna().any()
    assert set(deliveries["push_platform"].dropna()) == {"iOS", "Android"}
    assert deliveries["campaign_id"].isna().any()
    assert deliveries["deleted"].sum() == 2
    assert frames["org_units"].set_index("org_unit")["parent"]["France"] == "Europe"


def test_labels_read_well(frames: dict[str, pd.DataFrame]) -> None:
    deliveries = frames["deliveries"]
    assert (deliveries["name"] == "DM" + deliveries["delivery_id"].astype(str)).all()
    labels = set(deliveries["label"])
    assert {"Weekly digest 15", "Store opening, Lyon", "Order confirmation, April 2026"} <= labels
    assert any(label.endswith("– last call") for label in labels)
    mails = deliveries[deliveries["message_type"] == "email"]
    for link in re.findall(r'href="([^"]+)"', mails["html"].iloc[0]):
        assert link.startswith("https://")
    clicked = frames["tracking_log"][frames["tracking_log"]["tracking_url_type"] == 1]
    html = deliveries.set_index("delivery_id")["html"]
    mail_clicks = clicked[clicked["delivery_id"].isin(mails["delivery_id"])]
    for (delivery, url), _ in mail_clicks.groupby(["delivery_id", "url"], observed=True):
        assert f'href="{url}"' in html[delivery]


# -- rates --------------------------------------------------------------------------------------------------


def test_rates_are_believable(frames: dict[str, pd.DataFrame]) -> None:
    deliveries, tracks = frames["deliveries"], frames["tracking_log"]
    sends = frames["delivery_log"].merge(deliveries, on="delivery_id")
    sends = sends[~(sends["is_proof"] | sends["is_seed"] | sends["is_retry"])]
    tracks = tracks[tracks["message_id"].isin(sends["message_id"])]
    bulk = sends[(sends["message_type"] == "email") & (sends["execution_type"] != "transactional")]
    delivered = bulk.loc[bulk["status"] == 1, "count"].sum()
    events = tracks[tracks["message_id"].isin(bulk["message_id"])]
    read = events.drop_duplicates(["delivery_id", "recipient_id"])
    kind = events["tracking_url_type"]
    clicked = events[kind.isin([1, 10, 11])].drop_duplicates(["delivery_id", "recipient_id"])
    assert 0.95 < delivered / bulk["count"].sum() < 0.985
    assert 0.15 < len(read) / delivered < 0.30
    assert 0.02 < len(clicked) / delivered < 0.06
    assert 0.001 < (kind == 3).sum() / delivered < 0.006
    assert 0.001 < (kind == 6).sum() / delivered < 0.01
    hours = events["event_date"].dt.hour.value_counts()
    assert hours[[0, 1, 2, 3, 4, 5]].sum() < 0.05 * len(events)
    rows = len(frames["delivery_log"]) + len(frames["tracking_log"])
    assert 300_000 < rows < 700_000


# -- planted effects ----------------------------------------------------------------------------------------


def test_tuesday_is_the_best_day_to_send(truth: dict[str, dict[str, float]]) -> None:
    rates = truth["open rate by weekday of sending"]
    assert len(rates) == 7
    assert next(iter(rates)) == "Tuesday"
    assert rates["Tuesday"] > 1.15 * sorted(rates.values())[-2]
    assert next(iter(truth["opens by weekday"])) == "Tuesday"


def test_one_domain_fails_from_half_way(truth: dict[str, dict[str, float]]) -> None:
    rates = list(truth["bounce rate by recipient domain"].items())
    assert rates[0][0] == "oldpost.example"
    assert rates[0][1] > 5 * rates[1][1]
    halves = truth["bounce rate of the failing domain"]
    assert halves["first half"] < 0.06
    assert halves["second half"] > 0.4


def test_variant_b_wins(truth: dict[str, dict[str, float]]) -> None:
    for name in ("open rate by variant", "click through rate by variant"):
        assert list(truth[name]) == ["B", "A"]
    assert truth["click through rate by variant"]["B"] > 1.25 * truth["click through rate by variant"]["A"]


def test_gold_members_read_most(truth: dict[str, dict[str, float]]) -> None:
    (rates,) = (figures for name, figures in truth.items() if name.startswith("open rate by loyalty"))
    assert next(iter(rates)) == "gold"
    assert list(rates)[-1] == "N/A"


def test_the_young_read_on_a_mobile(truth: dict[str, dict[str, float]]) -> None:
    shares = truth["share of opens on a mobile"]
    assert shares["Age: Less than 30"] > 1.7 * shares["Age: Greater than 50"]


def test_win_back_is_the_worst_series(truth: dict[str, dict[str, float]]) -> None:
    for name in ("bounce rate", "unsubscribe rate"):
        rates = list(truth[f"{name} by recurring delivery"].items())
        assert rates[0][0] == "Win-back, 90 days"
        assert rates[0][1] > 1.8 * rates[1][1]
    assert next(iter(truth["denylist rate by recurring delivery"])) == "Win-back, 90 days"


def test_a_store_opening_is_clicked_in_its_own_city(truth: dict[str, dict[str, float]]) -> None:
    openings = {name: rates for name, rates in truth.items() if name.startswith("click through rate by city")}
    assert len(openings) == 3
    for name, rates in openings.items():
        first, second = list(rates)[:2]
        assert name.endswith(first)
        assert rates[first] > 1.5 * rates[second]


def test_push_does_better_on_ios(truth: dict[str, dict[str, float]]) -> None:
    assert list(truth["click through rate by push platform"]) == ["iOS", "Android"]
    assert list(truth["bounce rate by push platform"]) == ["Android", "iOS"]


def test_one_app_reports_no_views(truth: dict[str, dict[str, float]]) -> None:
    views = truth["in-app views by app"]
    assert views["Lumen Club"] == 0
    assert views["Lumen Shop"] > 1000


def test_deleted_deliveries_keep_their_figures(truth: dict[str, dict[str, float]]) -> None:
    assert len(truth["delivered by deleted delivery"]) == 2
    assert all(figure > 1000 for figure in truth["delivered by deleted delivery"].values())


def test_the_documented_ground_truth_is_the_computed_one(truth: dict[str, dict[str, float]]) -> None:
    rows = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    for name, figures in truth.items():
        assert rows[name] == shown(figures), f"docs/demo-data.md: | {name} | {shown(figures)} |"


def test_the_documented_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    found: dict[str, object] = {}
    exec(example, found)
    assert "delivery_log" in found["tables"]  # type: ignore[operator]


def shown(figures: dict[str, float]) -> str:
    """How docs/demo-data.md shows an effect's figures: the first five."""
    counts = all(value == int(value) for value in figures.values())
    return ", ".join(
        f"{item} {value:,.0f}" if counts else f"{item} {value:.1%}"
        for item, value in list(figures.items())[:5]
    )
