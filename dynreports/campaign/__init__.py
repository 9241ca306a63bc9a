"""E-mail campaigns on top of datasets: ``load`` their logs, or make up a ``demo``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from dynreports.campaign.clicked import HotClicks
    from dynreports.campaign.subscriptions import ServiceSummary
    from dynreports.semantics.dataset import Dataset

__all__ = [
    "demo",
    "hot_clicks",
    "load",
    "reports",
    "service_report",
    "service_summary",
    "services",
    "visible_to",
]


def load(
    folder: str | Path | None = None,
    *,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    retention: float | None = 3,
    unique_key: str = "recipient",
) -> Dataset:
    """Return the logs of a folder as one dataset, with the components that campaign reports are made of.

    Parameters
    ----------
    folder
        Holds ``delivery_log``, ``tracking_log`` and ``deliveries``, and may hold ``campaigns``, ``programs``,
        ``profiles``, ``services``, ``subscriptions`` and ``org_units``, each as ``NAME.parquet`` or
        ``NAME.csv``, with batches beside it as ``NAME-….parquet``, or as a folder ``NAME`` of files.
        Times are UTC. ``refresh()`` of the dataset reads files that are new or changed. Not given: the folder
        that the environment variable ``DYNREPORTS_DATA`` names, else ``data/campaign`` beside the folder of
        reports, or in the working directory or one above it.
    columns
        For files with other names: ``{"delivery_log": {"event_date": "my name", ...}, ...}``.
    retention
        How many years before the newest event are kept; ``None``: all.
    unique_key
        What unique figures count: "recipient", each person once; or "deliveryLog", each message that was sent
        to a person.

    Returns
    -------
    Dataset
        Its ``load_report`` lists what was wrong with the files, and what was done about it.

    Raises
    ------
    LoadError
        If a table or a column that must be there is not; ``report`` lists all of them.
    DataError
        If there is no such folder, or a file can't be read.
    UnknownNameError
        If ``columns`` names what does not exist.
    """
    from dynreports.campaign.loading import load as read

    return read(folder, columns=columns, retention=retention, unique_key=unique_key)


def demo(*, recipients: int = 20_000, deliveries: int = 60, days: int = 120, seed: int = 7) -> Dataset:
    """Return made-up campaigns: equal arguments give equal data on the same day.

    It is made once and kept in the cache folder of this machine's user.

    Parameters
    ----------
    recipients, deliveries, days
        How many people, messages to them, and days up to yesterday there are.
    seed
        Another seed, another draw of the same story.
    """
    from dynreports.campaign.demo_cache import demo as make

    return make(recipients=recipients, deliveries=deliveries, days=days, seed=seed)


def visible_to(data: Dataset, units: str | Iterable[str], *, strict: bool = False) -> Dataset:
    """Return what the people of some organizational units see of campaign data, as a dataset of its own.

    A unit sees its own deliveries, those of the units below it and of the units above it. Totals and what
    they are out of are about what is seen, and nothing else can be reached.

    Parameters
    ----------
    data
        What `load` returned, with ``org_unit`` in its deliveries and a table ``org_units`` beside its logs.
    units
        One unit, or several: then the union of what they see.
    strict
        Leave out the deliveries of the units above.
    """
    from dynreports.campaign.units import visible_to as of_units

    return of_units(data, units, strict=strict)


def reports(
    data: Dataset,
    *,
    delivery: str | None = None,
    campaign: str | None = None,
    program: str | None = None,
    template: str = "delivery-summary",
) -> Any:
    """Open a report that ships on one delivery, campaign or program.

    It begins with the days of the object: a delivery with the week from the day of sending, a campaign or
    program with its first to its last day. The object is a filter of the panel: people see it as a chip, and
    can remove it.

    Parameters
    ----------
    data
        What `load` returned.
    delivery, campaign, program
        The id or the label of one of them: ``delivery="DM1042"``. The parent of recurring or transactional
        deliveries stands for all of them.
    template
        The report to open.

    Returns
    -------
    Project
        Saving it makes a report of your own. Where results are still arriving, it says so.

    Raises
    ------
    UnknownNameError
        If there is no such object or report; the nearest ones are named.
    """
    # What people hold in their hands is made in the layer above all others, which this one must not know.
    open_reports = import_module("dynreports.api.templates").reports
    return open_reports(data, delivery=delivery, campaign=campaign, program=program, template=template)


def hot_clicks(
    data: Dataset, delivery: str, *, execution: str | None = None, variant: str | None = None
) -> HotClicks:
    """Return the message of a delivery with the share of its clicks on each link; a notebook shows it.

    The share is that of all clicks of the delivery, over all variants: those of one variant's links may not
    reach 100 %. The HTML is made harmless, and stands in a sandboxed frame that can neither run nor load
    anything.

    Parameters
    ----------
    data
        What `load` returned, with ``html`` in its deliveries.
    delivery
        The id or label of a delivery.
    execution
        Of a recurring or transactional delivery, which one; ``None``: the last.
    variant
        The variant to show: parts of the message that say in ``data-variant`` that they are for others are
        left out. ``None``: all parts.

    Raises
    ------
    UnknownNameError
        If there is no such delivery, execution or variant.
    DataError
        If its message has no HTML.
    """
    from dynreports.campaign.clicked import hot_clicks as clicks

    return clicks(data, delivery, execution=execution, variant=variant)


def services(folder: str | Path) -> Dataset:
    """Return the subscription history of a folder: who came to its services, and who left.

    Parameters
    ----------
    folder
        Holds ``subscriptions``, and may hold ``services`` with their labels, beside what `load` reads.
    """
    from dynreports.campaign.subscriptions import services as read

    return read(folder)


def service_summary(data: Dataset, service: str | None = None, now: str | None = None) -> ServiceSummary:
    """Return how many people are subscribed to a service, and how that developed.

    Parameters
    ----------
    data
        What `services` returned.
    service
        A label or ID of a service; ``None``: all of them together.
    now
        The moment to look back from, as an ISO date-time; not given: now.
    """
    from dynreports.campaign.subscriptions import service_summary as summary

    return summary(data, service, now)


def service_report(data: Dataset, service: str | None = None, window: str = "24H") -> Any:
    """Return the summary of a service with its curves; a notebook shows it.

    Parameters
    ----------
    data
        What `services` returned.
    service
        A label or ID of a service; ``None``: all of them together.
    window
        The time that the curves look back: "6H", "12H", "24H", "48H", "1 week", "2 weeks", "1 month" or
        "6 months".

    Returns
    -------
    ServiceReport
        Its ``summary`` is that of `service_summary`, its ``project`` a report with the curves.
    """
    return import_module("dynreports.api.services").service_report(data, service, window)
