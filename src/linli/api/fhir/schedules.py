"""Which schedule judges: of the folder that is set, else the imported one, else the one that comes with linli."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from linli import reference
from linli.domain.eligibility.supporting_data import read_supporting_data
from linli.fhir.rules import Rules
from linli.records.programme.queries import whole_schedule


def rules(code: str) -> Rules:
    """The schedule of a code, "" for the one that judges by default. Raises LookupError where there is none."""
    outside = _of_folder(settings.SCHEDULE_DATA) if settings.SCHEDULE_DATA else _of_import()
    if outside is not None and code in ("", outside.schedule.code):
        return outside
    return _shipped(code or _newest())


@cache
def _of_folder(folder: str) -> Rules:
    """Read once a process; a folder that cannot be read is a fault of the installation and is said so in the log."""
    files = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.xml"))}
    return Rules(reference.with_chinese_names(read_supporting_data(files, version=Path(folder).name).schedule))


_kept: list[Rules] = []  # the rules of the schedule imported last, with what was looked up in them


def _of_import() -> Rules | None:
    # A server of public pages alone has no database.
    schedule = None if settings.PUBLIC_ONLY else whole_schedule()
    if schedule is None:
        return None
    if not _kept or _kept[-1].schedule is not schedule:
        _kept[:] = [Rules(schedule)]
    return _kept[-1]


@cache
def _shipped(code: str) -> Rules:
    return Rules(reference.schedule(code))


def _newest() -> str:
    return max(reference.codes(), key=lambda code: reference.schedule(code).in_force_from)
