"""Who follows a session, and how they are told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

Changed = frozenset[str] | Literal["all"]
"""What subscribers are told: the ids of the tables to draw again (maybe none), or that all data changed."""

_log = logging.getLogger(__name__)


class Subscribers:
    """Callbacks, told in the order in which they came."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[Changed], None]] = []

    def add(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Tell a callback of every change; return what ends that."""
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return unsubscribe

    def tell(self, changed: Changed) -> None:
        """Tell everybody."""
        for callback in tuple(self._callbacks):
            try:
                callback(changed)
            except Exception:
                # One view that fails must keep neither the document nor the other views from going on.
                _log.exception("Somebody who follows a project failed.")
