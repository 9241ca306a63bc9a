"""What the builders show while people write: the figure of a formula, the records of a segment, values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.engine.request import BlockRequest, ColumnRequest, TableRequest
from dynreports.project import labels, own, tree
from dynreports.project.ask import predicate
from dynreports.project.marks import Mark, condition, filters_of
from dynreports.project.model import Panel
from dynreports.project.session import Session
from dynreports.semantics.checks import check
from dynreports.semantics.component import Ref, Segment
from dynreports.semantics.formula import Calculated, formula_text, metric_of
from dynreports.semantics.keys import FieldKey
from dynreports.semantics.metric import Aggregate, Expression, Metric, count
from dynreports.semantics.parsing import FormulaError, parse
from dynreports.semantics.predicate import Matches, Predicate, all_of
from dynreports.semantics.wording import predicate_in_words
from dynreports.views import format
from dynreports.workspace.questions import PreviewMetric

Data = dict[str, Any]
_ROWS = 5
_VALUES = 20


def metric(session: Session, asked: PreviewMetric) -> Data:
    """Return what a formula gives over the panel of a table, and in the first rows of that table.

    Returns
    -------
    dict
        ``problem``: what is wrong with the text, and where, else ``None``; ``text``, ``words``: the formula
        in its usual form, and in words; ``value``: the figure over the panel; ``rows``: labels and figures.
    """
    dataset = session.dataset
    try:
        formula = parse(asked.formula, dataset.catalog, dataset.fields)
    except FormulaError as error:
        problem = {"message": str(error), "start": error.start, "end": error.end}
        return {"problem": problem, "text": "", "words": "", "value": "", "rows": []}
    draft = Calculated(
        id="preview",
        label="Preview",
        formula=formula,
        format=asked.format,
        decimals=min(max(asked.decimals, 0), own.MOST_DECIMALS),
        on_zero=asked.on_zero,
    )
    made = metric_of(draft, dataset.catalog)
    check(made, dataset.fields)
    value, rows = _figures(session, made, asked.table)
    text = formula_text(formula, dataset.catalog)
    return {"problem": None, "text": text, "words": made.definition(), "value": value, "rows": rows}


def _figures(session: Session, made: Metric, table_id: str | None) -> tuple[str, list[list[str]]]:
    dataset, locale = session.dataset, session.project.numbers
    if table_id is None:
        request = TableRequest((ColumnRequest(made.expression),), BlockRequest(None))
    else:
        shown = session.request(table_id)
        # As the table's rows stand, with this figure as their only column.
        block = replace(shown.block, children=(), limit=_ROWS, sort=None if shown.block.sort is None else 0)
        request = replace(shown, columns=(ColumnRequest(made.expression),), block=block, series=None)
    result = planner.answer(request, engine_for(dataset))
    rows = [[each.label, format.figure(each.values[0], made, locale)] for each in result.rows]
    return format.figure(result.out_of[0], made, locale), rows


def segment(session: Session, where: Predicate, panel_id: str | None) -> Data:
    """Return what a condition means, and how many records of a panel match it, with their people."""
    dataset, locale = session.dataset, session.project.numbers
    check(Segment("Preview", where), dataset.fields)
    expressions: list[Expression] = [count().expression]
    people = _people(session)
    if people is not None:
        expressions.append(people.expression)
    panel = None if panel_id is None else tree.find_panel(session.project, panel_id)
    inside = _totals(session, expressions, panel, where)
    words = predicate_in_words(where)
    counts = [["Records", locale.written(f"{inside[0]:,.0f}")]]
    if people is not None:
        counts.append([people.label, locale.written(f"{inside[1]:,.0f}")])
    return {
        "words": words[:1].upper() + words[1:],
        "counts": counts,
        "of": locale.written(f"{_totals(session, expressions[:1], panel, None)[0]:,.0f}"),
    }


def _people(session: Session) -> Metric | None:
    """Return the first metric that counts something once each: people, visitors, orders."""
    for each in session.dataset.catalog.metrics:
        expression = each.expression
        if isinstance(expression, Aggregate) and expression.op == "distinct" and expression.where is None:
            return each
    return None


def _totals(
    session: Session, expressions: Sequence[Expression], panel: Panel | None, where: Predicate | None
) -> tuple[float, ...]:
    dataset = session.dataset
    filters = () if panel is None else panel.filters
    kept = all_of((where, *(predicate(each, dataset.catalog) for each in filters)))
    period = None if panel is None else dataset.resolve(panel.period)
    columns = tuple(ColumnRequest(each) for each in expressions)
    request = TableRequest(columns, BlockRequest(None), kept, period, time_field=dataset.time)
    return planner.answer(request, engine_for(dataset)).out_of


def values(session: Session, field: str, text: str) -> Data:
    """Return the most frequent values of a field that hold a text."""
    counted = count().expression
    assert isinstance(counted, Aggregate)  # noqa: S101
    key = FieldKey(field)
    where = Matches(key, text, include_missing=False)
    answer = engine_for(session.dataset).answer(Query(key, where, (counted,)))
    order = np.argsort(-answer.values[counted], kind="stable")[:_VALUES]
    found = [answer.groups[int(each)] for each in order]
    return {"values": [each.item for each in found if each.item is not None]}


def fields(session: Session) -> Data:
    """Return the fields that conditions and aggregates can be about."""
    dataset = session.dataset
    labels = {each.field: each.label for each in reversed(dataset.catalog.dimensions)}
    found = [
        {"name": name, "type": kind, "label": labels.get(name, name)} for name, kind in dataset.fields.items()
    ]
    return {"fields": found}


def marks(session: Session, chart: str, chosen: Sequence[Mark]) -> Data:
    """Return the segment of the rows that marks of a chart stand for."""
    filters = filters_of(session.project, chart, chosen)
    where = msgspec.to_builtins(condition(filters, session.dataset.catalog))
    label = ", ".join(labels.filter_words(each, session.dataset) for each in filters)
    return {"label": label, "description": "", "where": where, "shared": False}


def component(session: Session, ref: Ref) -> Data:
    """Return a metric or segment as the builders edit it."""
    catalog = session.dataset.catalog
    found = catalog.get(ref)
    shared = session.live.shared.content.find(ref) if own.find(session.project, ref) is None else None
    if isinstance(found, Segment):
        where = msgspec.to_builtins(found.where)
        return {
            "label": found.label,
            "description": found.description,
            "where": where,
            "shared": shared is not None,
        }
    written = own.find(session.project, ref) or shared
    assert isinstance(found, Metric)  # noqa: S101  # questions are about metrics and segments
    text = formula_text(written.formula, catalog) if isinstance(written, Calculated) else f"[{found.label}]"
    return {
        "label": found.label,
        "description": found.description,
        "formula": text,
        "format": found.format,
        "decimals": found.decimals,
        "on_zero": written.on_zero if isinstance(written, Calculated) else "zero",
        "shared": shared is not None,
    }
