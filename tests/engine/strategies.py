"""Random small datasets, and random tables over them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
from hypothesis import strategies as st

from dynreports.engine import scopes
from dynreports.engine.request import (
    BlockRequest,
    ChildRequest,
    ColumnRequest,
    StaticRequest,
    TableRequest,
    Times,
)
from dynreports.semantics import predicate as p
from dynreports.semantics.keys import TIME_UNITS, FieldKey, TimeKey
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant
from dynreports.semantics.search import HOWS, NameRule, kept_by_rules
from dynreports.semantics.shifts import SHIFTS

ZONES = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
NAMES = ["Alpha", "alpha", "beta", "Straße", "", "N/A", "<b>x</b>", "x, y", "10", "9"]
KINDS = ["open", "click", "sent"]
CAPTIONS = ["Spring sale", "Summer", "spring sale", "12"]
TEXT = {"name": NAMES, "kind": KINDS, "caption": CAPTIONS}
NUMBERS = ["rid", "whole", "price"]
FIELDS = [*TEXT, *NUMBERS, "flag", "when"]
# Days around the changes of every zone above, so that hours that happen twice or never do occur.
DAYS = ["2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31", "2025-12-31"]

moments = st.builds(
    lambda day, minutes, seconds: (
        dt.datetime.fromisoformat(day) + dt.timedelta(minutes=minutes, seconds=seconds)
    ),
    st.sampled_from(DAYS),
    st.integers(0, 48 * 4).map(lambda quarter: quarter * 15),
    st.sampled_from([0, 0, 59, 60 * 7]),
)
rows = st.fixed_dictionaries(
    {
        "name": st.none() | st.sampled_from(NAMES),
        "kind": st.none() | st.sampled_from(KINDS),
        "caption": st.none() | st.sampled_from(CAPTIONS),
        "rid": st.none() | st.integers(-2, 5),
        "whole": st.integers(0, 4),
        "price": st.none() | st.integers(-8, 8).map(lambda value: value / 4),
        "flag": st.none() | st.booleans(),
        "when": st.none() | moments,
    }
)


@st.composite
def frames(draw) -> tuple[pd.DataFrame, str]:
    """A frame of up to 24 records in one of the types that such data comes in, and its zone."""
    records = draw(st.lists(rows, max_size=24))
    zone = draw(st.sampled_from(ZONES))
    data = {name: [record[name] for record in records] for name in FIELDS}
    texts = draw(st.sampled_from(["str", "object", "category", pd.ArrowDtype(pa.string())]))
    frame = pd.DataFrame(
        {name: pd.Series(data[name], dtype="object").astype(texts) for name in ("name", "caption")}
    )
    frame["kind"] = pd.Categorical(data["kind"], categories=[*KINDS, "never"])
    frame["rid"] = pd.Series(
        data["rid"], dtype=draw(st.sampled_from(["Int64", "Int8", "float64", "int64[pyarrow]"]))
    )
    frame["whole"] = pd.Series(
        data["whole"], dtype=draw(st.sampled_from(["int64", "uint8", "int16", "category"]))
    )
    frame["price"] = pd.Series(data["price"], dtype=draw(st.sampled_from(["float64", "float32", "Float64"])))
    frame["flag"] = pd.Series(
        data["flag"], dtype=draw(st.sampled_from(["boolean", "object", "bool[pyarrow]"]))
    )
    stored = draw(st.sampled_from(["naive", "utc", "zoned", "arrow"]))
    when = pd.Series(data["when"], dtype=f"datetime64[{draw(st.sampled_from(['s', 'us', 'ns']))}]")
    if stored != "naive":
        when = when.dt.tz_localize("UTC")
    if stored == "zoned":
        when = when.dt.tz_convert(draw(st.sampled_from(ZONES)))
    if stored == "arrow":
        when = when.astype(pd.ArrowDtype(pa.timestamp("us", "UTC")))
    frame["when"] = when
    return frame[FIELDS], zone


dates = st.builds(
    lambda moment, zone: (
        moment.isoformat() if zone is None else moment.replace(tzinfo=ZoneInfo(zone)).isoformat()
    ),
    moments | st.sampled_from([dt.datetime.fromisoformat(day) for day in DAYS]),
    st.sampled_from([None, None, "UTC", "Europe/Paris"]),
)
withins = st.builds(lambda one, other: p.Within("when", one, other), dates, dates)
keys = (
    st.builds(
        FieldKey,
        st.sampled_from(FIELDS),
        st.sampled_from([None, None, "caption"]),
        st.sampled_from([None, "Deleted"]),
    )
    | st.builds(TimeKey, st.just("when"), st.sampled_from(TIME_UNITS))
    | st.just(FieldKey("rid", "caption", "Deleted"))
)


def values_of(field: str):
    if field in TEXT:
        return st.sampled_from([*TEXT[field], "never seen"])
    if field == "flag":
        return st.booleans()
    return dates if field == "when" else st.integers(-2, 6) | st.integers(-8, 8).map(lambda value: value / 4)


def items_of(key):
    if isinstance(key, TimeKey):
        return st.sampled_from(
            ["2026-03-28", "2026-10-25", "2026-03-01", "2026-10-25T02:00:00+02:00", "no bucket"]
        )
    return st.none() | (
        values_of(key.field) if key.field != "when" else dates.filter(lambda text: "+" in text)
    )


@st.composite
def leaves(draw) -> p.Predicate:
    field = draw(st.sampled_from(FIELDS))
    ordered = field != "flag"
    kinds = ["compare", "in", "null", "contains", "starts", "items", "matches", "reads", "within"] + [
        "between"
    ] * ordered
    match draw(st.sampled_from(kinds)):
        case "compare":
            operators = ["==", "!="] + ["<", "<=", ">", ">="] * ordered
            return p.Comparison(field, draw(st.sampled_from(operators)), draw(values_of(field)))
        case "in":
            return p.IsIn(field, tuple(draw(st.lists(values_of(field), max_size=3))))
        case "between":
            return p.Between(field, draw(values_of(field)), draw(values_of(field)))
        case "contains":
            return p.Contains(field, draw(searches))
        case "starts":
            return p.StartsWith(field, draw(searches))
        case "items":
            key = draw(keys.filter(lambda key: key.field != "when" or isinstance(key, TimeKey)))
            return p.InItems(key, tuple(draw(st.lists(items_of(key), max_size=3))))
        case "matches":
            return p.Matches(draw(keys), draw(searches), draw(st.booleans()))
        case "reads":
            return p.Reads(draw(keys), draw(st.sampled_from(["is", "starts", "ends"])), draw(names))
        case "within":
            return draw(withins)
    return p.IsNull(field)


searches = st.sampled_from(["", "a", "AL", "strasse", "1", "2026", "mar", "sale", "true", "-", "zzz"])
names = searches | st.sampled_from(["ALPHA", "spring sale (1)", "0", "May 16, 2026", "e"])
predicates = st.recursive(
    leaves(),
    lambda inner: (
        st.builds(p.Not, inner)
        | st.builds(lambda parts: p.And(tuple(parts)), st.lists(inner, max_size=3))
        | st.builds(lambda parts: p.Or(tuple(parts)), st.lists(inner, max_size=3))
    ),
    max_leaves=4,
)
filters = st.none() | predicates
aggregates = (
    st.builds(Aggregate, st.just("count"), st.none(), filters)
    | st.builds(Aggregate, st.just("distinct"), st.sampled_from(FIELDS), filters)
    | st.builds(
        Aggregate,
        st.sampled_from(["sum", "mean", "min", "max"]),
        st.sampled_from([*NUMBERS, "flag"]),
        filters,
    )
)
expressions = st.recursive(
    aggregates,
    lambda inner: st.builds(
        Arithmetic,
        st.sampled_from(["+", "-", "*", "/", "max"]),
        inner,
        inner | st.just(Constant(2.0)),
        st.sampled_from(["zero", "blank"]),
    ),
    max_leaves=3,
)
spans = st.builds(
    lambda start, length: p.Within(
        "when", start.isoformat(), (start + dt.timedelta(minutes=length)).isoformat()
    ),
    moments,
    st.sampled_from([0, 15, 60, 24 * 60, 24 * 60, 48 * 60, 5 * 24 * 60, 31 * 24 * 60]),
)
shifts = st.just(()) | st.lists(st.sampled_from(list(SHIFTS)), max_size=2).map(tuple)
times = st.builds(Times, st.none() | spans, shifts)
plain = st.builds(ColumnRequest, expressions, filters, st.none() | withins, shifts=shifts)
columns = plain | st.builds(
    lambda column, show, against: dataclasses.replace(column, show=show, against=against),
    plain,
    st.sampled_from(["difference", "change"]),
    times,
)


@st.composite
def ruled(draw, key) -> p.Predicate | None:
    """Rows of a block whose name is like something."""
    texts = draw(st.lists(st.tuples(st.sampled_from(list(HOWS)), names.filter(str.strip)), max_size=3))
    rules = tuple(NameRule(how, text) for how, text in texts)
    joined, missing = draw(st.sampled_from(["all", "any"])), draw(st.booleans())
    return kept_by_rules(key, rules, joined, include_missing=missing)


static_rows = st.lists(
    st.builds(
        StaticRequest, st.just(""), st.just("row"), filters, st.none() | withins, st.none() | expressions
    ),
    min_size=1,
    max_size=3,
).map(lambda rows: tuple(dataclasses.replace(row, item=f"s{n}") for n, row in enumerate(rows)))


@st.composite
def blocks(draw, count: int, depth: int = 0) -> BlockRequest:
    key = draw(keys if depth else st.none() | keys)
    static = () if key is not None and draw(st.integers(0, 3)) else draw(static_rows)
    if static:
        key = None
    has_names = key is not None and key != FieldKey("when")
    kept = draw(st.none() | st.none() | ruled(key)) if has_names else None
    few = st.just(()) if key is None else st.lists(items_of(key), min_size=1, max_size=3).map(tuple)
    if static:
        few = st.lists(st.sampled_from([each.item for each in static]), min_size=1).map(tuple)
    sorts = [None, *range(count)]
    children = []
    if depth < 2:
        alike = draw(st.none() | blocks(count, depth + 1))  # several rows broken down in the same way
        for _ in range(draw(st.integers(0, 3))):
            block = draw(blocks(count, depth + 1)) if alike is None else alike
            if draw(st.booleans()) or key is None:
                children.append(ChildRequest(block, position=draw(st.integers(1, 3))))
            else:
                children.append(ChildRequest(block, item=draw(items_of(key))))
            if static:
                children.append(ChildRequest(block, item=draw(st.sampled_from(["s0", "s1"]))))
    return BlockRequest(
        by=key,
        sort=draw(st.sampled_from(sorts)),
        descending=draw(st.booleans()),
        search=draw(st.just("") | searches),
        include_missing=draw(st.booleans()),
        kept=kept,
        only=draw(st.just(()) | st.just(()) | few),
        page=draw(st.integers(0, 3)),
        limit=draw(st.sampled_from([1, 2, 5, 50])),
        missing_label=draw(st.sampled_from(["N/A", "Deleted"])),
        children=tuple(children),
        static=static,
    )


@st.composite
def requests(draw, timezone: str = "UTC") -> TableRequest:
    """A table of up to four columns, with breakdowns to two levels."""
    chosen = tuple(draw(st.lists(columns, max_size=4)))
    return TableRequest(
        columns=chosen,
        block=draw(blocks(len(chosen))),
        where=draw(filters),
        period=draw(st.none() | withins),
        series=draw(st.none() | st.sampled_from(["day", "week", "month", "quarter", "year"])),
        time_field=draw(st.sampled_from([None, "when"])),
        align=draw(st.booleans()),
        timezone=timezone,
    )


@st.composite
def tables(draw):
    """A frame, its zone, and a request about it."""
    frame, zone = draw(frames())
    return frame, zone, draw(requests(zone))


@st.composite
def pairs(draw):
    """A frame, its zone, and two requests about it."""
    frame, zone, first = draw(tables())
    return frame, zone, first, draw(requests(zone))


@st.composite
def calendars(draw):
    """A frame, its zone, and a table of time units whose columns look at different periods."""
    frame, zone = draw(frames())
    request = draw(requests(zone))
    request = dataclasses.replace(
        request,
        columns=tuple(dataclasses.replace(each, period=draw(st.none() | spans)) for each in request.columns),
    )
    if not request.columns:
        request = dataclasses.replace(request, columns=(draw(columns),), block=BlockRequest())
    unit = draw(st.sampled_from(["hour", "day", "day", "day", "week", "month"]))
    sort = draw(st.sampled_from([None, *range(len(request.columns))]))
    children = (ChildRequest(request.block, position=draw(st.integers(1, 3))),)
    period = draw(spans)
    # Rows that were chosen are dates of the table's own period; some may lie past its end.
    dates = scopes.buckets_of(period, unit, zone)[:40] + scopes.buckets_of(draw(spans), unit, zone)[:2]
    few = st.lists(st.sampled_from(dates), max_size=4).map(tuple) if dates else st.just(())
    block = BlockRequest(
        TimeKey("when", unit), sort, draw(st.booleans()), only=draw(st.just(()) | few), children=children
    )
    return frame, zone, dataclasses.replace(request, block=block, period=period)
