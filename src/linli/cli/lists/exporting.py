"""Taking one list out at the command line; imported after Django is set up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone, translation

from linli.cli.accounts import known_area
from linli.cli.language import gettext as _
from linli.cli.ready import operator
from linli.records.lists.actions import MOST_ROWS, TooManyRowsError, take_out
from linli.records.lists.queries.copies import KEEPERS, kind_of
from linli.words.copies import file, reading

FILE_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def write_out(name: str, *, area: str, out: Path, language: str) -> int:
    """Write the file; gives the number of rows. Raises ClickException."""
    place, kind = known_area(area), kind_of(name)
    on = date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate()
    found = KEEPERS[kind].of_area(place)
    if not found:
        raise click.ClickException(_("Nothing of this kind is known in this area yet. No file was made."))
    try:
        with translation.override(FILE_LANGUAGES[language]):
            taken = take_out(
                by=operator(),
                kind=kind,
                found=found,
                reading=reading(kind, found, on=on),
                language=FILE_LANGUAGES[language],
                on=on,
                area=place,
            )
            content = file(taken, out.suffix.lower().removeprefix("."))
    except TooManyRowsError:
        words = _("This would be {rows} rows; at most {most} go into one file. Choose a smaller area.")
        raise click.ClickException(words.format(rows=f"{len(found):,}", most=f"{MOST_ROWS:,}")) from None
    # Names are in it: nobody else on this computer may read it.
    out.touch(mode=0o600)
    out.write_bytes(content)
    return len(found)
