"""Published files as they are handed in, singly or in a zip: what is taken, and the limits for all of it."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import basename
from typing import Final

from linli.domain.eligibility import ScheduleError
from linli.domain.eligibility.supporting_data import Problem

MOST_FILES: Final = 500
MOST_BYTES_EACH: Final = 16 * 1024 * 1024
MOST_BYTES: Final = 64 * 1024 * 1024  # of all files together, unpacked; the published ones are under 3 MB
MOST_BYTES_PACKED: Final = 32 * 1024 * 1024  # of what is handed in
_KEPT_SINCE: Final = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip on any day


class TooMuchError(ScheduleError):
    """More was handed in than the files of one schedule can be."""

    def __init__(self) -> None:
        super().__init__(f"more than {MOST_FILES} files or {MOST_BYTES // 2**20} MB")


@dataclass(slots=True)
class Received:
    """Files by name, without their folders, and what was left aside."""

    files: dict[str, bytes] = field(default_factory=dict)
    aside: list[Problem] = field(default_factory=list)
    _bytes: int = 0

    def take(self, name: str, data: bytes) -> None:
        """Take one file, or every file of a zip. Raises ScheduleError where the limits are passed."""
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise TooMuchError
        if name.casefold().endswith(".zip"):
            self._take_zip(data)
        elif not name.casefold().endswith(".xml"):
            self.leave(name, "not XML")
        elif name in self.files:
            self.leave(name, "another file of this name was taken")
        elif len(data) > MOST_BYTES_EACH:
            self.leave(name, f"larger than {MOST_BYTES_EACH // 2**20} MB")
        elif len(self.files) == MOST_FILES:
            raise TooMuchError
        else:
            self.files[name] = data

    def leave(self, name: str, message: str) -> None:
        """Say of a file why it is left aside."""
        self.aside.append(Problem(name, message))

    def _take_zip(self, data: bytes) -> None:
        if len(data) > MOST_BYTES_PACKED:
            raise ScheduleError(f"the zip is larger than {MOST_BYTES_PACKED // 2**20} MB")
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(entries) > MOST_FILES:
                    raise TooMuchError
                for entry in entries:
                    self._take_entry(archive, entry)
        except ScheduleError:
            raise  # a limit that was passed
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise ScheduleError("is not a zip that can be read") from error

    def _take_entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        name = basename(entry.filename.replace("\\", "/"))
        if entry.filename.startswith("__MACOSX/"):
            return
        if stat.S_ISLNK(entry.external_attr >> 16):
            self.leave(name, "a link, not a file")
        elif entry.flag_bits & 1:
            self.leave(name, "locked with a password")
        elif not name.casefold().endswith(".xml"):
            self.leave(name, "not XML")
        else:
            # The size that the zip claims is not believed: no more is unpacked than one file may hold.
            with archive.open(entry) as stream:
                self.take(name, stream.read(MOST_BYTES_EACH + 1))


def received(files: Iterable[tuple[str, bytes]]) -> Received:
    """Every file that was handed in, zips unpacked. Raises ScheduleError where the limits are passed."""
    found = Received()
    for name, data in files:
        found.take(name, data)
    return found


def version_of(name: str) -> str:
    """A version as the name of a folder or zip tells it: a number with a point in it, else the name."""
    stem = re.sub(r"\.(zip|xml)$", "", name, flags=re.IGNORECASE)
    found = re.search(r"\d+(?:\.\d+)+", stem)
    return found[0] if found else stem


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, in the order of their names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _KEPT_SINCE), files[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def unpacked(content: bytes, *, names: Iterable[str] | None = None) -> dict[str, bytes]:
    """Some files of a zip that `packed` made, or all of them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in (archive.namelist() if names is None else names)}
