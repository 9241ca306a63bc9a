"""Which records carry which fields, and so which figures a dimension can break down.

A log holds records of several kinds: a sending has no device, an open has no reason of failure. Each kind
says what its records hold and which fields they never have; which figures go with which dimension follows
from the conditions of their aggregates, and is written down nowhere else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dynreports.semantics.keys import FieldKey, Item
from dynreports.semantics.metric import Aggregate, Arithmetic, Expression
from dynreports.semantics.predicate import (
    OPERATORS,
    And,
    Between,
    Comparison,
    InItems,
    IsIn,
    IsNull,
    Not,
    Or,
    Predicate,
)


@dataclasses.dataclass(frozen=True)
class RecordKind:
    """Records of one kind.

    Attributes
    ----------
    label
        What people call them, in the plural, as part of a sentence: ``"messages that arrived"``.
    values
        What the fields of every such record hold, ``None``: no value. Other fields may hold anything.
    lacks
        The fields that no such record has a value of.
    group
        Kinds of different groups (channels, say) stand side by side: a figure goes with a dimension when it
        does so in one of the groups that it counts records of.
    """

    label: str
    values: Mapping[str, Item]
    lacks: frozenset[str] = frozenset()
    group: str = ""


def without(
    fields: Iterable[str], expression: Expression, kinds: Sequence[RecordKind]
) -> tuple[RecordKind, ...]:
    """Return the kinds that stand in the way of breaking a figure down by some fields; none: it goes.

    A figure goes with a field when all the records that it needs carry it; a ratio needs both of its sides.
    """
    wanted = frozenset(fields)
    first: tuple[RecordKind, ...] = ()
    for needed in needs(expression, kinds):
        lacking = tuple(kind for kind in needed if kind.lacks & wanted)
        if not lacking:
            return ()
        first = first or lacking
    return first


def needs(expression: Expression, kinds: Sequence[RecordKind]) -> tuple[tuple[RecordKind, ...], ...]:
    """Return, for each group in which a figure counts any records, the kinds of records that it needs."""
    groups: dict[str, list[RecordKind]] = {}
    for kind in kinds:
        groups.setdefault(kind.group, []).append(kind)
    found = (_needed(expression, members) for members in groups.values())
    return tuple(tuple(each) for each in found if each)


def _needed(expression: Expression, kinds: Sequence[RecordKind]) -> list[RecordKind] | None:
    """Return the kinds that an expression counts, ``None``: there is nothing of it to count."""
    match expression:
        case Aggregate(where=where):
            return [kind for kind in kinds if may_hold(where, kind.values)] or None
        case Arithmetic(op=op, left=left, right=right):
            sides = [_needed(left, kinds), _needed(right, kinds)]
            counted = [each for each in sides if each is not None]
            if not counted or (op in {"*", "/"} and len(counted) < len(sides)):
                return None
            return [kind for kind in kinds if any(kind in each for each in counted)]
    return []


def may_hold(where: Predicate | None, values: Mapping[str, Item]) -> bool:
    """Whether a condition can be true of a record of which only some fields are known."""
    return where is None or _truth(where, values) is not False


def _truth(where: Predicate, values: Mapping[str, Item]) -> bool | None:
    """Return what is known of a condition: true, false, or (``None``) neither."""
    match where:
        case And(parts):
            found = [_truth(part, values) for part in parts]
            return False if False in found else None if None in found else True
        case Or(parts):
            found = [_truth(part, values) for part in parts]
            return True if True in found else None if None in found else False
        case Not(of):
            inner = _truth(of, values)
            return None if inner is None else not inner
        case InItems(key=FieldKey(field=name), items=items) if name in values:
            return values[name] in items
        case IsNull(field=name) if name in values:
            return values[name] is None
        case Comparison(field=name) | IsIn(field=name) | Between(field=name) if name in values:
            return values[name] is not None and _compared(where, values[name])
    return None


def _compared(where: Comparison | IsIn | Between, value: Any) -> bool:
    match where:
        case Comparison(op=op, value=other):
            return bool(OPERATORS[op](value, other))
        case IsIn(values=others):
            return value in others
        case Between(low=low, high=high):
            return bool(low <= value <= high)
