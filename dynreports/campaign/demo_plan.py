"""What is sent in the demo data, and when: deliveries, campaigns and programs, before any event."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from html import escape

import pyarrow as pa

from dynreports.campaign.demo_draw import DAY, HOUR, MINUTE, weekday
from dynreports.campaign.demo_names import (
    APPS,
    COMMON_LINKS,
    KINDS,
    LINKS,
    OPENINGS,
    PATTERN,
    PHONES,
    PLACES,
    SEASONS,
    SHOP,
    THEMES,
    TRANSACTIONAL,
    UNITS,
    Link,
    Rates,
)

FIRST_ID = 1001
_SEND_DAYS = (1, 3, 0, 1, 2, 4, 5, 3, 6, 2)  # weekdays of single mails, in turn
_RECURRING = {"digest": "Weekly digest", "winback": "Win-back, 90 days", "loyalty": "Loyalty points"}
_FIXED_DAY = {"digest": 1, "winback": 3, "loyalty": 2}
_HOUR = {"digest": 7, "winback": 10, "loyalty": 9, "sms": 11, "push": 18, "inapp": 6, "trans": 0}


@dataclass(frozen=True)
class Delivery:
    """One delivery that is sent: everything that is the same for all its messages.

    `until` is the end of sending; `links` are positions in the plan's links.
    """

    kind: str
    turn: int
    sent: int
    until: int
    label: str = ""
    slug: str = ""
    id: int = 0
    campaign: str | None = None
    parent: str | None = None
    unit: str = "All"
    app: str | None = None
    phone: int = -1
    city: int = -1
    deleted: bool = False
    links: tuple[int, ...] = ()

    @property
    def channel(self) -> str:
        """Message type: email, sms, push or inapp."""
        return KINDS[self.kind][0]

    @property
    def rates(self) -> Rates:
        """How this kind of delivery behaves."""
        return KINDS[self.kind][2]

    @property
    def execution(self) -> str:
        """Execution type: single, recurring or transactional."""
        if self.kind == "trans":
            return "transactional"
        return "recurring" if self.kind in _RECURRING else "single"


@dataclass(frozen=True)
class Plan:
    """All that is sent from `start` to `stop` (milliseconds), in the order of sending."""

    start: int
    stop: int
    deliveries: tuple[Delivery, ...]
    links: tuple[Link, ...]
    parents: dict[str, int] = field(default_factory=dict)


def plan(deliveries: int, days: int, end: date) -> Plan:
    """Lay out the deliveries over the days that end with `end`."""
    stop = milliseconds(end + timedelta(days=1))
    start = stop - days * DAY
    kinds = [PATTERN[place % len(PATTERN)] for place in range(deliveries)]
    totals, seen = Counter(kinds), Counter[str]()
    drafts = []
    for kind in kinds:
        singles = seen["single"] + seen["ab"] + seen["local"]
        sent, until = _when(
            kind, seen[kind], totals[kind], _SEND_DAYS[singles % len(_SEND_DAYS)], start, days
        )
        drafts.append(Delivery(kind, seen[kind], sent, until))
        seen[kind] += 1
    named = _named(sorted(drafts, key=lambda each: (each.sent, each.kind, each.turn)))
    parents = sorted({each.parent for each in named if each.parent is not None})
    links = {link: place for place, link in enumerate(COMMON_LINKS)}
    done = []
    for place, each in enumerate(named):
        own = _links(each, links)
        done.append(replace(each, id=FIRST_ID + len(parents) + place, links=own))
    ids = {label: FIRST_ID + place for place, label in enumerate(parents)}
    return Plan(start, stop, tuple(done), tuple(links), ids)


def milliseconds(day: date) -> int:
    """Start of a day, UTC, in milliseconds since 1970."""
    return (day - date(1970, 1, 1)).days * DAY


def _when(kind: str, turn: int, total: int, send_day: int, start: int, days: int) -> tuple[int, int]:
    """Begin and end of the sending of one delivery, so that each kind is spread over all the days.

    `send_day` is the weekday of those kinds that have no weekday of their own.
    """
    if kind == "trans":  # executions of one message follow each other without a gap
        names = min(len(TRANSACTIONAL), total)
        shares = -(-(total - turn % names) // names)
        begin = days * (turn // names) // shares
        stop = max(days * (turn // names + 1) // shares, begin + 1)
        return start + min(begin, days - 1) * DAY, start + min(stop, days) * DAY
    if kind == "digest" and total <= days // 7:  # weekly, up to the last day
        target = days - 4 - 7 * (total - 1 - turn)
    else:
        target = int(days * (turn + 0.5) / total)
    wanted = _FIXED_DAY.get(kind, send_day)
    nearest = target + (wanted - weekday(start + target * DAY) + 3) % 7 - 3
    day = next(
        (each for each in (nearest, nearest - 7, nearest + 7) if 0 <= each < days), min(target, days - 1)
    )
    hour = _HOUR.get(kind, (9, 17, 8)[turn % 3])
    sent = start + max(day, 0) * DAY + hour * HOUR + turn % 4 * 10 * MINUTE
    length = {"inapp": 14 * DAY, "push": 20 * MINUTE}.get(kind, 90 * MINUTE)
    return sent, sent + length


def _named(drafts: list[Delivery]) -> list[Delivery]:
    """Give the deliveries their labels, campaigns, parents and organizational units."""
    offers = ("single", "ab")
    steps = Counter(_theme(each.sent) for each in drafts if each.kind in offers)
    seen, labels, named = Counter[str](), Counter[str](), []
    for each in drafts:
        if each.kind in offers:
            theme = _theme(each.sent)
            done = replace(each, campaign=theme, label=f"{theme[:-5]} – {_step(seen[theme], steps[theme])}")
            done = replace(
                done, deleted=each.kind == "single" and each.turn in (1, 7), unit=_offer_unit(each)
            )
            seen[theme] += 1
        else:
            done = _other(each, seen[each.kind])
            seen[each.kind] += 1
        labels[done.label] += 1
        again = f" ({labels[done.label]})" if labels[done.label] > 1 else ""
        named.append(replace(done, label=done.label + again, slug=_slug(done.label)))
    return named


def _slug(label: str) -> str:
    """Part of the address that stands for what a delivery is about: its theme, or the city of a store."""
    about = label.split(" – ")[0].removeprefix("Text: ").removeprefix("Store opening, ").lower()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in about).split())


def _other(each: Delivery, number: int) -> Delivery:
    """Name a delivery that is no single offer; `number` counts its kind in the order of sending."""
    day = _day(each.sent)
    if each.kind == "trans":
        parent = TRANSACTIONAL[each.turn % len(TRANSACTIONAL)]
        return replace(each, parent=parent, label=f"{parent}, {day:%B %Y}")
    if each.kind in _RECURRING:
        parent = _RECURRING[each.kind]
        name = f"{parent} {number + 1}" if each.kind == "digest" else f"{parent}, {day:%B}"
        return replace(each, parent=parent, campaign=parent, label=name)
    if each.kind == "local":
        city = next(place for place in PLACES if place.city == OPENINGS[number % len(OPENINGS)])
        return replace(
            each,
            label=f"Store opening, {city.city}",
            campaign=f"Store openings {day:%Y}",
            city=PLACES.index(city),
            unit=city.unit,
        )
    if each.kind == "sms":
        return replace(
            each, label=f"Text: {_theme(each.sent)[:-5]}", campaign=_theme(each.sent), unit=_offer_unit(each)
        )
    theme = _theme(each.sent)[:-5]
    if each.kind == "push":
        phone = number % 2
        app = APPS[number // 2 % 2]
        return replace(
            each, label=f"{theme} alert, {PHONES[phone]}", campaign="App life", app=app, phone=phone
        )
    return replace(each, label=f"Welcome card: {theme}", campaign="App life", app=APPS[number % 2])


def _offer_unit(each: Delivery) -> str:
    """Most offers are of the root unit, some of a continent or a country."""
    return ("All", "All", "Europe", "All", "North America", "All", "France")[each.turn % 7]


def _day(time: int) -> date:
    return datetime.fromtimestamp(time / 1000, UTC).date()


def _theme(time: int) -> str:
    day = _day(time)
    return f"{THEMES[(day.month - 1) * 2 + (day.day > 15)]} {day.year}"


def _step(place: int, total: int) -> str:
    """What the offer's mail number `place` of `total` is called."""
    if place == 0:
        return "preview" if total > 1 else "launch"
    if place == total - 1:
        return "last call"
    return "launch" if place == 1 else f"reminder {place - 1}"


