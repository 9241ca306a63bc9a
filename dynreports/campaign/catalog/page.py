"""The reference of every component as a page, made from the catalog itself.

``python -m dynreports.campaign.catalog.page docs/campaign-components.md`` writes it again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from dynreports.campaign.catalog import DIMENSIONS, METRICS, RECORDS, SEGMENTS
from dynreports.semantics.catalog import Catalog, ref_of
from dynreports.semantics.component import Dimension
from dynreports.semantics.metric import Metric

_HEAD = """# Components of campaigns

Every dimension, metric and segment that `dr.campaign.load(folder)` can offer;
[the rules of counting](campaign.md) say how the figures come about. A metric in brackets in a formula is the
one of that name. This page is made from the catalog:
`python -m dynreports.campaign.catalog.page docs/campaign-components.md`."""
_CUSTOM = """Fields `cus_*` of the delivery log are dimensions in Profile, too, at most 20 of them:
`cus_loyalty` is Loyalty, `cusLoyalty`. Records without a value are in the row `N/A`, people who did not tell
their gender in `None`."""
_FITS = """A metric fits a dimension when all the records that it counts carry it, in one channel at least; a
rate needs both of its sides. Where it does not fit, its figures stand in the row `N/A`."""


def catalog() -> Catalog:
    """Return the whole catalog: what a folder with every table and column would offer."""
    return Catalog(
        dimensions=DIMENSIONS, metrics=METRICS, segments=SEGMENTS, time="event_date", timezone="UTC",
        records=RECORDS,
    )  # fmt: skip


def page() -> str:
    """Return the page as Markdown."""
    whole = catalog()
    dimensions = _table(("dimension", "id", "what it is"), map(_dimension, DIMENSIONS))
    parts = [
        _HEAD, "## Dimensions", dimensions, _CUSTOM,
        "## Metrics", _metrics(whole), "## Ways to count", _variants(), "## Segments", _segments(whole),
        "## What fits what", _FITS, _matrix(whole),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _metrics(whole: Catalog) -> str:
    rows = ([*_metric(each), _code(whole.formula(ref_of(each)))] for each in METRICS)
    return _table(("metric", "id", "shown as", "what it counts", "formula"), rows)


def _variants() -> str:
    rows = (
        [each.label, variant.label, variant.description, _code(each.variant(variant.id).formula())]
        for each in METRICS
        for variant in each.variants
    )
    return _table(("metric", "option of a column", "what it counts then", "formula"), rows)


def _segments(whole: Catalog) -> str:
    rows = (
        [each.label, _code(each.id), each.description, _code(whole.formula(ref_of(each)))]
        for each in SEGMENTS
    )
    return _table(("segment", "id", "who", "condition"), rows)


def _dimension(each: Dimension) -> list[str]:
    label = f"{each.label} (in {each.group})" if each.group else each.label
    return [label, _code(each.id), each.description]


def _metric(each: Metric) -> list[str]:
    decimals = f"{each.decimals} decimal{'s' * (each.decimals > 1)}"
    return [
        each.label,
        _code(each.id),
        f"percent, {decimals}" if each.format == "percent" else "count",
        each.description,
    ]


def _matrix(whole: Catalog) -> str:
    """Return, for each dimension that does not go with everything, the metrics that it does not go with."""
    rows = []
    for dimension in DIMENSIONS:
        refused = [each.label for each in METRICS if whole.misfit(ref_of(dimension), each.id)]
        fitting = [each.label for each in METRICS if each.label not in refused]
        if not refused:
            rows.append([dimension.label, "everything"])
        elif len(fitting) <= len(refused):
            rows.append([dimension.label, ", ".join(fitting)])
        else:
            rows.append([dimension.label, f"everything but {', '.join(refused)}"])
    return _table(("dimension", "metrics that fit"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(head)
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(each.replace('|', chr(92) + '|') for each in row)} |" for row in lines)


def _code(text: str | None) -> str:
    return f"`{text}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
