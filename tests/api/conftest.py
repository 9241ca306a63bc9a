"""The small dataset of the project tests, and reports that are saved in a folder of the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.conftest import dataset, frame

__all__ = ["dataset", "frame", "reports"]


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that reports are saved in."""
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    return tmp_path / "reports"
