"""Reports that ship, from Python: opening, saving as one's own, data that lacks something."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.campaign.demo_data import write
from dynreports.errors import InvalidInputError, RefusedError, UnknownNameError
from dynreports.project import layout, templates, tree
from dynreports.project.model import Chart, DataReference, Table
from dynreports.project.tiles import boxes
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.text import slug

IDS = [each.id for each in templates.everything()]
DATA = DataReference(name="demo")


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("logs") / "Lumen", recipients=600, deliveries=24, days=40)


@pytest.fixture(scope="module")
def data(logs: Path) -> Dataset:
    return dr.campaign.load(logs)


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("DYNREPORTS_USER", "ada")
    return tmp_path / "reports"


@pytest.mark.parametrize("id", IDS)
def test_documents(id: str, data: Dataset) -> None:
    found, document = templates.find(id), templates.document(id, DATA)
    assert slug(found.label) == id == slug(document.title) == templates.find(found.label).id
    assert set(found.next) <= set(IDS) - {id}
    assert found.description.endswith(".")
    assert found.answers.endswith("?")
    for panel, table in tree.tables(document):
        assert panel.title == document.title
        assert labels(panel.period) == "Last 30 days"
        for ref in (table.rows, *(Ref("metric", each.metric) for each in table.columns)):
            assert ref in data.catalog, ref
    for panel in document.panels:
        assert all(each.x + each.w <= 12 for each in boxes(panel.items).values())
        tables = [each for each in panel.items if isinstance(each, Table)]
        columns = {each.id: {one.id for one in each.columns} for each in tables}
        charts = [each for each in panel.items if isinstance(each, Chart)]
        for each in charts:
            assert each.source in columns
            assert each.lock is None or set(each.lock.columns) <= columns[each.source]
            # Numbers read the total, whatever rows are shown or chosen.
            assert (each.kind == "summary number") == (each.lock is not None and each.lock.total) or (
                each.title == "Messages per hour"
            )
        assert {each.id for each in tables if each.hidden} <= {each.source for each in charts}
    again = layout.parse(layout.render(document)).project
    assert again == document


def labels(period: object) -> str:
    from dynreports.project.labels import period as words

    return words(period)  # type: ignore[arg-type]


def test_thirteen_reports_in_the_order_of_the_list() -> None:
    assert [each.label for each in templates.everything()] == [
        "Delivery summary", "Bounce summary", "URLs and click streams", "Complaints",
        "Non-deliverables and bounces", "Breakdown by domains", "Push notification report", "In-App report",
        "SMS report", "Opens", "Tracking indicators", "Delivery throughput", "Unsubscriptions",
    ]  # fmt: skip


def test_names(data: Dataset) -> None:
    assert dr.template("Delivery Summary", data).title == "Delivery summary"
    with pytest.raises(UnknownNameError, match=r"no template named 'delivery-sumary'.*delivery-summary"):
        dr.template("delivery-sumary", data)


def test_saving_makes_a_report_of_ones_own(data: Dataset, reports: Path) -> None:
    project = dr.template("opens", data)
    assert not project._session.unsaved
    assert not reports.exists(), "looking at a template writes nothing"
    project.panels[0].tables[0].remove()
    assert project._session.unsaved
    for name in ("Opens", "delivery-summary"):
        with pytest.raises(RefusedError, match="can't be changed"):
            project.save(name)
    assert project.save() == reports / "opens-copy.report.json"
    assert project.title == "Opens (Copy)"
    again = dr.open("opens-copy")
    assert again == project
    assert (again._session.project.template, again._session.project.owner) == ("opens", "ada")
    assert len(dr.template("opens", data).panels[0].tables) == len(again.panels[0].tables) + 1
    # Going back before the save is a change of the copy: neither its title nor its owner go back.
    project.undo()
    assert (project.title, project._session.project.owner) == ("Opens (Copy)", "ada")
    project.save()
    assert dr.open("opens-copy").title == "Opens (Copy)"


def test_titles_of_copies(data: Dataset) -> None:
    project = dr.template("opens", data)
    project.save("What people read on")
    assert project.title == "What people read on"
    project.save_as("Again")
    assert (project.title, project.name) == ("Again", "again")
    project.rename("By hand")
    project.save_as("third")
    assert project.title == "By hand", "they said what to call it"
    mine = dr.template("opens", data)
    mine.rename("Mine")
    mine.save()
    assert (mine.title, mine.name) == ("Mine", "mine")
    with pytest.raises(InvalidInputError, match="letter"):
        dr.template("opens", data).save("🎉")


def test_data_without_some_of_it(logs: Path, tmp_path: Path) -> None:
    """No quarantine, no links, no app messages, no devices: each report opens and says what it lacks."""
    folder = tmp_path / "few"
    folder.mkdir()
    for name, gone in {
        "delivery_log": ["is_quarantine", "recipient_domain"],
        "tracking_log": ["url", "browser", "device", "action"],
        "deliveries": ["mobile_app"],
    }.items():
        frame = pd.read_parquet(logs / f"{name}.parquet").drop(columns=gone)
        frame.to_parquet(folder / f"{name}.parquet")
    data = dr.campaign.load(folder)
    summary = dr.template("delivery-summary", data)
    notice = summary._session.notice
    assert notice is not None
    assert "Quarantine" in notice
    assert "Recipient domain" in notice
    labels = [column for table in summary.panels[0].tables for column in table.columns]
    assert "Quarantine" not in labels
    assert labels.count("Delivered") == 2
    assert "Quarantine" not in [each.title for each in summary.panels[0].charts]
    for id in IDS:
        project = dr.template(id, data)
        for panel in project.panels:
            for table in panel.tables:
                table.frame()
            for chart in panel.charts:
                chart.summary()
    assert dr.template("unsubscriptions", data)._session.notice is None
    frames = dr.template("opens", dr.Dataset(pd.DataFrame({"city": ["Paris"]})))
    assert [panel.tables for panel in frames.panels] == [[]]
    assert frames._session.notice is not None


def test_templates_come_as_python(data: Dataset) -> None:
    for id in IDS:
        project = dr.template(id, data)
        scope: dict[str, object] = {}
        exec(project.to_python(), scope)
        assert scope["project"] == project
