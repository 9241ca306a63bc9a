"""The summary of a service: how many people are subscribed, and how that developed."""

from __future__ import annotations

import dataclasses
from html import escape

from dynreports.api.project import Project
from dynreports.campaign.subscriptions import WINDOWS, ServiceSummary, service_summary
from dynreports.engine.frames import engine_for
from dynreports.errors import unknown_name
from dynreports.project import model
from dynreports.project.model import Chart, Column, ItemFilter, LockItems, Panel, Place, Sort, Table
from dynreports.project.session import Session
from dynreports.project.storage import Storage
from dynreports.semantics.component import Ref
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.keys import TimeUnit
from dynreports.semantics.period import Bound, Rolling
from dynreports.workspace.opening import reference

_MOST_ROWS = 400
_BACK: dict[str, tuple[int, TimeUnit]] = {
    "6H": (6, "hour"),
    "12H": (12, "hour"),
    "24H": (24, "hour"),
    "48H": (48, "hour"),
    "1 week": (7, "day"),
    "2 weeks": (14, "day"),
    "1 month": (1, "month"),
    "6 months": (6, "month"),
}
_NUMBERS = (
    ("subscriptions", "Subscriptions"),
    ("unsubscriptions", "Unsubscriptions"),
    ("evolution", "Evolution"),
)


@dataclasses.dataclass(frozen=True)
class ServiceReport:
    """A service's summary; in a notebook it shows itself.

    Attributes
    ----------
    service
        Which service; ``None``: all of them together.
    summary
        How many are subscribed to date, and each window with its evolution and loyalty.
    project
        The curves of one window, as a report that can be changed.
    """

    service: str | None
    summary: ServiceSummary
    project: Project

    def _repr_html_(self) -> str:
        texts = self.summary.texts()
        heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in ("Period", *texts.columns))
        rows = "".join(
            f'<tr><th scope="row">{escape(str(window))}</th>'
            + "".join(f'<td style="text-align:right">{escape(each)}</td>' for each in row)
            + "</tr>"
            for window, row in zip(texts.index, texts.to_numpy(), strict=True)
        )
        return (
            f"<section><h3>{escape(self.project.title)}</h3>"
            f"<p>Number subscribed to date: <b>{self.summary.subscribed:,}</b></p>"
            f"<table><caption>Overall subscription evolution</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table></section>"
        )

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        display(HTML(self._repr_html_()))  # type: ignore[no-untyped-call]
        display(self.project)  # type: ignore[no-untyped-call]


def service_report(data: Dataset, service: str | None = None, window: str = "24H") -> ServiceReport:
    """Return the summary of a service with its curves; see `dynreports.campaign.service_report`."""
    if window not in _BACK:
        raise unknown_name("window", window, WINDOWS)
    summary = service_summary(data, service)
    label, filters = "All services", tuple[ItemFilter, ...]()
    if service is not None:
        key = data.catalog.key(Ref("dimension", "service"))
        engine = engine_for(data)
        item = engine.find_item(key, service)
        named = next(each for each in engine.items(key) if each.item == item)
        label = str(named.label)
        filters = (ItemFilter("service", (item,)),)
    storage = Storage()
    document = _document(f"Service summary: {label}", window, filters, reference(data, storage.folder))
    return ServiceReport(service, summary, Project._of(Session(document, data, storage=storage)))


def _document(
    title: str, window: str, filters: tuple[ItemFilter, ...], data: model.DataReference
) -> model.Project:
    count, unit = _BACK[window]
    period = Rolling(Bound("end", "minute", -count, unit), Bound("end", "minute"))
    by: TimeUnit = "hour" if unit == "hour" else "day"
    ids = {metric: f"c{3 + place}" for place, (metric, _) in enumerate(_NUMBERS)}
    table = Table(
        "t2",
        "Subscriptions over time",
        Ref("time", by),
        tuple(Column(id, metric, percent=False) for metric, id in ids.items()),
        Sort(None, descending=False),
        _MOST_ROWS,
        place=Place(0, 11),
    )
    numbers = [
        Chart(
            f"v{6 + place}", "summary number", label, "t2", LockItems(columns=(ids[metric],), total=True),
            place=Place(4 * place, 0, 4, 3),
        )
        for place, (metric, label) in enumerate(_NUMBERS)
    ]  # fmt: skip
    curves = (ids["subscriptions"], ids["unsubscriptions"])
    line = Chart(
        "v9", "line", "Subscription evolution curves", "t2", LockItems(columns=curves), place=Place(0, 3)
    )
    panel = Panel("p1", f"Last {window}", period, filters, (*numbers, line, table))
    return model.Project(title=title, data=data, panels=(panel,), last_id=9)
