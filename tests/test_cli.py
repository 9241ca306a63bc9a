"""The command line, as far as it does not serve (see publish/test_serve.py)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dynreports
from dynreports.cli import main
from dynreports.project.model import DataReference, Project
from dynreports.project.storage import Storage


def test_lists_saved_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    storage = Storage(tmp_path / "reports")
    storage.save("first", Project(title="First look", data=DataReference(name="demo")))
    (storage.folder / "broken.report.json").write_text("{")
    assert main(["list", "--folder", str(tmp_path)]) == 0
    broken, first = capsys.readouterr().out.splitlines()
    assert broken.startswith("broken  ")
    assert first.startswith("first ")
    assert first.endswith("First look")


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
