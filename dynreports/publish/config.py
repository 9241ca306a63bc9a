"""What people set for their servers: one file, ``dynreports.toml``, in the folder that is served."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

import msgspec

from dynreports.errors import DynReportsError, unknown_name

FILE = "dynreports.toml"
_SHORTEST_TOKEN = 16
_MOST_SPARE = 20


class ConfigError(DynReportsError):
    """The configuration file says something that can't be done; nothing was started."""


class Pages(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server for those who read reports.

    Attributes
    ----------
    title
        Whose pages these are: stands on top of each.
    host, port
        Where it listens. Any other host than this machine needs ``token_file``.
    base_url
        The path under which a proxy in front of it shows it.
    token_file
        The file that holds the token that readers present; not given: a new one at every start.
    cull_after
        Seconds after which the kernel of a page that nobody looks at is ended.
    spare
        How many kernels wait, ready, for the next readers.
    """

    title: str = "Reports"
    host: str = "127.0.0.1"
    port: int = 8866
    base_url: str = "/"
    token_file: str | None = None
    cull_after: int = 300
    spare: int = 2


class Lab(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """JupyterLab, for those who build reports; it listens on this machine only."""

    serve: bool = True
    port: int = 8888


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the file."""

    pages: Pages = Pages()
    lab: Lab = Lab()


def load(folder: Path) -> Config:
    """Return what the folder's configuration file says; the defaults where there is none.

    Raises
    ------
    ConfigError
        If it can't be read, or says what can't be done: where, what was accepted, and what is nearest.
    """
    path = folder / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        message = f"{path} can't be read: {error.strerror or error}."
        raise ConfigError(message) from error
    try:
        config = msgspec.toml.decode(content, type=Config)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        message = f"{path}: {_explained(str(error))}"
        raise ConfigError(message) from error
    _check(config, path)
    return config


def _explained(problem: str) -> str:
    """Say of an unknown field what is near, and of other problems where they are."""
    place = found[1] if (found := re.search(r"at `\$\.?([^`]*)`$", problem)) else ""
    if field := re.search(r"unknown field `([^`]*)`", problem):
        known = {"": Config, "pages": Pages, "lab": Lab}[place].__struct_fields__
        return f"{unknown_name('setting', field[1], known)}" + (f" (in [{place}])" if place else "")
    return f"{re.sub(r' - at `[^`]*`$', '', problem)}" + (f" (at {place})." if place else ".")


def _check(config: Config, path: Path) -> None:
    pages = config.pages
    problem = None
    for name, port in (("pages.port", pages.port), ("lab.port", config.lab.port)):
        if not 1 <= port <= 65535:
            problem = f"{name} must be between 1 and 65535; it is {port}."
    if pages.cull_after < 10:
        problem = f"pages.cull_after must be at least 10 seconds; it is {pages.cull_after}."
    if not 0 <= pages.spare <= _MOST_SPARE:
        problem = f"pages.spare must be between 0 and {_MOST_SPARE} kernels; it is {pages.spare}."
    if not re.fullmatch(r"/([\w.~-]+/)*", pages.base_url):
        problem = f"pages.base_url must begin and end with a slash, like /reports/; it is {pages.base_url!r}."
    if not _is_here(pages.host) and pages.token_file is None:
        problem = (
            f"pages.host is {pages.host!r}, so others can reach it: give pages.token_file, a file with "
            f"a token of at least {_SHORTEST_TOKEN} characters."
        )
    if problem:
        message = f"{path}: {problem}"
        raise ConfigError(message)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def token(config: Config, folder: Path) -> str | None:
    """Return the token of the file that the configuration names; ``None``: none is named.

    Raises
    ------
    ConfigError
        If the file can't be read, or what it holds is too short to be safe.
    """
    if config.pages.token_file is None:
        return None
    path = folder / config.pages.token_file
    try:
        found = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"The token file {path} can't be read: {error}."
        raise ConfigError(message) from error
    if len(found) < _SHORTEST_TOKEN or not found.isascii() or not found.isprintable() or " " in found:
        message = f"The token in {path} must have at least {_SHORTEST_TOKEN} signs, and no blanks."
        raise ConfigError(message)
    return found
