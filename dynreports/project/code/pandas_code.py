"""pandas that computes the figures of a table alone, with none of the engine's code."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from dynreports.engine import planner
from dynreports.engine.frames import engine_for
from dynreports.engine.request import ColumnRequest, TableRequest
from dynreports.project.code.fields import HELPERS, Fields, KeySource
from dynreports.project.code.literals import WIDTH
from dynreports.project.code.masks import ALL, Masks
from dynreports.project.code.reading import reading
from dynreports.project.numbers import is_whole
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression, aggregates_of
from dynreports.semantics.predicate import Or, Predicate, Within, all_of

_METHODS = {"sum": "sum", "mean": "mean", "min": "min", "max": "max", "distinct": "nunique"}


@dataclasses.dataclass(frozen=True)
class Blanks:
    """Which columns rows can't tell apart: those without figures in all of a block, and in its named rows."""

    everywhere: tuple[bool, ...] = ()
    named: tuple[bool, ...] = ()


def pandas_code(
    request: TableRequest,
    dataset: Dataset,
    columns: Sequence[str],
    rows: str | None,
    title: str,
    blanks: Blanks = Blanks(),
) -> str:
    """Return source that computes the frame of one block, as the variable ``result``.

    Parameters
    ----------
    request
        The question: a block without its breakdowns, with every period resolved.
    dataset
        What the question is about.
    columns
        The labels of the columns, all different.
    rows
        The label of the rows.
    title
        What the table is called.
    blanks
        Which figures are left out, since the rows can't tell them apart.
    """
    page = planner.answer(request, engine_for(dataset)).page
    return _Writer(request, dataset, page, blanks).source(columns, rows, title)


