"""Drag-and-drop reports with right totals, over any DataFrame.

Everything here is loaded when it is first used, so that importing this package costs next to nothing.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dynreports._version import __version__

if TYPE_CHECKING:
    from dynreports import campaign, errors
    from dynreports.api.current import current, current_table
    from dynreports.api.home import home
    from dynreports.api.project import Project, explore, open
    from dynreports.api.templates import template
    from dynreports.semantics.component import Dimension, Segment
    from dynreports.semantics.dataset import Dataset, read
    from dynreports.semantics.metric import Metric, count, distinct, max, mean, min, sum
    from dynreports.semantics.predicate import field

_HOMES = {
    "Dataset": "semantics.dataset",
    "Dimension": "semantics.component",
    "Metric": "semantics.metric",
    "Project": "api.project",
    "Segment": "semantics.component",
    "count": "semantics.metric",
    "current": "api.current",
    "current_table": "api.current",
    "distinct": "semantics.metric",
    "explore": "api.project",
    "field": "semantics.predicate",
    "home": "api.home",
    "max": "semantics.metric",
    "mean": "semantics.metric",
    "min": "semantics.metric",
    "open": "api.project",
    "read": "semantics.dataset",
    "sum": "semantics.metric",
    "template": "api.templates",
}
_MODULES = ("campaign", "errors")

__all__ = [
    "Dataset", "Dimension", "Metric", "Project", "Segment", "__version__", "campaign", "count", "current",
    "current_table", "distinct", "errors", "explore", "field", "home", "max", "mean", "min", "open", "read",
    "sum", "template",
]  # fmt: skip

# What goes wrong is shown where it happened; logs are for those who ask for them.
logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name in _HOMES:
        found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = found
        return found
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
