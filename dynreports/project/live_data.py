"""The data of a live project: as it was given, with what the document adds to its catalog."""

from __future__ import annotations

from dynreports.project.model import Project
from dynreports.project.own import catalog_of
from dynreports.semantics.dataset import Dataset


class LiveData:
    """A dataset, and its extensions by documents; the last one is kept.

    Parameters
    ----------
    given
        The data as it was read.
    """

    def __init__(self, given: Dataset) -> None:
        self.given = given
        self._key: object = None
        self._extended: tuple[Dataset, list[str]] = given, []

    def of(self, project: Project) -> tuple[Dataset, list[str]]:
        """Return the data with a document's metrics and segments, and what is wrong with some of them."""
        if not project.metrics and not project.segments:
            return self.given, []
        key = self.given.version, project.metrics, project.segments
        if self._key != key:
            catalog, problems = catalog_of(project, self.given.catalog)
            self._key, self._extended = key, (self.given.with_catalog(catalog), problems)
        return self._extended
