"""Who is due which dose, from when until when and why: one engine for one person and for a city."""

from __future__ import annotations

from linli.domain.eligibility.asking import assess, explain, timeline
from linli.domain.eligibility.assess import Assessment
from linli.domain.eligibility.explain import Explanation
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.patients import Patients, patients_of
from linli.domain.eligibility.products import (
    EXEMPT_VACCINE,
    OTHER_VACCINE,
    UNKNOWN_VACCINE,
    Offer,
    group_products,
    match_products,
    products_for,
)
from linli.domain.eligibility.reader import ScheduleError, read_toml
from linli.domain.eligibility.reasons import REASONS, TABLES, Code, Meaning, Reason
from linli.domain.eligibility.schedule import Schedule, Series, Vaccine
from linli.domain.eligibility.states import Status, state_on
from linli.domain.eligibility.timeline import Timeline, offered_births

__all__ = [
    "EXEMPT_VACCINE",
    "OTHER_VACCINE",
    "REASONS",
    "TABLES",
    "UNKNOWN_VACCINE",
    "Assessment",
    "Code",
    "DoseStatus",
    "Explanation",
    "Meaning",
    "Offer",
    "Patients",
    "Reason",
    "Schedule",
    "ScheduleError",
    "Series",
    "Status",
    "Timeline",
    "Vaccine",
    "assess",
    "explain",
    "group_products",
    "match_products",
    "offered_births",
    "patients_of",
    "products_for",
    "read_toml",
    "state_on",
    "timeline",
]
