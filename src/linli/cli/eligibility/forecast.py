"""`linli eligibility forecast`: FHIR Parameters of many people judged from a file, a line each."""

from __future__ import annotations

import os
from pathlib import Path

from linli.cli.eligibility.folder import read_folder, shipped
from linli.cli.eligibility.tables import FileError
from linli.cli.language import gettext as _
from linli.cli.ready import django_ready


def forecast_file(source: Path, out: Path, *, data: Path | None, programme: str | None) -> tuple[int, int]:
    """Answer a file of NDJSON with another one: how many lines, and how many of them could not be judged.

    The answers take the place of an older file only when all are written. Raises FileError.
    """
    django_ready(database=False)
    from linli.fhir.answering import answer_lines, lines_of
    from linli.fhir.rules import Rules

    rules = Rules(read_folder(data).schedule if data is not None else shipped(programme or ""))

    def choice(code: str) -> Rules:
        if code not in ("", rules.schedule.code):
            raise LookupError(code)
        return rules

    count = bad = 0
    half = out.with_name(out.name + ".part")
    try:
        with source.open("rb") as file, half.open("wb") as written:
            for answer in answer_lines(lines_of(file), choice):
                written.write(answer)
                count += 1
                bad += answer.startswith(b'{"resourceType":"OperationOutcome"')
        os.replace(half, out)
    except OSError as error:
        half.unlink(missing_ok=True)
        values = {"file": error.filename or source.name, "error": error.strerror or error}
        raise FileError(_("%(file)s: cannot be read or written: %(error)s") % values) from error
    return count, bad
