"""New batches, old events, deliveries that are not over, and columns that are read late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import dynreports as dr
from dynreports.campaign.demo_data import write as write_demo
from dynreports.campaign.loading import Reader
from dynreports.errors import DataError, InvalidInputError
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.lazy import LazyFrame
from tests.campaign.folders import Logs, day, shown, write_csv, write_parquet

Load = Callable[[Logs], Dataset]


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_a_new_batch_is_shown_without_reading_the_rest_again(
    simple: Logs, tmp_path: Path, write: Callable[..., Path]
) -> None:
    folder = write(tmp_path, simple.tables())
    data = dr.campaign.load(folder)
    reader = data._source
    assert isinstance(reader, Reader)
    before = {part.path: part.reads for part in reader.folder._parts.values()}
    shown(data, "Delivery", ["Open"])
    second = Logs()
    second.deliveries = simple.deliveries
    second._messages = {("A", 2): 2000}
    second.send("A", 2, cus_tier="gold")
    second.track("A", 2, 2, at=2, times=2)
    second.track("A", 1, 1, at=2, message_id=1000)  # a click on a message of the first batch
    (tmp_path / "new").mkdir()
    for file in write(
        tmp_path / "new", {"delivery_log": second.sends, "tracking_log": second.tracks}
    ).iterdir():
        file.rename(folder / f"{file.stem}-2026-06-02{file.suffix}")
    data.refresh()
    assert shown(data, "Delivery", ["Delivered", "Open", "Click"])["total"] == (2, 3, 1)
    assert shown(data, "Tier", ["Delivered"]) == {"N/A": (1,), "gold": (1,), "total": (2,)}
    after = {part.path: part.reads for part in reader.folder._parts.values()}
    assert {path: after[path] for path in before} == before
    assert len(after) == len(before) + 2
    data.refresh()
    assert {part.path: part.reads for part in reader.folder._parts.values()} == after
    simple.track("A", 1, 2)
    write(folder, {"tracking_log": simple.tracks})  # a changed file is read again, and only it
    data.refresh()
    assert shown(data, "Delivery", ["Open"])["total"] == (4,)
    last = {part.path: part.reads for part in reader.folder._parts.values()}
    assert [path.stem for path in last if last[path] != after[path]] in ([], ["tracking_log"])


def test_old_events_are_left_out_with_a_note(logs: Logs, tmp_path: Path) -> None:
    logs.send("A", 1, at=1 - 366 * 3)  # the day before the three years: one of them has 366 days
    logs.send("A", 2, at=1 - 365 * 3)
    logs.send("A", 3, at=1)
    logs.track("A", 1, 2, at=1 - 366 * 3)
    folder = write_csv(tmp_path, logs.tables())
    data = dr.campaign.load(folder)
    assert shown(data, "Delivery", ["Delivered", "Open"])["total"] == (2, 0)
    (note,) = (each for each in data.notes if "left out" in each)
    assert note.startswith("2 events before Jun 1, 2023 are left out: reports keep 3 years.")
    assert shown(dr.campaign.load(folder, retention=None), "Delivery", ["Delivered"])["total"] == (3,)
    assert shown(dr.campaign.load(folder, retention=0.5), "Delivery", ["Delivered"])["total"] == (1,)
    with pytest.raises(InvalidInputError, match="retention must be a number of years above 0"):
        dr.campaign.load(folder, retention=0)


def test_deliveries_whose_logs_are_still_arriving_are_named(logs: Logs, load: Load) -> None:
    logs.delivery("Old", sent_date=day(1), state=95)
    logs.delivery("Week", sent_date=day(14), state=95)
    logs.delivery("Long", sent_date=day(1), state=55)
    logs.delivery("Template", sent_date=None, state=0, is_template=True)
    logs.send("Old", 1)
    logs.send("Week", 1, at=20)
    (note,) = (each for each in load(logs).notes if "incomplete" in each)
    assert note == (
        "Figures of 2 deliveries are incomplete, as logs are still arriving: Week (DM2), Long (DM3)."
    )


def test_columns_that_nobody_asked_for_are_not_made(tmp_path: Path) -> None:
    data = dr.campaign.load(write_demo(tmp_path / "logs", recipients=300, end=date(2026, 6, 14)))
    assert isinstance(data.content, LazyFrame)
    shown(data, "Delivery", ["Processed/sent", "Unique opens"])
    assert not {"url", "browser", "city", "age"} & set(data.content.made)
    assert {"url", "browser", "city", "age"} <= set(data.frame)


def test_a_file_that_is_replaced_or_deleted_is_still_readable_and_an_overwritten_one_says_so(
    simple: Logs, tmp_path: Path
) -> None:
    simple.tracks[0]["browser"] = "Firefox"
    for change in ("delete", "overwrite"):
        folder = tmp_path / change
        folder.mkdir()
        data = dr.campaign.load(write_parquet(folder, simple.tables()))
        path = folder / "tracking_log.parquet"
        if change == "delete":
            path.unlink()
            assert shown(data, "Browser", ["Open"])["Firefox"] == (1,)
        else:
            path.write_bytes(b"PAR1 something else")
            with pytest.raises(DataError, match="was changed after it was loaded"):
                shown(data, "Browser", ["Open"])


def test_many_files_are_read_at_once_and_closed(
    simple: Logs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dynreports.campaign.folders._MOST_OPEN", 2)
    simple.tracks[0]["browser"] = "Firefox"
    data = dr.campaign.load(write_parquet(tmp_path, simple.tables()))
    (tmp_path / "tracking_log.parquet").write_bytes(b"")
    assert shown(data, "Browser", ["Open"])["Firefox"] == (1,)


def test_progress_is_shown_when_it_takes_a_second(
    simple: Logs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_csv(tmp_path, simple.tables())
    dr.campaign.load(folder)
    monkeypatch.setattr("dynreports.campaign.progress._PATIENCE", -1)
    dr.campaign.load(folder)
    assert "Reading logs" in capsys.readouterr().err
