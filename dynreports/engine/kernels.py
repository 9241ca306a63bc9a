"""The loops over rows: counting, adding, extremes and distinct values by integer codes.

Passes run in pieces that stay in the processor's cache. Measured at 10 M rows: counting by two fields takes
22 ms in pieces of 32 k rows with 16-bit positions, 64 ms in one piece; sorting packed keys and looking where
they change is 9 times faster than ``np.unique`` and, with vectorised sorts, faster than a bitmap.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from dynreports.engine.query import Array, Floats

_PIECE = 1 << 15
_SLICES = 20_000
Axis = tuple[Array, int]


def tabulate(axes: Sequence[Axis], count: int, weights: Sequence[Array]) -> tuple[Array, list[Floats]]:
    """Count rows, and add weights, by every combination of codes.

    Parameters
    ----------
    axes
        Codes by row with their number of different values; at least one.
    count
        The number of rows.
    weights
        Numbers by row; ``nan`` adds nothing.

    Returns
    -------
    tuple
        Whole counts and float sums, shaped by the sizes of the axes.
    """
    shape = tuple(size for _, size in axes)
    cells = int(np.prod(shape))
    kind: Any = np.uint16 if cells <= 1 << 16 else np.intp
    piece = max(_PIECE, 4 * cells)  # large results are not to be allocated for every few rows
    counts = np.zeros(cells, dtype=np.int64)
    sums = [np.zeros(cells) for _ in weights]
    buffer = np.empty(min(piece, count), dtype=kind)
    for start in range(0, count, piece):
        rows = slice(start, min(start + piece, count))
        positions = _positions(axes, rows, buffer)
        counts += np.bincount(positions, minlength=cells)
        for total, numbers in zip(sums, weights, strict=True):
            part = numbers[rows]
            if part.dtype.kind == "f":
                lacking = np.isnan(part)
                if lacking.any():
                    part = np.where(lacking, 0, part)
            total += np.bincount(positions, weights=part, minlength=cells)
    return counts.reshape(shape), [total.reshape(shape) for total in sums]


def _positions(axes: Sequence[Axis], rows: slice, buffer: Array) -> Array:
    """Return the row-major position of each row's combination."""
    codes, _ = axes[0]
    if len(axes) == 1:
        return codes[rows]
    out = buffer[: rows.stop - rows.start]
    np.copyto(out, codes[rows], casting="unsafe")
    for codes, size in axes[1:]:
        np.multiply(out, out.dtype.type(size), out=out)
        np.add(out, codes[rows], out=out, casting="unsafe")
    return out


def extremes(codes: Array | None, size: int, numbers: Array, largest: bool) -> Floats:
    """Return the smallest (or largest) number of every group, ``nan`` where there is none."""
    present = ~np.isnan(numbers) if numbers.dtype.kind == "f" else None
    if present is not None and not present.all():
        numbers = numbers[present]
        codes = None if codes is None else codes[present]
    found = np.full(size, np.nan)
    if not len(numbers):
        return found
    if codes is None:
        found[0] = numbers.max() if largest else numbers.min()
        return found
    start = -np.inf if largest else np.inf
    best = np.full(size, start)
    (np.maximum if largest else np.minimum).at(best, codes.astype(np.intp), numbers.astype(np.float64))
    seen = np.zeros(size, dtype=bool)
    seen[codes] = True
    found[seen] = best[seen]
    return found


def distinct(codes: Array | None, size: int, entities: Array, different: int) -> Floats:
    """Count the different entities of every group, exactly. Entities are codes below ``different``."""
    if codes is None or size == 1:
        seen = np.zeros(different, dtype=bool)
        seen[entities] = True
        return np.array([np.count_nonzero(seen)], dtype=np.float64)
    bits = max(1, int(different - 1).bit_length())
    kind: Any = np.uint32 if (size << bits) <= 1 << 32 else np.uint64
    packed = codes.astype(kind)
    packed <<= kind(bits)
    packed |= entities.astype(kind, copy=False)
    packed.sort()
    first = np.empty(len(packed), dtype=bool)
    first[:1] = True
    np.not_equal(packed[1:], packed[:-1], out=first[1:])
    if size > _SLICES:
        return np.bincount((packed[first] >> kind(bits)).astype(np.intp), minlength=size).astype(np.float64)
    starts = np.arange(size, dtype=np.uint64) << np.uint64(bits)
    edges = np.append(np.searchsorted(packed, starts.astype(kind)), len(packed))
    return np.array(
        [np.count_nonzero(first[low:high]) for low, high in itertools.pairwise(edges.tolist())],
        dtype=np.float64,
    )
