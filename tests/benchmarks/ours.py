"""dynreports: the engine for frames, asked through ``Engine.answer`` as the planner asks it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dynreports.engine.frames import FrameEngine
from dynreports.engine.query import Answer, Query
from dynreports.semantics.keys import FieldKey, Item, TimeKey
from dynreports.semantics.metric import Aggregate
from dynreports.semantics.predicate import InItems, Within, field
from tests.benchmarks.contenders import END, FOUR, ONE, SIX, START, Contender

DELIVERY, CITY, DAY = FieldKey("delivery"), FieldKey("city"), TimeKey("time", "day")
OPENERS = (Aggregate("distinct", "recipient_id", field("event") == "open"),)
REACH = (Aggregate("count"), Aggregate("distinct", "recipient_id"))


def counts(events: tuple[str, ...]) -> tuple[Aggregate, ...]:
    """Return one conditional count per event."""
    return tuple(Aggregate("count", where=field("event") == each) for each in events)


class Dynreports(Contender):
    """Codes are made when loading; results and selections are forgotten before every question."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.engine = FrameEngine(frame, "UTC")
        for key in (DELIVERY, CITY, DAY, FieldKey("event"), FieldKey("gender"), FieldKey("age")):
            self.engine.items(key)
        self.engine.answer(Query(None, None, REACH))
        self.deliveries: tuple[Item, ...] = tuple(each.item for each in self.engine.items(DELIVERY))

    def before(self) -> None:
        self.engine.clear_results()

    def q1(self) -> Answer:
        return self.engine.answer(Query(DELIVERY, None, counts(SIX)))

    def q2(self) -> tuple[Answer, Answer]:
        return self.engine.answer(Query(DELIVERY, None, OPENERS)), self.engine.answer(
            Query(None, None, OPENERS)
        )

    def q3(self) -> list[tuple[Item, Answer]]:
        """Every delivery broken down by city, as a table with all its rows open asks it."""
        self.engine.prepare(Query(CITY, None, REACH), DELIVERY, self.deliveries)
        return [
            (each, self.engine.answer(Query(CITY, InItems(DELIVERY, (each,)), REACH)))
            for each in self.deliveries
        ]

    def q4(self) -> Answer:
        return self.engine.answer(Query(DAY, None, counts(FOUR)))

    def q5(self) -> Answer:
        segment = (field("gender") == "F") & field("age").between(18, 34) & Within("time", START, END)
        return self.engine.answer(Query(DELIVERY, segment, counts(FOUR)))

    def q6(self) -> Answer:
        return self.engine.answer(Query(CITY, InItems(DELIVERY, (ONE,)), counts(FOUR)))

    def rows(self, query: str, answer: Any) -> list[tuple[Any, ...]]:
        if query == "Q2":
            by, total = answer
            found = [row for row in _rows(by) if row[1]]
            return [*found, ("all", int(total.values[OPENERS[0]][0]))]
        if query == "Q3":
            return sorted((delivery, *row) for delivery, by_city in answer for row in _rows(by_city))
        return [row for row in _rows(answer) if any(row[1:])]


def _rows(answer: Answer) -> list[tuple[Any, ...]]:
    figures = [values.astype(int).tolist() for values in answer.values.values()]
    return sorted(zip(answer.items, *figures, strict=True))
