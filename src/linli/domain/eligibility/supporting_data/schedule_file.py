"""The file that spans all antigens: vaccines, vaccine groups, vaccines in conflict, observations."""

from __future__ import annotations

from dataclasses import dataclass

from linli.domain.eligibility.antigens import Association, LiveConflict, Observation, VaccineGroup
from linli.domain.eligibility.dated import Names, Source
from linli.domain.eligibility.schedule import Vaccine
from linli.domain.eligibility.supporting_data.xml import Node

_SOURCE = Source("CDC CDSi supporting data, CVX to antigen map", "src")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the schedule file holds."""

    vaccines: tuple[Vaccine, ...]
    associations: tuple[Association, ...]
    groups: tuple[VaccineGroup, ...]
    live_conflicts: tuple[LiveConflict, ...]
    observations: tuple[Observation, ...]


def read_schedule(root: Node) -> Frame:
    """Read the root of a schedule supporting-data file. Raises ScheduleError naming what is wrong."""
    cvx_map = root.first("cvxToAntigenMap")
    full = {
        row.text("name"): row.yes("administerFullVaccineGroup")
        for row in root.first("vaccineGroups").all("vaccineGroup")
    }
    return Frame(
        vaccines=tuple(_vaccine(row) for row in cvx_map.all("cvxMap")),
        associations=tuple(
            Association(
                vaccine=row.vaccine(),
                antigen=one.take("antigen"),
                begin_age=one.period("associationBeginAge"),
                end_age=one.period("associationEndAge"),
            )
            for row in cvx_map.all("cvxMap")
            for one in row.all("association")
        ),
        groups=tuple(
            VaccineGroup(row.take("name"), row.texts("antigen"), full.get(row.take("name"), False))
            for row in root.first("vaccineGroupToAntigenMap").all("vaccineGroupMap")
        ),
        live_conflicts=tuple(
            LiveConflict(
                current=row.vaccine("current/cvx"),
                previous=row.vaccine("previous/cvx"),
                begin=row.take_period("conflictBeginInterval"),
                minimum_end=row.period("minConflictEndInterval"),
                end=row.take_period("conflictEndInterval"),
            )
            for row in root.first("liveVirusConflicts").all("liveVirusConflict")
        ),
        observations=tuple(
            Observation(
                code=row.take("observationCode"),
                title=row.text("observationTitle"),
                group=row.text("group"),
                coded=tuple(
                    (one.text("codeSystem"), one.text("code"))
                    for one in row.all("codedValues/codedValue")
                    if one.text("code")
                ),
            )
            for row in root.first("observations").all("observation")
        ),
    )


def _vaccine(row: Node) -> Vaccine:
    code = row.vaccine()
    return Vaccine(
        code=code,
        names=Names(zh="", en=row.text("shortDescription") or code),
        platform="",
        maker=Names(zh="", en=""),
        cvx=(code,),
        aliases=(),
        offered_from=None,
        offered_until=None,
        source=_SOURCE,
    )
