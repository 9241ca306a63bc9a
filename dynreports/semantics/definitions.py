"""What every component means: a definition in words, and a formula where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynreports.semantics.component import Dimension, Segment, TimeBucket
from dynreports.semantics.metric import Expression, Metric
from dynreports.semantics.wording import expression_as_formula, predicate_as_formula, predicate_in_words

if TYPE_CHECKING:
    from dynreports.semantics.catalog import Catalog, Component


def definition(component: Component, timezone: str = "") -> str:
    """Return what a component means, in words.

    Parameters
    ----------
    component
        Any component of a catalog.
    timezone
        The zone in which days start, to be told of time units and periods.
    """
    where = f" in {timezone}" if timezone else ""
    match component:
        case Metric():
            return component.definition()
        case _ if component.description:
            return component.description
        case Dimension(unit=unit, field=field):
            return f"Each {unit} of {field}{where}." if unit else f"The values of {field}."
        case Segment(where=condition):
            words = predicate_in_words(condition)
            return words[:1].upper() + words[1:]
        case TimeBucket(id=unit, field=field):
            starts = ", starting on Sundays" if unit == "week" else ""
            return f"Each calendar {unit} of {field}{where}{starts}."
        case _:
            return f"The records of this time{where}; it moves with the date of viewing."


def formula(component: Component, catalog: Catalog) -> str | None:
    """Return a component as a formula, ``None`` where it has none; other metrics go by ``[label]`` there."""
    match component:
        case Metric(expression=expression):
            names: dict[Expression, str] = {
                each.expression: f"[{each.label}]" for each in reversed(catalog.metrics)
            }
            names.pop(expression, None)
            return expression_as_formula(expression, names)
        case Segment(where=where):
            return predicate_as_formula(where)
    return None
