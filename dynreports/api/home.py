"""The list of reports, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dynreports.workspace.home import Home


def home(data: object = None) -> Home:
    """Return the home page: all reports of the folder, to open, create, rename, duplicate and delete.

    Parameters
    ----------
    data
        What templates and new reports are about: a dataset, a DataFrame or a path; ``None``: the campaign
        logs beside the reports.
    """
    from dynreports.workspace.home import Home

    return Home(data)
