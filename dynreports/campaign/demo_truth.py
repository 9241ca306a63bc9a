"""The figures of the effects that were planted in the demo data, counted from the logs themselves.

A tutorial that finds an effect, and the tests, compare with these. They are counted here message by message,
by none of the engine's code: whoever changes the data changes them too.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from dynreports.campaign.demo_names import FAILING_DOMAIN

_CLICKS = (1, 10, 11)
_OPENS = (1, 2, 3, 6, 10, 11)  # whoever clicks has opened
Truth = dict[str, dict[str, float]]


def ground_truth(tables: Mapping[str, pa.Table]) -> Truth:
    """Count the planted effects: figure by item, for each effect.

    Parameters
    ----------
    tables
        What `dynreports.campaign.demo_data.generate` gives, or the same tables read from its files.

    Returns
    -------
    dict
        Rates are shares of 1. The names of the effects and what they say are in docs/demo-data.md.
    """
    about = tables["deliveries"].drop_columns(["html"]).to_pandas()
    sends = _counted(tables["delivery_log"].to_pandas()).merge(about, on="delivery_id")
    tracks = tables["tracking_log"].to_pandas()
    tracks = tracks[tracks["message_id"].isin(sends["message_id"])].merge(about, on="delivery_id")
    profiles = tables["profiles"].to_pandas()
    return (
        _weekdays(sends, tracks)
        | _domains(sends)
        | _variants(sends, tracks)
        | _loyalty(sends, tracks)
        | _devices(tracks, profiles)
        | _recurring(sends, tracks)
        | _local(sends, tracks, profiles)
        | _apps(sends, tracks)
        | _deleted(sends)
    )


def _counted(log: pd.DataFrame) -> pd.DataFrame:
    """Leave out what never counts (proofs, seeds) and attempts that were followed by another."""
    log = log[~(log["is_proof"] | log["is_seed"] | log["is_retry"])].copy()
    log["delivered"] = log["count"].where(log["status"] == 1, 0)
    log["bounces"] = log["count"].where(log["status"] == 2, 0)
    return log


def _items(figures: pd.Series) -> dict[str, float]:
    return {str(item): float(value) for item, value in figures.items()}


def _bounce_rate(sends: pd.DataFrame, by: str) -> pd.Series:
    sums = sends.groupby(by, observed=True)[["delivered", "bounces"]].sum()
    return (sums["bounces"] / (sums["delivered"] + sums["bounces"])).sort_values(ascending=False)


def _people_rate(
    sends: pd.DataFrame, tracks: pd.DataFrame, by: list[str], types: tuple[int, ...]
) -> pd.Series:
    """Distinct recipients with an event of these types, by delivered messages."""
    hits = tracks[tracks["tracking_url_type"].isin(types)]
    unique = hits.groupby(by, observed=True)["recipient_id"].nunique()
    delivered = sends.groupby(by, observed=True)["delivered"].sum()
    return unique.reindex(delivered.index, fill_value=0) / delivered


def _weekdays(sends: pd.DataFrame, tracks: pd.DataFrame) -> Truth:
    """Take single mails only, each delivery counting the same, so that neither size nor kind plays in."""
    single = (sends["message_type"] == "email") & (sends["execution_type"] == "single")
    rate = _people_rate(sends[single], tracks, ["delivery_id"], _OPENS)
    sent = sends[single].groupby("delivery_id")["sent_date"].first().dt.day_name()
    by_send = rate.groupby(sent.reindex(rate.index)).mean().sort_values(ascending=False)
    opens = tracks.loc[tracks["tracking_url_type"] == 2, "event_date"].dt.day_name()
    return {
        "open rate by weekday of sending": _items(by_send),
        "opens by weekday": _items(opens.value_counts()),
    }


def _domains(sends: pd.DataFrame) -> Truth:
    mails = sends[sends["message_type"] == "email"]
    first, last = mails["event_date"].min(), mails["event_date"].max()
    half = first.normalize() + (last.normalize() + pd.Timedelta(days=1) - first.normalize()) // 2
    failing = mails[mails["recipient_domain"] == FAILING_DOMAIN]
    before, after = failing[failing["event_date"] < half], failing[failing["event_date"] >= half]
    return {
        "bounce rate by recipient domain": _items(_bounce_rate(mails, "recipient_domain")),
        "bounce rate of the failing domain": {
            name: float(part["bounces"].sum() / (part["bounces"] + part["delivered"]).sum())
            for name, part in (("first half", before), ("second half", after))
        },
    }


def _variants(sends: pd.DataFrame, tracks: pd.DataFrame) -> Truth:
    variant = sends.groupby("message_id")["variant"].first()
    tested = tracks.assign(variant=tracks["message_id"].map(variant).astype(object))
    tested = tested[tested["variant"].notna()]
    both = sends[sends["variant"].notna()]
    return {
        f"{name} by variant": _items(
            _people_rate(both, tested, ["variant"], types).sort_values(ascending=False)
        )
        for name, types in (("open rate", _OPENS), ("click through rate", _CLICKS))
    }


def _largest(sends: pd.DataFrame) -> int:
    """Id of the single mail without variants that reached most people."""
    single = (
        sends["execution_type"].eq("single") & sends["message_type"].eq("email") & sends["variant"].isna()
    )
    reached = sends[single & ~sends["deleted"]].groupby("delivery_id")["delivered"].sum()
    return int(reached.sort_values(kind="stable").index[-1])


def _loyalty(sends: pd.DataFrame, tracks: pd.DataFrame) -> Truth:
    one = _largest(sends)
    level = sends.groupby("message_id")["cus_loyalty"].first()
    reads = tracks[tracks["delivery_id"] == one]
    reads = reads.assign(cus_loyalty=reads["message_id"].map(level).astype(object).fillna("N/A"))
    mails = sends[sends["delivery_id"] == one]
    mails = mails.assign(cus_loyalty=mails["cus_loyalty"].astype(object).fillna("N/A"))
    rate = _people_rate(mails, reads, ["cus_loyalty"], _OPENS).sort_values(ascending=False)
    name = mails["label"].iloc[0]
    return {f"open rate by loyalty, {name}": _items(rate)}


def _devices(tracks: pd.DataFrame, profiles: pd.DataFrame) -> Truth:
    opens = tracks[tracks["tracking_url_type"] == 2].merge(profiles, on="recipient_id")
    birth = pd.to_datetime(opens["birth_date"])
    event = opens["event_date"].dt
    had = (event.month > birth.dt.month) | ((event.month == birth.dt.month) & (event.day >= birth.dt.day))
    age = event.year - birth.dt.year - (~had).astype(int)
    mobile = opens["device"] == "Mobile"
    return {
        "share of opens on a mobile": {
            "Age: Less than 30": float(mobile[age < 30].mean()),
            "Age: Greater than 50": float(mobile[age > 50].mean()),
        }
    }


def _recurring(sends: pd.DataFrame, tracks: pd.DataFrame) -> Truth:
    parents = sends[sends["execution_type"] == "recurring"]
    complaints = parents[(parents["failure_type"] == 2) & (parents["failure_reason"] == 8)]
    sent = parents.groupby("parent_label")["count"].sum()
    rate = complaints.groupby("parent_label").size().reindex(sent.index, fill_value=0) / sent
    left = _people_rate(parents, tracks, ["parent_label"], (3,)).sort_values(ascending=False)
    return {
        "bounce rate by recurring delivery": _items(_bounce_rate(parents, "parent_label")),
        "unsubscribe rate by recurring delivery": _items(left),
        "denylist rate by recurring delivery": _items(rate.sort_values(ascending=False)),
    }


def _local(sends: pd.DataFrame, tracks: pd.DataFrame, profiles: pd.DataFrame) -> Truth:
    city = profiles.set_index("recipient_id")["city"].astype(object).fillna("N/A")
    found: Truth = {}
    openings = sends[sends["label"].str.startswith("Store opening, ")]
    for label, mails in openings.groupby("label"):
        clicks = tracks[tracks["delivery_id"].isin(mails["delivery_id"])]
        mails = mails.assign(city=mails["recipient_id"].map(city))
        clicks = clicks.assign(city=clicks["recipient_id"].map(city))
        rate = _people_rate(mails, clicks, ["city"], _CLICKS).sort_values(ascending=False)
        found[f"click through rate by city, {label}"] = _items(rate.head(5))
    return found


def _apps(sends: pd.DataFrame, tracks: pd.DataFrame) -> Truth:
    push = sends[sends["message_type"] == "push"]
    clicks = tracks[(tracks["message_type"] == "push") & (tracks["action"] == "click")]
    who = clicks["recipient_id"].astype("string").fillna(clicks["device_app_id"])
    rate = who.groupby(clicks["push_platform"]).nunique() / push.groupby("push_platform")["delivered"].sum()
    cards = tracks[tracks["message_type"] == "inapp"]
    views = (cards["action"] == "view").groupby(cards["mobile_app"]).sum()
    return {
        "click through rate by push platform": _items(rate.sort_values(ascending=False)),
        "bounce rate by push platform": _items(_bounce_rate(push, "push_platform")),
        "in-app views by app": _items(views),
    }


def _deleted(sends: pd.DataFrame) -> Truth:
    gone = sends[sends["deleted"]].groupby("name")["delivered"].sum()
    return {"delivered by deleted delivery": _items(gone)}
