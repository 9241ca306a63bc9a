"""The command line, as far as it does not serve (see publish/test_serve.py)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dynreports
from dynreports.campaign.demo_data import write
from dynreports.cli import main
from dynreports.project.model import DataReference, Project
from dynreports.project.storage import Storage
from dynreports.workspace.notebooks import notebook_of


def test_lists_saved_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    storage = Storage(tmp_path / "reports")
    storage.save("first", Project(title="First look", data=DataReference(name="demo")))
    (storage.folder / "broken.report.json").write_text("{")
    assert main(["list", "--folder", str(tmp_path)]) == 0
    broken, first = capsys.readouterr().out.splitlines()
    assert broken.startswith("broken  ")
    assert first.startswith("first ")
    assert first.endswith("First look")


def test_writes_new_reports_and_their_notebooks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    write(tmp_path / "data" / "campaign", recipients=60, deliveries=20, days=10)
    folder = ["--folder", str(tmp_path)]
    assert main(["new", "--template", "Opens", *folder]) == 0
    assert main(["new", "Отчёт", *folder]) == 0
    (tmp_path / "cities.csv").write_text("city,sold\nParis,1\n")
    assert main(["new", "Cities", "--data", str(tmp_path / "cities.csv"), *folder]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(f"opens-copy.report.json and {tmp_path / 'opens-copy.ipynb'}")
    storage = Storage(tmp_path / "reports")
    assert [(each.name, each.title) for each in storage.list()] == [
        ("cities", "Cities"),
        ("opens-copy", "Opens (Copy)"),
        ("отчёт", "Отчёт"),
    ]
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(storage.folder))
    assert dynreports.open("opens-copy").panels[0].tables[0].frame().shape[0] > 0
    assert dynreports.open("cities").data.fields
    assert notebook_of(storage, "cities") == tmp_path / "cities.ipynb"
    assert main(["new", "--template", "opnes", *folder]) == 1
    assert "Did you mean: opens" in capsys.readouterr().err


def test_lists_the_reports_that_ship(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--templates"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 13
    assert lines[0].startswith("delivery-summary ")


def test_lists_no_reports_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--folder", str(tmp_path)]) == 0
    assert "There are no saved reports in" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_command_and_module_give_the_version() -> None:
    for command in ([Path(sys.executable).with_name("dynreports")], [sys.executable, "-m", "dynreports"]):
        said = subprocess.run([*command, "--version"], check=True, capture_output=True, text=True).stdout
        assert said == f"dynreports {dynreports.__version__}\n"


def test_help_does_not_wait_for_pandas() -> None:
    code = "import sys, dynreports.cli; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_command_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "COMMAND" in capsys.readouterr().err
