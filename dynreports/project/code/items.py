"""The Python of charts and texts: what they draw, what they are locked to, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import asdict

from dynreports.project import tree
from dynreports.project.charting import default_title
from dynreports.project.code.literals import Source, call
from dynreports.project.labels import columns as column_labels
from dynreports.project.model import (
    Address,
    AtPosition,
    Breakdown,
    Chart,
    Goals,
    Lock,
    LockPositions,
    Project,
    Table,
    Text,
)
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item

RowName = Callable[[Table | Breakdown, Item], str]
"""Writes how the row of an item is named in its block."""

_NOT_SET = {"id", "kind", "title", "source", "lock", "collapsed", "place"}
_USUAL = asdict(Chart(id=""))


class Names:
    """The variables of the tables that charts draw: each is written before it is used.

    A chart may stand before its table, or in another panel; it is bound to it at the end then.
    """

    def __init__(self, project: Project) -> None:
        self._drawn = {chart.source for _, chart in tree.charts(project)}
        self._tables = {table.id: table for _, table in tree.tables(project)}
        self._known: dict[str, str] = {}
        self.late: list[Chart] = []

    def after(self, table: Table) -> list[str]:
        """Return what names a table, if a chart draws it."""
        if table.id not in self._drawn:
            return []
        self._known[table.id] = f"table_{len(self._known) + 1}"
        return [f"{self._known[table.id]} = table"]

    def of(self, chart: Chart) -> str | None:
        """Return the variable of the table that a chart draws; ``None``: it is not there yet."""
        return self._known.get(chart.source or "")

    def table(self, chart: Chart) -> Table | None:
        """Return the table that a chart draws; ``None``: it is gone."""
        return self._tables.get(chart.source or "")


def text_lines(text: Text, taken: list[str]) -> list[str]:
    """Return the source of a text."""
    parts = [repr(text.text)]
    if text.title != tree.untaken("Text", taken):
        parts.append(f"title={text.title!r}")
    return [call("text = panel.text", parts), *_closed("text", text.collapsed)]


def chart_lines(
    chart: Chart, taken: list[str], names: Names, source: Source, dataset: Dataset, row: RowName
) -> list[str]:
    """Return the source of a chart."""
    parts = [repr(chart.kind)]
    table = names.table(chart)
    if table is None or names.of(chart) is None:
        parts.append("source=None")
    else:
        parts.append(f"source={names.of(chart)}")
    if chart.title != tree.untaken(default_title(chart.kind), taken):
        parts.append(f"title={chart.title!r}")
    lines = [call("chart = panel.chart", [*parts, *_settings(chart)])]
    lines += _closed("chart", chart.collapsed)
    if table is None:
        return lines
    if names.of(chart) is None:
        names.late.append(chart)
        return [*lines, f"chart_{len(names.late)} = chart"]
    return [*lines, *lock_lines("chart", chart, table, source, dataset, row)]


def late_lines(names: Names, source: Source, dataset: Dataset, row: RowName) -> Iterator[str]:
    """Yield the source that binds charts to tables that come after them."""
    for number, chart in enumerate(names.late, 1):
        table = names.table(chart)
        assert table is not None  # noqa: S101  # others were never put off
        yield f"chart_{number}.bind({names.of(chart)})"
        yield from lock_lines(f"chart_{number}", chart, table, source, dataset, row)


def lock_lines(
    name: str, chart: Chart, table: Table, source: Source, dataset: Dataset, row: RowName
) -> list[str]:
    """Return the source that locks a chart to its cells."""
    lock = chart.lock
    if lock is None:
        return []
    ids = [each.id for each in table.columns]
    block = _block(table, lock.block)
    if not set(lock.columns) <= set(ids) or block is None or _is_gone(block, lock):
        # Cells that are gone have no names any more.
        return [f"{name}.lock({source.value(lock)})"]
    labels = column_labels(table.columns, dataset)
    parts = [repr("positions" if isinstance(lock, LockPositions) else "items")]
    above = _path(table, lock.block, row)
    if lock.rows:
        rows = [str(each) if isinstance(lock, LockPositions) else row(block, each) for each in lock.rows]
        # What stands in brackets by itself would be read as a path.
        rows = [f"({', '.join([*above, each])},)" if above or each[0] == "(" else each for each in rows]
        parts.append(f"rows=[{', '.join(rows)}]")
    elif lock.block:
        parts.append(f"block=({', '.join(above)},)")
    if lock.columns:
        parts.append(f"columns=[{', '.join(repr(labels[ids.index(each)]) for each in lock.columns)}]")
    if lock.total:
        parts.append("total=True")
    return [call(f"{name}.lock", parts)]


def _path(table: Table, address: Address, row: RowName) -> list[str]:
    steps = []
    at: Table | Breakdown = table
    for step in address:
        steps.append(str(step.position) if isinstance(step, AtPosition) else row(at, step))
        at = tree.existing_child(at, step)
    return steps


def _block(table: Table, address: Address) -> Table | Breakdown | None:
    at: Table | Breakdown | None = table
    for step in address:
        at = None if at is None else tree.child_at(at, step)
    return at


def _is_gone(block: Table | Breakdown, lock: Lock) -> bool:
    """Whether a lock is to a static row that is not there any more."""
    if isinstance(lock, LockPositions) or block.rows is not None:
        return False
    return not {each.id for each in block.static}.issuperset(lock.rows)


def _settings(chart: Chart) -> list[str]:
    found = []
    for name, value in asdict(chart).items():
        if name in _NOT_SET or value == _USUAL[name]:
            continue
        if isinstance(value, Goals):
            value = (value.low, value.mid, value.high)
        found.append(f"{name}={value!r}")
    return found


def _closed(name: str, collapsed: bool) -> list[str]:
    return [f"{name}.collapse()"] if collapsed else []
