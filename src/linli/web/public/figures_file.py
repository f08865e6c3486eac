"""The public figures as a file: what everybody may download is also what a server without the register shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linli.records.reports.queries.public import COLUMNS, FEWEST, OF, SMALL, STEP, PublicBoard, PublicPlace

FORM = "linli-public-board/1"


class NoFiguresError(ValueError):
    """The file holds no public figures that this version can read."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Public figures as they were read from the register at one time."""

    board: PublicBoard
    read_at: datetime
    is_invented: bool


def to_json(figures: Figures) -> str:
    """The figures as JSON: a number, or null where it is hidden."""
    board = figures.board
    told = {
        "form": FORM,
        "on": board.on.isoformat(),
        "read_at": figures.read_at.isoformat(timespec="minutes"),
        "counted": OF,
        "hidden_below": SMALL,
        "fewest_people": FEWEST,
        "rounded_to": STEP,
        "invented": figures.is_invented,
        "whole": _told(board.whole),
        "areas": [_told(place) for place in board.areas],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def from_json(text: str) -> Figures:
    """Read such a file again. Raises NoFiguresError."""
    try:
        told = json.loads(text)
        if told["form"] != FORM:
            raise NoFiguresError(told["form"])
        board = PublicBoard(
            on=date.fromisoformat(told["on"]),
            whole=_place(told["whole"]),
            areas=[_place(place) for place in told["areas"]],
        )
        return Figures(board, datetime.fromisoformat(told["read_at"]), bool(told["invented"]))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoFiguresError(str(error)) from error


def _told(place: PublicPlace) -> dict[str, Any]:
    return {"code": place.code, "name": place.name, "name_en": place.name_en, **place.counts}


def _place(told: dict[str, Any]) -> PublicPlace:
    counts = {column: told[column] for column in COLUMNS}
    if any(count is not None and (type(count) is not int or count < 0) for count in counts.values()):
        raise NoFiguresError(told["code"])
    return PublicPlace(str(told["code"]), str(told["name"]), str(told["name_en"]), counts)
