"""Taking a list in: receive, stage, mend and decide, then apply it whole or set it aside."""

from __future__ import annotations

from linli.records.lists.actions.applying import StoppedError, apply
from linli.records.lists.actions.mending import UnknownDecisionError, decide, mend
from linli.records.lists.actions.staging import ListStateError, TooLargeError, receive, set_aside, stage
from linli.records.lists.actions.taking import take_away

__all__ = [
    "ListStateError",
    "StoppedError",
    "TooLargeError",
    "UnknownDecisionError",
    "apply",
    "decide",
    "mend",
    "receive",
    "set_aside",
    "stage",
    "take_away",
]
