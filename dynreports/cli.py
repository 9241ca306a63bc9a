"""The command line: `dynreports demo | serve | list`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dynreports._version import __version__
from dynreports.errors import DynReportsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options.folder)
    except DynReportsError as error:
        print(f"dynreports: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        # Before the servers take over Ctrl-C there is nothing to clean up.
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dynreports", description="Reports by drag and drop, over any DataFrame."
    )
    parser.add_argument("--version", action="version", version=f"dynreports {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, folder, words in (
        ("demo", _demo, "workspace", "make the demo data and notebooks if they are missing, and serve them"),
        ("serve", _serve, ".", "serve the notebooks and saved reports of a folder"),
        ("list", _list, ".", "list the saved reports of a folder"),
    ):
        command = commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
        command.add_argument(
            "--folder", type=Path, default=Path(folder), help="the folder (default: %(default)s)"
        )
        command.set_defaults(run=run)
    return parser


def _demo(root: Path) -> None:
    # Imported here, as in every command: `dynreports --help` need not wait for pandas.
    from dynreports.publish.folder import prepare_demo
    from dynreports.publish.serve import serve

    folder = prepare_demo(root)
    _say(f"Serving {folder.root}")
    serve(folder, _say)


def _serve(root: Path) -> None:
    from dynreports.publish.folder import prepare
    from dynreports.publish.serve import serve

    folder = prepare(root, notebooks=False)
    _say(f"Serving {folder.root}")
    serve(folder, _say)


def _list(root: Path) -> None:
    from dynreports.project.storage import Storage
    from dynreports.publish.folder import Folder

    storage = Storage(Folder(root.expanduser().resolve()).reports)
    saved = storage.list()
    if not saved:
        _say(f"There are no saved reports in {storage.folder}.")
    width = max((len(each.name) for each in saved), default=0)
    for each in saved:
        day = each.modified.astimezone().strftime("%Y-%m-%d %H:%M")
        _say(f"{each.name:<{width}}  {day}  {each.problem or each.title}")


def _say(line: str) -> None:
    # Flushed: the addresses must show at once, also through a pipe.
    print(line, flush=True)
