"""The two servers as real processes, asked over real HTTP."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat.v4
import psutil
import pytest

from dynreports.publish import front_end, serve
from dynreports.publish.folder import prepare
from dynreports.publish.servers import PAGE_EXTENSIONS, free_port

KERNEL = "3f1c8a8e-1111-4111-8111-111111111111"


class Served:
    """A running `dynreports serve`."""

    def __init__(self, folder: Path, home: Path, config: dict[str, object] | None = None) -> None:
        home.mkdir(exist_ok=True)
        if config is not None:
            (home / "jupyter_server_config.json").write_text(json.dumps(config))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dynreports", "serve", "--folder", str(folder)],
            env={**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.lines: list[str] = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("Ctrl-C"):
                break

    def address(self, word: str) -> tuple[int, str, str]:
        """Return port, path and token of the printed address whose line starts with the word."""
        line = next(each for each in self.lines if each.startswith(word))
        parts = urlsplit(line.split()[-1])
        assert parts.hostname == "127.0.0.1"
        assert parts.port is not None
        return parts.port, parts.path, parse_qs(parts.query)["token"][0]

    def tree(self) -> list[psutil.Process]:
        """Return every process below this one."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def commands(self) -> list[tuple[psutil.Process, list[str]]]:
        """Return every process below this one with its command line; one that has just ended has none."""
        found = []
        for process in self.tree():
            with suppress(psutil.NoSuchProcess):
                found.append((process, process.cmdline()))
        return found

    def end(self, number: int = signal.SIGINT) -> str:
        """Send the signal; return what was said until the end."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        assert self.process.stdout is not None
        rest = self.process.stdout.read()
        self.process.wait(30)
        return rest


def get(port: int, path: str, token: str | None = None, method: str = "GET") -> tuple[int, str, str]:
    """Return status, place of redirection, and text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"token {token}"} if token else {}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, answer.getheader("Location", ""), text


def write_page(folder: Path, name: str, *sources: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python"}
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / "pages" / f"{name}.ipynb")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    write_page(
        folder,
        "probe",
        "import os\nHIDDEN_SOURCE = 1\n"
        "print('query', os.environ['QUERY_STRING'], 'reports', os.environ['DYNREPORTS_REPORTS'])",
    )
    write_page(
        folder, "broken", "HIDDEN_SOURCE = 1\nraise ValueError('HIDDEN' + '_MESSAGE')", "print('never')"
    )
    served = Served(folder, tmp_path_factory.mktemp("home"))
    yield served
    served.end()


def test_both_servers_answer_with_their_token(served: Served) -> None:
    port, path, token = served.address("Build")
    assert path == "/lab"
    assert get(port, "/lab", token)[0] == 200
    port, path, token = served.address("Read")
    assert path == "/"
    assert get(port, "/voila/tree", token)[0] == 200


def test_each_server_has_a_token_of_its_own(served: Served) -> None:
    _, _, lab = served.address("Build")
    port, _, pages = served.address("Read")
    assert lab != pages
    assert len(lab) >= 48
    assert get(port, "/voila/api/contents", lab)[0] == 403


@pytest.mark.parametrize("token", [None, "wrong"])
@pytest.mark.parametrize(
    ("server", "method", "path"),
    [
        ("Build", "GET", "/api/contents"),
        ("Build", "GET", "/api/kernels"),
        ("Build", "GET", f"/api/kernels/{KERNEL}/channels"),
        ("Build", "GET", "/api/terminals"),
        ("Build", "GET", "/files/pages/probe.ipynb"),
        ("Build", "GET", "/lab"),
        ("Read", "GET", "/"),
        ("Read", "GET", "/r/anything"),
        ("Read", "GET", "/voila/tree"),
        ("Read", "GET", "/voila/render/probe.ipynb"),
        ("Read", "GET", "/voila/api/contents"),
        ("Read", "GET", "/voila/files/probe.ipynb"),
        ("Read", "GET", f"/api/kernels/{KERNEL}"),
        ("Read", "GET", f"/api/kernels/{KERNEL}/channels"),
        ("Read", "POST", f"/voila/api/shutdown/{KERNEL}"),
    ],
)
def test_nothing_is_served_without_the_token(
    served: Served, server: str, method: str, path: str, token: str | None
) -> None:
    port, _, _ = served.address(server)
    status, place, text = get(port, path, token, method)
    assert status in {401, 403} or (status == 302 and "/login" in place)
    assert "HIDDEN_SOURCE" not in text


def test_nothing_listens_beyond_this_machine(served: Served) -> None:
    listening = []
    for process in served.tree():
        with suppress(psutil.NoSuchProcess):  # a kernel that waits for its first page may just have ended
            found = process.net_connections(kind="inet")
            listening += [each for each in found if each.status == psutil.CONN_LISTEN]
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}
    assert {connection.laddr.port for connection in listening} >= {
        served.address("Build")[0],
        served.address("Read")[0],
    }


def test_command_lines_hold_no_token(served: Served) -> None:
    tokens = {served.address("Build")[2], served.address("Read")[2]}
    words = " ".join(word for _, command in served.commands() for word in command)
    assert "page_server" in words
    assert not [token for token in tokens if token in words]


def test_page_shows_outputs_and_never_the_python_behind_them(served: Served) -> None:
    port, _, token = served.address("Read")
    status, _, text = get(port, "/voila/render/probe.ipynb?report=a%20b", token)
    assert status == 200
    assert "query report=a%20b reports /" in text
    assert "/reports" in text
    assert "HIDDEN_SOURCE" not in text
    assert text.rstrip().endswith("</html>")


