"""What requests were answered with: the last ones of a session, for whoever asks again, in any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict

from dynreports.engine.request import BlockResult, TableRequest

_KEPT = 256


class Results:
    """Answers by the version of the data and the request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[int, TableRequest], BlockResult] = OrderedDict()

    def known(self, version: int, request: TableRequest) -> BlockResult | None:
        """Return an answer; ``None``: it has to be computed."""
        with self._lock:
            found = self._known.get((version, request))
            if found is not None:
                self._known.move_to_end((version, request))
            return found

    def keep(self, version: int, request: TableRequest, result: BlockResult) -> None:
        """Remember an answer."""
        with self._lock:
            self._known[version, request] = result
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()
