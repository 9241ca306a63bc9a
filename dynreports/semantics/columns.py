"""Columns: every kind of pandas and Arrow column, brought to the few kinds that engines know."""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

import pandas as pd
import pyarrow as pa

Series: TypeAlias = "pd.Series[Any]"
FieldType = Literal["text", "integer", "number", "boolean", "time"]
"""What a field holds: ``number`` stands for fractions too, ``time`` for dates and date-times."""

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?P<offset>Z|[+-]\d\d:?\d\d)?)?")
_MANY_CATEGORIES = 1_000_000
_DURATION_NOTE = "holds durations; it is read as a number of seconds"
_NULLABLE = {
    pa.bool_(): pd.BooleanDtype(),
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint32(): pd.UInt32Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
}


class Ignored(Exception):  # noqa: N818  # carries a reason; it's no error
    """The column can't be used; the message says why, to follow "is ignored: "."""


def field_types(frame: pd.DataFrame) -> dict[str, FieldType]:
    """Return what each column of a frame that was read holds."""
    return {str(name): _field_type(dtype) for name, dtype in frame.dtypes.items()}


def _field_type(dtype: Any) -> FieldType:
    if isinstance(dtype, pd.CategoricalDtype):
        return _field_type(dtype.categories.dtype)
    if pd.api.types.is_bool_dtype(dtype):
        return "boolean"
    if pd.api.types.is_integer_dtype(dtype):
        return "integer"
    if pd.api.types.is_numeric_dtype(dtype):
        return "number"
    return "time" if pd.api.types.is_datetime64_any_dtype(dtype) else "text"


# ---- Arrow ------------------------------------------------------------------------------------


def from_arrow(column: pa.ChunkedArray) -> tuple[Series, str | None]:
    """Return an Arrow column as a series, and what was changed about it (to follow the column's name)."""
    kind, note = column.type, None
    if isinstance(kind, pa.BaseExtensionType):
        return from_arrow(pa.chunked_array([c.storage for c in column.chunks], type=kind.storage_type))
    if pa.types.is_dictionary(kind):
        return _from_dictionary(column)
    if pa.types.is_null(kind):
        raise Ignored("it has no values")
    if pa.types.is_decimal(kind):
        column, note = column.cast(pa.float64()), "holds decimals; they are read with 15 digits"
    elif pa.types.is_float16(kind):
        column = column.cast(pa.float32())
    elif pa.types.is_date(kind):
        column = column.cast(pa.timestamp("s") if pa.types.is_date32(kind) else pa.timestamp("ms"))
    elif pa.types.is_duration(kind):
        return from_pandas(column.to_pandas())
    elif pa.types.is_time(kind) or pa.types.is_string_view(kind):
        column = column.cast(pa.large_string())
    elif not _is_plain(kind):
        raise Ignored(_arrow_reason(kind))
    types_mapper = _NULLABLE.get if column.null_count else None
    return column.to_pandas(types_mapper=types_mapper), note


def _is_plain(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_timestamp(kind)
    )


def _arrow_reason(kind: pa.DataType) -> str:
    if pa.types.is_struct(kind) or pa.types.is_map(kind):
        return "its values are structures; take them apart into columns to use them"
    if pa.types.is_nested(kind):
        return "its values are lists; make one row of each element to use it"
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return "its values are bytes"
    return f"values of type {kind} can't be shown in a report"


def _from_dictionary(column: pa.ChunkedArray) -> tuple[Series, str | None]:
    value_type = column.type.value_type
    if pa.types.is_string_view(value_type):
        text = pa.large_string()
        chunks = [pa.DictionaryArray.from_arrays(c.indices, c.dictionary.cast(text)) for c in column.chunks]
        return _from_dictionary(pa.chunked_array(chunks, type=pa.dictionary(column.type.index_type, text)))
    is_text = pa.types.is_string(value_type) or pa.types.is_large_string(value_type)
    # Dictionaries of many values take longer to bring together than their values take to read.
    if is_text and sum(len(chunk.dictionary) for chunk in column.chunks) <= _MANY_CATEGORIES:
        return from_pandas(column.unify_dictionaries().to_pandas())
    return from_arrow(column.cast(value_type))


# ---- pandas -----------------------------------------------------------------------------------


def from_pandas(series: Series) -> tuple[Series, str | None]:
    """Return a pandas column in one of the known kinds, and what was changed about it."""
    dtype: Any = series.dtype
    if isinstance(dtype, pd.ArrowDtype):
        return from_arrow(pa.chunked_array(series.array.__arrow_array__()))  # type: ignore[attr-defined]
    if isinstance(dtype, pd.CategoricalDtype):
        return _from_category(series)
    if isinstance(dtype, pd.SparseDtype):
        return from_pandas(pd.Series(series.array.to_dense()))  # type: ignore[attr-defined]
    if isinstance(dtype, pd.PeriodDtype):
        return pd.Series(pd.PeriodIndex(series).to_timestamp()), "holds periods; each is read as its start"
    if isinstance(dtype, pd.IntervalDtype):
        return series.astype("str"), None
    if isinstance(dtype, pd.StringDtype):
        return series.astype("str"), None
    if pd.api.types.is_object_dtype(dtype):
        return _from_objects(series)
    if pd.api.types.is_timedelta64_dtype(dtype):
        return series.dt.total_seconds(), _DURATION_NOTE
    if pd.api.types.is_complex_dtype(dtype):
        raise Ignored("its values are complex numbers")
    if pd.api.types.is_float_dtype(dtype):
        return _plain_floats(series), None
    if (
        pd.api.types.is_bool_dtype(dtype)
        or pd.api.types.is_integer_dtype(dtype)
        or pd.api.types.is_datetime64_any_dtype(dtype)
    ):
        return series, None
    raise Ignored(f"values of type {dtype} can't be shown in a report")


