"""Altair, imported when the first chart is drawn, and no slower than it has to be.

Altair imports jsonschema, and that (where it is installed, as with JupyterLab) a grammar of internationalised
addresses that takes seconds to compile, for a check that no chart needs. It is put off until somebody asks.
And Altair holds every part of a spec against the schema of Vega-Lite, which takes five times as long as to
make it: the tests do that for all that we draw, so that nobody has to wait for it.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_SLOW = "rfc3987_syntax"
_lock = threading.Lock()


def altair() -> Any:
    """Return Altair. It goes untyped: its types are unions of thousands of words, of no help here."""
    with _lock:
        return _imported()


@cache
def begin() -> None:
    """Begin to import Altair beside what is done now: a chart will be drawn, once its figures are there."""
    threading.Thread(target=altair, name="dynreports-altair", daemon=True).start()


def spec_of(make: Callable[[], Any]) -> dict[str, Any]:
    """Return the spec of a chart that is made here and now, not held against the schema."""
    with altair().utils.schemapi.debug_mode(False):
        found: dict[str, Any] = make().to_dict(validate=False)
    return found


@cache
def _imported() -> Any:
    if "jsonschema" in sys.modules or _SLOW in sys.modules or find_spec(_SLOW) is None:
        return importlib.import_module("altair")
    stand_in = ModuleType(_SLOW)
    vars(stand_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[_SLOW] = stand_in
    try:
        return importlib.import_module("altair")
    finally:
        del sys.modules[_SLOW]


def _is_valid_syntax(*given: object) -> bool:
    found: bool = importlib.import_module(_SLOW).is_valid_syntax(*given)
    return found
