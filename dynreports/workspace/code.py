"""The code drawer: what stands for a table, coloured by Pygments. It is shown and copied, never run here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, Literal

from dynreports.project import labels, tree
from dynreports.project.code.pandas_code import pandas_code
from dynreports.project.code.python import python_code
from dynreports.project.model import (
    AnyFilter,
    Breakdown,
    MetricFilter,
    PeriodFilter,
    SegmentFilter,
    ShiftFilter,
    Table,
)
from dynreports.project.session import Session
from dynreports.semantics.catalog import Component, ref_of
from dynreports.semantics.component import Dimension, Ref, Segment, TimeBucket
from dynreports.semantics.metric import Metric
from dynreports.semantics.wording import predicate_as_formula, predicate_in_words
from dynreports.views.misfits import blanks

Form = Literal["pandas", "python", "definitions"]
Data = dict[str, Any]


def code(session: Session, table_id: str, form: Form) -> Data:
    """Return the code of a table as the browser draws it.

    Returns
    -------
    dict
        ``title`` of the table; ``tokens``: pairs (kind, text) that joined are the source, the kind being
        ``"kw"``, ``"st"``, ``"nu"``, ``"cm"`` or ``""``; ``cell``: the source as a cell of its own, which
        finds its data and shows its result; ``definitions``: what each component of the table means.
    """
    table = tree.find_table(session.project, table_id)
    if form == "definitions":
        return {"title": table.title, "tokens": [], "cell": "", "definitions": _definitions(session, table)}
    source = _pandas(session, table) if form == "pandas" else python_code(session.project, session.dataset)
    cell = _cell(session, source, "result" if form == "pandas" else "project")
    return {"title": table.title, "tokens": _tokens(source), "cell": cell, "definitions": []}


def _pandas(session: Session, table: Table) -> str:
    request, dataset = session.request(table.id), session.dataset
    # The table alone: its sparklines and open breakdowns are no part of its frame.
    request = dataclasses.replace(request, series=None, block=dataclasses.replace(request.block, children=()))
    rows = None if table.rows is None else labels.component(table.rows, dataset)
    heads, left_out = labels.columns(table.columns, dataset), blanks(session, table.id, ())
    return pandas_code(request, dataset, heads, rows, table.title, left_out)


def _cell(session: Session, source: str, shown: str) -> str:
    """Return the source as a cell: data that only the kernel has is taken from the live table."""
    if session.dataset.path is not None:
        return f"{source}\n{shown}\n"
    head = "import dynreports as dr\n\ndf = dr.current_table().data.frame\n\n"
    return f"{head}{source}\n{shown}\n"


# ---- colours ------------------------------------------------------------------------------------


def _tokens(source: str) -> list[list[str]]:
    # Imported here: nobody pays for it who never opens the drawer.
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Number, Operator, String

    kinds = ((Comment, "cm"), (Keyword, "kw"), (Operator.Word, "kw"), (String, "st"), (Number, "nu"))
    found: list[list[str]] = []
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        kind = next((name for family, name in kinds if token in family), "")
        if found and found[-1][0] == kind:
            found[-1][1] += text
        else:
            found.append([kind, text])
    return found


# ---- definitions --------------------------------------------------------------------------------


def _definitions(session: Session, table: Table) -> list[Data]:
    """Return every component of the table, its panel first, each once."""
    catalog, panel = session.dataset.catalog, tree.panel_of(session.project, table.id)
    refs = _filter_refs(panel.filters) + _row_refs(table)
    for column in table.columns:
        refs += [Ref("metric", column.metric), *_filter_refs(column.filters)]
    refs += _breakdown_refs(table)
    return [_definition(catalog.get(each)) for each in dict.fromkeys(refs) if each in catalog]


def _filter_refs(filters: Iterable[AnyFilter]) -> list[Ref]:
    found = []
    for each in filters:
        match each:
            case PeriodFilter() | ShiftFilter():
                continue
            case SegmentFilter(segment):
                found.append(Ref("segment", segment))
            case MetricFilter(metric):
                found.append(Ref("metric", metric))
            case _:
                found.append(each.by)
    return found


def _row_refs(block: Table | Breakdown) -> list[Ref]:
    return [block.rows] if block.rows is not None else _filter_refs(each.of for each in block.static)


def _breakdown_refs(block: Table | Breakdown) -> list[Ref]:
    return [ref for each in block.breakdowns for ref in (*_row_refs(each), *_breakdown_refs(each))]


def _definition(component: Component) -> Data:
    ref = ref_of(component)
    words = formula = ""
    match component:
        case Metric():
            words, formula = component.definition(), component.formula()
        case Segment(where=where, description=description):
            words = description or predicate_in_words(where)
            formula = predicate_as_formula(where)
        case Dimension() | TimeBucket():
            words, formula = component.description, component.field
    return {
        "kind": ref.kind,
        "label": component.label,
        "words": words[:1].upper() + words[1:],
        "formula": formula,
    }
