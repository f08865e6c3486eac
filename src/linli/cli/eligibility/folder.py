"""Schedules by name: those that come with linli, and a folder of CDC's published XML files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from linli.cli.eligibility.tables import FileError
from linli.cli.language import gettext as _
from linli.domain.eligibility import Schedule
from linli.domain.eligibility.supporting_data import SupportingData, read_supporting_data
from linli.domain.eligibility.tables import ScheduleError
from linli.reference import UnknownScheduleError, codes, schedule, with_chinese_names


def shipped(programme: str) -> Schedule:
    """A schedule that comes with linli. Raises FileError where there is none of that code."""
    try:
        return schedule(programme)
    except UnknownScheduleError as error:
        values = {"programme": programme, "codes": ", ".join(codes())}
        raise FileError(_("there is no schedule %(programme)s; there are: %(codes)s") % values) from error


@cache
def read_folder(folder: Path) -> SupportingData:
    """Read every XML file of a folder. Raises FileError where there is no schedule in them."""
    if not folder.is_dir():
        raise FileError(_("%(file)s: there is no such folder") % {"file": folder})
    try:
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.xml"))}
        read = read_supporting_data(files, version=folder.name)
    except (OSError, ScheduleError) as error:
        raise FileError(_("%(file)s: cannot be read: %(error)s") % {"file": folder, "error": error}) from error
    return replace(read, schedule=with_chinese_names(read.schedule))


def left_out(data: SupportingData) -> list[str]:
    """What could not be used of a folder, a line each."""
    return [f"{problem.file}: {problem.message}" for problem in data.problems]


def group_named(rules: Schedule, name: str) -> str:
    """The vaccine group of a name, whatever its letters. Raises FileError where there is none."""
    names = {group.name.casefold(): group.name for group in rules.groups}
    if name.casefold() not in names:
        values = {"group": name, "groups": ", ".join(names.values())}
        raise FileError(_("there is no vaccine group %(group)s; there are: %(groups)s") % values)
    return names[name.casefold()]
