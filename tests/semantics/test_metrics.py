"""The algebra of metrics: names, formats, what adds up, and what figures say of themselves."""

from __future__ import annotations

import pytest

from dynreports.errors import InvalidInputError
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate, Constant, count, distinct, max, mean, min, sum
from dynreports.semantics.predicate import And, InItems, Matches, Or, Within, field
from dynreports.semantics.wording import predicate_as_formula, predicate_in_words

opens = count(where=field("event") == "open", label="Open")
openers = distinct("recipient_id", where=field("event") == "open", label="Unique opens")


def test_labels_and_ids_are_made_from_fields():
    assert (sum("dep_delay").label, sum("dep_delay").id) == ("Sum of dep delay", "sum-of-dep-delay")
    assert [metric.label for metric in (mean("x"), min("x"), max("x"), distinct("userId"), count())] == [
        "Average x", "Minimum x", "Maximum x", "Distinct user id", "Count",
    ]  # fmt: skip
    assert mean("x").decimals == 2


def test_arithmetic_names_itself():
    rate = openers / count(label="Sent")
    assert (rate.label, rate.id, rate.decimals) == ("Unique opens / Sent", "unique-opens-per-sent", 2)
    assert (opens - openers).id != (opens / openers).id != (opens + openers).id
    assert (1 - rate).label == "1 - (Unique opens / Sent)"
    assert (mean("x") + opens).decimals == 2
    assert (2 * opens).expression.left == Constant(2.0)


def test_named_rates():
    rate = (openers / opens).named("Rate", format="percent")
    assert (rate.id, rate.format, rate.decimals) == ("rate", "percent", 1)
    assert rate.named("Rate", decimals=3).decimals == 3
    assert rate.expression.on_zero == "zero"
    assert rate.named("Rate", on_zero="blank").expression.on_zero == "blank"
    with pytest.raises(InvalidInputError, match="on_zero is for ratios"):
        opens.named("Open", on_zero="blank")


def test_what_adds_up():
    assert opens.additive
    assert sum("x").additive
    assert (opens + sum("x")).additive
    assert (opens / 2).additive
    assert (2 * opens).additive
    for metric in (openers, mean("x"), min("x"), opens / sum("x"), opens + 1, opens * opens, 2 / opens):
        assert not metric.additive


def test_what_is_whole():
    assert (opens - openers).is_whole
    assert not sum("x").is_whole
    assert not (opens / openers).is_whole


@pytest.mark.parametrize("other", ["Open", None, True, [1]])
def test_arithmetic_takes_metrics_and_numbers(other):
    with pytest.raises(InvalidInputError, match="metric or a number"):
        opens + other


def test_aggregates_take_the_right_fields():
    with pytest.raises(InvalidInputError, match="count takes no field"):
        Aggregate("count", "x")
    with pytest.raises(InvalidInputError, match="sum takes a field"):
        Aggregate("sum")
    with pytest.raises(InvalidInputError, match="finite"):
        opens * float("inf")


def test_definitions():
    assert count().definition() == "Records"
    assert opens.definition() == "Records where event is open"
    assert openers.formula() == "distinct(recipient_id where event == 'open')"
    rate = (openers / (count() - count(where=field("event") == "bounce"))).named("Rate", on_zero="blank")
    assert rate.definition() == (
        "Different recipient_id of records where event is open, divided by "
        "(records, minus records where event is bounce) (blank where that is 0)"
    )
    assert rate.formula() == (
        "distinct(recipient_id where event == 'open') / (count() - count(where event == 'bounce'))"
    )
    assert sum("a b").formula() == "sum(`a b`)"
    assert (sum("a") / (sum("b") / sum("c"))).formula() == "sum(a) / (sum(b) / sum(c))"
    assert ((sum("a") + sum("b")) * 2).formula() == "(sum(a) + sum(b)) * 2"
    assert (sum("a") - (sum("b") - sum("c"))).formula() == "sum(a) - (sum(b) - sum(c))"
    assert openers.named("x", description="Own words").definition() == "Own words"


a = field("a")


@pytest.mark.parametrize(
    ("predicate", "words", "formula"),
    [
        (a == "New York", "a is “New York”", "a == 'New York'"),
        (a == 1.0, "a is 1", "a == 1.0"),
        (a == True, "a is true", "a == true"),  # noqa: E712
        (a != "x", "a has a value other than x", "a != 'x'"),
        (~(a == "x"), "a is not x", "not (a == 'x')"),
        (a >= 2, "a is at least 2", "a >= 2"),
        (a.isin(["x", "y", "z"]), "a is x, y or z", "a in ('x', 'y', 'z')"),
        (~a.isin([]), "a is not one of no values", "not (a in ())"),
        (a.is_null(), "a has no value", "a is missing"),
        (~a.is_null(), "a has a value", "not (a is missing)"),
        (a.contains("x"), "a contains “x”", "a contains 'x'"),
        (~a.starts_with("x"), "a does not start with “x”", "not (a starts with 'x')"),
        (~(a > 1), "not (a is more than 1)", "not (a > 1)"),
        ((a == 1) & (a == 2) | (a == 3), "(a is 1 and a is 2) or a is 3", "(a == 1 and a == 2) or a == 3"),
        (~((a == 1) | (a == 2)), "not (a is 1 or a is 2)", "not (a == 1 or a == 2)"),
        (And(()), "anything holds", "true"),
        (Or(()), "nothing holds", "false"),
        (InItems(FieldKey("a"), ("x", None)), "a is x or no value", "a in ('x', missing)"),
        (
            InItems(TimeKey("ts", "day"), ("2026-01-31",)),
            "day of ts is 2026-01-31",
            "day(ts) in ('2026-01-31')",
        ),
        (
            Matches(FieldKey("a"), "x", False),
            "a has “x” in its name, and it has a value",
            "label(a) contains 'x' and a is not missing",
        ),
        (Within("ts", "s", "e"), "ts is from s up to, not including, e", "'s' <= ts < 'e'"),
    ],
)
def test_conditions_in_words(predicate, words, formula):
    assert predicate_in_words(predicate) == words
    assert predicate_as_formula(predicate) == formula
