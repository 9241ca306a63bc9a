"""Organizational units: a tree, and which records the people of a unit see.

People of a unit see its own deliveries, those of the units below it, and those of the units above it; never
those of side branches. Deliveries without a unit are the root's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from dynreports.campaign.folders import read_tables
from dynreports.engine.scope import scoped
from dynreports.errors import DataError, InvalidInputError, unknown_name
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.predicate import And, IsIn, IsNull, Predicate

FIELD = "org_unit"


@dataclasses.dataclass(frozen=True)
class Units:
    """The tree: each unit with its parent, ``None`` for the root."""

    parents: Mapping[str, str | None]

    def __post_init__(self) -> None:
        for unit in self.parents:
            seen = {unit}
            for above in self.above(unit):
                if above in seen:
                    message = f"The unit {above!r} is above itself. Give it another parent."
                    raise InvalidInputError(message)
                seen.add(above)

    def above(self, unit: str) -> Iterator[str]:
        """Yield the units above a unit, up to the root."""
        parent = self.parents.get(unit)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)

    def visible(self, units: Iterable[str], *, strict: bool = False) -> frozenset[str]:
        """Return the units whose deliveries the people of some units see: the union of what each sees.

        Parameters
        ----------
        units
            The units of a person.
        strict
            Leave out what belongs to the units above.
        """
        own = set(units)
        for each in own - self.parents.keys():
            raise unknown_name("organizational unit", each, self.parents)
        below = {each for each in self.parents if own & {each, *self.above(each)}}
        above = set() if strict else {each for unit in own for each in self.above(unit)}
        return frozenset(below | above)

    def condition(self, units: Iterable[str], *, strict: bool = False) -> Predicate:
        """Return which records the people of some units see."""
        found = self.visible(units, strict=strict)
        if found == self.parents.keys():
            return And(())
        seen: Predicate = IsIn(FIELD, tuple(sorted(found)))
        sees_root = any(self.parents.get(each) is None for each in found)
        return seen | IsNull(FIELD) if sees_root else seen


def units_of(dataset: Dataset) -> Units:
    """Return the tree of units that lies beside the logs of a dataset."""
    tables = {} if dataset.path is None else read_tables(dataset.path, dataset.options.get("columns"))
    table = tables.get("org_units")
    if table is None:
        message = f"The data {dataset.name!r} has no table org_units, so nobody's units are known."
        raise DataError(message)
    names = [_text(each) for each in table.labels("org_unit")]
    above = [_text(each) for each in table.labels("parent")] if "parent" in table else [None] * len(names)
    return Units({name: parent for name, parent in zip(names, above, strict=True) if name is not None})


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def visible_to(
    dataset: Dataset, units: str | Iterable[str], *, strict: bool = False, tree: Units | None = None
) -> Dataset:
    """Return what the people of some units see of a dataset; see `dynreports.campaign.visible_to`."""
    wanted = [units] if isinstance(units, str) else list(units)
    if not wanted:
        message = "Who belongs to no organizational unit sees nothing. Give at least one unit."
        raise InvalidInputError(message)
    if FIELD not in dataset.fields:
        message = f"The deliveries of {dataset.name!r} have no {FIELD}, so they can't be told apart by it."
        raise DataError(message)
    where = (tree or units_of(dataset)).condition(wanted, strict=strict)
    return dataset if where == And(()) else scoped(dataset, where)
