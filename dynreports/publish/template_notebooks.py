"""The notebooks of the reports that ship: all of them written from one source.

Those of the repository are made by ``python -m dynreports.publish.template_notebooks notebooks/templates``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dynreports.project import atomic, notebook, templates

_READ_ONLY = 0o444


def refresh(folder: Path) -> None:
    """Write the notebooks of all templates into a folder, to be read and duplicated, not to be changed.

    One that is there is written anew where this version has another one. Where people changed its cells,
    theirs is kept beside it, as a duplicate of their own.

    Raises
    ------
    OSError, StorageError
        If the folder can't be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for each in templates.everything():
        path = folder / f"{each.id}{notebook.ENDING}"
        content = notebook.of_template(each)
        if path.exists():
            there = path.read_bytes()
            if there == content:
                continue
            if not notebook.read(there)[1]:
                path.rename(_free(path))
        atomic.write(path, content, durable=False)
        path.chmod(_READ_ONLY)


def _free(path: Path) -> Path:
    """Return a name beside a notebook, numbered as JupyterLab numbers duplicates."""
    number = 1
    while (found := path.with_name(f"{path.stem}-Copy{number}{path.suffix}")).exists():
        number += 1
    return found


def _write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in templates.everything():
        (folder / f"{each.id}{notebook.ENDING}").write_bytes(notebook.of_template(each))


if __name__ == "__main__":
    _write_all(Path(sys.argv[1]))