def _links(each: Delivery, links: dict[Link, int]) -> tuple[int, ...]:
    """Positions of a delivery's links among all links, adding those that are new."""
    own = []
    for link in LINKS[KINDS[each.kind][1]] if each.channel in ("email", "sms") else ():
        path = link.path.format(slug=each.slug)
        whole = link._replace(path=path if path.startswith("https:") else SHOP + path)
        own.append(links.setdefault(whole, len(links)))
    return tuple(own)


def deliveries_table(what: Plan) -> pa.Table:
    """Build the table of deliveries: those that are sent, then what they were made from.

    A parent of recurring or transactional deliveries is a master; a template and a proof show that there are
    deliveries which no report lists.
    """
    return pa.concat_tables([_sent_table(what), _unsent_table(what)])


_DELIVERIES = pa.schema(
    {
        "delivery_id": pa.int64(),
        "name": pa.string(),
        "label": pa.string(),
        "message_type": pa.string(),
        "campaign_id": pa.int64(),
        "execution_type": pa.string(),
        "is_master": pa.bool_(),
        "parent_id": pa.int64(),
        "parent_name": pa.string(),
        "parent_label": pa.string(),
        "state": pa.int8(),
        "is_template": pa.bool_(),
        "is_fcp": pa.bool_(),
        "sent_date": pa.timestamp("ms", tz="UTC"),
        "mobile_app": pa.string(),
        "push_platform": pa.string(),
        "deleted": pa.bool_(),
        "org_unit": pa.string(),
        "geo_unit": pa.string(),
        "html": pa.string(),
    }
)
_EDITING, _IN_PROGRESS, _FINISHED = 0, 55, 95


