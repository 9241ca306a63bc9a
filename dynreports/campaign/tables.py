"""The tables of a folder of campaign logs: each one or many files under each other, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dynreports.campaign.columns import (
    Array,
    Coded,
    Ids,
    Rows,
    category,
    joined,
    joined_ids,
    positions,
    taken,
)
from dynreports.campaign.converting import NO_TIME, Problem, found_in
from dynreports.campaign.parts import Part
from dynreports.campaign.report import Finding
from dynreports.campaign.schema import Column, TableSchema, required_columns
from dynreports.semantics.columns import FieldType

__all__ = ["OPTIONAL", "REQUIRED", "Array", "Coded", "Ids", "Rows", "Table", "category", "positions", "taken"]

REQUIRED: Mapping[str, tuple[str, ...]] = required_columns(tables_required=True)
"""The tables that a folder must hold, with the columns that they must have."""

OPTIONAL: Mapping[str, tuple[str, ...]] = required_columns(tables_required=False)
"""The tables that a folder may hold, with the columns that they must then have."""


class Table:
    """One table. Its columns hold the rows that can be used, of all of its files.

    Columns are read when they are asked for. What was found wrong in them is in `findings`.
    """

    def __init__(self, schema: TableSchema, parts: Sequence[Part]) -> None:
        self.name = schema.name
        self.schema = schema
        self.parts = tuple(parts)
        self._found: list[Finding] = []
        self._starts = np.cumsum([0, *(len(each) for each in self.parts)]).tolist()

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __contains__(self, column: str) -> bool:
        """Whether the table has the column, with at least one value in it."""
        return any(part.has_values(column) for part in self.parts)

    @property
    def columns(self) -> list[str]:
        """The names of the documented columns that hold anything, custom fields included."""
        names = dict.fromkeys(each.name for part in self.parts for each in part.documented())
        return [name for name in names if name in self]

    def ids(self, column: str) -> Ids:
        """Return identities: whole numbers or text, missing ones included."""
        return joined_ids([self._of(part, column, Ids.none) for part in self.parts])

    def times(self, column: str) -> Array:
        """Return moments in milliseconds; those without a zone are in UTC."""
        return self._joined(column, lambda rows: np.full(rows, NO_TIME))

    def numbers(self, column: str, missing: int = 0) -> Array:
        """Return codes that are small whole numbers."""
        return self._joined(column, lambda rows: np.full(rows, missing, dtype=np.int8))

    def flags(self, column: str) -> NDArray[np.bool_]:
        """Return marks; those that are missing, and all of a missing column, are not set."""
        return self._joined(column, lambda rows: np.zeros(rows, dtype=bool))

    def coded(self, column: str) -> Coded:
        """Return a column as it is: each different value once, and a code per row."""
        if self._column(column).kind == "id":
            return _id_codes(self.ids(column))
        return joined(
            [
                self._of(part, column, lambda rows: Coded(np.full(rows, -1, np.int8), []))
                for part in self.parts
            ]
        )

    def labels(self, column: str, words: Callable[[Any], Any] = str) -> pd.Categorical:
        """Return what people read, by default the values as text; ``words`` gives ``None`` for no value."""
        return self.coded(column).renamed(words).category()

    def values(self, column: str) -> pd.Categorical:
        """Return a column as it is, as a categorical."""
        return self.coded(column).category()

    def type_of(self, column: str) -> FieldType:
        """Return what a column of free content holds, by its type in the files; files that differ: text."""
        kinds = {part.type_of(column) for part in self.parts if part.has_values(column)}
        return kinds.pop() if len(kinds) == 1 else "text"

    def _joined(self, column: str, nothing: Callable[[int], Array]) -> Array:
        parts = [self._of(part, column, nothing) for part in self.parts]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _of(self, part: Part, column: str, nothing: Callable[[int], Any]) -> Any:
        """Return a column of a file, of the rows that can be used."""
        if not part.has_values(column):
            return nothing(len(part))
        values = part.converted(self._column(column)).values
        kept = part.kept
        if kept is None:
            return values
        return values[kept] if isinstance(values, np.ndarray) else values.at(kept)

    def _column(self, name: str) -> Column:
        found = self.schema.find(name)
        if found is None:
            message = f"{self.name} has no documented column {name!r}."
            raise LookupError(message)
        return found

    # ---- what is wrong ------------------------------------------------------------------------

    def report(self, column: str, problem: str, done: str, wrong: NDArray[np.bool_]) -> None:
        """Report rows of the table: each by its place in its own file."""
        for part, start, stop in zip(self.parts, self._starts, self._starts[1:], strict=False):
            marked = wrong[start:stop]
            if not marked.any():
                continue
            kept = part.kept
            if kept is not None:
                whole = np.zeros(part.total, dtype=bool)
                whole[kept[marked]] = True
                marked = whole
            self._found.append(_finding(part, found_in(column, problem, done, marked, ())))

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the columns that were read, and what was reported."""
        own = [_finding(part, each) for part in self.parts for each in part.problems()]
        return [*own, *self._found]


def _id_codes(ids: Ids) -> Coded:
    if ids.words is not None:
        return Coded(np.where(ids.lacking, -1, ids.numbers), ids.words)
    codes, numbers = pd.factorize(ids.numbers)
    return Coded(np.where(ids.lacking, -1, codes), numbers.tolist())


def _finding(part: Part, found: Problem) -> Finding:
    name = part.named(found.column)
    column = found.column if name == found.column else f"{found.column} ({name})"
    return Finding(part.label, column, found.problem, found.done, found.count, found.rows, found.examples)
