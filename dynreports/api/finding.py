"""Finding the rows and columns of a table by what people call them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from dynreports.api import naming
from dynreports.api.item import Item
from dynreports.errors import InvalidInputError, UnknownNameError, unknown_name
from dynreports.project import blocks, labels, model, tree
from dynreports.project import commands as do
from dynreports.project.model import AtItem, AtPosition, Lock, LockItems, LockPositions

At = Any
"""A row: its label, its position from 1, or a tuple of these from the top of the table down."""


class Finding(Item):
    """A table of a session, and the ways to its parts."""

    @property
    def _document(self) -> model.Table:
        return tree.find_table(self._session.project, self._id)

    @property
    def columns(self) -> list[str]:
        """The labels of the columns, as in frames."""
        return labels.columns(self._document.columns, self._session.dataset)

    def _block_at(self, address: do.Address) -> tree.Block:
        return tree.block_at(self._document, address)

    def _parent_and_last(self, at: At) -> tuple[do.Address, Any]:
        named = steps(at)
        if not named:
            message = "No row was named. Accepted: a label, a position from 1, or a tuple of these."
            raise InvalidInputError(message)
        return self._address(named[:-1]), named[-1]

    def _address(self, at: At) -> do.Address:
        """Return the place of a block that exists: the table, or the breakdown under a row."""
        address: do.Address = ()
        for given in steps(at):
            block = tree.block_at(self._document, address)
            self._need_rows(block)
            step = naming.step(block, given, self._session.dataset)
            if isinstance(step, AtPosition) and tree.child_at(block, step) is None:
                step = blocks.item_at(self._session, self._id, address, step.position)
            located = self._session.locate(self._id, (*address, step))
            if tree.child_at(block, located[-1]) is None:
                message = (
                    f"{said(given)!r} is not broken down. Break it down first: .break_down(row, by=...)."
                )
                raise UnknownNameError(message)
            address = located
        return address

    def _need_rows(self, block: tree.Block) -> None:
        if block.rows is None and not block.static:
            message = f"{self._document.title!r} has no rows yet."
            raise UnknownNameError(message)

    def _sort_column(self, by: str | None, *, signed: bool) -> tuple[str | None, bool]:
        """Return the column that a person sorts by (``None``: the rows), and whether descending."""
        if by is None:
            return None, False
        names = {label: each.id for label, each in zip(self.columns, self._document.columns, strict=True)}
        choices: dict[str, str | None] = {}
        if self._document.rows is not None:
            choices[labels.component(self._document.rows, self._session.dataset)] = None
        choices |= names
        wanted = [(by, False)] + ([(by[1:], True)] if signed and by.startswith("-") else [])
        for name, descending in reversed(wanted):
            folded = {each.casefold(): column for each, column in reversed(choices.items())}
            for known, key in ((choices, name), (folded, name.casefold())):
                if key in known:
                    return known[key], descending
        raise unknown_name("column", by.removeprefix("-"), choices)

    def _cell(self, item: At, metric: str, *, out_of: bool, at: At) -> blocks.Cell:
        """Return the cell of a row and a column; ``None``: of the total."""
        column = self._position(metric)
        if item is None:
            return blocks.Cell(self._id, self._address(at), column, "out_of" if out_of else "total")
        *parent, step = self._row_address((*steps(at), *steps(item)))
        assert not isinstance(step, AtPosition)  # noqa: S101  # it is an item there
        return blocks.Cell(self._id, tuple(parent), column, "row", step)

    def _row_address(self, at: At) -> do.Address:
        """Return the place of a row by its item."""
        parent, last = self._parent_and_last(at)
        block = self._block_at(parent)
        self._need_rows(block)
        step = naming.step(block, last, self._session.dataset)
        if isinstance(step, AtPosition):
            step = blocks.item_at(self._session, self._id, parent, step.position)
        return (*parent, step)

    def _lock(
        self,
        by: Literal["positions", "items"],
        rows: Sequence[At],
        columns: Sequence[str],
        total: bool,
        at: At,
    ) -> Lock:
        """Return a lock to some cells of the table."""
        ids = tuple(self._document.columns[self._position(each)].id for each in columns)
        addresses = [self._row_address(each) for each in rows]
        block = addresses[0][:-1] if addresses else self._address(at)
        if any(each[:-1] != block for each in addresses):
            message = "Rows of different breakdowns can't be drawn in one chart."
            raise InvalidInputError(message)
        items = tuple(each[-1] for each in addresses if not isinstance(each[-1], AtPosition))
        if by == "items":
            return LockItems(block=block, columns=ids, total=total, rows=items)
        shown = blocks.block_result(self._session, self._id, block).rows if rows else ()
        ranks = tuple(each.rank for each in shown if any(tree.is_same(each.item, one) for one in items))
        if len(ranks) < len(items):
            message = "A row that is not on the page has no position to lock to: lock it by its item."
            raise InvalidInputError(message)
        return LockPositions(block=block, columns=ids, total=total, rows=ranks)

    def _position(self, metric: str) -> int:
        """Return the position of a column by its label."""
        columns = self.columns
        folded = [each.casefold() for each in columns]
        for known, name in ((columns, metric), (folded, metric.casefold())):
            if name in known:
                return known.index(name)
        raise unknown_name("column", metric, columns)


def steps(at: At) -> tuple[Any, ...]:
    return at if isinstance(at, tuple) else (at,)


def said(given: object) -> str:
    """Return a row as a person named it."""
    if isinstance(given, AtItem):
        given = given.item
    if isinstance(given, AtPosition):
        given = given.position
    return f"row {given}" if isinstance(given, int) and not isinstance(given, bool) else str(given)
