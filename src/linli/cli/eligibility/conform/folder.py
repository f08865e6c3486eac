"""The folder of CDC's published XML files, read into a schedule."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from linli.cli.eligibility.tables import FileError
from linli.cli.language import gettext as _
from linli.domain.eligibility.supporting_data import SupportingData, read_supporting_data
from linli.domain.eligibility.tables import ScheduleError


@cache
def read_folder(folder: Path) -> SupportingData:
    """Read every XML file of a folder. Raises FileError where there is no schedule in them."""
    if not folder.is_dir():
        raise FileError(_("%(file)s: there is no such folder") % {"file": folder})
    try:
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.xml"))}
        return read_supporting_data(files, version=folder.name)
    except (OSError, ScheduleError) as error:
        raise FileError(_("%(file)s: cannot be read: %(error)s") % {"file": folder, "error": error}) from error
