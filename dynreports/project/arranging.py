"""Order, places and copies of panels and their items."""

from __future__ import annotations

from msgspec.structs import replace

from dynreports.project import intents as do
from dynreports.project import tiles, tree
from dynreports.project.model import Panel, Place, Project, Table


def arrange(
    project: Project, command: do.MovePanel | do.DuplicatePanel | do.PlaceItem | do.DuplicateItem
) -> Project:
    """Return the project with a panel or an item moved, of another size, or doubled."""
    match command:
        case do.MovePanel(panel, before):
            onto = None if before is None else tree.find_panel(project, before)
            moved = tree.moved(project.panels, tree.find_panel(project, panel), onto)
            return replace(project, panels=moved)
        case do.DuplicatePanel(panel):
            return _duplicate_panel(project, tree.find_panel(project, panel))
        case do.PlaceItem(item, x, y, w, h):
            holder, part = tree.panel_of(project, item), tree.find_table(project, item)
            items = tiles.placed(holder.items, part, Place(x, y, w, h))
            return tree.with_panel(project, replace(holder, items=items))
        case do.DuplicateItem(item):
            return _duplicate_item(project, item)


def _duplicate_panel(project: Project, panel: Panel) -> Project:
    title = tree.untaken(panel.title, (each.title for each in project.panels))
    project, panel_id = tree.new_id(project, "p")
    items = []
    for each in panel.items:
        project, copied = _copied(project, each)
        items.append(copied)
    copy = replace(panel, id=panel_id, title=title, items=tuple(items))
    at = project.panels.index(panel) + 1
    return replace(project, panels=(*project.panels[:at], copy, *project.panels[at:]))


def _duplicate_item(project: Project, item_id: str) -> Project:
    panel, part = tree.panel_of(project, item_id), tree.find_table(project, item_id)
    project, copy = _copied(project, part)
    copy = replace(copy, title=tree.untaken(part.title, (each.title for each in panel.items)), place=None)
    box = tiles.boxes(panel.items)[item_id]
    at = panel.items.index(part) + 1
    items = (*panel.items[:at], copy, *panel.items[at:])
    if part.place is not None or any(each.place is not None for each in panel.items):
        height = None if part.place is None else part.place.h
        items = tiles.placed(items, copy, Place(box.x, box.y + box.h, box.w, height))
    return tree.with_panel(project, replace(panel, items=items))


def _copied(project: Project, table: Table) -> tuple[Project, Table]:
    """Return a copy of a table under ids that were never used; it sorts by its own columns."""
    project, table_id = tree.new_id(project, "t")
    columns, ids = [], {}
    for each in table.columns:
        project, ids[each.id] = tree.new_id(project, "c")
        columns.append(replace(each, id=ids[each.id]))
    sort = table.sort
    if sort is not None and sort.column is not None:
        sort = replace(sort, column=ids[sort.column])
    return project, replace(table, id=table_id, columns=tuple(columns), sort=sort)
