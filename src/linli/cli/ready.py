"""Making Django ready for a command, and the database with it."""

from __future__ import annotations

import getpass
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.language import language

if TYPE_CHECKING:
    from linli.records.journal.actions import Who


def django_ready(*, database: bool = True) -> None:
    """Set up Django once, speak the terminal's language, and see that the database can be used and the keys fit it.

    A new, empty database is given its tables and keys. One that an earlier linli made is left alone: raises
    ClickException that says what to run. `database=False` leaves it unasked.
    """
    keep_bytecode()
    import django
    from django.apps import apps
    from django.utils import translation

    if not apps.ready:
        os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"  # whatever another project left there
        django.setup()
    translation.activate(language())
    if database:
        _database_ready()


def home_folder() -> Path:
    """The data folder; by name, since the wiring stands above the doors."""
    found: Path = import_module("linli.config.home").home()
    return found


def read_settings_file() -> None:
    """Take settings from `settings.env` in the data folder: lines LINLI_NAME=VALUE. The environment's own go first.

    So every command speaks to the same database as the server, however it was started.
    """
    try:
        lines = (home_folder() / "settings.env").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        name, equals, value = line.strip().partition("=")
        if equals and name.startswith("LINLI_") and name != "LINLI_HOME":
            os.environ.setdefault(name, value.strip().strip("\"'"))


def keep_bytecode() -> None:
    """Let Python keep compiled modules: without them every start takes three times as long."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def operator() -> Who:
    """Who acts at the command line, as the journal writes it: no worker's id, the name of the computer's login."""
    from linli.records.journal.actions import Who

    try:
        return Who("", f"{getpass.getuser()} (linli)")
    except (KeyError, OSError):  # a computer login without a name, as in a container
        return Who("", "linli")


def _database_ready() -> None:
    from django.db import connection
    from django.db.utils import Error

    from linli.cli.keys.fitting import see_that_they_fit
    from linli.cli.serve.upgrade import is_empty, pending, reach, upgrade_now

    try:
        reach()
        waiting, empty = pending(), is_empty()
    except Error as error:
        raise click.ClickException(unreachable(error)) from error
    if not waiting:
        see_that_they_fit()
        return
    if not empty:
        raise click.ClickException(
            _("An earlier linli made this database. Run `linli serve check`: it makes a backup, then upgrades it.")
        )
    upgrade_now()
    click.echo(_("A new database was made: {name}").format(name=connection.settings_dict["NAME"]), err=True)


def unreachable(error: Exception) -> str:
    """What to do when the database does not answer."""
    reason = " ".join(str(error).split()).rstrip(".")
    return _(
        "The database does not answer: {reason}. Check that it runs, and LINLI_DATABASE_URL (docs/settings.md)."
    ).format(reason=reason)
