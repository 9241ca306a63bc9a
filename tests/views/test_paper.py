"""Pages: all that is shown is on them, heads are repeated, and words are never markup."""

from __future__ import annotations

import io

import pandas as pd
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dynreports as dr
from dynreports.views import paper
from dynreports.views.paper import fitting
from tests.views.test_snapshot import HOSTILE


def pages(project: dr.Project) -> list[str]:
    read = pypdf.PdfReader(io.BytesIO(paper.pdf(project._session)))
    return [" ".join(each.extract_text().split()) for each in read.pages]


@pytest.fixture(scope="module")
def data() -> dr.Dataset:
    return dr.campaign.demo(recipients=300, deliveries=30, days=40, seed=7)


def test_a_long_table_repeats_its_heads_on_every_page(data: dr.Dataset) -> None:
    project = dr.Project("All that was sent", data)
    panel = project.panel("P", period="last 30 days")
    table = panel.table(rows="Day", columns=["Delivered", "Open rate"], limit=400, title="Days")
    other = panel.table(rows="City", columns=["Delivered"], limit=400, title="Cities")
    found = pages(project)
    assert len(found) > 1
    for number, page in enumerate(found, 1):
        assert f"{number} / {len(found)}" in page
    assert "All that was sent" in found[0]
    assert "Last 30 days" in found[1]  # above each page
    whole = " ".join(found)
    for label in (*table.frame().index, *other.frame().index):
        assert label in whole
    assert f"{table.total()['Delivered']:,.0f}" in whole
    assert sum("Day Delivered Open rate" in page or "City Delivered" in page for page in found) == len(found)


def test_wide_tables_go_on_and_nothing_is_cut_off(data: dr.Dataset) -> None:
    project = dr.Project("Wide", data)
    metrics = [each.label for each in data.catalog if type(each).__name__ == "Metric"][:21]
    table = project.panel("P", period=None).table(rows="Delivery", columns=metrics, limit=3)
    whole = " ".join(pages(project))
    for label in metrics:
        assert all(word in whole for word in label.split())
    first = str(table.frame().index[0]).split(" (")[0]
    assert whole.count(first) == 3  # once for each part


def test_charts_numbers_and_texts_are_on_paper(data: dr.Dataset) -> None:
    project = dr.Project("Charts", data)
    panel = project.panel("P", period=None)
    table = panel.table(rows="Delivery", columns=["Delivered", "Click"], limit=5, title="Hidden one")
    panel.chart("horizontal bar", source=table, title="Bars")
    panel.text("First words\n\nsecond words", title="Words")
    table.hide()
    content = paper.pdf(project._session)
    read = pypdf.PdfReader(io.BytesIO(content))
    whole = " ".join(" ".join(each.extract_text().split()) for each in read.pages)
    assert "Hidden one" not in whole
    assert {"Bars", "Words", "First", "second"} <= set(whole.split())
    assert not any(page.images for page in read.pages)  # shapes, not pictures of them


@pytest.mark.parametrize("bad", [*HOSTILE, "#panic()", "$x$ *b* _i_ `c` \\", "@ref <label> = head", "//c /*"])
def test_words_are_no_markup(bad: str) -> None:
    dataset = dr.Dataset(
        pd.DataFrame({"town": [bad, "b"]}), dimensions=[dr.Dimension("town", label=f"{bad} t")]
    )
    project = dr.Project(f"{bad} p", dataset)
    project.panel(f"{bad} panel").table(rows=f"{bad} t", columns=["Records"], title=f"{bad} title")
    whole = "".join("".join(pages(project)).split())
    plain = "".join(bad.replace("\u202e", "").split())
    assert whole.replace("\u202e", "").count(plain) >= 3 or bad.startswith("\u202e")


def test_an_item_and_a_report_are_pictures(data: dr.Dataset) -> None:
    project = dr.Project("Picture", data)
    table = project.panel("P", period=None).table(rows="Delivery", columns=["Delivered"], limit=3)
    for content in (paper.png(project._session), paper.png(project._session, item_id=table._id)):
        assert content.startswith(b"\x89PNG")


@given(st.lists(st.floats(8, 400), max_size=30), st.floats(200, 800), st.integers(1, 9))
def test_no_column_is_narrower_than_its_words(needs: list[float], width: float, most: int) -> None:
    found = list(fitting.pieces(needs, width, most))
    assert [place for each in found for place in range(each.start, each.end)] == list(range(len(needs)))
    for each in found:
        wanted = needs[each.start : each.end]
        assert len(each.widths) == 1 + len(wanted) <= 1 + most
        points = [width * part / sum(each.widths) for part in each.widths]
        # A single word that is wider than the paper has no better place.
        if len(wanted) > 1:
            assert all(has >= needed - 1e-6 for has, needed in zip(points[1:], wanted, strict=True))
            assert points[0] >= 79.9


def test_heads_beside_a_chart_do_not_run_into_each_other(data: dr.Dataset) -> None:
    """In half of a page, six columns with long words go on under each other, three by three."""
    content = paper.pdf(dr.template("push-notification-report", data)._session)
    text = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "Processed/\nsent Delivered Impressions\nTotal" in text
