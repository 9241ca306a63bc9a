"""What is wrong with files of logs is counted, said once, and never an error that can be lived with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import dynreports as dr
from dynreports.campaign.report import LoadError
from dynreports.errors import DataError, UnknownNameError
from dynreports.semantics.dataset import Dataset
from tests.campaign.folders import Logs, Row, day, shown, write_csv, write_parquet

Load = Callable[[Logs], Dataset]


@pytest.mark.parametrize(
    ("table", "column", "value", "problem", "done", "sent"),
    [
        ("delivery_log", "is_proof", "perhaps", "Neither true nor false", "read as false", 3),
        ("delivery_log", "is_proof", 2, "Neither true nor false", "read as false", 3),
        ("delivery_log", "status", "posted", "Unknown codes; known are 1, 2", "left out", 2),
        ("delivery_log", "status", 3, "Unknown codes; known are 1, 2", "left out", 2),
        ("delivery_log", "status", 1.5, "Unknown codes; known are 1, 2", "left out", 2),
        ("delivery_log", "status", None, "No code", "left out", 2),
        ("delivery_log", "failure_type", 7, "Unknown codes; known are 0, 1, 2", "read as 0, ignored", 3),
        ("delivery_log", "failure_reason", 77, "Unknown codes; known are 0, 1", "kept, and shown by", 3),
        ("delivery_log", "count", 5, "Unknown codes; known are 1, -1", "read as 1", 3),
        ("delivery_log", "event_date", "01/02/2026", "Unreadable dates", "left out", 2),
        ("delivery_log", "event_date", None, "No date", "left out", 2),
        ("delivery_log", "segment_code", "x" * 65, "Longer than 64 characters", "cut", 3),
        ("tracking_log", "event_date", "soon", "Unreadable dates", "left out", 3),
        ("tracking_log", "tracking_url_type", 99, "Unknown codes; known are 1, 2", "kept, but counted in", 3),
        ("tracking_log", "action", "poke", "Unknown codes; known are impression", "kept, but counted in", 3),
        ("tracking_log", "message_id", 5, "Not in delivery_log", "kept, without what only", 3),
        ("tracking_log", "delivery_id", 5, "Not in deliveries", "kept, shown as N/A", 3),
        ("deliveries", "message_type", "pigeon", "Unknown codes; known are email", "kept as they are", 3),
        ("deliveries", "execution_type", "twice", "Unknown codes; known are single", "read as not told", 3),
        ("deliveries", "state", 3, "Unknown codes; known are 0, 45", "kept, but taken for finished", 3),
        ("deliveries", "sent_date", "soon", "Unreadable dates", "left empty", 3),
        ("deliveries", "campaign_id", 9, "Not in campaigns", "kept, shown as N/A under Campaign", 3),
        ("profiles", "gender", 5, "Unknown codes; known are 0, 1, 2", "read as not told", 3),
        ("profiles", "birth_date", "1980-02-30", "Unreadable dates", "left empty", 3),
        ("profiles", "recipient_id", 2, "Listed more than once", "the first row was used", 3),
        ("subscriptions", "action", 7, "Unknown codes; known are 0, 1", "left out", 3),
        ("subscriptions", "service_id", 7, "Not in services", "kept, counted for no service", 3),
    ],
)  # fmt: skip
def test_what_is_wrong_is_counted_and_reported_once(
    logs: Logs, tmp_path: Path, table: str, column: str, value: object, problem: str, done: str, sent: int
) -> None:
    tables = whole_folder(logs)
    tables[table][1] = tables[table][1] | {column: value}
    for name, file in (("csv", write_csv), ("mixed", write_parquet)):
        (tmp_path / name).mkdir()
        if name == "mixed":  # Parquet knows types: what is wrong makes a column of text
            for row in tables[table]:
                row[column] = None if row.get(column) is None else str(row[column])
        data = dr.campaign.load(file(tmp_path / name, tables))
        (found,) = (
            each for each in data.load_report if each.column == column and each.file.startswith(f"{table}.")
        )
        assert found.problem.startswith(problem)
        assert found.done.startswith(done)
        assert (found.count, found.rows) == (1, (2,))
        assert shown(data, "Delivery", ["Processed/sent"])["total"] == (sent,)
        assert sum("Loading found problems in " in note for note in data.notes) == 1


def whole_folder(logs: Logs) -> dict[str, list[Row]]:
    """Return tables of two or three rows each, in which nothing is wrong."""
    for label in ("A", "B"):
        logs.delivery(label, campaign_id=4, execution_type="single", state=95, sent_date=day(1))
    for person in (1, 2, 3):
        logs.send("A", person, is_proof=False, count=1, segment_code="x", device_app_id=None)
        logs.track("A", person, 2, action=None)
    logs.other = {
        "campaigns": [{"campaign_id": 4, "name": "C4", "label": "Spring"}],
        "profiles": [{"recipient_id": n, "gender": 1, "birth_date": "1980-01-01"} for n in (2, 1, 3)],
        "services": [{"service_id": 1, "label": "News"}],
        "subscriptions": [
            {"service_id": 1, "recipient_id": n, "event_date": day(1), "action": 1} for n in (1, 2)
        ],
    }
    assert logs.other["profiles"][1]["recipient_id"] == 1
    return logs.tables()


def test_nothing_wrong_reports_nothing(logs: Logs, tmp_path: Path) -> None:
    data = dr.campaign.load(write_csv(tmp_path, whole_folder(logs)))
    assert not [each for each in data.load_report if each.count]
    assert not any("problems" in note for note in data.notes)


def test_the_report_is_text_html_and_a_frame(simple: Logs, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    simple.sends += [simple.sends[0] | {"status": evil}] * 5
    report = dr.campaign.load(write_csv(tmp_path, simple.tables())).load_report
    text = str(report)
    assert re.search(r"delivery_log.csv +status +Unknown codes; known are 1, 2 +5 +2, 3, 4, …", text)
    assert text.splitlines()[0].split() == [
        "file", "column", "problem", "rows", "first", "rows", "examples", "what", "was", "done"
    ]  # fmt: skip
    assert evil not in report._repr_html_()
    assert "&lt;img" in report._repr_html_()
    frame = report.to_frame()
    assert list(frame) == ["file", "column", "problem", "rows", "first_rows", "examples", "done"]
    row = frame[frame["column"] == "status"].iloc[0]
    assert (row["file"], row["rows"], row["first_rows"], row["done"]) == (
        "delivery_log.csv", 5, (2, 3, 4), "left out"
    )  # fmt: skip
    assert any(each.done == "switched off: Device" for each in report)


def test_everything_that_is_missing_is_said_at_once(simple: Logs, tmp_path: Path) -> None:
    for row in simple.sends:
        row["Status"] = row.pop("status")
    folder = write_csv(tmp_path, simple.tables())
    (folder / "deliveries.csv").unlink()
    with pytest.raises(DataError) as caught:
        dr.campaign.load(folder)
    message = str(caught.value)
    assert "2 things keep this folder from being loaded" in message
    assert "has no deliveries. Accepted: deliveries.parquet" in message
    assert "Is it 'Status'? Then load with columns={'delivery_log': {'status': 'Status'}}." in message
    assert isinstance(caught.value, LoadError)
    assert len(caught.value.report) == 2
    # A notebook shows the message alone: the fault is in the files.
    assert caught.value._render_traceback_() == [f"LoadError: {message}"]


def test_a_table_that_may_be_missing_and_lacks_a_column_is_left_out(simple: Logs, tmp_path: Path) -> None:
    simple.deliveries["A"]["campaign_id"] = 4
    simple.other["campaigns"] = [{"campaign_id": 4, "label": "Spring"}]
    data = dr.campaign.load(write_csv(tmp_path, simple.tables()))
    (found,) = (each for each in data.load_report if each.column == "name")
    assert (found.file, found.done) == ("campaigns.csv", "the table is left out")
    assert "Campaign" not in [each.label for each in data.catalog.dimensions]


def test_columns_may_have_other_names(simple: Logs, tmp_path: Path) -> None:
    names = {"event_date": "logDate", "status": "iStatus", "cus_tier": "tier"}
    renamed = {ours: theirs for ours, theirs in names.items() if ours != "cus_tier"}
    simple.sends = [{renamed.get(key, key): value for key, value in row.items()} for row in simple.sends]
    simple.sends = [row | {"tier": "gold"} for row in simple.sends]
    folder = write_csv(tmp_path, simple.tables())
    data = dr.campaign.load(folder, columns={"delivery_log": names})
    assert shown(data, "Tier", ["Delivered", "Open"]) == {"gold": (1, 1), "total": (1, 1)}
    for wrong, message in (
        ({"delivery_logs": {}}, "no table named 'delivery_logs'. Did you mean: delivery_log"),
        ({"delivery_log": {"stats": "x"}}, "no column of delivery_log named 'stats'. Did you mean: status"),
        ({"delivery_log": names | {"status": "istats"}}, "named 'istats'. Did you mean: iStatus"),
        ({"delivery_log": names | {"variant": "varient"}}, "no column of delivery_log named 'varient'"),
    ):
        with pytest.raises(UnknownNameError, match=message):
            dr.campaign.load(folder, columns=wrong)


def test_codes_as_the_platform_writes_them(logs: Logs, load: Load) -> None:
    logs.delivery("A", message_type=0, execution_type=1, parent_name="R1", parent_label="Digest")
    logs.delivery("B", message_type=40, execution_type=0, parent_name=None, parent_label=None)
    logs.send("A", 1)
    logs.send("B", 2)
    logs.track("B", 2, None, action=1)
    data = load(logs)
    assert shown(data, "Message Type", ["Delivered", "Open"]) == {
        "Email": (1, 0),
        "Push notification": (1, 1),
        "total": (2, 1),
    }
    assert shown(data, "Recurring Delivery", ["Delivered"])["Digest (R1)"] == (1,)
    assert not [each for each in data.load_report if each.count]
