"""The shell: one anywidget per workspace. It holds synced state, passes messages on, decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

STATIC = Path(__file__).parent / "static"
# A checkout has no bundle before `make setup`; a wheel always has one.
_UNBUILT = 'export default { render({ el }) { el.textContent = "The front end is not built: make setup." } }'

Reply = dict[str, Any]


class Shell(anywidget.AnyWidget):
    """What the browser draws, as synced traits, and a channel for intents.

    Parameters
    ----------
    on_intent
        Is given each intent, whatever it holds, and returns the reply.
    """

    _esm = STATIC / "shell.js" if (STATIC / "shell.js").exists() else _UNBUILT
    _css = STATIC / "shell.css" if (STATIC / "shell.css").exists() else ""

    state = traitlets.Dict().tag(sync=True)
    catalog: Any = traitlets.List().tag(sync=True)
    rules = traitlets.Dict().tag(sync=True)
    presets: Any = traitlets.List().tag(sync=True)
    grids = traitlets.Dict(value_trait=traitlets.Instance(Widget)).tag(sync=True, **widget_serialization)

    def __init__(self, on_intent: Callable[[object], Reply], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_intent = on_intent
        self.on_msg(self._receive)

    def _receive(self, _widget: Widget, content: object, _buffers: list[bytes]) -> None:
        if isinstance(content, dict) and content.get("type") == "intent":
            reply = self._on_intent(content.get("intent"))
            self.send({"type": "reply", "id": content.get("id"), **reply})
