"""Which rows of a block are kept: by a search, or chosen by hand; and how that is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import intents as do
from dynreports.project import rows, tree
from dynreports.project.checks import check_item
from dynreports.project.model import NO_SEARCH, Address, AtPosition, Search, Table
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.keys import Item
from dynreports.semantics.search import HOWS, Joined, NameRule

MOST_RULES = 20
MOST_TERMS = 50
MOST_NAMED = 3
"""More rows than these are told by their number."""


def searched(before: Search, command: do.SetSearch) -> Search:
    """Return the search that a command asks for; rows that were chosen by hand stay chosen.

    What means the same is the same value: one rule that a name contains a phrase is a plain text, and a text
    beside rules is the first of them.
    """
    rules = tuple(NameRule(each.how, text) for each in command.rules if (text := each.text.strip()))
    if len(rules) > MOST_RULES or any(len(each.text.split()) > MOST_TERMS for each in rules):
        message = f"A search has at most {MOST_RULES} rules of {MOST_TERMS} words each."
        raise RefusedError(message)
    text = command.text.strip()
    if rules and text:
        rules, text = (NameRule("contains", text), *rules), ""
    if [each.how for each in rules] == ["contains"]:
        text = rules[0].text
        rules = ()
    joined: Joined = command.joined if len(rules) > 1 else "all"
    return _plain(Search(text, command.include_missing, rules, joined, before.only))


def keep_rows(table: Table, command: do.KeepRows, catalog: Catalog) -> Table:
    """Return the table with only some rows of their blocks."""
    chosen: dict[Address, list[Item]] = {}
    for path in command.paths:
        for step in path[-1:]:
            if not isinstance(step, AtPosition):
                chosen.setdefault(path[:-1], []).append(step)
    if not chosen:
        message = "No row was named to keep."
        raise RefusedError(message)
    for above, items in chosen.items():
        table = tree.change_block(table, above, _keeping(items, catalog))
    return table


def _keeping(items: list[Item], catalog: Catalog) -> Callable[[tree.Block], tree.Block]:
    only: list[Item] = []
    for each in items:
        if not any(tree.is_same(each, known) for known in only):
            only.append(each)

    def change(block: tree.Block) -> tree.Block:
        for each in only:
            if block.rows is None:
                rows.position_of(block, each)
            else:
                check_item(block.rows, each, catalog)
        return replace(block, search=replace(block.search, only=tuple(only)))

    return change


def chosen(block: tree.Block) -> tuple[Item, ...]:
    """Return the rows of a block that were chosen and can still be there; none: every one is shown."""
    if block.rows is not None:
        return block.search.only
    there = {each.id for each in block.static}
    return tuple(each for each in block.search.only if each in there)


def show_all(block: tree.Block) -> tree.Block:
    """Return a block with the rows that were left out by hand."""
    return replace(block, search=_plain(replace(block.search, only=())))


def _plain(search: Search) -> Search:
    """Return the search; files leave out what is no search at all."""
    return NO_SEARCH if search == NO_SEARCH else search


# ---- words --------------------------------------------------------------------------------------


def rules_words(search: Search) -> str:
    """Return the rules of a search in words.

    Examples
    --------
    >>> rules_words(Search(rules=(NameRule("starts-with", "a"), NameRule("equals", "b")), joined="any"))
    'starts with “a” or equals “b”'
    """
    word = " and " if search.joined == "all" else " or "
    return word.join(f"{HOWS[each.how]} “{each.text}”" for each in search.rules)


def search_words(search: Search) -> str:
    """Return which rows a search keeps, in words; nothing where it keeps all."""
    parts = []
    if search.text:
        parts.append(f"with “{search.text}”")
    if search.rules:
        parts.append(f"whose name {rules_words(search)}")
    if search.only:
        names = ["no value" if each is None else str(each) for each in search.only]
        parts.append(f"only {only_words(names)}")
    if not search.include_missing:
        parts.append("without those of no value")
    return ", ".join(parts)


def only_words(names: Sequence[str]) -> str:
    """Return what some rows are called; of many the first ones."""
    more = len(names) - MOST_NAMED
    first = ", ".join(names[:MOST_NAMED])
    return f"{first} and {more:,} more" if more > 0 else first


def search_label(command: do.SetSearch, by: str) -> str:
    """Return what a search is called in the list of steps."""
    search = searched(NO_SEARCH, command)
    if search.rules:
        return f"Search {by} for what {rules_words(search)}"
    return f"Search {by} for “{search.text}”" if search.text else f"Set the search of {by}"
