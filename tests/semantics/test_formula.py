"""Formulas that people write: text to formula and back, errors that say where, never a way to code."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Segment
from dynreports.semantics.formula import (
    Aggregated,
    Formula,
    Named,
    Number,
    Operation,
    Where,
    expression_of,
    formula_text,
)
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, count
from dynreports.semantics.parsing import DEEPEST, FormulaError, parse
from dynreports.semantics.predicate import field

LABELS = [
    "Open",
    "Sent",
    "A ] b",
    "[",
    "where",
    'say "hi"',
    "1 + 2",
    "<b>",
    "__import__('os')",
    "é 👍",
    "x]]",
]
FIELDS = {"age": "integer", "city": "text", "odd ] name": "number", "where": "number"}
CATALOG = Catalog(
    metrics=[count(label=each, where=field("event") == each, id=f"m{n}") for n, each in enumerate(LABELS)],
    segments=[Segment(each, field("age") < n, id=f"s{n}") for n, each in enumerate(LABELS)],
)


def read(text: str) -> Formula:
    return parse(text, CATALOG, FIELDS)  # type: ignore[arg-type]


names = st.integers(0, len(LABELS) - 1)
numeric = st.sampled_from(["age", "odd ] name"])
leaves = st.one_of(
    st.builds(Named, names.map("m{}".format)),
    st.builds(Number, st.floats(-1e300, 1e300, allow_nan=False)),
    st.just(Aggregated("count")),
    st.builds(Aggregated, st.just("distinct"), st.sampled_from(sorted(FIELDS))),
    st.builds(Aggregated, st.sampled_from(["sum", "mean", "min", "max"]), numeric),
)
formulas: st.SearchStrategy[Formula] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
        st.builds(Where, inner, names.map("s{}".format)),
    ),
    max_leaves=12,
)


@given(formulas)
def test_what_is_printed_is_read_as_the_same(formula: Formula) -> None:
    text = formula_text(formula, CATALOG)
    assert read(text) == formula
    assert formula_text(read(text), CATALOG) == text


@given(st.text(alphabet=[*string.printable, "é", "\u202e"], max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        formula = read(text)
    except FormulaError as error:
        found: FormulaError | Formula = error
    else:
        found = formula
    if isinstance(found, FormulaError):
        assert 0 <= found.start <= max(len(text), found.end)
    else:
        assert read(formula_text(found, CATALOG)) == found


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("open / SENT", Operation("/", Named("m0"), Named("m1"))),
        ('"say ""hi"""', Named("m5")),
        ("1 - 2 - 3", Operation("-", Operation("-", Number(1), Number(2)), Number(3))),
        ("1 - (2 - 3)", Operation("-", Number(1), Operation("-", Number(2), Number(3)))),
        ("1 + 2 * -3", Operation("+", Number(1), Operation("*", Number(2), Number(-3)))),
        ("-[Open]", Operation("-", Number(0), Named("m0"))),
        ("[Open] where [Sent] / 2", Operation("/", Where(Named("m0"), "s1"), Number(2))),
        ("SUM(age)", Aggregated("sum", "age")),
        ("[where] where [where]", Where(Named("m4"), "s4")),
    ],
)
def test_what_texts_mean(text: str, formula: Formula) -> None:
    assert read(text) == formula


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("[Open] / [Snt]", 9, "Did you mean: Sent"),
        ("[Open] where [Opn]", 13, "Did you mean: Open"),
        ("[Open] +", 8, "missing at the end"),
        ("([Open]", 7, "missing at the end"),
        ("[Open] ) 2", 7, "does not fit"),
        ("[Open", 0, "never closed"),
        ("sum(city)", 4, "holds no numbers"),
        ("sum(agee)", 4, "Did you mean: age"),
        ("count(age)", 0, "takes no field"),
        ("mean()", 0, "takes a field"),
        ("dist(age)", 0, "Did you mean: distinct"),
        ("1e999", 0, "too large"),
        ("  ", 0, "empty"),
        ("open.__class__", 4, "does not fit"),
        ("(lambda: 1)()", 7, "does not fit"),
        ("lambda", 0, "There is no metric named 'lambda'"),
        ("1" * 2001, 2000, "too long"),
        ("-" * (DEEPEST + 5) + "open", 0, "nested too deeply"),
        ("+".join(["open"] * 200), 0, "nested too deeply"),
    ],
)
def test_errors_say_where_and_what(text: str, start: int, words: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(words)) as caught:
        read(text)
    assert caught.value.start == start


def test_many_brackets_are_no_depth() -> None:
    assert read("(" * 900 + "open" + ")" * 900) == Named("m0")


def test_a_segment_narrows_every_part() -> None:
    found = expression_of(read("([Open] / sum(age)) where [Sent]"), CATALOG, "blank")
    where = CATALOG.segment("s1").where
    assert found == Arithmetic(
        "/",
        Aggregate("count", None, (field("event") == "Open") & where),
        Aggregate("sum", "age", where),
        on_zero="blank",
    )
    assert expression_of(Number(2), CATALOG) == Constant(2.0)