class _Writer:
    """One table on its way to source. Every part notes the columns and helpers that it needs."""

    def __init__(self, request: TableRequest, dataset: Dataset, page: int, blanks: Blanks) -> None:
        self._request = request
        self._blanks = blanks
        self._dataset = dataset
        self._page = page
        self._fields = Fields(dataset)
        self._masks = Masks(self._fields)
        self._figures: dict[tuple[Aggregate, Predicate | None], str] = {}
        self._lines: list[str] = []

    def source(self, columns: Sequence[str], rows: str | None, title: str) -> str:
        body = [self._empty(columns)] if self._request.block.by is None else self._body(columns, rows)
        used = list(self._fields.used)
        imports, read = reading(self._dataset, used)
        parts = [
            [f"# {title!r}", "import pandas as pd", *imports],
            read,
            *([HELPERS[each], ""] for each in self._fields.helpers),
            self._fields.lines,
            body,
        ]
        return "\n".join("\n".join(part).rstrip("\n") + "\n" for part in parts if part)

    def _empty(self, columns: Sequence[str]) -> str:
        kinds = [
            "int64" if is_whole(each.expression, self._dataset) else "float64"
            for each in self._request.columns
        ]
        data = ", ".join(
            f"{label!r}: pd.Series(dtype={kind!r})" for label, kind in zip(columns, kinds, strict=True)
        )
        index = "index=pd.Index([], dtype='str')"
        return f"result = pd.DataFrame({{{data}}}, {index}, columns=pd.Index({list(columns)!r}, dtype='str'))"

    def _body(self, columns: Sequence[str], rows: str | None) -> list[str]:
        block = self._request.block
        assert block.by is not None  # noqa: S101  # the caller saw to it
        key = self._fields.key(block.by)
        lines = [
            "# Which item each record belongs to; records without a value form one, too.",
            f"codes, items = pd.factorize({key.series}, use_na_sentinel=False)",
            "item = pd.Series(codes, index=df.index)",
            "slots = range(len(items))",
            "missing = [pd.isna(each) for each in items]",
            f"labels = [{block.missing_label!r} if pd.isna(each) else {key.label} for each in items]",
            "",
            "# The records that count, and the items that have any.",
            f"where = {ALL if self._request.where is None else self._masks.of(self._request.where)}",
            f"present = item[{self._with('where', self._any_period())}].value_counts()"
            ".reindex(slots, fill_value=0)",
            "",
            "# The figures, each from the records of the item itself.",
        ]
        cells = [self._cell(each) for each in self._request.columns]
        lines += self._lines
        lines += self._table(columns, cells)
        lines += self._ranked(key)
        if block.sort is not None:
            lines.append(
                f"result = result.sort_values({columns[block.sort]!r}, ascending={not block.descending}, "
                "kind='stable', na_position='last')"
            )
        start = (self._page - 1) * block.limit
        lines.append(f"result = result.iloc[{start}:{start + block.limit}]")
        lines += self._blanked(columns)
        name = "labels[n]"
        if key.names is not None:
            plain = key.plain.replace("each", "items[n]")
            name = f"labels[n] + ' (' + {plain} + ')' if items[n] in {key.names} else labels[n]"
        lines.append(f"result.index = pd.Index([{name} for n in result.index], dtype='str', name={rows!r})")
        return lines

    # ---- figures --------------------------------------------------------------------------------

    def _any_period(self) -> Predicate | None:
        """Match the records in the period of at least one column; without columns, in the table's."""
        columns = self._request.columns or (ColumnRequest(Constant(0)),)
        periods = list(dict.fromkeys(self._request.period_of(each) for each in columns))
        kept = [each for each in periods if each is not None]
        if len(kept) < len(periods):
            return None
        return kept[0] if len(kept) == 1 else Or(tuple(kept))

    def _with(self, base: str, *conditions: Predicate | None) -> str:
        found = all_of(conditions)
        return base if found is None else f"{base} & {self._masks.of(found)}"

    def _cell(self, column: ColumnRequest) -> str:
        expression = column.expression
        source = self._expression(expression, column, self._request.period_of(column))
        # Sums and constants are floats, counts are not.
        is_float = any(each.op == "sum" for each in aggregates_of(expression)) or _has_constant(expression)
        if is_whole(expression, self._dataset):
            return f"{source}.astype('int64')" if is_float else source
        # Of counts alone a product is a whole number in pandas, and might be none in another table.
        is_number = not isinstance(expression, Arithmetic) or expression.op == "/"
        return source if is_number else f"{source}.astype('float64')"

    def _expression(self, expression: Expression, column: ColumnRequest, period: Within | None) -> str:
        match expression:
            case Aggregate():
                return self._figure(expression, all_of((period, column.where)))
            case Constant(value):
                return f"pd.Series({value!r}, index=slots)"
            case Arithmetic(op=op, on_zero=on_zero):
                left = self._expression(expression.left, column, period)
                right = self._expression(expression.right, column, period)
                if op == "max":
                    return f"pd.concat([{left}, {right}], axis=1).max(axis=1, skipna=False)"
                if op != "/":
                    return f"({left} {op} {right})"
                instead = "0.0" if on_zero == "zero" else "float('nan')"
                return f"({left} / {right}).mask(({right} == 0) & {left}.notna(), {instead})"

    def _figure(self, aggregate: Aggregate, where: Predicate | None) -> str:
        """Return the variable of one figure by item, computed once however often it is used."""
        known = self._figures.get((aggregate, where))
        if known is not None:
            return known
        name = f"figure_{len(self._figures) + 1}"
        self._figures[aggregate, where] = name
        records = self._with("where", where, aggregate.where)
        self._lines.append(f"records = {records}")
        if aggregate.field is None:
            self._lines.append(f"{name} = item[records].value_counts().reindex(slots, fill_value=0)")
            return name
        values = self._fields.column(aggregate.field)
        fill = ", fill_value=0" if aggregate.op in {"sum", "distinct"} else ""
        number = "" if aggregate.op == "distinct" else ".astype('float64')"
        self._lines.append(
            f"{name} = {values}[records].groupby(item[records]).{_METHODS[aggregate.op]}()"
            f".reindex(slots{fill}){number}"
        )
        return name

    # ---- rows -----------------------------------------------------------------------------------

    def _blanked(self, columns: Sequence[str]) -> list[str]:
        """Return the lines that take out figures that the rows can't tell apart."""
        lines = []
        for number, label in enumerate(columns):
            if number >= len(self._blanks.named) or not self._blanks.named[number]:
                continue
            rows = "[n for n in result.index if not missing[n]]"
            if self._blanks.everywhere[number]:
                rows = "result.index"
            is_count = is_whole(self._request.columns[number].expression, self._dataset)
            kind = ".astype('Int64')" if is_count else ""
            lines.append(f"result[{label!r}] = result[{label!r}]{kind}.drop({rows}).reindex(result.index)")
        return ["# No figures where these rows can't tell the records apart.", *lines] if lines else []

    @staticmethod
    def _table(columns: Sequence[str], cells: Sequence[str]) -> list[str]:
        if not columns:
            return ["result = pd.DataFrame(index=slots, columns=pd.Index([], dtype='str'))"]
        data = [f"{label!r}: {cell}" for label, cell in zip(columns, cells, strict=True)]
        flat = f"result = pd.DataFrame({{{', '.join(data)}}}, index=slots)"
        if len(flat) <= WIDTH:
            return [flat]
        return ["result = pd.DataFrame({", *(f"    {each}," for each in data), "}, index=slots)"]

    def _ranked(self, key: KeySource) -> list[str]:
        block = self._request.block
        last = f", {key.position}" if key.position else ""
        order = f"(labels[n].casefold(), labels[n]{last})" if key.is_text else "items[n]"
        by_label = block.sort is None and block.descending
        lines = [
            "",
            "# The rows: those with records, in the order of their labels, then by the column that sorts.",
            f"named = sorted((n for n in slots if not missing[n]), key=lambda n: {order})",
            f"ranked = [*{'reversed(named)' if by_label else 'named'}, *(n for n in slots if missing[n])]",
        ]
        kept = "present[n] > 0"
        if block.search or not block.include_missing:
            text = repr(block.search.casefold())
            lines.append(
                f"found = [{block.include_missing} if pd.isna(each) else {text} in labels[n].casefold() "
                f"or {text} in {key.identity}.casefold() for n, each in enumerate(items)]"
            )
            kept += " and found[n]"
        lines.append(f"result = result.loc[[n for n in ranked if {kept}]]")
        return lines


def _has_constant(expression: Expression) -> bool:
    if isinstance(expression, Arithmetic):
        return _has_constant(expression.left) or _has_constant(expression.right)
    return isinstance(expression, Constant)
