"""Names made from text."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """Return a stable id for a label: lower case letters, digits and dashes.

    Examples
    --------
    >>> slug("Bounce + Error rate")
    'bounce-error-rate'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "unnamed"
