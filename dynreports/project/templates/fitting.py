"""A template over data that lacks some of what it shows: it opens all the same, and says what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dynreports.project import labels, tiles
from dynreports.project.model import Chart, Panel, PanelItem, Project, Table
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Ref
from dynreports.semantics.text import listed

_MOST_NAMED = 6


def fitted(project: Project, catalog: Catalog) -> tuple[Project, str | None]:
    """Return a template without what some data does not have, and a sentence on it (``None``: it has all).

    Columns whose metric is missing are left out, and so are tables whose rows are, or that have no column
    left; charts go with what they draw.
    """
    missing: dict[Ref, None] = {}
    panels = tuple(_panel(each, catalog, missing) for each in project.panels)
    if not missing:
        return project, None
    names = [labels.last_known(each) for each in missing]
    more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    note = (
        f"This data lacks {listed([*names[:_MOST_NAMED], *more])}: what {project.title} shows of "
        f"{'it' if len(names) == 1 else 'them'} is left out."
    )
    return replace(project, panels=panels), note


def _panel(panel: Panel, catalog: Catalog, missing: dict[Ref, None]) -> Panel:
    kept = [found for each in panel.items if (found := _item(each, catalog, missing)) is not None]
    columns = {each.id: {one.id for one in each.columns} for each in kept if isinstance(each, Table)}
    kept = [found for each in kept if (found := _with_cells(each, columns)) is not None]
    return replace(panel, items=tuple(kept) if len(kept) == len(panel.items) else tiles.settled(kept))


def _item(item: PanelItem, catalog: Catalog, missing: dict[Ref, None]) -> PanelItem | None:
    return _table(item, catalog, missing) if isinstance(item, Table) else item


def _with_cells(item: PanelItem, columns: dict[str, set[str]]) -> PanelItem | None:
    """Return a chart with the cells that are left to it; it goes with its table, or with its last column."""
    if not isinstance(item, Chart):
        return item
    if item.source not in columns:
        return None
    if item.lock is None or not item.lock.columns:
        return item
    left = tuple(each for each in item.lock.columns if each in columns[item.source])
    return replace(item, lock=replace(item.lock, columns=left)) if left else None


def _table(table: Table, catalog: Catalog, missing: dict[Ref, None]) -> Table | None:
    lacking = [each for each in _refs(table) if each not in catalog]
    missing |= dict.fromkeys(lacking)
    columns = tuple(each for each in table.columns if Ref("metric", each.metric) not in lacking)
    if table.rows in lacking or not columns:
        return None
    sort = table.sort
    if sort is not None and sort.column is not None and sort.column not in {each.id for each in columns}:
        sort = replace(sort, column=columns[0].id)
    return replace(table, columns=columns, sort=sort)


def _refs(table: Table) -> Iterator[Ref]:
    if table.rows is not None:
        yield table.rows
    for each in table.columns:
        yield Ref("metric", each.metric)
