"""Asking the engine: one call, whether a schedule is a programme of ours or a vaccine group of a country's.

A programme is judged in lockstep and has gates; a group by compiled code and the chart (docs/decisions/0016). What asks
for a group is imported when first needed, since it brings a compiler along.
"""

from __future__ import annotations

from datetime import date

from linli.domain.calendar import Days
from linli.domain.eligibility.assess import Assessment
from linli.domain.eligibility.assess import assess as assess_programme
from linli.domain.eligibility.explain import Explanation
from linli.domain.eligibility.explain import explain as explain_programme
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.schedule import Schedule
from linli.domain.eligibility.timeline import Timeline
from linli.domain.eligibility.timeline import timeline as programme_timeline


def assess(schedule: Schedule, patients: Patients, *, on: date | Days) -> Assessment:
    """Who is due which dose, from when until when and why, judged from the doses given up to a day.

    `on` is one day for all or an array with each person's own (n,). One person is a batch of one.
    """
    if schedule.group:
        from linli.domain.eligibility.groups.assessing import assess_group

        return assess_group(schedule, patients, on=on)
    return assess_programme(schedule, patients, on=on)


def timeline(schedule: Schedule, patients: Patients) -> Timeline:
    """The answer after each fact of each person, so that a stored row holds until the next one."""
    if schedule.group:
        from linli.domain.eligibility.groups.stretching import group_timeline

        return group_timeline(schedule, patients)
    return programme_timeline(schedule, patients)


def explain(schedule: Schedule, patients: Patients, assessment: Assessment, *, person: int) -> Explanation:
    """Why the person at an index of the batch has this status, each dose this judgement and each date this value."""
    if schedule.group:
        from linli.domain.eligibility.groups.explaining import explain_group

        return explain_group(schedule, patients, assessment, person=person)
    return explain_programme(schedule, patients, assessment, person=person)
