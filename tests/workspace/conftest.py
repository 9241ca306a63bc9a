"""A workspace over the small dataset of the project tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import dynreports as dr
from dynreports.semantics.dataset import Dataset
from dynreports.workspace.controller import Workspace
from tests.project.conftest import dataset

__all__ = ["dataset", "project", "workspace"]


@pytest.fixture
def project(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dr.Project:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    return dr.explore(dataset)


@pytest.fixture
def workspace(project: dr.Project) -> Workspace:
    workspace = project._workspace()
    workspace.fill()
    return workspace
