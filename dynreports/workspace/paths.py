"""Rows whose item the browser can't hold exactly: their paths travel as text, and are put right here."""

from __future__ import annotations

from typing import Any

from dynreports.engine.request import BlockResult
from dynreports.semantics.keys import Item
from dynreports.views.payload import wire_path

Path = tuple[Item, ...]


class Paths:
    """What was sent in place of which path, by table. Only whole numbers beyond 2**53 are concerned."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[Path, Path]] = {}

    def learn(self, table_id: str, result: BlockResult) -> None:
        """Note the rows of a result that are sent under another path than their own."""
        exact: dict[Path, Path] = {}
        _collect(result, (), exact)
        self._exact[table_id] = exact

    def forget(self, table_id: str) -> None:
        """Drop what is known of a table."""
        self._exact.pop(table_id, None)

    def restored(self, intent: Any) -> Any:
        """Return an intent with the paths of rows as they are in the data."""
        if not isinstance(intent, dict):
            return intent
        found = dict(intent)
        if isinstance(found.get("target"), dict):
            found["target"] = self.restored(found["target"])
        exact = self._exact.get(found["table"]) if isinstance(found.get("table"), str) else None
        if not exact:
            return found
        if isinstance(found.get("path"), list):
            found["path"] = _restored(found["path"], exact)
        if isinstance(found.get("paths"), list):
            found["paths"] = [_restored(each, exact) for each in found["paths"]]
        return found


def _restored(path: Any, exact: dict[Path, Path]) -> Any:
    try:
        return exact.get(tuple(path), path)
    except TypeError:  # no path at all; decoding says so
        return path


def _collect(block: BlockResult, parents: Path, exact: dict[Path, Path]) -> None:
    for row in block.rows:
        path = (*parents, row.item)
        sent = wire_path(path)
        if sent != path:
            exact[sent] = path
        if row.child is not None:
            _collect(row.child, path, exact)
