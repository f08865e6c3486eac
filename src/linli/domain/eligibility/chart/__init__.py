"""One person's chart judged by the tables of the specification, with every reason: the clear engine.

It follows CDC, Logic Specification for ACIP Recommendations 4.6, chapter by chapter: `history` (4), `relevant` (5, 7.2,
7.3), `evaluating`, `skips`, `intervals`, `conflicts` (6), `forecasting` (7), `selecting`, `scoring` (8) and `grouping`.
Where the text leaves a choice, docs/decisions/0015-cdsi-readings.md says what was read.
"""

from __future__ import annotations

from linli.domain.eligibility.chart.evaluating import Evaluation
from linli.domain.eligibility.chart.forecasting import SeriesForecast, SeriesStatus
from linli.domain.eligibility.chart.grouping import GroupForecast, speaking
from linli.domain.eligibility.chart.history import Chart, Dose, Observed, Person
from linli.domain.eligibility.chart.judging import Judgement, judge_person
from linli.domain.eligibility.chart.standing import standing
from linli.domain.eligibility.chart.telling import Line, Told, tell, tell_doses
from linli.domain.eligibility.chart.verdicts import verdicts

__all__ = [
    "Chart",
    "Dose",
    "Evaluation",
    "GroupForecast",
    "Judgement",
    "Line",
    "Observed",
    "Person",
    "SeriesForecast",
    "SeriesStatus",
    "Told",
    "judge_person",
    "speaking",
    "standing",
    "tell",
    "tell_doses",
    "verdicts",
]
