"""A whole city judged at once, by vaccine group: compiled code for everybody, the chart for the few who need it.

Compiled code knows the series that are for everybody; a person with an observation, with a date outside the calendar or
with more doses than its buffers hold is judged by the chart, and `GroupAnswer.by_chart` tells who was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, day_of
from linli.domain.eligibility.antigens import VaccineGroup
from linli.domain.eligibility.chart import Observed
from linli.domain.eligibility.crowd.flatten import flatten, groups_of
from linli.domain.eligibility.crowd.merging import GroupAnswer, answer_of, first_live, merged
from linli.domain.eligibility.crowd.people import ABSENT, SERIES, AntigenAnswer, judge_antigen
from linli.domain.eligibility.crowd.residue import judge_by_chart
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.schedule import Schedule

__all__ = ["GroupAnswer", "judge_crowd"]

_WORST_FIRST = (DoseStatus.NOT_VALID, DoseStatus.VALID, DoseStatus.EXTRANEOUS)


def judge_crowd(
    schedule: Schedule,
    patients: Patients,
    *,
    on: date,
    groups: Iterable[str] | None = None,
    observed: Mapping[int, Sequence[Observed]] | None = None,
    few: int = 0,
) -> dict[str, GroupAnswer]:
    """What everybody needs of some vaccine groups, or of all, on a day.

    `observed` holds the observations of those who have any, by their index; whoever has one of which the rules of a
    group speak is judged by the chart for that group. `Patients.vaccine` are indices into the
    schedule's vaccines; a dose of a maker or trade name is taken as it would be without. No more people than `few` are
    all judged by the chart, which answers before a compiler could.
    """
    wanted = None if groups is None else set(groups)
    chosen = [group for group in schedule.groups if wanted is None or group.name in wanted]
    answers = {}
    for group in chosen:
        antigens = [name for name in group.antigens if schedule.series_of_antigen.get(name)]
        if antigens:
            speaks = frozenset().union(*(schedule.observations_of_antigen[name] for name in antigens))
            special = {
                index: several
                for index, several in (observed or {}).items()
                if not speaks.isdisjoint(_codes(schedule, several))
            }
            judge = _judge_few if len(patients) <= few else _judge_group
            answers[group.name] = judge(schedule, patients, on, group, antigens, special)
    return answers


def _codes(schedule: Schedule, observed: Sequence[Observed]) -> set[str]:
    return {code for one in observed for code in schedule.observation_codes.get(one.code, (one.code,))}


def _judge_group(
    schedule: Schedule,
    patients: Patients,
    on: date,
    group: VaccineGroup,
    antigens: Sequence[str],
    observed: Mapping[int, Sequence[Observed]],
) -> GroupAnswer:
    series_groups = {name: groups_of(schedule, name) for name in antigens}
    parts = {
        name: judge_antigen(flatten(schedule, name, day_of(on)), patients, len(series_groups[name]))
        for name in antigens
    }
    last_on = reduce(np.maximum, (part.last_on for part in parts.values()))
    forecasts = []
    for code in sorted({code for codes in series_groups.values() for code in codes}):
        of_code = [parts[name].groups[codes.index(code)] for name, codes in series_groups.items() if code in codes]
        forecasts.append(merged(of_code, last_on, full=group.full))
    left = reduce(np.logical_or, (part.left for part in parts.values()))
    left[list(observed)] = True
    columns = first_live(forecasts) if forecasts else _nobody(len(patients))
    answer = answer_of(columns, _dose_status(list(parts.values())), left)
    judge_by_chart(schedule, patients, on, group.name, answer, observed)
    return answer


def _judge_few(
    schedule: Schedule,
    patients: Patients,
    on: date,
    group: VaccineGroup,
    _antigens: Sequence[str],
    observed: Mapping[int, Sequence[Observed]],
) -> GroupAnswer:
    everybody = np.ones(len(patients), np.bool_)
    doses = np.full(len(patients.given_on), ABSENT, np.int8)
    answer = answer_of(_nobody(len(patients)), doses, everybody)
    judge_by_chart(schedule, patients, on, group.name, answer, observed)
    return answer


def _nobody(people: int) -> NDArray[np.int32]:
    """Columns of a group that has no series for everybody."""
    columns = np.full((SERIES + 1, people), NO_DAY, np.int32)
    columns[SERIES] = ABSENT
    return columns


def _dose_status(parts: list[AntigenAnswer]) -> NDArray[np.int8]:
    """A dose is not valid where it is so for any antigen of the group."""
    if len(parts) == 1:
        return parts[0].dose_status
    found = np.full(len(parts[0].dose_status), ABSENT, np.int8)
    for status in reversed(_WORST_FIRST):
        found[reduce(np.logical_or, (part.dose_status == status for part in parts))] = status
    return found
