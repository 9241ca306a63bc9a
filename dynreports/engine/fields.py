"""The fields of a frame, each read and coded when first needed, and kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dynreports.engine import columns
from dynreports.engine.cache import BytesCache
from dynreports.engine.clock import Clock
from dynreports.engine.columns import Column
from dynreports.engine.grouping import FieldGrouping, Grouping, TimeGrouping
from dynreports.errors import InvalidInputError, unknown_name
from dynreports.semantics.keys import FieldKey, Key, TimeKey
from dynreports.semantics.lazy import LazyFrame


class Fields:
    """Columns, clocks and groupings of one frame. ``limit`` bounds the bytes of calendar buckets."""

    def __init__(self, frame: pd.DataFrame | LazyFrame, timezone: str, limit: int) -> None:
        self.frame: Any = frame
        self.timezone = timezone
        self.count = len(frame)
        self._columns: dict[str, Column] = {}
        self._clocks: dict[str, Clock] = {}
        self._groupings: dict[FieldKey, FieldGrouping] = {}
        self._buckets: BytesCache[TimeGrouping] = BytesCache(limit)

    @property
    def whole(self) -> pd.DataFrame:
        """The frame with all of its columns."""
        found: pd.DataFrame = self.frame.frame() if isinstance(self.frame, LazyFrame) else self.frame
        return found

    def column(self, name: str) -> Column:
        """Return a field."""
        if name not in self._columns:
            if name not in self.frame.columns:
                raise unknown_name("field", name, self.frame.columns)
            self._columns[name] = columns.read(self.frame[name], name, self.timezone)
        return self._columns[name]

    def clock(self, name: str) -> Clock:
        """Return a date-time field as a clock."""
        if name not in self._clocks:
            column = self.column(name)
            if column.kind == "nothing":
                never = np.ones(self.count, dtype=bool)
                column = Column(name, "time", raw=np.zeros(self.count, dtype=np.int64), missing=never)
            if column.kind != "time":
                message = f"{name!r} holds no dates, so it has no calendar and no periods."
                raise InvalidInputError(message)
            self._clocks[name] = Clock(column, self.timezone)
        return self._clocks[name]

    def check_key(self, key: Key) -> None:
        """Raise if a key names fields that are not there."""
        if isinstance(key, TimeKey):
            self.clock(key.field)
            return
        self.column(key.field)
        if key.caption is not None:
            self.column(key.caption)

    def grouping(self, key: Key) -> Grouping:
        """Return the items of a key."""
        if isinstance(key, FieldKey):
            return self._field_grouping(key)
        found = self._buckets.get(key)
        if found is None:
            codes = self.clock(key.field).bucket(key.unit)
            found = self._buckets.put(key, TimeGrouping(codes, key.unit), codes.nbytes)
        return found

    def field_grouping(self, name: str, caption: str | None = None) -> FieldGrouping:
        """Return the values of a field as items."""
        return self._field_grouping(FieldKey(name, caption))

    def _field_grouping(self, key: FieldKey) -> FieldGrouping:
        if key not in self._groupings:
            caption = None if key.caption is None else self.column(key.caption)
            column = self.column(key.field)
            self._groupings[key] = FieldGrouping(column, self.timezone, caption, key.uncaptioned)
        return self._groupings[key]
