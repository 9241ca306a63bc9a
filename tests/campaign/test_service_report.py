"""The summary of a service: its number, its table and its curves say the same as loops over the history."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import UnknownNameError
from tests.campaign.folders import Logs, write_parquet

NOW = pd.Timestamp.now(tz="UTC").floor("min")


@pytest.fixture
def folder(logs: Logs, tmp_path: Path) -> Path:
    """Ten people; two of them joined in the last hour, one of them left again; one left and came back."""
    logs.send("A", 1)
    (tmp_path / "logs").mkdir()
    root = write_parquet(tmp_path / "logs", logs.tables())
    rows = [(1, who, NOW - pd.Timedelta(days=200), 1) for who in range(8)]
    rows += [(1, 8, NOW - pd.Timedelta(minutes=50), 1), (1, 9, NOW - pd.Timedelta(minutes=40), 1)]
    rows += [(1, 9, NOW - pd.Timedelta(minutes=30), 0), (1, 9, NOW - pd.Timedelta(minutes=29), 0)]
    rows += [(1, 0, NOW - pd.Timedelta(days=3), 0), (1, 0, NOW - pd.Timedelta(days=2, hours=12), 1)]
    rows += [(2, 1, NOW - pd.Timedelta(minutes=10), 1)]
    names = ["service_id", "recipient_id", "event_date", "action"]
    pd.DataFrame(rows, columns=names).to_parquet(root / "subscriptions.parquet")
    services = pd.DataFrame({"service_id": [1, 2], "label": ["<News>", "Shop"]})
    services.to_parquet(root / "services.parquet")
    return root


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))


@pytest.mark.parametrize(("window", "came", "left"), [("6H", 2, 1), ("24H", 2, 1), ("1 week", 3, 2)])
def test_curves_and_table_agree(folder: Path, window: str, came: int, left: int) -> None:
    report = dr.campaign.service_report(dr.campaign.services(folder), "<News>", window)
    assert report.summary.subscribed == 9
    row = report.summary.table.loc[window]
    assert (row["Subscriptions"], row["Unsubscriptions"]) == (came, left)
    panel = report.project.panels[0]
    numbers = {each.title: each.value() for each in panel.charts if each.type == "summary number"}
    assert numbers == {"Subscriptions": came, "Unsubscriptions": left, "Evolution": came - left}
    figures = panel.tables[0].frame()
    assert figures["Number of subscriptions"].sum() == came
    line = next(each for each in panel.charts if each.type == "line")
    assert list(line.frame().columns) == ["Number of subscriptions", "Number of unsubscriptions"]
    assert line.frame()["Number of unsubscriptions"].sum() == left


def test_all_services_and_wrong_names(folder: Path) -> None:
    data = dr.campaign.services(folder)
    assert dr.campaign.service_report(data).summary.subscribed == 10
    with pytest.raises(UnknownNameError, match="window"):
        dr.campaign.service_report(data, window="24")
    with pytest.raises(UnknownNameError):
        dr.campaign.service_report(data, "Nobody")


def test_its_labels_are_text(folder: Path) -> None:
    page = dr.campaign.service_report(dr.campaign.services(folder), "<News>")._repr_html_()
    assert "&lt;News&gt;" in page
    assert "<News>" not in page
    assert "Number subscribed to date: <b>9</b>" in page
