"""Campaigns and deliveries to open a report from: what is listed, when, and what is not complete."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.campaign import objects
from dynreports.campaign.demo_data import write
from dynreports.campaign.scope import scope
from dynreports.errors import DataError, InvalidInputError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project.labels import period as words
from dynreports.semantics.dataset import Dataset
from dynreports.views.state import shell_state

END = dt.date(2026, 6, 14)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("logs") / "Lumen", recipients=500, deliveries=40, days=60, end=END)


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return dr.campaign.load(folder)


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{name}.parquet")


def test_deliveries_are_those_that_were_sent(folder: Path, data: Dataset) -> None:
    listed = objects.deliveries(data)
    rows = table(folder, "deliveries").set_index("name")
    sent = rows[rows["sent_date"].notna()]
    assert {each.id for each in listed if each.kind != "parent"} == set(sent.index)
    assert {each.id for each in listed if each.kind == "parent"} == set(sent["parent_name"].dropna())
    labels = {name: "Deleted" if row.deleted else row.label for name, row in sent.iterrows()}
    assert {each.id: each.label for each in listed if each.kind != "parent"} == labels
    assert {each.id: each.sent for each in listed if each.kind != "parent"} == {
        name: row.sent_date.to_pydatetime() for name, row in sent.iterrows()
    }
    moments = [each.last or each.sent for each in listed]
    assert moments == sorted(moments, reverse=True)  # type: ignore[type-var]
    campaigns = table(folder, "campaigns").set_index("campaign_id")["name"]
    of = {name: campaigns.get(row.campaign_id) for name, row in sent.iterrows()}
    assert {each.id: each.campaign for each in listed if each.kind != "parent"} == of


def test_what_is_not_complete(folder: Path, data: Dataset) -> None:
    """A week before the newest event, and whatever is under way: not a week before today."""
    rows = table(folder, "deliveries").set_index("name")
    newest = table(folder, "tracking_log")["event_date"].max()
    for each in objects.deliveries(data):
        if each.kind != "parent":
            row = rows.loc[each.id]
            late = newest - row["sent_date"] < pd.Timedelta(days=7) or row["state"] == 55
            assert each.complete == (not late), each
    by_parent = {each.id: each for each in objects.deliveries(data) if each.kind == "parent"}
    for parent, own in rows[rows["sent_date"].notna()].groupby("parent_name"):
        late = (newest - own["sent_date"] < pd.Timedelta(days=7)) | (own["state"] == 55)
        assert by_parent[str(parent)].complete == (not late.any())
        assert by_parent[str(parent)].sent == own["sent_date"].min()


def test_campaigns_and_programs(folder: Path, data: Dataset) -> None:
    campaigns, programs = table(folder, "campaigns"), table(folder, "programs")
    sent = table(folder, "deliveries").dropna(subset="sent_date")
    counts = sent["campaign_id"].value_counts()
    found = {each.id: each for each in objects.campaigns(data)}
    for row in campaigns.itertuples():
        assert (found[row.name].label, found[row.name].start, found[row.name].end) == (
            row.label,
            row.start,
            row.end,
        )
        assert found[row.name].deliveries == counts[row.campaign_id]
    for row in programs.itertuples():
        own = campaigns[campaigns["program_id"] == row.program_id]
        one = next(each for each in objects.programs(data) if each.id == row.name)
        assert set(one.campaigns) == set(own["name"])
        assert one.deliveries == counts[own["campaign_id"]].sum()


@pytest.mark.parametrize(("days", "complete"), [(6.9, False), (7.1, True)])
def test_seven_days_from_sending(folder: Path, tmp_path: Path, days: float, complete: bool) -> None:
    newest = table(folder, "tracking_log")["event_date"].max()
    rows = table(folder, "deliveries")
    rows.loc[0, "sent_date"] = (newest - pd.Timedelta(days=days)).floor("s")
    for log in ("delivery_log", "tracking_log"):
        (tmp_path / f"{log}.parquet").symlink_to(folder / f"{log}.parquet")
    rows.to_parquet(tmp_path / "deliveries.parquet")
    found = {each.id: each for each in objects.deliveries(dr.campaign.load(tmp_path))}
    assert found[rows.loc[0, "name"]].complete == complete
    assert not objects.campaigns(dr.campaign.load(tmp_path))


def test_a_report_on_a_delivery(folder: Path, data: Dataset) -> None:
    rows = table(folder, "deliveries").dropna(subset="sent_date")
    row = rows[(rows["message_type"] == "email") & ~rows["deleted"]].iloc[0]
    project = dr.campaign.reports(data, delivery=row["name"])
    day = row["sent_date"].date()
    assert words(project.panels[0]._document.period) == f"{day} – {day + dt.timedelta(days=7)}"
    log = table(folder, "delivery_log")
    log = log[
        (log["delivery_id"] == row["delivery_id"]) & ~log["is_proof"] & ~log["is_seed"] & ~log["is_retry"]
    ]
    start = pd.Timestamp(day, tz="UTC")
    log = log[(log["event_date"] >= start) & (log["event_date"] < start + pd.Timedelta(days=7))]
    assert project.panels[0].tables[0].total()["Processed/sent"] == log["count"].sum()
    # The chip is a filter like any other: it can be removed, and that be taken back.
    session = project._session
    state = shell_state(session, page=False)
    [chip] = state["panels"][0]["chips"]
    assert (chip["kind"], chip["label"]) == ("dimension", f"Delivery: {row['label']}")
    assert not state["unsaved"]
    session.apply(do.RemoveFilter("p1", 0))
    everything = project.panels[0].tables[0].total()["Processed/sent"]
    assert everything > log["count"].sum()
    project.undo()
    assert project.panels[0].tables[0].total()["Processed/sent"] == log["count"].sum()
    # By its label, and with another report, whose own filters stay.
    other = dr.campaign.reports(data, delivery=f"  {row['label'].upper()} ", template="SMS report")
    assert [each.dimension for each in other.panels[0]._document.filters] == ["delivery", "messageType"]


def test_an_incomplete_delivery_says_so_while_it_is_in_scope(data: Dataset) -> None:
    late = next(each for each in objects.deliveries(data) if not each.complete and each.kind == "single")
    project = dr.campaign.reports(data, delivery=late.id, template="opens")

    def said() -> list[str]:
        notes = shell_state(project._session, page=False)["notes"]
        return [each for each in notes if each.startswith(f"Figures of {late.label} ({late.id}) are not")]

    assert len(said()) == 1
    project._session.apply(do.RemoveFilter("p1", 0))
    assert said() == []
    whole = next(each for each in objects.deliveries(data) if each.complete)
    notes = shell_state(dr.campaign.reports(data, delivery=whole.id)._session, page=False)["notes"]
    assert not any("not complete" in each for each in notes)


def test_default_periods(data: Dataset) -> None:
    one = objects.campaigns(data)[0]
    assert one.start is not None
    assert one.end is not None
    found = scope(data, campaign=one.id).period
    assert found is not None
    # Its last day is part of it: the end of a period is not.
    assert (found.start, found.end) == (str(one.start), str(one.end + dt.timedelta(days=1)))
    parent = next(each for each in objects.deliveries(data) if each.kind == "parent" and each.sent)
    assert parent.sent is not None
    assert parent.last is not None
    found = scope(data, delivery=parent.id).period
    assert found is not None
    assert (found.start, found.end) == (
        str(parent.sent.date()),
        str(parent.last.date() + dt.timedelta(days=7)),
    )
    program = objects.programs(data)[0]
    assert scope(data, program=program.label).filter.items == program.campaigns


def test_parents_stand_for_their_executions(data: Dataset) -> None:
    for kind in ("recurring", "transactional"):
        parent = next(each for each in objects.deliveries(data) if each.execution == kind)
        own = {each.id for each in objects.deliveries(data) if each.parent == parent.id}
        table = dr.campaign.reports(data, delivery=parent.id).panels[0].tables[0]
        shown = {label.rpartition("(")[2].rstrip(")") for label in table.frame().index}
        assert shown <= own
        assert shown


def test_names(data: Dataset) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean: DM1"):
        dr.campaign.reports(data, delivery="DM1")
    with pytest.raises(InvalidInputError, match="are called 'deleted'"):
        dr.campaign.reports(data, delivery="deleted")
    for given in ({}, {"delivery": "DM1010", "campaign": "CP201"}):
        with pytest.raises(InvalidInputError, match="Name one"):
            dr.campaign.reports(data, **given)
    with pytest.raises(DataError, match="no deliveries"):
        dr.campaign.reports(dr.Dataset(pd.DataFrame({"a": [1]})), delivery="DM1")


def test_people_of_a_unit_see_its_deliveries_only(data: Dataset) -> None:
    seen = dr.campaign.visible_to(data, "Europe")
    ids = {each.id for each in objects.deliveries(seen)}
    whole = {each.id: each for each in objects.deliveries(data)}
    assert ids < whole.keys()
    assert ids == set(seen.frame["delivery"].unique())
    for each in objects.deliveries(seen):
        assert each.label == whole[each.id].label
        assert each.channel == whole[each.id].channel
    with pytest.raises(UnknownNameError) as refused:
        dr.campaign.reports(seen, delivery=min(whole.keys() - ids))
    assert min(whole.keys() - ids) not in str(refused.value).split("Did you mean")[-1]
    table = dr.campaign.reports(seen, delivery=min(ids)).panels[0].tables[0]
    assert len(table.frame()) <= 1


def test_lists_follow_the_files(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    data = dr.campaign.load(tmp_path)
    before = {each.id: each.label for each in objects.deliveries(data)}
    rows = table(tmp_path, "deliveries")
    rows.loc[0, "label"] = "Another label"
    rows.to_parquet(tmp_path / "deliveries.parquet")
    assert {each.id: each.label for each in objects.deliveries(data)} == before
    data.refresh()
    after = {each.id: each.label for each in objects.deliveries(data)}
    assert after == before | {rows.loc[0, "name"]: "Another label"}
