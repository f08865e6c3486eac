"""Writing down who people are: what lists tell, what the office is told, moves, and who looked at whom."""

from __future__ import annotations

from linli.records.people.actions.looking import look
from linli.records.people.actions.moving import NothingBeforeError, move, move_back
from linli.records.people.actions.recording import StayTold, Told, record
from linli.records.people.actions.showing import rebuild
from linli.records.people.actions.sources import by_hand, know_employers, open_source

__all__ = [
    "NothingBeforeError",
    "StayTold",
    "Told",
    "by_hand",
    "know_employers",
    "look",
    "move",
    "move_back",
    "open_source",
    "rebuild",
    "record",
]
