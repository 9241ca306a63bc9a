"""The answer to a question about code. Nothing here changes the document."""

from __future__ import annotations

from typing import Any

from dynreports.project.session import Session
from dynreports.workspace import questions
from dynreports.workspace.code import code

Data = dict[str, Any]


def answer(question: questions.Code, session: Session) -> Data:
    """Return what is asked for, as dicts, lists and scalars for JSON.

    Raises
    ------
    DynReportsError
        If what is asked about does not exist, or has no answer.
    """
    return code(session, question.table, question.form)
