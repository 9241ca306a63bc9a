"""Words that Python and the browser both say are the same."""

from __future__ import annotations

import re
from pathlib import Path

from dynreports.semantics.search import HOWS

SEARCH = Path(__file__).parents[2] / "widgets" / "src" / "grid" / "menu" / "Search.tsx"


def test_rules_of_a_search_are_called_the_same() -> None:
    body = re.search(r"const HOWS[^{]*\{(.*?)\n\};", SEARCH.read_text(encoding="utf-8"), re.S)
    assert body is not None
    said = dict(re.findall(r'^\s*"?([\w-]+)"?: "([^"]+)",$', body[1], re.M))
    assert said == HOWS
    assert list(said) == list(HOWS)
