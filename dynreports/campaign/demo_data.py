"""Made-up campaign logs: the same arguments always give the same tables.

`generate` gives the tables, `write` writes them as Parquet with bounded memory. The words and rates are in
`demo_names`, the people in `demo_people`, the calendar in `demo_plan`, the sending in `demo_sends`, what
people do with the messages in `demo_tracks`, and the figures that were planted in `demo_truth`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dynreports.campaign.demo_people import (
    People,
    people,
    profiles,
    services,
    subscriptions,
    unit_mask,
)
from dynreports.campaign.demo_plan import (
    Plan,
    campaigns_tables,
    deliveries_table,
    org_units_table,
    plan,
)
from dynreports.campaign.demo_rows import SCHEMAS, delivery_rows, tracking_rows
from dynreports.campaign.demo_sends import send
from dynreports.campaign.demo_tracks import track
from dynreports.errors import ConflictError, InvalidInputError

_BATCH_ROWS = 500_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _World:
    """What every delivery is simulated in."""

    plan: Plan
    people: People
    seed: int


def generate(
    *,
    recipients: int = 20_000,
    deliveries: int = 60,
    days: int = 120,
    seed: int = 7,
    end: date | None = None,
) -> dict[str, pa.Table]:
    """Make the tables of a campaign platform's logs, in memory.

    Parameters
    ----------
    recipients
        How many profiles there are, besides twelve test profiles that get the proofs and seeds.
    deliveries
        How many deliveries are sent, executions of recurring and transactional ones included.
        From 20 on every kind is among them.
    days
        How many days the logs cover.
    seed
        Another seed, another draw of the same story.
    end
        The last day (UTC). Default: yesterday.

    Returns
    -------
    dict
        Table by name, with the columns of the campaign log files: delivery_log, tracking_log, deliveries,
        campaigns, programs, profiles, services, subscriptions, org_units. Equal arguments give equal tables.

    """
    world = _world(recipients, deliveries, days, seed, end)
    pieces: dict[str, list[pa.Table]] = {name: [] for name in SCHEMAS}
    for name, piece in _batches(world, None):
        pieces[name].append(piece)
    logs = {name: pa.concat_tables(parts) for name, parts in pieces.items()}
    return logs | _small_tables(world)


def write(
    folder: str | Path,
    *,
    recipients: int = 20_000,
    deliveries: int = 60,
    days: int = 120,
    seed: int = 7,
    end: date | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the tables that `generate` makes as ``NAME.parquet`` into a new folder.

    The folder appears whole or not at all: it is written under another name beside it and renamed at the end.
    Memory holds about a million rows at a time, whatever the size.

    Parameters
    ----------
    folder
        A path that does not exist yet, or an empty folder.
    recipients, deliveries, days, seed, end
        See `generate`.
    progress
        Called with (deliveries done, deliveries in all) after each delivery.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ConflictError
        If the folder already holds something: nothing is overwritten.

    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ConflictError(f"{target} is not empty. Give a new folder, or delete this one first.")
    world = _world(recipients, deliveries, days, seed, end)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".{target.name}.{uuid4().hex}"
    draft.mkdir()
    try:
        _write_logs(draft, world, progress)
        for name, table in _small_tables(world).items():
            pq.write_table(table, draft / f"{name}.parquet")
        draft.replace(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return target


def _write_logs(folder: Path, world: _World, progress: Progress | None) -> None:
    writers = {
        name: pq.ParquetWriter(folder / f"{name}.parquet", SCHEMAS[name], compression="zstd")
        for name in SCHEMAS
    }
    try:
        for name, piece in _batches(world, progress):
            writers[name].write_table(piece)
    finally:
        for writer in writers.values():
            writer.close()


def _world(recipients: int, deliveries: int, days: int, seed: int, end: date | None) -> _World:
    """Check the arguments and set the scene."""
    for name, value, least in (
        ("recipients", recipients, 1),
        ("deliveries", deliveries, 1),
        ("days", days, 1),
        ("seed", seed, 0),
    ):
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise InvalidInputError(f"{name} must be a whole number, {least} or more; got {value!r}.")
    if end is None:
        end = datetime.now(UTC).date() - timedelta(days=1)  # of today, events would lie in the future
    elif not isinstance(end, date) or isinstance(end, datetime):
        raise InvalidInputError(f"end must be a date (the last day of the data); got {end!r}.")
    what = plan(deliveries, days, end)
    return _World(what, people(np.random.default_rng([seed, 0]), recipients, what.start, what.stop), seed)


def _small_tables(world: _World) -> dict[str, pa.Table]:
    """Make all tables but the logs; the simulation must be over, since it decides who has left."""
    campaigns, programs = campaigns_tables(world.plan)
    return {
        "deliveries": deliveries_table(world.plan),
        "campaigns": campaigns,
        "programs": programs,
        "profiles": profiles(world.people),
        "services": services(),
        "subscriptions": subscriptions(world.people, np.random.default_rng([world.seed, 1])),
        "org_units": org_units_table(),
    }


def _batches(world: _World, progress: Progress | None) -> Iterator[tuple[str, pa.Table]]:
    """Simulate the deliveries in the order of sending; yield pieces of the logs as they fill up."""
    what, group = world.plan, world.people
    members = {unit: unit_mask(group, unit) for unit in {each.unit for each in what.deliveries}}
    waiting: dict[str, list[pa.Table]] = {name: [] for name in SCHEMAS}
    message_id = 1_000_000
    for place, delivery in enumerate(what.deliveries):
        rng = np.random.default_rng([world.seed, 2, place])
        messages, attempts = send(rng, what, delivery, group, members[delivery.unit])
        tracks = track(rng, delivery, messages, group, what.stop)
        waiting["delivery_log"].append(delivery_rows(delivery, messages, attempts, group, message_id))
        waiting["tracking_log"].append(tracking_rows(what, delivery, messages, tracks, group, message_id))
        message_id += messages.who.size
        for name, tables in waiting.items():
            if sum(each.num_rows for each in tables) >= _BATCH_ROWS:
                yield name, pa.concat_tables(tables)
                waiting[name] = []
        if progress is not None:
            progress(place + 1, len(what.deliveries))
    for name, tables in waiting.items():
        if tables:
            yield name, pa.concat_tables(tables)
