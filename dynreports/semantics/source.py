"""Reading: any supported source becomes one pandas frame with unique text column names.

The kinds of column that come out are few, so that engines need to know no more: booleans, integers
(with missing values: nullable), floats, text (``str``), categories of text and date-times.
What can't become one of these is left out, with a sentence that says why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from dynreports.errors import DataError, InvalidInputError
from dynreports.semantics.columns import Ignored, from_arrow, from_pandas, parsed_dates
from dynreports.semantics.component import Dimension, Segment
from dynreports.semantics.lazy import LazyFrame
from dynreports.semantics.metric import Metric

ACCEPTED = (
    "Accepted: a pandas or polars DataFrame, a pyarrow Table, the path of a CSV or Parquet file "
    "or of a folder of them, or a function that returns one of these."
)


@dataclasses.dataclass(frozen=True)
class Reading:
    """What a function that reads data may return besides the data, anew each time.

    Attributes
    ----------
    content
        The data.
    notes
        What people should know of this reading, in sentences.
    report
        What was wrong with the files, in a form of its reader's own.
    incomplete
        What of the newest data is not all there yet, in a few words.
    dimensions, metrics, segments
        What the data is about, where that depends on what was read.
    """

    content: LazyFrame | pd.DataFrame
    notes: tuple[str, ...] = ()
    report: object = None
    incomplete: str | None = None
    dimensions: tuple[Dimension, ...] | None = None
    metrics: tuple[Metric, ...] | None = None
    segments: tuple[Segment, ...] | None = None


def read(source: object) -> Reading:
    """Return what a source holds now; see `read_frame`. Columns made on demand stay that."""
    if callable(source) and not hasattr(source, "__arrow_c_stream__"):
        source = source()
    if isinstance(source, Reading):
        if isinstance(source.content, LazyFrame):
            return source
        frame, notes = read_frame(source.content)
        return dataclasses.replace(source, content=frame, notes=(*source.notes, *notes))
    frame, notes = read_frame(source)
    return Reading(frame, tuple(notes))


def read_frame(source: object) -> tuple[pd.DataFrame, list[str]]:
    """Return the data as a pandas frame, with sentences on what was ignored or changed, and why.

    The source is never modified, and its memory is shared where its form allows.

    Raises
    ------
    DataError
        A file is missing, empty or unreadable.
    InvalidInputError
        The source is of a type that can't be read.
    """
    if callable(source) and not hasattr(source, "__arrow_c_stream__"):
        source = source()
    if isinstance(source, pd.Series):
        source = source.to_frame()
    if isinstance(source, pd.DataFrame):
        return _from_pandas(source)
    if isinstance(source, (str, Path)):
        from dynreports.semantics.files import read_path  # its readers take time to import

        table, notes = read_path(Path(source))
        frame, more = _from_arrow(table)
        return frame, notes + more
    if hasattr(source, "collect") and hasattr(source, "collect_schema"):  # a lazy polars frame
        source = source.collect()
    if hasattr(source, "__arrow_c_stream__"):
        return _from_arrow(_arrow_table(source))
    message = f"Data can't be read from {type(source).__name__!r}. {ACCEPTED}"
    raise InvalidInputError(message)


def _arrow_table(source: Any) -> pa.Table:
    if isinstance(source, pa.Table):
        return source
    try:
        return pa.RecordBatchReader.from_stream(source).read_all()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, TypeError) as error:
        message = f"The data in {type(source).__name__!r} can't be read: {error}. {ACCEPTED}"
        raise DataError(message) from error


def _from_pandas(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    frame, notes = _with_index(frame)
    names, more = _unique_names(frame.columns)
    # Columns are taken by position: names may repeat.
    columns = [frame.iloc[:, position] for position in range(frame.shape[1])]
    return _assemble(names, columns, from_pandas, len(frame), notes + more)


def _from_arrow(table: pa.Table) -> tuple[pd.DataFrame, list[str]]:
    kept = [i for i, name in enumerate(table.column_names) if not _is_unnamed_index(name)]
    names, notes = _unique_names(table.column_names[i] for i in kept)
    return _assemble(names, [table.column(i) for i in kept], from_arrow, table.num_rows, notes)


def _is_unnamed_index(name: str) -> bool:
    # pandas writes an index without a name to Parquet under this one.
    return name.startswith("__index_level_") and name.endswith("__")


def _assemble(
    names: list[str], columns: Iterable[Any], convert: Callable[[Any], Any], rows: int, notes: list[str]
) -> tuple[pd.DataFrame, list[str]]:
    index = pd.RangeIndex(rows)
    kept: dict[str, pd.Series[Any]] = {}
    for name, column in zip(names, columns, strict=True):
        try:
            series, note = convert(column)
            if rows and _has_no_value(series):
                raise Ignored("it has no values")
            if note is None:
                series, note = parsed_dates(series)
        except Ignored as reason:
            notes.append(f"Column {name!r} is ignored: {reason}.")
            continue
        if note:
            notes.append(f"Column {name!r} {note}.")
        series = series.set_axis(index)
        series.name = name
        kept[name] = series
    if not rows:
        notes.append("The data has no rows.")
    return pd.DataFrame(kept, index=index, copy=False), notes


def _has_no_value(series: pd.Series[Any]) -> bool:
    # Most columns show a value at once, and need no pass over everything.
    return not series.iloc[:1000].notna().any() and not series.notna().any()


def _with_index(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Turn named levels of the index (and an unnamed index of dates) into columns."""
    index, notes = frame.index, list[str]()
    levels = [index.get_level_values(i) for i in range(index.nlevels)]
    front: list[pd.Series[Any]] = []
    for level in levels:
        name = level.name
        if name is None and isinstance(level, (pd.DatetimeIndex, pd.PeriodIndex)):
            name = "date"
            notes.append("The index has no name; its dates became the column 'date'.")
        if name is not None:
            front.append(level.to_series(index=pd.RangeIndex(len(frame)), name=name))
        elif not (isinstance(level, pd.RangeIndex) or pd.api.types.is_integer_dtype(level.dtype)):
            notes.append("An index without a name is ignored. To use it, name it: frame.rename_axis('name').")
    frame = frame.set_axis(pd.RangeIndex(len(frame)), axis=0)
    if not front:
        return frame, notes
    columns = [each.name for each in front] + list(frame.columns)
    frame = pd.concat([*front, *(frame.iloc[:, i] for i in range(frame.shape[1]))], axis=1)
    return frame.set_axis(pd.Index(columns, dtype=object, tupleize_cols=False), axis=1), notes


def _unique_names(names: Iterable[object]) -> tuple[list[str], list[str]]:
    result: list[str] = []
    notes: list[str] = []
    converted: list[str] = []
    for position, name in enumerate(names, start=1):
        if isinstance(name, tuple):
            text = " ".join(str(part) for part in name if str(part))
        else:
            text = str(name)
            if not isinstance(name, str):
                converted.append(text)
        if not text.strip():
            text = f"column {position}"
            notes.append(f"Column {position} has no name; it is called {text!r}.")
        final, number = text, 2
        while final in result:
            final, number = f"{text} ({number})", number + 1
        if final != text:
            notes.append(
                f"More than one column is called {text!r}; column {position} is called {final!r} here."
            )
        result.append(final)
    if converted:
        shown = ", ".join(converted[:5]) + (", …" if len(converted) > 5 else "")
        notes.append(f"Column names that are not text were turned into text: {shown}.")
    return result, notes
