"""Progress of a long read, shown once it has taken a second: a bar in a notebook, a line in a terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any

_PATIENCE = 1.0


class Progress:
    """Counts steps; the first one after a second shows a bar, which goes away at the end.

    tqdm chooses the bar by where it runs, and is imported only when there is something to show.
    """

    def __init__(self, total: int, what: str = "Reading logs") -> None:
        self._total, self._what = total, what
        self._begin = time.monotonic()
        self._done = 0
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def step(self, doing: str) -> None:
        """Tell what is done next."""
        if self._bar is None and time.monotonic() - self._begin > _PATIENCE:
            from tqdm.auto import tqdm

            self._bar = tqdm(
                total=self._total, initial=self._done, desc=self._what, leave=False, unit="column"
            )
        elif self._bar is not None:
            self._bar.update(1)
        if self._bar is not None:
            self._bar.set_postfix_str(doing, refresh=False)
        self._done += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
