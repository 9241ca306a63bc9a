"""Answers about code and items, and to the builders. Nothing here changes the document."""

from __future__ import annotations

from typing import Any

from dynreports.project import tree
from dynreports.project.session import Session
from dynreports.project.tops import listed_items
from dynreports.views.payload import wire_path
from dynreports.workspace import previews, questions
from dynreports.workspace.code import code

Data = dict[str, Any]
Built = (
    questions.Code
    | questions.Items
    | questions.PreviewMetric
    | questions.PreviewSegment
    | questions.Values
    | questions.FieldList
    | questions.Definition
    | questions.SegmentOfMarks
)


def answer(question: Built, session: Session) -> Data:
    """Return what is asked for, as dicts, lists and scalars for JSON.

    Raises
    ------
    DynReportsError
        If what is asked about does not exist, or has no answer.
    """
    match question:
        case questions.Code(table, form):
            return code(session, table, form)
        case questions.Items():
            return _items(question, session)
        case questions.PreviewMetric():
            return previews.metric(session, question)
        case questions.PreviewSegment(where, panel):
            return previews.segment(session, where, panel)
        case questions.Values(field, text):
            return previews.values(session, field, text)
        case questions.FieldList():
            return previews.fields(session)
        case questions.Definition(component):
            return previews.component(session, component)
        case questions.SegmentOfMarks(chart, marks):
            return previews.marks(session, chart, marks)


def _items(question: questions.Items, session: Session) -> Data:
    panel = None if question.panel is None else tree.find_panel(session.project, question.panel)
    period = None if panel is None else panel.period
    rows, count = listed_items(question.by, question.text, period, session.dataset)
    items = [
        {
            "item": wire_path((each.item,))[0],
            "label": each.label,
            "caption": each.caption,
            "records": session.project.numbers.written(f"{each.values[0] or 0:,.0f}"),
        }
        for each in rows
    ]
    return {"items": items, "count": count}
