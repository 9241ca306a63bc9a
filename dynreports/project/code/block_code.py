"""pandas of a block: the items of a dimension or time unit, each with the figures of its records."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from dynreports.engine import scopes
from dynreports.engine.request import ColumnRequest, TableRequest
from dynreports.project.code.fields import HELPERS, Fields, KeySource
from dynreports.project.code.literals import WIDTH
from dynreports.project.code.masks import ALL, Masks
from dynreports.project.code.reading import reading
from dynreports.project.numbers import is_whole, whole_columns
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression, aggregates_of
from dynreports.semantics.predicate import InItems, Predicate, Within, all_of

METHODS = {"sum": "sum", "mean": "mean", "min": "min", "max": "max", "distinct": "nunique"}


@dataclasses.dataclass(frozen=True)
class Blanks:
    """Which columns rows can't tell apart.

    Attributes
    ----------
    everywhere
        The columns without figures in all of a block.
    named
        Those without figures in the named rows; where rows are static: by row.
    """

    everywhere: tuple[bool, ...] = ()
    named: tuple[tuple[bool, ...], ...] = ()

    def may_lack(self, column: int) -> bool:
        """Whether a column has no figures in at least one row."""
        return any(each[column] for each in self.named)


NO_BLANKS = Blanks()


class BlockWriter:
    """One table on its way to source. Every part notes the columns and helpers that it needs."""

    def __init__(self, request: TableRequest, dataset: Dataset, page: int, blanks: Blanks) -> None:
        self.request = request
        self.blanks = blanks
        self.dataset = dataset
        self.page = page
        self.fields = Fields(dataset)
        self.masks = Masks(self.fields)
        self._figures: dict[tuple[Aggregate, Predicate | None], str] = {}
        self.lines: list[str] = []

        # The variable that says which row each record belongs to.
        self.item = "item"

    def source(self, columns: Sequence[str], rows: str | None, title: str) -> str:
        body = self.body(columns, rows)
        used = list(self.fields.used)
        imports, read = reading(self.dataset, used)
        parts = [
            [f"# {title!r}", "import pandas as pd", *imports],
            read,
            *([HELPERS[each], ""] for each in self.fields.helpers),
            self.fields.lines,
            body,
        ]
        return "\n".join("\n".join(part).rstrip("\n") + "\n" for part in parts if part)

    def _empty(self, columns: Sequence[str]) -> str:
        kinds = [
            "int64" if is_whole(each.expression, self.dataset) else "float64" for each in self.request.columns
        ]
        data = ", ".join(
            f"{label!r}: pd.Series(dtype={kind!r})" for label, kind in zip(columns, kinds, strict=True)
        )
        index = "index=pd.Index([], dtype='str')"
        return f"result = pd.DataFrame({{{data}}}, {index}, columns=pd.Index({list(columns)!r}, dtype='str'))"

    def body(self, columns: Sequence[str], rows: str | None) -> list[str]:
        """Return the lines that make ``result``."""
        block = self.request.block
        if block.by is None:
            return [self._empty(columns)]
        key = self.fields.key(block.by)
        lines = [
            "# Which item each record belongs to; records without a value form one, too.",
            f"codes, items = pd.factorize({key.series}, use_na_sentinel=False)",
            "item = pd.Series(codes, index=df.index)",
            "slots = range(len(items))",
            "missing = [pd.isna(each) for each in items]",
            f"labels = [{block.missing_label!r} if pd.isna(each) else {key.label} for each in items]",
            "",
            "# The records that count, and the items that have any.",
            f"where = {ALL if self.request.where is None else self.masks.of(self.request.where)}",
            f"present = item[{self.with_('where', self._any_period(), *self._kept())}].value_counts()"
            ".reindex(slots, fill_value=0)",
            "",
            "# The figures, each from the records of the item itself.",
        ]
        cells = [self.cell(each) for each in self.request.columns]
        lines += self.lines
        lines += self.table(columns, cells)
        lines += self._ranked(key)
        lines += self.paged(columns)
        lines += self.blanked(columns)
        name = "labels[n]"
        if key.names is not None:
            plain = key.plain.replace("each", "items[n]")
            name = f"labels[n] + ' (' + {plain} + ')' if items[n] in {key.names} else labels[n]"
        lines.append(f"result.index = pd.Index([{name} for n in result.index], dtype='str', name={rows!r})")
        return lines

    def paged(self, columns: Sequence[str]) -> list[str]:
        """Return the lines that sort the rows by a column and keep those of the page."""
        block, lines = self.request.block, []
        if block.sort is not None:
            lines.append(
                f"result = result.sort_values({columns[block.sort]!r}, ascending={not block.descending}, "
                "kind='stable', na_position='last')"
            )
        start = (self.page - 1) * block.limit
        return [*lines, f"result = result.iloc[{start}:{start + block.limit}]"]

    # ---- figures --------------------------------------------------------------------------------

    def _any_period(self) -> Predicate | None:
        """Match the records in the period of at least one column; without columns, in the table's."""
        return scopes.any_of(scopes.periods(self.request))

    def _kept(self) -> tuple[Predicate | None, ...]:
        """Match the records of the items that rules keep and that were chosen."""
        block = self.request.block
        return block.kept, InItems(block.by, block.only) if block.by is not None and block.only else None

    def with_(self, base: str, *conditions: Predicate | None) -> str:
        """Return a condition and more."""
        found = all_of(conditions)
        return base if found is None else f"{base} & {self.masks.of(found)}"

    def cell(self, column: ColumnRequest) -> str:
        """Return the source of a column."""
        expression = column.expression
        periods = self.request.periods_of(column)
        if column.against is not None:
            own, other = (f"({self.expression(expression, column, each)})" for each in periods)
            return self.compared(column, own, other)
        source = self.expression(expression, column, periods[0])
        # Sums and constants are floats, counts are not.
        is_float = any(each.op == "sum" for each in aggregates_of(expression)) or _has_constant(expression)
        if is_whole(expression, self.dataset):
            return f"{source}.astype('int64')" if is_float else source
        # Of counts alone a product is a whole number in pandas, and might be none in another table.
        is_number = not isinstance(expression, Arithmetic) or expression.op == "/"
        return source if is_number else f"{source}.astype('float64')"

    def compared(self, column: ColumnRequest, own: str, other: str) -> str:
        """Return how a figure differs from the other one, from the figures themselves."""
        if column.show == "change":
            return f"(({own} - {other}) / {other}).mask({other} == 0, float('nan'))"
        kind = "int64" if is_whole(column.expression, self.dataset) else "float64"
        return f"({own} - {other}).astype({kind!r})"

    def expression(self, expression: Expression, column: ColumnRequest, period: Within | None) -> str:
        """Return the source of an expression over the records of a column in a period."""
        match expression:
            case Aggregate():
                return self._figure(expression, all_of((period, column.where)))
            case Constant(value):
                return f"pd.Series({value!r}, index=slots)"
            case Arithmetic(op=op, on_zero=on_zero):
                left = self.expression(expression.left, column, period)
                right = self.expression(expression.right, column, period)
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
        records = self.with_("where", where, aggregate.where)
        self.lines.append(f"records = {records}")
        if aggregate.field is None:
            self.lines.append(f"{name} = {self.item}[records].value_counts().reindex(slots, fill_value=0)")
            return name
        values = self.fields.measured(aggregate.field, aggregate.op)
        fill = ", fill_value=0" if aggregate.op in {"sum", "distinct"} else ""
        number = "" if aggregate.op == "distinct" else ".astype('float64')"
        self.lines.append(
            f"{name} = {values}[records].groupby({self.item}[records]).{METHODS[aggregate.op]}()"
            f".reindex(slots{fill}){number}"
        )
        return name

    # ---- rows -----------------------------------------------------------------------------------

    def blanked(self, columns: Sequence[str]) -> list[str]:
        """Return the lines that take out figures that the rows can't tell apart."""
        lines = []
        whole = whole_columns(self.request, self.dataset)
        for number, label in enumerate(columns):
            if self.blanks.may_lack(number):
                kind = ".astype('Int64')" if whole[number] else ""
                zero, rows = f"result[{label!r}].eq(0)", self.left_out(number)
                where = zero if rows is None else f"{zero} & result.index.isin({rows})"
                lines.append(f"result[{label!r}] = result[{label!r}]{kind}.mask({where})")
        return ["# No figures where these rows can't tell the records apart.", *lines] if lines else []

    def left_out(self, column: int) -> str | None:
        """Return the source of the rows in which a figure of 0 is none; ``None``: in all."""
        if self.blanks.everywhere[column]:
            return None
        return "[n for n in result.index if not missing[n]]"

    @staticmethod
    def table(columns: Sequence[str], cells: Sequence[str]) -> list[str]:
        """Return the lines that put the columns side by side."""
        if not columns:
            return ["result = pd.DataFrame(index=slots, columns=pd.Index([], dtype='str'))"]
        data = [f"{label!r}: {cell}" for label, cell in zip(columns, cells, strict=True)]
        flat = f"result = pd.DataFrame({{{', '.join(data)}}}, index=slots)"
        if len(flat) <= WIDTH:
            return [flat]
        return ["result = pd.DataFrame({", *(f"    {each}," for each in data), "}, index=slots)"]

    def _ranked(self, key: KeySource) -> list[str]:
        block = self.request.block
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
