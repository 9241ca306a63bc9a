"""Numbers as in another language: the same everywhere, and as the Unicode CLDR writes them."""

from __future__ import annotations

from typing import Any

import msgspec
import pandas as pd
import pytest
from babel import Locale as Known
from babel.numbers import format_compact_decimal, format_decimal, format_percent

import dynreports as dr
from dynreports.errors import UnknownNameError
from dynreports.semantics.locales import LOCALES, locale_of
from dynreports.views import format, html, paper, printed, snapshot
from dynreports.views.charts.summaries import written
from dynreports.workspace.controller import Workspace

OTHERS = [each for each in LOCALES if each != "en"]


@pytest.mark.parametrize("tag", LOCALES)
def test_the_signs_are_those_of_the_cldr(tag: str) -> None:
    locale, metric = LOCALES[tag], dr.sum("x", decimals=2)
    assert locale.name == Known.parse(tag).english_name
    for value in (0.5, -1234.25, 1234567.0):
        assert format.figure(value, metric, locale) == format_decimal(value, "#,##0.00", locale=tag)
    rate = (dr.count() / dr.count()).named("r", format="percent", decimals=1)
    pattern = "#,##0.0" + str(Known.parse(tag).percent_formats[None].suffix[0])
    assert format.figure(0.1234, rate, locale) == format_percent(0.1234, pattern, locale=tag)


@pytest.mark.parametrize("tag", OTHERS)
def test_large_figures_are_cut_down_as_in_the_cldr(tag: str) -> None:
    def cldr(value: float) -> str:
        text = format_compact_decimal(value, fraction_digits=1, locale=tag)
        return text.replace("'", "")

    for value in (1_260.0, 15_640.0, 1_260_000.0, 2.54e9, 7.1e12, -1_260_000.0):
        text, unit = written(value, dr.count(), 1, LOCALES[tag])
        if tag == "de" and abs(value) < 1e6:
            # It has no word for thousands.
            assert text == format_decimal(value, locale=tag)
        else:
            assert text == cldr(value)
        assert unit == ""
    # Rounded, it is as large as one of the next.
    assert written(999_960.0, dr.count(), 0, LOCALES[tag])[0] == {
        "fr": "1\xa0M", "nl": "1\xa0mln.", "de": "999.960",
    }[tag]  # fmt: skip
    assert written(999_999_600.0, dr.count(), 0, LOCALES[tag])[0].startswith("1\xa0m"[:2])


def test_languages_that_are_not_known_are_refused() -> None:
    assert locale_of("fr-BE").tag == locale_of("fr_FR").tag == "fr"
    with pytest.raises(UnknownNameError, match="tlh"):
        locale_of("tlh")
    with pytest.raises(UnknownNameError):
        dr.Project("T", frame(), locale="klingon")


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "city": ["Paris"] * 1500 + ["Lyon"] * 500,
            "revenue": [1_250.5] * 2000,
            "day": pd.Timestamp("2026-01-01"),
        }
    )


def report(locale: str) -> tuple[dr.Project, Any]:
    revenue = dr.sum("revenue", label="Revenue", decimals=1)
    rate = (dr.count(where=dr.field("city") == "Paris") / dr.count()).named(
        "Paris rate", format="percent", decimals=1
    )
    data = dr.Dataset(frame(), name="sales", metrics=[dr.count(label="Sales"), revenue, rate])
    project = dr.Project("Sales", data, locale=locale)
    panel = project.panel("P")
    table = panel.table(rows="City", columns=["Sales", "Revenue", "Paris rate"])
    panel.chart("bar", source=table, title="Bars", threshold=1_000_000)
    panel.chart("summary number", source=table, title="Number").lock(columns=["Revenue"], total=True)
    panel.chart("summary change", source=table, title="Change")
    panel.chart("donut", source=panel.table(rows="City", columns=["Revenue"]), title="Ring")
    return project, table


@pytest.mark.parametrize("tag", OTHERS)
def test_every_view_writes_numbers_the_same_way(tag: str) -> None:
    project, _ = report(tag)
    locale, session = LOCALES[tag], project._session
    total, paris = locale.written("2,501,000.0"), locale.written("1,875,750.0")
    rate, share = f"75{locale.decimal}0{locale.percent}", f"25{locale.decimal}0{locale.percent}"
    bars, number, change, ring = project.panels[0].charts

    # The workspace: the table, the chart's marks, its table, its words; and the number in full.
    workspace = project._workspace()
    workspace.fill()
    row = next(iter(workspace.grids.values())).payload["rows"][0]
    assert paris in [each["text"] for each in row["cells"]]
    sent = {id: each.payload for id, each in workspace.shell.charts.items()}
    assert paris in [each["text"] for each in sent[bars._id]["figures"]]
    assert any(paris in row for row in sent[bars._id]["table"]["rows"])
    assert paris in bars.summary()
    assert sent[number._id]["value"]["full"] == total
    assert share in [each["share"] for each in sent[ring._id]["figures"]]
    assert sent[change._id]["value"]["change"]["text"] == f"+200{locale.decimal}0{locale.percent}"

    # Documents, and pictures with their axes.
    whole = snapshot.document(session), printed.document(session), html.project(session)
    for page in whole:
        assert paris in page
        assert rate in page
        assert "1,875,750.0" not in page
        assert "2,501,000.0" not in page
    assert paper.pdf(session).startswith(b"%PDF")
    million = {"fr": "1\xa0M", "nl": "1\xa0mln.", "de": "1\xa0Mio."}[tag]
    assert million in bars.svg().replace("&nbsp;", "\xa0").replace("&#xA0;", "\xa0")


def test_a_report_keeps_its_language_and_undoes_it() -> None:
    project, table = report("en")
    english = table._repr_html_()
    assert b"locale" not in msgspec.json.encode(project._session.project)
    project.write_numbers("de")
    assert "1.875.750,0" in table._repr_html_()
    assert "project = dr.Project('Sales', data, locale='de')" in project.to_python()
    project.undo()
    assert table._repr_html_() == english
    assert "locale" not in project.to_python()


def test_the_workspace_draws_everything_again(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNREPORTS_REPORTS", str(tmp_path))
    project, _ = report("en")
    workspace: Workspace = project._workspace()
    workspace.fill()
    reply = workspace.answer({"verb": "set_locale", "locale": "nl"})
    assert reply is not None
    assert reply["ok"]
    assert workspace.shell.state["locale"] == "nl"
    assert workspace.shell.state["undoLabel"] == "Write numbers as in Dutch"
    grid = next(iter(workspace.grids.values())).payload
    assert grid["rows"][0]["cells"][1]["text"] == "1.875.750,0"
    texts = [each["text"] for model in workspace.shell.charts.values() for each in model.payload["figures"]]
    assert "1.875.750,0" in texts
    refused = workspace.answer({"verb": "set_locale", "locale": "xx"})
    assert refused is not None
    assert "xx" in refused["error"]["message"]

    # A reader may read it in their own way.
    page = project.page()
    reply = page.answer({"verb": "set_locale", "locale": "fr"})
    assert reply is not None
    assert reply["ok"]
