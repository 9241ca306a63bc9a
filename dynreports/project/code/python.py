"""The Python that rebuilds a report, in the words of the public API."""

from __future__ import annotations

import itertools

from dynreports.engine.frames import engine_for
from dynreports.engine.query import Query
from dynreports.errors import DynReportsError
from dynreports.project import tiles, tree
from dynreports.project.code.components import Components
from dynreports.project.code.items import Names, chart_lines, late_lines, text_lines
from dynreports.project.code.literals import WIDTH, Source, call
from dynreports.project.columns import default_sort
from dynreports.project.labels import columns as column_labels
from dynreports.project.labels import row as row_label
from dynreports.project.model import (
    AtItem,
    AtPosition,
    Breakdown,
    Chart,
    Column,
    ColumnFilter,
    DataReference,
    Filter,
    ItemFilter,
    Limits,
    MetricFilter,
    Panel,
    PanelItem,
    PeriodFilter,
    Place,
    Project,
    SegmentFilter,
    ShiftFilter,
    Table,
)
from dynreports.project.own import ordered
from dynreports.project.searching import chosen
from dynreports.semantics import periods
from dynreports.semantics.catalog import ref_of
from dynreports.semantics.component import Dimension, Kind, Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.formula import formula_text
from dynreports.semantics.keys import Item
from dynreports.semantics.period import Fixed, Period
from dynreports.semantics.shifts import SHIFTS

_CAMPAIGN = "campaign"
_PLACES = {"x": 0, "y": 0, "width": 12, "height": None}


def python_code(project: Project, dataset: Dataset) -> str:
    """Return source that builds an equal project, as the variable ``project``.

    Data of a file is read by the source itself; other data it expects in the variable ``df``.

    Parameters
    ----------
    project
        The document.
    dataset
        Its data: components and rows go by their labels where these are clear.
    """
    return _Writer(project, dataset).source()


