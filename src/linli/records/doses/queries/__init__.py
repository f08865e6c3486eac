"""Reading the immunisation record: what was given, what the engine says of it, how people stand on a day."""

from __future__ import annotations

from linli.records.doses.queries.checks import (
    DoseAheadError,
    DoseBeforeBirthError,
    DoseError,
    DoseKnownError,
    DoseNumberTakenError,
    MergedAwayError,
    ProductMissingError,
    check,
    check_product,
)
from linli.records.doses.queries.engine import Judged, explained, judge, judge_known
from linli.records.doses.queries.forecasts import FORECAST_COLUMNS, forecast_rows
from linli.records.doses.queries.standings import LAST_DAYS, STATES, doses_of, groups, inside_gate, standings
from linli.records.doses.queries.statuses import Told, corrections_of, spans, statuses

__all__ = [
    "FORECAST_COLUMNS",
    "LAST_DAYS",
    "STATES",
    "DoseAheadError",
    "DoseBeforeBirthError",
    "DoseError",
    "DoseKnownError",
    "DoseNumberTakenError",
    "Judged",
    "MergedAwayError",
    "ProductMissingError",
    "Told",
    "check",
    "check_product",
    "corrections_of",
    "doses_of",
    "explained",
    "forecast_rows",
    "groups",
    "inside_gate",
    "judge",
    "judge_known",
    "spans",
    "standings",
    "statuses",
]
