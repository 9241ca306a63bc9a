"""What can be asked of a report's own metrics and segments; part of `dynreports.project.intents`."""

from __future__ import annotations

import msgspec

from dynreports.semantics.component import Ref
from dynreports.semantics.formula import OnZero
from dynreports.semantics.metric import Format
from dynreports.semantics.predicate import Predicate


class _Intent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """One thing that a person does."""


class SaveMetric(_Intent, frozen=True, tag="save_metric"):
    """Make a metric of the report's own (``id`` is ``None``), or change one; the formula is text.

    ``shared``: in the catalog of the data, for everybody.
    """

    id: str | None
    label: str
    formula: str
    format: Format = "number"
    decimals: int = 0
    description: str = ""
    on_zero: OnZero = "zero"
    shared: bool = False


class SaveSegment(_Intent, frozen=True, tag="save_segment"):
    """Make a segment of the report's own (``id`` is ``None``), or change one.

    ``shared``: in the catalog of the data, for everybody. ``panel``: filter that panel by it, too.
    """

    id: str | None
    label: str
    where: Predicate
    description: str = ""
    shared: bool = False
    panel: str | None = None


class RemoveComponent(_Intent, frozen=True, tag="remove_component"):
    """Delete a metric or segment of the report's own that nothing uses."""

    component: Ref


class DuplicateComponent(_Intent, frozen=True, tag="duplicate_component"):
    """Make a metric or segment of the report's own that starts as a copy of another."""

    component: Ref
