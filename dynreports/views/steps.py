"""How far a file is: its parts are counted as they are written, and whoever waits for it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from dynreports.engine.turns import checkpoint

Told = Callable[[float, int, str], None]
"""Takes how many parts are done, of how many, and what is written now."""


class _Titled(Protocol):
    @property
    def title(self) -> str: ...


PartT = TypeVar("PartT", bound=_Titled)


class Steps:
    """The parts of one file. Between two of them a file that was cancelled is let go.

    Parameters
    ----------
    total
        How many there are.
    told
        Who is told; ``None``: nobody.

    Raises
    ------
    StoppedError
        From every method, if the file is made in the background and was cancelled.
    """

    def __init__(self, total: int, told: Told | None = None) -> None:
        self._total = total
        self._told = told
        self._done = 0
        self._doing = ""

    def each(self, parts: Iterable[PartT]) -> Iterator[PartT]:
        """Yield parts, and count each one when the next is asked for."""
        for part in parts:
            self.begin(part.title)
            yield part
            self._done += 1

    def begin(self, doing: str) -> None:
        """Tell what is written now."""
        self._doing = doing
        self.within(0.0)

    def within(self, share: float) -> None:
        """Tell how much of the present part is done, from 0 to 1."""
        checkpoint()
        if self._told is not None:
            self._told(self._done + share, self._total, self._doing)
