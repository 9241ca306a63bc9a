"""Folders of campaign logs in both kinds of file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import dynreports as dr
from dynreports.semantics.dataset import Dataset
from tests.campaign.folders import Logs, write_csv, write_parquet


@pytest.fixture
def logs() -> Logs:
    return Logs()


@pytest.fixture
def simple(logs: Logs) -> Logs:
    """One message that was opened."""
    logs.send("A", 1)
    logs.track("A", 1, 2)
    return logs


@pytest.fixture(params=[write_csv, write_parquet], ids=["csv", "parquet"])
def load(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Logs], Dataset]:
    """Load logs through a folder: everything that holds for Parquet holds for CSV."""
    return lambda logs: dr.campaign.load(request.param(tmp_path, logs.tables()))
