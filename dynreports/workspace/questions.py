"""What the browser may ask without changing anything: the twin of ``Question`` in widgets/src/sync/types.ts.

A question is answered in the ``data`` of its reply. It is no step of undo, and no synced state.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

from dynreports.engine.cells import CellPlace, Part
from dynreports.errors import InvalidInputError
from dynreports.semantics.component import Ref
from dynreports.semantics.formula import OnZero
from dynreports.semantics.keys import Item
from dynreports.semantics.metric import Format
from dynreports.semantics.predicate import Predicate

ItemPath = tuple[Item, ...]


class _Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that the browser wants to know."""


class Code(_Question, frozen=True, tag="code"):
    """The code that stands for a table: its pandas, the project's Python, or what its components mean."""

    table: str
    form: Literal["pandas", "python", "definitions"]


class Items(_Question, frozen=True, tag="items"):
    """The items of a dimension or time unit whose label contains a text, in the period of a panel.

    Those with most records come first.
    """

    by: Ref
    text: str = ""
    panel: str | None = None


class AddsUp(_Question, frozen=True, tag="adds_up"):
    """Which totals of a table don't equal the sum of their rows?"""

    table: str


class Why(_Question, frozen=True, tag="why"):
    """Why do the rows of a block (``path`` ``()``: the table) not add up to the total of a column?"""

    table: str
    path: ItemPath
    column: str


class _OfCell(_Question, frozen=True):
    """About a cell: of the row at ``path``, or of the block under it."""

    table: str
    path: ItemPath
    column: str
    place: CellPlace


class Publication(_Question, frozen=True, tag="publication"):
    """Is the report published, where, which version, and what may its readers do?"""


class Versions(_Question, frozen=True, tag="versions"):
    """What was saved of the report, when, by whom?"""


class Differences(_Question, frozen=True, tag="differences"):
    """What was done between two versions? ``after`` ``None``: the report as it stands."""

    before: int
    after: int | None


class Explain(_OfCell, frozen=True, tag="explain"):
    """What does the figure mean, what is it of, and what did it cost?"""


class ListRecords(_OfCell, frozen=True, tag="records", kw_only=True):
    """Which records are behind the figure? One page of them, from 1."""

    part: Part = "all"
    sort: str | None = None
    descending: bool = False
    page: int = 1
    limit: int = 50


class RecordsFile(_OfCell, frozen=True, tag="records_file", kw_only=True):
    """The same as CSV, some records at a time, from ``start`` on."""

    part: Part = "all"
    sort: str | None = None
    descending: bool = False
    start: int = 0


class Performance(_Question, frozen=True, tag="performance"):
    """What did the last gestures cost?"""


class PreviewMetric(_Question, frozen=True, tag="preview_metric"):
    """What a formula gives, as far as it is written, over the panel and in the rows of a table."""

    formula: str
    format: Format
    decimals: int
    on_zero: OnZero
    table: str | None


class PreviewSegment(_Question, frozen=True, tag="preview_segment"):
    """How many records of a panel match a condition."""

    where: Predicate
    panel: str | None


class Values(_Question, frozen=True, tag="values"):
    """The most frequent values of a field that hold a text."""

    field: str
    text: str


class FieldList(_Question, frozen=True, tag="fields"):
    """The fields that conditions and aggregates can be about."""


class Definition(_Question, frozen=True, tag="component"):
    """A metric or segment as the builders edit it."""

    component: Ref


class SegmentOfMarks(_Question, frozen=True, tag="segment_of_marks"):
    """The segment that marks of a chart stand for, as the builder edits it."""

    chart: str
    marks: tuple[tuple[ItemPath, str | None], ...]


Question = (
    Code | Items | AddsUp | Why | Explain | ListRecords | RecordsFile | Performance
    | PreviewMetric | PreviewSegment | Values | FieldList | Definition | SegmentOfMarks
    | Publication | Versions | Differences
)  # fmt: skip
_QUESTION: Any = Question
_VERBS = frozenset(each.__struct_config__.tag for each in get_args(Question))


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
