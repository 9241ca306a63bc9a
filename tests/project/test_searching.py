"""Searches by rules, and rows that are kept by hand."""

from __future__ import annotations

import pytest

from dynreports.errors import RefusedError
from dynreports.project import commands as do
from dynreports.project.model import NO_SEARCH, AtPosition, ItemFilter, Project, Search, SegmentFilter
from dynreports.semantics.component import Ref
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


def test_rows_that_were_put_there_are_kept_by_hand_too(project: Project, apply) -> None:
    given = ItemFilter("city", ("Rome",)), ItemFilter("city", ("Oslo",)), SegmentFilter("early")
    made = apply(project, do.AddRows("t2", (), given))
    rome, oslo, early = (each.id for each in table_of(made).static)
    kept = apply(made, do.KeepRows("t2", ((oslo,), (early,))))
    assert (table_of(kept).search, table_of(kept).static) == (
        Search(only=(oslo, early)),
        table_of(made).static,
    )
    assert apply(kept, do.ShowAllRows("t2", ())) == made
    for gone in ("s99", None):
        with pytest.raises(RefusedError, match="not one that was put there"):
            apply(kept, do.KeepRows("t2", ((gone,),)))

    # What is dropped is seen, a row that was not shown as well; a row that is removed is chosen no more.
    side = do.OnBetween("t2", (oslo,), "after")
    more = apply(kept, drop("segment:mobile-only", side))
    assert table_of(more).search.only == (oslo, early, table_of(more).static[2].id)
    rome_too = do.Drop((), side, (do.ItemOf(Ref("dimension", "city"), "Rome"),))
    again = apply(kept, rome_too)
    assert (table_of(again).search.only, table_of(again).static) == (
        (oslo, early, rome),
        table_of(made).static,
    )
    with pytest.raises(RefusedError, match="already"):
        apply(again, rome_too)
    one = apply(kept, do.RemoveRow("t2", (early,)))
    assert table_of(one).search.only == (oslo,)
    assert table_of(apply(one, do.RemoveRow("t2", (oslo,)))).search == NO_SEARCH

    # So are the rows of a breakdown; other rows in place of them are all shown.
    below = apply(project, do.AddRows("t2", ("Rome",), given[1:]))
    ids = [each.id for each in table_of(below).breakdowns[0].static]
    below = apply(below, do.KeepRows("t2", (("Rome", ids[1]),)))
    assert table_of(below).breakdowns[0].search.only == (ids[1],)
    assert table_of(apply(kept, drop("dimension:device", do.OnRows("t2")))).search == NO_SEARCH