def _sent_table(what: Plan) -> pa.Table:
    each = what.deliveries
    campaigns = _campaigns(what)
    columns = {
        "delivery_id": [d.id for d in each],
        "name": [f"DM{d.id}" for d in each],
        "label": [d.label for d in each],
        "message_type": [d.channel for d in each],
        "campaign_id": [campaigns.get(d.campaign or "") for d in each],
        "execution_type": [d.execution for d in each],
        "is_master": [False] * len(each),
        "parent_id": [what.parents.get(d.parent or "") for d in each],
        "parent_name": [f"DM{what.parents[d.parent]}" if d.parent else None for d in each],
        "parent_label": [d.parent for d in each],
        "state": [_IN_PROGRESS if d.until >= what.stop else _FINISHED for d in each],
        "is_template": [False] * len(each),
        "is_fcp": [False] * len(each),
        "sent_date": [d.sent for d in each],
        "mobile_app": [d.app for d in each],
        "push_platform": [PHONES[d.phone] if d.phone >= 0 else None for d in each],
        "deleted": [d.deleted for d in each],
        "org_unit": [d.unit for d in each],
        "geo_unit": [PLACES[d.city].country if d.city >= 0 else None for d in each],
        "html": [_html(d, what) if d.channel == "email" else None for d in each],
    }
    return pa.table(columns, schema=_DELIVERIES)


