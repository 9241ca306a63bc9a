"""A search keeps rows; the total follows it, "out of" does not (reference E17)."""

from __future__ import annotations

import pandas as pd
import pytest

from dynreports.semantics.keys import FieldKey
from dynreports.semantics.search import NameRule, kept_by_rules
from tests.soundness.asking import ask, count, distinct, shown

FRAME = pd.DataFrame(
    {"name": ["alpha"] * 5 + ["beta"] * 3 + [None] * 2, "person": [1, 2, 3, 4, 5, 1, 2, 3, 1, 2]}
)


@pytest.mark.parametrize(
    ("search", "include_missing", "rows", "total"),
    [
        ("a", True, {"alpha": (5, 5), "beta": (3, 3), "N/A": (2, 2)}, (10, 5)),
        ("a", False, {"alpha": (5, 5), "beta": (3, 3)}, (8, 5)),
        ("alp", False, {"alpha": (5, 5)}, (5, 5)),
        ("ALP", False, {"alpha": (5, 5)}, (5, 5)),
        ("", False, {"alpha": (5, 5), "beta": (3, 3)}, (8, 5)),
        ("zzz", True, {"N/A": (2, 2)}, (2, 2)),
        ("zzz", False, {}, (0, 0)),
    ],
)
def test_the_total_follows_the_search(search, include_missing, rows, total):
    result = ask(FRAME, "name", [count(), distinct("person")], search=search, include_missing=include_missing)
    assert shown(result) == rows
    assert (result.total, result.out_of) == (total, (10, 5))


NAMES = ["Spring sale", "Spring news", "Summer sale", "springtime", None]


@pytest.mark.parametrize(
    ("rules", "joined", "kept"),
    [
        ([("contains-all", "sale spring")], "all", {"Spring sale"}),
        ([("contains-any", "sale news")], "all", {"Spring sale", "Spring news", "Summer sale"}),
        ([("contains", "spring sale")], "all", {"Spring sale"}),
        ([("contains", "sale spring")], "all", set()),
        ([("does-not-contain", "spring s")], "all", {"Spring news", "Summer sale", "springtime"}),
        ([("does-not-contain-any", "news summer")], "all", {"Spring sale", "springtime"}),
        ([("equals", "SPRING SALE")], "all", {"Spring sale"}),
        ([("equals", "spring")], "all", set()),
        ([("does-not-equal", "springtime")], "all", {"Spring sale", "Spring news", "Summer sale"}),
        ([("starts-with", "spring"), ("ends-with", "e")], "all", {"Spring sale", "springtime"}),
        ([("starts-with", "sum"), ("ends-with", "news")], "any", {"Summer sale", "Spring news"}),
    ],
)
@pytest.mark.parametrize("include_missing", [True, False])
def test_rules_are_about_names_and_the_box_about_the_rest(rules, joined, kept, include_missing):
    frame = pd.DataFrame({"name": NAMES * 2, "person": [1, 1, 1, 1, 1, 2, 3, 4, 5, 6]})
    given = tuple(NameRule(how, text) for how, text in rules)
    where = kept_by_rules(FieldKey("name"), given, joined, include_missing=include_missing)
    result = ask(frame, "name", [count(), distinct("person")], kept=where)
    # A rule that denies something is not met by records that have no name: only the box keeps them.
    shown_names = kept | ({"N/A"} if include_missing else set())
    assert set(shown(result)) == shown_names
    people = {person for name, person in zip(NAMES * 2, frame["person"], strict=True)
              if (name or "N/A") in shown_names}  # fmt: skip
    assert (result.total, result.out_of) == ((2 * len(shown_names), len(people)), (10, 6))


def test_the_total_of_chosen_rows_counts_each_person_once():
    chosen = ("beta", None)
    result = ask(FRAME, "name", [count(), distinct("person")], only=chosen)
    assert shown(result) == {"beta": (3, 3), "N/A": (2, 2)}
    # Persons 1 and 2 stand in both rows: 3 + 2 is not how many they are.
    assert (result.total, result.out_of) == ((5, 3), (10, 5))


def test_a_search_beyond_the_page_still_counts_all_it_finds():
    frame = pd.DataFrame({"name": [f"item {number}" for number in range(30)] + ["other"], "person": [1] * 31})
    result = ask(frame, "name", [count(), distinct("person")], search="item", limit=5, page=99)
    assert (result.count, result.page, result.pages, len(result.rows)) == (30, 6, 6, 5)
    assert (result.total, result.out_of) == ((30, 1), (31, 1))
