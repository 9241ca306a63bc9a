"""Inference: a sensible catalog for any frame, with no configuration.

Names and a sample of the values decide; both are only hints on what to offer, so that a wrong guess costs
an entry too many in the list, never a wrong number.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
import pandas as pd

from dynreports.semantics.columns import FieldType
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.metric import Aggregate, Aggregation, Metric, count
from dynreports.semantics.text import humanise, phrase, slug, unique, words_of

SAMPLE = 20_000
FEW_VALUES = 50
"""An integer field with at most this many different values is offered as a dimension too."""

_ID_WORDS = {"id", "ids", "uuid", "guid", "key", "hash"}
_LABEL_WORDS = {  # whole numbers that name things: adding them up means nothing
    "year", "quarter", "month", "week", "weekday", "day", "dow", "doy", "hour", "minute",
    "code", "number", "zip", "zipcode", "postcode", "postal", "phone", "no", "nr", "version", "line", "rank",
    "index",
}  # fmt: skip
_RATE_WORDS = {  # figures that can be averaged, but not added up
    "age", "avg", "average", "mean", "median", "rate", "ratio", "pct", "percent", "percentage", "share",
    "score", "rating", "temp", "temperature", "lat", "latitude", "lon", "lng", "long", "longitude",
    "price", "speed", "pressure", "humidity",
}  # fmt: skip
_TIME_NAMES = (
    "event_time", "event_date", "event_datetime", "timestamp", "datetime", "date_time", "ts", "time", "date",
)  # fmt: skip
_TIME_WORDS = {"event", "timestamp", "datetime", "ts", "time", "date", "at", "on", "when", "day", "created"}
_LATE_WORDS = {
    "end",
    "expiry",
    "expires",
    "expired",
    "until",
    "due",
    "updated",
    "modified",
    "deleted",
    "closed",
}
_BIRTH_WORDS = {"birth", "birthday", "birthdate", "dob", "born"}
_PREFIXES: dict[Aggregation, str] = {"sum": "Sum of", "mean": "Average", "distinct": "Distinct"}


@dataclasses.dataclass(frozen=True)
class Inferred:
    """What a frame offers by itself."""

    dimensions: tuple[Dimension, ...]
    metrics: tuple[Metric, ...]


def infer(frame: pd.DataFrame, fields: Mapping[str, FieldType], time: str | None) -> Inferred:
    """Return the dimensions and metrics of a frame that was read.

    Parameters
    ----------
    frame, fields
        The data, and what each of its columns holds.
    time
        The field that has become the dataset's time: time units stand for it.
    """
    dimensions: list[Dimension] = []
    metrics: list[Metric] = [count(label="Records", description="The number of records.")]
    # One sample of positions for all columns; evenly spread, as data is often sorted.
    step = max(1, len(frame) // SAMPLE)
    for name, kind in fields.items():
        if name == time:
            continue
        sample = frame[name].iloc[::step].dropna()
        if _is_dimension(name, kind, sample):
            dimensions.append(_dimension(name, kind))
        metrics.extend(_metrics(name, kind, sample))
    return Inferred(distinguished(dimensions), distinguished(metrics))


_T = TypeVar("_T", Dimension, Metric, Segment)


def distinguished(components: Iterable[_T], taken: Iterable[_T] = ()) -> tuple[_T, ...]:
    """Return the components with labels and ids that are not yet taken, numbered where they must be."""
    labels = [each.label for each in taken]
    ids = [each.id for each in taken]
    result: list[_T] = []
    for component in components:
        label, id = unique(component.label, labels), unique(component.id, ids)
        result.append(msgspec.structs.replace(component, label=label, id=id))
        labels.append(label)
        ids.append(id)
    return tuple(result)


def infer_time(fields: Mapping[str, FieldType]) -> str | None:
    """Return the date-time field that most likely says when a record happened; never a date of birth."""
    candidates = [name for name, kind in fields.items() if kind == "time" and not _words(name) & _BIRTH_WORDS]
    if not candidates:
        return None
    order = list(fields)
    return min(candidates, key=lambda name: (_time_rank(name), order.index(name)))


def _time_rank(name: str) -> int:
    words = _words(name)
    plain = "_".join(words_of(name)).lower()
    if plain in _TIME_NAMES:
        return _TIME_NAMES.index(plain)
    if words & _LATE_WORDS:
        return 1000
    return 100 if words & _TIME_WORDS else 200


def _words(name: str) -> set[str]:
    return {word.lower() for word in words_of(name)}


def _dimension(name: str, kind: FieldType) -> Dimension:
    return Dimension(name, humanise(name), name, unit="day" if kind == "time" else None)


def _is_dimension(name: str, kind: FieldType, sample: pd.Series[Any]) -> bool:
    if kind != "integer" and kind != "number":
        return True
    if kind == "number" and not _is_whole(sample):
        return False
    return _is_id(name) or _is_label(name) or len(sample.unique()) <= FEW_VALUES


def _metrics(name: str, kind: FieldType, sample: pd.Series[Any]) -> list[Metric]:
    if kind == "boolean" or kind == "time":
        return []
    if (
        _is_id(name)
        or (kind == "text" and _is_nearly_unique(sample))
        or (kind == "integer" and _numbers_rows(sample))
    ):
        return [_metric("distinct", name)]
    if kind == "text":
        return []
    is_whole = kind == "integer" or _is_whole(sample)
    if is_whole and _is_label(name):
        return []
    average = _metric("mean", name)
    return (
        [average]
        if _words(name) & _RATE_WORDS
        else [_metric("sum", name, decimals=0 if is_whole else 2), average]
    )


def _metric(op: Aggregation, name: str, decimals: int | None = None) -> Metric:
    label = f"{_PREFIXES[op]} {phrase(name)}"
    if decimals is None:
        decimals = 2 if op == "mean" else 0
    return Metric(id=slug(label), label=label, expression=Aggregate(op, name), decimals=decimals)


def _is_id(name: str) -> bool:
    words = words_of(name)
    return bool(words) and words[-1].lower() in _ID_WORDS


def _is_label(name: str) -> bool:
    words = words_of(name)
    return bool(words) and (
        words[-1].lower() in _LABEL_WORDS or re.fullmatch(r"(zip|post).*", words[0].lower()) is not None
    )


def _is_whole(sample: pd.Series[Any]) -> bool:
    return pd.api.types.is_integer_dtype(sample.dtype) or (
        bool(len(sample)) and bool((sample % 1 == 0).all())
    )


def _is_nearly_unique(sample: pd.Series[Any]) -> bool:
    return len(sample) >= 20 and len(sample.unique()) > 0.9 * len(sample)


def _numbers_rows(sample: pd.Series[Any]) -> bool:
    """Whether the values count the records: each one larger than the one before, in even steps."""
    if len(sample) < 20:
        return False
    steps = sample.diff().iloc[1:]
    return bool((steps == steps.iloc[0]).all()) and bool(steps.iloc[0] > 0)
