"""The command line: `dynreports demo | serve | new | list | export | publish | withdraw`."""

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
        command.set_defaults(run=run)
    commands.choices["serve"].add_argument(
        "--readers", action="store_true", help="only the pages of published reports, without JupyterLab"
    )
    commands.choices["list"].add_argument(
        "--templates", action="store_true", help="list the reports that ship instead"
    )
    _add_new(commands)
    _add_export(commands)
    _add_publishing(commands)
    return parser


def _add_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = "write a new report and its notebook"
    command = commands.add_parser("new", help=words, description=f"{words.capitalize()}.")
    command.add_argument("title", nargs="?", help="what to call it (default: the copy of its template)")
    command.add_argument("--template", metavar="ID", help="the report that ships to begin with")
    command.add_argument(
        "--data", type=Path, metavar="PATH", help="campaign logs, or a file (default: FOLDER/data/campaign)"
    )
    command.add_argument(
        "--folder", type=Path, default=Path(), help="the folder that is served (default: this one)"
    )
    command.set_defaults(run=_new)


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


def _add_publishing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, run, words in (
        ("publish", _publish, "freeze what is saved of a report as the version that its readers get"),
        ("withdraw", _withdraw, "take the published version of a report from its readers"),
    ):
        command = commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
        command.add_argument("report", metavar="NAME", help="the report's name")
        command.add_argument(
            "--folder", type=Path, default=Path(), help="the folder that is served (default: this one)"
        )
        command.set_defaults(run=run)
    publish = commands.choices["publish"]
    publish.add_argument("--note", default="", help="what to tell readers about this version")
    for right, usual, words in (
        ("period", False, "choose other dates"),
        ("segments", False, "put segments on panels"),
        ("download", True, "have the figures as a file"),
        ("explore", True, "open a copy as a workspace"),
        ("records", False, "list the records behind figures"),
    ):
        publish.add_argument(
            f"--{right}",
            action=argparse.BooleanOptionalAction,
            default=usual,
            help=f"readers may {words} (default: {'yes' if usual else 'no'})",
        )


def _demo(options: argparse.Namespace) -> None:
    # Imported here, as in every command: `dynreports --help` need not wait for pandas.
    from dynreports.publish.folder import prepare_demo
    from dynreports.publish.serve import serve

    folder = prepare_demo(options.folder)
    _say(f"Serving {folder.root}")
    serve(folder, _say)


def _serve(options: argparse.Namespace) -> None:
    from dynreports.publish.folder import prepare
    from dynreports.publish.serve import serve

    folder = prepare(options.folder, notebooks=False)
    _say(f"Serving {folder.root}")
    serve(folder, _say, readers_only=options.readers)


def _new(options: argparse.Namespace) -> None:
    from dynreports.campaign.loading import load
    from dynreports.project import shelf
    from dynreports.project.storage import Storage
    from dynreports.publish.folder import Folder
    from dynreports.semantics.dataset import read
    from dynreports.workspace import notebooks
    from dynreports.workspace.opening import reference

    folder = Folder(options.folder.expanduser().resolve())
    storage = Storage(folder.reports)
    is_table = options.data is not None and options.data.is_file()
    data = read(options.data) if is_table else load(options.data or folder.campaign)
    about = reference(data, storage.folder)
    name = shelf.create(storage, about, options.title, template=options.template)
    path = notebooks.place(storage, name)
    notebooks.write(path, name, storage.load(name).project.title)
    _say(f"Wrote {storage.path(name)} and {path}")


def _list(options: argparse.Namespace) -> None:
    from dynreports.project import templates
    from dynreports.project.storage import Storage
    from dynreports.publish.folder import Folder

    if options.templates:
        width = max(len(each.id) for each in templates.everything())
        for shipped in templates.everything():
            _say(f"{shipped.id:<{width}}  {shipped.label}: {shipped.description}")
        return
    storage = Storage(Folder(options.folder.expanduser().resolve()).reports)
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


def _publish(options: argparse.Namespace) -> None:
    from dynreports.project.rights import Rights
    from dynreports.project.storage import Storage
    from dynreports.publish.folder import Folder
    from dynreports.publish.published import address, publish
    from dynreports.workspace.opening import open_session

    storage = Storage(Folder(options.folder.expanduser().resolve()).reports)
    session = open_session(options.report, storage=storage, read_only=True)
    rights = Rights(**{each: getattr(options, each) for each in Rights.__struct_fields__})
    listed = publish(session, rights=rights, note=options.note)
    _say(f"Published {listed.about.title!r}, revision {listed.about.revision}: {address(listed.name)}")


def _withdraw(options: argparse.Namespace) -> None:
    from dynreports.project.storage import Storage
    from dynreports.publish.folder import Folder
    from dynreports.publish.published import withdraw

    withdraw(Storage(Folder(options.folder.expanduser().resolve()).reports), options.report)
    _say(f"Withdrawn: {options.report}")


def _say(line: str) -> None:
    # Flushed: the addresses must show at once, also through a pipe.
    print(line, flush=True)
