"""Tiny folders of campaign logs, and what tables over them show."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import dynreports as dr
from dynreports.semantics.dataset import Dataset

Row = dict[str, Any]
DAY_1 = dt.datetime(2026, 6, 1, 10)


def day(number: int) -> dt.datetime:
    """Return a moment of the n-th day."""
    return DAY_1 + dt.timedelta(days=number - 1)


class Logs:
    """Sends and reactions, in the words of the reference's examples."""

    def __init__(self) -> None:
        self.sends: list[Row] = []
        self.tracks: list[Row] = []
        self.deliveries: dict[str, Row] = {}
        self.other: dict[str, list[Row]] = {}
        self._messages: dict[tuple[str, Any], int] = {}

    def delivery(self, name: str, **more: Any) -> None:
        row = {"delivery_id": len(self.deliveries) + 1, "name": f"DM{len(self.deliveries) + 1}"}
        self.deliveries[name] = row | {"label": name, "message_type": "email"} | more

    def send(self, name: str, who: Any, at: int = 1, status: int = 1, **more: Any) -> None:
        """Add an attempt; the delivery is made up when it is new."""
        if name not in self.deliveries:
            self.delivery(name)
        message = self._messages.setdefault((name, who), 1000 + len(self._messages))
        row = {
            "message_id": message,
            "delivery_id": self.deliveries[name]["delivery_id"],
            "recipient_id": who,
        }
        row |= {"event_date": day(at), "status": status, "failure_type": 0, "failure_reason": 0}
        self.sends.append(row | more)

    def track(self, name: str, who: Any, kind: int | None, at: int = 1, times: int = 1, **more: Any) -> None:
        """Add reactions of a person to the message of a delivery."""
        row = {
            "message_id": self._messages.get((name, who)),
            "delivery_id": self.deliveries[name]["delivery_id"],
            "recipient_id": who,
            "event_date": day(at),
            "tracking_url_type": kind,
        }
        self.tracks += [row | more] * times

    def tables(self) -> dict[str, list[Row]]:
        logs = {"delivery_log": self.sends, "tracking_log": self.tracks}
        return logs | {"deliveries": list(self.deliveries.values())} | self.other


def write_csv(folder: Path, tables: dict[str, list[Row]]) -> Path:
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row)) or EMPTY[name]
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_parquet(folder: Path, tables: dict[str, list[Row]]) -> Path:
    for name, rows in tables.items():
        frame = pd.DataFrame(rows, columns=None if rows else EMPTY[name])
        frame.convert_dtypes().to_parquet(folder / f"{name}.parquet", index=False)
    return folder


EMPTY = {"tracking_log": ["message_id", "delivery_id", "recipient_id", "event_date", "tracking_url_type"]}


Shown = dict[str, tuple[float, ...]]


def shown(data: Dataset, rows: str, columns: Sequence[str], period: object = None, **panel: Any) -> Shown:
    """Return the figures of a table by item, its total under "total".

    What the total is out of is a query of its own; without a search both are about the same records.
    """
    table = dr.Project("Test", data).panel("Panel", period=period, **panel).table(rows, list(columns))
    frame, total = table.frame(), table.total()
    assert _figures(table.grand_total()) == _figures(total)
    found = {str(item): _figures(row) for item, row in zip(frame.index, frame.to_numpy(), strict=True)}
    return found | {"total": _figures(total)}


def _figures(values: Iterable[Any]) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else round(float(value), 6) for value in values)
