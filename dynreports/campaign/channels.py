"""Which channels a report is about: those that all of its panels are limited to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dynreports.project.model import Filter, ItemFilter

_MESSAGE_TYPE = "messageType"


def channels(panels: Iterable[Sequence[Filter]]) -> tuple[str, ...]:
    """Return the labels of the channels, none for all of them.

    Parameters
    ----------
    panels
        The filters of each panel.

    Examples
    --------
    >>> sms = ItemFilter(dimension="messageType", items=("Mobile (SMS)",))
    >>> channels([[sms], [sms]]), channels([[sms], []])
    (('Mobile (SMS)',), ())
    """
    found: dict[str, None] = {}
    for filters in panels:
        named = [
            str(item)
            for each in filters
            if isinstance(each, ItemFilter) and each.dimension == _MESSAGE_TYPE
            for item in each.items
        ]
        if not named:
            return ()
        found |= dict.fromkeys(named)
    return tuple(found)
