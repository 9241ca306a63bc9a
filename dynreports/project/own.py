"""Metrics and segments that people made by hand: part of the document, and so of undo and saving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from dynreports.errors import DynReportsError, RefusedError
from dynreports.project import intents as do
from dynreports.project import tree
from dynreports.project.model import AnyFilter, Breakdown, MetricFilter, Project, SegmentFilter, Table
from dynreports.semantics.catalog import KIND_WORDS, Catalog
from dynreports.semantics.checks import check
from dynreports.semantics.component import Ref, Segment
from dynreports.semantics.formula import Calculated, Named, metric_of, refs_of
from dynreports.semantics.metric import Metric
from dynreports.semantics.parsing import parse
from dynreports.semantics.text import slug, unique

MOST_DECIMALS = 6
Own = Calculated | Segment
Made = TypeVar("Made", Metric, Segment)
Saved = TypeVar("Saved", Calculated, Segment)


# ---- the catalog with what the document adds ------------------------------------------------------


def catalog_of(project: Project, catalog: Catalog) -> tuple[Catalog, list[str]]:
    """Return a catalog of data with the project's own components, and what is wrong with some of them.

    A component whose parts the data does not have (any more) is left out, and so are those made of it.
    """
    segments, problems = list(catalog.segments), []
    for segment in project.segments:
        try:
            check(segment, catalog.fields)
        except DynReportsError as error:
            problems.append(str(error))
        else:
            segments = _with(segments, segment)
    found = catalog.replaced(catalog.metrics, segments)
    for each in ordered(project.metrics):
        try:
            metric = metric_of(each, found)
            check(metric, catalog.fields)
        except DynReportsError as error:
            problems.append(f"The metric {each.label!r} can't be computed: {error}")
        else:
            found = found.replaced(_with(list(found.metrics), metric), segments)
    return found, problems


def ordered(metrics: Iterable[Calculated]) -> list[Calculated]:
    """Return metrics so that each comes after those that it is made of."""
    waiting, done = list(metrics), list[Calculated]()
    while waiting:
        coming = {Ref("metric", each.id) for each in waiting}
        # A file that was written by hand can hold a circle: then there is no order.
        ready = [each for each in waiting if not refs_of(each.formula) & coming] or list(waiting)
        done += ready
        waiting = [each for each in waiting if each not in ready]
    return done


def _with(components: list[Made], own: Made) -> list[Made]:
    """Add an own component: it goes before one of the data with its id, and gives way to others' labels."""
    kept: list[Made] = [each for each in components if each.id != own.id]
    label = unique(own.label, (each.label for each in kept))
    kept.append(replace(own, label=label))
    return kept


# ---- commands -------------------------------------------------------------------------------------

Change = do.SaveMetric | do.SaveSegment | do.RemoveComponent | do.DuplicateComponent


def change(project: Project, command: Change, catalog: Catalog) -> Project:
    """Return the project after a change of its own components; ``catalog`` holds the present ones."""
    match command:
        case do.SaveMetric():
            return _put(project, _metric(project, command, catalog), catalog)
        case do.SaveSegment(id, label, where, description, panel=panel):
            plain = plain_label(label, Ref("segment", id or ""), catalog)
            _owned(project, "segment", id)
            segment = Segment(plain, where, id or _new_id("segment", plain, catalog), description=description)
            made = _put(project, segment, catalog)
            return made if panel is None else _filtered(made, panel, segment)
        case do.RemoveComponent(component):
            return _removed(project, component, catalog)
        case do.DuplicateComponent(component):
            return _duplicated(project, component, catalog)


def _metric(project: Project, command: do.SaveMetric, catalog: Catalog) -> Calculated:
    _owned(project, "metric", command.id)
    label = plain_label(command.label, Ref("metric", command.id or ""), catalog)
    if not 0 <= command.decimals <= MOST_DECIMALS:
        message = f"A figure can't have {command.decimals} decimals. Accepted: 0 to {MOST_DECIMALS}."
        raise RefusedError(message)
    made = Calculated(
        id=command.id or _new_id("metric", label, catalog),
        label=label,
        formula=parse(command.formula, catalog, catalog.fields),
        format=command.format,
        decimals=command.decimals,
        description=command.description.strip(),
        on_zero=command.on_zero,
    )
    through = _path_to(made.id, made, project)
    if through is not None:
        message = f"{label!r} would be computed from itself{through}."
        raise RefusedError(message)
    return made


def _path_to(target: str, start: Calculated, project: Project, via: str = "") -> str | None:
    """Return through which metrics a formula leads to a metric; ``None``: it does not."""
    own = {each.id: each for each in project.metrics}
    for ref in sorted(refs_of(start.formula)):
        if ref.kind != "metric":
            continue
        if ref.id == target:
            return via
        if ref.id in own:
            step = own[ref.id]
            found = _path_to(target, step, project, f", through {step.label!r}")
            if found is not None:
                return found
    return None


def _owned(project: Project, kind: str, id: str | None) -> None:
    own = project.metrics if kind == "metric" else project.segments
    if id is not None and all(each.id != id for each in own):
        message = f"Only {kind}s of this report can be changed. Duplicate it, and change the copy."
        raise RefusedError(message)


def plain_label(label: str, ref: Ref, catalog: Catalog) -> str:
    """Return a name without needless spaces, or raise if another component of the kind has it."""
    plain = " ".join(label.split())
    if not plain:
        message = "A name needs at least one visible character."
        raise RefusedError(message)
    for each in catalog.of(ref.kind):
        if each.label.casefold() == plain.casefold() and each.id != ref.id:
            message = f"There is a {KIND_WORDS[ref.kind]} called {each.label!r} already. Choose another name."
            raise RefusedError(message)
    return plain


