"""A cache bounded by bytes, least recently used out first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class BytesCache(Generic[T]):
    """Keeps values while the sizes that they were stored with fit in ``limit``."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> T | None:
        """Return a value and mark it as used, ``None`` when it is not (or no longer) there."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: T, size: int) -> T:
        """Keep a value of ``size`` bytes, if it can fit at all; return it."""
        if key in self._entries:
            self.used -= self._entries.pop(key)[1]
        if size <= self.limit:
            self._entries[key] = (value, size)
            self.used += size
            while self.used > self.limit:
                self.used -= self._entries.popitem(last=False)[1][1]
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self.used = 0
