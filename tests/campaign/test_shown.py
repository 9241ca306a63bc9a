"""The worked examples of the reference that are about how cells look: percentages, bars and colours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import dynreports as dr
from dynreports.api.table import Table
from tests.campaign.folders import Logs, write_parquet

OPEN, CLICK = 2, 1


def cells(project: dr.Project, table: Table) -> dict[str, list[dict[str, Any]]]:
    """Return the cells of every row as the browser draws them."""
    workspace = project._workspace()
    workspace.fill()
    return {row["label"]: row["cells"] for row in workspace.grids[table._id].payload["rows"]}


def table_of(logs: Logs, folder: Path, columns: list[str]) -> tuple[dr.Project, Table]:
    project = dr.Project("Examples", dr.campaign.load(write_parquet(folder, logs.tables())))
    return project, project.panel("One").table(rows="Delivery", columns=columns)


def test_e14_percentages_and_bars(logs: Logs, tmp_path: Path) -> None:
    for delivery, people in {"A": 4, "B": 4, "C": 8}.items():
        for person in range(people):
            logs.send(delivery, f"{delivery}{person}")
    logs.track("A", "A0", CLICK, times=2)
    logs.track("A", "A1", CLICK)
    logs.track("B", "B0", CLICK)
    project, table = table_of(logs, tmp_path, ["Click", "Click through rate"])
    table.column("Click through rate").settings(percent=True, background="bar")
    found = cells(project, table)
    assert [cell["percent"] for cell in found["A"]] == ["75.0%", "266.7%"]
    assert [cell["percent"] for cell in found["B"]] == ["25.0%", "133.3%"]
    # The rate of all is 18.75 %, not 25 %, the mean of the rows: both bars are full.
    assert [found[each][1]["bar"] for each in "ABC"] == [1, 1, 0]
    assert found["A"][0]["bar"] == 0.75


def test_e14_percentages_by_row(logs: Logs, tmp_path: Path) -> None:
    logs.send("A", 1)
    logs.track("A", 1, CLICK, times=3)
    logs.track("A", 1, OPEN, times=9)
    project, table = table_of(logs, tmp_path, ["Click", "Open", "Open rate"])
    table.column("Open rate").settings(percent=True)
    table.settings(percent_of="row")
    # A rate is no part of a row.
    assert [cell["percent"] for cell in cells(project, table)["A"]] == ["25.0%", "75.0%", None]


@pytest.mark.parametrize(
    ("limits", "heat"),
    [
        (None, (1.0, -1.0)),
        ((461, 200, 0), ((458 - 200) / 261, 3 / 200 - 1)),
    ],
)
def test_e15_colours(
    logs: Logs, tmp_path: Path, limits: tuple[int, int, int] | None, heat: tuple[float, float]
) -> None:
    for delivery, times in {"A": 458, "B": 3}.items():
        logs.send(delivery, 1)
        logs.track(delivery, 1, CLICK, times=times)
    project, table = table_of(logs, tmp_path, ["Click"])
    table.column("Click").settings(background="colors", limits=limits)
    found = cells(project, table)
    assert (found["A"][0]["heat"], found["B"][0]["heat"]) == pytest.approx(heat)


def test_e15_the_middle_of_automatic_limits_is_neutral(logs: Logs, tmp_path: Path) -> None:
    # 231 lies half a click above the middle of 458 and 3, which is 230.5.
    for delivery, times in {"A": 458, "B": 231, "C": 3}.items():
        logs.send(delivery, 1)
        logs.track(delivery, 1, CLICK, times=times)
    project, table = table_of(logs, tmp_path, ["Click"])
    table.column("Click").settings(background="colors")
    assert cells(project, table)["B"][0]["heat"] == pytest.approx(0.5 / 227.5)


@pytest.mark.parametrize(
    ("align", "expected"),
    [
        (True, {"Sep 1, 2026": ("4", "7"), "Sep 2, 2026": ("5", "8")}),
        (
            False,
            {
                "Aug 1, 2026": ("–", "7"),
                "Aug 2, 2026": ("–", "8"),
                "Sep 1, 2026": ("4", "–"),
                "Sep 2, 2026": ("5", "–"),
            },
        ),
    ],
)
def test_e21_dates_start_on_the_same_row(
    logs: Logs, tmp_path: Path, align: bool, expected: dict[str, tuple[str, str]]
) -> None:
    opens = {"2026-09-01": 4, "2026-09-02": 5, "2026-08-01": 7, "2026-08-02": 8}
    logs.send("A", 1)
    for day, times in opens.items():
        logs.track("A", 1, OPEN, times=times, event_date=f"{day} 12:00:00")
    project = dr.Project("Examples", dr.campaign.load(write_parquet(tmp_path, logs.tables())))
    september, august = ("2026-09-01", "2026-10-01"), ("2026-08-01", "2026-09-01")
    table = project.panel("One", period=september).table(
        rows="Day", columns=["Open", ("Open", {"period": august})]
    )
    table.settings(align_dates=align)
    found = cells(project, table)
    assert {day: tuple(cell["text"] for cell in row) for day, row in found.items()} == expected
