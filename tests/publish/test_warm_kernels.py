"""Kernels that wait: which pages get one, and how it is told what for."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from dynreports.publish import front_end
from dynreports.publish.front_end import SERVED, is_ours, is_served
from dynreports.publish.warm_kernels import WarmKernels, told_of

HOSTILE = "x=\");import os;os.abort()#'''\\\n\u2028\U0001f600"


def test_addresses_travel_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_STRING", "old")
    monkeypatch.setenv("KEPT", "same")
    code = told_of({"QUERY_STRING": HOSTILE, "KEPT": "same"})
    assert "KEPT" not in code
    exec(code)
    assert os.environ["QUERY_STRING"] == HOSTILE


def test_only_our_own_pages_get_one() -> None:
    assert is_ours({"SCRIPT_NAME": "/base/r/plan"})
    assert is_ours({"SCRIPT_NAME": "/"})
    assert not is_ours({"SCRIPT_NAME": "/voila/render/mine.ipynb"})
    assert not is_ours({})


def test_a_kernel_keeps_the_front_end_to_itself_only_where_the_page_has_that_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front_end, "version", lambda: "this")
    plan = {"SCRIPT_NAME": "/r/plan"}
    assert is_served({**plan, SERVED: "this"})
    assert not is_served(plan)  # JupyterLab
    assert not is_served({**plan, SERVED: "that"})  # the server is older, or newer
    assert not is_served({"SCRIPT_NAME": "/voila/render/mine.ipynb", SERVED: "this"})
    monkeypatch.setattr(front_end, "version", lambda: "")
    assert not is_served({**plan, SERVED: ""})  # not built


def test_a_kernel_that_rehearses_waits_for_that_report_alone() -> None:
    kernels = WarmKernels()
    kernels._waiting.extend(["one", "two", "three"])
    kernels._rehearsing.update({"one": "/r/plan", "two": None})
    assert kernels._take("/r/other") == "two"
    assert kernels._take("/r/other") == "three"
    assert kernels._take("/r/other") is None
    assert kernels._take("/r/plan") == "one"
    assert kernels._take("/r/plan") is None


def test_a_waiting_kernel_is_given_once_and_told_its_page(tmp_path: Path) -> None:
    async def visit() -> None:
        kernels = WarmKernels(root_dir=str(tmp_path), spare=1)
        try:
            await kernels.refill()
            [waiting] = kernels.list_kernel_ids()
            await kernels.cull_kernel_if_idle(waiting)
            assert waiting in kernels
            told = {**os.environ, "SCRIPT_NAME": "/r/plan", "QUERY_STRING": HOSTILE}
            assert await kernels.start_kernel(kernel_name="python3", path="", env=told) == waiting
            check = f"import os, sys\nassert os.environ['QUERY_STRING'] == {HOSTILE!r}\n"
            assert await kernels._run(waiting, f"{check}assert 'dynreports.workspace.page' in sys.modules")
            other = await kernels.start_kernel(kernel_name="python3", path="", env=told)
            assert other != waiting
        finally:
            await kernels.shutdown_all()

    asyncio.run(visit())
