"""A set of published files: which of them can be used, and which vaccine groups they make whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli import reference
from linli.domain.eligibility import Schedule, ScheduleError
from linli.domain.eligibility.dated import Names, Source
from linli.domain.eligibility.groups import schedule_of_group
from linli.domain.eligibility.supporting_data import Problem, read_supporting_data
from linli.domain.eligibility.supporting_data.antigen_file import read_antigen
from linli.domain.eligibility.supporting_data.schedule_file import read_schedule
from linli.domain.eligibility.supporting_data.xml import root_of
from linli.records.programme.files import unpacked
from linli.records.programme.models import LONGEST_CODE, LONGEST_GROUP, Library


@dataclass(frozen=True, slots=True)
class Group:
    """A vaccine group that the files make whole: its name in them, the code it is adopted by, and its files."""

    name: str
    code: str
    antigens: list[str]
    files: list[str]


@dataclass(frozen=True, slots=True)
class Published:
    """What can be used of some files."""

    code: str
    files: dict[str, bytes]
    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]

    @property
    def sha256(self) -> str:
        """Hash of the names and bytes of the files that are used."""
        found = hashlib.sha256()
        for name in sorted(self.files):
            for part in (name.encode(), self.files[name]):
                found.update(len(part).to_bytes(8, "big") + part)
        return found.hexdigest()


class NothingPublishedError(ScheduleError):
    """Nothing of some files can be used; `problems` says of each file why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{one.file}: {one.message}" if one.file else one.message for one in problems))
        self.problems = tuple(problems)


def published(files: Mapping[str, bytes]) -> Published:
    """Judge a set of files. Raises NothingPublishedError where nothing of it can be used."""
    try:
        read = read_supporting_data(files)
    except ScheduleError as error:
        raise NothingPublishedError(_diagnosed(files)) from error
    problems = list(read.problems)
    bad = {problem.file for problem in problems}
    of_antigen, shared = dict[str, str](), ""
    for name in sorted(files):
        try:
            root = root_of(files[name])
        except ScheduleError:
            continue
        if root.tag == "scheduleSupportingData":
            shared = name
        elif name not in bad:
            of_antigen[root.text("series/targetDisease")] = name
    groups = dict[str, Group]()
    for group in read.schedule.groups:
        code = f"{read.schedule.code}-{slug(group.name)}"
        if len(group.name) > LONGEST_GROUP or len(code) > LONGEST_CODE or code in groups or not group.antigens:
            problems.append(Problem(shared, f"vaccine group {group.name[:LONGEST_GROUP]}: its name cannot be used"))
            continue
        its_files = [shared, *sorted({of_antigen[antigen] for antigen in group.antigens})]
        groups[code] = Group(group.name, code, list(group.antigens), its_files)
    if not groups:
        raise NothingPublishedError(problems)
    used = {name: files[name] for name in sorted({shared, *of_antigen.values()})}
    return Published(read.schedule.code, used, tuple(groups.values()), tuple(problems))


def _diagnosed(files: Mapping[str, bytes]) -> list[Problem]:
    """Why no schedule can be read: what is wrong with each file, then what is missing."""
    problems, shared = list[Problem](), list[str]()
    for name in sorted(files):
        try:
            root = root_of(files[name])
            if root.tag == "scheduleSupportingData":
                shared.append(name)
                read_schedule(root)
            else:
                read_antigen(root, Source(name, "src"))
        except ScheduleError as error:
            problems.append(Problem(name, str(error)))
    if not shared:
        problems.append(Problem("", "no file of scheduleSupportingData"))
    elif len(shared) > 1:
        problems.append(Problem("", f"{len(shared)} files of scheduleSupportingData: {', '.join(shared)}"))
    elif len(files) == 1:
        problems.append(Problem("", "no file of an antigen"))
    return problems


def slug(name: str) -> str:
    """A group's name as a code writes it: "DTaP/Tdap/Td" is "dtap-tdap-td"."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def group_names(group: str) -> Names:
    """What people call a vaccine group; one nobody has translated keeps the name of the files."""
    return reference.group_names().get(group) or Names(zh=group, en=group)


def rules_of_group(library: Library, *, group: str, code: str) -> Schedule:
    """The rules of a vaccine group, read from its files alone."""
    files = next(row["files"] for row in library.groups if row["name"] == group)
    read = read_supporting_data(unpacked(bytes(library.content), names=files), version=library.version)
    return reference.with_chinese_names(schedule_of_group(read.schedule, group, code=code, names=group_names(group)))


def schedule_of_library(library: Library) -> Schedule:
    """The rules of every vaccine group of some published files."""
    read = read_supporting_data(unpacked(bytes(library.content)), version=library.version)
    return reference.with_chinese_names(read.schedule)


def trade_names(rules: Schedule) -> dict[str, str]:
    """Names under which products are sold, lower-cased, each with the one vaccine it means."""
    found = dict[str, set[str]]()
    for series in rules.series:
        for dose in series.doses:
            for use in (*dose.preferable, *dose.allowable):
                found.setdefault(use.trade_name.strip().lower(), set()).add(use.vaccine)
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}
