"""Seeing that key file and database belong together, before anything is shown or written."""

from __future__ import annotations

import click

from linli.cli.language import gettext as _
from linli.records.keys.ring import KeysBusyError, KeysError, KeysLostError


def see_that_they_fit() -> None:
    """Check the key file against the database; a database that was never sealed is given keys and marked with them.

    Raises ClickException that says what to do. No key file is ever made over a database that holds sealed values: it
    would hide that the right one is lost.
    """
    from linli.cli.ready import operator
    from linli.records.keys import actions, queries
    from linli.records.keys.ring import make
    from linli.records.keys.sealing import key_file

    try:
        if queries.mark() is None:
            if not queries.is_sealed() and make(key_file()):
                click.echo(
                    _("A key file was made: {file}. Copy it to a safe place, apart from the backups.").format(
                        file=key_file()
                    ),
                    err=True,
                )
            actions.begin(by=operator())
        queries.check()
    except actions.KeysBegunError:
        see_that_they_fit()  # another process was quicker; now there is a mark to check
    except KeysError as error:
        raise click.ClickException(words(error)) from error
    except OSError as error:
        raise click.ClickException(
            _("The key file {file} cannot be made: {reason}.").format(file=key_file(), reason=error.strerror)
        ) from error


def words(error: KeysError) -> str:
    """What is wrong with the keys, what is safe, and what to do."""
    file, needed = str(error), _needed()
    if isinstance(error, KeysBusyError):
        return _("Another command is changing the keys. Wait until it has ended, then try again.")
    if isinstance(error, KeysLostError):
        return _(
            "The key file {file} is not there, and the database holds what only its keys can open{needed}. "
            "Nothing was changed. "
            "Put your copy of the file back, or name its place with LINLI_KEYS (docs/install.md, section Keys)."
        ).format(file=file, needed=needed)
    return _(
        "The key file {file} does not belong to this database, or is damaged{needed}. Nothing was changed. "
        "Put the right file there, or name its place with LINLI_KEYS (docs/install.md, section Keys)."
    ).format(file=file, needed=needed)


def _needed() -> str:
    """Which key file the database asks for, where it can be asked."""
    from django.db.utils import Error

    from linli.records.keys.queries import mark

    try:
        found = mark()
    except Error:
        return ""
    if found is None:
        return ""
    return _(" (it needs the one with the fingerprint {fingerprint})").format(fingerprint=found.fingerprint)
