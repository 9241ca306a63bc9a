"""Words in a panel, from Python."""

from __future__ import annotations

from dynreports.api.item import Item
from dynreports.project import commands as do
from dynreports.project import model, tree


class Text(Item):
    """A handle on a text."""

    def __repr__(self) -> str:
        return f"<Text {self.title!r}: {len(self.text):,} characters>"

    @property
    def _document(self) -> model.Text:
        return tree.find_text(self._session.project, self._id)

    @property
    def text(self) -> str:
        """What it says."""
        return self._document.text

    def write(self, text: str) -> Text:
        """Let it say something else."""
        self._apply(do.SetText(self._id, text))
        return self
