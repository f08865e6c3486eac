"""One vaccine group of a schedule, as a schedule of its own."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property

from linli.domain.eligibility.dated import Names
from linli.domain.eligibility.schedule import Schedule, Vaccine
from linli.domain.eligibility.tables import ScheduleError


class GroupSchedule(Schedule):
    """The rules of one vaccine group."""

    @cached_property
    def own_vaccines(self) -> tuple[Vaccine, ...]:
        """Vaccines against an antigen of the group."""
        wanted = {antigen for group in self.groups for antigen in group.antigens}
        own = {row.vaccine for row in self.associations if row.antigen in wanted}
        return tuple(vaccine for vaccine in self.vaccines if vaccine.code in own)


def schedule_of_group(schedule: Schedule, group: str, *, code: str, names: Names) -> GroupSchedule:
    """The rules of one vaccine group, with a code and names of its own. Raises ScheduleError where there is none."""
    found = next((row for row in schedule.groups if row.name == group), None)
    if found is None:
        raise ScheduleError(f"no vaccine group {group}")
    values = {field.name: getattr(schedule, field.name) for field in fields(Schedule)}
    values |= {
        "code": code,
        "names": names,
        "groups": (found,),
        "antigens": tuple(row for row in schedule.antigens if row.name in found.antigens),
        "series": tuple(row for row in schedule.series if row.antigen in found.antigens),
    }
    return GroupSchedule(**values)
