"""What the browser may ask without changing anything: the twin of ``Question`` in widgets/src/sync/types.ts.

A question is answered in the ``data`` of its reply. It is no step of undo, and no synced state.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from dynreports.errors import InvalidInputError


class _Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that the browser wants to know."""


class Code(_Question, frozen=True, tag="code"):
    """The code that stands for a table: its pandas, the project's Python, or what its components mean."""

    table: str
    form: Literal["pandas", "python", "definitions"]


Question = Code
_QUESTION: Any = Question
_VERBS = frozenset({"code"})


def decode(intent: object) -> Question | None:
    """Return the question that an intent is, ``None`` if it is none.

    Raises
    ------
    InvalidInputError
        If a field or a value is not one of those in types.ts.
    """
    verb = intent.get("verb") if isinstance(intent, dict) else None
    if not isinstance(verb, str) or verb not in _VERBS:
        return None
    try:
        question: Question = msgspec.convert(intent, _QUESTION)
        return question
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        message = f"The question {verb!r} can't be understood: {error}."
        raise InvalidInputError(message) from error
