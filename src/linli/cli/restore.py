"""`linli restore`: a backup in the place of what is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _

if TYPE_CHECKING:
    from linli.cli.backup.archive import Manifest
    from linli.cli.backup.engine import Engine


@click.command(help=_("Put a backup in the place of what is there, after a safety copy. Everybody must sign in again."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--with-key", is_flag=True, help=_("Put the keys of the backup in place too."))
def restore(file: Path, *, yes: bool, with_key: bool) -> None:
    """Restore a backup."""
    from linli.cli.ready import django_ready, unreachable

    django_ready(database=False)
    from django.conf import settings
    from django.db.utils import Error

    from linli.cli.backup import archive
    from linli.cli.backup.engine import engine
    from linli.cli.serve.upgrade import is_empty, reach

    said, target = archive.manifest(file), engine()
    _refuse_other(said)
    _refuse_without_keys(said)
    try:
        reach()
        before = target.counts()
    except Error as error:
        raise click.ClickException(unreachable(error)) from error
    kept_keys = archive.keys(file) if with_key else {}
    if with_key and not kept_keys:
        raise click.ClickException(_("This backup holds no keys; it was made without --with-key."))
    with archive.unpacked(file, settings.HOME) as copy:
        found = target.examine(copy)
        if found is not None and found != said.rows:
            raise click.ClickException(_("The backup does not hold the rows it says; it was damaged or changed."))
        _show(said, before)
        if not yes:
            click.confirm(_("Replace what is there?"), abort=True)
        safety = None if is_empty() else archive.make(archive.new_file("before-restore"))
        if safety:
            click.echo(_("Safety copy of what was there: {file}").format(file=safety))
        target.load(copy)
        _verify(target, said, safety)
    _put_keys(settings.HOME, kept_keys)
    _afterwards(said)
    click.echo(
        _("Restored: {rows} rows in {tables} tables, as the backup says.").format(
            rows=sum(said.rows.values()), tables=len(said.rows)
        )
    )


def _refuse_other(said: Manifest) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    if said.database != connection.vendor:
        raise click.ClickException(
            _(
                "This backup is of {theirs}, this installation uses {ours}. "
                "Restore it where LINLI_DATABASE_URL names {theirs}."
            ).format(theirs=said.database, ours=connection.vendor)
        )
    known = MigrationLoader(None).disk_migrations
    newer = [f"{app}.{name}" for app, name in said.migrations if (app, name) not in known]
    if newer:
        raise click.ClickException(
            _("A newer linli made this backup ({migrations}). Install that version first.").format(
                migrations=", ".join(newer)
            )
        )


def _refuse_without_keys(said: Manifest) -> None:
    """A backup that the key file cannot open would replace what can be opened by what cannot."""
    from linli.records.keys.ring import KeysError, KeysLostError
    from linli.records.keys.sealing import key_file, ring

    if not said.needs:
        return  # of a linli that sealed nothing: it is sealed after the restore
    try:
        fits, own = ring().fits(said.needs), ring().fingerprint
    except KeysLostError:
        fits, own = False, _("not there")
    except KeysError:
        fits, own = False, _("damaged")
    if not fits:
        raise click.ClickException(
            _(
                "This backup needs the key file with the fingerprint {needed}; {file} is {own}. "
                "Put the copy of that key file there, or name its place with LINLI_KEYS "
                "(docs/install.md, section Keys). Nothing was changed."
            ).format(needed=said.needs, file=key_file(), own=own)
        )


def _show(said: Manifest, before: dict[str, int]) -> None:
    click.echo(_("Backup of {time}, linli {version}:").format(time=said.made_at, version=said.linli))
    for table in sorted({*said.rows, *before}):
        then, now = said.rows.get(table, 0), before.get(table, 0)
        if then != now:
            click.echo(_("  {table}: {now} rows now, {then} in the backup").format(table=table, now=now, then=then))


def _verify(target: Engine, said: Manifest, safety: Path | None) -> None:
    after = target.counts()
    # Where linli runs meanwhile somebody may have signed in or out, or written something, since the moment of loading.
    if all(after.get(table, -1) >= count for table, count in said.rows.items() if table != "django_session"):
        return
    raise click.ClickException(
        _(
            "After the restore the tables do not hold what the backup says. Stop linli; the safety copy is {file}"
        ).format(file=safety)
        if safety
        else _("After the restore the tables do not hold what the backup says. Stop linli.")
    )


def _put_keys(home: Path, kept: dict[str, bytes]) -> None:
    for name, content in kept.items():
        place = home / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.exists() and place.read_bytes() != content:
            place.replace(place.with_name(f"{place.name}.before-restore"))
        place.unlink(missing_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(content)


def _afterwards(said: Manifest) -> None:
    """Bring an older backup up to this linli, end the sessions and phones it held, and write down that it came back."""
    from django.db import connection, transaction

    from linli.cli.keys.fitting import see_that_they_fit
    from linli.cli.ready import operator
    from linli.cli.serve.upgrade import pending, upgrade_now
    from linli.records.accounts.actions import end_everything
    from linli.records.journal.actions import write

    connection.close()  # what it remembers is of the database before
    if pending():
        upgrade_now()
        click.echo(_("The backup was of an earlier linli and has been upgraded. Start linli again if it runs."))
    see_that_they_fit()
    with transaction.atomic():
        # A phone that was ended since the backup must not come back to life, nor a login in somebody's open browser.
        phones, slips = end_everything(by=operator())
        write(by=operator(), verb="backup.restore", detail={"version": said.linli, "rows": sum(said.rows.values())})
    if phones or slips:
        click.echo(_("Phones on loan and slips of the backup open nothing any more: print new slips."))
    click.echo(_("Logins and roles are as they were then: close anew what was closed since (linli accounts list)."))
