"""`linli people`: forgetting those whose drives are over, and giving somebody all that is kept of them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.programme.models import Drive

# What went, by table, in the order in which it is said.
KINDS: dict[str, str] = {
    "people_person": _("people"),
    "people_name": _("names"),
    "people_phone": _("phones"),
    "people_document": _("documents"),
    "people_stay": _("addresses"),
    "people_household": _("households"),
    "people_listing": _("marks that a list named somebody"),
    "doses_dose": _("doses"),
    "doses_correction": _("corrections"),
    "doses_status": _("statuses"),
    "doses_status_end": _("ends of statuses"),
    "doses_forecast": _("forecasts"),
    "duplicates_pair": _("likely duplicates"),
    "duplicates_merge": _("merges"),
    "lists": _("lists emptied"),
    "rows": _("rows of lists"),
    "exports": _("lists taken out to Excel"),
}


@click.group(help=_("People: forget them when their drive is over, give somebody all that is kept of them."))
def people() -> None:
    """Hold the commands of people."""


@people.command(help=_("Forget everybody whose drives are over for as long as they may be kept; counts stay."))
@click.option("--dry-run", is_flag=True, help=_("Say what would go, and leave everything as it is."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help=_("Judge by another day than today; only with --dry-run.")
)
def forget(*, dry_run: bool, yes: bool, on: datetime | None) -> None:
    """Forget people."""
    if on is not None and not dry_run:
        raise click.UsageError(_("--on is for looking ahead: give it with --dry-run."))
    django_ready()
    from django.db import transaction

    from linli.records.accounts.day import today
    from linli.records.retention.actions import StillNeededError
    from linli.records.retention.actions import forget as forget_people
    from linli.records.retention.queries import drives

    day = on.date() if on else today()
    _say_drives(*drives(on=day))
    try:
        with transaction.atomic():
            would = forget_people(by=operator(), on=day)
            transaction.set_rollback(True)
    except StillNeededError as error:
        if not error.needed and not dry_run:
            _clear_traces()  # others may have been in the way the last time
        raise click.ClickException(_refusal(error.needed)) from error
    _say(_("This would go for good:"), would)
    if dry_run:
        return
    if not yes:
        click.confirm(_("Forget it? Nobody can bring it back."), abort=True)
    with click.progressbar(length=would["people_person"], label=_("Forgetting"), show_pos=True) as bar:
        try:
            done = forget_people(by=operator(), on=day, progress=lambda step, _total: bar.update(step))
        except StillNeededError as error:  # a drive was opened meanwhile
            raise click.ClickException(_refusal(error.needed)) from error
    _say(_("This is gone:"), done)
    _afterwards()


@people.command(
    help=_("Write all that is kept of one person into a JSON file, in Chinese and English, to give to them.")
)
@click.argument("public_id")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("The file to write; one that is there already is left alone."),
)
def export(public_id: str, *, out: Path) -> None:
    """Export one person."""
    django_ready()
    from django.utils import timezone

    from linli.records.accounts.day import today
    from linli.records.people.models import Person
    from linli.records.people.queries import root
    from linli.records.reports.actions import take_whole
    from linli.words.whole import document

    named = Person.objects.filter(public_id=public_id).first()
    if named is None:
        raise click.ClickException(
            _("Nobody has the record {record}. It is the last part of the address of the person's page.").format(
                record=public_id
            )
        )
    person = root(named)
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise click.ClickException(_("{file} is there already. Choose another name.").format(file=out)) from error
    except OSError as error:
        raise click.ClickException(
            _("{file} cannot be written: {reason}").format(file=out, reason=error.strerror)
        ) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            found = take_whole(by=operator(), person=person, on=today())
            json.dump(document(found, made_at=timezone.localtime()), opened, ensure_ascii=False, indent=1)
    except BaseException:
        out.unlink()
        raise
    click.echo(_("All data of the person: {file}. Hand it over, then remove it.").format(file=out))


def _say_drives(over: Sequence[Drive], needed: Sequence[Drive]) -> None:
    for drive in over:
        click.echo(
            _("Over: {name} · {area}: its people are to be forgotten since {day}").format(
                name=drive.name, area=drive.area, day=drive.forget_on
            )
        )
    for drive in needed:
        click.echo(_needed(drive))


def _needed(drive: Drive) -> str:
    if drive.forget_on is None:
        return _("Open: {name} · {area}: its people are needed").format(name=drive.name, area=drive.area)
    return _("Ended: {name} · {area}: its people may be kept until {day}").format(
        name=drive.name, area=drive.area, day=drive.forget_on.isoformat()
    )


def _refusal(needed: Sequence[Drive]) -> str:
    if not needed:
        return _("There is nobody to forget.")
    names = ", ".join(drive.name for drive in needed)
    return _(
        "There is nobody to forget yet: every person belongs to a drive that is open, or that ended too short a time "
        "ago ({drives}). Set the end of a drive with: linli programme close. Nothing was changed."
    ).format(drives=names)


def _say(title: str, done: Mapping[str, int]) -> None:
    click.echo(title)
    for table, words in KINDS.items():
        if done.get(table):
            click.echo(f"  {done[table]} {words}")
    click.echo(_("Counted on without names: {count}").format(count=done.get("tallies", 0)))


def _afterwards() -> None:
    """Leave nothing of it in free space, old sessions and finished work; say what no command reaches."""
    from django.conf import settings
    from django.contrib.sessions.models import Session
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    DBTaskResult.objects.finished().delete()
    _clear_traces()
    backups = list((settings.HOME / "backups").glob("*.zip"))
    said = _("{count} backups in {folder} hold it still: remove them.") if backups else ""
    more = _("Backups elsewhere and files that were taken away hold it still: remove them too.")
    click.echo(f"{said.format(count=len(backups), folder=settings.HOME / 'backups')} {more}".strip(), err=True)


def _clear_traces() -> None:
    from linli.cli.backup.engine import engine

    if not engine().compact():
        click.echo(
            _(
                "Others were at work, so traces may remain in the free space of the database's files. "
                "Run linli people forget again when nobody works: it clears them."
            ),
            err=True,
        )
