"""Hot clicks: the message of a delivery, with the share of all clicks on each of its links."""

from __future__ import annotations

import dataclasses
from html import escape
from pathlib import Path

import pandas as pd

from dynreports.campaign import objects
from dynreports.campaign.folders import read_tables
from dynreports.campaign.message_html import common, framed
from dynreports.campaign.objects import PARENT, Delivery
from dynreports.campaign.scope import found
from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.errors import DataError, unknown_name
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Key
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import InItems, Predicate, all_of
from dynreports.semantics.text import slug

DEVICES = {"Desktop": None, "iPad": 768, "Nexus 5X": 412, "iPhone 5": 320}
"""How wide the message is shown, in pixels; ``None``: as there is room."""
_HIGH = 620


@dataclasses.dataclass(frozen=True)
class Link:
    """A link that was clicked, or that stands in the message.

    Attributes
    ----------
    url, label
        Where it leads, and what it is called in the logs.
    clicks
        On it, over all variants.
    share
        Of all clicks of the delivery.
    by_variant
        Its clicks by variant.
    in_message
        Whether the message, as it is shown, has it.
    """

    url: str
    label: str
    clicks: int
    share: float
    by_variant: dict[str, int]
    in_message: bool


@dataclasses.dataclass(frozen=True)
class HotClicks:
    """The message of one delivery with its clicks; in a notebook it shows itself.

    Attributes
    ----------
    delivery
        Whose message it is: of a recurring or transactional delivery, one execution.
    executions
        The executions to choose from, the newest first.
    variant, variants
        Of which variant the message is shown (``None``: of all of them), and which there are.
    clicks
        All clicks of the delivery, whatever the variant.
    links
        The links, the most clicked first.
    """

    delivery: Delivery
    executions: tuple[Delivery, ...]
    variant: str | None
    variants: tuple[str, ...]
    clicks: int
    links: tuple[Link, ...]
    document: str = dataclasses.field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Return the links as a frame: address, clicks, share (unrounded), and clicks by variant."""
        rows = [
            {
                "Label": each.label,
                "Click": each.clicks,
                "Share": each.share,
                "In the message": each.in_message,
            }
            | {f"Click ({name})": each.by_variant.get(name, 0) for name in self.variants}
            for each in self.links
        ]
        index = pd.Index([each.url for each in self.links], name="Tracking URL")
        heads = ["Label", "Click", "Share", *(f"Click ({name})" for name in self.variants), "In the message"]
        return pd.DataFrame(rows, index=index, columns=heads)

    def html(self) -> str:
        """Return the message in a sandboxed frame, with a choice of widths and the list of links."""
        return _Page(self).html

    def _repr_html_(self) -> str:
        return self.html()


def hot_clicks(
    data: Dataset, delivery: str, *, execution: str | None = None, variant: str | None = None
) -> HotClicks:
    """Return the clicks on the links of a message; see `dynreports.campaign.hot_clicks`."""
    whole = objects.deliveries(data)
    chosen = found("delivery", delivery, whole)
    parent = chosen.id if chosen.kind == PARENT else chosen.parent
    executions = tuple(each for each in whole if parent is not None and each.parent == parent)
    if chosen.kind == PARENT:
        chosen = executions[0]
    if execution is not None:
        chosen = found("execution", execution, executions)
    html = _html(data, chosen)
    key = data.catalog.key(Ref("dimension", "trackingUrl"))
    variants = _variants(data, chosen)
    if variant is not None and variant not in variants:
        raise unknown_name("variant", variant, variants)
    total, urls = _clicks(data, key, chosen, None)
    by_variant = {name: _clicks(data, key, chosen, name)[1] for name in variants}
    labels = _labels(data, key, chosen)
    shares: dict[str, int] = {}
    for url, clicks in urls.items():
        shares[common(url)] = shares.get(common(url), 0) + clicks
    badges = {url: percent(clicks / total if total else 0.0) for url, clicks in shares.items()}
    document, there = framed(html, badges, variant)
    urls |= dict.fromkeys(sorted(there - shares.keys()), 0)  # nobody has clicked them yet
    links = [
        Link(
            url,
            labels.get(url, ""),
            clicks,
            clicks / total if total else 0.0,
            {name: of.get(url, 0) for name, of in by_variant.items()},
            common(url) in there,
        )
        for url, clicks in urls.items()
    ]
    links.sort(key=lambda each: (-each.clicks, each.url))
    return HotClicks(chosen, executions, variant, variants, total, tuple(links), document)


def percent(share: float) -> str:
    """Return a share as it stands on a link: ``16.67%``, ``50%``."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def _html(data: Dataset, delivery: Delivery) -> str:
    path = data.origin.path
    if path is None:
        message = f"The messages of {data.name!r} are not known: it is a part of other data. Take the whole."
        raise DataError(message)
    table = _table(path, data)
    row = table.get(delivery.id)
    if not row:
        message = (
            f"{delivery.label} ({delivery.id}) has no HTML in the table of deliveries, so there are no "
            "links to look at: only e-mails have it."
        )
        raise DataError(message)
    return row


def _table(path: Path, data: Dataset) -> dict[str, str | None]:
    table = read_tables(path, data.origin.options.get("columns"), ("deliveries",))["deliveries"]
    return dict(zip(map(str, objects.values(table, "name")), objects.values(table, "html"), strict=True))


