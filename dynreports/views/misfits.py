"""What does not fit a table: components before they are dropped, and cells that can have no figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dynreports.project.model import Breakdown, Table
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref

_GROUPING = {"dimension", "time", "segment"}


def misfits(table: Table | None, catalog: Catalog) -> dict[str, str]:
    """Return why components do not fit a table, by ``kind:id``; those that fit are left out.

    A dimension, time unit or segment fits when all columns can be told apart by it, a metric when it can be
    told apart by whatever stands in the rows.
    """
    if table is None:
        return {}
    rows = [ref for ref in _rows(table) if ref in catalog]
    metrics = [each.metric for each in table.columns if Ref("metric", each.metric) in catalog]
    found = {}
    for ref in catalog.refs():
        if ref.kind in _GROUPING:
            pairs = [(ref, each) for each in metrics]
        else:
            pairs = [(each, ref.id) for each in rows if ref.kind == "metric"]
        reasons = dict.fromkeys(reason for pair in pairs if (reason := catalog.misfit(*pair)) is not None)
        if reasons:
            found[f"{ref.kind}:{ref.id}"] = " ".join(reasons)
    return found


def _rows(block: Table | Breakdown) -> Iterator[Ref]:
    by = block.rows if isinstance(block, Table) else block.by
    if by is not None:
        yield by
    for each in block.breakdowns:
        yield from _rows(each)


def of_columns(by: Ref | None, metrics: Sequence[str], catalog: Catalog) -> tuple[str | None, ...]:
    """Return for each metric why the named rows of a block have no figure of it; ``None``: they have."""
    if by is None:
        return (None,) * len(metrics)
    return tuple(catalog.misfit(by, each) for each in metrics)
