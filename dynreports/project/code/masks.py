"""Conditions as pandas source: each becomes an expression that is true or false for every record."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from dynreports.errors import InvalidInputError
from dynreports.project.code.fields import Fields, KeySource
from dynreports.semantics.keys import FieldKey, Item, TimeKey
from dynreports.semantics.predicate import (
    And,
    Between,
    Comparison,
    Contains,
    InItems,
    IsIn,
    IsNull,
    Matches,
    Not,
    Or,
    Predicate,
    Reads,
    StartsWith,
    Value,
    Within,
)

ALL = "pd.Series(True, index=df.index)"
NONE = "pd.Series(False, index=df.index)"


@dataclasses.dataclass(frozen=True)
class Masks:
    """Source of conditions over the columns of a dataset."""

    fields: Fields

    def of(self, predicate: Predicate) -> str:
        """Return a condition, in brackets where it needs them to be joined with others."""
        match predicate:
            case And(parts) | Or(parts):
                if not parts:
                    return ALL if isinstance(predicate, And) else NONE
                sign = " & " if isinstance(predicate, And) else " | "
                joined = sign.join(map(self.of, parts))
                return joined if len(parts) == 1 else f"({joined})"
            case Not(of):
                return f"~{self.of(of)}"
            case IsNull(field):
                return f"{self.fields.column(field)}.isna()"
            case Comparison() | IsIn() | Between():
                return self._compared(predicate)
            case Within(field, start, end):
                time = self.fields.column(field)
                return f"(({time} >= {self._moment(start)}) & ({time} < {self._moment(end)}))"
            case InItems(key, items):
                return self._in_items(key, items)
            case Matches(key, text, include_missing):
                return self._matching(key, text, include_missing)
            case Reads(key, how, text):
                return self._reading(key, how, text)
            case Contains(field, text):
                return self._by_text(field, f"{text.casefold()!r} in {{}}.casefold()")
            case StartsWith(field, text):
                return self._by_text(field, f"{{}}.casefold().startswith({text.casefold()!r})")

    def _compared(self, predicate: Comparison | IsIn | Between) -> str:
        field = predicate.field
        column = self.fields.column(field)
        match predicate:
            case IsIn(values=values):
                return self._decided(
                    f"{column}.isin([{', '.join(self._value(field, v) for v in values)}])", field
                )
            case Between(low=low, high=high):
                return self._decided(
                    f"{column}.between({self._value(field, low)}, {self._value(field, high)})", field
                )
            case Comparison(op=op, value=value):
                compared = f"({column} {op} {self._value(field, value)})"
                if op == "!=":
                    # A record without a value matches no comparison.
                    return f"({self._decided(compared, field)} & {column}.notna())"
                return self._decided(compared, field)

    def _decided(self, source: str, field: str) -> str:
        """Return a condition that is false where pandas leaves it open."""
        return f"{source}.fillna(False).astype(bool)" if self.fields.is_nullable(field) else source

    def _value(self, field: str, value: Value) -> str:
        if self.fields.kind(field) == "time" and isinstance(value, str):
            return self._moment(value)
        return repr(value)

    def _moment(self, text: str) -> str:
        """Return a moment with its offset; without one it is local to the dataset's zone."""
        try:
            naive = dt.datetime.fromisoformat(text).tzinfo is None
        except ValueError:
            message = f"{text!r} is no date."
            raise InvalidInputError(message) from None
        if naive:
            zone = ZoneInfo(self.fields.dataset.timezone)
            local = dt.datetime.fromisoformat(text).replace(tzinfo=zone)
            # Through UTC, so that a time that the clocks skip becomes one that exists.
            text = local.astimezone(dt.UTC).astimezone(zone).isoformat()
        return f"pd.Timestamp({text!r})"

    def _in_items(self, key: FieldKey | TimeKey, items: tuple[Item, ...]) -> str:
        known = [
            source for item in items if item is not None and (source := self._item(key, item)) is not None
        ]
        parts = []
        series = self.fields.bucket(key) if isinstance(key, TimeKey) else self.fields.column(key.field)
        if len(known) == 1:
            parts.append(f"({series} == {known[0]})")
        elif known:
            parts.append(f"{series}.isin([{', '.join(known)}])")
        if isinstance(key, FieldKey):
            parts = [self._decided(each, key.field) for each in parts]
        if None in items:
            parts.append(f"{series}.isna()")
        if not parts:
            return NONE
        return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"

    def _item(self, key: FieldKey | TimeKey, item: Item) -> str | None:
        """Return an item as a value of its series; ``None``: no record can have it."""
        if isinstance(key, TimeKey):
            return f"pd.Timestamp({item!r})" if self._is_bucket(key, item) else None
        match self.fields.kind(key.field), item:
            case ("text", str()) | ("boolean", bool()):
                return repr(item)
            case "time", str():
                return self._moment(item)
            case (("integer" | "number"), int() | float()) if not isinstance(item, bool):
                return repr(item)
            case "number", "inf" | "-inf":
                return f"float({item!r})"
            case _:
                return None

    def _is_bucket(self, key: TimeKey, item: Item) -> bool:
        """Whether an item is written as buckets are: a date, or a moment with the offset of the zone."""
        try:
            moment = dt.datetime.fromisoformat(str(item))
        except ValueError:
            return False
        if key.unit not in {"hour", "minute"}:
            return moment.date().isoformat() == item
        zone = ZoneInfo(self.fields.dataset.timezone)
        return moment.tzinfo is not None and moment.astimezone(zone).isoformat() == item

    def _matching(self, key: FieldKey | TimeKey, text: str, include_missing: bool) -> str:
        source = self.fields.key(key)
        wanted = repr(text.casefold())
        test = f"{wanted} in ({source.label}).casefold() or {wanted} in {source.identity}.casefold()"
        found = self._named(key, source, test)
        return f"({found} | {source.series}.isna())" if include_missing else found

    def _reading(self, key: FieldKey | TimeKey, how: Literal["is", "starts", "ends"], text: str) -> str:
        source = self.fields.key(key)
        wanted, names = repr(text.casefold()), [f"({source.label})", source.identity]
        if how == "is":
            names.append(f"({source.label} + ' (' + {source.identity} + ')')")
            test = f"{wanted} in ({', '.join(f'{each}.casefold()' for each in names)})"
        else:
            test = " or ".join(f"{each}.casefold().{how}with({wanted})" for each in names)
        return self._named(key, source, test)

    def _named(self, key: FieldKey | TimeKey, source: KeySource, test: str) -> str:
        """Return a condition about the names of items (``each``)."""
        found = f"{source.series}.isin([each for each in {source.series}.dropna().unique() if {test}])"
        return self._decided(found, key.field) if isinstance(key, FieldKey) else found

    def _by_text(self, field: str, test: str) -> str:
        source = self.fields.key(FieldKey(field))
        found = (
            f"{source.series}.isin([each for each in {source.series}.dropna().unique() "
            f"if {test.format(source.identity)}])"
        )
        return self._decided(found, field)
