"""PyGWalker's kernel computation: payloads as its user interface sends them, run over the registered frame.

Runs in an environment of its own: PyGWalker keeps DuckDB below 2.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from tests.benchmarks.contenders import END, FOUR, ONE, SIX, START, Contender, from_long

_COUNT = {"field": "*", "agg": "count", "asFieldKey": "n"}
_DISTINCT = {"field": "recipient_id", "agg": "distinctCount", "asFieldKey": "m"}


class PyGWalker(Contender):
    """The data parser that answers a walker with ``kernel_computation=True``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        from pygwalker.data_parsers.pandas_parser import PandasDataFrameDataParser

        self.parser = PandasDataFrameDataParser(frame, [], False, False, {})
        self.parser.raw_fields  # noqa: B018 - what opening a walker works out
        self.parser.field_metas  # noqa: B018

    def _ask(
        self,
        by: list[str],
        measures: list[dict[str, str]],
        filters: list[dict[str, Any]] | None = None,
        day: bool = False,
    ) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = []
        if filters:
            steps.append({"type": "filter", "filters": filters})
        if day:
            params = [{"type": "field", "value": "time"}, {"type": "value", "value": "day"}]
            drill = {"op": "dateTimeDrill", "as": "day", "params": params}
            steps.append({"type": "transform", "transform": [{"key": "day", "expression": drill}]})
        steps.append({"type": "view", "query": [{"op": "aggregate", "groupBy": by, "measures": measures}]})
        answer: list[dict[str, Any]] = self.parser.get_datas_by_payload({"workflow": steps})
        return answer

    def q1(self) -> Any:
        return self._ask(["delivery", "event"], [_COUNT])

    def q2(self) -> Any:
        opens = [_one_of("event", "open")]
        return self._ask(["delivery"], [_DISTINCT], opens), self._ask([], [_DISTINCT], opens)

    def q3(self) -> Any:
        return self._ask(["delivery", "city"], [_COUNT, _DISTINCT])

    def q4(self) -> Any:
        return self._ask(["day", "event"], [_COUNT], day=True)

    def q5(self) -> Any:
        start, end = (int(dt.datetime.fromisoformat(each).timestamp() * 1000) for each in (START, END))
        when = {"fid": "time", "rule": {"type": "temporal range", "value": [start, end - 1]}}
        age = {"fid": "age", "rule": {"type": "range", "value": [18, 34]}}
        return self._ask(["delivery", "event"], [_COUNT], [_one_of("gender", "F"), age, when])

    def q6(self) -> Any:
        return self._ask(["city", "event"], [_COUNT], [_one_of("delivery", ONE)])

    def rows(self, query: str, answer: Any) -> list[tuple[Any, ...]]:
        if query == "Q2":
            by, total = answer
            return [*sorted((row["delivery"], row["m"]) for row in by), ("all", total[0]["m"])]
        if query == "Q3":
            return sorted((row["delivery"], row["city"], row["n"], row["m"]) for row in answer)
        frame = pd.DataFrame(answer)
        key = {"Q1": "delivery", "Q4": "day", "Q5": "delivery", "Q6": "city"}[query]
        if query == "Q4":
            frame["day"] = pd.to_datetime(frame["day"], unit="ms")
        return from_long(frame, [key], SIX if query == "Q1" else FOUR, "n")


def _one_of(field: str, value: str) -> dict[str, Any]:
    return {"fid": field, "rule": {"type": "one of", "value": [value]}}
