"""Searches by rules, and rows that are kept by hand."""

from __future__ import annotations

import pytest

from dynreports.errors import RefusedError
from dynreports.project import commands as do
from dynreports.project.model import NO_SEARCH, AtPosition, Project, Search, SegmentFilter
from dynreports.semantics.search import NameRule

from .conftest import drop
from .test_commands import table_of


def test_what_a_search_means_is_written_in_one_way(project: Project, apply) -> None:
    starts, phrase = NameRule("starts-with", "pa"), NameRule("contains", "ris")
    blank = NameRule("equals", "  ")

    def searched(*given) -> Search:
        return table_of(apply(project, do.SetSearch("t2", (), *given))).search

    assert searched("", True, (phrase, blank), "any") == Search("ris")
    assert searched("ris", False, (starts,), "any") == Search("", False, (phrase, starts), "any")
    assert searched("", True, (starts,), "any") == Search(rules=(starts,))
    with pytest.raises(RefusedError, match="at most 20 rules"):
        searched("", True, (starts,) * 21)


def test_rows_that_are_kept_by_hand_stay_whatever_is_searched(project: Project, apply) -> None:
    kept = apply(project, do.KeepRows("t2", (("Rome",), (None,), ("Rome",))))
    assert table_of(kept).search == Search(only=("Rome", None))
    found = apply(kept, do.SetSearch("t2", (), "o", True))
    assert table_of(found).search == Search("o", only=("Rome", None))
    assert table_of(apply(found, do.ShowAllRows("t2", ()))).search == Search("o")
    assert table_of(apply(kept, do.ShowAllRows("t2", ()))).search is NO_SEARCH
    # Items belong to their dimension: other rows are shown in full.
    assert table_of(apply(kept, drop("dimension:device", do.OnRows("t2")))).search == NO_SEARCH
    broken = apply(kept, drop("dimension:device", do.OnRow("t2", (("Rome",), ("Oslo",)))))
    both = apply(broken, do.KeepRows("t2", (("Rome", "Mobile"), ("Oslo", "Tablet"), ("Rome", "Tablet"))))
    assert [each.search.only for each in table_of(both).breakdowns] == [("Mobile", "Tablet"), ("Tablet",)]
    for paths in ((), ((),), ((AtPosition(1),),)):
        with pytest.raises(RefusedError, match="No row"):
            apply(project, do.KeepRows("t2", paths))
    static = apply(project, do.AddRows("t2", (), (SegmentFilter("early"),)))
    with pytest.raises(RefusedError, match="put there"):
        apply(static, do.KeepRows("t2", ((table_of(static).static[0].id,),)))
