"""The two servers as commands: JupyterLab for those who build reports, Voilà for those who read them.

Both listen on 127.0.0.1 only, each with a random token. Tokens travel in the environment: command lines
can be read by everybody on the machine.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dynreports.publish import config
from dynreports.publish.config import Config
from dynreports.publish.folder import HOME, Folder

HOST = "127.0.0.1"

# The only front-end extensions that a page needs: each further one makes it open later.
PAGE_EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
    "ipyaggrid",
)
CULL_INTERVAL_SECONDS = 60
PAGE_OPTIONS: Mapping[str, object] = {
    "VoilaConfiguration.template": "dynreports",
    "VoilaConfiguration.allow_template_override": "NO",
    "VoilaConfiguration.allow_theme_override": "NO",
    "VoilaConfiguration.classic_tree": True,
    "VoilaConfiguration.strip_sources": True,
    "VoilaConfiguration.show_tracebacks": False,
    # Files are served without a token: serve none.
    "VoilaConfiguration.file_denylist": ".*",
}

JUPYTER = Path(__file__).resolve().parent / "jupyter"


@dataclass(frozen=True)
class Server:
    """One server to start.

    Attributes
    ----------
    name
        What people call it.
    port
        Where it listens on 127.0.0.1.
    command
        What starts it.
    landing
        Path to open first.
    probe
        A protected path that answers only when the server is ready, and only with the token.
    token
        What visitors must present.
    host
        Where it listens.
    variables
        What its kernels are told beside where the reports lie.
    """

    name: str
    port: int
    command: list[str]
    landing: str
    probe: str
    token: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)
    host: str = HOST
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"http://{self.host}:{self.port}{self.landing}?token={self.token}"

    def environment(self, folder: Folder) -> dict[str, str]:
        """Return the environment of the server, and so of the kernels that it starts."""
        return {
            **os.environ,
            "JUPYTER_TOKEN": self.token,
            "JUPYTER_PATH": _first(JUPYTER, "JUPYTER_PATH"),
            "JUPYTER_CONFIG_PATH": _first(JUPYTER / "config", "JUPYTER_CONFIG_PATH"),
            "DYNREPORTS_REPORTS": str(folder.reports),
            "DYNREPORTS_ROOT": str(folder.root),
            **self.variables,
        }


def lab(folder: Folder, port: int) -> Server:
    """JupyterLab over the whole folder."""
    first = next((each for each in ("start.ipynb", HOME) if (folder.root / each).exists()), None)
    start = f"/tree/{first}" if first else ""
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        *_listening("ServerApp", port),
        "--ServerApp.open_browser=False",
        f"--ServerApp.root_dir={folder.root}",
        f"--ServerApp.allow_root={os.geteuid() == 0}",
        # Notebooks as pages, in the tab that a report on a delivery opens in.
        *(f"--{name}={value}" for name, value in PAGE_OPTIONS.items()),
        *(f"--VoilaConfiguration.extension_allowlist={name}" for name in PAGE_EXTENSIONS),
    ]
    return Server("JupyterLab", port, command, landing=f"/lab{start}", probe="/api/status")


def pages(folder: Folder, port: int, settings: Config | None = None) -> Server:
    """Voilà over what is published, in our template.

    Raises
    ------
    ConfigError
        If the settings name a token that can't be used.
    """
    settings = settings or Config()
    wanted = settings.pages
    options = {
        "PageServer.reports": folder.reports,
        "Voila.base_url": wanted.base_url,
        "Voila.open_browser": False,
        # Without this Voilà asks for no token at all.
        "Voila.auto_token": True,
        **PAGE_OPTIONS,
        "VoilaConfiguration.multi_kernel_manager_class": "dynreports.publish.warm_kernels.WarmKernels",
        "WarmKernels.spare": wanted.spare,
        "MappingKernelManager.cull_idle_timeout": wanted.cull_after,
        "MappingKernelManager.cull_interval": CULL_INTERVAL_SECONDS,
    }
    command = [
        *(sys.executable, "-m", "dynreports.publish.page_server", str(folder.pages)),
        *_listening("Voila", port, wanted.host),
        *(f"--{name}={value}" for name, value in options.items()),
        *(f"--VoilaConfiguration.extension_allowlist={name}" for name in PAGE_EXTENSIONS),
    ]
    given = config.token(settings, folder.root)
    return Server(
        "Pages",
        port,
        command,
        landing=wanted.base_url,
        probe=f"{wanted.base_url}voila/tree",
        **({} if given is None else {"token": given}),
        host=wanted.host,
        variables={"DYNREPORTS_AUDIENCE": "readers", "DYNREPORTS_BRAND": wanted.title},
    )


def free_port(preferred: int, host: str = HOST) -> int:
    """Return the preferred port if nothing listens there, else any free one."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            # Connections of an earlier run that are still closing down must not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    message = f"no free port on {host}"
    raise OSError(message)


def _listening(application: str, port: int, host: str = HOST) -> list[str]:
    # No retries: another port than the one that is printed would leave people at a stranger's door.
    return [f"--{application}.{option}" for option in (f"ip={host}", f"port={port}", "port_retries=0")]


def _first(path: Path, variable: str) -> str:
    return os.pathsep.join(each for each in (str(path), os.environ.get(variable, "")) if each)