def test_page_asks_no_other_machine(served: Served) -> None:
    port, _, token = served.address("Read")
    _, _, text = get(port, "/voila/render/probe.ipynb", token)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", text)
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', text, re.S)[1])
    assert not [value for value in config.values() if isinstance(value, str) and "//" in value]
    assert {each["name"] for each in config["federated_extensions"]} == set(PAGE_EXTENSIONS)


def test_browsers_keep_what_a_page_is_made_of(served: Served) -> None:
    port, _, token = served.address("Read")
    _, _, text = get(port, "/", token)
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', text, re.S)[1])
    extensions = {each["name"]: each["load"] for each in config["federated_extensions"]}
    assert set(extensions) == set(PAGE_EXTENSIONS) - {"ipyaggrid"}  # a list of reports has no tables
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/voila/labextensions/anywidget/{extensions['anywidget']}")
    answer = connection.getresponse()
    assert answer.status == 200
    assert "immutable" in answer.getheader("Cache-Control", "")
    answer.read()

    # Our own is there under the name of its content only, packed for those who can take it so.
    for name, kind in front_end.TYPES.items():
        place = f"/front-end/{front_end.version()}/{name}"
        connection.request("GET", place, headers={"Accept-Encoding": "gzip, br"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert "immutable" in answer.getheader("Cache-Control", "")
        assert answer.getheader("Content-Type", "").startswith(kind)
        assert gzip.decompress(answer.read()).decode() == front_end.text(name)
        assert get(port, place)[2] == front_end.text(name)
    for place in (
        "other/shell.js",
        f"{front_end.version()}/loader.js",
        f"{front_end.version()}/..%2Fshell.py",
    ):
        assert get(port, f"/front-end/{place}", token)[0] == 404
    connection.close()


def test_failing_page_shows_words_and_no_traceback(served: Served) -> None:
    port, _, token = served.address("Read")
    status, _, text = get(port, "/voila/render/broken.ipynb", token)
    assert status == 200
    assert "This report could not be computed" in text
    assert not [word for word in ("HIDDEN", "Traceback", "ValueError", "never") if word in text]


def test_unknown_page_is_a_designed_404(served: Served) -> None:
    port, _, token = served.address("Read")
    status, _, text = get(port, "/voila/render/nothing.ipynb", token)
    assert status == 404
    assert "There is no such page" in text


def test_readers_cannot_choose_another_template(served: Served) -> None:
    port, _, token = served.address("Read")
    _, _, text = get(port, "/voila/render/probe.ipynb?template=lab&theme=dark", token)
    assert "drp-loading" in text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_both_servers_and_their_kernels(tmp_path: Path, number: int) -> None:
    write_page(tmp_path, "probe", "1")
    served = Served(tmp_path, tmp_path / "home")
    port, _, token = served.address("Read")
    get(port, "/voila/render/probe.ipynb", token)
    below = served.tree()
    assert len(below) >= 3  # two servers and a kernel
    assert "Both servers have ended." in served.end(number)
    assert served.process.returncode == 0
    _, alive = psutil.wait_procs(below, timeout=5)
    assert not alive


def test_one_server_that_dies_takes_the_other_along_and_is_named(tmp_path: Path) -> None:
    served = Served(tmp_path, tmp_path / "home")
    below = served.tree()
    next(
        process for process, command in served.commands() if "dynreports.publish.page_server" in command
    ).kill()
    assert served.process.stdout is not None
    rest = served.process.stdout.read()
    assert served.process.wait(30) == 1
    assert "Pages ended by itself (exit code -9); JupyterLab was ended too." in rest
    assert not psutil.wait_procs(below, timeout=5)[1]


def test_a_port_that_is_lost_while_starting_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        # It was free when we looked, and is not when JupyterLab starts.
        ports = iter([other.getsockname()[1]])
        monkeypatch.setattr(serve, "free_port", lambda *wanted: next(ports, None) or free_port(*wanted))
        said: list[str] = []

        def say(line: str) -> None:
            said.append(line)
            if line.startswith("Ctrl-C"):
                os.kill(os.getpid(), signal.SIGINT)

        serve.serve(prepare(tmp_path, notebooks=False), say)
        assert f":{other.getsockname()[1]}/" not in "".join(said)
    assert said[-1] == "Both servers have ended."


def test_own_configuration_without_tokens_is_refused(tmp_path: Path) -> None:
    served = Served(tmp_path, tmp_path / "home", {"IdentityProvider": {"token": ""}})
    assert served.process.wait(30) == 1
    assert "answers without a token" in "".join(served.lines)


def test_ports_that_are_taken_are_passed_over() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert free_port(taken) != taken
    deadline = time.monotonic() + 5
    while free_port(taken) != taken and time.monotonic() < deadline:
        time.sleep(0.1)
    assert free_port(taken) == taken


def test_preparing_a_folder_never_overwrites(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "new", notebooks=True)
    start = folder.root / "start.ipynb"
    assert start.exists()
    assert (folder.root / "home.ipynb").exists()
    assert not list(folder.root.rglob("report.ipynb"))  # served from where it ships
    start.write_text("mine")
    prepare(folder.root, notebooks=True)
    assert start.read_text() == "mine"


def test_folder_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "dynreports", "serve", "--folder", str(tmp_path / "file")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Choose another one with --folder" in done.stderr
    assert "Traceback" not in done.stderr
