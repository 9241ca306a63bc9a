"""The command line: `dynreports demo | serve | list | export`."""

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
        options.run(options)
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
        command.set_defaults(run=lambda options, run=run: run(options.folder))
    _add_export(commands)
    return parser


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = "write a saved report to a file, without a browser"
    command = commands.add_parser("export", help=words, description=f"{words.capitalize()}.")
    command.add_argument(
        "file",
        type=Path,
        metavar="NAME.ENDING",
        help="the report's name and the kind of file: quarter-review.xlsx; with a path: where to write it",
    )
    command.add_argument("--report", metavar="NAME", help="the report, where the file is called otherwise")
    command.add_argument(
        "--folder", type=Path, default=Path(), help="the folder that is served (default: this one)"
    )
    command.set_defaults(run=_export)


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


def _export(options: argparse.Namespace) -> None:
    from dynreports.project.storage import Storage
    from dynreports.publish.export import export, suffix_of
    from dynreports.publish.folder import Folder
    from dynreports.workspace.opening import open_session

    suffix_of(options.file)  # said before the data is read
    storage = Storage(Folder(options.folder.expanduser().resolve()).reports)
    session = open_session(options.report or options.file.stem, storage=storage, read_only=True)
    _say(f"Wrote {export(session, options.file)}")


def _say(line: str) -> None:
    # Flushed: the addresses must show at once, also through a pipe.
    print(line, flush=True)
