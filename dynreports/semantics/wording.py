"""What figures and conditions mean, in words and as formulas. For reading only: nothing parses these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from dynreports.semantics.keys import FieldKey, Item, Key, TimeKey
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression
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

NO_NAMES: Mapping[Expression, str] = MappingProxyType({})
_OPERATIONS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_READS = {"is": "is", "starts": "starts with", "ends": "ends with"}
_COMPARISONS = {
    "==": "is",
    "!=": "has a value other than",  # a missing value matches no comparison
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}


# ---- words ------------------------------------------------------------------------------------


def expression_in_words(expression: Expression) -> str:
    """Return what a figure is, as a phrase that can stand alone.

    Examples
    --------
    >>> from dynreports.semantics.predicate import field
    >>> opens = Aggregate("distinct", "recipient_id", field("event") == "open")
    >>> expression_in_words(Arithmetic("/", opens, Aggregate("count")))
    'Different recipient_id of records where event is open, divided by records'
    """
    words = _words(expression)
    # A field keeps its case: only the phrases made here are given a capital letter.
    return words[0].upper() + words[1:] if isinstance(_first(expression), Aggregate) else words


def _first(expression: Expression) -> Expression:
    return _first(expression.left) if isinstance(expression, Arithmetic) else expression


def _words(expression: Expression) -> str:
    match expression:
        case Aggregate():
            return _aggregate_words(expression)
        case Constant(value=value):
            return _number(value)
        case Arithmetic(op="max", left=left, right=right):
            return f"{_part(left)}, but at least {_part(right)}"
        case Arithmetic(op=op, left=left, right=right):
            words = f"{_part(left)}, {_OPERATIONS[op]} {_part(right)}"
            return (
                f"{words} (blank where that is 0)" if op == "/" and expression.on_zero == "blank" else words
            )


def _part(expression: Expression) -> str:
    words = _words(expression)
    return f"({words})" if isinstance(expression, Arithmetic) else words


def _aggregate_words(aggregate: Aggregate) -> str:
    field = aggregate.field
    where = f" where {predicate_in_words(aggregate.where)}" if aggregate.where is not None else ""
    match aggregate.op:
        case "count":
            return f"records{where}"
        case "distinct":
            what = f"different {field}"
        case "sum":
            what = f"sum of {field}"
        case "mean":
            what = f"average of {field}"
        case "min":
            what = f"smallest {field}"
        case "max":
            what = f"largest {field}"
    return f"{what} of records{where}" if where else what


def predicate_in_words(predicate: Predicate) -> str:
    """Return a condition in words, to follow "records where".

    Examples
    --------
    >>> from dynreports.semantics.predicate import field
    >>> predicate_in_words(field("age").between(18, 25) & ~(field("city") == "New York"))
    'age is between 18 and 25 and city is not “New York”'
    """
    return _condition(predicate, is_negated=False)


def _condition(predicate: Predicate, *, is_negated: bool) -> str:
    match predicate:
        case And(parts) | Or(parts):
            return _joined(parts, " and " if isinstance(predicate, And) else " or ", is_negated)
        case Not(of):
            return _condition(of, is_negated=not is_negated)
        case _:
            return _negated(predicate) if is_negated else _simple(predicate)


def _joined(parts: tuple[Predicate, ...], word: str, is_negated: bool) -> str:
    if not parts:
        is_true = (word == " and ") != is_negated
        return "anything holds" if is_true else "nothing holds"
    texts = [
        f"({_condition(part, is_negated=False)})" if _joins(part) else predicate_in_words(part)
        for part in parts
    ]
    text = word.join(texts)
    return f"not ({text})" if is_negated else text


def _joins(predicate: Predicate) -> bool:
    """Whether the words of the predicate hold "and" or "or" of their own."""
    return isinstance(predicate, (And, Or)) and len(predicate.parts) > 1


def _simple(predicate: Predicate) -> str:
    match predicate:
        case Comparison(field=field, op=op, value=value):
            return f"{field} {_COMPARISONS[op]} {_value(value)}"
        case IsIn(field=field, values=values):
            return f"{field} is {_either([_value(value) for value in values])}"
        case Between(field=field, low=low, high=high):
            return f"{field} is between {_value(low)} and {_value(high)}"
        case IsNull(field=field):
            return f"{field} has no value"
        case Contains(field=field, text=text):
            return f"{field} contains {_quoted(text)}"
        case StartsWith(field=field, text=text):
            return f"{field} starts with {_quoted(text)}"
        case Within(field=field, start=start, end=end):
            return f"{field} is from {start} up to, not including, {end}"
        case InItems(key=key, items=items):
            return f"{_key(key)} is {_either([_item(item) for item in items])}"
        case Matches(key=key, text=text, include_missing=include_missing):
            missing = "or it has no value" if include_missing else "and it has a value"
            return f"{_key(key)} has {_quoted(text)} in its name, {missing}"
        case Reads(key=key, how=how, text=text):
            return f"the name of {_key(key)} {_READS[how]} {_quoted(text)}"
        case _:
            return predicate_in_words(predicate)


def _negated(predicate: Predicate) -> str:
    match predicate:
        case Comparison(field=field, op="==", value=value):
            return f"{field} is not {_value(value)}"
        case IsIn(field=field, values=values):
            return f"{field} is not {_either([_value(value) for value in values])}"
        case IsNull(field=field):
            return f"{field} has a value"
        case Contains(field=field, text=text):
            return f"{field} does not contain {_quoted(text)}"
        case StartsWith(field=field, text=text):
            return f"{field} does not start with {_quoted(text)}"
        case InItems(key=key, items=items):
            return f"{_key(key)} is not {_either([_item(item) for item in items])}"
        case _:
            return f"not ({_simple(predicate)})"


def _either(texts: list[str]) -> str:
    if not texts:
        return "one of no values"
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"


def _key(key: Key) -> str:
    return f"{key.unit} of {key.field}" if isinstance(key, TimeKey) else key.field


def _item(item: Item) -> str:
    return "no value" if item is None else _value(item)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if re.fullmatch(r"\w[\w.:@+-]*", value) else _quoted(value)
    return _number(value)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


# ---- formulas ---------------------------------------------------------------------------------


def expression_as_formula(expression: Expression, names: Mapping[Expression, str] = NO_NAMES) -> str:
    """Return a figure as a formula. Parts that have a name in ``names`` go by it.

    Examples
    --------
    >>> from dynreports.semantics.predicate import field
    >>> opens = Aggregate("distinct", "recipient_id", field("event") == "open")
    >>> expression_as_formula(Arithmetic("/", opens, Aggregate("count")))
    "distinct(recipient_id where event == 'open') / count()"
    """
    if expression in names:
        return names[expression]
    match expression:
        case Aggregate(op=op, field=field, where=where):
            inside = [_name(field)] if field is not None else []
            if where is not None:
                inside.append(f"where {predicate_as_formula(where)}")
            return f"{op}({' '.join(inside)})"
        case Constant(value=value):
            return _number(value)
        case Arithmetic(op="max", left=left, right=right):
            return f"max({expression_as_formula(left, names)}, {expression_as_formula(right, names)})"
        case Arithmetic(op=op, left=left, right=right):
            # A ratio or difference on the right reads differently without its brackets.
            left_text = _bracketed(left, op in {"*", "/"} and _is_sum(left), names)
            is_operation = isinstance(right, Arithmetic) and right.op != "max"
            right_text = _bracketed(right, is_operation and (op != "+" or _is_sum(right)), names)
            return f"{left_text} {op} {right_text}"


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Arithmetic) and expression.op in {"+", "-"}


def _bracketed(expression: Expression, needs: bool, names: Mapping[Expression, str]) -> str:
    text = expression_as_formula(expression, names)
    return f"({text})" if needs and expression not in names else text


def predicate_as_formula(predicate: Predicate) -> str:
    """Return a condition as a formula.

    Examples
    --------
    >>> from dynreports.semantics.predicate import field
    >>> predicate_as_formula(field("age").between(18, 25) | field("city").is_null())
    '18 <= age <= 25 or city is missing'
    """
    match predicate:
        case And(parts) | Or(parts):
            if not parts:
                return "true" if isinstance(predicate, And) else "false"
            word = " and " if isinstance(predicate, And) else " or "
            return word.join(_formula_part(part) for part in parts)
        case Not(of):
            return f"not ({predicate_as_formula(of)})"
        case Comparison(field=field, op=op, value=value):
            return f"{_name(field)} {op} {_literal(value)}"
        case IsIn(field=field, values=values):
            return f"{_name(field)} in ({', '.join(_literal(value) for value in values)})"
        case Between(field=field, low=low, high=high):
            return f"{_literal(low)} <= {_name(field)} <= {_literal(high)}"
        case IsNull(field=field):
            return f"{_name(field)} is missing"
        case Contains(field=field, text=text):
            return f"{_name(field)} contains {text!r}"
        case StartsWith(field=field, text=text):
            return f"{_name(field)} starts with {text!r}"
        case Within(field=field, start=start, end=end):
            return f"{start!r} <= {_name(field)} < {end!r}"
        case InItems(key=key, items=items):
            return f"{_key_formula(key)} in ({', '.join(_literal(item) for item in items)})"
        case Matches(key=key, text=text, include_missing=include_missing):
            missing = (
                f"or {_name(key.field)} is missing"
                if include_missing
                else f"and {_name(key.field)} is not missing"
            )
            return f"label({_key_formula(key)}) contains {text!r} {missing}"
        case Reads(key=key, how=how, text=text):
            return f"label({_key_formula(key)}) {_READS[how]} {text!r}"


def _formula_part(predicate: Predicate) -> str:
    text = predicate_as_formula(predicate)
    return f"({text})" if _joins(predicate) or isinstance(predicate, Matches) else text


def _key_formula(key: FieldKey | TimeKey) -> str:
    return f"{key.unit}({_name(key.field)})" if isinstance(key, TimeKey) else _name(key.field)


def _name(field: str) -> str:
    return field if field.isidentifier() else f"`{field}`"


def _literal(value: Item) -> str:
    if value is None:
        return "missing"
    return str(value).lower() if isinstance(value, bool) else repr(value)
