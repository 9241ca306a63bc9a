"""House rules that a machine can hold us to."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.util import resolve_name
from pathlib import Path

from packaging.requirements import Requirement

import dynreports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dynreports"
LONGEST = 400

# From the top down: a module imports only from its own layer and from those below.
LAYERS = (
    "cli",
    "api",
    "workspace",
    "publish",
    "access",
    "views",
    "campaign",
    "project",
    "engine",
    "semantics",
    "errors",
)
# Modules of the package's root that are not named after their layer.
ROOT_MODULES = {"__main__": "cli", "__init__": "api", "_version": "errors"}


def committed() -> list[Path]:
    """Return every file that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def layer(module: str) -> int:
    """Return the place of a module of ours in LAYERS."""
    name = [*module.split("."), "__init__"][1]
    name = ROOT_MODULES.get(name, name)
    # Any other name is one that `dynreports` itself offers: the public API.
    return LAYERS.index(name if name in LAYERS else "api")


def imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    """Yield (line, module of ours) for each import, also inside functions."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = resolve_name("." * node.level + (node.module or ""), package)
            # `from dynreports import x` may name a layer or, from above, a part of the public API.
            names = [f"{origin}.{each.name}" for each in node.names] if origin == "dynreports" else [origin]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "dynreports":
                yield node.lineno, name


def modules() -> list[tuple[Path, str]]:
    """Return (file, dotted name) of every module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(ROOT).with_suffix("")
        if "jupyter" not in place.parts:  # configuration that Jupyter reads, not modules
            found.append((path, ".".join(place.parts).removesuffix(".__init__")))
    return found


def test_every_module_has_a_layer() -> None:
    roots = {[*module.split("."), "__init__"][1] for _, module in modules()}
    assert roots <= {*LAYERS, *ROOT_MODULES}


def test_imports_point_downwards() -> None:
    upwards = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path, module in modules()
        for line, name in imports(path, module)
        if layer(name) < layer(module)
    ]
    assert not upwards, "\n".join(upwards)


def test_every_file_is_short_enough_to_read() -> None:
    written = {".py", ".ts", ".tsx", ".css", ".js", ".mjs"}
    long = {
        str(path.relative_to(ROOT)): length
        for path in committed()
        if path.suffix in written and (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_no_file_names_a_registry_or_a_cdn() -> None:
    # In pieces, so that this file names none either.
    hosts = [
        f"{name}.{domain}"
        for name, domain in (
            *(
                ("pypi", "org"),
                ("pythonhosted", "org"),
                ("npmjs", "org"),
                ("npmjs", "com"),
                ("yarnpkg", "com"),
            ),
            *(("deb.debian", "org"), ("conda", "anaconda.org"), ("proxy.golang", "org")),
            *(
                ("jsdelivr", "net"),
                ("unpkg", "com"),
                ("cloudflare", "com"),
                ("googleapis", "com"),
                ("esm", "sh"),
            ),
        )
    ]
    pattern = re.compile("|".join(rf"\b{re.escape(host)}\b" for host in hosts))
    named = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in committed()
        if (match := pattern.search(path.read_bytes().decode("utf-8", errors="ignore")))
    ]
    assert not named, "\n".join(named)


def test_version_has_one_home() -> None:
    front_end = json.loads((ROOT / "widgets" / "package.json").read_text())
    assert front_end.get("version", dynreports.__version__) == dynreports.__version__
    assert f"## {dynreports.__version__}" in (ROOT / "CHANGELOG.md").read_text()
    homes = [
        path.name for path in PACKAGE.rglob("*.py") if re.search(r"__version__ *= *[\"']", path.read_text())
    ]
    assert homes == ["_version.py"]


def test_notebooks_hold_no_outputs() -> None:
    for path in committed():
        if path.suffix == ".ipynb":
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                assert not cell.get("outputs"), path
                assert cell.get("execution_count") is None, path


def test_page_server_and_front_end_share_their_tokens() -> None:
    template = PACKAGE / "publish" / "jupyter" / "voila" / "templates" / "dynreports"
    front_end = ROOT / "widgets" / "src" / "styles" / "tokens.css"
    assert (template / "static" / "tokens.css").read_text() == front_end.read_text()


def test_every_requirement_is_pinned_to_a_tested_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line
    )
    pins = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins.items()}
    extras = (each for extra in project["optional-dependencies"].values() for each in extra)
    for text in (*project["dependencies"], *extras):
        wanted = Requirement(text)
        assert wanted.specifier.contains(pins[wanted.name.lower()]), text


def test_import_time(measured: Callable[[str], None]) -> None:
    def milliseconds(statement: str) -> float:
        code = (
            "import pandas, time; start = time.perf_counter(); "
            f"{statement}; print((time.perf_counter() - start) * 1000)"
        )
        command = [sys.executable, "-c", code]
        return min(float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(3))

    measured(
        f"beyond pandas, `import dynreports` takes {milliseconds('import dynreports'):.0f} ms "
        f"and the first use of it {milliseconds('import dynreports; dynreports.read'):.0f} ms more "
        "(goal: under 150)"
    )
