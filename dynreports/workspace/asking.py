"""Answers questions about what is on the screen. Nothing here changes the document or the view."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dynreports.engine.adding import adds_up
from dynreports.engine.frames import engine_for
from dynreports.engine.request import BlockResult
from dynreports.engine.watch import Watched
from dynreports.errors import InvalidInputError, RefusedError
from dynreports.project import tree
from dynreports.project.blocks import Cell, block_request, cell_at
from dynreports.project.session import Session
from dynreports.semantics.keys import Item
from dynreports.views.explain import cost, explain, milliseconds, query_in_words
from dynreports.views.payload import row_id
from dynreports.views.records import LARGEST_PAGE, Order, csv_lines, listing
from dynreports.views.why import why
from dynreports.workspace import questions as ask
from dynreports.workspace import versions
from dynreports.workspace.answers import answer
from dynreports.workspace.publishing import standing

CHUNK = 2_000
LARGEST_FILE = 200_000
"""Records in a file; from Python there is no such limit."""
_LARGEST_PIECE = 400_000  # Jupyter lets a megabyte a second through, and drops the rest
_GESTURES = 30
_QUERIES = 40
_LONGEST = 600


@dataclass(frozen=True)
class Gesture:
    """What one message of the browser cost, in seconds, and with which queries."""

    verb: str
    seconds: float
    queries: tuple[Watched, ...]


class Asking:
    """The questions of one workspace.

    Parameters
    ----------
    records
        Whether the records behind figures may be seen: on a page for readers only if its author says so.
    history
        Whether earlier versions of the report may be seen: by its authors.
    """

    def __init__(self, session: Session, *, records: bool, history: bool) -> None:
        self._session = session
        self._records = records
        self._history = history
        self._gestures: deque[Gesture] = deque(maxlen=_GESTURES)
        self._drawn: dict[str, tuple[Watched, ...]] = {}

    def noted(self, verb: object, seconds: float, queries: Sequence[Watched]) -> None:
        """Remember what a gesture cost."""
        self._gestures.append(Gesture(str(verb)[:40], seconds, tuple(queries)))

    def drew(self, table_id: str, queries: Sequence[Watched]) -> None:
        """Remember which queries a table was drawn with; none: it was drawn from what was known."""
        if queries:
            self._drawn[table_id] = tuple(queries)

    def answer(self, question: ask.Question) -> Any:
        """Return the answer, as JSON.

        Raises
        ------
        DynReportsError
            If the place is not there (any more), or the records are not to be seen.
        """
        match question:
            case (
                ask.Code()
                | ask.Items()
                | ask.PreviewMetric()
                | ask.PreviewSegment()
                | ask.Values()
                | ask.FieldList()
                | ask.Definition()
                | ask.SegmentOfMarks()
            ):
                if not self._records:
                    message = "On this page figures can be read, not the data behind them."
                    raise RefusedError(message)
                return answer(question, self._session)
            case ask.Publication():
                return standing(self._session)
            case ask.Versions() | ask.Differences():
                if not self._history:
                    message = "This page shows one version of the report: what it was before is its authors'."
                    raise RefusedError(message)
                return versions.answer(question, self._session)
            case ask.AddsUp(table):
                return self.marks(table)()
            case ask.Why(table, path, column):
                session = self._session
                position = cell_at(session, table, path, column, "total").column
                return {"sentence": why(session, table, session.locate(table, path), position)}
            case ask.Explain():
                lines = explain(self._session, self._cell(question), self._drawn.get(question.table, ()))
                return {"lines": [list(each) for each in lines]}
            case ask.ListRecords():
                return self._page(question)
            case ask.RecordsFile():
                return self._piece(question)
            case ask.Performance():
                return {"gestures": [_gesture(each) for each in reversed(self._gestures)]}

    def _cell(self, question: ask.Explain | ask.ListRecords | ask.RecordsFile) -> Cell:
        return cell_at(self._session, question.table, question.path, question.column, question.place)

    # ---- rows that don't add up -----------------------------------------------------------------

    def is_counted(self, table_id: str) -> bool:
        """Whether the figures of a table as it stands are known: a question about them counts nothing."""
        session = self._session
        return session.results.known(session.dataset.version, session.request(table_id)) is not None

    def marks(self, table_id: str) -> Callable[[], dict[str, Any]]:
        """Return what finds the columns whose rows don't add up, by the id of the head of their block.

        It needs nothing of the session any more: only the engine, for a pass over all rows.
        """
        session = self._session
        table = tree.find_table(session.project, table_id)
        catalog = session.dataset.catalog
        shows = [each.totals and catalog.metric(each.metric).show_total for each in table.columns]
        engine = engine_for(session.dataset)
        requests = {
            row_id(path, "h"): block_request(session, table_id, session.locate(table_id, path))
            for path in _paths(session.result(table_id), ())
        }

        def found() -> dict[str, Any]:
            marks = {}
            for head, request in requests.items():
                marked = [
                    column.id
                    for column, is_sum, has_total in zip(
                        table.columns, adds_up(request, engine), shows, strict=True
                    )
                    if has_total and not is_sum
                ]
                if marked:
                    marks[head] = marked
            return {"marks": marks}

        return found

    # ---- the records behind a figure ------------------------------------------------------------

    def _check_records(self) -> None:
        if not self._records:
            message = "This page does not show the records behind its figures."
            raise RefusedError(message)

    def _page(self, question: ask.ListRecords) -> dict[str, Any]:
        self._check_records()
        if question.page < 1 or not 1 <= question.limit <= LARGEST_PAGE:
            message = f"Pages count from 1, and have at most {LARGEST_PAGE} rows."
            raise InvalidInputError(message)
        start = (question.page - 1) * question.limit
        order = Order(question.sort, question.descending, start, start + question.limit)
        found = listing(self._session, self._cell(question), question.part, order)
        return {
            "fields": list(found.fields),
            "time": found.time,
            "rows": [list(each) for each in found.rows],
            "count": found.count,
            "said": found.said,
            "parts": [{"part": part, "label": label} for part, label in found.parts],
        }

    def _piece(self, question: ask.RecordsFile) -> dict[str, Any]:
        self._check_records()
        if question.start < 0:
            message = f"Records count from 0; got {question.start}."
            raise InvalidInputError(message)
        stop = min(question.start + CHUNK, LARGEST_FILE)
        order = Order(question.sort, question.descending, question.start, stop)
        lines, count = csv_lines(self._session, self._cell(question), question.part, order)
        lines = _fitting(lines)
        after = question.start + len(lines)
        more = lines and after < min(count, LARGEST_FILE)
        return {"text": "".join(lines), "next": after if more else None, "count": count}


def _fitting(lines: list[str]) -> list[str]:
    """Return as many lines as go into one message, at least one."""
    size = 0
    kept: list[str] = []
    for line in lines:
        size += len(line)
        if kept and size > _LARGEST_PIECE:
            break
        kept.append(line)
    return kept


def _paths(block: BlockResult, path: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    yield path
    for row in block.rows:
        if row.child is not None:
            yield from _paths(row.child, (*path, row.item))


def _gesture(gesture: Gesture) -> dict[str, Any]:
    return {
        "verb": gesture.verb,
        "took": milliseconds(gesture.seconds),
        "cost": cost(gesture.queries),
        "queries": [
            {
                "text": query_in_words(each.query)[:_LONGEST],
                "took": milliseconds(each.seconds),
                **each.effort._asdict(),
            }
            for each in gesture.queries[:_QUERIES]
        ],
    }
