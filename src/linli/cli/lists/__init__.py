"""`linli lists`: load lists at the command line, take them out to Excel, and write empty ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from linli.cli.language import gettext as _
from linli.cli.language import ngettext
from linli.cli.ready import django_ready

# Only click here: `linli lists --help` must answer before Django could be imported.

DAY = click.DateTime(["%Y-%m-%d"])
KINDS = ("areas", "buildings", "doors", "people", "doses", "employers", "staff")
COPY_KINDS = ("people", "doses", "employers", "buildings", "areas", "doors")
ENDINGS = (".xlsx", ".csv")


@click.group(help=_("Load lists of people, employers, doses and places; take them out to Excel and bring them back."))
def lists() -> None:
    """Hold the commands of lists."""


@lists.command(
    "import",
    help=_(
        "Judge a list row by row, show what it would do, and apply it in one transaction. "
        "A list that went out by `linli lists export` is compared with what went out. Exit code 0: applied, or staged "
        "as asked; 1: refused, or nothing applied."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", help=_("Code of the area the list is about; needed once there are areas."))
@click.option("--source", default="office", show_default=True, help=_("Code of who wrote the list."))
@click.option("--source-name", help=_("Name of a source that is not known yet."))
@click.option(
    "--rank",
    type=click.IntRange(1, 99),
    default=50,
    show_default=True,
    help=_("How far a new source is believed; 1 first."),
)
@click.option(
    "--covers-doses/--no-covers-doses",
    default=None,
    help=_("Whether the list would show a dose if the person had had one; without it, what was said of the source."),
)
@click.option("--as-of", type=DAY, help=_("The day on which the list was true; without it, the day it is judged on."))
@click.option("--on", "judged_on", type=DAY, help=_("The day against which rows are judged; without it, today."))
@click.option(
    "--basis",
    type=click.Choice(["living", "registered", "working"]),
    default="living",
    show_default=True,
    help=_("How the people belong here, where the list has no column that says so."),
)
@click.option(
    "--conflicts",
    type=click.Choice(["leave", "keep", "take"]),
    default="leave",
    show_default=True,
    help=_(
        "Where somebody else changed the same since a list went out: leave the row out, keep what the register says, "
        "or take what the file says."
    ),
)
@click.option(
    "--probable",
    type=click.Choice(["leave", "same"]),
    default="leave",
    show_default=True,
    help=_(
        "Rows that agree with one person of the register in all but an ID: leave them out to be decided on the page, "
        "or take them for the same person."
    ),
)
@click.option(
    "--stage-only", is_flag=True, help=_("Judge and keep the list, to be looked at on the page; apply nothing.")
)
@click.option("--yes", is_flag=True, help=_("Apply without asking; without a terminal nobody is asked anyway."))
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=_("Print one JSON object and ask nothing."),
)
@click.option(
    "--sample", type=click.IntRange(0, 100), default=5, show_default=True, help=_("Rows to show of each outcome.")
)
@click.option(
    "--bad-to",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write every row that is bad or in doubt to this CSV or XLSX file."),
)
def import_(
    *,
    file: Path,
    area: str | None,
    source: str,
    source_name: str | None,
    rank: int,
    covers_doses: bool | None,
    as_of: datetime | None,
    judged_on: datetime | None,
    basis: str,
    conflicts: str,
    probable: str,
    stage_only: bool,
    yes: bool,
    as_json: bool,
    sample: int,
    bad_to: Path | None,
) -> None:
    """Import a list."""
    django_ready()
    from linli.cli.lists.importing import Wish, load

    wish = Wish(
        file=file,
        area=area,
        source=source,
        source_name=source_name,
        rank=rank,
        covers_doses=covers_doses,
        as_of=as_of.date() if as_of else None,
        on=judged_on.date() if judged_on else None,
        basis=basis,
        conflicts=conflicts,
        probable=probable,
        stage_only=stage_only,
        yes=yes,
        as_json=as_json,
        sample=sample,
        bad_to=bad_to,
    )
    raise click.exceptions.Exit(load(wish))


@lists.command(
    help=_(
        "Take a list out to be worked on in Excel; `linli lists import` brings it back row by row. OUT ends in .xlsx "
        "or .csv. The file holds names: keep it where it is safe."
    )
)
@click.argument("kind", type=click.Choice(COPY_KINDS))
@click.option("--area", required=True, help=_("Code of the area; those below it are taken along."))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_("The file to write; .xlsx or .csv.")
)
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help=_("Language of the header.")
)
def export(kind: str, area: str, out: Path, language: str) -> None:
    """Take a list out."""
    _known_ending(out)
    django_ready()
    from linli.cli.lists.exporting import write_out

    count = write_out(kind, area=area, out=out, language=language)
    words = ngettext("{count} row written: {name}", "{count} rows written: {name}", count)
    click.echo(words.format(count=f"{count:,}", name=out))


@lists.command(help=_("Write an empty list to fill in, with an invented example; OUT ends in .xlsx or .csv."))
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help=_("Language of the header.")
)
def template(kind: str, out: Path, language: str) -> None:
    """Write a template."""
    from linli.domain import sheets

    lines = sheets.template(next(one for one in sheets.KINDS if one == kind), language)
    ending = _known_ending(out)
    out.write_bytes(sheets.write_xlsx(lines) if ending == ".xlsx" else sheets.write_csv(lines))
    click.echo(_("Written: {name}").format(name=out))


def _known_ending(out: Path) -> str:
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise click.ClickException(_("The file must end in .xlsx or .csv: {name}").format(name=out.name))
    return ending
