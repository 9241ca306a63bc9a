"""Deliveries, campaigns and programs in the browser: a list to open reports from, each on one of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dynreports.campaign import objects
from dynreports.campaign.objects import Campaign, Delivery
from dynreports.campaign.scope import scope
from dynreports.project import templates
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.periods import in_days


def listed(data: Dataset) -> dict[str, Any]:
    """Return all objects, the newest first, and the reports that ship: ``Sendings`` of sync/home.ts."""
    found = [
        *(_delivery(each) for each in objects.deliveries(data)),
        *(_campaign(each, "campaign") for each in objects.campaigns(data)),
        *(_campaign(each, "program") for each in objects.programs(data)),
    ]
    reports = [{"id": each.id, "label": each.label} for each in templates.everything()]
    return {"objects": sorted(found, key=lambda each: -each["stamp"]), "reports": reports}


def scoped(data: Dataset, on: str, id: str) -> dict[str, Any]:
    """Return what a report on an object begins with: its name and its days in words."""
    found = scope(data, **{on: id})
    days = "all dates"
    if found.period is not None:
        days = in_days(found.period, now=data.now(), timezone=data.timezone)
    return {"label": found.label, "days": days}


def _delivery(each: Delivery) -> dict[str, Any]:
    what = f"{each.execution or ''} {each.kind}".strip() if each.kind == objects.PARENT else each.kind
    return {
        "on": "delivery",
        "id": each.id,
        "label": each.label,
        "what": f"{what} delivery".capitalize() if each.kind != objects.PARENT else what.capitalize(),
        "channel": each.channel,
        "within": each.campaign_label or "",
        "when": _day(each.sent),
        "stamp": 0 if each.sent is None else each.sent.timestamp(),
        "why": each.why,
    }


def _campaign(each: Campaign, on: str) -> dict[str, Any]:
    start = None if each.start is None else dt.datetime.combine(each.start, dt.time(), dt.UTC)
    end = f" – {_day(each.end)}" if each.end else ""
    return {
        "on": on,
        "id": each.id,
        "label": each.label,
        "what": on.capitalize(),
        "channel": "",
        "within": each.program_label or "",
        "when": f"{_day(each.start)}{end}",
        "stamp": 0 if start is None else start.timestamp(),
        "why": each.why,
    }


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day:%b} {day.day}, {day.year}"
