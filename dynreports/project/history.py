"""Undo and redo: lists of projects. Neighbours share all that is equal, so a step is small."""

from __future__ import annotations

import dataclasses

from msgspec.structs import replace

from dynreports.project.model import Project


@dataclasses.dataclass(frozen=True)
class Step:
    """A project that can be gone back (or forward) to, and what was done between it and the present one."""

    project: Project
    label: str


class History:
    """The present project, and those before and after it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._before: list[Step] = []
        self._after: list[Step] = []

    def push(self, project: Project, label: str) -> None:
        """Go on to a project; what was undone can't be redone any more."""
        self._before.append(Step(self.project, label))
        self._after.clear()
        self.project = project

    def retitle(self, title: str) -> None:
        """Call the project otherwise wherever it is called as now: a copy's steps are not the original's."""
        before = self.project.title

        def renamed(project: Project) -> Project:
            return replace(project, title=title) if project.title == before else project

        for steps in (self._before, self._after):
            steps[:] = [Step(renamed(each.project), each.label) for each in steps]
        self.project = renamed(self.project)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; ``None``: nothing."""
        return self._before[-1].label if self._before else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again; ``None``: nothing."""
        return self._after[-1].label if self._after else None

    def undo(self) -> bool:
        """Go one step back; ``False`` if there is none."""
        return self._move(self._before, self._after)

    def redo(self) -> bool:
        """Go one step forward; ``False`` if there is none."""
        return self._move(self._after, self._before)

    def _move(self, source: list[Step], target: list[Step]) -> bool:
        if not source:
            return False
        step = source.pop()
        target.append(Step(self.project, step.label))
        self.project = step.project
        return True
