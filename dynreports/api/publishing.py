"""Publishing a report from Python."""

from __future__ import annotations

from dynreports.errors import RefusedError
from dynreports.project.rights import Rights
from dynreports.project.session import Session
from dynreports.publish.published import address
from dynreports.publish.published import publish as _publish
from dynreports.publish.published import withdraw as _withdraw


class Publishing:
    """The part of a report that is about its readers."""

    _session: Session

    def publish(
        self,
        *,
        note: str = "",
        period: bool = False,
        segments: bool = False,
        download: bool = True,
        explore: bool = True,
        records: bool = False,
    ) -> str:
        """Freeze the report as the version that readers get, and return its address on the page server.

        What was not saved is saved first. You can go on: readers see no change until you publish again.

        Parameters
        ----------
        note
            What to tell readers about this version.
        period, segments
            Whether readers may choose other dates, and put segments on panels. Nothing of it is saved.
        download
            Whether they may have the figures as a file; printing they always may.
        explore
            Whether they may open a copy as a workspace: any figure that the data holds.
        records
            Whether they may list the records behind a figure: every field of the data, of every person.

        Raises
        ------
        RefusedError
            If only this notebook has the data.
        """
        if self._session.name is None or self._session.unsaved:
            self._session.save(None if self._session.name else self._session.suggested)
        rights = Rights(period=period, segments=segments, download=download, explore=explore, records=records)
        return address(_publish(self._session, rights=rights, note=note).name)

    def withdraw(self) -> None:
        """Take the published version from its readers; the report itself stays as it is."""
        if self._session.storage is None or self._session.name is None:
            message = "This report was never saved, so nothing of it is published."
            raise RefusedError(message)
        _withdraw(self._session.storage, self._session.name)