def _plain_floats(series: Series) -> Series:
    if series.dtype == "float16":
        return series.astype("float32")
    if pd.api.types.is_extension_array_dtype(series.dtype):  # one kind of missing value instead of two
        return series.astype(series.dtype.numpy_dtype)  # type: ignore[union-attr]
    return series


def _from_category(series: Series) -> tuple[Series, str | None]:
    categories = series.cat.categories
    kind = _field_type(categories.dtype)
    if kind != "text":
        if series.hasnans and kind == "integer":
            categories = categories.astype("UInt64" if categories.dtype.kind == "u" else "Int64")
        elif series.hasnans and kind == "boolean":
            categories = categories.astype("boolean")
        return from_pandas(pd.Series(categories.array.take(series.cat.codes.to_numpy(), allow_fill=True)))
    if pd.api.types.infer_dtype(categories) == "string":
        return series, None
    texts = [str(each) for each in categories]
    if len(set(texts)) < len(texts):
        return series.astype(object).map(str, na_action="ignore").astype("str"), None
    return series.cat.rename_categories(texts), None


def _from_objects(series: Series) -> tuple[Series, str | None]:
    kind = pd.api.types.infer_dtype(series, skipna=True)
    try:
        match kind:
            case "string":
                return series.astype("str"), None
            case "boolean":
                return series.astype("boolean" if series.hasnans else "bool"), None
            case "integer":
                return series.astype("Int64" if series.hasnans else "int64"), None
            case "floating" | "mixed-integer-float":
                return series.astype("float64"), None
            case "decimal":
                return series.astype("float64"), "holds decimals; they are read with 15 digits"
            case "datetime" | "datetime64" | "date":
                return _times(series), None
            case "timedelta" | "timedelta64":
                return pd.to_timedelta(series).dt.total_seconds(), _DURATION_NOTE
            case "period":
                return from_pandas(series.astype(pd.PeriodIndex(series.dropna()).dtype))
            case "bytes":
                raise Ignored("its values are bytes")
            case "complex":
                raise Ignored("its values are complex numbers")
            case "empty":
                if len(series):
                    raise Ignored("it has no values")
                return series.astype("str"), None
    except (OverflowError, TypeError, ValueError, pd.errors.OutOfBoundsDatetime):
        pass  # such as whole numbers that no machine word holds: text is then what is left
    return _as_text(series)


def _times(series: Series) -> Series:
    offsets = {getattr(value, "tzinfo", None) for value in series if not pd.isna(value)}
    return pd.to_datetime(series, utc=len(offsets) > 1 and None not in offsets)


def _as_text(series: Series) -> tuple[Series, str | None]:
    types = {type(value) for value in series[series.notna()]}
    if any(issubclass(each, dict) for each in types):
        raise Ignored("its values are structures; take them apart into columns to use them")
    if any(issubclass(each, (list, tuple, set, frozenset)) or hasattr(each, "__array__") for each in types):
        raise Ignored("its values are lists; make one row of each element to use it")
    names = sorted(each.__name__ for each in types)
    note = (
        f"holds values of type {names[0]}"
        if len(names) == 1
        else f"mixes values of type {', '.join(names[:4])}"
    )
    return series.map(str, na_action="ignore").astype("str"), f"{note}; it is read as text"


# ---- dates written as text --------------------------------------------------------------------


def parsed_dates(series: Series) -> tuple[Series, str | None]:
    """Return text whose every value is an ISO date as date-times; anything else as it came."""
    is_category = isinstance(series.dtype, pd.CategoricalDtype)
    texts: Series = series.cat.categories.to_series() if is_category else series
    if _field_type(texts.dtype) != "text":
        return series, None
    sample = texts.iloc[:1000].dropna().iloc[:200]
    matches = [_ISO_DATE.fullmatch(value) for value in sample]
    if not matches or not all(matches):
        return series, None
    has_offset = {bool(match and match["offset"]) for match in matches}
    if len(has_offset) > 1:
        return series, "looks like dates, some with an offset from UTC and some without; it stays text"
    try:
        times = _parsed(texts, is_utc=has_offset.pop())
    except (ValueError, pd.errors.OutOfBoundsDatetime):
        return series, "looks like dates, but not every value is one; it stays text"
    if is_category:
        times = pd.Series(times.array.take(series.cat.codes.to_numpy(), allow_fill=True))
    return times, "holds dates as text; it is read as date and time"


def _parsed(texts: Series, *, is_utc: bool) -> Series:
    kind = pa.timestamp("us", tz="UTC" if is_utc else None)
    try:  # ten times as fast, but not for every form of a date
        return pd.Series(pa.array(texts, from_pandas=True).cast(kind).to_pandas())
    except pa.ArrowInvalid:
        return pd.to_datetime(texts, format="ISO8601", utc=is_utc)
