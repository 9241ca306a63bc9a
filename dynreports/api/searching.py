"""Which rows of a table are shown: by what they are called, or chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from dynreports.api.comparing import Comparing
from dynreports.api.finding import At, steps
from dynreports.errors import InvalidInputError, unknown_name
from dynreports.project import commands as do
from dynreports.semantics.search import HOWS, JOINED, Joined, NameRule, parse_how


class Searching(Comparing):
    """The part of a table's handle that leaves rows out."""

    def search(
        self,
        text: str = "",
        *,
        include_missing: bool = True,
        rules: Sequence[tuple[str, str]] = (),
        joined: Joined = "all",
        at: At = (),
    ) -> Self:
        """Keep only rows whose label or identity contains the text; and, or not, the row without a value.

        Parameters
        ----------
        text
            A word or phrase; case does not matter.
        include_missing
            Whether the row of records without a value stays.
        rules
            More that the name has to be like: pairs such as ``("starts with", "spring")``. There are
            contains, contains all, contains any, does not contain, does not contain any, equals,
            does not equal, starts with and ends with.
        joined
            Whether ``"all"`` rules have to hold, or ``"any"`` of them.
        at
            The row whose breakdown is searched; not given: the table itself.
        """
        if joined not in JOINED:
            raise unknown_name("way to join rules", joined, JOINED)
        found = _rules(rules)
        self._apply(do.SetSearch(self._id, self._address(at), text, include_missing, found, joined))
        return self

    def only(self, rows: Sequence[At], *, at: At = ()) -> Self:
        """Show only some rows, by their labels or positions; none: all of them again.

        They stay these items, whatever the figures become. The total is that of their records.

        Parameters
        ----------
        rows
            Labels, or positions from 1.
        at
            The row whose breakdown it is about; not given: the table itself.
        """
        if not rows:
            self._apply(do.ShowAllRows(self._id, self._address(at)))
            return self
        paths = tuple(self._row_address((*steps(at), *steps(each))) for each in rows)
        self._apply(do.KeepRows(self._id, paths))
        return self


def _rules(given: Sequence[Any]) -> tuple[NameRule, ...]:
    """Return the rules that a person lists."""
    found = []
    for each in given:
        if not (isinstance(each, tuple | list) and len(each) == 2 and isinstance(each[1], str)):
            message = f"{each!r} is no rule. Accepted: pairs such as ('starts with', 'spring')."
            raise InvalidInputError(message)
        how = parse_how(each[0])
        if how is None:
            raise unknown_name("rule", str(each[0]), (name.replace("-", " ") for name in HOWS))
        found.append(NameRule(how, each[1]))
    return tuple(found)
