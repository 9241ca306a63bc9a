"""A search keeps rows; the total follows it, "out of" does not (reference E17)."""

from __future__ import annotations

import pandas as pd
import pytest

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


def test_a_search_beyond_the_page_still_counts_all_it_finds():
    frame = pd.DataFrame({"name": [f"item {number}" for number in range(30)] + ["other"], "person": [1] * 31})
    result = ask(frame, "name", [count(), distinct("person")], search="item", limit=5, page=99)
    assert (result.count, result.page, result.pages, len(result.rows)) == (30, 6, 6, 5)
    assert (result.total, result.out_of) == ((30, 1), (31, 1))
