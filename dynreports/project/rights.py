"""What readers of a published report may do beyond looking: sort, page and open rows they always may."""

from __future__ import annotations

import msgspec

from dynreports.project.intents import Command, Drop, OnPanel, RemoveFilter, SetPeriod
from dynreports.project.model import Project, SegmentFilter
from dynreports.project.tree import find_panel


class Rights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the author of a page leaves to its readers.

    Attributes
    ----------
    period
        Choose other dates.
    segments
        Put segments on panels, and take them off.
    download
        Get the figures as a file.
    explore
        Open a copy as a workspace: every figure that the data holds, but not its records.
    records
        List the records behind a figure: every field of the data, of every person.
    """

    period: bool = False
    segments: bool = False
    download: bool = True
    explore: bool = True
    records: bool = False

    def permit(self, command: Command, project: Project) -> bool:
        """Whether a reader may change what he looks at in this way. Nothing of it is ever saved."""
        match command:
            case SetPeriod():
                return self.period
            case Drop(components, OnPanel()):
                return self.segments and all(each.kind == "segment" for each in components)
            case RemoveFilter(panel, index):
                filters = find_panel(project, panel).filters
                is_segment = index < len(filters) and isinstance(filters[index], SegmentFilter)
                return self.segments and is_segment
        return False
