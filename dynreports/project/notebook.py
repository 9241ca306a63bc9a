"""Notebooks of reports: a few cells that show one. What is written here is the content of the file."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Literal

import msgspec

from dynreports.project.templates import Template, find

ENDING = ".ipynb"
Cell = tuple[Literal["markdown", "code"], str]
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|$~&])")


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a notebook of ours says of itself in its metadata.

    Attributes
    ----------
    template
        The report that ships and that it shows; its duplicates keep the mark.
    report
        The saved report that it shows.
    digest
        Of the cells as they were written: other cells were changed by people.
    """

    template: str | None = None
    report: str | None = None
    digest: str | None = None


class _Metadata(msgspec.Struct):
    dynreports: Mark = Mark()


class _Notebook(msgspec.Struct):
    """The parts of a notebook's file that matter here."""

    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    cells: list[dict[str, Any]] = msgspec.field(default_factory=list)


def of_report(name: str, title: str) -> bytes:
    """Return the notebook of a saved report."""
    cells: list[Cell] = [
        ("markdown", f"# {_plain(title)}"),
        ("code", f"import dynreports as dr\n\nreport = dr.open({name!r})\nreport"),
    ]
    return _content(cells, Mark(report=name), title)


def of_template(template: Template) -> bytes:
    """Return the notebook of a report that ships."""
    next_ones = "\n".join(
        f"- [{each.label}]({each.id}{ENDING}): {each.answers}" for each in map(find, template.next)
    )
    cells: list[Cell] = [
        ("markdown", f"# {template.label}\n\n{template.answers} {template.description}"),
        ("code", "import dynreports as dr\n\ndata = dr.campaign.load()"),
        ("code", f'report = dr.template("{template.id}", data)\nreport'),
        (
            "markdown",
            "This report ships, so it can't be changed. **Project > Save As…** makes one of your own;\n"
            "so does duplicating this notebook and saving in the duplicate.\n\n"
            "The figures of any table, as a DataFrame:",
        ),
        ("code", "report.panels[0].tables[0].frame()"),
        ("markdown", f"## Where to go next\n\n{next_ones}"),
    ]
    return _content(cells, Mark(template=template.id), template.label)


def read(content: bytes) -> tuple[Mark, bool]:
    """Return what a notebook says of itself, and whether its cells are as they were written.

    What is no notebook says nothing.
    """
    try:
        found = msgspec.json.decode(content, type=_Notebook)
    except msgspec.MsgspecError:
        return Mark(), False
    mark = found.metadata.dynreports
    cells = [(each.get("cell_type"), _text(each.get("source"))) for each in found.cells]
    return mark, mark.digest == _digest(cells)


def _text(source: Any) -> str:
    return "".join(source) if isinstance(source, list) else str(source)


def _digest(cells: list[Any]) -> str:
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode(errors="replace")).hexdigest()[:16]


def _content(cells: list[Cell], mark: Mark, title: str) -> bytes:
    metadata = {
        "dynreports": msgspec.to_builtins(msgspec.structs.replace(mark, digest=_digest(cells))),
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "title": title,
    }
    made = [_cell(kind, source, number) for number, (kind, source) in enumerate(cells)]
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def _cell(kind: str, source: str, number: int) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    common = {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": lines}
    return common if kind == "markdown" else common | {"execution_count": None, "outputs": []}


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is: titles are what people typed."""
    return _SPECIAL.sub(r"\\\1", text)
