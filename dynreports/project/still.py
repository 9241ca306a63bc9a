"""A session that stands still, for work in another thread while people go on with theirs."""

from __future__ import annotations

import copy
import threading

from dynreports.project.history import History
from dynreports.project.session import Session
from dynreports.project.subscribers import Subscribers


def still(session: Session) -> Session:
    """Return a session as it is now, with its lock held: nothing that is done to it later is seen there.

    Answers are shared, so that what is known of either is known of both.
    """
    found = copy.copy(session)
    found.lock = threading.RLock()
    found.live = copy.copy(session.live)
    found.selections = copy.deepcopy(session.selections)
    found.subscribers = Subscribers()
    found._history = History(session.project)
    found._pages = {table: dict(pages) for table, pages in session._pages.items()}
    return found