class _Writer:
    def __init__(self, project: Project, dataset: Dataset) -> None:
        self._project = project
        self._dataset = dataset
        # A report may have been opened with other data than its own file; it stays about its own.
        self._path = None if project.data.path is None else dataset.path or project.data.path
        self._source = Source()
        self._names = Names(project)
        self._components = Components(self._source)

    def source(self) -> str:
        """Return the whole source."""
        project = self._project
        lines = [f"data = {self._data(project.data)}", "", self._made(project)]
        lines += self._own()
        for panel in project.panels:
            lines += ["", *self._panel(panel)]
        late = list(late_lines(self._names, self._source, self._dataset, self._row_of))
        lines += ["", *late] if late else []
        head = ["import dynreports as dr", *self._source.import_lines()]
        if self._path is None:
            head += ["", "# df: the DataFrame that the report is about."]
        return "\n".join([*head, "", *lines]) + "\n"

    @staticmethod
    def _made(project: Project) -> str:
        locale = "" if project.locale == "en" else f", locale={project.locale!r}"
        return f"project = dr.Project({project.title!r}, data{locale})"

    # ---- data -----------------------------------------------------------------------------------

    def _data(self, reference: DataReference) -> str:
        path = self._path
        if path is not None and reference.reader == _CAMPAIGN:
            given = [f"{name}={value!r}" for name, value in sorted(reference.options.items())]
            return call("dr.campaign.load", [repr(str(path)), *given])
        parts = ["df" if path is None else repr(str(path)), f"name={reference.name!r}"]
        options = {name: getattr(reference, name) for name in ("time", "timezone", "as_of")}
        parts += [f"{name}={value!r}" for name, value in options.items() if value is not None]
        if not reference.infer:
            parts.append("infer=False")
        declared = {
            "dimensions": list(map(self._components.dimension, reference.dimensions)),
            "metrics": list(map(self._components.metric, reference.metrics)),
            "segments": list(map(self._components.segment, reference.segments)),
        }
        for name, made in declared.items():
            if made:
                inner = "".join(f"        {each},\n" for each in made)
                parts.append(f"{name}=[\n{inner}    ]")
        return call("dr.Dataset" if path is None else "dr.read", parts)

    def _own(self) -> list[str]:
        """Add the report's own components, in an order in which each finds what it is made of."""
        catalog, lines = self._dataset.catalog, []
        for segment in self._project.segments:
            parts = [repr(segment.label), f"where={self._components.predicate(segment.where)}"]
            if segment.description:
                parts.append(f"description={segment.description!r}")
            lines.append(call("project.add_segment", parts))
        for each in ordered(self._project.metrics):
            parts = [repr(each.label), f"formula={formula_text(each.formula, catalog)!r}"]
            default = 1 if each.format == "percent" else 0
            defaults = {"format": "number", "decimals": default, "description": "", "on_zero": "zero"}
            for name, usual in defaults.items():
                if getattr(each, name) != usual:
                    parts.append(f"{name}={getattr(each, name)!r}")
            lines.append(call("project.add_metric", parts))
        return lines

    # ---- panels and tables ----------------------------------------------------------------------

    def _panel(self, panel: Panel) -> list[str]:
        parts = [repr(panel.title)]
        if panel.period is not None:
            parts.append(f"period={self._period(panel.period)}")
        leading = list(itertools.takewhile(lambda each: isinstance(each, SegmentFilter), panel.filters))
        if leading:
            parts.append(f"segments=[{', '.join(self._filter(each)[1] for each in leading)}]")
        lines = [f"panel = {call('project.panel', parts)}"]
        for each in panel.filters[len(leading) :]:
            kind, value = self._filter(each)
            lines.append(f"panel.filter({kind}={value})")
        for position, item in enumerate(panel.items):
            taken = [each.title for each in panel.items[:position]]
            match item:
                case Table():
                    lines += self._table(item, tree.untaken("Freeform Table", taken))
                    lines += self._names.after(item)
                case Chart():
                    lines += chart_lines(item, taken, self._names, self._source, self._dataset, self._row_of)
                case _:
                    lines += text_lines(item, taken)
            # Where a hidden table stood, only the screen would tell.
            if item.place is not None and tiles.is_shown(item):
                lines.append(_place(item))
        if panel.collapsed:
            lines.append("panel.collapse()")
        return lines

    def _table(self, table: Table, default_title: str) -> list[str]:
        parts = []
        if table.rows is not None or table.static:
            parts.append(f"rows={self._rows(table)}")
        if table.columns:
            columns = [self._column(each) for each in table.columns]
            flat = f"columns=[{', '.join(columns)}]"
            inner = "".join(f"        {each},\n" for each in columns)
            parts.append(flat if len(flat) < WIDTH else f"columns=[\n{inner}    ]")
        parts += self._block(table, 50)
        lines = self._sorted(table, parts)
        if table.title != default_title:
            parts.append(f"title={table.title!r}")
        lines = [f"table = {call('panel.table', parts)}", *lines]
        lines += self._settings(table)
        lines += self._kept(table, "")
        lines += self._breakdowns(table, ())
        if table.collapsed:
            lines.append("table.collapse()")
        if table.hidden:
            lines.append("table.hide()")
        return lines

    def _sorted(self, table: Table, parts: list[str]) -> list[str]:
        """Say how a table is sorted, unless it is so by itself: as an argument, or as a call of its own."""
        sort = table.sort
        if sort is None or sort == default_sort(table, self._dataset.catalog):
            return []
        if sort.column is None:
            return [f"table.sort(descending={sort.descending})"]
        by = self._labels(table)[[each.id for each in table.columns].index(sort.column)]
        if by.startswith("-"):
            return [f"table.sort({by!r}, descending={sort.descending})"]
        parts.append(f"sort={'-' * sort.descending + by!r}")
        return []

    def _settings(self, table: Table) -> list[str]:
        """Say how columns and rows are shown, where that was chosen."""
        lines = []
        for column, label in zip(table.columns, self._labels(table), strict=True):
            chosen = _column_settings(column)
            if chosen:
                lines.append(call(f"table.column({label!r}).settings", chosen))
            if column.width is not None:
                lines.append(f"table.column({label!r}).width({column.width})")
        parts = ([] if table.align_dates else ["align_dates=False"]) + _row_settings(table)
        if parts:
            lines.append(call("table.settings", parts))
        if table.label_width is not None:
            lines.append(f"table.label_width({table.label_width})")
        return lines

    def _block(self, block: Table | Breakdown, limit: int) -> list[str]:
        parts = [] if block.limit == limit else [f"limit={block.limit}"]
        if block.search.text:
            parts.append(f"search={block.search.text!r}")
        if not block.search.include_missing and not block.search.rules:
            parts.append("include_missing=False")
        return parts

    def _kept(self, block: Table | Breakdown, place: str) -> list[str]:
        """Say which rows a block keeps by rules or by hand."""
        search, at = block.search, [f"at={place}"] if place else []
        lines = []
        if search.rules:
            rules = ", ".join(f"({each.how.replace('-', ' ')!r}, {each.text!r})" for each in search.rules)
            parts = [f"rules=[{rules}]"]
            parts += [] if search.joined == "all" else [f"joined={search.joined!r}"]
            parts += [] if search.include_missing else ["include_missing=False"]
            lines.append(call("table.search", [*parts, *at]))
        if only := chosen(block):
            items = ", ".join(self._row(block, AtItem(each)) for each in only)
            lines.append(call("table.only", [f"[{items}]", *at]))
        return lines

    def _rows(self, block: Table | Breakdown) -> str:
        if block.rows is not None:
            return self._name(block.rows, "dimension", "time")
        return f"[{', '.join(self._pair(each.of) for each in block.static)}]"

    def _pair(self, filter: Filter | ColumnFilter) -> str:
        kind, value = self._filter(filter)
        return f"({kind!r}, {value})"

    def _row_of(self, block: Table | Breakdown, item: Item) -> str:
        return self._row(block, AtItem(item))

    def _row(self, block: Table | Breakdown, at: AtItem | AtPosition) -> str:
        """Return how a row is named: its position, its label, or what a static row is made of."""
        if isinstance(at, AtPosition):
            return repr(at.position)
        if block.rows is not None:
            return self._item(block.rows, at.item)
        words = {each.id: row_label(each.of, self._dataset) for each in block.static}
        label = words.get(str(at.item))
        if label is not None and list(words.values()).count(label) == 1:
            return repr(label)
        return next((self._pair(each.of) for each in block.static if each.id == at.item), repr(at.item))

    def _breakdowns(self, block: Table | Breakdown, above: tuple[str, ...]) -> list[str]:
        lines: list[str] = []
        # Rows by their items first: once a rank is broken down, its row is named by the rank.
        for each in sorted(block.breakdowns, key=lambda each: isinstance(each.at, AtPosition)):
            path = (*above, self._row(block, each.at))
            place = path[0] if len(path) == 1 and path[0][0] != "(" else f"({', '.join(path)},)"
            place = place if len(path) == 1 else f"({', '.join(path)})"
            parts = [place, f"by={self._rows(each)}", *self._block(each, 5)]
            if each.collapsed:
                parts.append("collapsed=True")
            lines.append(call("table.break_down", parts))
            chosen = _row_settings(each)
            if chosen:
                lines.append(call("table.settings", [*chosen, f"at={place}"]))
            lines += self._kept(each, place)
            lines += self._breakdowns(each, path)
        return lines

    def _column(self, column: Column) -> str:
        name = self._name(Ref("metric", column.metric), "metric")
        pairs = [self._filter(each) for each in column.filters]
        if column.compare is not None:
            pairs.append((column.compare.show, self._filter(column.compare.to)[1]))
        if not pairs:
            return name
        if len({kind for kind, _ in pairs}) == len(pairs):
            return f"({name}, {{{', '.join(f'{kind!r}: {value}' for kind, value in pairs)}}})"
        return f"({name}, [{', '.join(f'({kind!r}, {value})' for kind, value in pairs)}])"

    # ---- names ----------------------------------------------------------------------------------

    def _filter(self, filter: Filter | ColumnFilter) -> tuple[str, str]:
        match filter:
            case SegmentFilter(segment):
                return "segment", self._name(Ref("segment", segment), "segment")
            case MetricFilter(metric):
                return "metric", self._name(Ref("metric", metric), "metric")
            case PeriodFilter(period):
                return "period", self._period(period)
            case ShiftFilter(shift):
                return "period", repr(SHIFTS[shift].lower())
            case ItemFilter(items=items):
                chosen = [self._item(filter.by, each) for each in items]
                listed = chosen[0] if len(chosen) == 1 else f"[{', '.join(chosen)}]"
                return "item", f"({self._name(filter.by, 'dimension', 'time')}, {listed})"
            case _:
                return "dimension", self._name(filter.by, "dimension", "time")

    def _name(self, ref: Ref, *kinds: Kind) -> str:
        """Return the label of a component, or a reference where the label would lead to another one."""
        catalog = self._dataset.catalog
        try:
            label = catalog.label(ref)
            if ref_of(catalog.find_any(label, kinds)) == ref:
                return repr(label)
        except DynReportsError:  # the data does not have it (any more)
            pass
        return self._source.value(ref)

    def _period(self, period: Period) -> str:
        written: object = (period.start, period.end) if isinstance(period, Fixed) else periods.name_of(period)
        try:
            if periods.parse(written) == period:
                return repr(written)
        except DynReportsError:
            pass
        return self._source.value(period)

    def _item(self, by: Ref, item: Item) -> str:
        """Return how a row is named: as it reads, or by its identity where that would mean another one."""
        catalog, engine = self._dataset.catalog, engine_for(self._dataset)
        try:
            key = catalog.key(by)
            named = engine.answer(Query(key, None, items=(item,))).groups[0]
            dimension = catalog.get(by)
            missing = dimension.missing if isinstance(dimension, Dimension) else "N/A"
            text = missing if named.label is None else named.label
            if named.caption is not None:
                text = f"{text} ({named.caption})"
            found = engine.find_item(key, text, missing)
            if found == item and type(found) is type(item):
                return repr(text)
        except DynReportsError:  # no record has it
            pass
        return self._source.value(AtItem(item))

    def _labels(self, table: Table) -> list[str]:
        return column_labels(table.columns, self._dataset)


def _place(item: PanelItem) -> str:
    place = item.place or Place()
    given = {"x": place.x, "y": place.y, "width": place.w, "height": place.h}
    parts = [f"{name}={value}" for name, value in given.items() if value != _PLACES[name]]
    return f"{item.__struct_config__.tag}.place({', '.join(parts)})"


_COLUMN_SETTINGS = (
    "totals", "number", "percent", "background", "limits", "percent_limits", "wrap", "blank_zero",
    "variant",
)  # fmt: skip
_USUAL = Column(id="", metric="")


def _column_settings(column: Column) -> list[str]:
    found = []
    for name in _COLUMN_SETTINGS:
        value = getattr(column, name)
        if value == getattr(_USUAL, name):
            continue
        if isinstance(value, Limits):
            limits = (value.upper, value.middle, value.lower)
            value = tuple(each for each in limits if each is not None)
        found.append(f"{name}={value!r}")
    return found


def _row_settings(block: Table | Breakdown) -> list[str]:
    found = ["by_position=True"] if block.by_position else []
    return found if block.percent_of == "column" else [*found, f"percent_of={block.percent_of!r}"]
