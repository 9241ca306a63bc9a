"""Why the rows of a block don't add up to its total, or that they do: a sentence with the block's figures."""

from __future__ import annotations

from dynreports.engine.adding import Adding, adding
from dynreports.engine.frames import engine_for
from dynreports.project import labels, tree
from dynreports.project.blocks import block_request, block_result
from dynreports.project.columns import metric_of
from dynreports.project.commands import Address
from dynreports.project.model import Breakdown, Search
from dynreports.project.searching import rules_words
from dynreports.project.session import Session
from dynreports.semantics.component import Ref
from dynreports.semantics.keys import TimeKey, TimeUnit
from dynreports.semantics.metric import Aggregate, Arithmetic, Constant, Expression, Metric
from dynreports.semantics.nouns import counted
from dynreports.views import format
from dynreports.views.misfits import is_blank, of_block

_ON: dict[TimeUnit, str] = {"day": "on several days"}
_EXTREMES = {"min": "smallest", "max": "largest"}


def why(session: Session, table_id: str, block: Address, column: int) -> str:
    """Return the rule by which a total comes from its records, with the figures of this very total.

    Parameters
    ----------
    session, table_id
        The table as it stands.
    block
        Where the block stands: ``()`` is the table itself.
    column
        The position of the column.
    """
    dataset, table = session.dataset, tree.find_table(session.project, table_id)
    shown = tree.block_at(table, block)
    by = shown.by if isinstance(shown, Breakdown) else shown.rows
    metric = metric_of(table.columns[column], dataset.catalog)
    if not metric.show_total:
        return f"{metric.label} has no total."
    reason = of_block(session, table_id, block)[column]
    if is_blank(block_result(session, table_id, block).total[column], reason):
        return str(reason)
    if shown.static:
        return "These rows may share records: the total counts each record of at least one row once."
    if by is None:
        return "There are no rows: the total is computed from all records."
    found = adding(block_request(session, table_id, block), column, engine_for(dataset))
    return _Sentence(found, metric, by, session).text(shown.search)


class _Sentence:
    """The words for one total."""

    def __init__(self, found: Adding, metric: Metric, by: Ref, session: Session) -> None:
        self._found = found
        self._metric = metric
        self._by = by
        self._dataset = session.dataset
        self._locale = session.project.numbers

    def text(self, search: Search) -> str:
        if self._found.holds:
            return self._holding(search)
        expression = self._found.expression
        match expression:
            case Arithmetic(op="/", right=right) if not isinstance(right, Constant):
                return self._ratio()
            case Aggregate(op="distinct"):
                ((aggregate, shared),) = self._found.shared
                return self._in_several(shared, aggregate, "here")
            case Aggregate(op="mean"):
                added, count = self._pair(Aggregate("sum", "x"), Aggregate("count"))
                return (
                    f"An average is computed from all its records, {added} over {count}, not from the rows."
                )
            case Aggregate(op="min" | "max" as op):
                total = format.figure(self._found.total, self._metric, self._locale)
                return f"The total is the {_EXTREMES[op]} value of all records, {total}: rows are not added."
            case Arithmetic(op="max", right=Constant(value=floor)):
                return f"A row that would be below {floor:g} shows {floor:g}; the total counts all of it."
        return self._mixed()

    def _ratio(self) -> str:
        expression = self._found.expression
        assert isinstance(expression, Arithmetic)  # noqa: S101  # the caller has looked
        one, other = self._pair(expression.left, expression.right)
        what = "rate" if self._metric.format == "percent" else "ratio"
        return f"A {what} is computed from its own sums: {one} of {other}, not the sum of rows."

    def _pair(self, left: Expression, right: Expression) -> tuple[str, str]:
        assert self._found.parts is not None  # noqa: S101  # ratios and averages have them
        values = zip(self._found.parts, (left, right), strict=True)
        one, other = (self._plain(value, expression) for value, expression in values)
        return one, other

    def _plain(self, value: float, expression: Expression) -> str:
        decimals = 0 if value.is_integer() else 2
        part = Metric(id="part", label="Part", expression=expression, decimals=decimals)
        return format.figure(value, part, self._locale)

    def _in_several(self, count: int, aggregate: Aggregate, here: str) -> str:
        """Say who is in several rows, and that ``here`` they count once."""
        people = counted(count, aggregate.field or "", self._locale)
        if count == 1:
            return f"{people} is counted {self._where()}, but once {here}."
        return f"{people} are counted {self._where()}; each counts once {here}."

    def _where(self) -> str:
        key = self._dataset.catalog.key(self._by)
        if isinstance(key, TimeKey):
            return _ON.get(key.unit, f"in several {key.unit}s")
        return f"in several rows of {labels.component(self._by, self._dataset)}"

    def _mixed(self) -> str:
        """A figure of several counts: what the largest of them counts once tells most."""
        aggregate, count = max(self._found.shared, key=lambda each: each[1], default=(None, 0))
        if aggregate is not None and count:
            return self._in_several(count, aggregate, "in parts of this figure")
        return "This figure is computed from the records of the total itself, not from the rows."

    def _holding(self, search: Search) -> str:
        found = self._found
        total = format.figure(found.total, self._metric, self._locale)
        rows = f"The {self._locale.count(found.rows)} rows" if found.rows != 1 else "The one row"
        if not search.include_missing:
            rows += f" besides {self._missing()}"
        if search.text and not search.only:
            rows += f" that the search “{search.text}” keeps"
        elif search.rules and not search.only:
            rows += f" whose name {rules_words(search)}"
        elif search.only:
            rows += " that were chosen"
        if not found.rows:
            return f"{rows.replace('The 0', 'There are no')}."
        verb = "add" if found.rows != 1 else "adds"
        page = (
            f"; this page shows {self._locale.count(found.shown)} of them" if found.shown < found.rows else ""
        )
        if search != Search():
            whole = format.figure(found.out_of, self._metric, self._locale)
            return f"{rows} {verb} up to {total}, out of {whole}{page}."
        return f"{rows} {verb} up to {total}{page}."

    def _missing(self) -> str:
        component = self._dataset.catalog.get(self._by)
        return getattr(component, "missing", "N/A")
