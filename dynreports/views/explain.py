"""One figure explained: what it means, which records it is of, exactly what is asked, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dynreports.engine.adding import figure
from dynreports.engine.cells import records_of
from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.engine.records import RecordsQuery
from dynreports.engine.watch import Watched, watching
from dynreports.project import labels, tree
from dynreports.project.blocks import Cell, cell_request
from dynreports.project.columns import metric_of
from dynreports.project.model import AtPosition, Breakdown, PeriodFilter, Search, Table
from dynreports.project.searching import search_words
from dynreports.project.session import Session
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Item
from dynreports.semantics.wording import expression_as_formula, predicate_as_formula
from dynreports.views import format
from dynreports.views.state import period_state

Line = tuple[str, str]
"""A term and what is said of it."""

_PLACES = {"row": "A row", "total": "The total of all rows", "out_of": "What the total is out of"}


def explain(session: Session, cell: Cell, drawn: Sequence[Watched]) -> list[Line]:
    """Return what there is to know of a figure, as terms with their texts.

    Parameters
    ----------
    drawn
        The queries that the table was last drawn with.
    """
    dataset, table = session.dataset, tree.find_table(session.project, cell.table)
    metric = metric_of(table.columns[cell.column], dataset.catalog)
    asked, locale = cell_request(session, cell), session.project.numbers
    whole = locale.count(len(dataset.frame))
    engine = engine_for(dataset)
    with watching() as own:
        value = figure(asked, engine)
    count = engine.records(RecordsQuery(records_of(asked.asked), stop=0)).count
    return [
        (metric.label, format.figure(value, metric, locale)),
        ("Means", metric.definition()),
        ("Formula", metric.formula()),
        ("Stands for", _stands_for(table, cell, dataset)),
        *_conditions(session, table, cell),
        (
            "Counted from",
            f"{locale.count(count)} of {whole} records, for this cell alone",
        ),
        ("Query", expression_as_formula(asked.asked)),
        ("This cell alone", cost(own)),
        ("Last redraw", cost(drawn)),
    ]


def _stands_for(table: Table, cell: Cell, dataset: Dataset) -> str:
    """Say which row, of which block."""
    blocks = tree.blocks_along(table, cell.block)
    steps = [*cell.block, *([cell.item] if cell.place == "row" else [])]
    named = [_step(block, step, dataset) for block, step in zip(blocks, steps, strict=False)]
    place = _PLACES[cell.place]
    return f"{place}: {', '.join(named)}" if named else place


def _step(block: Table | Breakdown, step: Item | AtPosition, dataset: Dataset) -> str:
    by = block.rows if isinstance(block, Table) else block.by
    if by is None:
        return ""
    name = labels.component(by, dataset)
    if isinstance(step, AtPosition):
        return f"row {step.position} of {name}"
    groups = engine_for(dataset).answer(Query(dataset.catalog.key(by), None, items=(step,))).groups
    label, caption = groups[0].label, groups[0].caption
    missing = getattr(dataset.catalog.get(by), "missing", "N/A")
    shown = missing if label is None else label if caption is None else f"{label} ({caption})"
    return f"{name} is {shown}"


def _conditions(session: Session, table: Table, cell: Cell) -> Iterator[Line]:
    """Yield the period, the filters and the search, whatever of them there is."""
    dataset, panel = session.dataset, tree.panel_of(session.project, table.id)
    column = table.columns[cell.column]
    own = next((each.period for each in column.filters if isinstance(each, PeriodFilter)), None)
    if dataset.time is not None:
        period = period_state(panel.period if own is None else own, dataset)
        label, detail = period["label"], period["detail"]
        yield "Period", label if detail in {"", label} else f"{label}: {detail}"
    filters = [*panel.filters, *(each for each in column.filters if not isinstance(each, PeriodFilter))]
    if filters:
        yield "Filters", "; ".join(labels.chip(each, dataset) for each in filters)
    search = tree.block_at(table, cell.block).search
    if cell.place == "total" and search != Search():
        yield "Search", f"rows {search_words(search)}"


# ---- cost ---------------------------------------------------------------------------------------


def cost(queries: Iterable[Watched]) -> str:
    """Return in words what some queries cost.

    Examples
    --------
    >>> cost([])
    'No query: the figures were there already'
    """
    queries = list(queries)
    if not queries:
        return "No query: the figures were there already"
    scanned = sum(each.effort.scanned for each in queries)
    cached = sum(each.effort.cached for each in queries)
    asked = cached + sum(each.effort.computed for each in queries)
    number = f"{len(queries):,} {'query' if len(queries) == 1 else 'queries'}"
    return (
        f"{milliseconds(sum(each.seconds for each in queries))}, {number}, {scanned:,} records scanned, "
        f"{cached:,} of {asked:,} figures from the cache"
    )


def milliseconds(seconds: float) -> str:
    """Return a time as people compare it: ``0.4 ms``, ``23 ms``."""
    value = seconds * 1000
    return f"{value:.1f} ms" if value < 10 else f"{value:,.0f} ms"


def query_in_words(query: Query) -> str:
    """Return a query as a formula: what is computed, by which key, of which records."""
    figures = ", ".join(expression_as_formula(each) for each in query.measures) or "items"
    by = "" if query.by is None else f" by {_key(query)}"
    only = "" if query.items is None else f" for {len(query.items):,} items"
    where = "" if query.where is None else f" where {predicate_as_formula(query.where)}"
    return f"{figures}{by}{only}{where}"


def _key(query: Query) -> str:
    key = query.by
    unit = getattr(key, "unit", None)
    field = getattr(key, "field", "")
    return f"{unit}({field})" if unit else field
