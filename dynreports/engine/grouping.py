"""Keys over the data: which item each record belongs to, and how items are named, ordered and found."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dynreports.engine import labels, times
from dynreports.engine.columns import Codes, Column
from dynreports.engine.query import Array, Labelled
from dynreports.errors import InvalidInputError, unknown_name
from dynreports.semantics.keys import Item, TimeUnit


class Grouping:
    """The items of a key. Positions are the codes of ``codes``; the last one is the missing item."""

    codes: Codes

    def identity(self, code: int) -> Item:
        """Return the identity of an item."""
        raise NotImplementedError

    def position(self, item: Item) -> int | None:
        """Return the code of an identity, ``None`` when no such item is known."""
        raise NotImplementedError

    def named(self, code: int) -> Labelled:
        """Return an item as people see it."""
        raise NotImplementedError

    @cached_property
    def order(self) -> Array:
        """The rank by label of every code: here the codes ascend already."""
        return np.arange(self.codes.size)

    @cached_property
    def _searched(self) -> list[str]:
        """What a search looks into, folded, for every item but the missing one."""
        texts = []
        for code in range(self.codes.missing):
            item, label, _ = self.named(code)
            identity = labels.text_of(item)
            texts.append((identity if label == identity else f"{label}\0{identity}").casefold())
        return texts

    def containing(self, text: str) -> Array:
        """Return for every item but the missing one whether its label or identity contains ``text``."""
        folded = text.casefold()
        return np.array([folded in each for each in self._searched], dtype=bool)

    def reading(self, how: Literal["is", "starts", "ends"], text: str) -> Array:
        """Return for every item but the missing one whether its name is, starts or ends so."""
        folded = text.casefold()
        return np.array([_reads(each, how, folded) for each in self._searched], dtype=bool)

    def positions(self, items: tuple[Item, ...]) -> Array:
        """Return the codes of identities; ``-1`` for unknown ones."""
        found = (self.codes.missing if item is None else self.position(item) for item in items)
        return np.array([-1 if code is None else code for code in found], dtype=np.intp)

    def find(self, text: Item, present: Array, missing_label: str, kind: str) -> Item:
        """Return the item that a person means: by label, ``Label (ID)`` or identity, then without case."""
        if text is None or not isinstance(text, str):
            code = self.codes.missing if text is None else self.position(text)
            if code is not None and present[code]:
                return text
            text = missing_label if text is None else labels.text_of(text)
        known = [self.named(code) for code in np.flatnonzero(present[:-1]).tolist()]
        for fold in (str, str.casefold):
            wanted = fold(text)
            for names in (_labels, _full_labels, _identities):
                found = {each.item: each for each in known if wanted in map(fold, names(each))}
                if len(found) == 1:
                    return next(iter(found))
                if found:
                    raise _ambiguous(text, list(found.values()))
            if present[-1] and wanted == fold(missing_label):
                return None
        raise unknown_name(kind, text, [each.label for each in known[:20_000]])


def _labels(each: Labelled) -> list[str]:
    return [each.label or ""]


def _full_labels(each: Labelled) -> list[str]:
    identity = labels.text_of(each.item)
    return [f"{each.label} ({identity})"] if each.label != identity else []


def _identities(each: Labelled) -> list[str]:
    return [labels.text_of(each.item)]


def _ambiguous(text: str, found: list[Labelled]) -> InvalidInputError:
    shown = ", ".join(f"{each.label} ({labels.text_of(each.item)})" for each in found[:5])
    message = f"{text!r} is the label of {len(found)} items. Say which one: {shown}."
    return InvalidInputError(message)


class FieldGrouping(Grouping):
    """The values of a field, labelled by a caption field where there is one.

    The label of a value is its caption in the first record that has one.
    """

    def __init__(
        self, column: Column, zone: str, caption: Column | None, uncaptioned: str | None = None
    ) -> None:
        self.codes = column.codes
        self._uncaptioned = uncaptioned
        self._column = column
        self._zone = zone
        self._captions = _first_captions(column.codes, caption) if caption is not None else None
        self._caption_grouping = FieldGrouping(caption, zone, None) if caption is not None else None

    def identity(self, code: int) -> Item:
        if code == self.codes.missing:
            return None
        value = self.codes.values[code]
        match self._column.kind:
            case "text":
                return str(value)
            case "bool":
                return bool(value)
            case "time":
                return self._moment(int(value))
        number = value.item()
        # JSON has no infinity, so that one is known by its name.
        return number if not isinstance(number, float) or np.isfinite(number) else str(number)

    def _moment(self, ticks: int) -> str:
        second, rest = divmod(ticks * self._column.tick, 10**9)
        return times.iso(second, rest, int(self._offsets.of_utc(np.array(second))), self._date_only)

    @cached_property
    def _offsets(self) -> times.Offsets:
        per_second = 10**9 // self._column.tick
        values = self.codes.values
        return times.offsets_of(self._zone, int(values.min()) // per_second, int(values.max()) // per_second)

    @cached_property
    def _date_only(self) -> bool:
        """Whether every value is a local midnight: such fields hold dates."""
        per_second = 10**9 // self._column.tick
        seconds = self.codes.values // per_second
        whole = (self.codes.values % per_second == 0).all()
        return bool(whole and ((seconds + self._offsets.of_utc(seconds)) % times.DAY == 0).all())

    def position(self, item: Item) -> int | None:
        match self._column.kind, item:
            case "text", str():
                wanted: Any = item
            case "bool", bool():
                wanted = item
            case "number", bool():
                return None
            case "number", int() | float():
                wanted = item
            case "number", "inf" | "-inf":
                wanted = float(item)
            case "time", str():
                nanoseconds = times.instant(item, self._zone)
                wanted, rest = divmod(nanoseconds, self._column.tick)
                if rest:
                    return None
            case _:
                return None
        return self.codes.places.get(wanted)

    @cached_property
    def _searched(self) -> list[str]:
        if self._captions is None and self._column.kind == "text":
            return [text.casefold() for text in self.codes.values.tolist()]
        is_whole = self._column.kind == "number" and self.codes.values.dtype.kind in "iu"
        if self._captions is None and is_whole:
            return list(map(str, self.codes.values.tolist()))
        return super()._searched

    def find(self, text: Item, present: Array, missing_label: str, kind: str) -> Item:
        if self._captions is None and self._column.kind == "text" and isinstance(text, str):
            code = self.position(text)  # labels are identities: no need to read a million of them
            if code is not None and present[code]:
                return text
        return super().find(text, present, missing_label, kind)

    def named(self, code: int) -> Labelled:
        item = self.identity(code)
        if item is None:
            return Labelled(None, None, None)
        text = labels.moment_label(str(item)) if self._column.kind == "time" else labels.text_of(item)
        if self._captions is None or self._caption_grouping is None:
            return Labelled(item, text, None)
        caption = self._caption_grouping.named(int(self._captions[code])).label
        if caption is None:
            return Labelled(item, self._uncaptioned or text, None)
        return Labelled(item, caption, text)

    @cached_property
    def order(self) -> Array:
        if self._captions is None and self._column.kind != "text":
            return np.arange(self.codes.size)
        if self._captions is None:
            texts = self.codes.values.tolist()
        else:
            texts = [self.named(code).label or "" for code in range(self.codes.missing)]
        keys = [f"{text.casefold()}\0{text}" for text in texts]
        if self._captions is not None and self._column.kind == "text":
            # Items of one label stand by their identity, as codes of numbers and dates do by themselves.
            identities = self.codes.values.tolist()
            keys = [f"{key}\0{identity}" for key, identity in zip(keys, identities, strict=True)]
        ranks = np.empty(self.codes.size, dtype=np.intp)
        ranks[_ascending(keys)] = np.arange(len(keys))
        ranks[self.codes.missing] = len(keys)
        return ranks


def _reads(searched: str, how: Literal["is", "starts", "ends"], text: str) -> bool:
    names = searched.split("\0")
    if how == "is":
        return text in names or text == f"{names[0]} ({names[-1]})"
    return any(each.startswith(text) if how == "starts" else each.endswith(text) for each in names)


def _ascending(texts: list[str]) -> Array:
    """Return positions in the order of the texts, equal ones as they came."""
    try:
        found: Array = pc.sort_indices(pa.array(texts, pa.large_string())).to_numpy()
    except UnicodeEncodeError:  # half a surrogate pair, which only Python's text can hold
        found = np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.intp)
    return found


def _first_captions(codes: Codes, caption: Column) -> Array:
    """Return for every value the code of its first caption."""
    captions = caption.codes
    first = np.full(codes.size, captions.missing, dtype=np.intp)
    rows, values = codes.rows, captions.rows
    if captions.has_missing:
        kept = np.flatnonzero(values != captions.missing)
        rows, values = rows.take(kept), values.take(kept)
    first[rows[::-1]] = values[::-1]  # the last assignment stays: that of the first record
    return first


class TimeGrouping(Grouping):
    """The calendar buckets of a date-time field."""

    def __init__(self, codes: Codes, unit: TimeUnit) -> None:
        self.codes = codes
        self.unit = unit

    def identity(self, code: int) -> Item:
        return None if code == self.codes.missing else str(self.codes.values[code])

    def position(self, item: Item) -> int | None:
        return self._positions.get(item) if isinstance(item, str) else None

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {identity: code for code, identity in enumerate(self.codes.values.tolist())}

    def named(self, code: int) -> Labelled:
        item = self.identity(code)
        return Labelled(item, None if item is None else labels.bucket_label(str(item), self.unit), None)
