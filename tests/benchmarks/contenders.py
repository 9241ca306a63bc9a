"""The same six questions, asked in each library's own fast way.

Every contender keeps its data in memory and answers with a result that can be read at once (no lazy frames).
``rows`` turns an answer into plain tuples, so that all contenders can be held to the same figures.

Q1  six event counts by delivery            Q4  four event counts by day
Q2  distinct openers by delivery, and in all    Q5  event counts by delivery: women of 18-34, 30 days
Q3  events and distinct recipients by delivery and city    Q6  four event counts by city, of one delivery
"""

from __future__ import annotations

from typing import Any

import pandas as pd

SIX = ("sent", "delivered", "open", "click", "bounce", "unsubscribe")
FOUR = SIX[:4]
ONE = "Delivery 017"  # of middling size: 1.7 % of the events
START, END = "2026-02-01T00:00:00+00:00", "2026-03-03T00:00:00+00:00"
QUERIES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6")


class Contender:
    """One library with the events loaded."""

    def __init__(self, frame: pd.DataFrame) -> None:
        raise NotImplementedError

    def before(self) -> None:
        """Get ready for the next question, off the clock."""

    def rows(self, query: str, answer: Any) -> list[tuple[Any, ...]]:
        """Return an answer as sorted tuples of keys and figures; combinations without events are left out."""
        raise NotImplementedError


def from_long(
    frame: pd.DataFrame, keys: list[str], wanted: tuple[str, ...], count: str
) -> list[tuple[Any, ...]]:
    """Return counts by key and event as one tuple per key."""
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for record in frame.to_dict("records"):
        if record[count]:
            found.setdefault(tuple(map(_plain, (record[key] for key in keys))), {})[str(record["event"])] = (
                int(record[count])
            )
    return sorted(
        (*key, *(events.get(each, 0) for each in wanted))
        for key, events in found.items()
        if any(events.get(each) for each in wanted)
    )


