"""Formulas from text, by a grammar. Text is only ever read: there is no way from it to running code."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, cast, get_args

from dynreports.errors import InvalidInputError, UnknownNameError, unknown_name
from dynreports.semantics.catalog import Catalog, ref_of
from dynreports.semantics.columns import FieldType
from dynreports.semantics.component import Kind
from dynreports.semantics.formula import Aggregated, Formula, Named, Number, Operation, Where
from dynreports.semantics.metric import Aggregation

if TYPE_CHECKING:
    from lark import Lark, Token

LONGEST = 2_000
DEEPEST = 60
FUNCTIONS = get_args(Aggregation)

_GRAMMAR = r"""
?start: sum
?sum: product
    | sum "+" product -> add
    | sum "-" product -> subtract
?product: signed
    | product "*" signed -> multiply
    | product "/" signed -> divide
?signed: narrowed
    | "-" signed -> negate
?narrowed: atom
    | narrowed "where"i name -> narrow
?atom: NUMBER -> number
    | "(" sum ")"
    | name -> named
    | WORD "(" name? ")" -> aggregate
name: BRACKETED | QUOTED | WORD

BRACKETED: "[" /([^\]]|\]\])+/ "]"
QUOTED: "\"" /([^"]|"")+/ "\""
WORD: /[^\W\d]\w*/
NUMBER: /(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/
%ignore /\s+/
"""
_SAID = {
    "NUMBER": "a number", "BRACKETED": "[a name]", "QUOTED": "[a name]", "WORD": "[a name]", "LPAR": "(",
    "RPAR": ")", "PLUS": "+", "MINUS": "-", "STAR": "*", "SLASH": "/", "WHERE": "where", "$END": "the end",
}  # fmt: skip
_OPERATORS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}


class FormulaError(InvalidInputError):
    """A formula can't be read.

    Attributes
    ----------
    start, end
        Which characters are wrong, counted from 0; ``end`` is not included.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclasses.dataclass(frozen=True)
class _Branch:
    """What the grammar found, before names are looked up; ``depth`` counts the levels below."""

    kind: str
    parts: tuple[Any, ...]
    depth: int


def parse(text: str, catalog: Catalog, fields: Mapping[str, FieldType]) -> Formula:
    """Return the formula that a text stands for.

    Parameters
    ----------
    text
        Such as ``[Open] / [Delivered]``, ``distinct([person]) where [Young women]``, ``100 * (a + "b c")``.
    catalog
        Where the names of metrics and segments are looked up.
    fields
        The fields that aggregates take.

    Raises
    ------
    FormulaError
        If the text is no formula, or names what is not there; it says where, and what was accepted.
    """
    from lark import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken
    from lark.exceptions import VisitError

    if len(text) > LONGEST:
        message = f"The formula is too long: {len(text):,} characters; accepted are {LONGEST:,}."
        raise FormulaError(message, LONGEST, len(text))
    if not text.strip():
        message = "The formula is empty. Write one, such as [Open] / [Delivered]."
        raise FormulaError(message, 0, len(text))
    try:
        found = cast("_Branch", _parser().parse(text))
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else error.token.start_pos or 0
        length = 0 if error.token.type == "$END" else len(error.token)
        raise _unexpected(text, at, at + length, error.accepts or error.expected) from None
    except UnexpectedCharacters as error:
        at = error.pos_in_stream or 0
        raise _unexpected(text, at, at + 1, error.allowed or ()) from None
    except UnexpectedEOF as error:
        raise _unexpected(text, len(text), len(text), error.expected) from None
    except VisitError as error:
        raise error.orig_exc from None
    return _Binding(catalog, fields).formula(found)


def _unexpected(text: str, start: int, end: int, accepted: Any) -> FormulaError:
    words = sorted({_SAID.get(str(each), str(each)) for each in accepted})
    what = (
        f"{text[start:end]!r} does not fit here" if start < len(text) else "Something is missing at the end"
    )
    closing = " A [ is never closed." if text[start:end] == "[" else ""
    message = f"{what} (character {start + 1}).{closing}"
    if words:
        message += f" Accepted: {', '.join(words)}."
    return FormulaError(message, start, end)


@cache
def _parser() -> Lark:
    # Imported here: nobody pays for it who writes no formula.
    from lark import Lark, Transformer

    class _Build(Transformer[Any, Any]):
        """Runs while the text is read, so that no depth of brackets costs stack."""

        def __default__(self, data: Any, children: list[Any], meta: Any) -> Any:
            depth = 1 + max((each.depth for each in children if isinstance(each, _Branch)), default=0)
            if depth > DEEPEST:
                message = f"The formula is nested too deeply: accepted are {DEEPEST} levels."
                raise FormulaError(message, 0, LONGEST)
            return _Branch(str(data), tuple(children), depth)

    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False, transformer=_Build())


class _Binding:
    """Looks up the names of one formula."""

    def __init__(self, catalog: Catalog, fields: Mapping[str, FieldType]) -> None:
        self._catalog = catalog
        self._fields = fields

    def formula(self, branch: _Branch) -> Formula:
        parts = branch.parts
        match branch.kind:
            case "number":
                return Number(_number(parts[0]))
            case "named":
                return Named(self._component("metric", parts[0]))
            case "aggregate":
                return self._aggregate(parts[0], parts[1] if len(parts) > 1 else None)
            case "narrow":
                return Where(self.formula(parts[0]), self._component("segment", parts[1]))
            case "negate":
                of = self.formula(parts[0])
                return Number(-of.value) if isinstance(of, Number) else Operation("-", Number(0), of)
            case kind:
                return Operation(_OPERATORS[kind], *map(self.formula, parts))  # type: ignore[arg-type]

    def _component(self, kind: Kind, name: _Branch) -> str:
        text, token = _name(name)
        try:
            return ref_of(self._catalog.find(kind, text)).id
        except UnknownNameError as error:
            raise _at(token, str(error)) from None

    def _aggregate(self, function: Token, name: _Branch | None) -> Formula:
        op = function.lower()
        if op not in FUNCTIONS:
            raise _at(function, str(unknown_name("function", str(function), FUNCTIONS)))
        if (op == "count") != (name is None):
            given = "count() takes no field" if op == "count" else f"{op}(…) takes a field, as in {op}([age])"
            raise _at(function, f"{given}.")
        if name is None:
            return Aggregated("count")
        text, token = _name(name)
        if text not in self._fields:
            raise _at(token, str(unknown_name("field", text, self._fields)))
        if op != "distinct" and self._fields[text] not in {"integer", "number"}:
            raise _at(
                token, f"{text!r} holds no numbers, so it has no {op}. distinct([{text}]) counts values."
            )
        return Aggregated(cast("Aggregation", op), text)


def _name(branch: _Branch) -> tuple[str, Token]:
    token: Token = branch.parts[0]
    match token.type:
        case "BRACKETED":
            return token[1:-1].replace("]]", "]"), token
        case "QUOTED":
            return token[1:-1].replace('""', '"'), token
        case _:
            return str(token), token


def _number(token: Token) -> float:
    value = float(token)
    if not isfinite(value):
        raise _at(token, "The number is too large.")
    return value


def _at(token: Token, message: str) -> FormulaError:
    start = token.start_pos or 0
    return FormulaError(f"{message} (character {start + 1})", start, start + len(token))
