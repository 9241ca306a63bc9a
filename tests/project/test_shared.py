"""Metrics and segments in the catalog of the data: for everybody, beside the reports."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import ConflictError, DynReportsError, RefusedError, StorageError
from dynreports.semantics.component import Ref

EARLY = dr.field("age") < 30


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    path = tmp_path / "people.csv"
    pd.DataFrame({"city": list("aabbb"), "age": [20, 40, 25, 28, 60], "euros": [1, 2, 3, 4, 5]}).to_csv(
        path, index=False
    )
    return path


def report(file: Path, title: str = "One") -> dr.Project:
    project = dr.Project(title, dr.read(str(file)))
    project.panel("Panel")
    return project


def metric(project: dr.Project) -> pd.Series:
    table = project.panels[0].table(rows="City", columns=["Twice"])
    found: pd.Series = table.frame()["Twice"]
    return found


def test_what_one_shares_another_uses(file: Path) -> None:
    one, other = report(file), report(file, "Other")
    one.add_metric("Twice", "[Records] * 2", shared=True)
    one.add_segment("Early", EARLY, shared=True)
    assert one.catalog_file == file.with_name("people.csv.catalog.json")
    assert metric(one).to_dict() == {"b": 6, "a": 4}
    assert not one._session.project.metrics
    with pytest.raises(DynReportsError):
        metric(other)
    other.refresh()
    assert metric(other).to_dict() == {"b": 6, "a": 4}
    # And whoever reads the data anew, in reports that were saved as well.
    other.panels[0].filter(segment="Early")
    other.save("other")
    again = dr.open("other")
    assert again.panels[0].tables[0].frame()["Twice"].to_dict() == {"b": 4, "a": 2}


def test_it_is_no_step_of_undo(file: Path) -> None:
    project = report(file)
    before = project._session.undo_label
    project.add_metric("Twice", "[Records] * 2", shared=True)
    assert project._session.undo_label == before
    assert json.loads(project.catalog_file.read_text())["metrics"][0]["label"] == "Twice"


def test_data_without_a_path_has_a_catalog_by_its_name(tmp_path: Path, file: Path) -> None:
    frame = pd.DataFrame({"city": list("ab")})
    dr.Project("One", dr.Dataset(frame, name="bound")).add_metric("Twice", "[Records] * 2", shared=True)
    other = dr.Project("Other", dr.Dataset(frame, name="bound"))
    assert other.catalog_file == tmp_path / "reports" / "bound.catalog.json"
    assert other.panel("P").table(rows="City", columns=["Twice"]).total()["Twice"] == 4
    stranger = dr.Project("Third", dr.Dataset(frame, name="else"))
    with pytest.raises(DynReportsError):
        stranger.panel("P").table(rows="City", columns=["Twice"])


def test_two_who_share_at_the_same_time_lose_nothing(file: Path) -> None:
    one, other = report(file), report(file, "Other")
    one.add_metric("Twice", "[Records] * 2", shared=True)
    other.add_metric("Thrice", "[Records] * 3", shared=True)
    assert [each["label"] for each in json.loads(one.catalog_file.read_text())["metrics"]] == [
        "Twice", "Thrice",
    ]  # fmt: skip
    # A name that somebody else took meanwhile is taken.
    with pytest.raises(RefusedError, match="already"):
        one.add_metric("thrice", "[Records] * 4", shared=True)


def change(project: dr.Project, formula: str) -> None:
    from dynreports.project import commands as do

    project._session.apply(do.SaveMetric("twice", "Twice", formula, shared=True))


def test_what_somebody_else_changed_is_not_overwritten(file: Path) -> None:
    one, other = report(file), report(file, "Other")
    one.add_metric("Twice", "[Records] * 2", shared=True)
    other.refresh()
    change(one, "[Records] + [Records]")
    with pytest.raises(ConflictError, match="changed it"):
        change(other, "[Records] * 5")
    other.refresh()
    change(other, "[Records] * 5")
    one.refresh()
    one.delete("Twice")
    with pytest.raises(RefusedError, match="deleted it"):
        change(other, "[Records] * 6")


def test_a_shared_metric_needs_nothing_of_one_report(file: Path) -> None:
    project = report(file)
    project.add_metric("Mine", "[Records] * 2")
    with pytest.raises(DynReportsError, match="Mine"):
        project.add_metric("Ours", "[Mine] + 1", shared=True)
    assert not project.catalog_file.exists() or not json.loads(project.catalog_file.read_text())


def test_one_of_the_report_moves_to_the_catalog_and_stays_where_it_is_used(file: Path) -> None:
    project = report(file)
    project.add_metric("Twice", "[Records] * 2")
    before = metric(project)
    change(project, "[Records] * 2")
    assert not project._session.project.metrics
    assert project.panels[0].tables[0].frame()["Twice"].equals(before)
    # Undo brings the report's own one back, which goes before the shared one.
    project.undo()
    assert [each.label for each in project._session.project.metrics] == ["Twice"]
    assert project._session.live.shared.content.find(Ref("metric", "twice")) is not None


def test_what_is_used_here_is_not_deleted(file: Path) -> None:
    project = report(file)
    project.add_metric("Twice", "[Records] * 2", shared=True)
    project.add_metric("Four times", "[Twice] * 2", shared=True)
    with pytest.raises(RefusedError, match="Four times"):
        project.delete("Twice")
    project.delete("Four times")
    metric(project)
    with pytest.raises(RefusedError, match="the table"):
        project.delete("Twice")


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"metrics": [{"id": 1}]}', '{"schema": 99}', '{"surprise": 1}', "\udcff"]
)
def test_a_broken_catalog_is_said_and_left_alone(file: Path, content: str) -> None:
    path = file.with_name("people.csv.catalog.json")
    path.write_bytes(content.encode(errors="surrogateescape"))
    before = path.read_bytes()
    project = report(file)
    assert any("catalog" in each for each in project._session.problems)
    assert project.panels[0].table(rows="City", columns=["Records"]).total()["Records"] == 5
    with pytest.raises(DynReportsError, match="catalog"):
        project.add_metric("Twice", "[Records] * 2", shared=True)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = report(file)

    def fail(*_: object, **__: object) -> None:
        raise StorageError("No space left.")

    monkeypatch.setattr("dynreports.project.atomic.write", fail)
    with pytest.raises(StorageError):
        project.add_metric("Twice", "[Records] * 2", shared=True)
    assert not project._session.live.shared.content.metrics


def test_pages_have_what_is_shared(file: Path) -> None:
    project = report(file)
    project.add_metric("Twice", "[Records] * 2", shared=True)
    metric(project)
    page = project.page()
    page.fill()
    assert next(iter(page.grids.values())).payload["total"]["cells"][0]["text"] == "10"


def test_a_quick_segment_is_one_step(file: Path) -> None:
    from dynreports.project import commands as do

    project = report(file)
    table = project.panels[0].table(rows="City", columns=["Records"])
    panel = project._session.project.panels[0].id
    project._session.apply(do.SaveSegment(None, "Early", EARLY, panel=panel))
    assert project._session.undo_label == "Filter Panel by Early"
    assert table.total()["Records"] == 3
    project.undo()
    assert table.total()["Records"] == 5
    assert not project._session.project.segments
    project._session.apply(do.SaveSegment(None, "Early", EARLY, shared=True, panel=panel))
    assert table.total()["Records"] == 3
    project.undo()
    assert table.total()["Records"] == 5
    assert project._session.live.shared.content.segments