def _from_wide(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return sorted(tuple(map(_plain, row)) for row in frame.itertuples(index=False))


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value


class Pandas(Contender):
    """groupby over category columns."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def q1(self) -> pd.DataFrame:
        return self._events(self.frame, "delivery")

    def _events(self, frame: pd.DataFrame, by: Any) -> pd.DataFrame:
        return frame.groupby([by, "event"], observed=True).size().unstack(fill_value=0)

    def q2(self) -> tuple[pd.Series, int]:
        opens = self.frame[self.frame["event"] == "open"]
        return opens.groupby("delivery", observed=True)["recipient_id"].nunique(), opens[
            "recipient_id"
        ].nunique()

    def q3(self) -> pd.DataFrame:
        groups = self.frame.groupby(["delivery", "city"], observed=True)["recipient_id"]
        return pd.DataFrame({"events": groups.size(), "recipients": groups.nunique()})

    def q4(self) -> pd.DataFrame:
        return self._events(self.frame, self.frame["time"].dt.floor("D"))

    def q5(self) -> pd.DataFrame:
        f = self.frame
        kept = (f["gender"] == "F") & f["age"].between(18, 34) & (f["time"] >= START) & (f["time"] < END)
        return self._events(f[kept], "delivery")

    def q6(self) -> pd.DataFrame:
        return self._events(self.frame[self.frame["delivery"] == ONE], "city")

    def rows(self, query: str, answer: Any) -> list[tuple[Any, ...]]:
        if query == "Q2":
            by, total = answer
            return [*sorted((key, int(value)) for key, value in by.items()), ("all", int(total))]
        if query == "Q3":
            return sorted(
                (*map(_plain, key), *map(int, value))
                for key, value in zip(answer.index, answer.to_numpy(), strict=True)
            )
        wide = answer.reindex(columns=list(SIX if query == "Q1" else FOUR), fill_value=0)
        return sorted(
            (_plain(key), *map(int, value))
            for key, value in zip(wide.index, wide.to_numpy(), strict=True)
            if value.any()
        )


class DuckDB(Contender):
    """A native table with enumerations and plain timestamps (with a zone, days take ten times as long).

    Counts by event are pivoted after grouping, which is the faster way.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.register("frame", frame)
        self.connection.execute(
            "CREATE TABLE events AS SELECT * REPLACE (time::TIMESTAMP AS time) FROM frame"
        )
        self.connection.unregister("frame")

    def _events(self, key: str, where: str = "true") -> pd.DataFrame:
        sql = f"SELECT {key} AS key, event, count(*) AS n FROM events WHERE {where} GROUP BY ALL"
        return self.connection.sql(sql).df()

    def q1(self) -> pd.DataFrame:
        return self._events("delivery")

    def q2(self) -> tuple[pd.DataFrame, int]:
        distinct = "SELECT {} count(DISTINCT recipient_id) AS n FROM events WHERE event = 'open' {}"
        total = self.connection.sql(distinct.format("", "")).fetchall()[0]
        return self.connection.sql(distinct.format("delivery AS key,", "GROUP BY delivery")).df(), total[0]

    def q3(self) -> pd.DataFrame:
        return self.connection.sql(
            "SELECT delivery, city, count(*) AS events, count(DISTINCT recipient_id) AS recipients "
            "FROM events GROUP BY ALL"
        ).df()

    def q4(self) -> pd.DataFrame:
        return self._events("date_trunc('day', time)")

    def q5(self) -> pd.DataFrame:
        return self._events(
            "delivery",
            f"gender = 'F' AND age BETWEEN 18 AND 34 AND time >= '{START[:19]}' AND time < '{END[:19]}'",
        )

    def q6(self) -> pd.DataFrame:
        return self._events("city", f"delivery = '{ONE}'")

    def rows(self, query: str, answer: Any) -> list[tuple[Any, ...]]:
        if query == "Q2":
            by, total = answer
            return [*sorted((row.key, int(row.n)) for row in by.itertuples()), ("all", int(total))]
        if query == "Q3":
            return _from_wide(answer)
        return from_long(answer, ["key"], SIX if query == "Q1" else FOUR, "n")


class Polars(Contender):
    """Lazy queries over enumerations."""

    def __init__(self, frame: pd.DataFrame) -> None:
        import polars as pl

        enums = {
            name: pl.Enum(frame[name].cat.categories.to_list())
            for name in frame.columns
            if isinstance(frame[name].dtype, pd.CategoricalDtype)
        }
        self.frame = pl.from_pandas(frame).cast(enums)

    def _events(self, key: Any, where: Any = None) -> Any:
        import polars as pl

        frame = self.frame.lazy()
        if where is not None:
            frame = frame.filter(where)
        return frame.group_by(key.alias("key"), "event").agg(pl.len().alias("n")).collect()

    def q1(self) -> Any:
        import polars as pl

        return self._events(pl.col("delivery"))

    def q2(self) -> tuple[Any, int]:
        import polars as pl

        opens = self.frame.lazy().filter(pl.col("event") == "open")
        by = (
            opens.group_by(pl.col("delivery").alias("key"))
            .agg(pl.col("recipient_id").n_unique().alias("n"))
            .collect()
        )
        return by, opens.select(pl.col("recipient_id").n_unique()).collect().item()

    def q3(self) -> Any:
        import polars as pl

        figures = pl.len().alias("events"), pl.col("recipient_id").n_unique().alias("recipients")
        return self.frame.lazy().group_by("delivery", "city").agg(*figures).collect()

    def q4(self) -> Any:
        import polars as pl

        return self._events(pl.col("time").dt.truncate("1d"))

    def q5(self) -> Any:
        import datetime as dt

        import polars as pl

        start, end = dt.datetime.fromisoformat(START), dt.datetime.fromisoformat(END)
        when = (pl.col("time") >= start) & (pl.col("time") < end)
        return self._events(
            pl.col("delivery"), (pl.col("gender") == "F") & pl.col("age").is_between(18, 34) & when
        )

    def q6(self) -> Any:
        import polars as pl

        return self._events(pl.col("city"), pl.col("delivery") == ONE)

    def rows(self, query: str, answer: Any) -> list[tuple[Any, ...]]:
        if query == "Q2":
            by, total = answer
            return [*sorted((row["key"], row["n"]) for row in by.to_dicts()), ("all", total)]
        if query == "Q3":
            return sorted(answer.rows())
        return from_long(pd.DataFrame(answer.to_dicts()), ["key"], SIX if query == "Q1" else FOUR, "n")
