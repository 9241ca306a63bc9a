"""What is shown around the tables: the Python twin of ``ShellState`` in widgets/src/sync/types.ts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from dynreports.campaign.scope import incomplete
from dynreports.errors import DynReportsError
from dynreports.project import labels, tiles, tree
from dynreports.project.model import Chart, Panel, PanelItem, Project, SegmentFilter, Table, Text
from dynreports.project.session import Session
from dynreports.project.shared import Shared
from dynreports.project.storage import Saved
from dynreports.semantics.catalog import ref_of
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.period import NamedPeriod, Period
from dynreports.semantics.periods import PRESETS, bounds, describe, in_days, reads_tomorrow
from dynreports.views import format

State = dict[str, Any]
_COLORS = 7


def shell_state(session: Session, *, page: bool, records: bool = True, reading: State | None = None) -> State:
    """Return what the shell draws.

    Parameters
    ----------
    page
        Read only, without rail and toolbar.
    records
        Whether the records behind the figures may be seen.
    reading
        For readers of a published report: what they may do, and what they are told of it.
    """
    dataset, project = session.dataset, session.project
    colors = table_colors(project)
    return {
        "title": project.title,
        "locale": project.locale,
        "name": session.name,
        "template": session.template,
        "suggested": session.suggested,
        "unsaved": session.unsaved,
        "page": page,
        "records": records,
        "reading": reading,
        "canUndo": session.undo_label is not None,
        "canRedo": session.redo_label is not None,
        "undoLabel": session.undo_label,
        "redoLabel": session.redo_label,
        "fresh": freshness(dataset),
        "timezone": dataset.timezone,
        "hasTime": dataset.time is not None,
        "today": dataset.now().date().isoformat(),
        "table": session.current_table,
        "own": _keys(project),
        "shared": _keys(session.live.shared.content),
        "catalogFile": session.live.shared.path.name,
        "panels": [_panel(each, dataset, colors) for each in project.panels],
        "lastId": project.last_id,
        "notes": [
            *(each for each in (session.notice, session.draft_problem) if each),
            *session.problems,
            *incomplete(project, dataset),
            *dataset.notes,
        ],
    }


def _keys(of: Project | Shared) -> list[str]:
    """Return the keys of components that were made by hand: these can be changed."""
    return [f"metric:{each.id}" for each in of.metrics] + [f"segment:{each.id}" for each in of.segments]


def table_colors(project: Project) -> dict[str, int]:
    """Return which colour of charts is each table's own, by its place in the report: 1 to 7, and again."""
    ids = (table.id for _, table in tree.tables(project))
    return {each: index % _COLORS + 1 for index, each in enumerate(ids)}


def _panel(panel: Panel, dataset: Dataset, colors: Mapping[str, int]) -> State:
    found = tiles.boxes(panel.items)
    return {
        "id": panel.id,
        "title": panel.title,
        "collapsed": panel.collapsed,
        "chips": [
            {
                "kind": labels.filter_kind(each),
                "label": labels.chip(each, dataset),
                "segment": each.segment if isinstance(each, SegmentFilter) else None,
            }
            for each in panel.filters
        ],
        "period": period_state(panel.period, dataset),
        "items": [_item(each, found.get(each.id), colors) for each in panel.items],
    }


_NOWHERE = tiles.Box(0, 0, tiles.COLUMNS, 0)


def _item(item: PanelItem, box: tiles.Box | None, colors: Mapping[str, int]) -> State:
    """Return what a panel draws of an item: its frame. A hidden table has no place of its own."""
    state: State = {
        "type": str(item.__struct_config__.tag),
        "id": item.id,
        "title": item.title,
        "collapsed": item.collapsed,
        "box": (box or _NOWHERE)._asdict(),
        "natural": item.place is None or item.place.h is None,
    }
    match item:
        case Table(hidden=hidden):
            return state | {"color": colors[item.id], "hidden": hidden}
        case Chart(kind=kind, source=source, hide_title=hide_title):
            color = colors.get(source or "")
            return state | {"color": color, "kind": kind, "source": source, "hideTitle": hide_title}
        case Text(text=text):
            return state | {"text": text}


def period_state(period: Period | None, dataset: Dataset) -> State:
    """Return a period, what it resolves to now, and both in words."""
    now, timezone = dataset.now(), dataset.timezone
    value = None if period is None else msgspec.to_builtins(period)
    try:
        label, detail = describe(period, now=now, timezone=timezone)
        days = "" if period is None else in_days(period, now=now, timezone=timezone)
        start, end = (None, None) if period is None else _local(period, now, timezone)
        tomorrow = reads_tomorrow(period, now=now, timezone=timezone)
    except DynReportsError as error:  # a period of a newer version, say: the panel's tables say so, too
        label, detail, days = labels.period(period), str(error), str(error)
        start = end = tomorrow = None
    return {
        "label": label,
        "detail": detail,
        "days": days,
        "value": value,
        "start": start,
        "end": end,
        "tomorrow": tomorrow,
    }


def _local(period: Period, now: dt.datetime, timezone: str) -> tuple[str, str]:
    first, last = bounds(period, now=now, timezone=timezone)
    return first.replace(tzinfo=None).isoformat(), last.replace(tzinfo=None).isoformat()


def freshness(dataset: Dataset) -> str | None:
    """Return up to when there is data, in words; ``None`` without a time column."""
    newest = dataset.freshness()
    if newest is None:
        return None
    moment = newest.to_pydatetime(warn=False)
    until = f"Data until {format.day(moment, this_year=dataset.now().year)}, {format.clock(moment)}"
    return f"{dataset.incomplete} · {until}" if dataset.incomplete else until


def catalog_state(dataset: Dataset) -> list[State]:
    """Return the entries of the rail, in order."""
    return [
        {
            "kind": ref_of(each).kind,
            "id": each.id,
            "label": each.label,
            "description": dataset.catalog.definition(ref_of(each)),
            "formula": dataset.catalog.formula(ref_of(each)),
            "group": None if isinstance(each, NamedPeriod) else each.group,
        }
        for each in dataset.catalog
    ]


def report_states(saved: Iterable[Saved]) -> list[State]:
    """Return saved reports as the list to open them from shows them, the newest first."""
    newest = sorted(saved, key=lambda each: (-each.modified.timestamp(), each.name))
    return [
        {
            "name": each.name,
            "title": each.title,
            "modified": each.modified.astimezone().strftime("%b %d, %Y %I:%M %p"),
            "problem": each.problem,
        }
        for each in newest
    ]


def preset_states(dataset: Dataset) -> list[State]:
    """Return the periods that ship with the product, and what they resolve to now."""
    if dataset.time is None:
        return []
    found = []
    for each in PRESETS:
        start, end = _local(each.period, dataset.now(), dataset.timezone)
        ends = {"start": msgspec.to_builtins(each.period.start), "end": msgspec.to_builtins(each.period.end)}
        found.append(
            {
                "id": each.id,
                "label": each.label,
                "group": each.group,
                "start": start,
                "end": end,
                "bounds": ends,
            }
        )
    return found
