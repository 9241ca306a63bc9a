"""How cells are drawn by the settings of their column: shares of unrounded figures, limits of all rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import dynreports as dr
from dynreports.errors import InvalidInputError, RefusedError, UnknownNameError
from dynreports.project import commands as do
from dynreports.semantics.component import Ref
from dynreports.semantics.locales import ENGLISH
from dynreports.semantics.metric import Variant
from dynreports.views import table as drawn
from dynreports.views.payload import BlockHead, ItemRow, TablePayload

SENT, OPENS = (
    dr.count(label="Sent", where=dr.field("event") == "sent"),
    dr.count(label="Opens", where=dr.field("event") == "open"),
)
MAILS = {"Paris": (8, 6), "Lyon": (5, 0), "Rome": (3, 3), None: (2, 1)}
"""City: sent, opened. The rate of all: 10 of 18."""


def table(**more: Any) -> dr.Table:
    rows = [
        {"city": city, "event": event, "device": "Mobile" if at % 2 else "Desktop"}
        for city, counts in MAILS.items()
        for event, count in zip(("sent", "open"), counts, strict=True)
        for at in range(count)
    ]
    data = dr.Dataset(
        pd.DataFrame(rows),
        name="mails",
        metrics=[SENT, OPENS, (OPENS / SENT).named("Rate", format="percent")],
        infer=False,
        dimensions=[dr.Dimension("city", "City"), dr.Dimension("device", "Device")],
    )
    panel = dr.Project("Mails", data).panel("P")
    return panel.table(rows="City", columns=["Sent", "Opens", "Rate"], **more)


def shown(table: dr.Table) -> TablePayload:
    session = table._session
    return drawn.payload(table._document, session.result(table._id), session.dataset, 1, ENGLISH)


def cells(table: dr.Table, column: int, depth: int = 0) -> dict[str, Any]:
    rows = [each for each in shown(table).rows if isinstance(each, ItemRow) and each.depth == depth]
    return {each.label: each.cells[column] for each in rows}


def column(table: dr.Table, at: int, field: str, depth: int = 0) -> dict[str, Any]:
    return {label: getattr(cell, field) for label, cell in cells(table, at, depth).items()}


def test_unless_set_counts_have_percentages_and_bars_and_rates_do_not() -> None:
    for at, has in enumerate((True, True, False)):
        paris = cells(table(), at)["Paris"]
        assert (paris.percent is not None, paris.bar is not None, paris.heat) == (has, has, None)


def test_the_percentage_of_a_rate_is_of_the_rate_of_all_and_may_pass_100() -> None:
    made = table()
    made.column("Rate").settings(percent=True, background="bar")
    paris, rome = cells(made, 2)["Paris"], cells(made, 2)["Rome"]
    # 75 % of 55.6 % is 135.0 %; of rounded figures it would be 134.9 %, of the sum of rates 33.3 %.
    assert (paris.text, paris.percent, paris.bar) == ("75.0%", "135.0%", 1.0)
    assert (rome.percent, rome.bar) == ("180.0%", 1.0)
    assert column(made, 2, "bar")["N/A"] == pytest.approx(0.5 / (10 / 18))


def test_percentages_by_row_are_of_the_counts_in_the_row() -> None:
    made = table()
    made.column("Rate").settings(percent=True)
    made.settings(percent_of="row")
    assert column(made, 0, "percent") == {"Paris": "57.1%", "Lyon": "100.0%", "Rome": "50.0%", "N/A": "66.7%"}
    # The rate is in the row, too, but neither has a percentage nor adds to the sum.
    assert set(column(made, 2, "percent").values()) == {None}
    # The bar is of the column's total whatever percentages are of.
    assert column(made, 0, "bar")["Paris"] == 8 / 18


def test_a_zero_is_no_value_and_leaves_the_limits() -> None:
    made = table()
    made.column("Opens").settings(background="colors")
    assert column(made, 1, "heat") == {"Paris": 1.0, "Lyon": -1.0, "Rome": 0.0, "N/A": pytest.approx(-2 / 3)}
    made.column("Opens").settings(blank_zero=True)
    lyon = cells(made, 1)["Lyon"]
    assert (lyon.text, lyon.percent, lyon.bar, lyon.heat) == ("", None, None, None)
    # From 1 to 6: 3 lies below the middle, 3.5. From 0 it would be the middle.
    assert column(made, 1, "heat")["Rome"] == pytest.approx(-0.2)
    assert column(made, 1, "heat")["N/A"] == -1.0


def test_limits_are_of_all_rows_not_of_the_page() -> None:
    made = table(limit=2)
    made.column("Opens").settings(background="colors")
    # The page shows 6 and 0; on page two, 3 and 1 are still between those.
    assert column(made, 1, "heat") == {"Paris": 1.0, "Lyon": -1.0}
    made.page(2)
    assert column(made, 1, "heat") == {"Rome": 0.0, "N/A": pytest.approx(-2 / 3)}
    settings = shown(made).columns[1].settings
    assert (settings.limits, settings.auto) == (None, ("6", "3", "0"))


def test_limits_of_a_distinct_count_or_rate_are_of_all_rows_too() -> None:
    made = table(limit=1, sort="-Sent")
    made.column("Rate").settings(background="colors")
    assert column(made, 2, "heat") == {"Paris": 0.5}  # from 0 % to Rome's 100 %
    assert shown(made).columns[2].settings.auto == ("100.0%", "50.0%", "0.0%")


def test_own_limits_are_as_people_read_them() -> None:
    made = table()
    made.column("Rate").settings(background="colors", limits=(75, 50, 0))
    assert column(made, 2, "heat") == {"Paris": 1.0, "Lyon": -1.0, "Rome": 1.0, "N/A": 0.0}
    made.column("Sent").settings(background="colors", limits=(6, 2))
    assert column(made, 0, "heat") == {"Paris": 1.0, "Lyon": 0.5, "Rome": -0.5, "N/A": -1.0}
    made.column("Sent").settings(limits=(50, 0), percent_limits=True)
    # 8 of 18 is 44.4 %: between 25 and 50. As a number it would be above the limit's half.
    assert column(made, 0, "heat")["Paris"] == pytest.approx((8 / 18 - 0.25) / 0.25)


def test_percent_limits_by_row_are_found_among_the_rows_percentages() -> None:
    made = table(limit=1)
    made.column("Sent").settings(background="colors", percent_limits=True)
    made.settings(percent_of="row")
    # Of 8/14, 5/5, 3/6 and 2/3; by column Paris would be the highest.
    assert column(made, 0, "heat") == {"Paris": pytest.approx((8 / 14 - 0.75) / 0.25)}


def test_breakdowns_have_limits_of_their_own_and_none_that_were_typed() -> None:
    made = table()
    made.break_down("Paris", by="Device")
    made.column("Opens").settings(background="colors")
    made.column("Sent").settings(background="colors", limits=(6, 2))
    assert column(made, 1, "heat", 1) == {"Desktop": 0.0, "Mobile": 0.0}  # 3 and 3: neither high nor low
    assert column(made, 0, "heat", 1) == {"Desktop": None, "Mobile": None}


def test_what_is_not_shown_is_not_sent() -> None:
    made = table()
    made.column("Sent").settings(totals=False, number=False, percent=False, background="off")
    assert set(column(made, 0, "text").values()) == {""}
    total = shown(made).total
    assert isinstance(total, BlockHead)
    assert (total.cells[0].text, total.cells[0].out_of) == ("", None)
    assert (total.cells[1].text, total.cells[1].out_of) == ("10", "out of 10")


def test_another_metric_finds_new_limits_and_other_rows_forget_those_that_were_typed() -> None:
    made = table()
    made.column("Sent").settings(background="colors", limits=(6, 2))
    session, document = made._session, made._document
    project = session.project
    session.apply(do.Drop((Ref("dimension", "device"),), do.OnRows(document.id)))
    assert made._document.columns[0].limits is None
    session.undo()
    assert session.project == project
    made.column("Sent").settings(limits=None)
    session.apply(do.Drop((Ref("metric", "opens"),), do.OnColumn(document.id, document.columns[0].id)))
    assert shown(made).columns[0].settings.auto == ("6", "3", "0")


@pytest.mark.parametrize("limits", [(2, 6), (6, 6), (6, 7, 2), (float("nan"), 1), (float("inf"), 1)])
def test_limits_that_make_no_sense_are_refused(limits: tuple[float, ...]) -> None:
    made = table()
    before = made._session.project
    with pytest.raises(RefusedError, match="Limits go up"):
        made.column("Sent").settings(limits=limits)
    assert made._session.project is before


def test_python_says_what_it_accepts() -> None:
    made = table()
    with pytest.raises(InvalidInputError, match="Accepted: 'bar', 'colors', 'off'"):
        made.column("Sent").settings(background="blue")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="no limits"):
        made.column("Sent").settings(limits=(1,))
    with pytest.raises(InvalidInputError, match="Accepted: 'column', 'row'"):
        made.settings(percent_of="table")  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="40 to 2000"):
        made.column("Sent").width(10)


def test_a_row_goes_by_its_own_breakdown_though_it_is_closed() -> None:
    made = table()
    made.break_down("Paris", by="Device", collapsed=True)
    made.break_down(1, by="Device")
    rows = shown(made).rows
    assert next((each.label, each.open) for each in rows if isinstance(each, ItemRow)) == ("Paris", False)
    assert made._session.locate(made._id, ("Paris",)) == ("Paris",)


def test_breakdowns_follow_the_rank_and_back() -> None:
    made = table()
    made.break_down("Paris", by="Device")
    made.settings(by_position=True)
    made.sort("Sent")
    open_rows = [each.label for each in shown(made).rows if isinstance(each, ItemRow) and each.open]
    assert open_rows == ["N/A"]  # the first row now
    made.settings(by_position=False)
    made.sort("-Sent")
    open_rows = [each.label for each in shown(made).rows if isinstance(each, ItemRow) and each.open]
    assert open_rows == ["N/A"]  # wherever it stands


def test_the_box_of_unspecified_is_about_rows_that_are_there() -> None:
    made = table()
    assert shown(made).total.has_missing  # type: ignore[union-attr]
    made.search("", include_missing=False)
    assert shown(made).total.has_missing  # type: ignore[union-attr]
    made.search("")
    made.break_down("Paris", by="Device")
    [head] = [each for each in shown(made).rows if isinstance(each, BlockHead)]
    assert not head.has_missing


def test_a_variant_counts_in_rows_totals_and_files_and_goes_with_its_metric() -> None:
    twice = Variant("twice", "Include Opens", dr.count().expression, "Everything that happened")
    data = table()._session.dataset
    counted = dr.Dataset(
        data.frame,
        name="mails",
        metrics=[SENT.with_variants(twice), OPENS],
        infer=False,
        dimensions=[dr.Dimension("city", "City")],
    )
    made = dr.Project("Mails", counted).panel("P").table(rows="City", columns=["Sent", "Opens"])
    assert column(made, 0, "text")["Paris"] == "8"
    made.column("Sent").settings(variant="twice")
    assert (column(made, 0, "text")["Paris"], made.total()["Sent"]) == ("14", 28)
    assert made.frame()["Sent"]["Paris"] == 14
    [sent, _] = shown(made).columns
    assert (sent.detail, sent.settings.variant) == ("Include Opens", "twice")
    with pytest.raises(UnknownNameError, match="variant"):
        made.column("Opens").settings(variant="twice")
    session, document = made._session, made._document
    session.apply(do.Drop((Ref("metric", "opens"),), do.OnColumn(document.id, sent.id)))
    assert column(made, 0, "text")["Paris"] == "6"
    assert made._document.columns[0].variant is None
