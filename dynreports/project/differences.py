"""What differs between two states of a report, in words: "column Open rate added to Delivery statistics".

Parts are the same where their ids are; those that are left go by their titles. Every field of the document is
compared, also those that nobody thought of here: they go by their names. Ids, revisions, owners and the order
in which rows were broken down say nothing, as in `same.content`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from dynreports.errors import DynReportsError
from dynreports.project import called, labels
from dynreports.project.model import (
    AtPosition,
    Breakdown,
    Chart,
    Column,
    Compare,
    Panel,
    PanelItem,
    Place,
    Project,
    Search,
    Sort,
    Table,
    Text,
)
from dynreports.project.same import content
from dynreports.project.searching import search_words
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref

_UNSAID = {"revision", "last_id", "schema", "template", "owner", "notebook", "id"}
_FIELDS = {
    "limit": "rows on a page",
    "percent_of": "percentages",
    "align_dates": "aligned dates",
    "by_position": "breakdowns by position",
    "blank_zero": "zero as no value",
    "percent_limits": "limits in percent",
    "label_width": "width of the labels",
    "kind": "type",
    "static": "rows that were put there",
    "compare": "comparison",
    "max_items": "most items",
}
PartT = TypeVar("PartT", bound=msgspec.Struct)
ELSE = "something else changed"


def differences(before: Project, after: Project, catalog: Catalog) -> list[str]:
    """Return what was done between two states, a phrase each; none: they say the same.

    Parameters
    ----------
    before, after
        The two states.
    catalog
        What components are called.
    """
    if content(before) == content(after):
        return []
    return list(dict.fromkeys(_Comparison(before, after, catalog).project())) or [ELSE]


class _Comparison:
    def __init__(self, before: Project, after: Project, catalog: Catalog) -> None:
        self._before = before
        self._after = after
        self._catalog = catalog
        both = (before, after)
        self._own = {each.id: each.label for document in both for each in document.metrics}
        self._own |= {each.id: each.label for document in both for each in document.segments}
        self._panels = _matched(before.panels, after.panels, lambda each: each.title)
        olds = [each for panel in before.panels for each in panel.items]
        news = [each for panel in after.panels for each in panel.items]
        self._items = _matched(olds, news, lambda each: (type(each), each.title))
        self._ids = {new.id: old.id for old, new in self._items}
        self._columns: dict[str, list[tuple[Column, Column]]] = {}
        for old, new in self._items:
            if isinstance(old, Table) and isinstance(new, Table):
                pairs = _matched(old.columns, new.columns, lambda each: (each.metric, repr(each.filters)))
                self._columns[new.id] = pairs
                self._ids |= {b.id: a.id for a, b in pairs}

    # ---- the report -----------------------------------------------------------------------------

    def project(self) -> Iterator[str]:
        before, after = self._before, self._after
        if before.title != after.title:
            yield f"report renamed from “{before.title}” to “{after.title}”"
        yield from self._fields(before.data, after.data, "the data")
        for kind, olds, news in (
            ("metric", before.metrics, after.metrics),
            ("segment", before.segments, after.segments),
        ):
            yield from self._own_components(kind, olds, news)
        yield from self._listed(before.panels, after.panels, self._panels, "panel", "the report")
        for old, new in self._panels:
            yield from self._panel(old, new)
        yield from self._moves()
        for a, b in self._items:
            yield from self._item(a, b)
        yield from self._fields(
            before, after, "the report", but={"title", "data", "metrics", "segments", "panels"}
        )

    def _own_components(self, kind: str, olds: Sequence[Any], news: Sequence[Any]) -> Iterator[str]:
        pairs = _matched(olds, news, lambda each: each.label)
        gone, come = _unmatched(olds, news, pairs)
        yield from (f"{kind} {each.label} deleted" for each in gone)
        yield from (f"{kind} {each.label} made" for each in come)
        for old, new in pairs:
            if old.label != new.label:
                yield f"{kind} {old.label} renamed to {new.label}"
            if msgspec.structs.replace(old, label=new.label) != new:
                yield f"{kind} {new.label} changed"
        if _order(olds, pairs, 0) != _order(news, pairs, 1):
            yield f"{kind}s are in another order"

    def _listed(
        self, olds: Sequence[Any], news: Sequence[Any], pairs: list[tuple[Any, Any]], what: str, where: str
    ) -> Iterator[str]:
        gone, come = _unmatched(olds, news, pairs)
        yield from (f"{what} {each.title} removed" for each in gone)
        yield from (f"{what} {each.title} added" for each in come)
        if _order(olds, pairs, 0) != _order(news, pairs, 1):
            yield f"{what}s of {where} are in another order"

    # ---- panels ---------------------------------------------------------------------------------

    def _panel(self, old: Panel, new: Panel) -> Iterator[str]:
        if old.title != new.title:
            yield f"panel {old.title} renamed to {new.title}"
        if old.period != new.period:
            yield f"period of {new.title} changed from {self._said(old.period)} to {self._said(new.period)}"
        yield from self._filters(old.filters, new.filters, new.title)
        yield from self._fields(old, new, new.title, but={"title", "period", "filters", "items"})

    def _filters(self, old: Sequence[Any], new: Sequence[Any], where: str) -> Iterator[str]:
        yield from (f"filter {self._filter(each)} removed from {where}" for each in old if each not in new)
        yield from (f"filter {self._filter(each)} added to {where}" for each in new if each not in old)
        both = [each for each in old if each in new]
        if both != [each for each in new if each in old]:
            yield f"filters of {where} are in another order"

    def _moves(self) -> Iterator[str]:
        """Yield which items came and went, and where they stand now."""
        olds = {each.id: panel for panel in self._before.panels for each in panel.items}
        news = {each.id: panel for panel in self._after.panels for each in panel.items}
        panels = {new.id: old.id for old, new in self._panels}
        known_old, known_new = {a.id for a, _ in self._items}, {b.id for _, b in self._items}
        for panel in self._before.panels:
            yield from (
                f"{_kind(each)} {each.title} removed from {panel.title}"
                for each in panel.items
                if each.id not in known_old
            )
        for panel in self._after.panels:
            for each in panel.items:
                if each.id not in known_new:
                    yield f"{_kind(each)} {each.title} added to {panel.title}"
                elif panels.get(panel.id) != olds[self._ids[each.id]].id:
                    yield f"{_kind(each)} {each.title} moved to {news[each.id].title}"
        for old, new in self._panels:
            before = [each.id for each in old.items]
            after = [self._ids.get(each.id, "") for each in new.items]
            if [each for each in before if each in after] != [each for each in after if each in before]:
                yield f"items of {new.title} are in another order"

    # ---- items ----------------------------------------------------------------------------------

    def _item(self, old: PanelItem, new: PanelItem) -> Iterator[str]:
        if old.title != new.title:
            yield f"{_kind(old)} {old.title} renamed to {new.title}"
        if isinstance(old, Table) and isinstance(new, Table):
            yield from self._table(old, new)
        elif isinstance(old, Text) and isinstance(new, Text):
            if old.text != new.text:
                yield f"words of {new.title} changed"
            yield from self._fields(old, new, new.title, but={"title", "text"})
        else:
            yield from self._fields(old, new, new.title, but={"title"})

    def _table(self, old: Table, new: Table) -> Iterator[str]:
        title = new.title
        if old.rows != new.rows:
            yield f"rows of {title} changed from {self._said(old.rows)} to {self._said(new.rows)}"
        pairs = self._columns[new.id]
        gone, come = _unmatched(old.columns, new.columns, pairs)
        yield from (f"column {self._column(each)} removed from {title}" for each in gone)
        yield from (f"column {self._column(each)} added to {title}" for each in come)
        if _order(old.columns, pairs, 0) != _order(new.columns, pairs, 1):
            yield f"columns of {title} are in another order"
        for a, b in pairs:
            yield from self._one_column(a, b, title)
        if self._sort(old.sort) != self._sort(new.sort, translate=True):
            yield f"{title} is sorted {self._sorted(new)}"
        yield from self._block(old, new, title, but={"title", "rows", "columns", "sort"})

    def _one_column(self, old: Column, new: Column, title: str) -> Iterator[str]:
        if old.metric != new.metric:
            yield f"column {self._metric(old)} of {title} replaced by {self._metric(new)}"
        name = f"column {self._metric(new)} of {title}"
        yield from self._filters(old.filters, new.filters, name)
        yield from self._fields(old, new, name, but={"metric", "filters"})

    def _sort(self, sort: Sort | None, *, translate: bool = False) -> object:
        if sort is None or sort.column is None or not translate:
            return sort
        return Sort(self._ids.get(sort.column, sort.column), sort.descending)

    def _sorted(self, table: Table) -> str:
        sort = table.sort
        if sort is None:
            return "by itself"
        column = next((each for each in table.columns if each.id == sort.column), None)
        by = self._said(table.rows) if column is None else self._column(column)
        return f"by {by}, {'descending' if sort.descending else 'ascending'}"

    def _block(self, old: Any, new: Any, where: str, but: set[str]) -> Iterator[str]:
        yield from self._fields(self._named(old), self._named(new), where, but=but | {"breakdowns"})
        olds = {_at(each): each for each in old.breakdowns}
        news = {_at(each): each for each in new.breakdowns}
        for key, each in olds.items():
            if key not in news:
                yield f"breakdown of {self._row(old, each)} by {self._by(each)} removed from {where}"
        for key, each in news.items():
            row = self._row(new, each)
            if key not in olds:
                yield f"breakdown of {row} by {self._by(each)} added to {where}"
                continue
            below = f"the breakdown of {row} in {where}"
            if olds[key].by != each.by:
                yield f"{below} is by {self._by(each)} instead of {self._by(olds[key])}"
            yield from self._block(olds[key], each, below, but={"by", "at"})

    def _named(self, block: Any) -> Any:
        """Return a block whose chosen rows, where they were put there, go by what they are made of."""
        if not block.static or not block.search.only:
            return block
        only = tuple(self._filter(each.of) for each in block.static if each.id in block.search.only)
        search = msgspec.structs.replace(block.search, only=only)
        return msgspec.structs.replace(block, search=search)

    def _row(self, block: Table | Breakdown, breakdown: Breakdown) -> str:
        """Return which row is broken down; one that was put there goes by what it is made of."""
        item = None if isinstance(breakdown.at, AtPosition) else breakdown.at.item
        own = next((each for each in block.static if each.id == item), None)
        return _row(breakdown) if own is None else self._filter(own.of)

    def _by(self, breakdown: Breakdown) -> str:
        return (
            self._said(breakdown.by) if breakdown.by is not None else self._said(breakdown.static, "static")
        )

    # ---- any field ------------------------------------------------------------------------------

    def _fields(self, old: Any, new: Any, where: str, but: Iterable[str] = ()) -> Iterator[str]:
        """Yield every field that differs, those left out that something else is said of."""
        if type(old) is not type(new):
            yield f"{where} is of another kind"
            return
        for name in old.__struct_fields__:
            if name in _UNSAID or name in but:
                continue
            a, b = getattr(old, name), getattr(new, name)
            if a != b and self._plain(a) != self._plain(b, name=name):
                yield self._changed(name, a, b, where)

    def _plain(self, value: object, name: str = "") -> object:
        """Return a value that can be compared: of the newer state with the ids of the older one."""
        return _translated(msgspec.to_builtins(value), name, self._ids)

    def _changed(self, name: str, old: object, new: object, where: str) -> str:
        if name == "collapsed":
            return f"{where} {'collapsed' if new else 'expanded'}"
        if name == "hidden":
            return f"{where} {'hidden' if new else 'shown again'}"
        if name == "place":
            return f"{where} moved or resized"
        words = _FIELDS.get(name, name.replace("_", " "))
        return f"{words} of {where} changed from {self._said(old, name)} to {self._said(new, name)}"

    # ---- words ----------------------------------------------------------------------------------

    def _said(self, value: object, field: str = "") -> str:
        match value:
            case None:
                return "nothing" if field else "none"
            case bool():
                return "on" if value else "off"
            case int() | float():
                return f"{value:,}"
            case str() if field == "source":
                titles = {each.id: each.title for panel in self._after.panels for each in panel.items}
                titles |= {each.id: each.title for panel in self._before.panels for each in panel.items}
                return titles.get(value, "a table that is gone")
            case str():
                return f"“{value}”"
            case Ref():
                return self._component(value)
            case Search():
                return search_words(value).removeprefix("with ") or "all rows"
            case Place():
                return "another place"
            case Compare(to, show):
                return f"{'change in percent' if show == 'change' else show}, {self._filter(to)}"
            case tuple() if field == "static":
                return ", ".join(self._filter(each.of) for each in value) or "nothing"
        try:
            if not field:
                return labels.period(value)  # type: ignore[arg-type]
        except DynReportsError:
            pass
        text = msgspec.json.encode(value).decode()
        return text if len(text) <= 80 else f"{text[:79]}…"

    def _component(self, ref: Ref) -> str:
        if ref in self._catalog:
            return self._catalog.label(ref)
        return self._own.get(ref.id) or labels.last_known(ref)

    def _metric(self, column: Column) -> str:
        return self._component(Ref("metric", column.metric))

    def _column(self, column: Column) -> str:
        words = [self._filter(each) for each in column.filters]
        if column.compare is not None:
            words.append(self._said(column.compare))
        return f"{self._metric(column)} ({', '.join(words)})" if words else self._metric(column)

    def _filter(self, filter: Any) -> str:
        return called.filter_label(filter, self._catalog)


def _matched(
    olds: Sequence[PartT], news: Sequence[PartT], key: Callable[[Any], object]
) -> list[tuple[Any, Any]]:
    """Return which parts are the same: by id, and those that are left by a key, in their order."""
    by_id = {(type(each), each.id): each for each in news}  # type: ignore[attr-defined]
    pairs = [(each, by_id.pop((type(each), each.id))) for each in olds if (type(each), each.id) in by_id]  # type: ignore[attr-defined]
    known = {id(each) for each, _ in pairs}
    left = list(by_id.values())
    for each in olds:
        if id(each) in known:
            continue
        same = next((other for other in left if type(other) is type(each) and key(other) == key(each)), None)
        if same is not None:
            left = [other for other in left if other is not same]
            pairs.append((each, same))
    return pairs


def _unmatched(
    olds: Sequence[Any], news: Sequence[Any], pairs: list[tuple[Any, Any]]
) -> tuple[list[Any], list[Any]]:
    stay, come = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    return [each for each in olds if id(each) not in stay], [each for each in news if id(each) not in come]


def _order(parts: Sequence[Any], pairs: list[tuple[Any, Any]], side: int) -> list[int]:
    places = {id(pair[side]): number for number, pair in enumerate(pairs)}
    return [places[id(each)] for each in parts if id(each) in places]


def _translated(value: Any, name: str, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _translated(each, key, ids) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_translated(each, name, ids) for each in value]
    is_id = name in {"source", "columns", "column", "table"} and isinstance(value, str)
    return ids.get(value, value) if is_id else value


def _kind(item: PanelItem) -> str:
    return "chart" if isinstance(item, Chart) else "text" if isinstance(item, Text) else "table"


def _at(breakdown: Breakdown) -> str:
    return repr(breakdown.at)


def _row(breakdown: Breakdown) -> str:
    at = breakdown.at
    if isinstance(at, AtPosition):
        return f"row {at.position}"
    return "the row without a value" if at.item is None else str(at.item)
