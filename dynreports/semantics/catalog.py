"""The catalog: every component that people can drag, in order, found by label or id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dynreports.errors import InvalidInputError, UnknownNameError, unknown_name
from dynreports.semantics import definitions
from dynreports.semantics.columns import FieldType
from dynreports.semantics.component import KINDS, Dimension, Kind, Ref, Segment, TimeBucket
from dynreports.semantics.keys import TIME_UNITS, Key
from dynreports.semantics.metric import Metric
from dynreports.semantics.period import NamedPeriod
from dynreports.semantics.periods import PRESETS
from dynreports.semantics.predicate import fields_of
from dynreports.semantics.records import RecordKind, without
from dynreports.semantics.text import listed

Component = Dimension | Metric | Segment | TimeBucket | NamedPeriod

_KIND_OF: dict[type, Kind] = {
    Dimension: "dimension",
    Metric: "metric",
    Segment: "segment",
    TimeBucket: "time",
    NamedPeriod: "period",
}
KIND_WORDS: dict[Kind, str] = {
    "dimension": "dimension",
    "metric": "metric",
    "segment": "segment",
    "time": "time unit",
    "period": "period",
}
"""What people call each kind, in the singular."""


def ref_of(component: Component) -> Ref:
    """Return the reference by which documents name a component."""
    return Ref(_KIND_OF[type(component)], component.id)


class Catalog:
    """Every component of a dataset, in the order in which it is listed. Not changed after it is made.

    Parameters
    ----------
    dimensions, metrics, segments
        The components; within a kind, ids are unique and labels differ by more than case.
    time
        The date-time field that time units and periods work on; without one there are none of either.
    timezone
        The zone in which days start, to be told in definitions.
    records
        The kinds of records that the data holds, where some fields go with some of them only.
    fields
        What each field of the data holds, for formulas and conditions that people write.
    """

    __slots__ = (
        "_by_kind", "_misfits", "_timezone", "dimensions", "fields", "metrics", "periods", "records",
        "segments", "time_units",
    )  # fmt: skip

    def __init__(
        self,
        *,
        dimensions: Iterable[Dimension] = (),
        metrics: Iterable[Metric] = (),
        segments: Iterable[Segment] = (),
        time: str | None = None,
        timezone: str = "",
        records: Iterable[RecordKind] = (),
        fields: Mapping[str, FieldType] | None = None,
    ) -> None:
        self.dimensions = tuple(dimensions)
        self.metrics = tuple(metrics)
        self.segments = tuple(segments)
        self.time_units = (
            tuple(TimeBucket(unit, unit.capitalize(), time) for unit in TIME_UNITS) if time else ()
        )
        self.periods = PRESETS if time else ()
        self.records = tuple(records)
        self.fields = dict(fields or {})
        self._timezone = timezone
        self._misfits: dict[tuple[Ref, str], str | None] = {}
        self._by_kind: dict[Kind, dict[str, Component]] = {}
        for kind in KINDS:
            self._by_kind[kind] = _by_id(kind, self.of(kind))

    def replaced(self, metrics: Iterable[Metric], segments: Iterable[Segment]) -> Catalog:
        """Return the catalog with other metrics and segments."""
        return Catalog(
            dimensions=self.dimensions,
            metrics=metrics,
            segments=segments,
            time=self.time_units[0].field if self.time_units else None,
            timezone=self._timezone,
            records=self.records,
            fields=self.fields,
        )

    def of(self, kind: Kind) -> Sequence[Component]:
        """Return the components of one kind, in order."""
        by_kind: dict[Kind, Sequence[Component]] = {
            "dimension": self.dimensions,
            "metric": self.metrics,
            "segment": self.segments,
            "time": self.time_units,
            "period": self.periods,
        }
        return by_kind[kind]

    def __iter__(self) -> Iterator[Component]:
        for kind in KINDS:
            yield from self.of(kind)

    def __len__(self) -> int:
        return sum(len(self.of(kind)) for kind in KINDS)

    def __contains__(self, ref: object) -> bool:
        return isinstance(ref, Ref) and ref.id in self._by_kind[ref.kind]

    def __repr__(self) -> str:
        counts = (f"{len(self.of(kind))} {KIND_WORDS[kind]}s" for kind in KINDS)
        return f"<Catalog: {', '.join(counts)}>"

    def refs(self) -> tuple[Ref, ...]:
        """Return the references of every component, in order."""
        return tuple(ref_of(component) for component in self)

    def get(self, ref: Ref) -> Component:
        """Return the component that a document refers to.

        Raises
        ------
        UnknownNameError
            The catalog has no component of that kind and id; the nearest ids are named.
        """
        component = self._by_kind[ref.kind].get(ref.id)
        if component is None:
            raise unknown_name(KIND_WORDS[ref.kind], ref.id, self._by_kind[ref.kind])
        return component

    def label(self, ref: Ref) -> str:
        """Return what people call the component."""
        return self.get(ref).label

    def dimension(self, id: str) -> Dimension:
        """Return the dimension with an id."""
        component = self.get(Ref("dimension", id))
        assert isinstance(component, Dimension)  # noqa: S101  # ids of a kind lead to that kind
        return component

    def metric(self, id: str) -> Metric:
        """Return the metric with an id."""
        component = self.get(Ref("metric", id))
        assert isinstance(component, Metric)  # noqa: S101
        return component

    def segment(self, id: str) -> Segment:
        """Return the segment with an id."""
        component = self.get(Ref("segment", id))
        assert isinstance(component, Segment)  # noqa: S101
        return component

    def definition(self, ref: Ref) -> str:
        """Return what a component means, in words; every component has a definition."""
        return definitions.definition(self.get(ref), self._timezone)

    def formula(self, ref: Ref) -> str | None:
        """Return a metric or segment as a formula, in which other metrics go by their labels."""
        return definitions.formula(self.get(ref), self)

    def misfit(self, ref: Ref, metric: str) -> str | None:
        """Return why the figures of a metric can't be told apart by a component; ``None``: they can.

        Where they can't, the records that the metric counts stand in the row of records without a value.

        Parameters
        ----------
        ref
            A dimension, time unit or segment. What is of another kind goes with everything.
        metric
            The id of the metric.
        """
        pair = ref, metric
        if pair not in self._misfits:
            self._misfits[pair] = self._misfit(self.get(ref), self.metric(metric))
        return self._misfits[pair]

    def _misfit(self, component: Component, metric: Metric) -> str | None:
        match component:
            case Dimension(field=field) | TimeBucket(field=field):
                fields = frozenset({field})
            case Segment(where=where):
                fields = fields_of(where)
            case _:
                return None
        lacking = without(fields, metric.expression, self.records)
        if not lacking:
            return None
        kinds = listed(dict.fromkeys(each.label for each in lacking))
        return f"{metric.label} counts {kinds}, which have no {component.label}."

    def key(self, ref: Ref) -> Key:
        """Return what records are grouped by when a dimension or time unit stands in the rows."""
        component = self.get(ref)
        if isinstance(component, (Dimension, TimeBucket)):
            return component.key
        message = f"{component.label!r} is a {KIND_WORDS[ref.kind]}: rows are dimensions or time units."
        raise InvalidInputError(message)

    def find(self, kind: Kind, name: str) -> Component:
        """Return the component of a kind that people call ``name``: its label, or else its id.

        Case does not matter, unless two ids differ by nothing else.
        """
        component = self._match(kind, name)
        if component is None:
            raise unknown_name(KIND_WORDS[kind], name, (each.label for each in self.of(kind)))
        return component

    def find_any(self, name: str, kinds: Sequence[Kind] = KINDS) -> Component:
        """Return the first component called ``name``, the kinds being searched in the given order."""
        for kind in kinds:
            component = self._match(kind, name)
            if component is not None:
                return component
        raise self._unknown_any(name, kinds)

    def _match(self, kind: Kind, name: str) -> Component | None:
        components = self.of(kind)
        folded = name.casefold()
        candidates = (
            *(each for each in components if each.label.casefold() == folded),  # unique within a kind
            *(each for each in components if each.id == name),
            *(each for each in components if each.id.casefold() == folded),
        )
        return candidates[0] if candidates else None

    def _unknown_any(self, name: str, kinds: Sequence[Kind]) -> UnknownNameError:
        words = [KIND_WORDS[kind] for kind in kinds]
        called = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
        return unknown_name(called, name, (each.label for kind in kinds for each in self.of(kind)))


def _by_id(kind: Kind, components: Sequence[Component]) -> dict[str, Component]:
    by_id: dict[str, Component] = {}
    by_label: dict[str, Component] = {}
    for component in components:
        other = by_id.get(component.id)
        if other is not None:
            message = (
                f"Two {KIND_WORDS[kind]}s have the id {component.id!r}: {other.label!r} and "
                f"{component.label!r}. Give one of them another id."
            )
            raise InvalidInputError(message)
        other = by_label.get(component.label.casefold())
        if other is not None:
            message = (
                f"Two {KIND_WORDS[kind]}s are called {component.label!r}: {other.id!r} and {component.id!r}. "
                "Give one of them another label."
            )
            raise InvalidInputError(message)
        by_id[component.id] = by_label[component.label.casefold()] = component
    return by_id
