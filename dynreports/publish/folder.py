"""The folder that is served: notebooks to edit, pages to publish, saved reports, demo data.

::

    FOLDER/home.ipynb, tutorials/…    for those who build reports; served by JupyterLab only
    FOLDER/templates/*.ipynb          the reports that ship: to be opened and duplicated, not changed
    FOLDER/pages/*.ipynb              notebooks of people's own that the page server shows, too
    FOLDER/reports/*.report.json      saved reports; those that are published in reports/published/
    FOLDER/data/campaign/             demo data
    FOLDER/.dynreports/               logs of the two servers
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from dynreports.errors import DataError
from dynreports.publish import template_notebooks

HOME = "home.ipynb"
REPORT = "report.ipynb"
TEMPLATES = "templates"


@dataclass(frozen=True)
class Folder:
    """Paths of a served folder, all absolute."""

    root: Path

    @property
    def pages(self) -> Path:
        """Notebooks that the page server shows."""
        return self.root / "pages"

    @property
    def reports(self) -> Path:
        """Saved reports."""
        return self.root / "reports"

    @property
    def campaign(self) -> Path:
        """Logs of the demo's campaigns."""
        return self.root / "data" / "campaign"

    @property
    def logs(self) -> Path:
        """What the servers say."""
        return self.root / ".dynreports"


def shipped_notebooks() -> Path:
    """Return the folder of the notebooks that come with dynreports, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent.parent
    in_wheel = package / "notebooks"
    return in_wheel if in_wheel.is_dir() else package.parent / "notebooks"


def prepare(root: str | Path, *, notebooks: bool) -> Folder:
    """Make a folder ready to be served. What is there already is never overwritten.

    Parameters
    ----------
    root
        The folder; made if it does not exist.
    notebooks
        Also copy the start notebook and the tutorials, for people to edit.
    """
    folder = Folder(Path(root).expanduser().resolve())
    shipped = shipped_notebooks()
    try:
        for path in (folder.pages, folder.reports, folder.logs):
            path.mkdir(parents=True, exist_ok=True)
        folder.logs.chmod(0o700)
        if notebooks:
            for source in sorted(shipped.rglob("*.ipynb")):
                place = source.relative_to(shipped)
                # What readers are shown is served from where it ships: it is nobody's to edit.
                if place != Path(REPORT) and not {".ipynb_checkpoints", TEMPLATES} & set(place.parts):
                    _copy_missing(source, folder.root / place)
            template_notebooks.refresh(folder.root / TEMPLATES)
    except OSError as error:
        message = f"The folder {folder.root} cannot be used: {error}. Choose another one with --folder."
        raise DataError(message) from error
    return folder


def prepare_demo(root: str | Path) -> Folder:
    """Make a folder ready with all notebooks and, unless it is there, the demo data."""
    folder = prepare(root, notebooks=True)
    if not folder.campaign.exists():
        # Imported here: the other commands need not wait for pandas.
        from dynreports.campaign.demo_data import write

        write(folder.campaign)
    return folder


def _copy_missing(source: Path, target: Path) -> None:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
