"""Datasets: what is inferred, what is declared, and how both meet."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from dynreports.errors import DataError, InvalidInputError, UnknownNameError
from dynreports.semantics.catalog import Catalog
from dynreports.semantics.component import Dimension, Ref, Segment
from dynreports.semantics.dataset import Dataset, read
from dynreports.semantics.keys import FieldKey, TimeKey
from dynreports.semantics.metric import count, distinct, max, mean, sum
from dynreports.semantics.periods import parse
from dynreports.semantics.predicate import field


def labels(components):
    return [each.label for each in components]


@pytest.fixture
def events():
    n = 400
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "event_date": pd.date_range("2026-01-01", periods=n, freq="h", tz="Europe/Paris"),
            "birth_date": pd.date_range("1980-01-01", periods=n),
            "recipient_id": rng.integers(0, 90, n),
            "city": rng.choice(["Paris", "Lyon"], n),
            "customerEmail": [f"p{i}@example.org" for i in range(n)],
            "ok": rng.random(n) > 0.5,
            "year": 2026,
            "passengers": rng.integers(1, 5, n),
            "revenue": rng.random(n),
            "distance": rng.integers(0, 9000, n),
            "open_rate": rng.random(n),
            "zip_code": rng.integers(10_000, 99_999, n),
            "row": np.arange(n),
        }
    )


def test_inference(events):
    data = Dataset(events)
    assert (data.time, data.timezone, data.name) == ("event_date", "Europe/Paris", "data")
    assert labels(data.catalog.dimensions) == [
        "Birth date", "Recipient id", "City", "Customer email", "Ok", "Year", "Passengers", "Zip code",
    ]  # fmt: skip
    assert labels(data.catalog.metrics) == [
        "Records", "Distinct recipient id", "Distinct customer email", "Sum of passengers",
        "Average passengers", "Sum of revenue", "Average revenue", "Sum of distance", "Average distance",
        "Average open rate", "Distinct row",
    ]  # fmt: skip
    assert data.catalog.dimension("birth_date").key == TimeKey("birth_date", "day")
    assert data.catalog.metric("sum-of-revenue").decimals == 2
    assert data.notes == ()
    assert repr(data) == (
        "<Dataset 'data': 400 records, 8 dimensions, 11 metrics, 0 segments, "
        "time 'event_date' (Europe/Paris)>"
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["birth_date"], None),
        (["updated_at", "order_date"], "order_date"),
        (["x", "y"], "x"),
        (["created_at", "timestamp"], "timestamp"),
        (["delivery", "event_time", "date"], "event_time"),
        (["end_date"], "end_date"),
    ],
)
def test_the_time_of_events_is_preferred(names, expected):
    data = Dataset(pd.DataFrame(dict.fromkeys(names, pd.date_range("2026-01-01", periods=2))))
    assert data.time == expected


def test_data_without_time_has_no_time_units_nor_periods():
    data = Dataset(pd.DataFrame({"a": ["x"]}))
    assert (data.time, data.timezone) == (None, "UTC")
    assert not data.catalog.time_units
    assert not data.catalog.periods
    assert data.freshness() is None
    assert data.resolve(None) is None
    with pytest.raises(DataError, match="no date-time field"):
        data.resolve(parse("today"))


def test_inferred_labels_are_unique():
    data = Dataset(
        pd.DataFrame({"dep_delay": [1.5], "depDelay": [2.5], "Dep delay": ["x"], "dep-delay": ["y"]})
    )
    assert labels(data.catalog.dimensions) == ["Dep delay", "Dep delay (2)"]
    assert labels(data.catalog.metrics)[1:] == [
        "Sum of dep delay", "Average dep delay", "Sum of dep delay (2)", "Average dep delay (2)",
    ]  # fmt: skip
    assert len({metric.id for metric in data.catalog.metrics}) == 5


def test_many_different_values_are_still_a_dimension():
    data = Dataset(pd.DataFrame({"user": [f"u{i}" for i in range(100_000)]}))
    assert labels(data.catalog.dimensions) == ["User"]
    assert labels(data.catalog.metrics) == ["Records", "Distinct user"]


def test_whole_numbers_with_gaps_are_still_whole():
    data = Dataset(pd.DataFrame({"month": [1.0, None, 3.0], "x": [1.0, None, 3.0], "f": [1.5, 2.0, 3.0]}))
    assert labels(data.catalog.dimensions) == ["Month", "X"]
    assert "Sum of month" not in labels(data.catalog.metrics)
    assert data.catalog.metric("sum-of-x").decimals == 0


def test_declared_components_come_first_and_replace(events):
    data = Dataset(
        events,
        time="event_date",
        timezone="America/New_York",
        dimensions=[Dimension("town", label="Town", field="city"), "zip_code", Dimension("ok", label="Fine")],
        metrics=[
            sum("revenue").named("Turnover", decimals=0),
            count(label="Records"),
            (sum("revenue") / distinct("recipient_id")).named("Turnover per head"),
        ],
        segments=[Segment("Paris only", where=field("city") == "Paris")],
    )
    catalog = data.catalog
    assert labels(catalog.dimensions) == [
        "Town", "Zip code", "Fine", "Birth date", "Recipient id", "Customer email", "Year", "Passengers",
    ]  # fmt: skip
    assert labels(catalog.metrics)[:5] == [
        "Turnover", "Records", "Turnover per head", "Distinct recipient id", "Distinct customer email",
    ]  # fmt: skip
    assert "Sum of revenue" not in labels(catalog.metrics)
    assert data.timezone == "America/New_York"
    assert data.declared.metrics == catalog.metrics[:3]
    assert data.declared.dimensions == catalog.dimensions[:3]


def test_an_inferred_label_gives_way():
    data = Dataset(
        pd.DataFrame({"city": ["x"], "code": ["y"]}), dimensions=[Dimension("c", label="CITY", field="code")]
    )
    assert labels(data.catalog.dimensions) == ["CITY", "City (2)"]


def test_nothing_inferred():
    data = Dataset(pd.DataFrame({"a": ["x"], "b": [1]}), dimensions=["a"], infer=False)
    assert labels(data.catalog) == ["A"]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (
            {"dimensions": ["citty"]},
            UnknownNameError,
            "Dimension 'Citty': There is no field named .* Did you mean: city",
        ),
        ({"dimensions": [Dimension("city", caption="nope")]}, UnknownNameError, "named 'nope'"),
        ({"dimensions": [Dimension("city", unit="day")]}, InvalidInputError, "only dates fall into a day"),
        ({"dimensions": "city"}, InvalidInputError, r"dimensions must be a list; .*dimensions=\[...\]"),
        ({"dimensions": [3]}, InvalidInputError, "3 is not a dimension. Accepted: Dimension"),
        ({"dimensions": ["city", "city"]}, InvalidInputError, "Two dimensions have the id 'city'"),
        (
            {
                "dimensions": [
                    Dimension("a", label="City", field="city"),
                    Dimension("b", label="city", field="zip_code"),
                ]
            },
            InvalidInputError,
            "Two dimensions are called 'city': 'a' and 'b'",
        ),
        ({"metrics": [sum("city")]}, InvalidInputError, "Metric 'Sum of city': sum needs a field of numbers"),
        (
            {"metrics": [max("event_date")]},
            InvalidInputError,
            "max needs a field of numbers; 'event_date' holds dates",
        ),
        ({"metrics": [mean("ok")]}, InvalidInputError, "holds true or false"),
        ({"metrics": [count(where=field("sity") == "x")]}, UnknownNameError, "Did you mean: city"),
        (
            {"metrics": [count(where=field("lists") == "x")]},
            UnknownNameError,
            "Column 'lists' is ignored: its",
        ),
        ({"metrics": ["count"]}, InvalidInputError, "'count' is not a metric. Accepted: count"),
        ({"metrics": count()}, InvalidInputError, "metrics must be a list"),
        ({"segments": [count()]}, InvalidInputError, "is not a segment"),
        (
            {"segments": [Segment("s", where=field("city") == 3)]},
            InvalidInputError,
            "holds text; it can't be compared with 3",
        ),
        ({"segments": [Segment("s", where=~(field("revenue") > "3"))]}, InvalidInputError, "holds numbers"),
        ({"segments": [Segment("s", where=field("ok") == "yes")]}, InvalidInputError, "holds true or false"),
        (
            {"segments": [Segment("s", where=field("event_date") > "May")]},
            InvalidInputError,
            "'May' is not a date",
        ),
        ({"segments": [Segment("s", where=field("event_date") > 3)]}, InvalidInputError, "holds dates"),
        ({"time": "evnt_date"}, UnknownNameError, "Did you mean: event_date"),
        ({"time": "city"}, InvalidInputError, "'city' holds no date-times"),
        ({"time": "slashed"}, InvalidInputError, "pandas.to_datetime"),
        ({"timezone": "Europe/Pari"}, InvalidInputError, "Did you mean: Europe/Paris"),
        ({"timezone": "../etc"}, InvalidInputError, "There is no time zone"),
        ({"as_of": "yesterday"}, InvalidInputError, "is not a date"),
    ],
)
def test_mistakes_are_explained(events, options, error, words):
    frame = events.assign(lists=[[1]] * len(events), slashed="01/02/2026")
    with pytest.raises(error, match=words):
        Dataset(frame, **options)


@pytest.mark.parametrize(
    "predicate",
    [
        field("event_date").between("2026-01-01", dt.date(2026, 2, 1)),
        field("zip_code").isin([10_000, 1.5]),
        field("ok") == 1,
        field("city").contains("par") | field("revenue").is_null(),
        field("revenue").starts_with("0."),
    ],
)
def test_sound_predicates_pass(events, predicate):
    assert Dataset(events, segments=[Segment("s", where=predicate)]).catalog.segments[0].where == predicate


def test_now_and_as_of():
    frame = pd.DataFrame({"ts": pd.to_datetime(["2013-12-31 23:00"]), "v": [1]})
    assert Dataset(frame, timezone="Asia/Tokyo").now().tzinfo == ZoneInfo("Asia/Tokyo")
    for as_of in (
        "2013-12-31",
        dt.date(2013, 12, 31),
        dt.datetime(2013, 12, 31),
        dt.datetime(2013, 12, 30, 15, tzinfo=dt.UTC),
    ):
        data = Dataset(frame, timezone="Asia/Tokyo", as_of=as_of)
        assert data.now().isoformat() == "2013-12-31T00:00:00+09:00"
    within = data.resolve(parse("today"))
    assert (within.field, within.start) == ("ts", "2013-12-31T00:00:00+09:00")


def test_freshness_is_in_the_zone_of_the_data(events):
    assert Dataset(events, timezone="UTC").freshness() == events["event_date"].max()
    naive = pd.DataFrame({"ts": pd.to_datetime(["2026-06-14 21:40", "2026-06-13 08:00"])})
    assert Dataset(naive, timezone="Europe/Paris").freshness().isoformat() == "2026-06-14T21:40:00+02:00"
    assert Dataset(naive.iloc[:0]).freshness() is None
    skipped = pd.DataFrame({"ts": pd.to_datetime(["2026-03-29 02:30"])})
    assert Dataset(skipped, timezone="Europe/Paris").freshness().isoformat() == "2026-03-29T03:00:00+02:00"


def test_fixed_offsets_are_counted_in_utc_and_said():
    times = pd.to_datetime(["2026-01-01T00:00+02:00"]).tz_convert(dt.timezone(dt.timedelta(hours=2)))
    data = Dataset(pd.DataFrame({"ts": times}))
    assert data.timezone == "UTC"
    assert "fixed offset" in data.notes[0]


def test_refresh(tmp_path):
    path = tmp_path / "sales.2026.csv"
    path.write_text("city,n\nParis,1\n")
    data = read(path, dimensions=["city"])
    assert (data.name, data.path, data.version, len(data.frame)) == ("sales", path, 1, 1)
    path.write_text("city,n\nParis,1\nLyon,2\n")
    data.refresh()
    assert (data.version, len(data.frame)) == (2, 2)
    path.write_text("town,n\nParis,1\n")
    with pytest.raises(UnknownNameError, match="There is no field named 'city'"):
        data.refresh()
    # A reading that failed changes nothing.
    assert (data.version, list(data.frame.columns)) == (2, ["city", "n"])
    path.unlink()
    with pytest.raises(DataError, match="There is no file"):
        data.refresh()


def test_a_function_can_be_the_source(tmp_path):
    parts = [pd.DataFrame({"v": [1]})]
    data = Dataset(lambda: pd.concat(parts), path=tmp_path / "logs", reader="campaign")
    assert (data.name, data.path, data.reader) == ("logs", tmp_path / "logs", "campaign")
    parts.append(pd.DataFrame({"v": [2]}))
    data.refresh()
    assert len(data.frame) == 2


# ---- the catalog ------------------------------------------------------------------------------


@pytest.fixture
def catalog():
    return Catalog(
        dimensions=[Dimension("open", label="Delivery"), Dimension("delivery", label="Open")],
        metrics=[count(label="Open"), count(label="Sent")],
        segments=[Segment("Young women", where=field("age") < 30)],
        time="ts",
    )


def test_find_prefers_labels_to_ids(catalog):
    assert catalog.find("dimension", "Open").id == "delivery"
    assert catalog.find("dimension", "dElIvErY").id == "open"
    assert catalog.find("metric", "SENT").id == "sent"
    assert catalog.find("segment", "young-women").label == "Young women"
    assert catalog.find("time", "Day").key == TimeKey("ts", "day")
    assert catalog.find("period", "last 30 days").id == "last-30-days"
    assert catalog.find_any("open").id == "delivery"
    assert catalog.find_any("Open", ("metric", "dimension")).id == "open"


def test_get_and_label(catalog):
    ref = Ref("metric", "open")
    assert ref in catalog
    assert Ref("metric", "nope") not in catalog
    assert catalog.label(ref) == "Open"
    assert catalog.key(Ref("dimension", "open")) == FieldKey("open")
    assert catalog.refs()[:3] == (Ref("dimension", "open"), Ref("dimension", "delivery"), ref)
    assert len(catalog) == len(list(catalog)) == len(catalog.refs())
    with pytest.raises(InvalidInputError, match="'Open' is a metric"):
        catalog.key(ref)


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (lambda c: c.get(Ref("metric", "sen")), "There is no metric named 'sen'. Did you mean: sent"),
        (lambda c: c.find("metric", "sennt"), "Did you mean: Sent"),
        (lambda c: c.find("time", "decade"), "There is no time unit named 'decade'. Accepted: Day, Hour"),
        (
            lambda c: c.find_any("yung women"),
            "no dimension, metric, segment, time unit or period named .*Young women",
        ),
        (lambda c: c.segment("x"), "no segment named 'x'. Accepted: young-women"),
    ],
)
def test_unknown_names_name_the_nearest(catalog, look, words):
    with pytest.raises(UnknownNameError, match=words):
        look(catalog)
