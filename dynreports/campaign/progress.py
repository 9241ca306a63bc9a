"""Progress of long work, shown once it has taken a second: a bar in a notebook, a line in a terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any

_PATIENCE = 1.0


class Progress:
    """A bar that comes after a second, and goes away at the end.

    tqdm chooses the bar by where it runs, and is imported only when there is something to show.

    Parameters
    ----------
    what
        What is done, in words.
    unit
        What its steps are called.
    """

    def __init__(self, what: str, unit: str) -> None:
        self._what, self._unit = what, unit
        self._begin = time.monotonic()
        self._begun = 0
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def at(self, done: float, total: int, doing: str) -> None:
        """Tell how many steps are done, of how many, and what is done now."""
        if self._bar is None:
            if time.monotonic() - self._begin < _PATIENCE:
                return
            from tqdm.auto import tqdm

            self._bar = tqdm(total=total, initial=done, desc=self._what, leave=False, unit=self._unit)
        self._bar.set_postfix_str(doing, refresh=False)
        self._bar.update(done - self._bar.n)

    def next(self, total: int, doing: str) -> None:
        """Tell that one more step, of so many, is begun."""
        self.at(self._begun, total, doing)
        self._begun += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
