"""Answers about code, and to the builders of metrics and segments. Nothing here changes the document."""

from __future__ import annotations

from typing import Any

from dynreports.project.session import Session
from dynreports.workspace import previews, questions
from dynreports.workspace.code import code

Data = dict[str, Any]
Built = (
    questions.Code
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