def _new_id(kind: str, label: str, catalog: Catalog) -> str:
    taken = {each.id for each in (catalog.metrics if kind == "metric" else catalog.segments)}
    plain = candidate = slug(label)
    number = 2
    while candidate in taken:
        candidate, number = f"{plain}-{number}", number + 1
    return candidate


def _put(project: Project, made: Own, catalog: Catalog) -> Project:
    if isinstance(made, Segment):
        check(made, catalog.fields)
    else:
        check(metric_of(made, catalog), catalog.fields)
    return with_component(project, made)


def _placed(own: list[Saved], made: Saved) -> tuple[Saved, ...]:
    if any(each.id == made.id for each in own):
        return tuple(made if each.id == made.id else each for each in own)
    return tuple(own) + (made,)  # noqa: RUF005  # mypy knows the type of this form only


def _removed(project: Project, ref: Ref, catalog: Catalog) -> Project:
    if ref.kind not in ("metric", "segment"):
        message = f"A {KIND_WORDS[ref.kind]} belongs to the data: it can't be deleted."
        raise RefusedError(message)
    _owned(project, ref.kind, ref.id)
    check_unused(project, ref, catalog)
    return without(project, ref)


def check_unused(project: Project, ref: Ref, catalog: Catalog) -> None:
    """Raise if a component is used."""
    places = list(dict.fromkeys(uses(project, ref)))
    if places:
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        name = catalog.label(ref) if ref in catalog else ref.id
        message = f"{name!r} is used in {', '.join(places[:3])}{more}. Take it out there first."
        raise RefusedError(message)


def without(project: Project, ref: Ref) -> Project:
    """Return the project without a component of its own, whether it is used or not."""
    if ref.kind == "metric":
        return replace(project, metrics=tuple(each for each in project.metrics if each.id != ref.id))
    return replace(project, segments=tuple(each for each in project.segments if each.id != ref.id))


def with_component(project: Project, component: Own) -> Project:
    """Return the project with one more component of its own, or with another in place of that one."""
    if isinstance(component, Segment):
        return replace(project, segments=_placed(list(project.segments), component))
    return replace(project, metrics=_placed(list(project.metrics), component))


def find(project: Project, ref: Ref) -> Own | None:
    """Return a component of the project's own; ``None``: it has no such one."""
    own: Iterable[Own] = project.metrics if ref.kind == "metric" else project.segments
    return next((each for each in own if each.id == ref.id and ref.kind in ("metric", "segment")), None)


def _filtered(project: Project, panel_id: str, segment: Segment) -> Project:
    panel = tree.find_panel(project, panel_id)
    added = SegmentFilter(segment.id)
    if added in panel.filters:
        return project
    return tree.with_panel(project, replace(panel, filters=(*panel.filters, added)))


def _duplicated(project: Project, ref: Ref, catalog: Catalog) -> Project:
    component = catalog.get(ref)
    label = unique(f"{component.label} (copy)", (each.label for each in catalog.of(ref.kind)))
    new_id = _new_id(ref.kind, label, catalog)
    if isinstance(component, Segment):
        return _put(
            project, Segment(label, component.where, new_id, description=component.description), catalog
        )
    if not isinstance(component, Metric):
        message = f"{component.label!r} is a {KIND_WORDS[ref.kind]}: metrics and segments can be duplicated."
        raise RefusedError(message)
    own = next((each for each in project.metrics if each.id == ref.id), None)
    if own is not None:
        return _put(project, replace(own, id=new_id, label=label), catalog)
    made = Calculated(
        id=new_id,
        label=label,
        formula=Named(ref.id),
        format=component.format,
        decimals=component.decimals,
        description=component.description,
    )
    return _put(project, made, catalog)


def is_same_meaning(before: Project, after: Project) -> bool:
    """Whether every component that both have means the same in both."""
    was: dict[object, Own] = {(type(each), each.id): each for each in _own(before)}
    return all(was.get((type(each), each.id), each) == each for each in _own(after))


def _own(project: Project) -> list[Own]:
    return [*project.metrics, *project.segments]


# ---- where components are used --------------------------------------------------------------------


def uses(project: Project, ref: Ref) -> Iterator[str]:
    """Yield what a component is used in: tables and panels by title, formulas by label."""
    for each in project.metrics:
        if ref in refs_of(each.formula):
            yield f"the formula of {each.label!r}"
    for panel in project.panels:
        if ref in _filter_refs(panel.filters):
            yield f"the panel {panel.title!r}"
    for _, table in tree.tables(project):
        if ref in table_refs(table):
            yield f"the table {table.title!r}"


def table_refs(table: Table) -> frozenset[Ref]:
    """Return the metrics, segments, dimensions and time units that a table names itself."""
    found = _row_refs(table)
    for column in table.columns:
        found |= {Ref("metric", column.metric), *_filter_refs(column.filters)}
    return frozenset(found)


def _row_refs(block: Table | Breakdown) -> set[Ref]:
    found = {block.rows} if block.rows else set()
    found |= _filter_refs(each.of for each in block.static)
    return found.union(*map(_row_refs, block.breakdowns))


def _filter_refs(filters: Iterable[AnyFilter]) -> set[Ref]:
    found: set[Ref] = set()
    for each in filters:
        match each:
            case SegmentFilter(segment):
                found.add(Ref("segment", segment))
            case MetricFilter(metric):
                found.add(Ref("metric", metric))
            case _:
                pass
    return found
