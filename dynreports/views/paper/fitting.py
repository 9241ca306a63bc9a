"""Which columns of a table fit side by side on paper, and how wide they are: no word runs into the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_POINTS = 72 / 25.4  # a millimetre
_SIDES = {False: 182.0, True: 269.0}  # millimetres between the margins of A4: upright, lying
_GUTTER = 12.0
_LETTER = 0.58
"""Of the size of bold letters, how wide they are: a little more than on average."""
_INSET = 8.0
_LABELS = 80.0
"""Points that the labels of rows have at least."""
_LABEL_SHARE = 2.4
"""How much wider labels are than figures, where there is room."""
_WORD = re.compile(r"[^\s/-]+[/-]?")


@dataclass(frozen=True)
class Piece:
    """Columns that stand side by side, from ``start`` up to ``end``.

    ``widths``: of the labels and of each column, in relation to each other.
    """

    start: int
    end: int
    widths: tuple[float, ...]


def room(columns: int, *, is_wide: bool) -> float:
    """Return how many points so many of the twelve columns of a page are wide."""
    page = _SIDES[is_wide] * _POINTS
    return page if columns == 12 else page * columns / 12 - _GUTTER / 2


def need(texts: Iterable[str], size: float) -> float:
    """Return how many points a column needs so that no word of it is broken.

    Examples
    --------
    >>> round(need(["In-App dismissal rate", "42.63%"], 10)), round(need([], 10))
    (60, 8)
    """
    letters = max((len(word) for text in texts for word in _WORD.findall(text)), default=0)
    return _INSET + letters * _LETTER * size


def pieces(needs: Sequence[float], width: float, most: int) -> Iterator[Piece]:
    """Return a table in pieces that fit, of at most so many columns; one piece where it has none."""
    start = 0
    while start < len(needs) or not start:
        end = min(start + 1, len(needs))
        while end < min(len(needs), start + most) and _LABELS + sum(needs[start : end + 1]) <= width:
            end += 1
        yield Piece(start, end, _widths(needs[start:end], width))
        start = max(end, 1)


def _widths(needs: Sequence[float], width: float) -> tuple[float, ...]:
    """Return widths that are equal as far as the words allow."""
    shares = _LABEL_SHARE + len(needs)
    if max(needs, default=0.0) <= width / shares:
        return (_LABEL_SHARE, *(1.0 for _ in needs))
    free = max(0.0, width - _LABELS - sum(needs)) / shares
    return (_LABELS + _LABEL_SHARE * free, *(each + free for each in needs))
