"""Reading what happened: boards, due lists, doses by day."""

from __future__ import annotations

from linli.records.reports.queries.board import Board, Standing, board, building_board
from linli.records.reports.queries.chronicle import Chronicle, DoseTold, chronicle
from linli.records.reports.queries.days import Daily, doses_by_day
from linli.records.reports.queries.due import (
    SORTS,
    Due,
    DueFilter,
    due_counts,
    due_page,
    due_rows,
    every_due_row,
    with_engine,
)
from linli.records.reports.queries.foreseen import foreseen, stand
from linli.records.reports.queries.whole import Whole, whole

__all__ = [
    "SORTS",
    "Board",
    "Chronicle",
    "Daily",
    "DoseTold",
    "Due",
    "DueFilter",
    "Standing",
    "Whole",
    "board",
    "building_board",
    "chronicle",
    "doses_by_day",
    "due_counts",
    "due_page",
    "due_rows",
    "every_due_row",
    "foreseen",
    "stand",
    "whole",
    "with_engine",
]
