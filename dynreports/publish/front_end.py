"""Our front end as files of the page server: their addresses name their content, so browsers keep them.

Everywhere else it travels from the kernel (workspace/shell.py), at every visit. Pages of ours have it loaded
while their kernel is still being asked, and their kernels keep it to themselves.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent.parent / "workspace" / "static"
# Tells kernels which version the server that started them serves.
SERVED = "DYNREPORTS_FRONT_END"
TYPES = {"shell.js": "text/javascript", "shell.css": "text/css", "charts.js": "text/javascript"}


@cache
def text(name: str) -> str:
    """Return one of the files in `TYPES`; empty in a checkout whose front end is not built."""
    path = STATIC / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


@cache
def packed(name: str) -> bytes:
    """Return one of the files in `TYPES`, gzipped: it is sent as it is."""
    return gzip.compress(text(name).encode(), mtime=0)


@cache
def version() -> str:
    """Return a name of the content of all files; empty in a checkout whose front end is not built."""
    everything = "".join(map(text, TYPES))
    return everything and hashlib.blake2b(everything.encode(), digest_size=12).hexdigest()


def is_ours(told: Mapping[str, str]) -> bool:
    """Whether these variables of a kernel name a page of ours, not a notebook that people put there."""
    return "SCRIPT_NAME" in told and "/voila/" not in told["SCRIPT_NAME"]


def is_served(told: Mapping[str, str]) -> bool:
    """Whether a kernel with these variables is for a page that has this version from its server."""
    return is_ours(told) and version() != "" and told.get(SERVED) == version()
