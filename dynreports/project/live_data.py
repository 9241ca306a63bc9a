"""The data of a live project: as it was given, with what its catalog file and the document add."""

from __future__ import annotations

from msgspec.structs import replace

from dynreports.project.model import Project
from dynreports.project.own import catalog_of
from dynreports.project.shared import SharedFile
from dynreports.semantics.dataset import Dataset


class LiveData:
    """A dataset, and its extensions by documents; the last one is kept.

    Parameters
    ----------
    given
        The data as it was read.
    shared
        The catalog file of the data.
    """

    def __init__(self, given: Dataset, shared: SharedFile) -> None:
        self.given = given
        self.shared = shared
        self._key: object = None
        self._extended: tuple[Dataset, list[str]] = given, []

    def of(self, project: Project) -> tuple[Dataset, list[str]]:
        """Return the data with a document's metrics and segments, and what is wrong with some of them."""
        shared = self.shared.content
        notes = [] if self.shared.problem is None else [self.shared.problem]
        if not (project.metrics or project.segments or shared.metrics or shared.segments):
            return self.given, notes
        key = self.given.version, project.metrics, project.segments, shared
        if self._key != key:
            own = replace(project, metrics=shared.metrics, segments=shared.segments)
            catalog, problems = catalog_of(own, self.given.catalog)
            catalog, more = catalog_of(project, catalog)
            self._key, self._extended = key, (self.given.with_catalog(catalog), [*notes, *problems, *more])
        return self._extended
