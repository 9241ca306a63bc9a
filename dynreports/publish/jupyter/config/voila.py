"""What of the page server only Python can configure; Voilà reads it through JUPYTER_CONFIG_PATH."""

from __future__ import annotations

from typing import Any


def prepare(handler: Any, notebook: Any, **_: Any) -> None:
    """Give a visitor who came with the token in the address the cookie that a login would have given.

    Without it the page may not end its kernel when it is closed, and kernels pile up until they are culled.
    Our own pages have sent their head, and with it the cookie, by now; the template is told so.
    """
    if getattr(handler, "head_is_sent", False):
        notebook.metadata["dynreports"] = {"head": "sent"}
    else:
        _ = handler.xsrf_token


c = get_config()  # type: ignore[name-defined]  # noqa: F821  (Jupyter defines it)
c.VoilaConfiguration.prelaunch_hook = prepare
