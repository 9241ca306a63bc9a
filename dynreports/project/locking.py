"""One at a time: gestures, cells and figures may come in different threads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])


def locked(method: Method) -> Method:
    """Hold the ``lock`` of the object while the method runs."""

    @wraps(method)
    def alone(self: Any, *args: object, **more: object) -> object:
        with self.lock:
            return method(self, *args, **more)

    return cast("Method", alone)
