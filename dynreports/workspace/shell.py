"""The shell: one anywidget per workspace. It holds synced state and passes messages on; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

STATIC = Path(__file__).parent / "static"


class Shell(anywidget.AnyWidget):
    """What the browser draws, as synced traits, and a channel for intents."""

    _esm = STATIC / "shell.js"
    _css = STATIC / "shell.css"

    state = traitlets.Dict().tag(sync=True)
    catalog = traitlets.List().tag(sync=True)
    rules = traitlets.Dict().tag(sync=True)
    presets = traitlets.List().tag(sync=True)
    grids = traitlets.Dict(value_trait=traitlets.Instance(Widget)).tag(sync=True, **widget_serialization)

    def __init__(self, on_intent: Callable[[dict[str, Any]], dict[str, Any]], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_intent = on_intent
        self.on_msg(self._receive)

    def _receive(self, _widget: Widget, content: dict[str, Any], _buffers: list[bytes]) -> None:
        if content.get("type") == "intent":
            reply = self._on_intent(content.get("intent", {}))
            self.send({"type": "reply", "id": content.get("id"), **reply})
