"""Writing a file so that whoever looks, at any moment, finds the old content or the new one, whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from dynreports.errors import StorageError

_TEMPORARY = ".tmp"


def write(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Replace the content of a file in one step: temporary file, fsync, rename, fsync of the folder.

    Parameters
    ----------
    path, content
        The file, whose folder exists, and all that it will hold.
    durable
        Whether the content must survive a power cut, not only the death of this process.

    Raises
    ------
    StorageError
        If it can't be written. The file is as it was, and no temporary file is left.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_TEMPORARY}")
    try:
        _write_whole(temporary, content, durable)
        os.replace(temporary, path)
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_whole(path: Path, content: bytes, durable: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(path: Path) -> None:
    """Remove the temporary files of a file that killed processes left. To be called under its lock."""
    for left in path.parent.glob(f".{path.name}.*{_TEMPORARY}"):
        with contextlib.suppress(OSError):
            left.unlink()


def explained(error: OSError, path: Path) -> StorageError:
    """Return the error of the file system as one that says what to do."""
    folder = path.parent
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            advice = f"There is no space left for {folder}. Free some and save again."
        case errno.EROFS | errno.EACCES | errno.EPERM:
            advice = (
                f"The folder {folder} can't be written to. Ask for the right to write there, or choose "
                "another folder with the environment variable DYNREPORTS_REPORTS."
            )
        case errno.ENAMETOOLONG:
            advice = "The name is too long for this file system. Choose a shorter one."
        case _:
            advice = f"{error.strerror or error} ({path})."
    return StorageError(f"{path.name} was not saved. {advice} What was saved before is intact.")
