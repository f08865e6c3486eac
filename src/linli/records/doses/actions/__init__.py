"""Writing down doses and statuses, correcting them, and drawing the forecast anew for those they touch."""

from __future__ import annotations

from linli.records.doses.actions.correcting import CorrectedError, NothingToCorrectError, correct, strike, undo
from linli.records.doses.actions.forecasting import adopt, follow, forecast
from linli.records.doses.actions.recording import DoseSameDayError, Given, record, record_by_hand
from linli.records.doses.actions.statuses import (
    DeferralWithoutEndError,
    EndsBeforeStartError,
    PaperMissingError,
    RefusalByOtherError,
    StatusAheadError,
    StatusEndedError,
    StatusError,
    StatusHoldsError,
    contraindicate,
    defer,
    end,
    move_away,
    refuse,
)

__all__ = [
    "CorrectedError",
    "DeferralWithoutEndError",
    "DoseSameDayError",
    "EndsBeforeStartError",
    "Given",
    "NothingToCorrectError",
    "PaperMissingError",
    "RefusalByOtherError",
    "StatusAheadError",
    "StatusEndedError",
    "StatusError",
    "StatusHoldsError",
    "adopt",
    "contraindicate",
    "correct",
    "defer",
    "end",
    "follow",
    "forecast",
    "move_away",
    "record",
    "record_by_hand",
    "refuse",
    "strike",
    "undo",
]
