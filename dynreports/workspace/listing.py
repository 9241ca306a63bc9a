"""What lists of reports tell beside the reports: moments, and addresses to open them under."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from urllib.parse import parse_qs, quote

from dynreports.workspace import notebooks

ROOT_VARIABLE = "DYNREPORTS_ROOT"
"""The folder that JupyterLab serves: notebooks in it open as pages, too."""
KINDS = ("delivery", "campaign", "program")


def shown(moment: dt.datetime) -> str:
    """Return a moment as lists show it, in the time of this machine."""
    return moment.astimezone().strftime("%b %d, %Y %I:%M %p")


def wanted(query: str) -> dict[str, str] | None:
    """Return the report that an address asks for (``?template=…&delivery=…``); ``None``: it asks for none."""
    given = {name: values[-1] for name, values in parse_qs(query).items()}
    on = next((each for each in KINDS if each in given), None)
    if on is None:
        return None
    return {"template": given.get("template", "delivery-summary"), "on": on, "id": given[on]}


def tab() -> str | None:
    """Return the path under which this notebook is a page of its own, without the server's base.

    ``None``: nobody knows; reports then open in place.
    """
    if "VOILA_BASE_URL" in os.environ:
        return (
            os.environ.get("SCRIPT_NAME", "").removeprefix(os.environ["VOILA_BASE_URL"]).lstrip("/") or None
        )
    notebook, root = notebooks.current(), os.environ.get(ROOT_VARIABLE)
    if notebook is None or root is None or not notebook.is_relative_to(Path(root)):
        return None
    return f"voila/render/{quote(notebook.relative_to(root).as_posix())}"