def _unsent_table(what: Plan) -> pa.Table:
    kinds = {each.parent: each.execution for each in what.deliveries}
    after = what.deliveries[-1].id + 1
    rows: list[dict[str, object]] = [
        {"delivery_id": id, "label": label, "execution_type": kinds[label], "is_master": True,
         "state": _IN_PROGRESS}
        for label, id in what.parents.items()
    ]  # fmt: skip
    rows += [
        {"delivery_id": after, "label": "Lumen newsletter", "is_template": True, "state": _EDITING},
        {"delivery_id": after + 1, "label": "Proof of the newsletter", "is_fcp": True, "state": _FINISHED},
    ]
    usual = {"message_type": "email", "execution_type": "single", "is_master": False, "is_template": False,
             "is_fcp": False, "deleted": False, "org_unit": "All"}  # fmt: skip
    return pa.Table.from_pylist(
        [usual | {"name": f"DM{row['delivery_id']}"} | row for row in rows], _DELIVERIES
    )


def _html(each: Delivery, what: Plan) -> str:
    links = [what.links[place] for place in (*each.links, 1, 2)]
    anchors = "".join(f'<p><a href="{escape(link.path)}">{escape(link.label)}</a></p>' for link in links)
    return f"<!doctype html><html><body><h1>{escape(each.label)}</h1>{anchors}</body></html>"


def _campaigns(what: Plan) -> dict[str, int]:
    labels = dict.fromkeys(each.campaign for each in what.deliveries if each.campaign is not None)
    return {label: 201 + place for place, label in enumerate(labels)}


def campaigns_tables(what: Plan) -> tuple[pa.Table, pa.Table]:
    """Build the tables of campaigns and of programs: a program is a season, or what goes on all year."""
    campaigns = _campaigns(what)
    spans = {label: [d for d in what.deliveries if d.campaign == label] for label in campaigns}
    program = {
        label: "Always on"
        if label[-4:] not in {str(_day(d.sent).year) for d in own}
        else _season(own[0].sent)
        for label, own in spans.items()
    }
    ids = {label: 11 + place for place, label in enumerate(dict.fromkeys(program.values()))}
    starts = {label: min(_day(d.sent) for d in own) for label, own in spans.items()}
    ends = {label: max(_day(d.until) for d in own) for label, own in spans.items()}
    units = {label: own[0].unit if len({d.unit for d in own}) == 1 else "All" for label, own in spans.items()}
    table = pa.table(
        {
            "campaign_id": pa.array(campaigns.values(), pa.int64()),
            "name": pa.array([f"CP{each}" for each in campaigns.values()], pa.string()),
            "label": pa.array(campaigns, pa.string()),
            "program_id": pa.array([ids[program[label]] for label in campaigns], pa.int64()),
            "start": pa.array(starts.values(), pa.date32()),
            "end": pa.array(ends.values(), pa.date32()),
            "org_unit": pa.array(units.values(), pa.string()),
        }
    )
    inside = {label: [each for each in campaigns if program[each] == label] for label in ids}
    programs = pa.table(
        {
            "program_id": pa.array(ids.values(), pa.int64()),
            "name": pa.array([f"PG{each}" for each in ids.values()], pa.string()),
            "label": pa.array(ids, pa.string()),
            "start": pa.array([min(starts[each] for each in own) for own in inside.values()], pa.date32()),
            "end": pa.array([max(ends[each] for each in own) for own in inside.values()], pa.date32()),
        }
    )
    return table, programs


def _season(time: int) -> str:
    day = _day(time)
    return f"{SEASONS[day.month % 12 // 3]} {day.year}"


def org_units_table() -> pa.Table:
    """Build the tree of organizational units."""
    return pa.table(
        {"org_unit": pa.array(UNITS, pa.string()), "parent": pa.array(UNITS.values(), pa.string())}
    )
