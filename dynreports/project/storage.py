"""Projects as files: ``NAME.report.json`` in one folder, and drafts of what was not saved yet beside them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec.structs import replace

from dynreports.errors import ConflictError, DynReportsError, StorageError, unknown_name
from dynreports.project import atomic, versions
from dynreports.project.layout import Parsed, parse, read_current, render
from dynreports.project.model import SCHEMA, Filter, Project
from dynreports.project.names import file_name
from dynreports.project.owners import user
from dynreports.project.versions import ENDING as ENDING

DRAFT_ENDING = ".draft.json"
DRAFTS = ".drafts"
FOLDER_VARIABLE = "DYNREPORTS_REPORTS"
_PATIENCE = 10.0  # seconds to wait for another process that is saving; a save takes milliseconds


class NameTakenError(ConflictError):
    """Another report has the name; nothing was overwritten."""


@dataclasses.dataclass(frozen=True)
class Saved:
    """A report in the folder. ``problem`` says why its file can't be read.

    ``owner`` saved it first, ``template`` is what it was made from, ``data`` the name of its data,
    ``notebook`` what shows it, and ``only`` the filters of each panel.
    """

    name: str
    title: str
    modified: dt.datetime
    revision: int
    problem: str | None = None
    owner: str | None = None
    template: str | None = None
    data: str = ""
    notebook: str | None = None
    only: tuple[tuple[Filter, ...], ...] = ()

    def __str__(self) -> str:
        return self.name


@dataclasses.dataclass(frozen=True)
class Draft:
    """What was not saved when a session ended, and when it was last changed."""

    project: Project
    modified: dt.datetime


@dataclasses.dataclass(frozen=True)
class Opened:
    """A report as loaded.

    Attributes
    ----------
    notice
        Why the report can only be read: its file is of a newer version. ``None``: it can be changed.
    draft
        A newer state that was never saved.
    """

    name: str
    project: Project
    notice: str | None = None
    draft: Draft | None = None

    @property
    def read_only(self) -> bool:
        """Whether the report can only be looked at."""
        return self.notice is not None


class Storage:
    """A folder of reports.

    Parameters
    ----------
    folder
        Where the files lie; made at the first save. Not given: the environment variable
        ``DYNREPORTS_REPORTS``, else ``reports`` in the working directory.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        chosen = Path(folder or os.environ.get(FOLDER_VARIABLE) or "reports")
        self.folder = Path(os.path.abspath(chosen.expanduser()))

    def __repr__(self) -> str:
        return f"<Storage {str(self.folder)!r}>"

    def path(self, name: str) -> Path:
        """Return the path of a report's file, which always lies in the folder."""
        return self.folder / f"{file_name(name)}{ENDING}"

    def list(self) -> list[Saved]:
        """Return every report in the folder by name; files that can't be read come with the problem."""
        return [self._listed(path) for path in self._paths()]

    def names(self) -> Sequence[str]:
        """Return the name of every report in the folder."""
        return [path.name.removesuffix(ENDING) for path in self._paths()]

    def _paths(self) -> Sequence[Path]:
        try:
            return sorted(self.folder.glob(f"[!.]*{ENDING}"))
        except OSError as error:
            raise _unreadable(self.folder, error.strerror or str(error)) from error

    def _listed(self, path: Path) -> Saved:
        name = path.name.removesuffix(ENDING)
        try:
            content, modified = read_file(path)
            project = read_current(content) or parse(content).project
        except StorageError as error:
            return Saved(name, name, _modified(path), 0, problem=str(error))
        return Saved(
            name,
            project.title,
            modified,
            project.revision,
            owner=project.owner,
            template=project.template,
            data=project.data.name,
            notebook=project.notebook,
            only=tuple(each.filters for each in project.panels),
        )

    def load(self, name: str) -> Opened:
        """Open a report.

        Raises
        ------
        UnknownNameError
            If there is no report of that name.
        StorageError
            If its file can't be read; the message says what to do.
        """
        path = self.path(name)
        parsed, _ = self._parsed(path)
        found = Opened(file_name(name), parsed.project, notice=_notice(path, parsed))
        draft = None if found.read_only else self.draft(name)
        if draft is not None and replace(draft.project, revision=found.project.revision) == found.project:
            draft = None
        return dataclasses.replace(found, draft=draft)

    def _parsed(self, path: Path) -> tuple[Parsed, dt.datetime]:
        try:
            content, modified = read_file(path)
        except FileNotFoundError:
            raise unknown_name("report", path.name.removesuffix(ENDING), map(str, self.list())) from None
        try:
            return parse(content), modified
        except StorageError as error:
            raise _unreadable(path, str(error)) from error

    def save(
        self,
        name: str,
        project: Project,
        *,
        expected_revision: int | None = None,
        overwrite: bool = False,
        note: str = "",
    ) -> Project:
        """Write a report, and return the project with its new revision.

        Parameters
        ----------
        name, project
            What to save, and under which name.
        expected_revision
            The revision that the project was opened at; ``None``: the report does not exist yet.
        overwrite
            Save even over a newer revision, over another report, or over a file that can't be read.
        note
            What people say of this version.

        Raises
        ------
        InvalidInputError
            If the note is too long.
        ConflictError
            If the file is newer than expected. `NameTakenError`: if it was not expected to exist.
        StorageError
            If it can't be written. In each case the file is as it was.
        """
        path = self.path(name)
        said = versions.plain_note(note)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise atomic.explained(error, path) from error
        with self.locked(name):
            atomic.sweep(path)
            atomic.sweep(self.draft_path(name))
            revision = max(self._checked_revision(path, expected_revision, overwrite), expected_revision or 0)
            saved = replace(project, revision=revision + 1)
            content = render(saved)
            versions.prepare(path, content, saved.revision)
            atomic.write(path, content)
            with suppress(StorageError):  # it is saved: that nobody is noted as the author is less
                now = dt.datetime.now(dt.UTC)
                versions.note_down(path, versions.Version(saved.revision, now, user(), said))
        return saved

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Keep others from saving a report while the block runs; the folder must exist."""
        path = self.path(name)
        lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            message = (
                f"{path.name} was not saved: another program has been saving it for {_PATIENCE:.0f} seconds. "
                "Try again."
            )
            raise StorageError(message) from error
        except OSError as error:
            raise atomic.explained(error, path) from error
        try:
            yield
        finally:
            lock.release()

    def _checked_revision(self, path: Path, expected: int | None, overwrite: bool) -> int:
        """Return the revision in the file (0: no file); raise if it must not be overwritten."""
        try:
            content, modified = read_file(path)
        except FileNotFoundError:
            return 0
        try:
            revision = parse(content).project.revision
        except StorageError as error:
            if overwrite:
                return 0
            raise _unreadable(path, str(error)) from error
        if overwrite or revision == expected:
            return revision
        name, clock = path.name.removesuffix(ENDING), modified.astimezone().strftime("%Y-%m-%d %H:%M")
        if expected is None:
            message = f"There is a report named {name!r} already. Choose another name, or overwrite it."
            raise NameTakenError(message)
        message = (
            f"{name!r} was saved by somebody else at {clock} (revision {revision}; yours: {expected}). "
            "Nothing was overwritten. Open theirs, save yours under another name, or overwrite theirs."
        )
        raise ConflictError(message)

    # ---- drafts ---------------------------------------------------------------------------------

    def draft_path(self, name: str) -> Path:
        """Return the path of what was left unsaved of a report."""
        path = self.folder / DRAFTS / f"{file_name(name)}{DRAFT_ENDING}"
        if path.parent.is_symlink():
            raise _unreadable(path.parent, "it is a link")
        return path

    def write_draft(self, name: str, project: Project) -> None:
        """Keep what is not saved yet. It survives the process, and is cheap enough to do at each change.

        Nothing is kept before the folder of reports exists: looking at data litters no directory.
        """
        path = self.draft_path(name)
        if not self.folder.is_dir():
            return
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise atomic.explained(error, path) from error
        atomic.write(path, render(project), durable=False)

    def draft(self, name: str) -> Draft | None:
        """Return what was left unsaved under a name; ``None`` if there is nothing, or nothing readable."""
        try:
            content, modified = read_file(self.draft_path(name))
            parsed = parse(content)
        except (FileNotFoundError, StorageError):
            return None
        return Draft(parsed.project, modified) if parsed.schema <= SCHEMA else None

    def keep_draft(self, name: Callable[[], str], project: Project | None) -> str | None:
        """Write a draft, or (``None``) remove it; return what went wrong: no edit fails because of it."""
        try:
            if project is None:
                self.remove_draft(name())
            else:
                self.write_draft(name(), project)
        except DynReportsError as error:
            return str(error)
        return None

    def remove_draft(self, name: str) -> None:
        """Forget what was left unsaved under a name."""
        path = self.draft_path(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise atomic.explained(error, path) from error


def read_file(path: Path) -> tuple[bytes, dt.datetime]:
    """Return the content of a regular file and when it was modified; links are not followed.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    try:
        with open(path, "rb", opener=_without_following) as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode):
                return file.read(), dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = "it is a link" if path.is_symlink() else error.strerror or str(error)
        raise _unreadable(path, reason) from error
    raise _unreadable(path, "it is not a file")


def _without_following(path: str, flags: int) -> int:
    # Without O_NONBLOCK a pipe would be waited for.
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _modified(path: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.lstat().st_mtime, dt.UTC)


def _unreadable(path: Path, reason: str) -> StorageError:
    message = (
        f"{path.name} can't be read: {reason}. The file was left as it is: restore it from a backup or from "
        f"version control, or move it out of {path.parent} and start again."
    )
    return StorageError(message)


def _notice(path: Path, parsed: Parsed) -> str | None:
    if parsed.schema <= SCHEMA:
        return None
    parts = f" Parts that this version does not know are left out: {', '.join(parsed.left_out[:10])}."
    return (
        f"{path.name} was saved by a newer version of dynreports (file version {parsed.schema}; this one "
        f"reads up to {SCHEMA}), so it is open for reading only." + (parts if parsed.left_out else "")
    )
