"""A whole city judged at once, by vaccine group: compiled code for everybody, the chart for the few who need it.

Compiled code knows the series that are for everybody; a person with an observation, with a date outside the calendar or
with more doses than its buffers hold is judged by the chart, and `GroupAnswer.by_chart` tells who was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linli.domain import compiled
from linli.domain.calendar import NO_DAY, Days, day_of
from linli.domain.eligibility.antigens import VaccineGroup
from linli.domain.eligibility.chart import Observed
from linli.domain.eligibility.crowd.flatten import flatten, groups_of
from linli.domain.eligibility.crowd.merging import GroupAnswer, answer_of, first_live, merged
from linli.domain.eligibility.crowd.people import ABSENT, SERIES, AntigenAnswer, judge_antigen
from linli.domain.eligibility.crowd.residue import judge_by_chart
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.schedule import Schedule

__all__ = ["GroupAnswer", "is_compiled", "judge_crowd"]

_WORST_FIRST = (DoseStatus.NOT_VALID, DoseStatus.VALID, DoseStatus.EXTRANEOUS)


def is_compiled() -> bool:
    """Whether the machine code that judges a crowd is kept already, so that nobody has to wait for the compiler."""
    return compiled.is_compiled(Path(__file__).parent, "people._judge_all")


def judge_crowd(
    schedule: Schedule,
    patients: Patients,
    *,
    on: date | Days,
    groups: Iterable[str] | None = None,
    observed: Mapping[int, Sequence[Observed]] | None = None,
    few: int = 0,
) -> dict[str, GroupAnswer]:
    """What everybody needs of some vaccine groups, or of all, on a day or each on a day of their own (n,).

    `observed` holds the observations of those who have any, by their index; whoever has one of which the rules of a
    group speak is judged by the chart for that group. `Patients.vaccine` are indices into the
    schedule's vaccines; a dose of a maker or trade name is taken as it would be without. No more people than `few` are
    all judged by the chart, which answers before a compiler could.
    """
    days = np.full(len(patients), day_of(on), np.int32) if isinstance(on, date) else np.asarray(on, np.int32)
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
            judge = _by_chart_alone if len(patients) <= few else _by_machine
            answer = judge(schedule, patients, days, group, antigens)
            answer.by_chart[list(special)] = True
            judge_by_chart(schedule, patients, days, group.name, answer, special)
            answers[group.name] = answer
    return answers


def _codes(schedule: Schedule, observed: Sequence[Observed]) -> set[str]:
    return {code for one in observed for code in schedule.observation_codes.get(one.code, (one.code,))}


def _by_machine(
    schedule: Schedule, patients: Patients, on: Days, group: VaccineGroup, antigens: Sequence[str]
) -> GroupAnswer:
    series_groups = {name: groups_of(schedule, name) for name in antigens}
    columns = {name: _antigen(schedule, name, patients, on, len(codes)) for name, codes in series_groups.items()}
    last_on = reduce(np.maximum, (part.last_on for part in columns.values()))
    forecasts = []
    for code in sorted({code for codes in series_groups.values() for code in codes}):
        of_code = [columns[name].groups[codes.index(code)] for name, codes in series_groups.items() if code in codes]
        forecasts.append(merged(of_code, last_on, full=group.full))
    left = reduce(np.logical_or, (part.left for part in columns.values()))
    found = first_live(forecasts) if forecasts else _nobody(len(patients))
    of_antigen = {name: part.dose_status for name, part in columns.items()}
    return answer_of(found, _merged(list(of_antigen.values())), of_antigen, left)


def _antigen(schedule: Schedule, name: str, patients: Patients, on: Days, groups: int) -> AntigenAnswer:
    """Everybody judged for an antigen by the rules in force on their day."""
    parts = list(_epochs(schedule, on))
    if len(parts) == 1:
        return judge_antigen(_tables(schedule, name, parts[0][0]), patients, groups, on)
    found = AntigenAnswer.of_nobody(groups, len(patients), len(patients.given_on))
    for day, people in parts:
        some, doses = patients.take(people)
        part = judge_antigen(_tables(schedule, name, day), some, groups, on[people])
        found.groups[:, :, people], found.last_on[people], found.left[people] = part.groups, part.last_on, part.left
        found.dose_status[doses] = part.dose_status
    return found


def _epochs(schedule: Schedule, on: Days) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """People whose days have the same rules in force, with one of these days."""
    changes = np.array([day_of(day) for day in schedule.change_dates], np.int32)
    epoch = np.searchsorted(changes, on, side="right")
    for one in np.unique(epoch).tolist():
        people = np.flatnonzero(epoch == one)
        yield int(changes[one - 1]) if one else int(on[people[0]]), people


@lru_cache(maxsize=256)
def _tables(schedule: Schedule, antigen: str, day: int) -> NDArray[np.int64]:
    return flatten(schedule, antigen, day)


def _by_chart_alone(
    _schedule: Schedule, patients: Patients, _on: Days, _group: VaccineGroup, antigens: Sequence[str]
) -> GroupAnswer:
    of_antigen = {name: np.full(len(patients.given_on), ABSENT, np.int8) for name in antigens}
    everybody = np.ones(len(patients), np.bool_)
    return answer_of(_nobody(len(patients)), _merged(list(of_antigen.values())), of_antigen, everybody)


def _nobody(people: int) -> NDArray[np.int32]:
    """Columns of a group that has no series for everybody."""
    columns = np.full((SERIES + 1, people), NO_DAY, np.int32)
    columns[SERIES] = ABSENT
    return columns


def _merged(statuses: list[NDArray[np.int8]]) -> NDArray[np.int8]:
    """A dose is not valid where it is so for any antigen of the group."""
    if len(statuses) == 1:
        return statuses[0]
    found = np.full(len(statuses[0]), ABSENT, np.int8)
    for status in reversed(_WORST_FIRST):
        found[reduce(np.logical_or, (one == status for one in statuses))] = status
    return found
