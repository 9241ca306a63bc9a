"""What was found wrong, missing or left out when logs were loaded: one list, for people and programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd

from dynreports.errors import DataError
from dynreports.semantics.nouns import counted

_HEADS = ("file", "column", "problem", "rows", "first rows", "examples", "what was done")


@dataclasses.dataclass(frozen=True)
class Finding:
    """One kind of problem in one column of one file.

    Attributes
    ----------
    file, column
        Where: the file's name in the folder, and the column as it is documented; "" for the whole file.
    problem, done
        What is wrong, and what was done about it.
    count
        How many rows it concerns; 0 for what is about the file or column as a whole.
    rows
        The first of these rows; the first row of a file is 1.
    examples
        Values that stand in such rows.
    """

    file: str
    column: str
    problem: str
    done: str
    count: int = 0
    rows: tuple[int, ...] = ()
    examples: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Return the finding as the cells of a row, in the order of the report's columns."""
        more = ", …" if self.count > len(self.rows) and self.rows else ""
        return (
            self.file,
            self.column,
            self.problem,
            f"{self.count:,}" if self.count else "",
            ", ".join(f"{each:,}" for each in self.rows) + more,
            ", ".join(_short(each) for each in self.examples),
            self.done,
        )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


class LoadReport(Sequence[Finding]):
    """Everything that was not as it should be, each kind once; empty when all is well.

    It prints as a table, shows as one in a notebook, and is a frame by `to_frame`.
    """

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        self._findings = tuple(findings)

    def __len__(self) -> int:
        return len(self._findings)

    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:  # type: ignore[override]
        return self._findings[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each finding: file, column, problem, rows, first_rows, examples, done."""
        fields = ("file", "column", "problem", "count", "rows", "examples", "done")
        names = ("file", "column", "problem", "rows", "first_rows", "examples", "done")
        found = [[getattr(each, name) for name in fields] for each in self]
        return pd.DataFrame(found, columns=list(names))

    def __str__(self) -> str:
        if not self:
            return "Nothing was wrong with the files."
        lines = [_HEADS, *(each.cells() for each in self)]
        used = [place for place in range(len(_HEADS)) if any(line[place] for line in lines[1:])]
        widths = [max(len(_flat(line[place])) for line in lines) for place in used]
        return "\n".join(
            "  ".join(
                _flat(line[place]).ljust(width) for place, width in zip(used, widths, strict=True)
            ).rstrip()
            for line in lines
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{escape(str(self))}</p>"
        head = "".join(f"<th>{escape(each)}</th>" for each in _HEADS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in each.cells()) + "</tr>" for each in self
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def note(self) -> str | None:
        """Return the report in one sentence; ``None`` when nothing was wrong with any row."""
        wrong = [each for each in self if each.count]
        if not wrong:
            return None
        rows = sum(each.count for each in wrong)
        first = wrong[0]
        place = f"{first.column} in {first.file}" if first.column else first.file
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        return (
            f"Loading found problems in {counted(rows, 'row')}: {first.problem} ({place}; "
            f"{first.done}){more}. The load report lists them: print(data.load_report)."
        )


def _flat(cell: str) -> str:
    return cell.replace("\n", " ").replace("\t", " ")


class LoadError(DataError):
    """The folder can't be loaded. ``report`` lists everything that keeps it from that, not only the first.

    In a notebook it shows its message without a traceback: the fault is in the files, not in code.
    """

    def __init__(self, message: str, report: LoadReport) -> None:
        super().__init__(message)
        self.report = report

    def _render_traceback_(self) -> list[str]:
        return [f"LoadError: {self}"]
