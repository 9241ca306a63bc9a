"""Measure the engine beside pandas, DuckDB, polars and PyGWalker, and print Markdown tables.

``python -m tests.benchmarks [--rows 1000000 10000000] [--rounds 7]``. Every contender is a process of its
own; rounds alternate between them, so that a busy moment of the machine strikes all alike. Figures of all
contenders are compared before anything is measured, which warms all of them up.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
from typing import Any

from tests.benchmarks.child import CONTENDERS
from tests.benchmarks.contenders import QUERIES
from tests.benchmarks.data import events

ROOT = pathlib.Path(__file__).parents[2]
WALKER = ROOT / ".venv-bench"


class Child:
    """A contender's process."""

    def __init__(self, name: str, path: pathlib.Path) -> None:
        python = walker_python() if name == "PyGWalker" else sys.executable
        self.name = name
        self.process = subprocess.Popen(
            [python, "-m", "tests.benchmarks.child", name, str(path)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.load = self._read()["load"]

    def ask(self, line: str) -> Any:
        """Send one line and return what comes back."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self.process.stdout is not None
        while line := self.process.stdout.readline():
            if line.startswith(("{", "[")) or line[:1].isdigit():
                return json.loads(line)
        message = f"{self.name} ended early."
        raise RuntimeError(message)

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def walker_python() -> str:
    """Return the Python of PyGWalker's own environment, made when it is not there."""
    python = WALKER / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(WALKER)], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "pygwalker", "pandas", "pyarrow"], check=True
        )
    return str(python)


def measure(rows: int, rounds: int) -> str:
    """Return the Markdown table for one size of data."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "events.parquet"
        events(rows).to_parquet(path)
        children = [Child(name, path) for name in CONTENDERS]
    for query in QUERIES:
        expected = children[0].ask(f"rows {query}")
        for child in children[1:]:
            if child.ask(f"rows {query}") != expected:
                message = f"{child.name} and {children[0].name} differ on {query}."
                raise SystemExit(message)
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for query in QUERIES:
            for child in children:
                times.setdefault((child.name, query), []).append(child.ask(query))
    memory = {child.name: child.ask("memory") for child in children}
    for child in children:
        child.close()
    return table(rows, children, times, memory)


def table(
    rows: int, children: list[Child], times: dict[tuple[str, str], list[float]], memory: dict[str, Any]
) -> str:
    """Return medians in milliseconds, and how many times faster dynreports is than each."""
    median = {key: statistics.median(found) * 1000 for key, found in times.items()}
    lines = [
        f"### {rows:,} events", "",
        f"| median ms | {' | '.join(QUERIES)} | load s | kept MB | peak MB |",
        f"|---|{'---:|' * (len(QUERIES) + 3)}",
    ]  # fmt: skip
    for child in children:
        cells = [f"{median[child.name, query]:.1f}" for query in QUERIES]
        used = memory[child.name]
        cells += [f"{child.load:.2f}", f"{used['kept']:.0f}", f"{used['peak']:.0f}"]
        lines.append(f"| {child.name} | {' | '.join(cells)} |")
    first, *others = children
    for child in others:
        ratios = [f"{median[child.name, query] / median[first.name, query]:.1f}×" for query in QUERIES]
        lines.append(f"| *{first.name} against {child.name}* | {' | '.join(ratios)} | | | |")
    return "\n".join(lines)


def machine() -> str:
    """Describe what this runs on."""
    info = pathlib.Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in info.splitlines() if line.startswith("model name")), "?"
    )
    memory = pathlib.Path("/proc/meminfo").read_text().split()[1]
    versions = [f"{name} {__import__(name).__version__}" for name in ("numpy", "pandas", "duckdb", "polars")]
    cores = info.count("processor\t")
    return (
        f"{cores} cores ({model}), {int(memory) / 1024**2:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {', '.join(versions)}"
    )


def main() -> None:
    """Measure every size that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    print(machine() + "\n")
    for rows in options.rows:
        print(measure(rows, options.rounds) + "\n", flush=True)


if __name__ == "__main__":
    main()
