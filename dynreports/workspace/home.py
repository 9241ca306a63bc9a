"""The home page: all reports in a list, to open, create, rename, duplicate, delete and bring back.

The report that is opened from it stands in its place, in the same kernel. Twin of widgets/src/sync/home.ts.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from dynreports.campaign.channels import channels
from dynreports.errors import DynReportsError, InvalidInputError, RefusedError
from dynreports.project import shelf
from dynreports.project.owners import user
from dynreports.project.shelf import Entry
from dynreports.project.storage import Storage
from dynreports.publish import published
from dynreports.semantics.dataset import Dataset
from dynreports.workspace import listing
from dynreports.workspace.shell import HomeShell, Reply, refusal

if TYPE_CHECKING:
    from dynreports.project.session import Session
    from dynreports.workspace.controller import Workspace

_LARGEST_INTENT = 1_000_000
_AFTER = 1.0  # seconds until the list is drawn
_log = logging.getLogger(__name__)
On = Literal["delivery", "campaign", "program"]
Said = tuple[str | None, dict[str, Any] | None]
"""What is said of a verb that was done, and what else its reply holds."""


class _Intent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="verb"):
    """Something that a person does to the list."""


class List(_Intent, frozen=True, tag="list"):
    """Look at the folder again."""


class Create(_Intent, frozen=True, tag="create"):
    """Begin a new report, and open it."""


class Open(_Intent, frozen=True, tag="open"):
    """Open a report in place of the list."""

    name: str
    kind: Literal["template", "custom"]


class Leave(_Intent, frozen=True, tag="leave"):
    """Close the report that is open, and go back to the list. What was not saved of it is gone."""


class Rename(_Intent, frozen=True, tag="rename"):
    """Give a report another title."""

    name: str
    title: str


class Duplicate(_Intent, frozen=True, tag="duplicate"):
    """Copy reports."""

    names: tuple[str, ...]


class Delete(_Intent, frozen=True, tag="delete"):
    """Take reports off the list."""

    names: tuple[str, ...]


class Restore(_Intent, frozen=True, tag="restore"):
    """Bring deleted reports back."""

    tokens: tuple[str, ...]


class Objects(_Intent, frozen=True, tag="objects"):
    """What can reports be opened on: programs, campaigns and deliveries?"""


class Scoped(_Intent, frozen=True, tag="scoped"):
    """On which days does a report on one of them begin, and is it complete?"""

    on: On
    id: str


class OpenScoped(_Intent, frozen=True, tag="open_scoped"):
    """Open a report that ships on one of them, in place of the list."""

    template: str
    on: On
    id: str


Intent = List | Create | Open | Leave | Rename | Duplicate | Delete | Restore | Objects | Scoped | OpenScoped


class ReadersHome:
    """What is published in a folder, for its readers: a list of addresses, and nothing to change."""

    def __init__(self, storage: Storage | None = None) -> None:
        self.storage = storage or Storage()
        self.shell = HomeShell(lambda intent, _later: self.answer(intent))
        self._push()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.shell)  # type: ignore[no-untyped-call]

    def answer(self, intent: object) -> Reply:
        """Look again when asked to; refuse all else."""
        if intent == {"verb": "list"}:
            self._push()
            return {"ok": True, "error": None, "say": None}
        return refusal("That is not possible here", RefusedError("This list is for reading."), "refused")

    def _push(self) -> None:
        base = os.environ.get("VOILA_BASE_URL", "/")
        self.shell.home = {
            "reports": [
                {
                    "name": each.name,
                    "title": each.about.title,
                    "kind": "custom",
                    "description": each.about.note,
                    "channels": list(each.about.channels),
                    "owner": each.about.author,
                    "modified": listing.shown(each.about.moment),
                    "stamp": each.about.moment.timestamp(),
                    "problem": None,
                    "address": f"{base}{published.address(each.name)[1:]}",
                }
                for each in published.published(self.storage)
            ],
            "audience": "readers",
            "me": "",
            "cannotCreate": None,
            "tab": None,
        }


class Home:
    """The reports of a folder in a Jupyter front end.

    Parameters
    ----------
    data
        What templates and new reports are about: a dataset, or anything that one can be made of. ``None``:
        the campaign logs beside the reports.
    storage
        The folder of reports; ``None``: the usual one.
    """

    def __init__(self, data: object = None, *, storage: Storage | None = None) -> None:
        self.storage = storage or Storage()
        self._data = data
        self._dataset: Dataset | None = None
        self.workspace: Workspace | None = None
        self.shell = HomeShell(lambda intent, _later: self.answer(intent))
        self._push()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.shell)  # type: ignore[no-untyped-call]
        _get_ready()
        wanted = listing.wanted(os.environ.get("QUERY_STRING", ""))
        if wanted is not None:
            self.answer({"verb": "open_scoped", **wanted})

    def answer(self, intent: object) -> Reply:
        """Do what an intent says, and return the reply to the browser. It never raises.

        An intent that is not understood, not possible or goes wrong changes nothing.
        """
        try:
            said, data = self._do(_decoded(intent))
            return {"ok": True, "error": None, "say": said, "data": data}
        except DynReportsError as error:
            return refusal("That is not possible here", error, "refused")
        except Exception as error:
            _log.exception("An intent failed: %.200r", intent)
            return refusal("Something went wrong", error, "error")

    def _do(self, intent: Intent) -> Said:
        match intent:
            case List():
                self._push()
                return None, None
            case Create():
                self._show(self._fresh())
                return "Began a new report.", None
            case Open(name, kind):
                self._show(self._opened(name, kind))
                return f"Opened {self._open_title()}.", None
            case Objects():
                from dynreports.workspace import sending

                return None, sending.listed(self.dataset())
            case Scoped(on, id):
                from dynreports.workspace import sending

                return None, sending.scoped(self.dataset(), on, id)
            case OpenScoped(template, on, id):
                self._show(self._on(template, on, id))
                return f"Opened {self._open_title()}.", None
            case Leave():
                self._leave()
                return "The list of reports.", None
            case Rename(name, title):
                shelf.rename(self.storage, name, title)
                return self._listed(f"Renamed to “{title.strip()}”."), None
            case Duplicate(names):
                copies = [shelf.duplicate(self.storage, each) for each in names]
                return self._listed(f"Duplicated {_counted(len(copies))}."), None
            case Delete(names):
                self._check_unpublished(names)
                titles = {each.name: each.title for each in self.storage.list()}
                tokens = [shelf.delete(self.storage, each) for each in names]
                what = f"“{titles[names[0]]}”" if len(names) == 1 else _counted(len(names))
                return self._listed(f"Deleted {what}."), {"tokens": tokens}
            case Restore(tokens):
                for each in tokens:
                    shelf.restore(self.storage, each)
                return self._listed(f"Brought back {_counted(len(tokens))}."), None

    def _check_unpublished(self, names: Iterable[str]) -> None:
        for each in names:
            if published.about(self.storage, each) is not None:
                message = f"{each!r} is published. Open it and withdraw it first (Project > Publish…)."
                raise RefusedError(message)

    def _listed(self, said: str) -> str:
        self._push()
        return said

    # ---- what is open ---------------------------------------------------------------------------

    def dataset(self) -> Dataset:
        """Return what templates and new reports are about.

        Raises
        ------
        DataError
            If nothing was given and no campaign logs lie beside the reports.
        """
        if self._dataset is None:
            if self._data is None:
                from dynreports.campaign import load

                self._dataset = load()
            else:
                self._dataset = self._data if isinstance(self._data, Dataset) else Dataset(self._data)
        return self._dataset

    def _fresh(self) -> Session:
        from dynreports.workspace import opening

        return opening.fresh(self.dataset(), self.storage, this_month=True)

    def _opened(self, name: str, kind: str) -> Session:
        from dynreports.workspace import opening

        if kind == "template":
            return opening.template_session(name, self.dataset(), self.storage)
        wanted = self.storage.load(name).project.data
        # Data that a notebook gave goes by its name; other data is read, unless it is what is there already.
        known = self.dataset() if wanted.path is None and self._data is not None else self._dataset
        is_known = known is not None and (
            known.name == wanted.name
            if wanted.path is None
            else wanted == opening.reference(known, self.storage.folder)
        )
        return opening.open_session(name, known if is_known else None, storage=self.storage)

    def _on(self, template: str, on: str, id: str) -> Session:
        from dynreports.campaign.scope import scope
        from dynreports.workspace import opening

        dataset = self.dataset()
        return opening.template_session(template, dataset, self.storage, scope(dataset, **{on: id}))

    def _show(self, session: Session) -> None:
        self._close()
        from dynreports.workspace.controller import Workspace

        self.workspace = Workspace(session)
        self.shell.workspace = self.workspace.shell
        self.workspace.fill()

    def _open_title(self) -> str:
        return "" if self.workspace is None else self.workspace.session.project.title

    def _leave(self) -> None:
        if self.workspace is not None:
            self.workspace.session.forget_draft()
        self.shell.workspace = None
        self._close()
        self._push()

    def _close(self) -> None:
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

    # ---- what goes out --------------------------------------------------------------------------

    def _push(self) -> None:
        public = {each.name for each in published.published(self.storage)}
        self.shell.home = {
            "reports": [_entry(each, public) for each in shelf.entries(self.storage)],
            "audience": "authors",
            "me": user() or "",
            "cannotCreate": None,
            "tab": listing.tab(),
        }


def _get_ready() -> None:
    """Import what opens reports once the list stands there: it takes as long as the list itself."""
    try:
        asyncio.get_running_loop().call_later(_AFTER, import_module, "dynreports.workspace.opening")
        asyncio.get_running_loop().call_later(_AFTER, import_module, "dynreports.workspace.controller")
    except RuntimeError:  # in no kernel
        return


def _entry(entry: Entry, public: set[str]) -> dict[str, Any]:
    modified = entry.modified
    return {
        "name": entry.name,
        "title": entry.title,
        "kind": entry.kind,
        "description": entry.description,
        "channels": list(channels(entry.only)),
        "owner": entry.owner or "",
        "modified": "" if modified is None else listing.shown(modified),
        "stamp": 0 if modified is None else modified.timestamp(),
        "problem": entry.problem,
        "address": published.address(entry.name) if entry.kind == "custom" and entry.name in public else None,
    }


def _decoded(intent: object) -> Intent:
    try:
        if len(msgspec.json.encode(intent)) > _LARGEST_INTENT:
            message = "The gesture is too long."
            raise InvalidInputError(message)
        found: Intent = msgspec.convert(intent, Intent)
    except (msgspec.ValidationError, TypeError, ValueError, RecursionError) as error:
        message = f"The gesture can't be understood: {error}."
        raise InvalidInputError(message) from error
    if isinstance(found, Duplicate | Delete | Restore) and not (
        found.tokens if isinstance(found, Restore) else found.names
    ):
        message = "Nothing is selected."
        raise RefusedError(message)
    return found


def _counted(count: int) -> str:
    return "1 report" if count == 1 else f"{count:,} reports"
