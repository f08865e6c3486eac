"""Taking a list in: receive, stage, mend and decide, then apply it whole or set it aside; and taking one out."""

from __future__ import annotations

from linli.records.lists.actions.applying import StoppedError, apply
from linli.records.lists.actions.mending import UnknownDecisionError, decide, decide_all, mend
from linli.records.lists.actions.staging import ListStateError, TooLargeError, receive, set_aside, stage
from linli.records.lists.actions.taking import take_away
from linli.records.lists.actions.taking_out import MOST_ROWS, Reading, Taken, TooManyRowsError, take_out

__all__ = [
    "MOST_ROWS",
    "ListStateError",
    "Reading",
    "StoppedError",
    "Taken",
    "TooLargeError",
    "TooManyRowsError",
    "UnknownDecisionError",
    "apply",
    "decide",
    "decide_all",
    "mend",
    "receive",
    "set_aside",
    "stage",
    "take_away",
    "take_out",
]
