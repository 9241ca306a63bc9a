"""What a restless person does: random gestures at what the screen shows, most of them possible."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from dynreports.workspace.controller import Workspace

Intent = dict[str, Any]
TEXTS = ["Spring", "", "<b>x</b>", "Überblick & mehr", "__js__:1", "a\nb"]
SEARCHES = ["", "", "par", "o", "mobile", "2026", "zzz"]
RULES = [
    [{"how": "starts-with", "text": "m"}, {"how": "ends-with", "text": "e"}],
    [{"how": "does-not-contain", "text": "o"}],
    [{"how": "contains-any", "text": "par 2026"}, {"how": "equals", "text": "rome"}],
]
PERIODS: list[Any] = [
    None, {"type": "preset", "id": "last-month"}, {"type": "preset", "id": "last-30-days"},
    {"type": "fixed", "start": "2026-05-01", "end": "2026-05-02"},
    {"type": "rolling", "start": {"edge": "start", "unit": "month", "offset": -1, "offset_unit": "month"},
     "end": {"edge": "end", "unit": "day", "offset": 0, "offset_unit": "day"}},
]  # fmt: skip
FORMULAS = ["[Open] / [Records]", "[Open] + [Click]", "distinct(who)", "[Click] * 2", "[nothing]", "1 +"]
MOST_PANELS, MOST_TABLES, MOST_ROWS = 3, 5, 60


class Person:
    """Chooses gestures from what a workspace shows.

    Parameters
    ----------
    workspace
        Whose shell and grids are looked at.
    seed
        The same seed and the same screens give the same gestures.
    """

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self._workspace = workspace
        self._random = random.Random(seed)

    def gesture(self) -> Intent:
        """Return the next intent."""
        panels = self._state["panels"]
        items = [item for panel in panels for item in self._tables(panel)]
        rows = sum(len(grid.payload["rows"]) for grid in self._workspace.grids.values())
        if not items:
            return {"verb": "add_panel", "table": True}
        if len(panels) > MOST_PANELS:
            return {"verb": "remove_panel", "panel": self._of(panels)["id"]}
        if len(items) > MOST_TABLES:
            return self._removal(self._of(items)["id"])
        if rows > MOST_ROWS:
            return self._of([{"verb": "undo"}, self._removal(self._of(items)["id"]), self._fewer()])
        if self._random.random() < 0.45:
            return self._drop()
        return self._of(self._others())()

    @property
    def _state(self) -> dict[str, Any]:
        found: dict[str, Any] = self._workspace.shell.state
        return found

    def _of(self, values: Any) -> Any:
        return self._random.choice(list(values))

    @staticmethod
    def _tables(panel: dict[str, Any]) -> list[dict[str, Any]]:
        return [item for item in panel["items"] if item["type"] == "table"]

    def _removal(self, item: str) -> Intent:
        return {"verb": "remove_item", "item": item}

    def _payload(self, table: str) -> dict[str, Any]:
        found: dict[str, Any] = self._workspace.grids[table].payload
        return found

    def _table(self) -> str:
        return str(self._of(self._workspace.grids))

    def _panel(self) -> str:
        return str(self._of(self._state["panels"])["id"])

    def _column(self, table: str) -> str:
        return str(self._of([*(each["id"] for each in self._payload(table)["columns"]), "c999"][:8]))

    def _column_or_none(self, table: str) -> str | None:
        return self._of([None, self._column(table)])

    def _row(self, table: str) -> list[Any]:
        paths = [each["path"] for each in self._payload(table)["rows"] if each["type"] == "item"]
        return self._of(paths) if paths else ["Paris"]

    def _block(self, table: str) -> list[Any]:
        paths = [each["path"] for each in self._payload(table)["rows"] if each["type"] == "total"]
        return self._of([[], *paths])

    def _fewer(self) -> Intent:
        table = self._table()
        return {"verb": "set_limit", "table": table, "path": self._block(table), "limit": 5}

    def _components(self, kinds: list[str]) -> list[dict[str, str]]:
        # The oracle counts the minutes of a year one by one.
        offered = [each for each in self._workspace.shell.catalog if each["id"] != "minute"]
        fitting = [each for each in offered if each["kind"] in kinds]
        count = self._of([1, 1, 1, 2])
        return [{"kind": each["kind"], "id": each["id"]} for each in self._random.choices(fitting, k=count)]

    def _drop(self) -> Intent:
        table = self._table()
        on, kinds, target = self._of([
            ("rows", ["dimension", "time"],
             lambda: {"table": table, "path": self._of([[], self._block(table)])}),
            ("columns", ["metric"], lambda: {"table": table}),
            ("columns", ["metric"], lambda: {"table": table}),
            ("edge", ["metric"], lambda: self._edge(table)),
            ("column", ["metric", "segment", "period"],
             lambda: {"table": table, "column": self._column(table)}),
            ("row", ["dimension", "time"], lambda: {"table": table, "paths": [self._row(table)]}),
            ("row", ["dimension", "time"],
             lambda: {"table": table, "paths": [self._row(table), self._row(table)]}),
            ("panel", ["segment", "period", "metric"], lambda: {"panel": self._panel()}),
            ("new_table", ["dimension", "metric"], lambda: {"panel": self._panel()}),
        ])  # fmt: skip
        everything = ["dimension", "metric", "segment", "time", "period"]
        possible = kinds if self._random.random() < 0.9 else everything
        components = self._components(possible)
        return {"verb": "drop", "components": components, "target": {"on": on, **target()}}

    def _edge(self, table: str) -> dict[str, Any]:
        return {"table": table, "column": self._column(table), "side": self._of(["before", "after"])}

    def _others(self) -> list[Callable[[], Intent]]:
        table, flag = self._table(), self._of([True, False])
        column = self._column(table)
        block, row = self._block(table), self._row(table)
        of = self._of

        def about(verb: str, **more: Any) -> Callable[[], Intent]:
            return lambda: {"verb": verb, "table": table, **more}

        def on_panel(verb: str, **more: Any) -> Callable[[], Intent]:
            return lambda: {"verb": verb, "panel": self._panel(), **more}

        def plainly(verb: str, **more: Any) -> Callable[[], Intent]:
            return lambda: {"verb": verb, **more}

        return [
            plainly("undo"), plainly("undo"), plainly("redo"), plainly("redo"),
            plainly("rename_project", title=of(TEXTS)), plainly("refresh"),
            on_panel("duplicate_panel"), on_panel("rename_panel", title=of(TEXTS)),
            on_panel("collapse_panel", collapsed=flag), on_panel("move_panel", before=None),
            on_panel("set_period", period=of(PERIODS)), on_panel("set_period", period=of(PERIODS)),
            plainly("set_period", panel=None, period=of(PERIODS)),
            on_panel("remove_filter", index=of([0, 0, 1])), on_panel("add_table"),
            plainly("duplicate_item", item=table),
            plainly("place_item", item=table, x=of([0, 6]), y=of([0, 3]), w=of([6, 12]), h=of([None, 8])),
            about("sort", column=column, descending=flag), about("sort", column=None, descending=flag),
            about("remove_column", column=column), about("use_table"),
            about("remove_column_filter", column=column, index=0),
            about("move_column", column=column, before=self._column_or_none(table)),
            about("set_column", column=column, **of([
                {"totals": flag}, {"number": flag}, {"percent": of([True, False, None])}, {"wrap": flag},
                {"background": of(["off", "bar", "colors", None])}, {"blank_zero": flag},
                {"limits": of([None, {"upper": 9, "lower": 1}])}, {"percent_limits": flag},
            ])),
            about("set_rows", path=block, **of([
                {"by_position": flag}, {"percent_of": of(["column", "row"])}, {"align_dates": flag}])),
            about("set_limit", path=block, limit=of([5, 10, 25])),
            about("set_search", path=block, text=of(SEARCHES), include_missing=flag),
            about("set_search", path=block, text="", include_missing=flag, rules=of(RULES),
                  joined=of(["all", "any"])),
            about("keep_rows", paths=[row, self._row(table)]),
            about("show_all_rows", path=block), about("show_all_rows", path=block),
            about("set_width", column=column, width=of([None, 90])),
            about("collapse_breakdown", path=row, collapsed=flag),
            about("collapse_breakdown", path=block, collapsed=flag),
            about("remove_breakdown", path=block), about("page", path=block, page=of([1, 2, 3])),
            plainly("save_metric", id=None, label=of(["A", "B", "C"]), formula=of(FORMULAS)),
            plainly("save_segment", id=None, label=of(["S", "T"]),
                    where={"type": "compare", "field": "city", "op": "==", "value": "Paris"}),
        ]  # fmt: skip
