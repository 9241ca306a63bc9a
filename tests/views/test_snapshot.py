"""Reports as one file: every figure of the screen, no script but its own, no text that is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

import dynreports as dr
from dynreports.project import tree
from dynreports.semantics.locales import ENGLISH
from dynreports.views import snapshot
from dynreports.views import table as drawn
from dynreports.views.payload import ItemRow
from dynreports.views.snapshot import tables

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "' x='",
    "</style><b>", "</title>", "--><b>", "&lt;b&gt;", "{{1}}", "javascript:alert(1)", "\u202eabc",
]  # fmt: skip


class Read(HTMLParser):
    """The document as a browser reads it: elements, and the rows of its tables as text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[tuple[dict[str, str | None], list[str]]] = []
        self.text: list[str] = []
        self.in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append((dict(attrs), []))
        elif tag in {"th", "td"}:
            self.in_cell = True
            self.rows[-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.in_cell:
            self.rows[-1][1][-1] += data


@pytest.fixture(scope="module")
def data() -> dr.Dataset:
    return dr.campaign.demo(recipients=300, deliveries=30, days=40, seed=7)


def test_every_row_is_there_and_those_of_the_page_are_shown(data: dr.Dataset) -> None:
    project = dr.Project("Sent", data)
    table = project.panel("P", period=None).table(
        rows="Delivery", columns=["Delivered", "Open rate"], limit=5
    )
    table.page(2)
    read = Read(snapshot.document(project._session))
    rows = [(attributes, cells) for attributes, cells in read.rows if "data-v" in attributes]
    whole = project.panels[0].table(rows="Delivery", columns=["Delivered", "Open rate"], limit=400)
    frame = whole.frame()
    assert len(frame) > 15
    # What is sorted by are the unrounded figures, to the last digit.
    assert [[float(each) for each in str(attributes["data-v"]).split(",")] for attributes, _ in rows] == (
        frame.to_numpy().tolist()
    )
    document = tree.find_table(project._session.project, whole._id)
    payload = drawn.payload(document, project._session.result(whole._id), data, 0, ENGLISH)
    for (_, cells), row in zip(rows, payload.rows, strict=True):
        assert isinstance(row, ItemRow)
        assert cells[0] == f"{row.number}.{row.label}" + (f" ({row.caption})" if row.caption else "")
        assert cells[1:] == [f"{each.text}{each.percent or ''}" for each in row.cells]
    shown = [index for index, (attributes, _) in enumerate(rows) if "hidden" not in attributes]
    assert shown == [5, 6, 7, 8, 9]
    assert f"6–10 of {len(frame)}" in read.text
    labels = sorted(frame.index, key=str.casefold)
    assert [labels.index(each) for each in frame.index] == [int(str(each["data-o"])) for each, _ in rows]


def test_breakdowns_stand_under_their_row_and_misfits_say_why(data: dr.Dataset) -> None:
    project = dr.Project("Sent", data)
    table = project.panel("P", period=None).table(rows="Device", columns=["Delivered", "Click"], limit=3)
    device = next(each for each in table.frame().index if each != "N/A")
    table.break_down(device, by="Delivery", limit=2)
    text = snapshot.document(project._session)
    read = Read(text)
    nested = [(attributes, cells) for attributes, cells in read.rows if attributes.get("data-depth") == "1"]
    head, *items = nested
    assert (head[0]["data-limit"], head[1][0].split(" of ")[0]) == ("2", "Delivery")
    figures = [float(str(attributes["data-v"]).split(",")[1]) for attributes, _ in items]
    assert figures[:2] == table.frame(at=device)["Click"].tolist()
    assert str(items[0][0]["data-v"]).startswith(",")
    assert {cells[1] for _, cells in nested} == {"None"}
    assert ["hidden" in attributes for attributes, _ in items][:3] == [False, False, True]
    reasons = {
        attributes["title"] for tag, attributes in read.elements if attributes.get("class") == "dr-none"
    }
    assert all(str(each).startswith("Delivered counts") for each in reasons)


def test_the_policy_lets_only_its_own_script_and_sheet_in(data: dr.Dataset) -> None:
    project = dr.Project("Sent", data)
    project.panel("P").table(rows="Delivery", columns=["Delivered"])
    text = snapshot.document(project._session)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    policy = policy.replace("&#x27;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    for tag in ("script", "style"):
        [inner] = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    # No element brings a style, a handler or an address.
    for _, attributes in Read(text).elements:
        assert not {each for each in attributes if each == "style" or each.startswith("on")}
        assert not attributes.keys() & {"src", "href", "srcset", "action"}
    assert "http" not in re.sub(r"http://www\.w3\.org/\d+/svg|http-equiv", "", text)


@pytest.mark.parametrize("bad", HOSTILE)
def test_labels_and_titles_are_text(bad: str) -> None:
    frame = pd.DataFrame({"town": [bad, "b"], "n": [1, 2]})
    dataset = dr.Dataset(
        frame,
        infer=False,
        dimensions=[dr.Dimension("town", label=f"{bad} t")],
        metrics=[dr.sum("n", label=f"{bad} n", description=f"{bad} tip")],
        segments=[dr.Segment(f"{bad} s", where=dr.field("n") > 0)],
    )
    project = dr.Project(f"{bad} p", dataset)
    for panel in (project.panel(f"{bad} one", segments=[f"{bad} s"]), project.panel(f"{bad} two")):
        panel.table(
            rows=f"{bad} t", columns=[f"{bad} n", (f"{bad} n", {"segment": f"{bad} s"})], title=f"{bad} title"
        )
    text = snapshot.document(project._session, footer=f"{bad} foot")
    read = Read(text)
    known = {tag for tag, _ in read.elements}
    assert known <= {
        "html", "head", "meta", "title", "style", "body", "div", "header", "h1", "h2", "h3", "p", "span",
        "i", "b", "button", "main", "section", "table", "thead", "tbody", "tr", "th", "td", "small",
        "footer", "script", "ul", "li",
    }  # fmt: skip
    assert sum(tag == "script" for tag, _ in read.elements) == 1
    assert sum(tag == "style" for tag, _ in read.elements) == 1
    words = "".join(read.text)
    for end in ("p", "one", "two", "t", "n", "s", "title", "foot"):
        assert f"{bad} {end}" in words
    assert any(attributes.get("title") == f"{bad} tip" for _, attributes in read.elements)


def test_what_cant_be_held_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"town": [f"T{each:03}" for each in range(40)]})
    project = dr.Project("Towns", dr.Dataset(frame))
    project.panel("P").table(rows="Town", columns=["Records"], limit=5)
    monkeypatch.setattr(tables, "MOST_ROWS", 20)
    text = snapshot.document(project._session)
    assert "the first 20 of 40 rows" in text
    assert " data-part" in text  # sorting these 20 would put the wrong ones first


