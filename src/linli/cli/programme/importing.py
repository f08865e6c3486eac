"""`linli programme import`: bringing in published files of a schedule."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.language import ngettext
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.domain.eligibility.supporting_data import Problem
    from linli.records.programme.files import Received
    from linli.records.programme.models import Library


@click.command(
    "import",
    help=_(
        "Bring in published files of a schedule: a folder, or a zip, of CDC's supporting data in XML. "
        "After that each vaccine group can be adopted."
    ),
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--version", help=_("What the publisher calls this version; without it the name of the folder or zip."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def import_(path: Path, version: str | None, as_json: bool) -> None:
    """Keep published files; exit code 1 only where nothing of them can be used."""
    django_ready()
    from linli.domain.eligibility import ScheduleError
    from linli.records.programme.actions import import_library
    from linli.records.programme.files import version_of
    from linli.records.programme.published import NothingPublishedError
    from linli.words.published import line_words, problem_words

    try:
        given = _read(path)
        library = import_library(by=operator(), files=given.files, version=version or version_of(path.resolve().name))
    except NothingPublishedError as error:
        lines = [line_words(one.file, one.message) for one in (*given.aside, *error.problems)]
        raise click.ClickException("\n".join([_("Nothing of this can be used."), *lines])) from error
    except ScheduleError as error:
        raise click.ClickException(f"{path}: {problem_words(str(error))}") from error
    if as_json:
        click.echo(json.dumps(_as_object(library, given.aside), ensure_ascii=False))
        return
    for file, message in _problems(library, given.aside):
        click.echo(line_words(file, message), err=True)
    count = len(library.groups)
    words = ngettext(
        "{count} vaccine group, version {version}, can be adopted: {codes}",
        "{count} vaccine groups, version {version}, can be adopted: {codes}",
        count,
    )
    codes = ", ".join(group["code"] for group in library.groups)
    click.echo(words.format(count=count, version=library.version, codes=codes))
    click.echo(_("Next: linli programme adopt CODE"))


def _read(path: Path) -> Received:
    """The files of a folder and the folders in it, or of one zip. Raises ScheduleError where it is too much."""
    from linli.domain.eligibility import ScheduleError
    from linli.records.programme.files import MOST_BYTES_EACH, MOST_BYTES_PACKED, Received

    given = Received()
    for file in _files(path) if path.is_dir() else [path]:
        most = MOST_BYTES_PACKED if file.suffix.lower() == ".zip" else MOST_BYTES_EACH
        try:
            if path.is_dir() and (file.is_symlink() or not file.is_file()):
                given.leave(file.name, "a link, not a file")
            elif file.suffix.lower() != ".xml" and path.is_dir():
                given.leave(file.name, "not XML")
            elif file.stat().st_size > most:
                given.leave(file.name, f"larger than {most // 2**20} MB")
            else:
                given.take(file.name, file.read_bytes())
        except OSError:
            given.leave(file.name, "cannot be read")
    if not given.files and not path.is_dir() and given.aside:
        raise ScheduleError(given.aside[0].message)
    return given


def _files(folder: Path) -> Iterator[Path]:
    from linli.records.programme.files import MOST_FILES, TooMuchError

    count = 0
    for inside, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                raise TooMuchError
            yield Path(inside, name)


def _problems(library: Library, aside: list[Problem]) -> list[tuple[str, str]]:
    return [(one.file, one.message) for one in aside] + [(one["file"], one["message"]) for one in library.problems]


def _as_object(library: Library, aside: list[Problem]) -> dict[str, object]:
    return {
        "code": library.code,
        "version": library.version,
        "sha256": library.sha256,
        "groups": [{key: group[key] for key in ("name", "code", "antigens")} for group in library.groups],
        "problems": [{"file": file, "message": message} for file, message in _problems(library, aside)],
    }
