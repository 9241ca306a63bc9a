"""The recipients of the demo data: who they are, what they read with, how eager they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dynreports.campaign.demo_draw import DAY, Codes, Flags, Floats, Ints, Small, chance, choose
from dynreports.campaign.demo_names import AGENTS, DOMAINS, LOYALTY, PLACES, SERVICES, UNITS

FIRST_RECIPIENT = 10_001
TESTERS = 12  # test profiles that get the proofs (the first six) and the seeds; ids 101 to 112
FIRST_TESTER = 101
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class People:
    """Recipients as arrays, the test profiles last. Codes are positions in `demo_names`; -1 is "missing".

    Only `optout` changes while the deliveries are simulated: who leaves gets no later marketing mail.
    """

    ids: Ints
    domain: Ints
    place: Ints
    country: Ints
    unit: Ints
    gender: Small
    birth_day: Ints
    has_birth: Flags
    loyalty: Small
    promoted: Ints
    joined: Ints
    optout: Ints
    engagement: Floats
    agent: Ints
    second_agent: Ints
    phone: Small
    app_user: Flags
    installs: int

    @property
    def size(self) -> int:
        """How many recipients there are, test profiles included."""
        return int(self.ids.size)

    @property
    def testers(self) -> Ints:
        """Positions of the test profiles."""
        return np.arange(self.size - TESTERS, self.size, dtype=np.int64)

    def loyalty_at(self, who: Ints, time: Ints) -> Small:
        """Loyalty level as it was at the given times: before a promotion, one level lower."""
        level = self.loyalty[who]
        return np.where(time < self.promoted[who], level - 1, level).astype(np.int8)


def people(rng: np.random.Generator, recipients: int, start: int, stop: int) -> People:
    """Draw the recipients of the days from `start` to `stop` (milliseconds)."""
    n = recipients + TESTERS
    tester = np.arange(n) >= recipients
    place = np.where(tester, -1, choose(rng, [each.weight for each in PLACES], n))
    nowhere = tester | chance(rng, 0.02, n)
    country = np.where(nowhere, -1, np.asarray(_COUNTRY_OF_PLACE)[place])
    unit = np.where(nowhere, 0, np.asarray(_UNIT_OF_PLACE)[place])
    place = np.where(nowhere | chance(rng, 0.04, n), -1, place)
    age_days = ((rng.beta(2.0, 2.6, n) * 62 + 18) * 365.25).astype(np.int64)
    level = choose(rng, (43, 24, 11, 22), n)
    loyalty = np.where(tester | (level == 3), -1, level).astype(np.int8)
    promoted = np.where((loyalty > 0) & chance(rng, 0.2, n), rng.integers(start, stop, n), 0)
    joined = start - rng.integers(1, 700, n) * DAY
    joined = np.where(chance(rng, 0.15, n) & ~tester, rng.integers(start, stop, n), joined)
    phone = choose(rng, (52, 48), n).astype(np.int8)
    agent = _agents(rng, age_days / 365.25, phone)
    return People(
        ids=np.where(tester, FIRST_TESTER - recipients, FIRST_RECIPIENT) + np.arange(n, dtype=np.int64),
        domain=choose(rng, [each.weight for each in DOMAINS], n),
        place=place,
        country=country,
        unit=unit,
        gender=np.where(tester, 0, choose(rng, (12, 40, 48), n)).astype(np.int8),
        birth_day=stop // DAY - 1 - age_days,
        has_birth=~(tester | chance(rng, 0.09, n)),
        loyalty=loyalty,
        promoted=promoted,
        joined=joined,
        optout=np.full(n, NEVER, dtype=np.int64),
        engagement=np.where(tester, 1.0, rng.lognormal(-0.125, 0.5, n)),
        agent=agent,
        second_agent=np.where(chance(rng, 0.5, n), phone.astype(np.int64), choose(rng, _DESKTOPS, n)),
        phone=phone,
        app_user=~tester & chance(rng, 0.35, n),
        installs=recipients // 5,
    )


COUNTRIES = tuple(dict.fromkeys(each.country for each in PLACES))
_UNIT_NAMES = tuple(UNITS)
_COUNTRY_OF_PLACE = [COUNTRIES.index(each.country) for each in PLACES]
_UNIT_OF_PLACE = [_UNIT_NAMES.index(each.unit) for each in PLACES]
_DESKTOPS = [each.weight if each.device == "Desktop" else 0.0 for each in AGENTS]
_TABLETS = [each.weight if each.device == "Tablet" else 0.0 for each in AGENTS]
_MOBILES = [
    [each.weight if (each.device, each.platform) == ("Mobile", phone) else 0.0 for each in AGENTS]
    for phone in ("iOS", "Android")
]


def _agents(rng: np.random.Generator, age: Floats, phone: Small) -> Ints:
    """What each one mostly reads with: the younger, the more often a phone."""
    n = age.size
    mobile = chance(rng, np.where(age < 35, 0.78, np.where(age < 50, 0.55, 0.32)), n)
    tablet = chance(rng, 0.14, n)
    large = np.where(tablet, choose(rng, _TABLETS, n), choose(rng, _DESKTOPS, n))
    small = np.where(phone == 0, choose(rng, _MOBILES[0], n), choose(rng, _MOBILES[1], n))
    return np.where(mobile, small, large)


def unit_mask(group: People, unit: str) -> Flags:
    """Tell who belongs to an organizational unit or to one under it."""
    inside = [name == unit or unit in _parents(name) for name in _UNIT_NAMES]
    return np.asarray(inside, dtype=np.bool_)[group.unit]


def _parents(unit: str) -> list[str]:
    parent = UNITS[unit]
    return [] if parent is None else [parent, *_parents(parent)]


def profiles(group: People) -> pa.Table:
    """Build the table of profiles: as they are on the last day."""
    cities = [each.city for each in PLACES]
    states = [each.state for each in PLACES]
    tester = group.ids < FIRST_RECIPIENT
    prefix = labelled(tester.astype(np.int8), ("LUM-", "TEST-")).cast(pa.string())
    return pa.table(
        {
            "recipient_id": group.ids,
            "external_id": pc.binary_join_element_wise(prefix, pc.cast(pa.array(group.ids), pa.string()), ""),
            "birth_date": pa.array(
                group.birth_day.astype("datetime64[D]"), pa.date32(), mask=~group.has_birth
            ),
            "gender": group.gender,
            "city": labelled(group.place, cities),
            "state": labelled(group.place, states),
            "country": labelled(group.country, COUNTRIES),
            "org_unit": labelled(group.unit, _UNIT_NAMES),
            "cus_loyalty": labelled(group.loyalty, LOYALTY),
        }
    )


def labelled(codes: Ints | Codes | Small, labels: Sequence[str | None]) -> pa.DictionaryArray:
    """Turn codes into a column of labels; a code below 0 is a missing value."""
    words = list(dict.fromkeys(each for each in labels if each is not None))
    position = {word: place for place, word in enumerate(words)}
    recode = np.asarray([-1 if each is None else position[each] for each in labels] + [-1], dtype=np.int32)
    index = recode[np.maximum(codes, -1)]  # position -1 is the missing value put at the end
    return pa.DictionaryArray.from_arrays(
        pa.array(index, pa.int32(), mask=index < 0), pa.array(words, pa.string())
    )


def services() -> pa.Table:
    """Build the table of services that people subscribe to."""
    return pa.table({"service_id": np.arange(1, len(SERVICES) + 1), "label": list(SERVICES)})


def subscriptions(group: People, rng: np.random.Generator) -> pa.Table:
    """Build the subscription history: everybody's joining, and the leaving that followed an opt-out."""
    real = group.ids >= FIRST_RECIPIENT
    parts: list[tuple[int, Flags, Ints, int]] = [(1, real, group.joined, 1)]
    parts.append((1, real & (group.optout < NEVER), group.optout, 0))
    parts.append((2, real & chance(rng, 0.3, group.size), group.joined, 1))
    parts.append((3, group.app_user, group.joined, 1))
    ids = np.concatenate([group.ids[mask] for _, mask, _, _ in parts])
    time = np.concatenate([when[mask] for _, mask, when, _ in parts])
    service = np.concatenate([np.full(int(mask.sum()), number) for number, mask, _, _ in parts])
    action = np.concatenate([np.full(int(mask.sum()), kind, np.int8) for _, mask, _, kind in parts])
    order = np.argsort(time, kind="stable")
    return pa.table(
        {
            "service_id": service[order],
            "recipient_id": ids[order],
            "event_date": pa.array(time[order], pa.timestamp("ms", tz="UTC")),
            "action": action[order],
        }
    )
