"""A column of a freeform table, from Python."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import Any

from dynreports.errors import InvalidInputError
from dynreports.project import commands as do
from dynreports.project import labels, tree
from dynreports.project.model import Background, Limits
from dynreports.project.session import Session

_BACKGROUNDS = ("bar", "colors", "off")


class Column:
    """A handle on a column."""

    def __init__(self, session: Session, table: str, id: str) -> None:
        self._session = session
        self._table = table
        self._id = id

    def __repr__(self) -> str:
        return f"<Column {self.label!r}>"

    @property
    def label(self) -> str:
        """The label of the column, as in frames."""
        columns = tree.find_table(self._session.project, self._table).columns
        at = [each.id for each in columns].index(self._id)
        return labels.columns(columns, self._session.dataset)[at]

    def settings(
        self,
        *,
        totals: bool | EllipsisType = ...,
        number: bool | EllipsisType = ...,
        percent: bool | EllipsisType | None = ...,
        background: Background | EllipsisType | None = ...,
        limits: Sequence[float] | EllipsisType | None = ...,
        percent_limits: bool | EllipsisType = ...,
        wrap: bool | EllipsisType = ...,
        blank_zero: bool | EllipsisType = ...,
        variant: str | EllipsisType | None = ...,
    ) -> Column:
        """Change how the column is shown. What is not given stays as it is.

        Parameters
        ----------
        totals
            Whether the total row shows figures of the column.
        number, percent
            Whether cells show the figure, and its percentage of the column's total (of the total rate, for a
            rate). ``None``: a percentage where figures are parts of a total.
        background
            ``"bar"``: a bar as long as the figure's part of the total; ``"colors"``: by limits; ``"off"``.
            ``None``: a bar where figures are parts of a total.
        limits
            Upper and lower limit of the colours, or upper, midpoint and lower, as people read them
            (25 for 25 %). ``None``: the highest and the lowest figure among all rows.
        percent_limits
            Whether the limits are about the percentages.
        wrap, blank_zero
            Whether the head may take several lines; whether 0 is shown as no value.
        variant
            Another way to count the metric, where it has one: ``"retries"`` includes the attempts that were
            followed by another. ``None``: the usual one.
        """
        given: dict[str, Any] = {
            "totals": totals,
            "number": number,
            "percent": percent,
            "background": background,
            "limits": _limits(limits),
            "percent_limits": percent_limits,
            "wrap": wrap,
            "blank_zero": blank_zero,
            "variant": variant,
        }
        if background not in (*_BACKGROUNDS, None, ...):
            message = (
                f"{background!r} is no background. Accepted: {', '.join(map(repr, _BACKGROUNDS))}, None."
            )
            raise InvalidInputError(message)
        changes = {name: value for name, value in given.items() if value is not ...}
        self._session.apply(do.SetColumn(self._table, self._id, **changes))
        return self

    def width(self, pixels: int | None) -> Column:
        """Set the width of the column; ``None``: what its figures need."""
        self._session.apply(do.SetWidth(self._table, self._id, pixels))
        return self

    def move(self, before: Column | None = None) -> Column:
        """Move the column before another one of its table, or to the end."""
        self._session.apply(do.MoveColumn(self._table, self._id, None if before is None else before._id))
        return self

    def remove(self) -> None:
        """Remove the column from its table."""
        self._session.apply(do.RemoveColumn(self._table, self._id))


def _limits(given: Sequence[float] | EllipsisType | None) -> Limits | EllipsisType | None:
    if given is None or given is ...:
        return given
    values = list(given)
    if len(values) not in {2, 3} or not all(isinstance(each, (int, float)) for each in values):
        message = f"{given!r} are no limits. Accepted: (upper, lower) or (upper, midpoint, lower)."
        raise InvalidInputError(message)
    middle = float(values[1]) if len(values) == 3 else None
    return Limits(upper=float(values[0]), lower=float(values[-1]), middle=middle)
