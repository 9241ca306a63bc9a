"""What of the page server only Python can configure; Voilà reads it through JUPYTER_CONFIG_PATH."""

from __future__ import annotations

from typing import Any


def give_xsrf_cookie(handler: Any, **_: Any) -> None:
    """Give a visitor who came with the token in the address the cookie that a login would have given.

    Without it the page may not end its kernel when it is closed, and kernels pile up until they are culled.
    """
    _ = handler.xsrf_token


c = get_config()  # type: ignore[name-defined]  # noqa: F821  (Jupyter defines it)
c.VoilaConfiguration.prelaunch_hook = give_xsrf_cookie
