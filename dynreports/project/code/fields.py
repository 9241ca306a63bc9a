"""Fields and keys of the data as pandas source: columns in one form, items, and what items are called."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pandas as pd

from dynreports.errors import InvalidInputError
from dynreports.semantics.columns import FieldType
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import Key, TimeKey
from dynreports.semantics.metric import Aggregation

MONTHS = "MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()"
TEXT = '''def text(value):
    """Write a value as reports do: whole numbers without a point."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e16
    return str(int(value)) if whole else str(value)'''
DAY = '''def day(moment):
    """Write a date as reports do: May 16, 2026."""
    return f'{MONTHS[moment.month - 1]} {moment.day}, {moment.year}\''''
CLOCK = '''def clock(moment):
    """Write a time of day as reports do: 10:00 AM."""
    fraction = f'.{moment.microsecond:06d}'.rstrip('0') if moment.microsecond else ''
    seconds = f':{moment.second:02d}{fraction}' if moment.second or moment.microsecond else ''
    return f'{moment.hour % 12 or 12}:{moment.minute:02d}{seconds} {"AM" if moment.hour < 12 else "PM"}\''''
NUMBER = '''def number(value):
    """Return a figure as a number, blank where there is none."""
    return float('nan') if pd.isna(value) else float(value)'''
DIVIDED = '''def divided(value, by, instead):
    """Divide; by 0 there is something else instead, unless the value itself is blank."""
    return value / by if by != 0 else value if pd.isna(value) else instead'''
_NEEDS = {"day": ["MONTHS"], "clock": []}
HELPERS = {"MONTHS": MONTHS, "text": TEXT, "day": DAY, "clock": CLOCK, "number": NUMBER, "divided": DIVIDED}

_BUCKETS = {
    "day": "{wall}.dt.normalize()",
    "week": "({wall} - pd.to_timedelta(({wall}.dt.day_of_week + 1) % 7, unit='D')).dt.normalize()",
    "month": "{wall}.dt.to_period('M').dt.start_time",
    "quarter": "{wall}.dt.to_period('Q').dt.start_time",
    "year": "{wall}.dt.to_period('Y').dt.start_time",
    # What passed of the hour is taken off, so that an hour that the clocks repeat is two.
    "hour": "{time} - ({wall} - {wall}.dt.floor('h'))",
    "minute": "{time} - ({wall} - {wall}.dt.floor('min'))",
}
_BUCKET_LABELS = {
    "day": "day({0})",
    "week": "f'Week of {{day({0})}}'",
    "month": "f'{{MONTHS[{0}.month - 1]}} {{{0}.year}}'",
    "quarter": "f'Q{{{0}.quarter}} {{{0}.year}}'",
    "year": "str({0}.year)",
    "hour": "f'{{day({0})}} {{clock({0})}}'",
    "minute": "f'{{day({0})}} {{clock({0})}}'",
}
_BUCKET_HELPERS = {
    "month": ["MONTHS"],
    "quarter": [],
    "year": [],
    "hour": ["day", "clock"],
    "minute": ["day", "clock"],
}


@dataclasses.dataclass(frozen=True)
class KeySource:
    """A key as source.

    Attributes
    ----------
    series
        The item of every record.
    label, identity
        What an item (``each``) is called, and the text of its identity.
    is_text
        Whether items are ordered by their labels; others by their value.
    names
        The variable that holds the caption of each item, where items have captions.
    plain
        How an item reads without its caption.
    position
        What orders items of the same caption.
    """

    series: str
    label: str
    identity: str
    is_text: bool
    names: str | None = None
    plain: str = ""
    position: str | None = None


