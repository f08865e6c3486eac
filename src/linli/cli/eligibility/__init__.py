"""`linli eligibility`: who is due, from files, without a database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from linli.cli.language import gettext as _
from linli.cli.language import ngettext

# Only click here: `linli eligibility --help` must answer before NumPy and Polars could be imported.

FILE = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
HELP = _(
    "Judge every person of a list, one row a person in the order of the list.\n\n"
    "A product is a code (BIBP), a CVX code (510) or a name lists write; doses given later than the day are left out. "
    "Columns written: person_id, status, reason, next_dose, earliest_on, recommended_on, latest_on, valid_doses. "
    "A date is empty where there is none."
)


@click.group(help=_("Who is due which dose, from when until when and why."))
def eligibility() -> None:
    """Hold the commands that judge files."""


@eligibility.command(help=HELP)
@click.option("--people", required=True, type=FILE, help=_("CSV or Parquet: person_id, birth_date, sex."))
@click.option(
    "--doses", required=True, type=FILE, help=_("CSV or Parquet: person_id, given_on, product; or supply_ended too.")
)
@click.option("--programme", help=_("Code of a schedule, such as covid-19-cn-2021."))
@click.option("--data", type=FILE, help=_("Folder of the schedule's XML files, in the place of a programme."))
@click.option("--group", help=_("With --data: the vaccine group, such as HPV."))
@click.option("--observations", type=FILE, help=_("CSV or Parquet: person_id, code, observed_on."))
@click.option("--on", required=True, type=DAY, help=_("The day that is judged, such as 2021-06-20."))
@click.option("--out", required=True, type=FILE, help=_("CSV or Parquet to write."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the summary as one JSON object."))
def assess(
    people: Path,
    doses: Path,
    programme: str | None,
    data: Path | None,
    group: str | None,
    observations: Path | None,
    on: datetime,
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Judge the people of one file by the doses of another."""
    if (programme is None) == (data is None):
        raise click.UsageError(_("Give either --programme or --data."))
    if (group is None) != (data is None):
        raise click.UsageError(_("--data and --group belong together."))
    from linli.cli.eligibility.run import FileError, assess_files, assess_group_files

    try:
        if data is not None and group is not None:
            summary = assess_group_files(people, doses, observations, data=data, group=group, on=on.date(), out=out)
        else:
            summary = assess_files(people, doses, programme=programme or "", on=on.date(), out=out)
    except FileError as error:
        raise click.ClickException(str(error)) from error
    for note in summary.notes:
        click.echo(note, err=True)
    click.echo(summary.as_json() if as_json else summary.as_text())


CONFORM_HELP = _(
    "Judge published test cases by a folder of CDC's published schedule files, and say how many pass.\n\n"
    "A case passes when the status of its vaccine group is the expected one and, for a group that is not complete, the "
    "earliest, recommended and past-due dates are too."
)


@eligibility.command(help=CONFORM_HELP)
@click.option("--data", required=True, type=FILE, help=_("Folder of the schedule's XML files."))
@click.option("--cases", required=True, type=FILE, help=_("CSV of cases, in either published layout."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the score as one JSON object."))
def conform(data: Path, cases: Path, *, as_json: bool) -> None:
    """Hold the engine against published cases."""
    from linli.cli.eligibility.conform import report
    from linli.cli.eligibility.tables import FileError

    try:
        score, notes = report.conform_files(data, cases)
    except FileError as error:
        raise click.ClickException(str(error)) from error
    for note in notes:
        click.echo(note, err=True)
    click.echo(report.as_json(score, notes) if as_json else report.as_text(score))


EXPLAIN_HELP = _(
    "Walk through one person's doses and dates: whether each dose counts, which rule gave each date, and the table of "
    "the specification it stands in.\n\n"
    "PERSON is a record of the register: the last part of the address of the person's page. With --people and --doses "
    "it is a person_id of these files. Sentences are short enough to be read out on the phone."
)


@eligibility.command(help=EXPLAIN_HELP)
@click.argument("person")
@click.option("--on", required=True, type=DAY, help=_("The day that is judged, such as 2021-06-20."))
@click.option("--programme", help=_("Code of a schedule, such as covid-19-cn-2021."))
@click.option("--data", type=FILE, help=_("Folder of the schedule's XML files, in the place of a programme."))
@click.option("--people", type=FILE, help=_("CSV or Parquet: person_id, birth_date, sex."))
@click.option("--doses", type=FILE, help=_("CSV or Parquet: person_id, given_on, product."))
@click.option("--observations", type=FILE, help=_("CSV or Parquet: person_id, code, observed_on."))
@click.option("--group", "groups", multiple=True, help=_("A vaccine group, such as HPV; without it all of them."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the reasons as one JSON object."))
def explain(
    person: str,
    on: datetime,
    programme: str | None,
    data: Path | None,
    people: Path | None,
    doses: Path | None,
    observations: Path | None,
    groups: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Walk through one person's answer."""
    from linli.cli.eligibility.explain import Files, explain_programme, explain_schedule
    from linli.cli.eligibility.registered import explain_registered
    from linli.cli.eligibility.tables import FileError

    day = on.date()
    try:
        if people is None or doses is None:
            if people or doses or data or observations:
                raise click.UsageError(_("Give both --people and --doses, or none of them to ask the register."))
            click.echo(explain_registered(person, on=day, programme=programme, groups=groups, as_json=as_json))
            return
        if (programme is None) == (data is None):
            raise click.UsageError(_("Give either --programme or --data."))
        files = Files(people, doses, observations)
        if data is not None:
            text = explain_schedule(person, files, on=day, data=data, groups=groups, as_json=as_json)
        else:
            text = explain_programme(person, files, on=day, programme=programme or "", as_json=as_json)
    except FileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(text)


FORECAST_HELP = _(
    "Judge many people by FHIR: one Parameters resource of the operation $immds-forecast a line, answered with one a "
    "line in the same order.\n\n"
    "A line that cannot be judged is answered with an OperationOutcome that says why, and the rest is judged. "
    "docs/fhir.md tells what a line holds."
)


@eligibility.command(help=FORECAST_HELP)
@click.option("--in", "source", required=True, type=FILE, help=_("NDJSON to read."))
@click.option("--out", required=True, type=FILE, help=_("NDJSON to write."))
@click.option("--programme", help=_("Code of a schedule, such as covid-19-cn-2021."))
@click.option("--data", type=FILE, help=_("Folder of the schedule's XML files, in the place of a programme."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the summary as one JSON object."))
def forecast(source: Path, out: Path, programme: str | None, data: Path | None, *, as_json: bool) -> None:
    """Answer a file of FHIR Parameters."""
    if (programme is None) == (data is None):
        raise click.UsageError(_("Give either --programme or --data."))
    from linli.cli.eligibility.forecast import forecast_file
    from linli.cli.eligibility.tables import FileError

    try:
        count, bad = forecast_file(source, out, data=data, programme=programme)
    except FileError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(f'{{"lines": {count}, "not_judged": {bad}}}')
    else:
        text = ngettext(
            "%(count)s line answered; not judged: %(bad)s", "%(count)s lines answered; not judged: %(bad)s", count
        )
        click.echo(text % {"count": count, "bad": bad})
