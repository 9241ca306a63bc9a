"""Files by the endings of their names: from Python and from the command line."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.api.table import Table
from dynreports.campaign import progress
from dynreports.cli import main
from dynreports.errors import InvalidInputError, StorageError
from dynreports.project import templates, tree


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dr.Project:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    pd.DataFrame({"town": ["Paris", "Lyon", "Paris"]}).to_csv(tmp_path / "data.csv", index=False)
    project = dr.Project("Towns", dr.read(tmp_path / "data.csv"))
    project.panel("All").table(rows="Town", columns=["Records"], title="Per town")
    return project


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
def test_the_ending_says_which_kind(project: dr.Project, tmp_path: Path) -> None:
    assert project.export(tmp_path / "towns.csv") == tmp_path / "towns.csv"
    assert (tmp_path / "towns.csv").read_bytes().startswith(b"\xef\xbb\xbfTowns\r\n")
    assert project.export(tmp_path / "t.html").read_bytes().startswith(b"<!doctype html>")
    (tmp_path / "t.html").unlink()
    project.export(str(tmp_path / "Towns 2.XLSX"))
    found = pd.read_excel(tmp_path / "Towns 2.XLSX", sheet_name="Per town", index_col=0)
    assert found["Records"].to_dict() == {"Total": 3, "Paris": 2, "Lyon": 1}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["Towns 2.XLSX", "data.csv", "towns.csv"]


def test_other_endings_are_refused_with_those_there_are(project: dr.Project, tmp_path: Path) -> None:
    said = r"'towns\.xls' ends with '\.xls'.*mean 'towns\.xlsx'.*Accepted: "
    with pytest.raises(InvalidInputError, match=said):
        project.export(tmp_path / "towns.xls")
    with pytest.raises(InvalidInputError, match=r"'towns' has no ending.*\.csv"):
        project.export(tmp_path / "towns")
    with pytest.raises(InvalidInputError, match="There is no folder"):
        project.export(tmp_path / "nowhere" / "towns.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InvalidInputError, match="is a folder"):
        project.export(tmp_path / "folder.csv")


def test_what_takes_over_a_second_shows_how_far_it_is(
    project: dr.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.export(tmp_path / "towns.csv")
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    project.export(tmp_path / "towns.xlsx")
    said = capsys.readouterr()
    assert "Writing towns.xlsx" in said.err
    assert "Writing towns.csv" not in said.err
    assert said.out == ""


def test_a_file_that_cant_be_written_is_as_it_was(
    project: dr.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "towns.csv"
    target.write_bytes(before := b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StorageError, match=r"towns\.csv was not written: No space left on device\."):
        project.export(target)
    assert target.read_bytes() == before
    assert [each.name for each in sorted(tmp_path.iterdir())] == ["data.csv", "towns.csv"]


def test_the_command_writes_a_saved_report(
    project: dr.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.save("towns of france")
    project.rename("Never saved")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    assert main(["export", "towns-of-france.csv", "--folder", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Wrote towns-of-france.csv\n"
    assert (out / "towns-of-france.csv").read_text("utf-8-sig").startswith("Towns\n")
    assert main(["export", "copy.xlsx", "--report", "Towns of France", "--folder", str(tmp_path)]) == 0
    assert (out / "copy.xlsx").read_bytes().startswith(b"PK")


def test_the_command_says_what_is_wrong(
    project: dr.Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.save("towns")
    assert main(["export", "town.csv", "--folder", str(tmp_path)]) == 1
    assert "Did you mean: towns?" in capsys.readouterr().err
    assert main(["export", "towns.doc", "--folder", str(tmp_path)]) == 1
    assert "Accepted: " in capsys.readouterr().err


@pytest.fixture(scope="module")
def mails() -> dr.Dataset:
    return dr.campaign.demo(recipients=400, deliveries=200, days=60, seed=3)


def _label(found: object) -> object:
    # Workbooks hold days as dates.
    return f"{found:%b} {found.day}, {found.year}" if isinstance(found, dt.datetime) else found


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
@pytest.mark.parametrize("id", [each.id for each in templates.everything()])
def test_every_report_that_ships_as_files(id: str, mails: dr.Dataset, tmp_path: Path) -> None:
    """Figures read back by pandas are those of the frames, bit by bit where a file holds all digits."""
    project = dr.template(id, mails)
    project.export(tmp_path / "report.xlsx")
    written = project.export(tmp_path / "report.csv").read_text("utf-8-sig")
    blocks = [part.split("\n", 1)[1] for part in written.split("\n\n") if part.startswith("Table,")]
    book = pd.read_excel(tmp_path / "report.xlsx", sheet_name=None, index_col=0, keep_default_na=False)
    _, *sheets = book.values()  # the first one tells what the report is about
    shown = [each for _, each in tree.tables(project._session.project) if not each.hidden]
    assert len(blocks) == len(sheets) == len(shown) > 0
    for table, block, sheet in zip(shown, blocks, sheets, strict=True):
        expected = Table(project._session, table.id).limit(400).frame()
        read = pd.read_csv(io.StringIO(block), index_col=0, keep_default_na=False)
        for found, most in ((read, 0.0), (sheet, 1e-15)):
            if not isinstance(expected.index, pd.DatetimeIndex):
                assert [_label(each) for each in found.index[1:]] == list(expected.index)
            figures = found.iloc[1:].reset_index(drop=True).replace("", None).astype(expected.dtypes)
            same = expected.reset_index(drop=True)
            pd.testing.assert_frame_equal(figures, same, check_names=False, rtol=most, atol=0.0)


def test_delivery_summary_as_a_page_is_small(mails: dr.Dataset, tmp_path: Path) -> None:
    project = dr.template("delivery-summary", mails)
    assert len(project.export(tmp_path / "summary.html").read_bytes()) < 3_000_000
