"""Real servers for the browser tests: JupyterLab and Voilà as people start them, on 127.0.0.1."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

from dynreports.publish.folder import Folder
from dynreports.publish.servers import HOST, Server

START_SECONDS = 90
# The tests run cells through JupyterLab's own commands.
LAB_OPTIONS = ("--LabApp.expose_app_in_browser=True",)
CHROMIUM: dict[str, Any] = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ],
}


@contextmanager
def started(server: Server, folder: Folder, *, extra: tuple[str, ...] = ()) -> Iterator[Server]:
    """Start a server and end it, by pid, with the test."""
    log = (folder.logs / f"{server.name.lower()}.log").open("wb")
    process = subprocess.Popen(
        [*server.command, *extra],
        cwd=folder.root,
        # Settings of their own: a theme that a test chooses is not to stay for the person who runs it.
        env={**server.environment(folder), "JUPYTER_CONFIG_DIR": str(folder.logs / "config")},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait(server, process, folder)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _wait(server: Server, process: subprocess.Popen[bytes], folder: Folder) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, (folder.logs / f"{server.name.lower()}.log").read_text()
        connection = HTTPConnection(HOST, server.port, timeout=5)
        try:
            connection.request("GET", server.probe, headers={"Authorization": f"token {server.token}"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    message = f"{server.name} did not answer within {START_SECONDS} s"
    raise AssertionError(message)
