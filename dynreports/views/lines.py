"""A table as the lines of a file: what is on the screen, but all rows of it, and unrounded.

Closed breakdowns are left out, as on the screen; figures that the rows can't tell apart are blank.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockResult, RowResult
from dynreports.project import labels, tree
from dynreports.project.ask import all_rows
from dynreports.project.columns import metric_of
from dynreports.project.model import MetricFilter, Table
from dynreports.project.session import Session
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.metric import Metric
from dynreports.views.misfits import without_misfits


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of a table.

    Attributes
    ----------
    above
        What stands above it, from the top of the table down: the label of a row, what that is broken down by,
        and so on.
    by, item, label
        What stands in the rows of its block, and the item with its label; a total has neither. Aligned dates
        are several, so they are no item.
    values
        Its figures, unrounded; ``nan``: blank.
    metric
        What is counted in place of the columns' metrics, by the row or one that it is under.
    """

    above: tuple[str, ...]
    by: Ref | None
    values: tuple[float, ...]
    item: Item = None
    label: str | None = None
    metric: Metric | None = None

    @property
    def is_total(self) -> bool:
        """Whether the line sums up its block."""
        return self.label is None

    @property
    def depth(self) -> int:
        """How many rows it is under."""
        return len(self.above) // 2


@dataclasses.dataclass(frozen=True)
class Lines:
    """A whole table: what its rows and columns are called, what the columns count, and the lines."""

    rows: str
    columns: tuple[str, ...]
    metrics: tuple[Metric, ...]
    lines: tuple[Line, ...]

    @property
    def depth(self) -> int:
        """How many levels of breakdowns are open."""
        return max((each.depth for each in self.lines), default=0)


def lines_of(session: Session, table: Table) -> Lines | None:
    """Return a table with all of its rows; ``None``: it is empty.

    Raises
    ------
    DynReportsError
        If its figures can't be computed.
    """
    if table.rows is None and not table.static and not table.columns:
        return None
    dataset = session.dataset
    found = planner.answer(all_rows(session.request(table.id)), engine_for(dataset))
    result = without_misfits(table, table, found, dataset.catalog)
    metrics = tuple(metric_of(each, dataset.catalog) for each in table.columns)
    shown = [
        metric.show_total and column.totals for metric, column in zip(metrics, table.columns, strict=True)
    ]
    return Lines(
        rows=labels.rows(table, dataset),
        columns=tuple(labels.columns(table.columns, dataset)),
        metrics=metrics,
        lines=tuple(_block(table, result, (), shown, dataset)),
    )


def _block(
    block: tree.Block,
    result: BlockResult,
    above: tuple[str, ...],
    shown: Sequence[bool],
    dataset: Dataset,
    metric: Metric | None = None,
) -> Iterator[Line]:
    by = block.rows
    given = {each.id: each.of for each in block.static}
    total = (value if is_shown else math.nan for value, is_shown in zip(result.total, shown, strict=True))
    yield Line(above, by, tuple(total), metric=metric)
    for row in result.rows:
        label = row_label(row)
        static = given.get(row.item) if isinstance(row.item, str) else None
        own = dataset.catalog.metric(static.metric) if isinstance(static, MetricFilter) else metric
        is_several = row.caption is not None and by is not None and by.kind == "time"
        yield Line(above, by, row.values, None if is_several else row.item, label, own)
        below = tree.child_of(block, row.item, row.rank)
        if below is not None and row.child is not None:
            under = (*above, label, labels.rows(below, dataset))
            yield from _block(below, row.child, under, shown, dataset, own)


def row_label(row: RowResult) -> str:
    """Return a row's label as it reads on the screen: ``Spring sale (DM1842)``."""
    return row.label if row.caption is None else f"{row.label} ({row.caption})"
