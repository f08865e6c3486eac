"""The schedule of one vaccine group, cut out of the schedule of a country."""

from __future__ import annotations

from dataclasses import replace

from linli.domain.eligibility.dated import Names
from linli.domain.eligibility.schedule import Schedule


def schedule_of_group(schedule: Schedule, group: str, *, code: str, names: Names) -> Schedule:
    """The rules of one vaccine group as a programme. Raises KeyError where the schedule has no such group.

    All vaccines stay, since one of another group may disturb those of this one; `own_vaccines` are the group's.
    """
    chosen = next((one for one in schedule.groups if one.name == group), None)
    if chosen is None:
        raise KeyError(group)
    return replace(
        schedule,
        code=code,
        names=names,
        group=group,
        groups=(chosen,),
        antigens=tuple(one for one in schedule.antigens if one.name in chosen.antigens),
        series=tuple(one for one in schedule.series if one.antigen in chosen.antigens),
    )
