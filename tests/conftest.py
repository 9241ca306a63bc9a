"""What all tests share: `measured`, figures that are reported and not asserted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable

import pytest
from hypothesis import settings

# The same code is tested with the same examples, so that a red run is the fault of a change; `make explore`
# looks for new ones.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring")
settings.load_profile(os.environ.get("DYNREPORTS_HYPOTHESIS", "repeatable"))

# What tests use is no use of the person who runs them; kernels and servers inherit it.
os.environ["DYNREPORTS_USAGE"] = os.path.join(tempfile.mkdtemp(), "usage.json")


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Report a measured figure at the end of the run: machines differ, so it is not asserted."""
    return lambda line: record_property("measured", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = [
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == "measured"
    ]
    if lines:
        terminalreporter.section("measured", sep="-")
        for line in lines:
            terminalreporter.write_line(line)
