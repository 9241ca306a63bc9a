"""The two servers as commands: JupyterLab for those who build reports, Voilà for those who read them.

Both listen on 127.0.0.1 only, each with a random token. Tokens travel in the environment: command lines
can be read by everybody on the machine.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dynreports.publish.folder import PAGE, Folder

HOST = "127.0.0.1"
LAB_PORT = 8888
PAGES_PORT = 8866

# The only front-end extensions that a page needs: each further one makes it open later.
PAGE_EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
    "ipyaggrid",
)
# A page's kernel is ended when nobody has been connected to it for so long: long enough for a laptop
# that sleeps through a coffee, short enough not to pile up.
CULL_IDLE_SECONDS = 300
CULL_INTERVAL_SECONDS = 60

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
    """

    name: str
    port: int
    command: list[str]
    landing: str
    probe: str
    token: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"http://{HOST}:{self.port}{self.landing}?token={self.token}"

    def environment(self, folder: Folder) -> dict[str, str]:
        """Return the environment of the server, and so of the kernels that it starts."""
        return {
            **os.environ,
            "JUPYTER_TOKEN": self.token,
            "JUPYTER_PATH": _first(JUPYTER, "JUPYTER_PATH"),
            "JUPYTER_CONFIG_PATH": _first(JUPYTER / "config", "JUPYTER_CONFIG_PATH"),
            "DYNREPORTS_REPORTS": str(folder.reports),
        }


def lab(folder: Folder, port: int) -> Server:
    """JupyterLab over the whole folder."""
    start = "/tree/start.ipynb" if (folder.root / "start.ipynb").exists() else ""
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        *_listening("ServerApp", port),
        "--ServerApp.open_browser=False",
        f"--ServerApp.root_dir={folder.root}",
        f"--ServerApp.allow_root={os.geteuid() == 0}",
    ]
    return Server("JupyterLab", port, command, landing=f"/lab{start}", probe="/api/status")


def pages(folder: Folder, port: int) -> Server:
    """Voilà over the published notebooks, in our template."""
    options = {
        "Voila.open_browser": False,
        # Without this Voilà asks for no token at all.
        "Voila.auto_token": True,
        "VoilaConfiguration.template": "dynreports",
        "VoilaConfiguration.allow_template_override": "NO",
        "VoilaConfiguration.allow_theme_override": "NO",
        "VoilaConfiguration.classic_tree": True,
        "VoilaConfiguration.strip_sources": True,
        "VoilaConfiguration.show_tracebacks": False,
        # Files are served without a token: serve none.
        "VoilaConfiguration.file_denylist": ".*",
        "MappingKernelManager.cull_idle_timeout": CULL_IDLE_SECONDS,
        "MappingKernelManager.cull_interval": CULL_INTERVAL_SECONDS,
    }
    command = [
        *(sys.executable, "-m", "voila", str(folder.pages)),
        *_listening("Voila", port),
        *(f"--{name}={value}" for name, value in options.items()),
        *(f"--VoilaConfiguration.extension_allowlist={name}" for name in PAGE_EXTENSIONS),
    ]
    return Server("Pages", port, command, landing=f"/voila/render/{PAGE}", probe="/voila/tree")


def free_port(preferred: int) -> int:
    """Return the preferred port of 127.0.0.1 if nothing listens there, else any free one."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            # Connections of an earlier run that are still closing down must not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    message = f"no free port on {HOST}"
    raise OSError(message)


def _listening(application: str, port: int) -> list[str]:
    # No retries: another port than the one that is printed would leave people at a stranger's door.
    return [f"--{application}.{option}" for option in (f"ip={HOST}", f"port={port}", "port_retries=0")]


def _first(path: Path, variable: str) -> str:
    return os.pathsep.join(each for each in (str(path), os.environ.get(variable, "")) if each)
