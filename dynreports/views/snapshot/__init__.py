"""A report as one HTML file that needs neither a kernel nor the network: the page of readers, as it is now.

Readers can sort, turn pages and fold breakdowns; nothing else moves. Whatever data and people say is escaped,
and the document may run nothing but the script that it came with (its Content-Security-Policy names it by its
hash).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from dynreports.errors import DynReportsError
from dynreports.project import labels, tiles
from dynreports.project.chart_model import NUMBERS
from dynreports.project.model import Chart, Panel, PanelItem, Table, Text
from dynreports.project.session import Session
from dynreports.views import format
from dynreports.views.markup import Markup, el, joined
from dynreports.views.snapshot import charts, tables
from dynreports.views.snapshot.styles import Styles
from dynreports.views.state import freshness, period_state
from dynreports.views.steps import Steps, Told

_GLYPHS = {"dimension": "dim", "period": "time"}
"""Names of icons that are not those of the kind."""


def document(
    session: Session,
    told: Told | None = None,
    *,
    made: dt.datetime | None = None,
    footer: str | None = None,
) -> str:
    """Return the whole report as one file.

    Parameters
    ----------
    session
        The report as it stands: its pages, its searches, its open breakdowns.
    told
        Is told how far it is.
    made
        When, with its time zone; not given: now.
    footer
        What to say under the report, as plain text; not given: when it was made.
    """
    project = session.project
    moment = (made or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(session.dataset.timezone))
    styles = Styles()
    # One panel is the report itself: what is true of it stands under the title.
    only = project.panels[0] if len(project.panels) == 1 else None
    steps = Steps(sum(len(_shown(each)) for each in project.panels), told)
    panels = [_panel(each, session, styles, steps, is_only=only is not None) for each in project.panels]
    title = el("h1", project.title, dir="auto")
    about = None if only is None else _about(only, session)
    head = el("div", el("div", title, about), _meta(session), class_="dr-wrap dr-pub-t")
    empty = None if panels else el("p", "This report is empty.", class_="dr-nothing")
    said = footer or f"Exported {format.day(moment, this_year=0)}, {format.clock(moment)}"
    foot = (el("span", said, dir="auto"), el("span", "Made with dynreports"))
    body = joined(
        el("header", head, class_="dr-pub-h"),
        el("main", _notes(session), *panels, empty, class_="dr-wrap dr-pub-m"),
        el("footer", *foot, class_="dr-wrap dr-pub-f"),
    )
    return _whole(
        project.title,
        el("div", body, class_="dr-root", data_mode="page", data_numbers=project.locale),
        styles,
    )


def _whole(title: str, body: Markup, styles: Styles) -> str:
    script, sheet = _asset("snapshot.js"), _asset("snapshot.css") + styles.sheet()
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(sheet)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", title),
        el("style", Markup(sheet)),
    )
    # What is asked of a module waits until the document is there.
    page = el("body", body, el("script", Markup(script), type="module"))
    return f"<!doctype html>{el('html', head, page, lang='en')}"


@cache
def _asset(name: str) -> str:
    """Return a file that is built with the front end. None of them ends its own element: the build checks."""
    return resources.files("dynreports").joinpath("workspace", "static", name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def icon(name: str) -> Markup:
    """Return an icon of icons.css."""
    return el("i", class_=f"dr-i dr-i-{name}", aria_hidden="true")


# ---- around the figures -------------------------------------------------------------------------


def _meta(session: Session) -> Markup:
    # Shown by the script: without it nothing could be printed from here.
    button = el("button", icon("print"), "Print", class_="dr-btn dr-noprint", data_print=True, hidden=True)
    fresh = freshness(session.dataset)
    words = None if fresh is None else el("span", icon("clock"), f"{fresh} ({session.dataset.timezone})")
    return el("div", button, words, class_="dr-meta")


def _notes(session: Session) -> Markup | None:
    notes = [el("li", each, dir="auto") for each in (*session.problems, *session.dataset.notes)]
    return el("div", icon("info"), el("ul", *notes), class_="dr-notice", role="note") if notes else None


def _about(panel: Panel, session: Session) -> Markup:
    words = None
    if session.dataset.time is not None:
        period = period_state(panel.period, session.dataset)
        detail = period["detail"]
        more = f" · {detail}" if detail and detail != period["label"] else None
        words = el("p", el("b", period["label"]), more, class_="dr-per")
    chips = []
    for each in panel.filters:
        kind = labels.filter_kind(each)
        glyph = el("span", icon(_GLYPHS.get(kind, kind)), class_=f"dr-k dr-kind-{kind}", aria_hidden="true")
        name = el("span", labels.chip(each, session.dataset), class_="dr-ell", dir="auto")
        chips.append(el("span", glyph, name, class_=f"dr-chip dr-kind-{kind}"))
    only = el("div", *chips, class_="dr-only", role="group", aria_label="Only these records")
    return joined(words, only if chips else None)


def _shown(panel: Panel) -> list[PanelItem]:
    return [each for each in panel.items if tiles.is_shown(each)]


def _panel(panel: Panel, session: Session, styles: Styles, steps: Steps, *, is_only: bool) -> Markup:
    shown = _shown(panel)
    boxes = tiles.boxes(shown)
    heading = "h2" if is_only else "h3"
    items = [
        el("div", _card(each, boxes[each.id], session, styles, heading), class_=f"dr-at {place}")
        for each in steps.each(shown)
        for place in [styles.place(*boxes[each.id])]
    ]
    inner = el("div", *items, class_="dr-tiles")
    if not items:
        inner = el("p", "This panel is empty.", class_="dr-nothing")
    head = None
    if not is_only:
        head = joined(el("h2", panel.title, dir="auto"), el("div", _about(panel, session)))
    return el("section", head, inner, class_="dr-pub-p", aria_label=panel.title)


def _card(
    part: Table | Chart | Text, box: tiles.Box, session: Session, styles: Styles, heading: str
) -> Markup:
    try:
        inner = _inner(part, box, session, styles)
    except DynReportsError as error:
        what = "table can't be computed" if isinstance(part, Table) else "chart can't be drawn"
        inner = el("p", f"This {what}: {error}", class_="dr-wrong")
    is_number = isinstance(part, Chart) and part.kind in NUMBERS
    hidden = "dr-sr" if isinstance(part, Chart) and part.hide_title else None
    looks = "dr-card dr-num" if is_number else "dr-card"
    title = el(heading, part.title, dir="auto", class_=hidden)
    return el("section", title, inner, class_=looks, aria_label=part.title)


def _inner(part: PanelItem, box: tiles.Box, session: Session, styles: Styles) -> Markup:
    if isinstance(part, Chart):
        return charts.chart(part, box, session)
    if isinstance(part, Text):
        return charts.text(part)
    if part.rows is None and not part.static and not part.columns:
        return el("p", "This table is empty.", class_="dr-nothing")
    return tables.table(part, session, styles)