class Fields:
    """Names the columns that the code uses, and collects the lines that prepare them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.used: dict[str, None] = {}
        self.lines: list[str] = []
        self.helpers: dict[str, None] = {}
        self._names: dict[tuple[str, str], str] = {}

    def kind(self, field: str) -> FieldType:
        """Return what a field holds."""
        return self.dataset.fields[field]

    def need(self, *helpers: str) -> None:
        """Note that the code needs some of the helper functions."""
        for each in helpers:
            self.need(*_NEEDS.get(each, []))
            self.helpers[each] = None

    def is_nullable(self, field: str) -> bool:
        """Whether comparisons of a field may be neither true nor false."""
        dtype: Any = self.dataset.content[field].dtype
        return hasattr(dtype, "numpy_dtype") and not isinstance(dtype, pd.CategoricalDtype)

    def column(self, field: str) -> str:
        """Return the source of a column, times with their zone."""
        self.used[field] = None
        raw = f"df[{field!r}]"
        dtype: Any = self.dataset.content[field].dtype
        if self.kind(field) == "time":
            return self._named(field, "", self._time(raw, dtype))
        if not isinstance(dtype, pd.CategoricalDtype):
            return raw
        # Categories compare and add up only as what they stand for.
        match self.kind(field):
            case "text":
                plain = "'str'"
            case "boolean":
                plain = "object"
            case _:
                plain = self._numbers(dtype)
        return self._named(field, "", f"{raw}.astype({plain})")

    def measured(self, field: str, op: Aggregation) -> str:
        """Return the source of a column whose values an aggregation takes: numbers, but for distinct."""
        source = self.column(field)
        # Only a column without a single value is taken for text, and added up all the same.
        return source if op == "distinct" or self.kind(field) != "text" else f"{source}.astype('float64')"

    @staticmethod
    def _numbers(dtype: Any) -> str:
        largest = max((abs(each) for each in dtype.categories), default=0)
        return "'Int64'" if largest > 2**53 else "'float64'"

    def _time(self, raw: str, dtype: Any) -> str:
        zone = self.dataset.timezone
        if isinstance(dtype, pd.CategoricalDtype):
            dtype = dtype.categories.dtype
        if getattr(dtype, "tz", None) is not None:
            return f"pd.to_datetime({raw}, utc=True).dt.tz_convert({zone!r})"
        changes = ""
        if zone != "UTC":
            # Of a time that comes twice the first is meant, one that is skipped is that much later.
            changes = ", ambiguous=[True] * len(df), nonexistent=pd.Timedelta('1h')"
        return f"pd.to_datetime({raw}).dt.tz_localize({zone!r}{changes})"

    def _named(self, field: str, part: str, source: str) -> str:
        """Return a variable that holds a column in the form that the code needs."""
        known = self._names.get((field, part))
        if known is not None:
            return known
        plain = re.sub(r"[^a-z0-9]+", "_", field.casefold().encode("ascii", "ignore").decode()).strip("_")
        base = f"col_{plain}{part}" if plain else f"col{part}"
        name, number = base, 2
        while name in self._names.values():
            name, number = f"{base}_{number}", number + 1
        self._names[field, part] = name
        self.lines.append(f"{name} = {source}")
        return name

    def moments(self, field: str) -> bool:
        """Whether a date-time field holds more than dates."""
        column = self.dataset.content[field]
        times = pd.DatetimeIndex(
            column.dropna().astype("object" if column.dtype == "category" else column.dtype)
        )
        zone = self.dataset.timezone
        local = times if times.tz is None else times.tz_convert(zone)
        return bool((local != local.normalize()).any())

    # ---- keys -----------------------------------------------------------------------------------

    def key(self, key: Key) -> KeySource:
        """Return the source of a key; ``each`` stands for one of its items."""
        if isinstance(key, TimeKey):
            return self._bucket(key)
        label, identity = self._value(key.field)
        if key.caption is None:
            return KeySource(self.column(key.field), label, identity, self.kind(key.field) == "text")
        names = self._captions(key.field, key.caption)
        reads = self._value(key.caption)[0].replace("each", f"{names}[each]")
        other = label if key.uncaptioned is None else repr(key.uncaptioned)
        return KeySource(
            series=self.column(key.field),
            label=f"({reads} if each in {names} else {other})",
            identity=identity,
            is_text=True,
            names=names,
            plain=label,
            position=self._position(key.field),
        )

    def bucket(self, key: TimeKey) -> str:
        """Return the source of the calendar bucket of every record."""
        if self.kind(key.field) != "time":
            message = f"{key.field!r} holds no dates, so it has no {key.unit}."
            raise InvalidInputError(message)
        time = self.column(key.field)
        wall = self._named(key.field, "_wall", f"{time}.dt.tz_localize(None)")
        return self._named(key.field, f"_{key.unit}", _BUCKETS[key.unit].format(time=time, wall=wall))

    def _bucket(self, key: TimeKey) -> KeySource:
        self.need(*_BUCKET_HELPERS.get(key.unit, ["day"]))
        identity = "each.isoformat()" if key.unit in {"hour", "minute"} else "each.date().isoformat()"
        return KeySource(self.bucket(key), _BUCKET_LABELS[key.unit].format("each"), identity, False)

    def _value(self, field: str) -> tuple[str, str]:
        """Return how a value of a field reads, and the text of its identity."""
        match self.kind(field):
            case "text":
                return "each", "each"
            case "time":
                self.need("day")
                if not self.moments(field):
                    return "day(each)", "each.date().isoformat()"
                self.need("clock")
                return "f'{day(each)} {clock(each)}'", "each.isoformat()"
            case _:
                self.need("text")
                return "text(each)", "text(each)"

    def _captions(self, field: str, caption: str) -> str:
        """Return the variable of the captions: of each item that of the first record that has one."""
        pairs = f"pd.DataFrame({{'item': {self.column(field)}, 'name': {self.column(caption)}}})"
        first = f"{pairs}.dropna().drop_duplicates('item').set_index('item')['name'].to_dict()"
        return self._named(field, "_names", first)

    def _position(self, field: str) -> str:
        """Return what orders items of the same caption: categories have an order, others appear in one."""
        if not isinstance(self.dataset.content[field].dtype, pd.CategoricalDtype):
            return "n" if self.kind(field) == "text" else "items[n]"
        source = f"{{each: n for n, each in enumerate(df[{field!r}].cat.categories)}}"
        return f"{self._named(field, '_order', source)}[items[n]]"
