"""JSON: values of this layer are written, and rebuilt with errors that say where and what is accepted."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from dynreports.errors import InvalidInputError

_T = TypeVar("_T")
_TOO_DEEP = "The value is nested too deeply."
_TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "an object",
}


def to_json(value: object) -> str:
    """Return a predicate, metric, period or other struct as JSON text, with a stable order of keys.

    Raises
    ------
    InvalidInputError
        The value holds something that JSON has no form for, such as a whole number beyond 64 bits.
    """
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        message = f"{type(value).__name__} can't be written as JSON: {error}"
        raise InvalidInputError(message) from error


def from_json(text: str | bytes, type: type[_T] | Any) -> _T:
    """Return the value of a type that JSON text stands for.

    Parameters
    ----------
    text
        What `to_json` wrote, or a person.
    type
        A struct, or a union of them such as ``Predicate`` or ``Period``.

    Raises
    ------
    InvalidInputError
        The text is no JSON, or not of that type; the message names the place and what is accepted there.
    """
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError) as error:
        message = f"This is not JSON: {error}"
        raise InvalidInputError(message) from None
    except RecursionError:
        raise InvalidInputError(_TOO_DEEP) from None
    result: _T = from_builtins(value, type)
    return result


def from_builtins(value: object, type: type[_T] | Any) -> _T:
    """Return the value of a type from dicts, lists and scalars, with the checks of `from_json`."""
    try:
        result: _T = msgspec.convert(value, type=type)
    except msgspec.ValidationError as error:
        raise InvalidInputError(_explained(str(error), type, value)) from None
    except RecursionError:
        raise InvalidInputError(_TOO_DEEP) from None
    return result


def _explained(error: str, type: Any, raw: Any) -> str:
    """Turn "Expected `str`, got `int` - at `$.where.field`" into words of people."""
    problem, _, place = error.partition(" - at `")
    where = place.removesuffix("`").removeprefix("$").lstrip(".")

    def named(match: re.Match[str]) -> str:
        names = [_TYPES.get(name.strip(), name.strip()) for name in match[1].split("|")]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"

    message = f"At {where or 'the top'}: {re.sub(r'`([a-z| ]+)`', named, problem).rstrip('.')}."
    if problem.startswith("Invalid"):
        steps = re.findall(r"\w+|\[\d+\]", where)
        accepted = _accepted(msgspec.inspect.type_info(type), steps, raw)
        if accepted:
            message += f" Accepted: {', '.join(accepted)}."
    return message


def _accepted(type: msgspec.inspect.Type, steps: list[str], raw: Any) -> list[str]:
    """Return the words that are accepted at a place within a type, along what was given instead."""
    match type:
        case msgspec.inspect.UnionType(types=types):
            found = [word for each in types for word in _accepted(each, steps, raw)]
            return list(dict.fromkeys(found))
        case msgspec.inspect.LiteralType(values=values) if not steps:
            return [str(value) for value in values]
        case msgspec.inspect.VarTupleType(item_type=item_type) if steps:
            return _accepted(item_type, steps[1:], raw[int(steps[0].strip("[]"))])
        case msgspec.inspect.StructType(fields=fields, tag_field=tag_field, tag=tag) if steps:
            if steps == [tag_field]:
                return [str(tag)]
            if tag_field is not None and raw.get(tag_field) != tag:
                return []
            field = next(each for each in fields if each.encode_name == steps[0])
            return _accepted(field.type, steps[1:], raw[steps[0]])
    return []
