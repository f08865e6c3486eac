"""How long a deferral usually lasts, by its reason: offered, never set by itself."""

from __future__ import annotations

from datetime import date, timedelta

# Days. The wait after another vaccine is the national guideline's (14 days); the others are a guess of ours, which the
# worker sees as a date and may change. Pregnancy has no usual end: the expected day is asked for.
USUAL: dict[str, int] = {
    "acute_illness": 14,
    "chronic_uncontrolled": 90,
    "breastfeeding": 180,
    "other_vaccine": 14,
    "medication": 30,
    "other": 14,
}


def usual_end(reason: str, *, on: date) -> date | None:
    """The first day on which a dose may usually be given again after a deferral from a day; none: ask for it."""
    return on + timedelta(days=USUAL[reason]) if reason in USUAL else None
