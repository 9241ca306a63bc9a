"""Kernels that wait for readers: each has shown the report that was read last to nobody, before anybody asks.

All that pages need is imported by then, and the data of that report read and counted; see `page.rehearse`. A
reader gets one of them instead of a new one, and with it the address that he asked for; the next one is
started when his page stands. Who a reader is, a waiting kernel learns only then.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Mapping
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Int

from dynreports.publish.front_end import is_ours

WARM_UP = "import dynreports.workspace.page, dynreports.campaign.loading"
REFILL_SECONDS = 5.0
_PATIENCE = 60.0
_REHEARSAL = "from dynreports.workspace.page import rehearse\nrehearse()"
_LONG = 300.0  # seconds that data may take to be read


_Manager: Any = AsyncMappingKernelManager  # half of it is not typed


class WarmKernels(_Manager):  # type: ignore[misc]
    """The kernel manager of the page server."""

    spare = Int(1, help="How many kernels wait; each takes some 150 MB, and the data of a report.").tag(
        config=True
    )

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._waiting: deque[str] = deque()
        self._rehearsing: dict[str, str | None] = {}
        self._is_filling = False
        self._last: dict[str, str] = {}

    async def refill(self) -> None:
        """Start kernels until enough of them wait."""
        if self._is_filling:
            return
        self._is_filling = True
        try:
            await self._fill()
        finally:
            self._is_filling = False

    async def _fill(self) -> None:
        while len(self._waiting) < self.spare:
            kernel_id = await ensure_async(super().start_kernel(kernel_name="python3", path=""))
            if not await self._run(kernel_id, WARM_UP):
                self.log.warning("A kernel could not be made ready for readers; pages start their own.")
                await ensure_async(self.shutdown_kernel(kernel_id))
                return
            last = self._last
            self._waiting.append(kernel_id)
            self._rehearsing[kernel_id] = last.get("SCRIPT_NAME")
            await self._run(kernel_id, f"{told_of(last)}\n{_REHEARSAL}", _LONG)
            self._rehearsing.pop(kernel_id, None)

    def _take(self, wanted: str) -> str | None:
        """Return a waiting kernel; one that still rehearses another report may take longer than a new one."""
        for kernel_id in self._waiting:
            if self._rehearsing.get(kernel_id) in {None, wanted}:
                self._waiting.remove(kernel_id)
                return kernel_id
        return None

    async def start_kernel(self, **wanted: Any) -> str:
        """Return the id of a waiting kernel for one of our own pages, else of a new one."""
        told = wanted.get("env") or {}
        # People's own notebooks begin with nothing imported.
        if is_ours(told):
            self._last = {name: told[name] for name in ("SCRIPT_NAME", "VOILA_BASE_URL") if name in told}
            while (kernel_id := self._take(told["SCRIPT_NAME"])) is not None:
                IOLoop.current().call_later(REFILL_SECONDS, self.refill)
                if kernel_id in self and await self._run(kernel_id, told_of(told)):
                    return kernel_id
        started: str = await ensure_async(super().start_kernel(**wanted))
        return started

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that nobody uses, unless it is there to wait."""
        if kernel_id not in self._waiting:
            await ensure_async(super().cull_kernel_if_idle(kernel_id))

    async def _run(self, kernel_id: str, code: str, patience: float = _PATIENCE) -> bool:
        """Run code in a kernel, and return whether it went well."""
        client = self.get_kernel(kernel_id).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=_PATIENCE)
            reply = await client.execute(code, silent=True, reply=True, timeout=patience)
            return bool(reply["content"]["status"] == "ok")
        except (RuntimeError, TimeoutError):
            return False
        finally:
            client.stop_channels()


def told_of(told: Mapping[str, str]) -> str:
    """Return the code that tells a kernel which page it is for. Addresses, hostile text, travel as JSON."""
    news = {name: text for name, text in told.items() if os.environ.get(name) != text}
    return f"import json, os\nos.environ.update(json.loads({json.dumps(news)!r}))"
