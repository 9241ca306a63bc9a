"""One contender in a process of its own, which answers when asked: so memory can be told apart, and rounds of
different contenders can alternate on a machine that is not always equally busy.

Protocol: ``python -m tests.benchmarks.child NAME PARQUET``; a JSON line per line read: a query's name answers
with its time, ``rows Qn`` with its figures, ``memory`` with what was needed beyond the frame.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import pathlib
import sys
import time
from typing import Any

CONTENDERS = {
    "dynreports": "tests.benchmarks.ours:Dynreports",
    "pandas": "tests.benchmarks.contenders:Pandas",
    "DuckDB": "tests.benchmarks.contenders:DuckDB",
    "polars": "tests.benchmarks.contenders:Polars",
    "PyGWalker": "tests.benchmarks.walker:PyGWalker",
}


def memory(field: str) -> float:
    """Return a figure of this process in MB: ``VmRSS`` now, ``VmHWM`` at most."""
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    raise LookupError(field)


def answer(contender: Any, query: str) -> tuple[float, Any]:
    """Ask one question; return seconds and answer."""
    contender.before()
    gc.collect()
    started = time.perf_counter()
    found = getattr(contender, query.lower())()
    return time.perf_counter() - started, found


def main() -> None:
    """Load, then answer lines until there are none."""
    import pandas as pd
    import pyarrow as pa

    name, path = sys.argv[1:]
    module, _, kind = CONTENDERS[name].partition(":")
    make = getattr(importlib.import_module(module), kind)
    frame = pd.read_parquet(path)
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL("libc.so.6").malloc_trim(0)  # what reading the file left behind is nobody's
    before = memory("VmRSS")
    pathlib.Path("/proc/self/clear_refs").write_text("5")  # forget the peak of reading the file
    started = time.perf_counter()
    contender = make(frame)
    print(json.dumps({"load": time.perf_counter() - started}), flush=True)
    for line in sys.stdin:
        command, _, query = line.strip().partition(" ")
        if command == "memory":
            found: Any = {"frame": before, "peak": memory("VmHWM") - before, "kept": memory("VmRSS") - before}
        elif command == "rows":
            found = contender.rows(query, answer(contender, query)[1])
        else:
            found = answer(contender, command)[0]
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
