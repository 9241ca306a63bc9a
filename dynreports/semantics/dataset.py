"""A dataset: data, and what its figures mean."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pandas as pd

from dynreports.errors import DataError, InvalidInputError, unknown_name
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.checks import check
from dynreports.semantics.columns import FieldType, field_types
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.inference import Inferred, distinguished, infer, infer_time
from dynreports.semantics.lazy import LazyFrame
from dynreports.semantics.metric import Metric
from dynreports.semantics.period import Period, moment
from dynreports.semantics.periods import resolve
from dynreports.semantics.predicate import Within
from dynreports.semantics.records import RecordKind
from dynreports.semantics.source import Reading
from dynreports.semantics.source import read as read_source
from dynreports.semantics.text import humanise

_C = TypeVar("_C", Dimension, Metric, Segment)


@dataclasses.dataclass(frozen=True)
class Declared:
    """What the caller gave: enough, with the path, to make the dataset again."""

    time: str | None
    timezone: str | None
    dimensions: tuple[Dimension, ...]
    metrics: tuple[Metric, ...]
    segments: tuple[Segment, ...]
    as_of: str | None
    infer: bool


class Dataset:
    """Data with its dimensions, metrics, segments and time.

    Parameters
    ----------
    source
        A pandas or polars DataFrame, a pyarrow Table, the path of a CSV or Parquet file or of a folder of
        them, or a function that returns one of these. It is never modified.
    time
        The date-time field that periods select by; inferred where not given.
    timezone
        The zone in which days start ("Europe/Paris"). Date-times without a zone are local to it.
        Not given: the zone of the time field, else UTC.
    dimensions, metrics, segments
        Components to offer ahead of the inferred ones; a name of a field stands for a dimension of it.
        One with the id or the meaning of an inferred one replaces it.
    name
        What people call the data; not given: the name of the file.
    as_of
        The moment that rolling periods ("last 30 days") move with, for data that ended; not given: the clock.
    infer
        Whether to offer dimensions and metrics that were not declared.
    path, reader, options
        Where the data lies, what reads it and how, for a ``source`` that is a function: reports name their
        data by these. ``options`` are the arguments of the reader that differ from its defaults, JSON values.
    notes
        What whoever reads the data wants people to know; they come first in ``notes``.
    records
        The kinds of records that the data holds, where some fields go with some of them only: so people are
        told which metrics a dimension does not go with. Whoever reads the data gives them.

    Attributes
    ----------
    frame : pandas.DataFrame
        The data as it was read: unique text column names, rows numbered from 0. Not to be modified.
    content : pandas.DataFrame or LazyFrame
        The same data; columns that nobody asked for yet may not be made yet. To be preferred to ``frame`` by
        whoever wants some columns.
    incomplete : str or None
        What of the newest data is not all there yet, in a few words.
    load_report : object
        What was wrong with the files, by readers that tell; else ``None``.
    fields : dict
        What each column of ``frame`` holds: "text", "integer", "number", "boolean" or "time".
    catalog : Catalog
        Every component, declared and inferred.
    notes : tuple of str
        What was ignored or changed when the data was read, and why, in sentences.
    declared : Declared
        What the caller gave.
    version : int
        Grows with every `refresh`.
    """

    def __init__(
        self,
        source: object,
        *,
        time: str | None = None,
        timezone: str | None = None,
        dimensions: Sequence[Dimension | str] | None = None,
        metrics: Sequence[Metric] | None = None,
        segments: Sequence[Segment] | None = None,
        name: str | None = None,
        as_of: dt.datetime | dt.date | str | None = None,
        infer: bool = True,
        path: str | Path | None = None,
        reader: str = "table",
        options: Mapping[str, Any] | None = None,
        notes: Sequence[str] = (),
        records: Sequence[RecordKind] = (),
    ) -> None:
        if path is None and isinstance(source, (str, Path)):
            path = source
        self.path = Path(path).expanduser().resolve() if path is not None else None
        self.name = name or (_stem(self.path) if self.path else "data")
        self.reader = reader
        self.options = dict(options or {})
        self.declared = Declared(
            time=time,
            timezone=timezone,
            dimensions=tuple(_as_dimension(each) for each in _listed("dimensions", dimensions)),
            metrics=_of_type(Metric, _listed("metrics", metrics)),
            segments=_of_type(Segment, _listed("segments", segments)),
            as_of=as_of.isoformat() if isinstance(as_of, dt.date) else as_of,
            infer=infer,
        )
        self.version = 0
        self._origin: Dataset | None = None
        self._reader_notes = tuple(notes)
        self._records = tuple(records)
        self._source = self.path if isinstance(source, (str, Path)) else source
        self._load()

    def _load(self) -> None:
        reading = read_source(self._source)
        content, notes = reading.content, list(reading.notes)
        fields = content.types if isinstance(content, LazyFrame) else field_types(content)
        declared = _declared(self.declared, reading)
        time = _checked_time(declared.time, fields, notes)
        timezone = _checked_timezone(declared.timezone, content, time, notes)
        inferred = (
            infer(content, fields, time) if declared.infer and isinstance(content, pd.DataFrame) else None
        )
        dimensions, metrics = _components(declared, inferred, fields, notes)
        catalog = Catalog(
            dimensions=dimensions,
            metrics=metrics,
            segments=declared.segments,
            time=time,
            timezone=timezone,
            records=self._records,
            fields=fields,
        )
        # Nothing is kept of a reading that failed.
        self.content, self.fields, self.time, self.timezone = content, fields, time, timezone
        self.notes = (*self._reader_notes, *notes)
        self.load_report = reading.report
        self.incomplete = reading.incomplete
        self.declared = declared
        self.catalog = catalog
        self._freshness: pd.Timestamp | None = None
        self._as_of_moment = _localised(declared.as_of, timezone)
        self.version += 1

    @property
    def frame(self) -> pd.DataFrame:
        """The data as it was read, every column of it. Not to be modified."""
        return self.content.frame() if isinstance(self.content, LazyFrame) else self.content

    def refresh(self) -> None:
        """Read the source again. When that fails, the data stays as it was."""
        self._load()

    @property
    def origin(self) -> Dataset:
        """What was read: the dataset itself, or the one that it shares its records with."""
        return self._origin or self

    def with_catalog(self, catalog: Catalog) -> Dataset:
        """Return the same data with another catalog; its records, and what is known of them, are shared."""
        same = copy.copy(self)
        same.catalog = catalog
        same._origin = self.origin
        return same

    def now(self) -> dt.datetime:
        """Return the moment that rolling periods move with, in the dataset's zone."""
        return self._as_of_moment or dt.datetime.now(ZoneInfo(self.timezone))

    def resolve(self, period: Period | None) -> Within | None:
        """Return the condition of a period on the dataset's time, as of now; ``None`` for all dates."""
        if period is None:
            return None
        if self.time is None:
            message = (
                f"The data {self.name!r} has no date-time field, so it has no periods. "
                "To have them, name one: Dataset(..., time='field')."
            )
            raise DataError(message)
        return resolve(period, now=self.now(), timezone=self.timezone, field=self.time)

    def freshness(self) -> pd.Timestamp | None:
        """Return the time of the newest record, in the dataset's zone; ``None`` without a time or records."""
        if self.time is None:
            return None
        if self._freshness is None:
            newest = self.content[self.time].max()
            if pd.isna(newest):
                return None
            if newest.tzinfo is None:
                newest = newest.tz_localize(self.timezone, ambiguous=False, nonexistent="shift_forward")
            self._freshness = newest.tz_convert(self.timezone)
        return self._freshness

    def __repr__(self) -> str:
        catalog = self.catalog
        time = f"time {self.time!r} ({self.timezone})" if self.time else "no time"
        return (
            f"<Dataset {self.name!r}: {len(self.content):,} records, {len(catalog.dimensions)} dimensions, "
            f"{len(catalog.metrics)} metrics, {len(catalog.segments)} segments, {time}>"
        )


