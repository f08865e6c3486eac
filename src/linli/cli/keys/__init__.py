"""`linli keys`: the keys that ids, phones, lists and notes are sealed with."""

from __future__ import annotations

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator


@click.group(help=_("The keys that ids, phones, lists and notes are sealed with."))
def keys() -> None:
    """Hold the commands of keys."""


@keys.command(help=_("Say where the key file lies and which one it is; the keys themselves are never shown."))
def show() -> None:
    """Show what may be said of the keys."""
    django_ready()
    from linli.records.keys.queries import mark
    from linli.records.keys.sealing import key_file, ring

    found, known = ring(), mark()
    click.echo(_("Key file: {file}").format(file=key_file()))
    click.echo(_("Fingerprint: {fingerprint}").format(fingerprint=found.fingerprint))
    if known:
        click.echo(_("In use since: {time}").format(time=f"{known.made_at.astimezone():%Y-%m-%d %H:%M}"))
    click.echo(_("Older keys kept to open older backups: {count}").format(count=len(found.seal) - 1))


@keys.command(help=_("Open every sealed value and see that it is found by its hash."))
def check() -> None:
    """Check every sealed value."""
    django_ready()
    from linli.records.keys.queries import survey

    wrong = 0
    for one in survey():
        wrong += one.shut + one.lost
        said = _("{table}.{column}: {values} values").format(table=one.table, column=one.column, values=one.values)
        said += " · " + _("{count} cannot be opened").format(count=one.shut) if one.shut else ""
        said += " · " + _("{count} are not found by their hash").format(count=one.lost) if one.lost else ""
        click.echo(said)
    if wrong:
        raise click.ClickException(
            _("Some values are damaged. Restore a backup from before the damage; nothing was changed now.")
        )
    click.echo(_("Every value opens."))


@keys.command(help=_("Make a new key and seal everything anew with it. linli must not run meanwhile."))
@click.option("--lookup", is_flag=True, help=_("Change the key of the look-up hashes too."))
@click.option(
    "--drop-older", is_flag=True, help=_("Forget the older keys: backups made before cannot be opened any more.")
)
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def rotate(*, lookup: bool, drop_older: bool, yes: bool) -> None:
    """Change the keys."""
    django_ready()
    from linli.cli.keys.fitting import words
    from linli.records.keys import actions
    from linli.records.keys.ring import KeysBusyError, KeysError
    from linli.records.keys.sealing import key_file, ring

    if (lookup or drop_older) and not yes:
        click.confirm(
            _("Backups made until now will need a copy of the key file as it is now. Is such a copy kept?"), abort=True
        )

    def progress(column: str, count: int) -> None:
        if count:
            click.echo(_("{column}: {count} values sealed anew").format(column=column, count=count), err=True)

    try:
        actions.rotate(by=operator(), lookup_too=lookup, drop_older=drop_older, progress=progress)
    except KeysBusyError as error:
        raise click.ClickException(
            _(
                "linli is running, or another command is. "
                "Stop it first (sudo systemctl stop linli). Nothing was changed."
            )
        ) from error
    except KeysError as error:
        raise click.ClickException(words(error)) from error
    if drop_older:
        _end_sessions()
    click.echo(_("The keys were changed; fingerprint {fingerprint}.").format(fingerprint=ring().fingerprint))
    copy = _("Copy {file} to a safe place now, and make a new backup: linli backup").format(file=key_file())
    click.echo(copy, err=True)


def _end_sessions() -> None:
    """Sessions hold what their workers searched for, sealed with a key that is gone."""
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
