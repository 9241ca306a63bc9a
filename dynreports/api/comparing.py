"""Columns side by side: over other periods, with what differs, and by the items of a dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from dynreports.api import naming
from dynreports.api.finding import Finding
from dynreports.errors import InvalidInputError
from dynreports.project import blocks, labels, model
from dynreports.project import commands as do
from dynreports.project.model import ItemFilter
from dynreports.project.tops import top_items
from dynreports.semantics.component import Ref


class Comparing(Finding):
    """A table whose columns can be compared and split."""

    def compare(self, with_: object, *, columns: str | Sequence[str] | None = None) -> Self:
        """Compare columns with another period: the other figure, the difference, the change in percent.

        Every figure comes from the records of its own period, unrounded, and is compared last. The change of
        a figure that was 0 is blank; the difference of a rate is in points (0.02 is two points).

        Parameters
        ----------
        with_
            ``"previous period"`` or ``"same period last year"``, which move with the column's own period;
            a preset such as ``"last month"``, or a pair of dates with the end not included.
        columns
            The label of a column, or several. Not given: all that compare nothing yet.
        """
        other = naming.over(with_)
        wanted = [self._column_id(each) for each in _listed(columns)] or [
            each.id for each in self._document.columns if each.compare is None
        ]
        name = labels.filter_words(other, self._session.dataset)
        with self._session.group(f"Compare {self._document.title} with {name}"):
            for each in wanted:
                self._apply(do.CompareColumn(self._id, each, other))
        return self

    def add_period(self, column: str, period: object) -> Self:
        """Add the same column once more over another period, named as in `compare`."""
        over = naming.over(period)
        self._apply(do.AddPeriodColumn(self._id, self._column_id(column), over))
        return self

    def _column_id(self, label: str) -> str:
        return self._document.columns[self._position(label)].id

    def split(self, column: str, by: object, *, limit: int = 5) -> Self:
        """Put the top items of a dimension side by side, as columns before one of the table's.

        Parameters
        ----------
        column
            The label of a column, or of a metric that is not a column yet.
        by
            The label of a dimension.
        limit
            How many items.
        """
        session, dataset = self._session, self._session.dataset
        dimension = naming.component(by, dataset, "dimension")
        with session.group(f"Split {column} by {dimension.label}"):
            if column not in self.columns:
                metric, filters, compare = naming.column(column, dataset)
                self._apply(do.AddColumn(self._id, metric, filters, None, compare))
                part = self._document.columns[-1]
            else:
                part = self._document.columns[self.columns.index(column)]
            request = blocks.block_request(self._session, self._id, ())
            chosen = request.columns[self._document.columns.index(part)]
            by_ref = Ref("dimension", dimension.id)
            for item in top_items(request, chosen, by_ref, dataset, limit):
                filters = (*part.filters, ItemFilter(dimension.id, (item,)))
                self._apply(do.AddColumn(self._id, part.metric, filters, part.id, part.compare))
        return self

    def _static_breakdown(
        self, address: do.Address, rows: tuple[model.RowFilter, ...]
    ) -> tuple[str, do.Command]:
        if not rows:
            message = "A breakdown needs at least one row."
            raise InvalidInputError(message)
        names = ", ".join(labels.row(each, self._session.dataset) for each in rows)
        return names, do.AddRows(self._id, address, rows)

    def _apply(self, command: do.Command) -> None:
        self._session.apply(command)


def _listed(given: str | Sequence[str] | None) -> Sequence[str]:
    if given is None:
        return ()
    return [given] if isinstance(given, str) else given
