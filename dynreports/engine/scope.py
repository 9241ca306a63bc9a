"""Part of a dataset as a dataset of its own: what is outside can't be reached from it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from dynreports.engine.frames import engine_for
from dynreports.engine.records import RecordsQuery
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.lazy import LazyFrame
from dynreports.semantics.predicate import Predicate
from dynreports.semantics.source import Reading


def scoped(dataset: Dataset, where: Predicate) -> Dataset:
    """Return a dataset of only the records that match a condition, with the same components.

    Every figure of it, totals and what they are out of included, is about these records; items, searches and
    suggestions know no others. ``refresh()`` reads the whole data again and takes the same part of it. It has
    no path: a report saved over it has to be given its data when it is opened, and can't read the whole.
    """
    catalog, declared = dataset.catalog, dataset.declared
    is_first = [True]

    def read() -> Reading:
        if not is_first:
            dataset.refresh()
        is_first.clear()
        return Reading(_part(dataset, where))

    return Dataset(
        read,
        time=dataset.time,
        timezone=dataset.timezone,
        dimensions=catalog.dimensions,
        metrics=catalog.metrics,
        segments=catalog.segments,
        name=dataset.name,
        as_of=declared.as_of,
        infer=False,
        records=catalog.records,
    )


def _part(dataset: Dataset, where: Predicate) -> LazyFrame:
    """Return the records, each field of the type that it has in the whole, even where none has a value."""
    found = engine_for(dataset).records(RecordsQuery(where)).frame.reset_index(drop=True)
    for name in found.columns:
        if isinstance(found[name].dtype, pd.CategoricalDtype):  # the others' texts are not to be seen
            found[name] = found[name].cat.remove_unused_categories()
    return LazyFrame(
        len(found), {name: (kind, partial(found.__getitem__, name)) for name, kind in dataset.fields.items()}
    )
