"""Questions of the browser: answered in the reply, nothing changed; on pages only what may be seen."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.engine.watch import watching
from dynreports.semantics.dataset import Dataset
from dynreports.workspace import asking
from dynreports.workspace.controller import Workspace

HOSTILE = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", '<b>"x"</b>', "a,b", "line\nbreak", "x" * 700]
OPEN = dr.field("event") == "open"


@pytest.fixture
def data() -> Dataset:
    frame = pd.DataFrame(
        {
            "city": ["Paris", "Paris", "Lyon", "Lyon", None],
            "person": [1, 1, 1, 2, 3],
            "event": ["open", "open", "open", "open", "sent"],
            "when": pd.to_datetime(["2026-05-03", "2026-05-01", "2026-05-02", None, "2026-05-04"]),
            "price": [0.1 + 0.2, -5.0, None, 2.0, 1e20],
            "big": [2**60 + 1, 1, 2, 3, 4],
        }
    )
    unique = dr.distinct("person", where=OPEN, label="Unique opens")
    opens = dr.count(where=OPEN, label="Opens")
    rate = (unique / dr.count()).named("Rate", format="percent")
    return Dataset(frame, time="when", metrics=[unique, opens, rate], name="asked")


@pytest.fixture
def table(data: Dataset) -> Any:
    panel = dr.Project("Asked", data).panel("Panel", period=None)
    return panel.table(rows="City", columns=["Unique opens", "Opens", "Rate"])


@pytest.fixture
def workspace(table: Any) -> Workspace:
    workspace = Workspace(table._session)
    workspace.fill()
    return workspace


def ask(workspace: Workspace, verb: str, **fields: Any) -> Any:
    before = workspace.session.project
    reply = workspace.answer({"verb": verb, **fields})
    json.dumps(reply, allow_nan=False)
    assert workspace.session.project is before
    return reply["data"] if reply["ok"] else reply["error"]


def at(workspace: Workspace, column: int, *path: Any, place: str = "row") -> dict[str, Any]:
    (payload,) = (grid.payload for grid in workspace.grids.values())
    return {
        "table": payload["id"],
        "path": list(path),
        "column": payload["columns"][column]["id"],
        "place": place,
    }


def test_marks_stand_where_all_rows_do_not_add_up(workspace: Workspace, table: Any) -> None:
    (payload,) = (grid.payload for grid in workspace.grids.values())
    columns = [each["id"] for each in payload["columns"]]
    # Opens add up; person 1 opened in two cities; a rate never adds up, but for a table of one row.
    marks = ask(workspace, "adds_up", table=payload["id"])["marks"]
    assert marks == {payload["total"]["id"]: [columns[0], columns[2]]}
    table.limit(1)  # what is not on the page is a row all the same
    assert ask(workspace, "adds_up", table=payload["id"])["marks"] == marks
    table.search("paris", include_missing=False)
    assert ask(workspace, "adds_up", table=payload["id"])["marks"] == {}


def test_a_breakdown_has_marks_of_its_own(workspace: Workspace, table: Any) -> None:
    table.break_down("Paris", by="Day")
    (payload,) = (grid.payload for grid in workspace.grids.values())
    head = next(each["id"] for each in payload["rows"] if each["type"] == "total")
    marks = ask(workspace, "adds_up", table=payload["id"])["marks"]
    assert marks[head] == [payload["columns"][index]["id"] for index in (0, 2)]
    asked = at(workspace, 0, "Paris", place="total")
    del asked["place"]
    assert ask(workspace, "why", **asked)["sentence"] == "1 person is counted on several days, but once here."


def test_a_page_of_records(workspace: Workspace) -> None:
    found = ask(workspace, "records", **at(workspace, 0, place="total"), sort="when", limit=3)
    assert found["said"] == "4 rows, 2 people: the cell shows 2."
    assert found["fields"][0] == found["time"] == "when"
    assert [row[0][:10] for row in found["rows"]] == ["2026-05-01", "2026-05-02", "2026-05-03"]
    assert found["rows"][2][found["fields"].index("price")] == "0.30000000000000004"
    assert found["rows"][2][found["fields"].index("big")] == str(2**60 + 1)
    rest = ask(workspace, "records", **at(workspace, 0, place="total"), sort="when", limit=3, page=2)
    assert (rest["count"], [row[0] for row in rest["rows"]]) == (4, [""])


def test_the_sides_of_a_rate(workspace: Workspace) -> None:
    cell = at(workspace, 2, "Paris")
    whole = ask(workspace, "records", **cell)
    assert [each["part"] for each in whole["parts"]] == ["all", "numerator", "denominator"]
    assert whole["said"] == "2 rows: the cell shows 50.0%."
    part = ask(workspace, "records", **cell, part="numerator")
    assert part["said"] == "2 rows, 1 person: the numerator is 1, the cell shows 50.0%."


def test_files_come_in_pieces_and_hold_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"text": HOSTILE, "number": [-1.5, *range(9)]})
    panel = dr.Project("Hostile", frame).panel("Panel", period=None)
    workspace = Workspace(panel.table(rows="Text", columns=["Records"])._session)
    workspace.fill()
    monkeypatch.setattr(asking, "CHUNK", 3)
    cell, text, start = at(workspace, 0, place="total"), "", 0
    while start is not None:
        piece = ask(workspace, "records_file", **cell, start=start)
        text, start = text + piece["text"], piece["next"]
    lines = list(csv.reader(io.StringIO(text, newline="")))
    assert lines[0] == ["text", "number"]
    assert [line[0] for line in lines[1:]] == [
        f"'{each}" if each[0] in "=+-@\t\r" else each for each in HOSTILE
    ]
    # A number that is below zero is no formula, and the long text is whole.
    assert (lines[1][1], len(lines[-1][0])) == ("-1.5", 700)
    shown = ask(workspace, "records", **cell)["rows"]
    assert shown[0][0] == "=1+1"
    assert len(shown[-1][0]) == 501


def test_a_page_shows_no_records_unless_its_author_says_so(table: Any) -> None:
    for records, title in ((False, "That is not possible here"), (True, None)):
        page = Workspace(table._session, page=True, records=records)
        page.fill()
        assert page.shell.state["records"] is records
        for verb in ("records", "records_file"):
            assert ask(page, verb, **at(page, 0, place="total")).get("title") == title
        assert "sentence" in ask(page, "why", **{k: v for k, v in at(page, 0).items() if k != "place"})
    assert Workspace(table._session, page=True).shell.state["records"] is False
    assert Workspace(table._session).shell.state["records"] is True


def test_an_explanation_names_all_that_decides_a_figure(workspace: Workspace) -> None:
    lines = dict(ask(workspace, "explain", **at(workspace, 0, "Paris"))["lines"])
    assert lines["Unique opens"] == "1"
    assert lines["Stands for"] == "A row: City is Paris"
    assert lines["Formula"] == "distinct(person where event == 'open')"
    assert lines["Query"] == "distinct(person where city in ('Paris') and event == 'open')"
    assert lines["Counted from"] == "2 of 5 records, for this cell alone"
    assert lines["Period"] == "All dates"
    assert "records scanned" in lines["Last redraw"]
    assert "Search" not in lines


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": ["nowhere", "else"]},
        {"column": "c99"},
        {"place": "middle"},
        {"part": "top"},
        {"page": 0},
        {"limit": 401},
        {"sort": "nothing"},
        {"extra": 1},
    ],
)
def test_a_question_about_nothing_is_refused_in_words(workspace: Workspace, wrong: dict[str, Any]) -> None:
    error = ask(workspace, "records", **(at(workspace, 0, "Paris") | wrong))
    assert error["code"] == "refused"
    assert len(error["message"]) > 20


def test_what_gestures_cost_is_noted(workspace: Workspace, data: Dataset) -> None:
    cell = at(workspace, 1)
    workspace.answer({"verb": "sort", "table": cell["table"], "column": cell["column"], "descending": False})
    (last, *_) = ask(workspace, "performance")["gestures"]
    assert last["verb"] == "sort"
    assert last["queries"]
    assert all(each["cached"] + each["computed"] > 0 for each in last["queries"])
    # Nobody watches: nothing is noted, and nested watchers see the same queries.
    with watching() as outer:
        with watching() as inner:
            engine_for(data).answer(Query(None, OPEN))
        assert [each.query for each in outer] == [each.query for each in inner] == [Query(None, OPEN)]


def test_items_are_listed_by_their_records_in_the_period_of_the_panel(workspace: Workspace) -> None:
    def items(by: str, **fields: Any) -> list[tuple[Any, str]]:
        kind, _, id = by.partition(":")
        found = ask(workspace, "items", by={"kind": kind, "id": id}, **fields)
        return [(each["item"], each["records"]) for each in found["items"]]

    assert items("dimension:city") == [("Lyon", "2"), ("Paris", "2"), (None, "1")]
    panel = workspace.session.project.panels[0].id
    period = {"type": "fixed", "start": "2026-05-02", "end": "2026-05-04"}
    assert workspace.answer({"verb": "set_period", "panel": panel, "period": period})["ok"]
    # Over all dates N/A has a record, too; the record of Lyon without a date is in no period.
    assert items("dimension:city", panel=panel) == [("Lyon", "1"), ("Paris", "1")]
    assert items("dimension:city", panel=panel, text="par") == [("Paris", "1")]
    assert items("time:day", panel=panel) == [("2026-05-03", "1"), ("2026-05-02", "1")]
    assert not workspace.answer({"verb": "items", "by": {"kind": "dimension", "id": "city"}, "panel": "p99"})[
        "ok"
    ]
