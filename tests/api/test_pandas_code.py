"""The pandas code of a table runs alone and gives the figures of the screen."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, reject, settings

import dynreports as dr
from dynreports.api import figures
from dynreports.api.table import Table
from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import TableRequest
from dynreports.errors import DynReportsError
from dynreports.project.code.pandas_code import pandas_code
from dynreports.project.numbers import whole_columns
from dynreports.semantics.dataset import Dataset
from tests.engine import strategies
from tests.project.conftest import frame


def computed(code: str, df: pd.DataFrame | None = None) -> pd.DataFrame:
    scope: dict[str, object] = {} if df is None else {"df": df.copy()}
    exec(code, scope)
    found = scope["result"]
    assert isinstance(found, pd.DataFrame)
    return found


def check(table: Table, df: pd.DataFrame | None = None, at: object = ()) -> None:
    code = table.to_pandas_code(at=at)
    pd.testing.assert_frame_equal(computed(code, df), table.frame(at=at))


@given(strategies.tables() | strategies.calendars())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_table(data: tuple[pd.DataFrame, str, TableRequest]) -> None:
    raw, zone, request = data
    dataset = Dataset(raw, time="when" if raw["when"].notna().any() else None, timezone=zone, name="random")
    request = dataclasses.replace(request, series=None, block=dataclasses.replace(request.block, children=()))
    columns = [f"column {n}" for n, _ in enumerate(request.columns)]
    whole = whole_columns(request, dataset)
    rows = None if request.block.by is None else "Rows"
    try:
        result = planner.answer(request, engine_for(dataset))
    except DynReportsError:  # it asks for a column without values, say, which is left out of the data
        reject()
    code = pandas_code(request, dataset, columns, rows, "Random")
    pd.testing.assert_frame_equal(
        computed(code, dataset.frame), figures.frame(result, columns, whole, rows), obj=code
    )


def test_breakdowns_filters_and_pages() -> None:
    data = Dataset(
        frame(),
        name="events",
        timezone="Europe/Paris",
        as_of="2026-06-14",
        dimensions=[dr.Dimension("city", "City", missing="Nowhere")],
        metrics=[
            (dr.count(where=dr.field("event") == "open") / dr.distinct("who")).named("Rate", format="percent")
        ],
        segments=[dr.Segment("Mobile's\n“only”", where=dr.field("device") == "Mobile")],
    )
    project = dr.Project("Filters", data)
    panel = (
        project.panel("P", period=("2026-05-01", "2026-07-01"))
        .filter(metric="Rate")
        .filter(dimension="Event")
    )
    table = panel.table(
        rows="City",
        columns=["Rate", ("Records", {"segment": "Mobile's\n“only”"}), ("Records", {"period": "last month"})],
        sort="Records (Last month)",
        search="r",
        include_missing=False,
        limit=5,
        title="Title\nimport os; os.abort()  # '''",
    )
    table.break_down("Rome", by="Hour").break_down(("Rome", 1), by="Device", limit=5, search="mob")
    check(table, frame())
    check(table, frame(), at="Rome")
    check(table, frame(), at=("Rome", 1))
    empty = panel.table(columns=["Records", "Rate"])
    check(empty, frame())
    check(panel.table(rows="Week"), frame())


@pytest.mark.parametrize("form", ["csv", "semicolons", "parquet", "folder"])
def test_code_reads_the_file_itself(tmp_path: Path, form: str) -> None:
    df = frame()
    df["code"] = ["007", "NA", None, "1"] * 5
    df["amount"] = [1.5, None, 2.0, 3.25] * 5
    path = tmp_path / ("it's.parquet" if form == "parquet" else "it's.csv")
    match form:
        case "csv":
            df.to_csv(path, index=False)
        case "semicolons":
            df.to_csv(path, index=False, sep=";", decimal=",")
        case "parquet":
            df.to_parquet(path)
        case "folder":
            path = tmp_path / "parts"
            path.mkdir()
            df.iloc[:9].to_csv(path / "a.csv", index=False)
            df.iloc[9:].to_csv(path / "b.csv", index=False)
    project = dr.Project("File", dr.read(path))
    table = project.panel("P").table(rows="Code", columns=["Records", "Sum of amount", "Average amount"])
    table.break_down("007", by="Month")
    for at in ((), "007"):
        code = table.to_pandas_code(at=at) + "\nresult.to_pickle('result.pickle')\n"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
        pd.testing.assert_frame_equal(pd.read_pickle(tmp_path / "result.pickle"), table.frame(at=at))


def test_code_of_the_tutorial_form_works_on_the_raw_frame() -> None:
    raw = frame()
    raw["day"] = raw["ts"].dt.strftime("%Y-%m-%d")  # text that is read as dates
    data = Dataset(raw, name="events", time="ts")
    table = dr.Project("Raw", data).panel("P").table(rows="Day", columns=["Records"])
    check(table, raw)


def test_imports_pandas_only(dataset: Dataset) -> None:
    code = dr.Project("P", dataset).panel("P").table(rows="City", columns=["Open"]).to_pandas_code()
    assert [line for line in code.splitlines() if "import" in line] == ["import pandas as pd"]
