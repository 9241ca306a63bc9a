"""What is sent to the browser has the form of the TypeScript contract, and figures unrounded elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import UnknownNameError
from dynreports.project import commands as do
from dynreports.project.model import AtPosition, DataReference, Project, SegmentFilter
from dynreports.project.session import Session
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.locales import ENGLISH
from dynreports.views import html, state
from dynreports.views import table as drawn
from dynreports.views.payload import row_id, to_wire
from tests.project.conftest import dataset, drop, frame

__all__ = ["dataset"]
CONTRACT = Path(__file__).parents[2] / "widgets" / "src" / "sync"


@pytest.fixture
def session(dataset: Dataset) -> Session:
    """City by Open, Click rate and People; Paris by Month, the second row by Device, closed."""
    session = Session(Project(title="Review", data=DataReference("events")), dataset)
    for command in (
        do.AddPanel(table=True),
        drop("dimension:city", do.OnRows("t2")),
        drop("metric:open metric:click-rate metric:people", do.OnColumns("t2")),
        drop("time:month", do.OnRow("t2", (("Paris",),))),
        drop("dimension:device", do.OnRow("t2", ((AtPosition(2),),))),
        do.CollapseBreakdown("t2", (AtPosition(2),), collapsed=True),
    ):
        session.apply(command)
    return session


def sent(session: Session) -> dict[str, Any]:
    table = session.project.panels[0].items[0]
    payload = drawn.payload(table, session.result("t2"), session.dataset, 1, ENGLISH)
    return json.loads(json.dumps(to_wire(payload), allow_nan=False))


def fields(name: str) -> set[str]:
    """Return the names of the fields of an interface in types.ts or table.ts."""
    text = "".join((CONTRACT / each).read_text(encoding="utf-8") for each in ("types.ts", "table.ts"))
    body = re.search(rf"export interface {name} (?:extends \w+ )?\{{(.*?)\}}\n", text, re.S)
    assert body is not None
    plain = re.sub(r"/\*.*?\*/|//[^\n]*|\{[^}]*\}", "", body[1], flags=re.S)
    return set(re.findall(r"(\w+)\??:", plain))


def test_forms_are_those_of_the_browser(session: Session) -> None:
    payload = sent(session)
    rows = payload["rows"]
    samples: dict[str, Any] = {
        "TablePayload": payload,
        "ColumnState": payload["columns"][0],
        "Settings": payload["columns"][0]["settings"],
        "BlockHead": payload["total"],
        "TotalCell": payload["total"]["cells"][0],
        "ItemRow": rows[0],
        "Cell": rows[0]["cells"][0],
        "ShellState": state.shell_state(session, page=False),
        "PanelState": state.shell_state(session, page=False)["panels"][0],
        "PeriodState": state.shell_state(session, page=False)["panels"][0]["period"],
        "PresetState": state.preset_states(session.dataset)[0],
    }
    for name, sample in samples.items():
        assert set(sample) == fields(name), name
    component = set(state.catalog_state(session.dataset)[0])
    assert component == fields("Component") | fields("Ref")
    head = next(row for row in rows if row["type"] == "total")
    assert set(head) == fields("BlockHead")


def test_rows_lie_under_their_parents(session: Session) -> None:
    payload = sent(session)
    shape = [(row["type"], row["depth"], row["label"], row.get("open")) for row in payload["rows"]]
    assert shape == [
        ("item", 0, "Paris", True),
        ("total", 1, "Month", None),
        ("item", 1, "May 2026", None),
        ("item", 0, "Rome", False),
        ("item", 0, "Nowhere", None),
    ]
    head = payload["rows"][1]
    assert (head["parent"], head["path"], head["limit"]) == ("Paris", ["Paris"], 5)
    assert [row["missing"] for row in payload["rows"] if row["type"] == "item"] == [False, False, False, True]
    assert [row["number"] for row in payload["rows"] if row["type"] == "item"] == [1, 1, 2, 3]


def test_cells_and_totals(session: Session) -> None:
    payload = sent(session)
    opens, rate, people = payload["total"]["cells"]
    table = dr.Project._of(session).panels[0].tables[0]
    total = table.total()
    assert opens["text"] == str(int(total["Open"]))
    assert opens["outOf"] == f"out of {int(total['Open'])}"
    assert rate["text"].endswith("%")
    assert "%" not in rate["outOf"]
    paris = payload["rows"][0]["cells"]
    assert paris[1]["percent"] is None
    assert paris[1]["bar"] is None
    figures = table.frame()
    assert paris[0]["bar"] == figures.loc["Paris", "Open"] / total["Open"]
    assert people["text"] == "10"
    assert len(opens["series"]) == 32
    assert (opens["first"], opens["last"]) == ("May 1", "Jun 1")


def test_out_of_a_breakdown_is_the_parent_row(session: Session) -> None:
    payload = sent(session)
    paris, head = payload["rows"][:2]
    assert head["cells"][0]["outOf"] == f"out of {paris['cells'][0]['text']}"


def test_ids_say_nothing_of_the_data() -> None:
    paths = [(True,), (1,), ("1",), (None,), ("None",), ("a", "b"), ("a,b",), ("x" * 10_000,), (2**60,)]
    ids = [row_id(path) for path in paths]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"r[0-9a-f]{18}", each) for each in ids)


def test_gone_components_leave_the_rest_to_be_drawn(session: Session) -> None:
    session.dataset = Dataset(frame(), name="less", infer=False, metrics=[dr.count(label="Records")])
    table = session.project.panels[0].items[0]
    failed = to_wire(drawn.failed(table, ValueError("boom"), session.dataset, 2))
    assert failed["status"] == "error"
    assert failed["error"] == {
        "title": "This table can't be computed.",
        "message": "boom",
        "details": "ValueError: boom",
    }
    assert [each["label"] for each in failed["columns"]] == ["Open", "Click rate", "People"]
    assert all(each["missing"] for each in failed["columns"])
    # What it was called, not its id; and the rows, which are gone, too, are a place to drop others on.
    with pytest.raises(UnknownNameError) as error:
        session.result("t2")
    failed = to_wire(drawn.failed(table, error.value, session.dataset, 2))
    assert "does not have “City”, “Open”, “Click rate” and “People” any more" in failed["error"]["message"]
    assert failed["rowsRef"] is None
    assert to_wire(drawn.loading(table, session.dataset, 3))["status"] == "loading"


def test_chips_say_what_is_filtered(session: Session, dataset: Dataset) -> None:
    panel = dr.Project._of(session).panels[0]
    panel.filter(segment="Early").filter(item=("City", ["Paris", "Nowhere"])).filter(dimension="Device")
    panel.filter(metric="Open")
    session.apply(do.AddColumn("t2", "open", (SegmentFilter("early"),)))
    chips = state.shell_state(session, page=False)["panels"][0]["chips"]
    assert [(each["kind"], each["label"]) for each in chips] == [
        ("segment", "Early"),
        ("dimension", "City: Paris, Nowhere"),
        ("dimension", "Device: any value"),
        ("metric", "Open"),
    ]
    [chip] = sent(session)["columns"][-1]["filters"]
    assert (chip["kind"], chip["label"]) == ("segment", "Early")


def test_periods_in_words(session: Session) -> None:
    session.apply(do.SetPeriod(None, dr.Project._of(session)._session.dataset.catalog.periods[6].period))
    period = state.shell_state(session, page=False)["panels"][0]["period"]
    assert period["start"].startswith("2026-")
    assert period["tomorrow"] is not None
    assert period["value"]["type"] == "rolling"


def test_empty_tables_have_a_place_to_drop(dataset: Dataset) -> None:
    session = Session(Project(title="E", data=DataReference("events")), dataset)
    session.apply(do.AddPanel(table=True))
    payload = sent(session)
    assert payload["total"] is None
    assert payload["rowsRef"] is None
    session.apply(drop("metric:open", do.OnColumns("t2")))
    assert sent(session)["total"]["cells"][0]["text"] != ""


def test_static_html_escapes_everything() -> None:
    hostile = ["<img src=x onerror=alert(1)>", '"quoted"', "'single'", "a&b"]
    data = Dataset(pd.DataFrame({"<b>": hostile}), metrics=[dr.count(label="<i>n</i>")], infer=True)
    session = Session(Project(title="<script>", data=DataReference("x")), data)
    session.apply(do.AddPanel(table=True, title="<p onclick=1>"))
    session.apply(do.Drop((Ref("dimension", data.catalog.dimensions[0].id),), do.OnRows("t2")))
    session.apply(do.Drop((Ref("metric", data.catalog.metrics[0].id),), do.OnColumns("t2")))
    session.apply(do.RenameItem("t2", "</caption><script>"))
    text = html.project(session)
    tags = set(re.findall(r"<(/?\w+)", text))
    assert tags <= {
        *("section", "/section", "h2", "/h2", "h3", "/h3", "p", "/p", "table", "/table", "caption"),
        *("/caption", "thead", "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th", "td", "/td", "b", "/b"),
        *("br", "small", "/small"),
    }
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
