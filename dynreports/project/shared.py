"""Metrics and segments for everybody who works with the same data: the catalog file of the data.

It lies beside the data, ``events.parquet.catalog.json``; for data without a path (a DataFrame that a notebook
binds) in the folder of reports, by the name of the data. A change reads the file again under a lock, so what
others saved meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from dynreports.errors import InvalidInputError, StorageError
from dynreports.project import atomic
from dynreports.project.names import file_name
from dynreports.project.storage import Storage
from dynreports.semantics.component import Ref, Segment
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.formula import Calculated

ENDING = ".catalog.json"
SCHEMA = 1
_PATIENCE = 10.0


class Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What people made for everybody, in the order in which it came."""

    schema: int = SCHEMA
    metrics: tuple[Calculated, ...] = ()
    segments: tuple[Segment, ...] = ()

    def find(self, ref: Ref) -> Calculated | Segment | None:
        """Return a component; ``None``: it is not in here."""
        own: tuple[Calculated | Segment, ...] = self.metrics if ref.kind == "metric" else self.segments
        return next((each for each in own if each.id == ref.id and ref.kind in ("metric", "segment")), None)


class SharedFile:
    """The catalog file of some data.

    Parameters
    ----------
    path
        Where it lies; made with the first component.

    Attributes
    ----------
    content : Shared
        What it held when it was last read.
    problem : str or None
        Why it can't be read, in a sentence.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content = Shared()
        self.problem: str | None = None
        self.reload()

    def reload(self) -> None:
        """Read the file again. One that can't be read offers nothing, and says why."""
        self.problem = None
        try:
            self.content = self._read()
        except InvalidInputError as error:
            self.content, self.problem = Shared(), str(error)

    def change(self, edit: Callable[[Shared], Shared]) -> None:
        """Change what the file holds by now, and write it whole.

        Raises
        ------
        InvalidInputError
            If it holds what can't be read: it is left as it is.
        StorageError
            If it can't be written; the last good file is intact.
        """
        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=_PATIENCE)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            message = f"{self.path.name} was not saved: another program has been saving it. Try again."
            raise StorageError(message) from error
        except OSError as error:
            raise _explained(error, self.path) from error
        try:
            atomic.sweep(self.path)
            content = edit(self._read())
            atomic.write(self.path, msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")
        finally:
            lock.release()
        self.content, self.problem = content, None

    def _read(self) -> Shared:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return Shared()
        except OSError as error:
            message = f"The catalog {self.path} can't be read: {error.strerror}."
            raise InvalidInputError(message) from error
        try:
            found = msgspec.json.decode(content, type=Shared)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            message = f"The catalog {self.path} can't be read: {error}. Mend it, or move it away."
            raise InvalidInputError(message) from error
        if found.schema > SCHEMA:
            message = f"The catalog {self.path} is of a newer version of dynreports: it is left out."
            raise InvalidInputError(message)
        return found


def shared_file(dataset: Dataset, storage: Storage | None) -> SharedFile:
    """Return the catalog file of a dataset."""
    if dataset.path is not None:
        return SharedFile(dataset.path.with_name(dataset.path.name + ENDING))
    folder = (storage or Storage()).folder
    return SharedFile(folder / f"{file_name(dataset.name)}{ENDING}")


def _explained(error: OSError, path: Path) -> StorageError:
    message = (
        f"{path.name} was not saved: {error.strerror or error} ({path.parent}). Save it in this report, "
        "or ask for the right to write there."
    )
    return StorageError(message)
