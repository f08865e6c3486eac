"""The file of a backup: a ZIP of a manifest, the database and, when asked, the keys."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from linli import __version__
from linli.cli.backup.engine import BackupError, engine
from linli.cli.language import gettext as _

FORMAT = 2
MANIFEST = "manifest.json"
KEYS = "keys/"
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: versions, migrations, row counts of its tables, SHA-256 of its files.

    `needs` is the fingerprint of the key file by which it can be opened; empty for one of a linli that sealed nothing.
    """

    format: int
    linli: str
    made_at: str
    database: str
    migrations: list[list[str]]
    rows: dict[str, int]
    sha256: dict[str, str]
    needs: str = ""


def new_file(why: str) -> Path:
    """A fresh file name in the data folder's `backups`."""
    from django.conf import settings

    folder: Path = settings.HOME / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{why}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    names = itertools.chain([f"{stem}.zip"], (f"{stem}-{number}.zip" for number in itertools.count(2)))
    return next(folder / name for name in names if not (folder / name).exists())


def make(file: Path, *, with_key: bool = False, progress: Callable[[int, int], None] | None = None) -> Path:
    """Copy everything into a new file that only its owner can read. Raises BackupError; leaves no half file behind.

    `progress` hears (bytes done now, bytes in all).
    """
    if file.exists():
        raise BackupError(_("{file} is there already; a backup never writes over another.").format(file=file))
    if not file.parent.is_dir():
        raise BackupError(_("There is no folder {folder}.").format(folder=file.parent))
    try:
        with _private_folder(file.parent) as folder:
            part = folder / "backup.zip"
            _write(part, folder, with_key=with_key, progress=progress)
            # A name that somebody else took meanwhile is refused by link, where rename would write over it.
            os.link(part, file)
    except FileExistsError as error:
        raise BackupError(
            _("{file} is there already; a backup never writes over another.").format(file=file)
        ) from error
    except OSError as error:
        raise BackupError(_("The backup cannot be written: {error}").format(error=error.strerror or error)) from error
    return file


def manifest(file: Path) -> Manifest:
    """What a backup says of itself. Raises BackupError for a file that is none, or of a newer linli."""
    try:
        with zipfile.ZipFile(file) as archive:
            said = json.loads(archive.read(MANIFEST))
        if said["format"] > FORMAT or _numbers(said["linli"]) > _numbers(__version__):
            raise BackupError(
                _("linli {version} made this backup; this is {own}. Install that version first.").format(
                    version=said["linli"], own=__version__
                )
            )
        return Manifest(**said)
    except FileNotFoundError as error:
        raise BackupError(_("There is no file {file}.").format(file=file)) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError) as error:
        raise BackupError(_("{file} is not a backup of linli, or it is damaged.").format(file=file)) from error


@contextlib.contextmanager
def unpacked(file: Path, near: Path) -> Iterator[Path]:
    """The database of a backup, its checksum verified, in a private folder that is gone afterwards."""
    said, name = manifest(file), engine().file_name
    with _private_folder(near) as folder, _readable(file) as archive, archive.open(name) as packed:
        with (folder / name).open("xb") as opened:
            os.fchmod(opened.fileno(), 0o600)
            digest = _copy(packed, opened, None)
        if digest != said.sha256.get(name):
            raise BackupError(
                _("The checksum of {name} in the backup is wrong: the file was damaged or changed.").format(name=name)
            )
        yield folder / name


def keys(file: Path) -> dict[str, bytes]:
    """The keys in a backup by their place in the data folder; empty where it holds none."""
    said = manifest(file)
    with _readable(file) as archive:
        found = {
            name: archive.read(name) for name in archive.namelist() if name in said.sha256 and name.startswith(KEYS)
        }
    for name, content in found.items():
        if hashlib.sha256(content).hexdigest() != said.sha256[name]:
            raise BackupError(
                _("The checksum of {name} in the backup is wrong: the file was damaged or changed.").format(name=name)
            )
    return {name.removeprefix(KEYS): content for name, content in found.items()}


def migrations() -> list[list[str]]:
    """The migrations that made this database, by app and name."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def _write(part: Path, folder: Path, *, with_key: bool, progress: Callable[[int, int], None] | None) -> None:
    from django.conf import settings
    from django.db import connection

    source = engine()
    dumped = folder / source.file_name
    made_at = datetime.now().astimezone().isoformat(timespec="seconds")
    needs = _needs()
    rows = source.dump(dumped)
    sources = {source.file_name: dumped}
    if with_key:
        kept = [settings.HOME / "secret_key", *sorted((settings.HOME / "tls").glob("*"))]
        sources |= {KEYS + str(file.relative_to(settings.HOME)): file for file in kept if file.is_file()}
    total = sum(file.stat().st_size for file in sources.values())
    report = (lambda count: progress(count, total)) if progress else None
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            digests = {}
            for name, file in sources.items():
                with file.open("rb") as plain, archive.open(name, "w", force_zip64=True) as packed:
                    digests[name] = _copy(plain, packed, report)
            said = Manifest(FORMAT, __version__, made_at, connection.vendor, migrations(), rows, digests, needs)
            archive.writestr(MANIFEST, json.dumps(asdict(said), indent=1))
        opened.flush()
        os.fsync(opened.fileno())


def _needs() -> str:
    """The fingerprint of the keys that this database is sealed with; the keys themselves are in no backup."""
    from django.db import connection

    from linli.records.keys.models import KeyMark
    from linli.records.keys.queries import mark

    if KeyMark._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001  # Django's public name for it
        return ""
    known = mark()
    return known.fingerprint if known else ""


def _copy(source: IO[bytes], target: IO[bytes], report: Callable[[int], None] | None) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
        target.write(piece)
        if report:
            report(len(piece))
    return digest.hexdigest()


@contextlib.contextmanager
def _readable(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise BackupError(_("{file} is not a backup of linli, or it is damaged.").format(file=file)) from error


@contextlib.contextmanager
def _private_folder(near: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=".linli-", dir=near))  # mode 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:3] if part.isdigit())
