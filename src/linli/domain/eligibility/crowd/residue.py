"""The few whom compiled code leaves to the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, date_of
from linli.domain.eligibility.chart import (
    Dose,
    GroupForecast,
    Observed,
    Person,
    SeriesStatus,
    judge_person,
    speaking,
    verdicts,
)
from linli.domain.eligibility.crowd.merging import GroupAnswer
from linli.domain.eligibility.crowd.people import ABSENT
from linli.domain.eligibility.patients import SEXES, Patients
from linli.domain.eligibility.schedule import Schedule


def person_of(schedule: Schedule, patients: Patients, index: int, observed: Sequence[Observed] = ()) -> Person | None:
    """One person of the arrays as the chart takes them; None without a birth date."""
    birth = date_of(patients.birth[index])
    if birth is None:
        return None
    codes = schedule.vaccine_codes
    doses = range(int(patients.offsets[index]), int(patients.offsets[index + 1]))
    return Person(
        birth=birth,
        sex=SEXES[int(patients.sex[index])],
        doses=tuple(
            Dose(date_of(patients.given_on[dose]), codes[which] if (which := int(patients.vaccine[dose])) >= 0 else "")
            for dose in doses
        ),
        observations=tuple(observed),
    )


def judge_by_chart(
    schedule: Schedule,
    patients: Patients,
    on: Days,
    group: str,
    answer: GroupAnswer,
    observed: Mapping[int, Sequence[Observed]],
) -> None:
    """Write the chart's answer for everybody whom `answer.by_chart` names, on each one's day (n,).

    Without a birth date there is none.
    """
    for index in answer.by_chart.nonzero()[0].tolist():
        person, day = person_of(schedule, patients, index, observed.get(index, ())), date_of(on[index])
        forecasts = (
            []
            if person is None or day is None or person.birth > day
            else judge_person(schedule, person, on=day, groups=[group]).groups[group]
        )
        _write(answer, index, speaking(forecasts))
        doses = slice(int(patients.offsets[index]), int(patients.offsets[index + 1]))
        for antigen, statuses in answer.of_antigen.items():
            _write_doses(statuses[doses], [_of_antigen(forecast, antigen) for forecast in forecasts])
        _write_doses(answer.dose_status[doses], forecasts)


def _of_antigen(forecast: GroupForecast, antigen: str) -> GroupForecast:
    return replace(forecast, series=tuple(one for one in forecast.series if one.series.antigen == antigen))


def _write_doses(statuses: NDArray[np.int8], forecasts: Sequence[GroupForecast]) -> None:
    statuses[:] = ABSENT
    for place, judged in verdicts(forecasts).items():
        statuses[place] = judged.status


def _write(answer: GroupAnswer, index: int, spoken: GroupForecast | None) -> None:
    open_ = spoken is not None and spoken.status is SeriesStatus.NOT_COMPLETE
    answer.status[index] = ABSENT if spoken is None else spoken.status
    for name in ("earliest", "recommended", "past_due", "latest"):
        day = getattr(spoken, name) if spoken is not None and open_ else None
        getattr(answer, name)[index] = NO_DAY if day is None else day
    answer.next_dose[index] = spoken.dose_number if spoken is not None and open_ else 0
    answer.valid_doses[index] = spoken.valid_doses if spoken is not None else 0
    answer.why[index] = (spoken.why or 0) if spoken is not None and open_ else 0
    answer.series[index] = ABSENT
