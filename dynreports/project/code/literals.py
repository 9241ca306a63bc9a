"""Values as Python source. Whatever people and data say goes through ``repr``, and is never pasted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import msgspec

INDENT = "    "
WIDTH = 100


class Source:
    """Source of values, and the imports that it needs."""

    def __init__(self) -> None:
        self.imports: dict[str, set[str]] = {}

    def need(self, module: str, name: str) -> str:
        """Note that a name is imported, and return it."""
        self.imports.setdefault(module, set()).add(name)
        return name

    def import_lines(self) -> list[str]:
        """Return the import statements of everything that was needed."""
        return [
            f"from {module} import {', '.join(sorted(names))}"
            for module, names in sorted(self.imports.items())
        ]

    def value(self, value: Any) -> str:
        """Return a scalar, a sequence or a struct as source; a struct's class is imported."""
        if isinstance(value, float) and not math.isfinite(value):
            return f"float({str(value)!r})"
        if isinstance(value, tuple):
            return f"({', '.join(map(self.value, value))}{',' if len(value) == 1 else ''})"
        if isinstance(value, list):
            return f"[{', '.join(map(self.value, value))}]"
        if isinstance(value, msgspec.Struct):
            return self._struct(value)
        return repr(value)

    def _struct(self, value: msgspec.Struct) -> str:
        kind = type(value)
        parts = []
        for field in msgspec.structs.fields(kind):
            given = getattr(value, field.name)
            if field.default is not msgspec.NODEFAULT and given == field.default:
                continue
            parts.append(f"{field.name}={self.value(given)}")
        return f"{self.need(kind.__module__, kind.__name__)}({', '.join(parts)})"


def call(head: str, arguments: Iterable[str], indent: str = "") -> str:
    """Return a call, on one line where it fits, else with one argument a line."""
    arguments = list(arguments)
    flat = f"{head}({', '.join(arguments)})"
    if len(indent) + len(flat) <= WIDTH and "\n" not in flat:
        return flat
    inner = indent + INDENT
    lines = "".join(f"{inner}{each},\n" for each in arguments)
    return f"{head}(\n{lines}{indent})"
