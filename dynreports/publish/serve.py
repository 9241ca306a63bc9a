"""Serve a folder: start both servers, say where they are, end both when asked or when one dies."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from msgspec.structs import replace

from dynreports.errors import DynReportsError
from dynreports.publish.config import Config, load
from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server, free_port, lab, pages

START_SECONDS = 90
END_SECONDS = 10
POLL_SECONDS = 0.2
ATTEMPTS = 3


class ServeError(DynReportsError):
    """A server did not start, or ended by itself."""


class _PortLostError(ServeError):
    """Another program took the port between our look and our server's start."""


@dataclass(frozen=True)
class _Running:
    server: Server
    process: subprocess.Popen[bytes]
    log: Path


def serve(folder: Folder, say: Callable[[str], None], *, readers_only: bool = False) -> None:
    """Serve the folder, as its configuration file says, until SIGINT or SIGTERM.

    Parameters
    ----------
    folder
        A prepared folder.
    say
        Is told each line meant for the person who started this.
    readers_only
        Without JupyterLab: only the pages.

    Raises
    ------
    ConfigError
        When the configuration file says what can't be done; nothing was started.
    ServeError
        When a server does not start, asks for no token, or ends by itself. The other one was ended too.
    """
    settings = load(folder.root)
    if readers_only:
        settings = replace(settings, lab=replace(settings.lab, serve=False))
    with _stop_signals() as stopped:
        for attempt in range(1, ATTEMPTS + 1):
            servers = _servers(folder, settings)
            try:
                _serve(servers, folder, stopped, say)
                break
            except _PortLostError:
                if attempt == ATTEMPTS:
                    raise
    say("Both servers have ended." if settings.lab.serve else "The server has ended.")


def _servers(folder: Folder, settings: Config) -> list[Server]:
    authors = [lab(folder, free_port(settings.lab.port))] if settings.lab.serve else []
    return [*authors, pages(folder, free_port(settings.pages.port, settings.pages.host), settings)]


def _serve(
    servers: Sequence[Server], folder: Folder, stopped: threading.Event, say: Callable[[str], None]
) -> None:
    with _started(servers, folder) as running:
        if _wait_until_ready(running, stopped):
            _announce(servers, say)
            _watch(running, stopped)


def _announce(servers: Sequence[Server], say: Callable[[str], None]) -> None:
    purposes = {"JupyterLab": "Build reports:", "Pages": "Read reports: "}
    for server in servers:
        say(f"{purposes[server.name]} {server.address}")
    say("Ctrl-C ends both." if len(servers) > 1 else "Ctrl-C ends it.")


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """Turn SIGINT and SIGTERM into an event while the block runs."""
    stopped = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: stopped.set()) for number in numbers}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _started(servers: Sequence[Server], folder: Folder) -> Iterator[list[_Running]]:
    """Start the servers; end them, by pid, when the block is left in whatever way."""
    running: list[_Running] = []
    try:
        for server in servers:
            log = folder.logs / f"{server.name.lower()}.log"
            with log.open("wb") as output:
                process = subprocess.Popen(  # noqa: S603  (our own command line, no shell)
                    server.command,
                    cwd=folder.root,
                    env=server.environment(folder),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    # A session of its own: Ctrl-C in the terminal reaches us alone, and JupyterLab
                    # does not ask whether it was meant.
                    start_new_session=True,
                )
            running.append(_Running(server, process, log))
        yield running
    finally:
        _end(running)


def _end(running: Sequence[_Running]) -> None:
    for each in running:
        if each.process.poll() is None:
            each.process.terminate()
    deadline = time.monotonic() + END_SECONDS
    for each in running:
        try:
            each.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.process.kill()
            each.process.wait()


def _wait_until_ready(running: Sequence[_Running], stopped: threading.Event) -> bool:
    """Wait until every server answers; False when asked to stop before."""
    deadline = time.monotonic() + START_SECONDS
    waiting = list(running)
    while waiting:
        _raise_if_dead(running, ready=False)
        waiting = [each for each in waiting if _status(each.server, with_token=True) != 200]
        if waiting and time.monotonic() > deadline:
            late = waiting[0]
            message = f"{late.server.name} did not answer within {START_SECONDS} s. {_last_words(late)}"
            raise ServeError(message)
        if stopped.wait(POLL_SECONDS if waiting else 0):
            return False
    for each in running:
        # A person's own Jupyter configuration can switch tokens off; then nothing of ours may listen.
        if _status(each.server, with_token=False) == 200:
            message = (
                f"{each.server.name} answers without a token, so it was ended. "
                "Your own Jupyter configuration (see `jupyter --paths`) switches tokens off."
            )
            raise ServeError(message)
    return True


def _status(server: Server, *, with_token: bool) -> int | None:
    headers = {"Authorization": f"token {server.token}"} if with_token else {}
    connection = HTTPConnection(server.host, server.port, timeout=5)
    try:
        connection.request("GET", server.probe, headers=headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _watch(running: Sequence[_Running], stopped: threading.Event) -> None:
    while not stopped.wait(POLL_SECONDS):
        _raise_if_dead(running)


def _raise_if_dead(running: Sequence[_Running], *, ready: bool = True) -> None:
    for each in running:
        code = each.process.poll()
        if code is not None:
            others = "".join(f"; {other.server.name} was ended too" for other in running if other is not each)
            message = f"{each.server.name} ended by itself (exit code {code}){others}. {_last_words(each)}"
            lost = not ready and free_port(each.server.port, each.server.host) != each.server.port
            raise (_PortLostError if lost else ServeError)(message)


def _last_words(running: _Running) -> str:
    lines = running.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    if not lines:
        return f"Its log is {running.log}."
    return "\n  ".join([f"Its log, {running.log}, ends with:", *lines])