def read(source: object, **options: Any) -> Dataset:
    """Return a dataset of a file, folder, frame or table. Options are those of `Dataset`."""
    return Dataset(source, **options)


def _stem(path: Path) -> str:
    return path.name.split(".")[0] or path.name


# ---- what was declared ------------------------------------------------------------------------


def _declared(given: Declared, reading: Reading) -> Declared:
    """Return what was declared, with the components that a reading brings."""
    brought = {
        name: getattr(reading, name)
        for name in ("dimensions", "metrics", "segments")
        if getattr(reading, name) is not None
    }
    return dataclasses.replace(given, **brought)


def _listed(what: str, components: Sequence[Any] | None) -> Sequence[Any]:
    if isinstance(components, (str, Dimension, Metric, Segment)):
        message = f"{what} must be a list; got {components!r}. Write {what}=[...]."
        raise InvalidInputError(message)
    return components or ()


def _as_dimension(given: object) -> Dimension:
    if isinstance(given, str):
        return Dimension(given, label=humanise(given))
    if not isinstance(given, Dimension):
        message = f"{given!r} is not a dimension. Accepted: Dimension(...), or the name of a field."
        raise InvalidInputError(message)
    return given


def _of_type(type: type[_C], given: Sequence[_C]) -> tuple[_C, ...]:
    for each in given:
        if not isinstance(each, type):
            message = f"{each!r} is not a {type.__name__.lower()}. Accepted: {_EXAMPLES[type.__name__]}."
            raise InvalidInputError(message)
    return tuple(given)


