"""What an engine is asked, and what it answers. Engines know fields and records, never projects."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dynreports.semantics.keys import Item, Key
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import Predicate, Within

if TYPE_CHECKING:
    from dynreports.engine.records import Records, RecordsQuery

Array = NDArray[Any]
Floats = NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Query:
    """Figures by one key.

    Attributes
    ----------
    by
        The key; ``None``: one group of all records.
    where
        Which records count, for every measure (each measure may filter further).
    measures
        The aggregates that are wanted.
    items
        Answer for exactly these items, in this order; items without records are answered too.
        ``None``: for every item with at least one record in ``where`` and ``keep``.
    keep
        Narrows which items are answered, never their figures.
    """

    by: Key | None
    where: Predicate | None
    measures: tuple[Aggregate, ...] = ()
    items: tuple[Item, ...] | None = None
    keep: Predicate | None = None


class Labelled(NamedTuple):
    """An item as people see it: ``label (caption)``, where the caption is there only if it says more."""

    item: Item
    label: str | None
    caption: str | None


class Groups(Protocol):
    """The items of an answer, decoded one by one: an answer may have a million, a page shows fifty.

    The missing item, where there is one, is the last.
    """

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Labelled: ...

    @property
    def order(self) -> Array:
        """The rank of each item by label (numbers by value, time by time), the missing item last."""
        ...


@dataclasses.dataclass(frozen=True)
class Answer:
    """Items, and for each aggregate one float per item (``nan``: blank)."""

    groups: Groups
    values: Mapping[Aggregate, Floats]

    @property
    def items(self) -> list[Item]:
        """The identity of every item."""
        return [self.groups[index].item for index in range(len(self.groups))]

    @property
    def labels(self) -> list[str | None]:
        """The label of every item; ``None`` for the item of records without a value."""
        return [self.groups[index].label for index in range(len(self.groups))]

    @property
    def captions(self) -> list[str | None]:
        """What is shown in parentheses after the label."""
        return [self.groups[index].caption for index in range(len(self.groups))]


class Engine(Protocol):
    """Answers queries over one version of one dataset."""

    @property
    def version(self) -> int:
        """The version of the data that every answer is about."""
        ...

    @property
    def timezone(self) -> str:
        """The zone that calendar buckets and dates without an offset are read in."""
        ...

    def answer(self, query: Query) -> Answer:
        """Return the figures that a query asks for."""
        ...

    def prepare(self, query: Query, key: Key, items: tuple[Item, ...]) -> None:
        """Work out a query within each item of another key in one go: answering each is then a look-up.

        Parameters
        ----------
        query
            What will be asked, with ``InItems(key, (item,))`` added to its ``where``, for each of ``items``.
        """
        ...

    def items(self, key: Key) -> Sequence[Labelled]:
        """Return every item of a key that has a record, in label order, the missing item last."""
        ...

    def find_item(self, key: Key, text: Item, missing_label: str = "N/A") -> Item:
        """Return the item that a person means by a label, a ``Label (ID)``, or an identity."""
        ...

    def records(self, query: RecordsQuery) -> Records:
        """Return records as they are in the data."""
        ...

    def shared(self, by: Key, aggregate: Aggregate) -> int:
        """Return how many values of a distinct count stand in more than one item of a key."""
        ...

    def span(self, field: str) -> Within | None:
        """Return the time from the first to just after the last record, ``None`` without any."""
        ...
