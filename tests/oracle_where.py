"""Which records a condition holds for: for the oracle, with no engine code."""

from __future__ import annotations

import datetime as dt

from dynreports.semantics import predicate as p
from dynreports.semantics.keys import FieldKey
from tests.oracle_time import Calendar, plain_text, same


class Conditions(Calendar):
    """What the oracle knows of conditions; it reads moments, and knows items and what they are called."""

    def holds(self, record, where) -> bool:
        match where:
            case None:
                return True
            case p.And(parts):
                return all(self.holds(record, part) for part in parts)
            case p.Or(parts):
                return any(self.holds(record, part) for part in parts)
            case p.Not(of):
                return not self.holds(record, of)
            case p.InItems(key, items):
                return any(same(self.item(record, key), item) for item in items)
            case p.Matches(key, text, include_missing):
                item = self.item(record, key)
                if item is None:
                    return include_missing
                label, _, _ = self.named([record], key, item, "")
                return text.casefold() in label.casefold() or text.casefold() in plain_text(item).casefold()
            case p.Reads(key, how, text):
                item = self.item(record, key)
                if item is None:
                    return False
                names = [self.named([record], key, item, "")[0], plain_text(item)]
                names = [each.casefold() for each in names]
                if how == "is":
                    return text.casefold() in [*names, f"{names[0]} ({names[1]})"]
                if how == "starts":
                    return any(each[: len(text.casefold())] == text.casefold() for each in names)
                return any(each.endswith(text.casefold()) for each in names)
            case p.IsNull(field):
                return record[field] is None
        value = record[where.field]
        if value is None:
            return False
        match where:
            case p.Contains(field, text):
                return text.casefold() in plain_text(self.item(record, FieldKey(field))).casefold()
            case p.StartsWith(field, text):
                return plain_text(self.item(record, FieldKey(field))).casefold().startswith(text.casefold())
            case p.Within(_, start, end):
                return self._moment(start) <= value < self._moment(end)
            case p.IsIn(_, values):
                return any(value == self._given(value, each) for each in values)
            case p.Between(_, low, high):
                return self._given(value, low) <= value <= self._given(value, high)
        given = self._given(value, where.value)
        match where.op:
            case "==":
                return value == given
            case "!=":
                return value != given
            case "<":
                return value < given
            case "<=":
                return value <= given
            case ">":
                return value > given
            case ">=":
                return value >= given
        raise AssertionError(where)

    def _given(self, value, given):
        return self._moment(given) if isinstance(value, dt.datetime) else given
