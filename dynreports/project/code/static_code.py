"""pandas of static rows: each row is a condition of its own, and every figure one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dynreports.engine import scopes
from dynreports.engine.request import ColumnRequest
from dynreports.project.code.block_code import METHODS, BlockWriter
from dynreports.project.code.masks import ALL
from dynreports.project.numbers import whole_columns
from dynreports.semantics.metric import Aggregate, Constant, Expression
from dynreports.semantics.predicate import Predicate, all_of


class StaticWriter(BlockWriter):
    """Static rows on their way to source."""

    def body(self, columns: Sequence[str], rows: str | None) -> list[str]:
        """Return the lines that make ``result``."""
        request, block, given = self.request, self.request.block, self.request.block.given
        self.fields.need("number")
        lines = []
        if request.columns:
            lines = [
                "# The records that count, and for each row the figures of those that it keeps.",
                f"where = {ALL if request.where is None else self.masks.of(request.where)}",
            ]
        lines.append("rows = []" if request.columns else f"rows = [[]] * {len(given)}")
        for row in given if request.columns else ():
            below = scopes.under_static(replace(request, where=None), row)
            lines.append(f"records = {self.with_('where', row.where)}  # {row.label!r}")
            cells = [self._number(each, below.periods_of(each)) for each in below.columns]
            lines += ["rows.append([", *(f"    {each}," for each in cells), "])"]
        labels = [each.label for each in given]
        lines += [
            f"columns = pd.Index({list(columns)!r}, dtype='str')",
            "result = pd.DataFrame(rows, columns=columns, dtype='float64')",
        ]
        whole = [
            name for name, is_one in zip(columns, whole_columns(request, self.dataset), strict=True) if is_one
        ]
        if whole:
            lines.append(f"result = result.astype({dict.fromkeys(whole, 'int64')!r})")
        if block.sort is not None:
            lines.append(
                f"result = result.sort_values({columns[block.sort]!r}, ascending={not block.descending}, "
                "kind='stable', na_position='last')"
            )
        return [
            *lines,
            *self.blanked(columns),
            f"labels = {labels!r}",
            f"result.index = pd.Index([labels[n] for n in result.index], dtype='str', name={rows!r})",
        ]

    def left_out(self, column: int) -> str:
        """Return the source of the rows in which a figure of 0 is none."""
        return repr([row for row, blank in enumerate(self.blanks.named) if blank[column]])

    def _number(self, column: ColumnRequest, periods: Sequence[Predicate | None]) -> str:
        sides = [self._of(column.expression, all_of((each, column.where))) for each in periods]
        if len(sides) == 1:
            return sides[0]
        own, other = sides
        if column.show == "difference":
            return f"{own} - {other}"
        self.fields.need("divided")
        return f"divided({own} - {other}, {other}, float('nan'))"

    def _of(self, expression: Expression, where: Predicate | None) -> str:
        match expression:
            case Aggregate():
                return self._aggregate(expression, where)
            case Constant(value):
                return repr(value)
        left, right = self._of(expression.left, where), self._of(expression.right, where)
        if expression.op == "max":
            return f"pd.Series([{left}, {right}]).max(skipna=False)"
        if expression.op != "/":
            return f"({left} {expression.op} {right})"
        self.fields.need("divided")
        instead = "0.0" if expression.on_zero == "zero" else "float('nan')"
        return f"divided({left}, {right}, {instead})"

    def _aggregate(self, aggregate: Aggregate, where: Predicate | None) -> str:
        kept = self.with_("records", where, aggregate.where)
        if aggregate.field is None:
            return f"number(({kept}).sum())"
        values = self.fields.measured(aggregate.field, aggregate.op)
        return f"number({values}[{kept}].{METHODS[aggregate.op]}())"
