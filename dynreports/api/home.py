"""The list of reports, from Python."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dynreports.workspace.home import Home, ReadersHome


def home(data: object = None) -> Home | ReadersHome:
    """Return the home page: all reports of the folder, to open, create, rename, duplicate and delete.

    On the page server it is the list of what is published, for its readers.

    Parameters
    ----------
    data
        What templates and new reports are about: a dataset, a DataFrame or a path; ``None``: the campaign
        logs beside the reports.
    """
    from dynreports.workspace.home import Home, ReadersHome

    return ReadersHome() if os.environ.get("DYNREPORTS_AUDIENCE") == "readers" else Home(data)
