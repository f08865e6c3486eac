"""Reading the immunisation record: what was given, what the engine says of it, how people stand on a day."""

from __future__ import annotations

from linli.records.doses.queries.engine import FORECAST_COLUMNS, Judged, explained, forecast_rows, judge
from linli.records.doses.queries.standings import LAST_DAYS, STATES, doses_of, groups, inside_gate, standings

__all__ = [
    "FORECAST_COLUMNS",
    "LAST_DAYS",
    "STATES",
    "Judged",
    "doses_of",
    "explained",
    "forecast_rows",
    "groups",
    "inside_gate",
    "judge",
    "standings",
]
