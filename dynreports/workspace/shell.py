"""The shells: one anywidget per workspace or home page, for synced state and messages. They decide nothing.

anywidget sends its module along with every model, and gives up on a model that takes two seconds to start.
With the whole front end in each, twenty workspaces were too many. So models carry a small loader, and the
front end is a trait of one more model per kernel, which the first workspace of a page loads for all.
What draws charts is as heavy again: a page asks for it when it shows its first chart.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

from dynreports.errors import DynReportsError
from dynreports.publish import front_end
from dynreports.publish.front_end import STATIC

# A checkout has no bundle before `make setup`; a wheel always has one.
_IS_BUILT = (STATIC / "loader.js").exists()
_UNBUILT = 'export default { render({ el }) { el.textContent = "The front end is not built: make setup." } }'

Reply = dict[str, Any]
OnIntent = Callable[[object, Callable[[Reply], None]], Reply | None]


class _Source(Widget):  # type: ignore[misc]  # ipywidgets is not typed
    """The front end: module and style sheet, sent to a page once."""

    code = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


_sources: list[_Source] = []


def _source() -> _Source:
    """Return the model of the front end; a new one where the last was closed with all other widgets."""
    if not _sources or _sources[0].comm is None:
        # A page that has it from its server is not sent it once more.
        sent = () if front_end.is_served(os.environ) else ("shell.js", "shell.css")
        _sources[:] = [_Source(**dict(zip(("code", "style"), map(front_end.text, sent), strict=False)))]
    return _sources[0]


class _FrontEnd(anywidget.AnyWidget):
    """A model that the front end draws, and a channel for intents.

    Parameters
    ----------
    on_intent
        Is given each intent, whatever it holds, and returns the reply, or (``None``) gives it later to the
        function that it is given, too.
    """

    _esm = STATIC / "loader.js" if _IS_BUILT else _UNBUILT

    source = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)
    version = traitlets.Unicode().tag(sync=True)

    def __init__(self, on_intent: OnIntent, **traits: Any) -> None:
        super().__init__(source=_source(), version=front_end.version(), **traits)
        self._on_intent = on_intent
        self.on_msg(self._receive)

    def _receive(self, _widget: Widget, content: object, _buffers: list[bytes]) -> None:
        if not isinstance(content, dict):
            return
        id = content.get("id")
        if content.get("type") == "charts":
            self.send({"type": "reply", "id": id, "ok": True}, [front_end.packed("charts.js")])
        elif content.get("type") == "intent":
            reply = self._on_intent(content.get("intent"), lambda reply: self._reply(id, reply))
            if reply is not None:
                self._reply(id, reply)

    def _reply(self, id: object, reply: Reply) -> None:
        buffers = reply.pop("buffers", None)
        self.send({"type": "reply", "id": id, **reply}, buffers)


class HomeShell(_FrontEnd):
    """The list of reports, and the workspace that is open in its place."""

    home = traitlets.Dict().tag(sync=True)
    workspace = traitlets.Instance(Widget, allow_none=True).tag(sync=True, **widget_serialization)


class Shell(_FrontEnd):
    """What the browser draws of a workspace, as synced traits."""

    state = traitlets.Dict().tag(sync=True)
    catalog: Any = traitlets.List().tag(sync=True)
    rules = traitlets.Dict().tag(sync=True)
    misfits = traitlets.Dict().tag(sync=True)
    presets: Any = traitlets.List().tag(sync=True)
    # Its own id, by which the outputs of a notebook name it: the browser is not told otherwise.
    view = traitlets.Unicode().tag(sync=True)
    usage = traitlets.Dict().tag(sync=True)
    charts = traitlets.Dict(value_trait=traitlets.Instance(Widget)).tag(sync=True, **widget_serialization)
    grids = traitlets.Dict(value_trait=traitlets.Instance(Widget)).tag(sync=True, **widget_serialization)
    # Grows with the state.
    revision = traitlets.Int().tag(sync=True)

    def __init__(self, on_intent: OnIntent, lock: threading.RLock, **traits: Any) -> None:
        super().__init__(on_intent, **traits)
        self._sending = lock
        self.view = self.model_id

    def _receive(self, widget: Widget, content: object, buffers: list[bytes]) -> None:
        if isinstance(content, dict) and content.get("type") == "catch_up":
            with self._sending:
                self._catch_up(content.get("id"), content.get("behind"))
        else:
            super()._receive(widget, content, buffers)

    def _catch_up(self, id: object, behind: object) -> None:
        """Say how far every model is, after sending those that a view lacks the last of.

        A page that is loaded over a kernel that already counts asks for the state of all models, and drops
        what is sent of them from then on until it has made its own of each.
        """
        revisions = {}
        for model, revision, parts in self._models():
            revisions[model.model_id] = revision
            if isinstance(behind, list) and model.model_id in behind:
                model.send_state(parts)
        self._reply(id, {"ok": True, "error": None, "say": None, "data": revisions})

    def _models(self) -> Iterator[tuple[Widget, int, tuple[str, ...]]]:
        yield self, self.revision, ("state", "grids", "charts", "misfits", "revision")
        for each in (*self.grids.values(), *self.charts.values()):
            yield each, each.payload["revision"], ("payload",)


def refusal(title: str, error: Exception, code: str) -> Reply:
    """Return the reply to an intent that was not done; what was not foreseen is told with its type."""
    message = str(error) if isinstance(error, DynReportsError) else f"{type(error).__name__}: {error}"
    return {"ok": False, "error": {"title": title, "message": message, "code": code}, "say": None}
