"""Reading the immunisation record: what was given, what the engine says of it, how people stand on a day."""

from __future__ import annotations

from linli.records.doses.queries.engine import Judged, forecast_rows, judge
from linli.records.doses.queries.standings import STATES, doses_of, entering, last_days, overdue, standings

__all__ = [
    "STATES",
    "Judged",
    "doses_of",
    "entering",
    "forecast_rows",
    "judge",
    "last_days",
    "overdue",
    "standings",
]
