"""Altair, imported when the first chart is drawn, and no slower than it has to be.

Altair imports jsonschema, and that (where it is installed, as with JupyterLab) a grammar of internationalised
addresses that takes seconds to compile, for a check that no chart needs. It is put off until somebody asks.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_SLOW = "rfc3987_syntax"


@cache
def altair() -> Any:
    """Return Altair. It goes untyped: its types are unions of thousands of words, of no help here."""
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