def test_an_empty_report_and_a_table_that_fails(data: dr.Dataset) -> None:
    project = dr.Project("Empty", data)
    assert "This report is empty." in snapshot.document(project._session)
    project.panel("P").table()
    assert "This table is empty." in snapshot.document(project._session)


def test_charts_are_pictures_in_the_colours_of_the_page_with_their_figures(data: dr.Dataset) -> None:
    project = dr.Project("Sent", data)
    panel = project.panel("P", period=None)
    table = panel.table(rows="Delivery", columns=["Delivered", "Click"], limit=5, title="Deliveries")
    panel.chart("bar", source=table, title=HOSTILE[0])
    panel.chart("line", source=table, title="Line")
    panel.text("<b>not bold</b>\n\nsecond", title="Words")
    table.hide()
    text = snapshot.document(project._session)
    read = Read(text)
    words = "".join(read.text)
    # The table that is hidden is not there, what is drawn from it is.
    assert "Deliveries" not in words
    assert HOSTILE[0] in words
    assert "<b>not bold</b>" in words
    pictures = [attributes for tag, attributes in read.elements if tag == "svg"]
    assert len(pictures) == 4  # each as wide as on a screen, and as a phone shows it
    assert "var(--dr-c1)" in text
    assert not re.search(r"<(image|a|foreignObject|use)\b", text)
    frame = table.frame()
    figures = [cells for _, cells in read.rows if len(cells) == 3 and cells[0] in set(frame.index)]
    assert len(figures) == len(frame)
    for label, delivered, clicks in figures:
        assert [delivered, clicks] == [f"{each:,}" for each in frame.loc[label]]
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_hostile_items_are_text_in_charts_too() -> None:
    frame = pd.DataFrame({"town": HOSTILE})
    project = dr.Project("Towns", dr.Dataset(frame))
    panel = project.panel("P")
    table = panel.table(rows="Town", columns=["Records"], limit=400)
    panel.chart("horizontal bar", source=table, title="Bars")
    read = Read(snapshot.document(project._session))
    assert sum(tag == "script" for tag, _ in read.elements) == 1
    for tag, attributes in read.elements:
        assert tag not in {"img", "image", "foreignobject"}
        assert not {each for each in attributes if each == "style" or each.startswith("on")}
