"""What only a real disk and real processes show: kills, full and read-only disks, several writers."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dynreports.errors import StorageError
from dynreports.project.model import Panel, Project
from dynreports.project.storage import Storage


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


SAVE_FOREVER = """
    import sys
    from msgspec.structs import replace
    from dynreports.project.model import Panel
    from dynreports.project.storage import Storage

    storage = Storage(sys.argv[1])
    project = storage.load("x").project
    panels = tuple(Panel(id=f"p{n}", title="x" * 200) for n in range(300))
    while True:
        project = replace(project, title=str(project.revision + 1), panels=panels[: project.revision % 300])
        project = storage.save("x", project, expected_revision=project.revision)
        print(project.revision, flush=True)
"""


def test_kill_during_save_loses_nothing(tmp_path: Path, project: Project, measured) -> None:
    storage = Storage(tmp_path)
    storage.save("x", project)
    kills = interrupted = 0
    for _ in range(25):
        child = run(SAVE_FOREVER, tmp_path)
        assert child.stdout is not None
        acknowledged = int(child.stdout.readline())
        time.sleep(random.random() * 0.05)
        child.kill()
        acknowledged = max([acknowledged, *(int(line) for line in child.stdout if line.strip())])
        child.wait()
        child.stdout.close()
        kills += 1
        interrupted += bool(left_over(tmp_path))
        found = storage.load("x").project
        assert found.revision >= acknowledged
        assert found.title == str(found.revision)
        assert len(found.panels) == (found.revision - 1) % 300
        # Neither a lock nor a temporary file of the dead stands in the way.
        storage.save(
            "x", replace(found, title=str(found.revision + 1), panels=()), expected_revision=found.revision
        )
        assert left_over(tmp_path) == []
        storage.save("x", replace(project, revision=0, title="0"), overwrite=True)
    measured(f"kill -9 while saving: {kills} kills, {interrupted} in the middle of a write, 0 files damaged")


ADD_ONE = """
    import sys
    from msgspec.structs import replace
    from dynreports.errors import ConflictError
    from dynreports.project.storage import Storage

    storage, done = Storage(sys.argv[1]), 0
    while done < int(sys.argv[2]):
        project = storage.load("x").project
        try:
            more = replace(project, title=str(int(project.title) + 1))
            storage.save("x", more, expected_revision=project.revision)
        except ConflictError:
            continue
        done += 1
"""


def test_two_writers_never_lose_each_others_work(tmp_path: Path, project: Project) -> None:
    storage = Storage(tmp_path)
    storage.save("x", replace(project, title="0"))
    writers = [run(ADD_ONE, tmp_path, 40) for _ in range(3)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    found = storage.load("x").project
    assert (found.title, found.revision) == ("120", 121)
    assert left_over(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 128 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a small disk can't be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_keeps_the_last_file(small_disk: Path, project: Project) -> None:
    storage = Storage(small_disk)
    saved = storage.save("x", project)
    before = storage.path("x").read_bytes()
    big = replace(saved, panels=tuple(Panel(id=f"p{n}", title="x" * 1000) for n in range(200)))
    with pytest.raises(
        StorageError, match=r"x.report.json was not saved. There is no space left.*Free some.*intact"
    ):
        storage.save("x", big, expected_revision=1)
    with pytest.raises(StorageError, match="no space left"):
        storage.write_draft("x", big)
    assert storage.path("x").read_bytes() == before
    assert left_over(small_disk) == left_over(small_disk / ".drafts") == []
    assert storage.save("x", saved, expected_revision=1).revision == 2


def test_a_disk_without_a_byte_left(small_disk: Path, project: Project) -> None:
    storage = Storage(small_disk)
    saved = storage.save("x", project)
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "filler").write_bytes(b"x" * 1_000_000)
    with pytest.raises(StorageError, match="no space left"):
        storage.save("x", saved, expected_revision=1)
    with pytest.raises(StorageError, match="no space left"):
        storage.save("new", project)
    (small_disk / "filler").unlink()
    assert [each.name for each in storage.list()] == ["x"]
    assert storage.load("x").project == saved
    assert left_over(small_disk) == []


def test_a_read_only_disk_is_read(small_disk: Path, project: Project) -> None:
    storage = Storage(small_disk)
    saved = storage.save("x", project)
    before = sorted(path.name for path in small_disk.iterdir())
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for name, revision in (("x", 1), ("new", None)):
        with pytest.raises(StorageError, match=r"can't be written to.*DYNREPORTS_REPORTS"):
            storage.save(name, saved, expected_revision=revision)
    with pytest.raises(StorageError, match="can't be written to"):
        storage.write_draft("x", saved)
    assert storage.load("x").project == saved
    assert sorted(path.name for path in small_disk.iterdir()) == before


@pytest.mark.skipif(
    os.geteuid() == 0, reason="rights do not bind root; test_a_read_only_disk_is_read covers it"
)
def test_a_folder_without_the_right_to_write(tmp_path: Path, project: Project) -> None:
    storage = Storage(tmp_path)
    saved = storage.save("x", project)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StorageError, match=r"can't be written to.*DYNREPORTS_REPORTS"):
            storage.save("new", saved)
        assert storage.load("x").project == saved
    finally:
        tmp_path.chmod(0o755)