_EXAMPLES = {
    "Metric": "count(...), sum(...), mean(...), min(...), max(...), distinct(...), and arithmetic on these",
    "Segment": "Segment(label, where=...)",
}


def _components(
    declared: Declared, inferred: Inferred | None, fields: dict[str, FieldType], notes: list[str]
) -> tuple[tuple[Dimension, ...], tuple[Metric, ...]]:
    components: list[Dimension | Metric | Segment] = [
        *declared.dimensions,
        *declared.metrics,
        *declared.segments,
    ]
    for component in components:
        check(component, fields, notes)
    dimensions, metrics = declared.dimensions, declared.metrics
    if inferred is not None:
        ids, keys = {each.id for each in dimensions}, {each.key for each in dimensions}
        left = [each for each in inferred.dimensions if each.id not in ids and each.key not in keys]
        dimensions += distinguished(left, taken=dimensions)
        ids, meanings = {each.id for each in metrics}, {each.expression for each in metrics}
        rest = [each for each in inferred.metrics if each.id not in ids and each.expression not in meanings]
        metrics += distinguished(rest, taken=metrics)
    return dimensions, metrics


# ---- time -------------------------------------------------------------------------------------


def _checked_time(time: str | None, fields: dict[str, FieldType], notes: list[str]) -> str | None:
    if time is None:
        return infer_time(fields)
    if time not in fields:
        raise unknown_name("field", time, fields)
    if fields[time] != "time":
        message = (
            f"The field {time!r} holds no date-times, so it can't be the time of the data. "
            "Convert it first, such as with pandas.to_datetime, saying how its dates are written."
        )
        raise InvalidInputError(" ".join([message, *(note for note in notes if f"Column {time!r} " in note)]))
    return time


def _checked_timezone(
    timezone: str | None, frame: pd.DataFrame | LazyFrame, time: str | None, notes: list[str]
) -> str:
    if timezone is not None:
        if not _is_zone(timezone):
            close = get_close_matches(timezone, available_timezones(), n=3)
            hint = (
                f"Did you mean: {', '.join(close)}?"
                if close
                else "Accepted: names such as 'Europe/Paris' or 'UTC'."
            )
            message = f"There is no time zone {timezone!r}. {hint}"
            raise InvalidInputError(message)
        return timezone
    zone = getattr(frame[time].dtype, "tz", None) if time else None
    if zone is None:
        return "UTC"
    if _is_zone(str(zone)):
        return str(zone)
    notes.append(
        f"The times of {time!r} have the fixed offset {zone}; days are counted in UTC. "
        "Say timezone=... to change it."
    )
    return "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _localised(as_of: str | None, timezone: str) -> dt.datetime | None:
    if as_of is None:
        return None
    at = moment(as_of)
    zone = ZoneInfo(timezone)
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)
