"""Reports that ship, from Python."""

from __future__ import annotations

from dynreports.api.project import Project
from dynreports.campaign.scope import scope
from dynreports.semantics.dataset import Dataset
from dynreports.workspace.opening import template_session


def template(name: str, data: object) -> Project:
    """Return a new project from a report that ships. Saving it makes a report of your own.

    Parameters
    ----------
    name
        The label of the report in kebab case: ``"delivery-summary"``.
    data
        Campaign data: what `dynreports.campaign.load` or ``demo`` returned. What it lacks is left out of the
        report, which says so.

    Raises
    ------
    UnknownNameError
        If no such report ships; the nearest ones are named.
    """
    dataset = data if isinstance(data, Dataset) else Dataset(data)
    return Project._of(template_session(name, dataset))


def reports(
    data: Dataset,
    *,
    delivery: str | None = None,
    campaign: str | None = None,
    program: str | None = None,
    template: str = "delivery-summary",
) -> Project:
    """Open a report that ships on one delivery, campaign or program; see `dynreports.campaign.reports`."""
    found = scope(data, delivery=delivery, campaign=campaign, program=program)
    return Project._of(template_session(template, data, scope=found))
