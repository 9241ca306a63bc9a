"""Folders of logs: what they may look like, and what is said when something is missing or wrong."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import dynreports as dr
from dynreports.campaign.demo_data import write
from dynreports.campaign.demo_truth import ground_truth
from dynreports.errors import DataError, UnknownNameError
from dynreports.semantics.dataset import Dataset
from tests.campaign.folders import Logs, shown, write_csv, write_parquet

Load = Callable[[Logs], Dataset]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("demo") / "logs", recipients=3_000, end=date(2026, 6, 14))


def test_what_the_logs_lack_is_switched_off_and_said(simple: Logs, load: Load) -> None:
    data = load(simple)
    assert [each.label for each in data.catalog.dimensions] == ["Delivery", "Message Type", "URL Type"]
    assert [each.label for each in data.catalog.segments] == ["All recipients"]
    with pytest.raises(UnknownNameError):
        data.catalog.find("metric", "Quarantine")
    assert (
        "Switched off, as there is no is_quarantine in delivery_log: Quarantine, Quarantine rate."
        in data.notes
    )
    assert "Switched off, as there is no device in tracking_log: Device." in data.notes
    assert any(
        note.startswith("Switched off, as there is no birth_date in profiles: Age: ") for note in data.notes
    )


def test_a_column_without_values_is_as_one_that_is_not_there(simple: Logs, load: Load) -> None:
    simple.tracks[0]["device"] = None
    simple.other["profiles"] = [{"recipient_id": 2, "city": "Rome"}]  # of nobody who got anything
    notes = load(simple).notes
    assert "Switched off, as there is no device in tracking_log: Device." in notes
    assert "Switched off, as there is no city in profiles: City." in notes


def test_the_demo_lacks_nothing(demo: Path) -> None:
    data = dr.campaign.load(demo)
    (note,) = data.notes  # the logs end with the last day: what was sent in its week is not over
    assert note.startswith("Figures of 5 deliveries are incomplete, as logs are still arriving: ")
    assert not data.load_report
    assert (data.name, data.path, data.reader, data.time, data.timezone) == (
        "logs", demo, "campaign", "event_date", "UTC"
    )  # fmt: skip


def test_csv_and_parquet_give_the_same_figures(demo: Path, tmp_path: Path) -> None:
    for path in demo.glob("*.parquet"):
        table = pq.read_table(path)
        pd.DataFrame(table.to_pandas()).to_csv(tmp_path / f"{path.stem}.csv", index=False)
    columns = ["Processed/sent", "Delivered", "Open", "Unique opens", "Click", "Quarantine", "On denylist"]
    parquet, csv = dr.campaign.load(demo), dr.campaign.load(tmp_path)
    assert len(parquet.frame) == len(csv.frame)
    for rows in ("Delivery", "Recurring Delivery", "Device", "City", "Loyalty", "Gender", "Day"):
        assert shown(parquet, rows, columns) == shown(csv, rows, columns), rows
    segment = {"segments": ["Age: Less than 30"]}
    assert shown(parquet, "Day", columns, **segment) == shown(csv, "Day", columns, **segment)


def test_figures_equal_the_demos_ground_truth(demo: Path) -> None:
    truth = ground_truth({path.stem: pq.read_table(path) for path in demo.glob("*.parquet")})
    data = dr.campaign.load(demo)

    def rates(rows: str, metric: str) -> dict[str, float]:
        return {item: row[0] for item, row in shown(data, rows, [metric]).items()}

    bounces = rates("Recipient Domain", "Bounce + Error rate")
    for domain, rate in truth["bounce rate by recipient domain"].items():
        assert bounces[domain] == pytest.approx(rate, abs=1e-6)
    for effect, metric in (
        ("open rate by variant", "Open rate"),
        ("click through rate by variant", "Click through rate"),
    ):
        found = rates("Variant", metric)
        for variant, rate in truth[effect].items():
            assert found[variant] == pytest.approx(rate, abs=1e-6)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_may_be_a_folder_of_files(simple: Logs, tmp_path: Path, kind: str) -> None:
    (write_csv if kind == "csv" else write_parquet)(tmp_path, simple.tables())
    parts = tmp_path / "delivery_log"
    parts.mkdir()
    (tmp_path / f"delivery_log.{kind}").rename(parts / f"1.{kind}")
    shutil.copy(parts / f"1.{kind}", parts / f"2.{kind}")
    assert shown(dr.campaign.load(tmp_path), "Delivery", ["Delivered"])["total"] == (2,)


def test_a_log_without_rows(logs: Logs, load: Load) -> None:
    logs.send("A", 1)
    assert shown(load(logs), "Delivery", ["Delivered", "Open", "Open rate"])["total"] == (1, 0, 0)


def test_times_with_and_without_a_zone(simple: Logs, tmp_path: Path) -> None:
    write_parquet(tmp_path, simple.tables())
    tracks = pd.read_parquet(tmp_path / "tracking_log.parquet")
    tracks["event_date"] = pd.to_datetime(["2026-06-02 01:30"]).tz_localize("Europe/Paris")
    tracks.to_parquet(tmp_path / "tracking_log.parquet")
    assert shown(dr.campaign.load(tmp_path), "Day", ["Delivered", "Open"])["Jun 1, 2026"] == (1, 1)


def test_ids_match_whatever_they_are_stored_as(simple: Logs, tmp_path: Path) -> None:
    write_parquet(tmp_path, simple.tables())
    log = pa.table(pd.read_parquet(tmp_path / "delivery_log.parquet"))
    as_text = log.column("delivery_id").cast(pa.string()).dictionary_encode()
    pq.write_table(log.set_column(1, "delivery_id", as_text), tmp_path / "delivery_log.parquet")
    data = dr.campaign.load(tmp_path)
    assert data.frame["delivery"].tolist() == ["DM1", "DM1"]


def test_events_of_unknown_deliveries_are_said(simple: Logs, load: Load) -> None:
    simple.sends.append(simple.sends[0] | {"delivery_id": 77, "message_id": 78})
    simple.other["profiles"] = [{"recipient_id": 2}]
    data = load(simple)
    found = [
        (each.file.split(".")[0], each.column, each.problem, each.count, each.rows)
        for each in data.load_report
    ]
    assert ("delivery_log", "delivery_id", "Not in deliveries", 1, (2,)) in found
    assert ("delivery_log", "recipient_id", "Not in profiles", 2, (1, 2)) in found
    assert ("tracking_log", "recipient_id", "Not in profiles", 1, (1,)) in found
    assert shown(data, "Delivery", ["Delivered"]) == {"A (DM1)": (1,), "N/A": (1,), "total": (2,)}


def test_without_messages_nothing_ties_the_logs_together(simple: Logs, load: Load) -> None:
    simple.sends.append(simple.sends[0] | {"is_proof": True})
    del simple.tracks[0]["message_id"]
    (note,) = (each for each in load(simple).notes if "message_id" in each)
    assert note.endswith("is not known of opens and clicks, and those of proofs and seeds are counted.")


def test_refresh_reads_the_folder_again(simple: Logs, tmp_path: Path) -> None:
    data = dr.campaign.load(write_csv(tmp_path, simple.tables()))
    simple.track("A", 1, 2)
    write_csv(tmp_path, simple.tables())
    data.refresh()
    assert shown(data, "Delivery", ["Open"])["total"] == (2,)
    shutil.rmtree(tmp_path)
    with pytest.raises(DataError):
        data.refresh()
    assert shown(data, "Delivery", ["Open"])["total"] == (2,)


def test_what_is_missing_is_named(simple: Logs, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no folder"):
        dr.campaign.load(tmp_path / "nowhere")
    with pytest.raises(DataError, match=r"has no delivery_log. Accepted: delivery_log.parquet"):
        dr.campaign.load(tmp_path)
    del simple.sends[0]["status"]
    write_csv(tmp_path, simple.tables())
    with pytest.raises(DataError, match=r"has no column status. It has: message_id, "):
        dr.campaign.load(tmp_path)
    write_parquet(tmp_path, simple.tables())
    with pytest.raises(DataError, match=r"more than once: delivery_log.parquet, delivery_log.csv"):
        dr.campaign.load(tmp_path)


def test_the_demo_is_made_once_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(tmp_path))
    arguments = {"recipients": 50, "deliveries": 5, "days": 10, "seed": 3}
    data = dr.campaign.demo(**arguments)
    assert data.path is not None
    made = (data.path / "delivery_log.parquet").stat().st_mtime_ns
    again = dr.campaign.demo(**arguments)
    assert again.path == data.path
    assert (data.path / "delivery_log.parquet").stat().st_mtime_ns == made
    (data.path.parent / "made").write_text("of yesterday")
    time.sleep(0.01)
    assert dr.campaign.demo(**arguments).path == data.path
    assert (data.path / "delivery_log.parquet").stat().st_mtime_ns > made


def test_a_cache_that_can_not_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(tmp_path / "file"))
    with pytest.raises(DataError, match="Make it in a folder of your own"):
        dr.campaign.demo(recipients=50, deliveries=5, days=10)
