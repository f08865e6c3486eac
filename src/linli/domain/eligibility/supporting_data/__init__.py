"""Reading CDC's supporting data: the published XML files of the CDSi schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from linli.domain.eligibility.antigens import Antigen
from linli.domain.eligibility.dated import Names, Source
from linli.domain.eligibility.schedule import Schedule, Series
from linli.domain.eligibility.supporting_data.antigen_file import read_antigen
from linli.domain.eligibility.supporting_data.schedule_file import read_schedule
from linli.domain.eligibility.supporting_data.xml import root_of
from linli.domain.eligibility.tables import ScheduleError

__all__ = ["Problem", "SupportingData", "read_supporting_data"]

CODE = "cdc"
_NAMES = Names(zh="美国CDC免疫程序", en="CDC schedule")


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be used, or part of one, and why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class SupportingData:
    """The schedule of the files that could be read, and the others."""

    schedule: Schedule
    problems: tuple[Problem, ...]


def read_supporting_data(files: Mapping[str, bytes], *, version: str = "") -> SupportingData:
    """Read a schedule from the files of a folder, by name: one schedule file and one file for each antigen.

    An antigen's file that is broken, hostile or of another schema is left out with its reason, and the rest is read; a
    vaccine group that lacks an antigen is left out too, since half a forecast would pass for a whole one. Raises
    ScheduleError where no schedule file can be read or no antigen is left.
    """
    roots, problems = {}, []
    for name in sorted(files):
        try:
            roots[name] = root_of(files[name])
        except ScheduleError as error:
            problems.append(Problem(name, str(error)))
    shared = [name for name, root in roots.items() if root.tag == "scheduleSupportingData"]
    if len(shared) != 1:
        reasons = "".join(f"; {problem.file}: {problem.message}" for problem in problems)
        raise ScheduleError(f"expected one file of scheduleSupportingData, found {len(shared)}{reasons}")
    try:
        frame = read_schedule(roots.pop(shared[0]))
    except ScheduleError as error:
        raise ScheduleError(f"{shared[0]}: {error}") from error
    antigens, series = list[Antigen](), list[Series]()
    for name, root in roots.items():
        try:
            antigen, its_series = read_antigen(root, Source(f"CDC CDSi supporting data, {name}", "src"))
            if antigen.name in {other.name for other in antigens}:
                raise ScheduleError(f"antigen {antigen.name} stands in another file too")
        except ScheduleError as error:
            problems.append(Problem(name, str(error)))
            continue
        antigens.append(antigen)
        series.extend(its_series)
    if not antigens:
        reasons = "".join(f"; {problem.file}: {problem.message}" for problem in problems)
        raise ScheduleError(f"no file of an antigen can be used{reasons}")
    known = {antigen.name for antigen in antigens}
    for group in frame.groups:
        missing = [name for name in group.antigens if name not in known]
        if missing:
            problems.append(Problem(shared[0], f"vaccine group {group.name}: no file of {', '.join(missing)}"))
    schedule = Schedule(
        code=CODE,
        version=version,
        names=_NAMES,
        in_force_from=date(1900, 1, 1),
        source=Source("CDC, Clinical Decision Support for Immunization: supporting data", "src"),
        vaccines=frame.vaccines,
        series=tuple(series),
        platform_binds=False,
        antigens=tuple(antigens),
        groups=tuple(group for group in frame.groups if known.issuperset(group.antigens)),
        associations=frame.associations,
        live_conflicts=frame.live_conflicts,
        observations=frame.observations,
    )
    return SupportingData(schedule, tuple(problems))
