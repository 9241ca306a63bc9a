"""Order, places and copies of panels and their items."""

from __future__ import annotations

from msgspec.structs import replace

from dynreports.errors import RefusedError
from dynreports.project import intents as do
from dynreports.project import tiles, tree
from dynreports.project.model import Chart, Panel, PanelItem, Place, Project, Table


def arrange(
    project: Project,
    command: do.MovePanel | do.DuplicatePanel | do.PlaceItem | do.MoveItem | do.DuplicateItem,
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
            holder, part = tree.panel_of(project, item), tree.find_item(project, item)
            if not tiles.is_shown(part):
                message = f"{part.title} is hidden, so it has no place in the panel."
                raise RefusedError(message)
            items = tiles.placed(holder.items, part, Place(x, y, w, h))
            return tree.with_panel(project, replace(holder, items=items))
        case do.MoveItem():
            return _move_item(project, command)
        case do.DuplicateItem(item):
            return _duplicate_item(project, item)


def _duplicate_panel(project: Project, panel: Panel) -> Project:
    title = tree.untaken(panel.title, (each.title for each in project.panels))
    project, panel_id = tree.new_id(project, "p")
    items: list[PanelItem] = []
    names: dict[str, str] = {}
    for each in panel.items:
        project, copied = _copied(project, each, names)
        items.append(copied)
    # The copies of charts draw the copies of their tables.
    items = [with_names(each, names) if isinstance(each, Chart) else each for each in items]
    copy = replace(panel, id=panel_id, title=title, items=tuple(items))
    at = project.panels.index(panel) + 1
    return replace(project, panels=(*project.panels[:at], copy, *project.panels[at:]))


def with_names(chart: Chart, names: dict[str, str]) -> Chart:
    """Return a chart with the ids of its table and of the columns that it is locked to replaced."""
    lock = chart.lock
    if lock is not None:
        lock = replace(lock, columns=tuple(names.get(each, each) for each in lock.columns))
    return replace(chart, source=names.get(chart.source or "", chart.source), lock=lock)


def _duplicate_item(project: Project, item_id: str) -> Project:
    panel, part = tree.panel_of(project, item_id), tree.find_item(project, item_id)
    project, copy = _copied(project, part, {})
    copy = replace(copy, title=tree.untaken(part.title, (each.title for each in panel.items)), place=None)
    at = panel.items.index(part) + 1
    items = (*panel.items[:at], copy, *panel.items[at:])
    is_placed = part.place is not None or any(each.place is not None for each in panel.items)
    if is_placed and tiles.is_shown(part):
        box = tiles.boxes(panel.items)[item_id]
        height = None if part.place is None else part.place.h
        items = tiles.placed(items, copy, Place(box.x, box.y + box.h, box.w, height))
    return tree.with_panel(project, replace(panel, items=items))


def _move_item(project: Project, command: do.MoveItem) -> Project:
    """Put an item into another panel. It keeps its size; charts go on drawing the table that they draw."""
    panel, part = tree.panel_of(project, command.item), tree.find_item(project, command.item)
    onto = tree.find_panel(project, command.panel)
    if onto is panel:
        message = f"{part.title} is in {panel.title} already."
        raise RefusedError(message)
    found = tiles.boxes(panel.items).get(part.id)
    left = tiles.settled([each for each in panel.items if each is not part])
    title = tree.untaken(part.title, (each.title for each in onto.items))
    moved = replace(part, title=title, place=None)
    items: tuple[PanelItem, ...] = (*onto.items, moved)
    is_given = command.x is not None and command.y is not None
    if found is not None and (is_given or part.place is not None):
        bottom = max((each.y + each.h for each in tiles.boxes(onto.items).values()), default=0)
        x, y = (command.x, command.y) if is_given else (found.x, bottom)
        height = None if part.place is None else part.place.h
        items = tiles.placed(items, moved, Place(x or 0, y or 0, found.w, height))
    project = tree.with_panel(project, replace(panel, items=left))
    return tree.with_panel(project, replace(onto, items=items))


_LETTERS = {"table": "t", "chart": "v", "text": "n"}


def _copied(project: Project, item: PanelItem, names: dict[str, str]) -> tuple[Project, PanelItem]:
    """Return a copy of an item under ids that were never used; ``names`` learns which stand for which.

    A table sorts by its own columns.
    """
    project, item_id = tree.new_id(project, _LETTERS[str(item.__struct_config__.tag)])
    names[item.id] = item_id
    if not isinstance(item, Table):
        return project, replace(item, id=item_id)
    columns = []
    for each in item.columns:
        project, names[each.id] = tree.new_id(project, "c")
        columns.append(replace(each, id=names[each.id]))
    sort = item.sort
    if sort is not None and sort.column is not None:
        sort = replace(sort, column=names[sort.column])
    return project, replace(item, id=item_id, columns=tuple(columns), sort=sort)