def _clicks(data: Dataset, key: Key, delivery: Delivery, variant: str | None) -> tuple[int, dict[str, int]]:
    """Return all clicks of a delivery, and those on each address; of one variant or of all."""
    clicks = data.catalog.metric("clicks").expression
    assert isinstance(clicks, Aggregate)  # noqa: S101  # clicks are counted, nothing else
    where: list[Predicate | None] = [_only(data, "delivery", delivery.id)]
    if variant is not None:
        where.append(_only(data, "variant", variant))
    engine = engine_for(data)
    total = engine.answer(Query(None, all_of(where), (clicks,))).values[clicks][0]
    answer = engine.answer(Query(key, all_of(where), (clicks,)))
    counts = zip(answer.items, answer.values[clicks], strict=True)
    return int(total), {str(item): int(count) for item, count in counts if item is not None}


def _only(data: Dataset, dimension: str, item: str) -> InItems:
    return InItems(data.catalog.key(Ref("dimension", dimension)), (item,))


def _variants(data: Dataset, delivery: Delivery) -> tuple[str, ...]:
    ref = Ref("dimension", "variant")
    if ref not in data.catalog:
        return ()
    query = Query(data.catalog.key(ref), _only(data, "delivery", delivery.id))
    return tuple(sorted(str(each) for each in engine_for(data).answer(query).items if each is not None))


def _labels(data: Dataset, key: Key, delivery: Delivery) -> dict[str, str]:
    """Return what links are called: by the label that most of their records have."""
    ref = Ref("dimension", "trackingUrlLabel")
    if ref not in data.catalog:
        return {}
    where, engine = _only(data, "delivery", delivery.id), engine_for(data)
    found: dict[str, str] = {}
    labels = engine.answer(Query(data.catalog.key(ref), where)).items
    for label in labels:
        if label is None:
            continue
        inside = all_of((where, InItems(data.catalog.key(ref), (label,))))
        for url in engine.answer(Query(key, inside)).items:
            if url is not None:
                found.setdefault(str(url), str(label))
    return found


class _Page:
    """The message and its links as HTML: widths are chosen without any script."""

    def __init__(self, clicks: HotClicks) -> None:
        self._clicks = clicks
        self._id = slug(f"dr hot {clicks.delivery.id} {clicks.variant or 'all'}")

    @property
    def html(self) -> str:
        clicks, name = self._clicks, escape(self._id)
        title = f"Message of {escape(clicks.delivery.label)}"
        frame = (
            f'<iframe sandbox="" referrerpolicy="no-referrer" title="{title}"'
            f' srcdoc="{escape(clicks.document)}"></iframe>'
        )
        return (
            f'<section id="{name}" class="dr-hot"><style>{self._style()}</style>'
            f"<h3>Hot clicks: {escape(clicks.delivery.label)} ({escape(clicks.delivery.id)})</h3>"
            f"<p>{self._about()}</p>{self._devices()}"
            f'<div class="dr-hot-frame">{frame}</div>{self._table()}</section>'
        )

    def _about(self) -> str:
        clicks = self._clicks
        words = [f"{clicks.clicks:,} clicks, over all variants. Shares on links are of these."]
        if clicks.variant is not None:
            words.append(f"Shown is variant {escape(clicks.variant)}.")
        if clicks.delivery.parent is not None:
            words.append(
                f"One of {len(clicks.executions):,} executions: their links differ, so there is no total."
            )
        return " ".join(words)

    def _devices(self) -> str:
        name = escape(self._id)
        return "".join(
            f'<input type="radio" name="{name}" id="{name}-{place}"{" checked" * (place == 0)}>'
            f'<label for="{name}-{place}">{escape(device)}{f" {width}" if width else ""}</label>'
            for place, (device, width) in enumerate(DEVICES.items())
        )

    def _style(self) -> str:
        of = f'[id="{self._id}"]'
        widths = "".join(
            f'{of} input[id$="-{place}"]:checked ~ .dr-hot-frame iframe {{ max-width: {width}px; }}'
            for place, width in enumerate(DEVICES.values())
            if width is not None
        )
        return (
            f"{of} iframe {{ width: 100%; height: {_HIGH}px; border: 1px solid #8c959f; border-radius: 6px;"
            f" background: #fff; }} {of} .dr-hot-frame {{ margin: 8px 0; }}"
            f" {of} label {{ margin: 0 14px 0 4px; }}"
            f" {of} td, {of} th {{ padding: 3px 10px; text-align: right; }}"
            f" {of} th:first-child {{ text-align: left; overflow-wrap: anywhere; }} {widths}"
        )

    def _table(self) -> str:
        clicks = self._clicks
        heads = ["Link", "Click", "Share", *(f"Click ({name})" for name in clicks.variants)]
        top = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
        rows = "".join(self._row(each) for each in clicks.links)
        return f"<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>"

    def _row(self, link: Link) -> str:
        name = escape(link.label or link.url) + (
            f"<br><small>{escape(link.url)}</small>" if link.label else ""
        )
        away = "" if link.in_message else " <small>(not in the message)</small>"
        figures = [f"{link.clicks:,}", percent(link.share)]
        figures += [f"{link.by_variant.get(each, 0):,}" for each in self._clicks.variants]
        cells = "".join(f"<td>{each}</td>" for each in figures)
        return f'<tr><th scope="row">{name}{away}</th>{cells}</tr>'
