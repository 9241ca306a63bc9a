"""The engine for frames in memory."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from dynreports.engine import kernels, times
from dynreports.engine.cache import BytesCache
from dynreports.engine.columns import Codes, crossed
from dynreports.engine.fields import Fields
from dynreports.engine.grouping import Grouping
from dynreports.engine.masks import Masks
from dynreports.engine.passes import Passes, Task, numeric
from dynreports.engine.query import Answer, Array, Floats, Labelled, Query
from dynreports.engine.records import Records, RecordsQuery, ordered
from dynreports.engine.turns import Turns, checkpoint
from dynreports.engine.watch import Effort, watched
from dynreports.semantics.keys import Item, Key, TimeKey
from dynreports.semantics.lazy import LazyFrame
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import And, InItems, Predicate, Within

_MASK_BYTES = 512 << 20
_RESULT_BYTES = 64 << 20
_BUCKET_BYTES = 256 << 20
_PAIR_BYTES = 128 << 20
_MOST_CROSSED = 1 << 22


class Source(Protocol):
    """What the engine needs of a dataset."""

    @property
    def content(self) -> pd.DataFrame | LazyFrame: ...

    @property
    def timezone(self) -> str: ...

    @property
    def version(self) -> int: ...


class FrameEngine:
    """Answers queries over one frame. Every column is coded once, when first asked for.

    Caches are bounded: masks, selections, calendar buckets, and results by (key, conjunction, aggregate), so
    that asking for one more figure never computes another again.
    """

    def __init__(self, frame: pd.DataFrame | LazyFrame, timezone: str, version: int = 0) -> None:
        self.version = version
        self.timezone = timezone
        self._fields = Fields(frame, timezone, _BUCKET_BYTES)
        self._masks = Masks(self._fields, _MASK_BYTES)
        self._passes = Passes(self._fields, self._masks)
        self._results: BytesCache[Floats] = BytesCache(_RESULT_BYTES)
        self._pairs: BytesCache[Codes] = BytesCache(_PAIR_BYTES)
        self._lock = Turns()
        self._spans: dict[str, Within | None] = {}
        self._cached = self._computed = 0

    def clear_results(self) -> None:
        """Forget every result and selection, and keep the codes: so benchmarks ask cold questions."""
        with self._lock:
            self._results.clear()
            self._pairs.clear()
            self._masks.clear()

    def answer(self, query: Query) -> Answer:
        """Return the figures that a query asks for."""
        checkpoint()
        with self._lock:
            return watched(query, self._effort, lambda: self._answer(query))

    def _effort(self) -> Effort:
        return Effort(self._passes.scanned + self._masks.scanned, self._cached, self._computed)

    def _answer(self, query: Query) -> Answer:
        self._check(query)
        grouping = None if query.by is None else self._fields.grouping(query.by)
        where = _parts(query.where)
        tasks = {each: Task(where | _parts(each.where), each.op, each.field) for each in query.measures}
        if grouping is None or query.by is None:
            found = self._figures(None, None, list(tasks.values()))
            return Answer(_Whole(), {each: found[task] for each, task in tasks.items()})
        kept = Task(where | _parts(query.keep), "count", None)
        if query.items is None:
            found = self._figures(query.by, grouping.codes, [*tasks.values(), kept])
            slots = np.flatnonzero(found[kept])
        else:
            slots = grouping.positions(query.items)
            tasks = {each: self._restricted(task, query, grouping) for each, task in tasks.items()}
            found = self._figures(query.by, grouping.codes, list(tasks.values()))
        values = {each: _picked(found[task], slots, each) for each, task in tasks.items()}
        return Answer(_Slots(grouping, slots, query.items), values)

    def prepare(self, query: Query, key: Key, items: tuple[Item, ...]) -> None:
        """Work out a query within each item of another key in one go: answering each is then a look-up."""
        checkpoint()
        with self._lock:
            watched(query, self._effort, lambda: self._prepare(query, key, items))

    def _prepare(self, query: Query, key: Key, items: tuple[Item, ...]) -> None:
        if query.by is None:
            return
        self._check(query)
        self._fields.check_key(key)
        inner, outer = self._fields.grouping(query.by).codes, self._fields.grouping(key)
        places = outer.positions(items)
        if outer.codes.size * inner.size > _MOST_CROSSED or (places < 0).any():
            return
        where = _parts(query.where)
        tasks = [Task(where | _parts(each.where), each.op, each.field) for each in query.measures]
        tasks.append(Task(where | _parts(query.keep), "count", None))
        self._computed += len(tasks)
        crossed = {
            dataclasses.replace(each, where=each.where | {InItems(key, items)}): each for each in tasks
        }
        codes = self._crossed(key, query.by, outer.codes, inner)
        for narrowed, (figures, _) in self._passes.run(codes, list(crossed), in_all=False).items():
            rows = figures[:-1].reshape(outer.codes.size, inner.size)
            for item, place in zip(items, places.tolist(), strict=True):
                task = crossed[narrowed]
                single = dataclasses.replace(task, where=task.where | {InItems(key, (item,))})
                self._results.put((query.by, single), rows[place].copy(), rows[place].nbytes)

    def _crossed(self, outer_key: Key, inner_key: Key, outer: Codes, inner: Codes) -> Codes:
        """Return rows by the pair of their items."""
        found = self._pairs.get((outer_key, inner_key))
        if found is None:
            found = crossed(outer, inner)
            self._pairs.put((outer_key, inner_key), found, found.nbytes)
        return found

    def _check(self, query: Query) -> None:
        if query.by is not None:
            self._fields.check_key(query.by)
        for predicate in (query.where, query.keep, *(each.where for each in query.measures)):
            self._masks.check(predicate)
        for each in query.measures:
            if each.field is not None:
                column = self._fields.column(each.field)
                if each.op != "distinct":
                    numeric(column)

    def _restricted(self, task: Task, query: Query, grouping: Grouping) -> Task:
        """Narrow what costs more than a pass to the items asked for, where they are few."""
        if task.op in {"count", "sum", "mean"} or query.items is None or query.by is None:
            return task
        if len(query.items) * 4 > grouping.codes.size or self._results.get((query.by, task)) is not None:
            return task
        return dataclasses.replace(task, where=task.where | {InItems(query.by, query.items)})

    def _figures(self, by: Key | None, codes: Codes | None, tasks: Sequence[Task]) -> dict[Task, Floats]:
        known: dict[Task, Floats] = {}
        for task in dict.fromkeys(tasks):
            found = self._results.get((by, task))
            if found is not None:
                known[task] = found
        lacking = [task for task in dict.fromkeys(tasks) if task not in known]
        self._cached += len(known)
        self._computed += len(lacking)
        # Another key over the same records has the same figures in all.
        in_all = any(self._results.get((None, task)) is None for task in lacking)
        for task, (figures, total) in self._passes.run(codes, lacking, in_all=in_all).items():
            if in_all:
                self._results.put((None, task), total, total.nbytes)
            known[task] = self._results.put((by, task), figures, figures.nbytes)
        return known

    def items(self, key: Key) -> Sequence[Labelled]:
        """Return every item of a key that has a record, in label order, the missing item last."""
        with self._lock:
            groups = self._answer(Query(key, None)).groups
            return _Ordered(groups, np.argsort(groups.order, kind="stable"))

    def find_item(self, key: Key, text: Item, missing_label: str = "N/A") -> Item:
        """Return the item that a person means by a label, a ``Label (ID)``, or an identity."""
        with self._lock:
            self._fields.check_key(key)
            grouping = self._fields.grouping(key)
            counts = self._figures(key, grouping.codes, [Task(frozenset(), "count", None)])
            present = next(iter(counts.values())) > 0
            kind = f"{key.unit} of {key.field}" if isinstance(key, TimeKey) else f"item of {key.field}"
            return grouping.find(text, present, missing_label, kind)

    def records(self, query: RecordsQuery) -> Records:
        """Return records as they are in the data."""
        with self._lock:
            self._masks.check(query.where)
            if query.sort is not None:
                self._fields.column(query.sort)
            chosen = self._masks.select(_parts(query.where)).listed()
            rows = np.arange(self._fields.count) if chosen.rows is None else chosen.rows
            if query.sort is not None:
                rows = ordered(self._fields, rows, query.sort, query.descending)
            return Records(len(rows), self._fields.whole.iloc[rows[query.start : query.stop]])

    def shared(self, by: Key, aggregate: Aggregate) -> int:
        """Return how many values of a distinct count stand in more than one item of a key."""
        with self._lock:
            self._fields.check_key(by)
            self._masks.check(aggregate.where)
            column = self._fields.column(aggregate.field or "").codes
            groups = self._fields.grouping(by).codes
            chosen = self._masks.select(_parts(aggregate.where)).listed()
            entities, items = chosen.of(column.rows), chosen.of(groups.rows)
            if column.has_missing:
                present = entities != column.missing
                entities, items = entities[present], items[present]
            return kernels.shared(entities, items, groups.size)

    def span(self, field: str) -> Within | None:
        """Return the time from the first to just after the last record, ``None`` without any."""
        if field not in self._spans:  # known ones are there at once, whatever is computed just now
            with self._lock:
                self._spans[field] = self._span(field)
        return self._spans[field]

    def _span(self, field: str) -> Within | None:
        clock = self._fields.clock(field)
        if clock.is_empty:
            return None
        tick = clock.column.tick
        first, last = divmod(clock.first * tick, 10**9), divmod((clock.last + 1) * tick, 10**9)
        return Within(field, times.iso(*first, 0, False), times.iso(*last, 0, False))


class _Whole:
    """The one group of a query without a key."""

    order = np.zeros(1, dtype=np.intp)

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: int) -> Labelled:
        return Labelled(None, None, None)


class _Slots:
    """Items by their codes, named when asked for."""

    def __init__(self, grouping: Grouping, slots: Array, items: tuple[Item, ...] | None) -> None:
        self._grouping = grouping
        self._slots = slots
        self._items = items

    def __len__(self) -> int:
        return len(self._slots)

    def __getitem__(self, index: int) -> Labelled:
        code = int(self._slots[index])
        if code < 0 and self._items is not None:
            return Labelled(self._items[index], str(self._items[index]), None)
        return self._grouping.named(code)

    @property
    def order(self) -> Array:
        return self._grouping.order[self._slots]


class _Ordered(Sequence[Labelled]):
    """Items in an order of their own."""

    def __init__(self, groups: Any, order: Array) -> None:
        self._groups = groups
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._groups[int(each)] for each in self._order[index]]
        return self._groups[int(self._order[index])]


def _parts(predicate: Predicate | None) -> frozenset[Predicate]:
    if predicate is None:
        return frozenset()
    return frozenset(predicate.parts if isinstance(predicate, And) else (predicate,))


def _picked(figures: Floats, slots: Array, aggregate: Aggregate) -> Floats:
    """Return the figures of the items asked for; those of unknown items are what no records give."""
    if not (slots < 0).any():
        return figures[slots]
    nothing = 0.0 if aggregate.op in {"count", "sum", "distinct"} else np.nan
    return np.append(figures, nothing)[slots]


_engines: dict[int, tuple[weakref.ref[Any], FrameEngine]] = {}


def engine_for(dataset: Source) -> FrameEngine:
    """Return the engine of a dataset at its present version; one for all who ask, gone with the dataset."""
    # Datasets that share their records share an engine.
    dataset = getattr(dataset, "origin", dataset)
    known = _engines.get(id(dataset))
    if known is not None and known[0]() is dataset and known[1].version == dataset.version:
        return known[1]
    engine = FrameEngine(dataset.content, dataset.timezone, dataset.version)
    identity = id(dataset)
    _engines[identity] = weakref.ref(dataset, lambda _: _engines.pop(identity, None)), engine
    return engine
